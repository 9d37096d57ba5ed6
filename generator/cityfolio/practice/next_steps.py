"""The smallest set of criteria that, once met, reaches a level. Exact; `practice/cheapest.py` looks for it."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.model.standard import LevelRecord, StandardRecord
from cityfolio.practice.cheapest import Puzzle, cheapest
from cityfolio.practice.criteria import areas_of, counted_of, in_order_of_need, met_when
from cityfolio.practice.levels import needed


def next_steps(record: StandardRecord, holds: Mapping[str, bool], level: LevelRecord) -> tuple[str, ...]:
    """A smallest set of criteria whose own demands have to be fulfilled for a level, in an order that can be gone.

    `holds` says of each criterion whether what it asks itself holds already. Of several smallest sets it is the one with the
    criterion that stands first in the standard, then the second, and so on. Nothing where the level cannot be reached.
    """
    return _walked(record, holds, cheapest(_puzzle(record, holds, level)) or frozenset())


def _puzzle(record: StandardRecord, holds: Mapping[str, bool], level: LevelRecord) -> Puzzle:
    names = tuple(record.criteria)
    number = {name: at for at, name in enumerate(names)}
    counted, area_of, areas = set(counted_of(record)), areas_of(record), {name: at for at, name in enumerate(record.areas)}
    sizes = [sum(area_of[each] == area for each in counted) for area in areas]
    criteria = [record.criteria[name] for name in names]
    return Puzzle(
        order=tuple(number[name] for name in in_order_of_need(record)),
        costs=tuple(int(not holds[name]) for name in names),
        after=tuple(tuple(number[each] for each in dict.fromkeys(criterion.after)) for criterion in criteria),
        parts=tuple(tuple(number[each] for each in dict.fromkeys(criterion.among.criteria)) if criterion.among else ()
                    for criterion in criteria),
        least=tuple((criterion.among.least or 1) if criterion.among else 0 for criterion in criteria),
        area=tuple(areas.get(area_of[name], len(areas)) if name in counted else -1 for name in names),
        wanted=(*(needed(level.each_area, size) for size in sizes), 0),
        total=needed(level.share, len(counted)), required=frozenset(number[each] for each in level.criteria))


def _walked(record: StandardRecord, holds: Mapping[str, bool], steps: frozenset[int]) -> tuple[str, ...]:
    """Steps in an order in which each can be met when it is its turn; what stands first in the standard comes first."""
    names = tuple(record.criteria)
    left, done, walked = [names[each] for each in sorted(steps)], dict(holds), list[str]()
    while left:
        met = met_when(record, done)
        step = next(each for each in left if all(met[before] for before in record.criteria[each].after))
        left.remove(step)
        done[step] = True
        walked.append(step)
    return tuple(walked)
