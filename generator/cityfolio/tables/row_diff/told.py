"""The rows that are told as samples: with their lines, and the cells of a changed row that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from cityfolio.frozen import Frozen
from cityfolio.model.review import Cell, RowChange, RowsDiff
from cityfolio.tables.row_diff.counted import Counted
from cityfolio.tables.row_diff.pairing import Pair, Pairing
from cityfolio.tables.table import Cell as Text, Source, TableJob, plain_name

BLANK = '""'    # an empty text, where it has to be told from no value


class Found(Frozen):
    """Some rows of a table by their numbers: cells, with None for no value, and lines."""

    cells: Mapping[int, Sequence[Text]]
    lines: Mapping[int, int]


Fetch = Callable[[Sequence[int]], Found]


class Telling(Frozen, kw_only=True):
    """How rows are told: their columns, by what they are matched, and what is not shown."""

    pairing: Pairing
    key: tuple[Pair, ...]         # () where rows are matched by content
    hidden: frozenset[str]        # names of sensitive columns of either table, as `plain_name` makes them

    @property
    def others(self) -> tuple[Pair, ...]:
        """The columns in both tables in which a row can change."""
        return tuple(pair for pair in self.pairing.pairs if pair not in self.key)

    def shows(self, name: str) -> bool:
        """Whether the values of a column may be shown."""
        return plain_name(name) not in self.hidden


def hidden_names(before: TableJob, after: TableJob) -> frozenset[str]:
    """The sensitive columns of two tables: what one of them hides is hidden of both."""
    return before.sensitive_names | after.sensitive_names


def lines_of(source: Source, rows: Iterable[int]) -> dict[int, int]:
    """The lines at which rows begin."""
    wanted = [(row, 0) for row in sorted(rows)]
    return {row: place.line for (row, _), place in source.cells(wanted).items()} if wanted else {}


def told(counted: Counted, telling: Telling, before: Fetch, after: Fetch) -> RowsDiff:
    """What was counted, with its samples fetched."""
    olds = before([*counted.first_removed, *(old for old, _ in counted.first_changed)])
    news = after([*counted.first_added, *(new for _, new in counted.first_changed)])
    pairing = telling.pairing
    samples = {
        "added": tuple(_whole(news, number, telling, 1) for number in counted.first_added),
        "removed": tuple(_whole(olds, number, telling, 0) for number in counted.first_removed),
        "changed": tuple(_changed(olds, news, pair, telling) for pair in counted.first_changed),
    }
    counts = zip(telling.others, counted.changed_in, strict=False)     # matched by content, nothing is counted by column
    return RowsDiff(
        by=counted.by, before=counted.before, after=counted.after, added=counted.added, removed=counted.removed,
        changed=counted.changed, changed_in={pairing.after[pair[1]]: count for pair, count in counts if count},
        added_columns=tuple(pairing.after[number] for number in pairing.added),
        removed_columns=tuple(pairing.before[number] for number in pairing.removed),
        renamed=pairing.renamed, samples={kind: rows for kind, rows in samples.items() if rows},
    )


def _key(row: Sequence[Text], telling: Telling, side: int) -> tuple[str, ...]:
    return tuple((row[pair[side]] or "") if _is_shown(pair, telling) else "" for pair in telling.key)


def _is_shown(pair: Pair, telling: Telling) -> bool:
    return telling.shows(telling.pairing.before[pair[0]]) and telling.shows(telling.pairing.after[pair[1]])


def _whole(found: Found, number: int, telling: Telling, side: int) -> RowChange:
    """A row that one table alone has, with all its cells: of the older table (side 0) or the newer."""
    row, pairing = found.cells[number], telling.pairing
    shown = _shown(telling, side)
    names = pairing.after if side else pairing.before
    line = found.lines[number]
    cells = tuple(Cell(column=names[at], before="" if side else row[at] or "", after=(row[at] or "") if side else "")
                  for at in shown)
    return RowChange(key=_key(row, telling, side), before_line=0 if side else line, after_line=line if side else 0, cells=cells)


def _shown(telling: Telling, side: int) -> list[int]:
    """The columns of one table that may be shown; a column that was sensitive by its former name is not."""
    pairing = telling.pairing
    hidden = {pair[side] for pair in pairing.pairs if not _is_shown(pair, telling)}
    names = pairing.after if side else pairing.before
    return [number for number, name in enumerate(names) if number not in hidden and telling.shows(name)]


def _changed(olds: Found, news: Found, numbers: Pair, telling: Telling) -> RowChange:
    old, new = olds.cells[numbers[0]], news.cells[numbers[1]]
    cells = tuple(_cell(telling.pairing.after[pair[1]], old[pair[0]], new[pair[1]])
                  for pair in telling.others if old[pair[0]] != new[pair[1]] and _is_shown(pair, telling))
    return RowChange(key=_key(new, telling, 1), before_line=olds.lines[numbers[0]], after_line=news.lines[numbers[1]],
                     cells=cells)


def _cell(name: str, before: Text, after: Text) -> Cell:
    if not before and not after:
        return Cell(column=name, before=BLANK if before == "" else "", after=BLANK if after == "" else "")
    return Cell(column=name, before=before or "", after=after or "")
