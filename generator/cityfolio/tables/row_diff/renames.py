"""Columns that are called differently now, told by what they hold; names and places only help to decide.

Two columns are compared cell by cell over rows known to be the same. Each cell is weighed as by Bayes: how likely it is if the
columns are one, of which some cells were changed, and how likely if they have nothing to do with each other. To agree on a rare
value says much, to agree on a common one little. Beside that the cells have to agree far more often than by chance, as told by
Cohen's kappa (Educational and Psychological Measurement 20, 1960, 37-46). Where too few rows are known to be the same, the
values that occur are compared, whatever their rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from math import log

from cityfolio.frozen import Frozen

MOST_COLUMNS = 100            # on either side; of more, the first are looked at
MOST_COMPARED = 4_000_000     # cells, over all pairs of columns
FEWEST_ROWS = 16              # compared in any case
ENOUGH_ROWS = 20              # surely the same: then values need not be compared whatever their rows
KEPT = 0.8                    # the share of cells of a renamed column that is taken to be as it was
LEAST_KAPPA = 0.5
LEAST_WEIGHT = 3.0            # odds of 20 to 1
OF_NAME, OF_PLACE = 3.0, 2.0  # what a like name and the same place among the other columns add to the weight
ALIKE = 0.6                   # how like names have to be where the cells of a column tell nothing
MANY_VALUES = 0.3             # different values for each row: from here on columns that share most have not done so by chance
LEAST_SHARED, NEARLY_ALL = 0.5, 0.9


class Evidence(Frozen, kw_only=True):
    """Cells of the columns that one table alone has, by the column's number: texts, or numbers that stand for them."""

    rows_before: Mapping[int, Sequence[Hashable]]     # of rows that are in both tables; the same row at the same place
    rows_after: Mapping[int, Sequence[Hashable]]
    values: Callable[[int, int], tuple[Counter[Hashable], Counter[Hashable]]]   # of two columns: of all rows, or the same share
    is_sure: bool                                     # whether there are enough such rows, and none has an equal in its table
    empty: Hashable = None                            # what stands for no value


class Slots(Frozen):
    """Where columns stand among those that both tables have, and what they are called."""

    before: Sequence[str]
    after: Sequence[str]
    slot_before: Mapping[int, object]
    slot_after: Mapping[int, object]

    @classmethod
    def of(cls, before: Sequence[str], after: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Slots:
        """The places of the columns without a pair: behind which pair, and as which of those there."""
        numbers = {pair: number for number, pair in enumerate(pairs)}
        return cls(before, after, _slots(len(before), {pair[0]: numbers[pair] for pair in pairs}),
                   _slots(len(after), {pair[1]: numbers[pair] for pair in pairs}))

    def are_one(self, old: int, new: int) -> bool:
        """Whether two columns stand at the same place."""
        return self.slot_before[old] == self.slot_after[new]

    def likeness(self, old: int, new: int) -> float:
        """How like their names are, from 0 to 1; half and more where one is a part of the other."""
        one, other = self.before[old].casefold(), self.after[new].casefold()
        ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
        shorter = min(one, other, key=len)
        return max(ratio, ALIKE) if len(shorter) >= 3 and shorter in one and shorter in other else ratio


def _slots(columns: int, paired: Mapping[int, int]) -> dict[int, object]:
    found, last, behind = dict[int, object](), -1, 0
    for number in range(columns):
        if number in paired:
            last, behind = paired[number], 0
        else:
            found[number] = (last, behind)
            behind += 1
    return found


def renames(evidence: Evidence, slots: Slots) -> list[tuple[int, int]]:
    """Pairs of columns of which the second is the first under another name. None is in two pairs."""
    olds, news = sorted(slots.slot_before)[:MOST_COLUMNS], sorted(slots.slot_after)[:MOST_COLUMNS]
    most = max(FEWEST_ROWS, MOST_COMPARED // max(1, len(olds) * len(news)))
    weighed = [(weight, old, new) for old in olds for new in news
               if (weight := _weight(evidence, slots, (old, new), most)) is not None]
    found, taken_old, taken_new = list[tuple[int, int]](), set[int](), set[int]()
    for _, old, new in sorted(weighed, key=lambda each: (-each[0], each[1], each[2])):
        if old not in taken_old and new not in taken_new:
            found.append((old, new))
            taken_old.add(old)
            taken_new.add(new)
    return found


def _weight(evidence: Evidence, slots: Slots, pair: tuple[int, int], most: int) -> float | None:
    """How much speaks for a pair; None where the contents do not bear it out."""
    old, new = pair
    one, other = evidence.rows_before.get(old, ())[:most], evidence.rows_after.get(new, ())[:most]
    hints = OF_NAME * slots.likeness(old, new) + OF_PLACE * slots.are_one(old, new)
    if _says_nothing(evidence, pair):
        is_hinted = slots.are_one(old, new) or slots.likeness(old, new) >= ALIKE
        return hints if is_hinted else None
    by_rows = weight_of_rows(one, other)
    if evidence.is_sure:
        return by_rows + hints if by_rows is not None and by_rows + hints >= LEAST_WEIGHT else None
    by_values = weight_of_values(*evidence.values(old, new))
    if by_values is None and by_rows is None:
        return None
    weight = (by_rows or 0.0) + (by_values or 0.0) + hints
    return weight if weight >= LEAST_WEIGHT else None


def _says_nothing(evidence: Evidence, pair: tuple[int, int]) -> bool:
    """Whether both columns hold one and the same value in every row, which any two columns of a table may do."""
    one, other = evidence.values(*pair)
    return len(one) == 1 and one.keys() == other.keys() and evidence.empty not in one


def weight_of_rows(one: Sequence[Hashable], other: Sequence[Hashable]) -> float | None:
    """The weight of cells of the same rows for their columns being one; None where they agree hardly more than by chance."""
    rows = len(one)
    agreed = Counter(here for here, there in zip(one, other, strict=True) if here == there)
    counts_one, counts_other = Counter(one), Counter(other)
    chance = sum(count * counts_other[value] for value, count in counts_one.items()) / max(1, rows * rows)
    agreeing = agreed.total() / max(1, rows)
    if chance == 1 or (agreeing - chance) / (1 - chance) < LEAST_KAPPA:
        return None
    return sum(_weights(agreed, counts_one + counts_other, rows)) + (rows - agreed.total()) * log(1 - KEPT)


def _weights(agreed: Mapping[Hashable, int], counts: Mapping[Hashable, int], rows: int) -> Iterator[float]:
    for value, times in agreed.items():
        share = counts[value] / (2 * rows)
        yield times * log((KEPT + (1 - KEPT) * share) / share)


def weight_of_values(one: Counter[Hashable], other: Counter[Hashable]) -> float | None:
    """The weight of the values that two columns share; None where columns of nothing in common could share as many."""
    fewer = min(one.total(), other.total())
    if not fewer:
        return None
    shared = sum(min(count, other[value]) for value, count in one.items()) / fewer
    different = min(len(one), len(other))
    if different >= MANY_VALUES * fewer and different > 1:
        return log(different) * shared if shared >= LEAST_SHARED else None
    return shared if shared >= NEARLY_ALL and different > 2 else None
