"""usage.csv with the months that were counted put in the place of what stood there for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from cityfolio.frozen import Frozen
from cityfolio.model.health import Used

TOO_FEW = 10                         # a month is not replaced by less than one in so many of what it had


class Merged(Frozen, kw_only=True):
    """The lines of the file, and the months that kept what they had, with both sums."""

    used: tuple[Used, ...]
    kept: Mapping[str, tuple[int, int]]


def merged(before: Iterable[Used], counted: Iterable[Used], months: Collection[str]) -> Merged:
    """Replace the lines of the months that were counted.

    A log that begins or ends with a few lines of another month must not wipe out that month: one that would keep less than a
    tenth of its sum stays as it is.
    """
    before, counted = tuple(before), tuple(counted)
    old, new = _sums(before), _sums(counted)
    kept = {month: (old[month], new[month]) for month in sorted(months) if new[month] * TOO_FEW < old[month]}
    replaced = set(months) - set(kept)
    used = [each for each in before if each.month not in replaced] + [each for each in counted if each.month in replaced]
    return Merged(used=tuple(sorted(used, key=lambda each: (each.month, each.dataset))), kept=kept)


def _sums(used: Iterable[Used]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for each in used:
        sums[each.month] += each.views + each.downloads
    return sums
