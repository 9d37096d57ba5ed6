"""Which columns of two tables are the same: those of one name, and those that are called differently now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cityfolio.frozen import Frozen
from cityfolio.tables.row_diff.renames import Evidence, Slots, renames

ROUNDS = 3    # a renamed column that is found may be what tells the rows, and so the other renamed columns
Pair = tuple[int, int]


class Pairing(Frozen, kw_only=True):
    """The columns of two tables, by their numbers."""

    before: tuple[str, ...]       # the headers
    after: tuple[str, ...]
    pairs: tuple[Pair, ...]       # of one column each, in the order of the newer table

    @property
    def removed(self) -> tuple[int, ...]:
        """The columns that the older table alone has."""
        kept = {old for old, _ in self.pairs}
        return tuple(number for number in range(len(self.before)) if number not in kept)

    @property
    def added(self) -> tuple[int, ...]:
        """The columns that the newer table alone has."""
        kept = {new for _, new in self.pairs}
        return tuple(number for number in range(len(self.after)) if number not in kept)

    @property
    def renamed(self) -> dict[str, str]:
        """The names of columns that are called differently now, each with the new one."""
        names = ((self.before[old], self.after[new]) for old, new in self.pairs)
        return {old: new for old, new in names if old != new}

    def keys(self, names: Sequence[str]) -> tuple[Pair, ...]:
        """The columns of a key; none where one of them is not in both tables. A key may still have a column's former name."""
        by_name = {self.before[pair[0]]: pair for pair in self.pairs} | {self.after[pair[1]]: pair for pair in self.pairs}
        found = tuple(by_name[name] for name in names if name in by_name)
        return found if len(found) == len(names) and len(set(found)) == len(found) else ()

    def with_pairs(self, more: Sequence[Pair]) -> Pairing:
        """The same with more columns known to be one."""
        pairs = sorted((*self.pairs, *more), key=lambda pair: pair[1])
        return Pairing(before=self.before, after=self.after, pairs=tuple(pairs))


def paired_by_name(before: Sequence[str], after: Sequence[str]) -> Pairing:
    """The columns that have one name in both tables."""
    places = {name: number for number, name in enumerate(before)}
    pairs = tuple((places[name], number) for number, name in enumerate(after) if name in places)
    return Pairing(before=tuple(before), after=tuple(after), pairs=pairs)


def paired(pairing: Pairing, look: Callable[[Pairing], Evidence]) -> Pairing:
    """Pair more columns by what they hold. `look` goes through the rows, and only where a column may be renamed."""
    for _ in range(ROUNDS):
        if not pairing.removed or not pairing.added:
            break
        found = renames(look(pairing), Slots.of(pairing.before, pairing.after, pairing.pairs))
        if not found:
            break
        pairing = pairing.with_pairs(found)
    return pairing
