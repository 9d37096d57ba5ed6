"""Two tables of any size compared: each is gone through for numbers that stand for its rows, which are matched share by share.

Beside a portion of rows and one share of each table nothing is held. Rows that are all equal are in one share, with 24 bytes
each. What is told as a sample is read once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from typing import cast

import numpy as np

from cityfolio.arrow_alone import pa
from cityfolio.frozen import Frozen
from cityfolio.model.review import MatchedBy, RowsDiff
from cityfolio.tables.large.letters import Words
from cityfolio.tables.row_diff.counted import Counted
from cityfolio.tables.row_diff.digests import Lane, Matrix, cell_digests, lanes, row_digests
from cityfolio.tables.row_diff.matching import Matched, common, matched
from cityfolio.tables.row_diff.opened import Side
from cityfolio.tables.row_diff.pairing import Pair, Pairing, paired
from cityfolio.tables.row_diff.sampled import Looked
from cityfolio.tables.row_diff.shares import SHARES, Shares
from cityfolio.tables.row_diff.told import Found, Telling, hidden_names, lines_of, told
from cityfolio.tables.table import Cell, Portion, Table

ROW, OTHERS = 2, 3            # where its number in the table stands among those of a row, and those of its cells begin
MOST_SORTED = 1 << 20         # rows of a share; of more, common ones are counted beforehand


class Plan(Frozen, kw_only=True):
    """Which columns a row is known by, and in which others it can change."""

    by: MatchedBy
    known: tuple[Pair, ...]
    others: tuple[Pair, ...]
    lanes: tuple[Lane, Lane]

    @property
    def width(self) -> int:
        """How many numbers stand for a row."""
        return OTHERS + len(self.others)

    def numbers(self, portion: Portion, side: int, above: int, *, blanks: bool) -> Matrix:
        """The numbers of a portion's rows, of which there are some above it: two they are known by, their own, their cells'."""
        found = np.empty((portion.rows, self.width), np.uint64)
        known = [portion.array(pair[side]) for pair in self.known]
        for at, lane in enumerate(self.lanes):
            cells = (cell_digests(texts, lane, blanks=blanks) for texts in known)
            found[:, at] = row_digests(cells, lane, portion.rows)
        found[:, ROW] = np.arange(above, above + portion.rows, dtype=np.uint64)
        for at, pair in enumerate(self.others, OTHERS):
            found[:, at] = cell_digests(portion.array(pair[side]), self.lanes[0], blanks=blanks)
        return found


def compared_large(before: Side, after: Side, named: Pairing, key: tuple[str, ...], most: int) -> RowsDiff:
    """Compare two tables, of which the columns of one name are known, by key, or by content where that cannot be."""
    ways = lanes((before.job.sha256, after.job.sha256))
    pairing = paired(named, Looked(before, after, key, ways[0]))
    numbers = pairing.keys(key)
    others = tuple(pair for pair in pairing.pairs if pair not in numbers)
    counted = _counted(before, after, Plan(by="key", known=numbers, others=others, lanes=ways), most) if numbers else None
    if counted is None:
        numbers = ()
        plan = Plan(by="content", known=pairing.pairs, others=(), lanes=ways)
        counted = _counted(before, after, plan, most) if plan.known else _apart(before, after, most)
        assert counted is not None        # only a key can be found wanting
    telling = Telling(pairing=pairing, key=numbers, hidden=hidden_names(before.job, after.job))
    return told(counted, telling, lambda rows: _fetched(before, rows), lambda rows: _fetched(after, rows))


def _counted(before: Side, after: Side, plan: Plan, most: int) -> Counted | None:
    """Compare the rows; None where they are known by a key that some share."""
    with closing(_spilled(before, plan, 0)) as olds, closing(_spilled(after, plan, 1)) as news:
        found = Counted(plan.by, most, before=olds.rows, after=news.rows, changed_in=[0] * len(plan.others))
        for number in range(SHARES):
            old, new = olds.share(number), news.share(number)
            while len(old) + len(new) > MOST_SORTED and (equal := common(old, new)) is not None:
                if plan.by == "key":
                    return None
                _count_equal(found, old[equal[0], ROW], new[equal[1], ROW])
                old, new = old[~equal[0]], new[~equal[1]]
            here = matched(old, new)
            if here.has_repeats and plan.by == "key":
                return None
            _count(found, old, new, here)
        return found


def _spilled(side: Side, plan: Plan, at: int) -> Shares:
    """Go through a table for the numbers of its rows."""
    shares, above = Shares(plan.width), 0
    with ExitStack() as stack:
        stack.callback(shares.close)
        with side.opened() as table:
            for portion in table.portions:
                shares.add(plan.numbers(portion, at, above, blanks="" in table.empty))
                above += portion.rows
        stack.pop_all()
    return shares


def _count(found: Counted, old: Matrix, new: Matrix, here: Matched) -> None:
    """Add what differs in one share."""
    differs = old[here.old, OTHERS:] != new[here.new, OTHERS:]
    changed = np.flatnonzero(differs.any(axis=1))
    found.changed += len(changed)
    found.changed_in = [all_so_far + in_share for all_so_far, in_share in
                        zip(found.changed_in, differs.sum(axis=0).tolist(), strict=True)]
    found.added += len(here.new_alone)
    found.removed += len(here.old_alone)
    pairs = np.stack([old[here.old[changed], ROW], new[here.new[changed], ROW]], axis=1)
    first = pairs[np.argsort(pairs[:, 1])[: found.most]].tolist()
    found.tell(_least(new[here.new_alone, ROW], found.most), _least(old[here.old_alone, ROW], found.most),
               [(one, other) for one, other in first])


def _count_equal(found: Counted, old: Words, new: Words) -> None:
    """Add what differs between rows that are all equal, given by their numbers."""
    both = min(len(old), len(new))
    found.added += len(new) - both
    found.removed += len(old) - both
    found.tell(_least(new[both:], found.most), _least(old[both:], found.most), [])


def _least(numbers: Words, most: int) -> list[int]:
    return cast("list[int]", np.sort(numbers)[:most].tolist())


def _apart(before: Side, after: Side, most: int) -> Counted:
    """The count of two tables that have no column in common, and so no row."""
    rows = [sum(portion.rows for portion in _portions(side)) for side in (before, after)]
    found = Counted("content", most, before=rows[0], after=rows[1], added=rows[1], removed=rows[0])
    found.tell(list(range(min(rows[1], most))), list(range(min(rows[0], most))), [])
    return found


def _portions(side: Side) -> Iterator[Portion]:
    with side.opened() as table:
        yield from table.portions


def _fetched(side: Side, rows: Sequence[int]) -> Found:
    """Some rows, for which the table is gone through once more, up to the last of them."""
    left, cells, above = sorted(set(rows)), dict[int, Sequence[Cell]](), 0
    if not left:
        return Found({}, {})
    with side.opened() as table:
        for portion in table.portions:
            here = [row for row in left if row < above + portion.rows]
            cells |= zip(here, _cells(portion, [row - above for row in here], table), strict=True)
            left = left[len(here):]
            above += portion.rows
            if not left:
                break
        return Found(cells, lines_of(table.source, rows))


def _cells(portion: Portion, rows: Sequence[int], table: Table) -> list[Sequence[Cell]]:
    if not rows:
        return []
    columns = [portion.array(number).take(pa.array(rows)).to_pylist() for number in range(len(table.header))]
    if "" in table.empty:
        columns = [[cell or None for cell in column] for column in columns]
    return list(zip(*columns, strict=True))
