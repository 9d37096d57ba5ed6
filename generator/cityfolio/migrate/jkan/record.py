"""One JKAN dataset while it is read: what is taken from it, what is put into ours, and what is kept elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from typing import Any

from cityfolio.frozen import Frozen
from cityfolio.migrate.jkan.files import Files
from cityfolio.migrate.jkan.schema import Schema, Taking
from cityfolio.migrate.jkan.source import Document
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.rooms import Room
from cityfolio.migrate.values.given import as_words
from cityfolio.migrate.values.licenses import Licenses
from cityfolio.migrate.values.old_addresses import Addresses
from cityfolio.migrate.values.texts import NO_WORDS, limit_of, plain
from cityfolio.model.records import DatasetRecord

NOTE_LENGTH = 4_000               # characters of a note; see DatasetRecord.notes


class Rooms(Frozen, kw_only=True):
    """What datasets point to."""

    publishers: Room
    topics: Room
    licenses: Licenses
    addresses: Addresses
    sources: frozenset[str]       # every file of the old site, for files that it keeps itself
    today: date | None = None     # None: dates are not compared with it


@dataclass(slots=True)
class DatasetImport:
    """One dataset while it is read: what is taken from the record, and what is put into ours."""

    document: Document
    schema: Schema
    rooms: Rooms
    taking: Taking
    ledger: Ledger
    values: dict[str, Any]        # Any: text, lists and groups of it, or None
    notes: dict[str, str]
    files: Files

    def keep(self, name: str, text: str, why: str, label: str = "") -> None:
        """Keep words that have no key of their own among the notes, or below the description when they are long."""
        label = label or self.schema.dataset.label(name)
        if len(text) <= NOTE_LENGTH:
            numbered = (f"{label} ({number})" for number in count(2))
            self.notes[next(each for each in chain((label,), numbered) if each not in self.notes)] = text
            self.ledger.note("noted", name, why, text, "notes")
            return
        described = f"{str(self.values.get('description') or '').rstrip()}\n\n**{label}**\n\n{text}\n".lstrip()
        if len(described) > limit_of(DatasetRecord, "description"):
            self.ledger.note("left-out", name, "too long for its key, the notes and the description", text)
            return
        self.values["description"] = described
        self.ledger.note("noted", name, why, text, "description")

    def words(self, role: str) -> tuple[str, str]:
        """The field of a role and its words on one line, with what people write for nothing left out."""
        name, given = self.taking.take(role)
        if isinstance(given, list):
            given, *others = [each for each in given if as_words(each)]
            if others:
                self.keep(name, as_words(others), "more values than its key holds")
        text = plain(given, self.ledger, name)
        if text.lower() in NO_WORDS:
            self.ledger.note("left-out", name, "a word that stands for nothing", text)
            return name, ""
        return name, text

    def short(self, role: str, record: type, key: str) -> str:
        """The words of a role where they fit into a key; longer ones are kept among the notes."""
        name, text = self.words(role)
        if len(text) > limit_of(record, key):
            self.keep(name, text, "too long for its key")
            return ""
        return text
