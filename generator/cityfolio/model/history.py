"""What is known of how the data came to be as it is: days of changes, notes about them, and versions that are kept.

Of rows there are counts alone: no value of a cell, and nothing of a column that is or was sensitive.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from cityfolio.frozen import Frozen, field
from cityfolio.model.changes import NoteKind

Known = Literal["whole", "shallow", "unknown"]   # unknown: there is no repository, or none of its days is before this one
Happened = Literal["added", "removed", "changed"]
FileHappened = Literal["added", "removed", "changed", "renamed"]
YEARS_TOLD = 2


def told_since(today: date) -> date:
    """The day before which nothing is told of changes and no version is kept."""
    # There is no 29 February in most years.
    return date(max(today.year - YEARS_TOLD, date.min.year), today.month, min(today.day, 28))


class RowCounts(Frozen, kw_only=True):
    """How the rows and columns of a table changed, counted."""

    before: int
    after: int
    added: int = 0
    removed: int = 0
    changed: int = 0
    by_key: bool = False                     # False: no row is changed, it is removed and another is added
    added_columns: tuple[str, ...] = ()
    removed_columns: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()   # name before, name now


class FileChange(Frozen, kw_only=True):
    """What happened to a file."""

    name: str                                # its path in the dataset's folder
    happened: FileHappened
    before_bytes: int | None = None
    after_bytes: int | None = None
    rows: RowCounts | None = None            # None: it was not compared
    formerly: str = ""                       # the name it had until then


class KeyChange(Frozen, kw_only=True):
    """What happened to a key of a dataset's record, or to a column in its dictionary."""

    key: str                                 # "license"; "columns" with the name of a column
    happened: Happened
    column: str = ""
    parts: tuple[str, ...] = ()              # of a column the keys that changed
    before: str = ""                         # of a few short keys what they said
    after: str = ""


class ChangeDay(Frozen, kw_only=True):
    """Everything that changed of a dataset on one day."""

    day: date
    commit: str = ""                         # the last of the day; "" where only the former site was known
    is_first: bool = False                   # from then on it was to be had here
    files: tuple[FileChange, ...] = ()
    keys: tuple[KeyChange, ...] = ()


class Version(Frozen, kw_only=True):
    """A file as it was from a day on, as it is kept under an address of its own."""

    day: date
    name: str                                # last part of its address
    bytes: int
    sha256: str
    content: str                             # what git calls these bytes
    media_type: str


class DatasetHistory(Frozen, kw_only=True):
    """What is known of one dataset. The newest stands first."""

    days: tuple[ChangeDay, ...] = ()
    is_cut: bool = False                     # there were days before these, too many to tell
    versions: tuple[Version, ...] = ()
    let_go: tuple[tuple[date, str], ...] = ()   # day and name of what is known of former files, and not kept by the rule


class History(Frozen, kw_only=True):
    """What a repository knows of the datasets that are published now, by id."""

    known: Known = "unknown"
    since: date | None = None                # the day from which on every change is known
    datasets: Mapping[str, DatasetHistory] = field(default_factory=dict)
    kept: Mapping[str, tuple[ChangeDay, ...]] = field(default_factory=dict)   # what the former site told, where git is shallow


class Note(Frozen, kw_only=True):
    """What the city wrote about a change."""

    id: str
    day: date
    title: str
    kind: NoteKind
    reason: str = ""
    by: str = ""                             # title of the publisher that answers for it
    text: str = ""                           # Markdown
    text_line: int = 1
    columns: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()           # ids, as they are now
    measures: tuple[str, ...] = ()
    source_path: str


class Changelog(Frozen, kw_only=True):
    """Everything that a page of changes tells of a dataset. The newest stands first."""

    known: Known = "unknown"
    since: date | None = None
    days: tuple[ChangeDay, ...] = ()
    is_cut: bool = False
    notes: tuple[Note, ...] = ()
    versions: tuple[Version, ...] = ()

    @property
    def dates(self) -> tuple[date, ...]:
        """Each day of which anything is told, the newest first."""
        return tuple(sorted({each.day for each in self.days} | {each.day for each in self.notes}, reverse=True))


class Changes(Frozen, kw_only=True):
    """What changed in a catalog, as far as it is told."""

    datasets: Mapping[str, Changelog] = field(default_factory=dict)   # those that are published, by id
    notes: tuple[Note, ...] = ()             # all of them, up to this day, the newest first

    def of(self, dataset_id: str) -> Changelog:
        """What is told of a dataset."""
        return self.datasets.get(dataset_id, Changelog())
