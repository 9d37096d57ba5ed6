"""What somebody can work out who sees every number that is shown and knows how groups lie in each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cityfolio.measures.suppression import Hidden


def partitions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide a number among some groups."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in partitions(total - first, parts - 1):
            yield (first, *rest)


def coarser(cells: Sequence[int], parents: Sequence[int]) -> list[int]:
    """The numbers of the groups that others lie in."""
    found = [0] * (max(parents) + 1)
    for cell, parent in zip(cells, parents, strict=True):
        found[parent] += cell
    return found


def possible(cells: Sequence[int], parents: Sequence[int] | None, hidden: Hidden) -> list[set[int]]:
    """For each finer group, then each coarser one, every number that it may have by all that is shown."""
    above = [] if parents is None else coarser(cells, parents)
    may_be: list[set[int]] = [set() for _ in (*cells, *above)]
    for guess in partitions(sum(cells), len(cells)):
        guessed = [] if parents is None else coarser(guess, parents)
        sides = [(cells, guess, hidden.groups[0])]
        sides += [] if parents is None else [(above, guessed, hidden.groups[1])]
        if all(true == told for truth, told_all, back in sides
               for at, (true, told) in enumerate(zip(truth, told_all, strict=True)) if at not in back):
            for known, number in zip(may_be, (*guess, *guessed), strict=True):
                known.add(number)
    return may_be


def given_away(cells: Sequence[int], parents: Sequence[int] | None, hidden: Hidden, least: int) -> list[int]:
    """The small numbers that follow from what is shown, shown ones among them; nothing where the total is not shown either."""
    if hidden.total:
        return []
    numbers = [*cells, *([] if parents is None else coarser(cells, parents))]
    return [number for number, may_be in zip(numbers, possible(cells, parents, hidden), strict=True)
            if number < least and len(may_be) == 1]
