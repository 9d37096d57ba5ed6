"""Two small tables compared in memory, by plain Python, which needs no import that takes longer than the tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

from cityfolio.frozen import Frozen
from cityfolio.tables.row_diff.counted import Counted
from cityfolio.tables.row_diff.pairing import Pair, Pairing
from cityfolio.tables.row_diff.renames import ENOUGH_ROWS, Evidence
from cityfolio.tables.table import Cell, Table

LONG = 100                    # a text of so many letters takes about as much more memory as a cell
Row = tuple[Cell, ...]


class PlainTables(Frozen):
    """The rows of two tables, with None for each cell without a value."""

    before: Sequence[Row]
    after: Sequence[Row]

    def evidence(self, pairing: Pairing, key: Sequence[str]) -> Evidence:
        """The cells of columns without a pair, beside each other where rows are the same by their key or other columns."""
        same, is_sure = self._same(pairing, key)
        olds = {number: Counter[Hashable](row[number] for row in self.before) for number in pairing.removed}
        news = {number: Counter[Hashable](row[number] for row in self.after) for number in pairing.added}
        return Evidence(
            rows_before={number: [self.before[old][number] for old, _ in same] for number in pairing.removed},
            rows_after={number: [self.after[new][number] for _, new in same] for number in pairing.added},
            values=lambda old, new: (olds[old], news[new]), is_sure=is_sure,
        )

    def _same(self, pairing: Pairing, key: Sequence[str]) -> tuple[list[Pair], bool]:
        """The places of rows that are the same, and whether that is sure: no other row of their table is equal."""
        numbers = pairing.keys(key) or pairing.pairs
        if not numbers:
            return [], False
        olds, news = _places(self.before, numbers, 0), _places(self.after, numbers, 1)
        both = [(places, news[each]) for each, places in olds.items() if each in news]
        single = [(one[0], other[0]) for one, other in both if len(one) == len(other) == 1]
        if len(single) >= ENOUGH_ROWS:
            return single, True
        return [pair for one, other in both for pair in zip(one, other, strict=False)], False

    def counted(self, pairing: Pairing, key: Sequence[str], most: int) -> Counted:
        """Compare the rows by key, or by content where there is none or rows share one."""
        numbers = pairing.keys(key)
        if numbers:
            found = self._by_key(numbers, [pair for pair in pairing.pairs if pair not in numbers], most)
            if found is not None:
                return found
        return self._by_content(pairing.pairs, most)

    def _by_key(self, key: Sequence[Pair], others: Sequence[Pair], most: int) -> Counted | None:
        """None where rows share a key."""
        olds = {_cells(row, key, 0): number for number, row in enumerate(self.before)}
        news = {_cells(row, key, 1): number for number, row in enumerate(self.after)}
        if len(olds) < len(self.before) or len(news) < len(self.after):
            return None
        both = [(olds[each], number) for each, number in news.items() if each in olds]
        changed = [(old, new) for old, new in both
                   if _cells(self.before[old], others, 0) != _cells(self.after[new], others, 1)]
        found = Counted("key", most, before=len(olds), after=len(news), added=len(news) - len(both),
                        removed=len(olds) - len(both), changed=len(changed))
        found.changed_in = [sum(self.before[old][pair[0]] != self.after[new][pair[1]] for old, new in changed)
                            for pair in others]
        found.tell([number for each, number in news.items() if each not in olds],
                   [number for each, number in olds.items() if each not in news], changed)
        return found

    def _by_content(self, pairs: Sequence[Pair], most: int) -> Counted:
        olds, news = self._surplus(pairs)
        found = Counted("content", most, before=len(self.before), after=len(self.after), added=len(news), removed=len(olds))
        found.tell(news, olds, [])
        return found

    def _surplus(self, pairs: Sequence[Pair]) -> tuple[list[int], list[int]]:
        """The rows of which the other table has fewer: of equal ones the last. Without a column in both, no row is in both."""
        if not pairs:
            return list(range(len(self.before))), list(range(len(self.after)))
        olds = [_cells(row, pairs, 0) for row in self.before]
        news = [_cells(row, pairs, 1) for row in self.after]
        return _beyond(olds, Counter(news)), _beyond(news, Counter(olds))


def plain_tables(before: Table, after: Table, most_cells: int) -> PlainTables | None:
    """The rows of two tables that were just opened; None where they have more cells than should be held."""
    found, cells = (list[Row](), list[Row]()), 0
    for table, rows in zip((before, after), found, strict=True):
        width = range(len(table.header))
        for portion in table.portions:
            columns = [portion.texts(number) for number in width]
            cells += portion.rows * len(width) + sum(sum(map(len, filter(None, column))) // LONG for column in columns)
            if cells > most_cells:
                return None
            if "" in table.empty:
                columns = [_without_blanks(column) for column in columns]
            rows += zip(*columns, strict=True)
    return PlainTables(*found)


def _without_blanks(cells: Sequence[Cell]) -> Sequence[Cell]:
    return [cell or None for cell in cells]


def _cells(row: Row, pairs: Sequence[Pair], side: int) -> Row:
    return tuple([row[pair[side]] for pair in pairs])


def _places(rows: Sequence[Row], pairs: Sequence[Pair], side: int) -> dict[Row, list[int]]:
    places = defaultdict[Row, list[int]](list)
    for number, row in enumerate(rows):
        places[_cells(row, pairs, side)].append(number)
    return places


def _beyond(rows: Sequence[Row], others: Counter[Row]) -> list[int]:
    """The places of rows that come once more than among the others."""
    left, found = Counter(others), list[int]()
    for number, row in enumerate(rows):
        if left[row] > 0:
            left[row] -= 1
        else:
            found.append(number)
    return found
