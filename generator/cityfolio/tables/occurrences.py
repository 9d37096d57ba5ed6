"""Whether a text stands in the rows that are published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cityfolio.files import Tree, read_pieces
from cityfolio.model.profile import TableProfile
from cityfolio.tables.published import Tables


@dataclass(slots=True)
class Occurrences:
    """The data files of a catalog, to be asked for a text. Nothing is read until something is asked."""

    profiles: Sequence[TableProfile]
    paths: Sequence[str]          # of files that may be looked through: those without a sensitive column
    tree: Tree                    # the catalog and what was fetched for it
    shown: frozenset[str] | None = None
    known: dict[bytes, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Tables, tree: Tree) -> Occurrences:
        """Those of all that was read, of which only what may be asked for is held."""
        wholes = tables.wholes.values()
        read = (*tables.reports.values(), *(whole.report for whole in wholes))
        jobs = (*tables.jobs.values(), *(whole.job for whole in wholes))
        return cls([report.profile for report in read if report.profile],
                   [job.path for job in jobs if not job.hides_values], tree)

    def holds(self, text: bytes) -> bool:
        """Whether a cell of a published file is this text, or a delimited or JSON file has it somewhere."""
        if self.shown is None:
            self.shown = frozenset(cell for profile in self.profiles for cell in _cells(profile))
        if text not in self.known:
            self.known[text] = text.decode(errors="replace") in self.shown or any(self._in_files(text))
        return self.known[text]

    def _in_files(self, text: bytes) -> Iterator[bool]:
        for path in sorted(set(self.paths)):
            rest = b""
            try:
                for piece in read_pieces(self.tree.open(path)):
                    yield text in rest + piece
                    rest = piece[-len(text):]
            except OSError:
                continue   # it was there when it was profiled, and others tell that it is gone


def _cells(profile: TableProfile) -> Iterator[str]:
    yield from (cell for row in profile.first_rows for cell in row if cell is not None)
    for column in profile.columns:
        yield from (count.value for count in column.top)
        yield from filter(None, (column.minimum, column.maximum))
