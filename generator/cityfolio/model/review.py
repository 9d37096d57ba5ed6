"""What differs between two states of a catalog, in values that every account of it is drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from cityfolio.frozen import Frozen, field
from cityfolio.problems import Location

Weight = Literal["breaking", "notable", "minor"]   # breaking: who relies on what was there must act
MatchedBy = Literal["key", "content"]
WEIGHTS: tuple[Weight, ...] = ("breaking", "notable", "minor")


class Cell(Frozen, kw_only=True):
    """A cell of a row before and after; "" where it was or is empty."""

    column: str
    before: str
    after: str


class RowChange(Frozen, kw_only=True):
    """A row that is told as a sample. Lines are those of the file, the header being 1; 0 on the side that has no such row."""

    key: tuple[str, ...] = ()       # its values of the key columns; none where rows are matched by content
    before_line: int = 0
    after_line: int = 0
    cells: tuple[Cell, ...] = ()    # of a changed row those that differ; of an added or removed one all of them


class RowsDiff(Frozen, kw_only=True):
    """How the rows of one table differ. Matched by content, no row is changed: it is removed and another added."""

    by: MatchedBy
    before: int
    after: int
    added: int = 0
    removed: int = 0
    changed: int = 0
    changed_in: Mapping[str, int] = field(default_factory=dict)   # column, as it is called now -> changed rows
    added_columns: tuple[str, ...] = ()
    removed_columns: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)      # name before -> name now
    samples: Mapping[str, tuple[RowChange, ...]] = field(default_factory=dict)   # "added", "removed", "changed" -> a few

    @property
    def is_same(self) -> bool:
        """Whether rows and columns are as they were."""
        return not (self.added or self.removed or self.changed or self.added_columns or self.removed_columns or self.renamed)


class Change(Frozen, kw_only=True):
    """One thing that differs, in words for who decides about it.

    `kind` is a word such as `column-removed`; docs/reference/diff.md lists all with their weights.
    """

    kind: str
    weight: Weight
    about: str                       # room and id: "datasets/trees"
    says: str                        # one sentence, plain
    where: Location                  # in the newer state; of what is gone, where it was in the older one
    part: str = ""                   # file, column or key it is in
    before: str = ""
    after: str = ""
    breaks: tuple[str, ...] = ()     # addresses and feeds whose users would have to act: "/data/trees/trees.csv", "DCAT-US"
    rows: RowsDiff | None = None
    note: str = ""                   # id of the note in changes/ that explains it
    unfilled: str = ""               # id of one that would, were there more in it than what was proposed


class Diff(Frozen, kw_only=True):
    """Everything that differs between two states of a catalog."""

    base: str                        # what they are called: a commit or a folder
    head: str
    changes: tuple[Change, ...] = () # by weight, then by what they are about
    refused: tuple[Change, ...] = () # of these: breaking, without the note that the settings ask for
    remarks: tuple[str, ...] = ()    # what could not be compared, and why
