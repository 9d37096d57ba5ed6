"""Which values are held back, so that no number under a limit is shown, and none can be had by subtracting what is shown.

A group is small when fewer rows than the limit stand behind it, none included, or when some of them are good and fewer than the
limit, or some are not good and fewer than the limit. A small group is held back; and because the total is shown, so are others,
those with the fewest rows first, until those held back are at least two and are no small group together. Then nobody can tell
how the rest of the total is divided among them. Where the total is small itself, or where all groups of a column together would
not do, nothing of the period is shown.

The columns of a disaggregation share the total, and each is looked at by itself: beside the total nothing is known of the
groups of one from those of another. But where some groups make up one of another column, as districts make up a region, they
add up to it, so it is taken for a total as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cityfolio.frozen import Frozen


class Tally(Frozen):
    """How many rows stand behind a value; of a ratio also how many of them are good."""

    rows: int
    good: int | None = None


class Hidden(Frozen, kw_only=True):
    """What is held back of a period: the total, and of each column some groups by their number."""

    total: bool = False
    groups: tuple[frozenset[int], ...] = ()


# Of a finer column (its number) and a coarser one: for each group of the finer the number of the group that it helps to make
# up, and nothing else does; -1 where there is none.
Nesting = Mapping[tuple[int, int], Sequence[int]]


def hidden(total: Tally, columns: Sequence[Sequence[Tally]], least: int, nesting: Nesting | None = None) -> Hidden:
    """What is held back of one period of a measure, whose groups in each column add up to the total."""
    if is_small(total, least):
        return _everything(columns)
    kept_back = [{at for at, each in enumerate(groups) if is_small(each, least)} for groups in columns]
    before = -1
    while before != sum(map(len, kept_back)):
        before = sum(map(len, kept_back))
        # First within the groups that others lie in: what is held back there will mostly do for the total too.
        for (fine, coarse), parents in (nesting or {}).items():
            _widen_within(kept_back, columns, (fine, coarse), parents, least)
        for number, groups in enumerate(columns):
            if not _widen(kept_back[number], groups, range(len(groups)), least):
                return _everything(columns)
    return Hidden(groups=tuple(map(frozenset, kept_back)))


def is_small(tally: Tally, least: int) -> bool:
    """Whether a number may not be shown."""
    if tally.rows < least:
        return True
    return tally.good is not None and (0 < tally.good < least or 0 < tally.rows - tally.good < least)


def _everything(columns: Sequence[Sequence[Tally]]) -> Hidden:
    return Hidden(total=True, groups=tuple(frozenset(range(len(groups))) for groups in columns))


def _widen(kept_back: set[int], groups: Sequence[Tally], among: Iterable[int], least: int) -> bool:
    """Hold back more groups, until those that are cannot be told apart; False where all of them are too few."""
    within = set(among)
    rest = sorted(within - kept_back, key=lambda at: (groups[at].rows, at), reverse=True)
    while (held := kept_back & within) and not _is_safe([groups[at] for at in held], least):
        if not rest:
            return False
        kept_back.add(rest.pop())
    return True


def _is_safe(held: Sequence[Tally], least: int) -> bool:
    good = sum(each.good for each in held if each.good is not None) if held[0].good is not None else None
    return len(held) > 1 and not is_small(Tally(sum(each.rows for each in held), good), least)


def _widen_within(kept_back: Sequence[set[int]], columns: Sequence[Sequence[Tally]], pair: tuple[int, int],
                  parents: Sequence[int], least: int) -> None:
    """Take each shown group of a coarser column for the total of those of the finer that lie in it, and those held back for
    one total: what is known of the rest tells their sum."""
    fine, coarse = pair
    inside: dict[int, list[int]] = {}
    for at, parent in enumerate(parents):
        if parent >= 0:
            inside.setdefault(parent, []).append(at)
    for parent, children in inside.items():
        if parent in kept_back[coarse]:
            # If all that it is made of were shown, so would be its sum.
            kept_back[fine].update(children if kept_back[fine].isdisjoint(children) else ())
        elif not _widen(kept_back[fine], columns[fine], children, least):
            kept_back[coarse].add(parent)
    _widen(kept_back[fine], columns[fine], [at for at, parent in enumerate(parents) if parent in kept_back[coarse]], least)
