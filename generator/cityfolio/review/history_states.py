"""A dataset's record as it was before and after each day of its trail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from cityfolio.frozen import Frozen, field as member
from cityfolio.load.dictionary import dictionary
from cityfolio.load.fields import read_record
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.values import Reading
from cityfolio.load.yaml import read_yaml
from cityfolio.model.records import ColumnRecord, DatasetRecord, FileRecord
from cityfolio.review.history_trails import RECORD, Span, Trail
from cityfolio.revision_log import Commit
from cityfolio.tables.table import plain_name


class Store(Protocol):
    """Where contents are, by what git calls them."""

    def read(self, name: str) -> bytes | None:
        """A content; None where it cannot be had."""

    def sizes(self, names: Iterable[str]) -> Mapping[str, int]:
        """How many bytes each of these has."""


class State(Frozen, kw_only=True):
    """What a dataset's file said at a time."""

    record: DatasetRecord = member(default_factory=DatasetRecord)
    is_out: bool = False                     # it was published
    hidden: frozenset[str] = frozenset()     # names of sensitive columns, as `plain_name` compares them

    @property
    def files(self) -> dict[tuple[str, str], FileRecord]:
        """The files it listed, each by its path or address and by its sheet."""
        return {(path_of(each) or each.url or "", each.sheet or ""): each for each in self.record.files}

    def has_hidden(self, name: str) -> bool:
        """Whether a column was sensitive."""
        return plain_name(name) in self.hidden


ABSENT = State()


class Step(Frozen, kw_only=True):
    """One day of a trail, with the states on either side of it."""

    day: date
    commit: str
    spans: Mapping[str, Span]
    before: State
    after: State


def path_of(file: FileRecord) -> str:
    """The path of what is published of a file; "" for an address alone."""
    return file.path or file.sample or ""


def steps(loaded: Loaded, dataset: Sourced[DatasetRecord], trail: Trail, sensitive: frozenset[str],
          store: Store) -> Iterator[Step]:
    """Each day of a trail, the newest first. Where a day left the record alone, the one after it knows what it said.

    Of a record that could not be read no site was built: nothing was published that day, and what the next day changed of the
    record is not known.
    """
    reader = _Reader(loaded=loaded, sensitive=sensitive, store=store)
    state: State | None = reader.state(dataset.record)
    for day in trail:
        span = day.spans.get(RECORD)
        after = reader.at(span.after) if span else state
        state = reader.at(span.before) if span else after
        yield Step(day=day.day, commit=day.commit, spans=day.spans, before=state or after or ABSENT, after=after or ABSENT)


def state_of(record: DatasetRecord, loaded: Loaded, sensitive: frozenset[str] = frozenset()) -> State:
    """What a record says, with the shared columns as they are now; also hidden are those that were sensitive once."""
    described = [record.columns, *(dictionary(loaded, record, file) for file in record.files)]
    hidden = {plain_name(name) for columns in described for name, column in columns.items()
              if column.sensitive or column.standard in sensitive}
    return State(record=record, is_out=record.status == "published", hidden=frozenset(hidden))


def once_sensitive(loaded: Loaded, commits: Iterable[Commit], store: Store) -> frozenset[str]:
    """Shared columns that are sensitive or were so in any commit."""
    found = {name for name, each in loaded.columns.items() if each.record.sensitive}
    for commit in commits:
        for each in commit.touched:
            if each.path.startswith("columns/") and each.path.endswith(".yaml"):
                bodies = [store.read(name) or b"" for name in (each.before, each.after) if name]
                found |= {each.path[len("columns/"):-len(".yaml")]} if any(map(_is_sensitive, bodies)) else set()
    return frozenset(found)


def _is_sensitive(body: bytes) -> bool:
    document, _ = read_yaml("", body)
    if document is None:
        return True      # nobody knows what it said
    reading = Reading(document)
    return bool(read_record(ColumnRecord, document.root, reading).sensitive) or _is_doubtful(reading)


def _is_doubtful(reading: Reading) -> bool:
    """Whether it is not known which columns are sensitive. Such a catalog is not built, so nothing of it was published."""
    return any(each.code in ("boolean-invalid", "value-kind") for each in reading.problems)


@dataclass(slots=True, kw_only=True)
class _Reader:
    loaded: Loaded
    sensitive: frozenset[str]
    store: Store
    read: dict[str, State | None] = field(default_factory=dict)

    def at(self, name: str) -> State | None:
        """The state that a content of dataset.yaml says, "" being that there was none; None where it cannot be read."""
        if name not in self.read:
            self.read[name] = self._read(name) if name else ABSENT
        return self.read[name]

    def _read(self, name: str) -> State | None:
        document, _ = read_yaml("", self.store.read(name) or b"")
        if document is None:
            return None
        reading = Reading(document)
        record = read_record(DatasetRecord, document.root, reading)
        return None if _is_doubtful(reading) else self.state(record)

    def state(self, record: DatasetRecord) -> State:
        return state_of(record, self.loaded, self.sensitive)
