"""The words of a record while an importer describes it: straightened, and kept under notes where they fit nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from cityfolio.migrate.drafts.folder import Folder
from cityfolio.migrate.gathered import Gathered
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.addresses import mended_email, mended_url
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.json_values import given_of
from cityfolio.migrate.values.marks import is_withheld, without_marks
from cityfolio.migrate.values.texts import NO_WORDS, SHORT, label_of, limit_of, plain
from cityfolio.model.records import DatasetRecord

NOTE_LENGTH = 4_000               # characters of a note; see DatasetRecord.notes
LABELS = ("prefLabel", "label", "title", "display_name", "name", "@value", "@id")   # of a topic or keyword that is a group


@dataclass(slots=True)
class RecordDraft:
    """What is written into a record, and the account of it."""

    folder: Folder
    source: str                   # where it stands at the source: "dataset[12]", or an address
    id: str
    values: dict[str, Any] = field(default_factory=dict)       # Any: text, lists and groups of it, or None
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def ledger(self) -> Ledger:
        """The account of what was done."""
        return self.folder.ledger

    @property
    def gathered(self) -> Gathered:
        """What all datasets share."""
        return self.folder.gathered

    def keep(self, field: str, text: str, why: str, label: str = "") -> None:
        """Keep words under notes, or below the description when they are long."""
        label = label_of(label or field.rpartition(".")[2])
        if len(text) <= NOTE_LENGTH:
            numbered = (f"{label} ({number})" for number in count(2))
            self.notes[next(each for each in chain((label,), numbered) if each not in self.notes)] = _as_block(text)
            self.ledger.note("noted", field, why, text, "notes")
            return
        described = f"{str(self.values.get('description') or '').rstrip()}\n\n**{label}**\n\n{text}\n".lstrip()
        if len(described) > limit_of(DatasetRecord, "description"):
            self.ledger.note("left-out", field, "too long for its key, the notes and the description", text)
            return
        self.values["description"] = described
        self.ledger.note("noted", field, why, text, "description")

    def said(self, field: str, given: Given) -> str:
        """The words of a value on one line; "" where they say nothing. The first of several, with the others kept."""
        value = given_of(given)
        if isinstance(value, list):
            value, *others = [each for each in value if as_words(each)] or [None]
            if rest := as_words(others):
                self.keep(field, rest, "more values than its key holds")
        if value is None or value == "":
            return ""
        text = plain(without_marks(value, self.ledger, field) if isinstance(value, str) else value, self.ledger, field)
        if text.lower() in NO_WORDS:
            self.ledger.note("left-out", field, "a word that stands for nothing", text)
            return ""
        return "" if self.withheld(field, text) else text

    def withheld(self, field: str, text: str) -> bool:
        """Whether a text says nothing but that it was withheld; that is written down."""
        if is_withheld(text):
            self.ledger.note("left-out", field, "withheld at the source", text)
            return True
        return False

    def listed(self, field: str, given: Given, what: str) -> list[tuple[str, str]]:
        """The words of a list, or of one text with commas, each with its place. The report counts them as `what`."""
        value = given_of(given)
        if isinstance(value, str) and re.search("[,;]", value):
            self.ledger.note("mended", field, "a list written as one text divided", value)
            value = [*re.split(r"\s*[,;]\s*", value)]
        items = value if isinstance(value, list) else [value] if value else []
        found = []
        for number, item in enumerate(items, 1):
            if isinstance(item, dict):
                item = next((item[name] for name in LABELS if as_words(item.get(name))), item)
            self.gathered.count(what, found=1 if as_words(item) else 0)
            if word := self.said(f"{field}[{number}]", item):
                found.append((f"{field}[{number}]", word))
        return found

    def mended(self, field: str, text: str) -> str | None:
        """An address that can be linked to; what is none is kept under notes."""
        mended = mended_url(text) if len(text) <= 8_000 else None
        if mended is None or mended.url is None:
            self.keep(field, text, "not an address that can be linked to")
            return None
        for why in mended.why:
            self.ledger.note("mended", field, why, text, mended.url)
        return mended.url

    def mail(self, field: str, text: str) -> str | None:
        """One e-mail address; what is none is kept under notes."""
        email, why = mended_email(text) if len(text) <= 1_000 else (None, ())
        if text and email is None:
            self.keep(field, text, "not one e-mail address")
        for reason in why:
            self.ledger.note("mended", field, reason, text, email or "")
        return email


def _as_block(text: str) -> str:
    """A note, which ends with a line feed where it is longer than a line: YAML then has it as a block."""
    return f"{text}\n" if len(text) > SHORT and len(text) < NOTE_LENGTH else text
