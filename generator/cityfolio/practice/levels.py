"""Which level a city has reached. It is the highest one whose own conditions hold; those below need not hold too."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from cityfolio.frozen import Frozen
from cityfolio.model.standard import LevelRecord, StandardRecord
from cityfolio.practice.criteria import areas_of, counted_of


class Counts(Frozen, kw_only=True):
    """How many of the criteria that count are met, in all and by area."""

    met: int
    of: int
    areas: Mapping[str, tuple[int, int]]   # met and of, in the order of the standard; also those without criteria


def counts(record: StandardRecord, met: Mapping[str, bool]) -> Counts:
    """Count what is met."""
    area_of, counted = areas_of(record), counted_of(record)
    areas = {area: (sum(met[each] for each in counted if area_of[each] == area),
                    sum(area_of[each] == area for each in counted)) for area in record.areas}
    return Counts(met=sum(met[each] for each in counted), of=len(counted), areas=areas)


def exact(share: float) -> Fraction:
    """A share as it was written: 0.8 is four fifths, and not the binary number next to it."""
    return Fraction(repr(share))


def needed(share: float, of: int) -> int:
    """The least number of so many that reaches a share."""
    return ceil(exact(share) * of)


def is_reached(level: LevelRecord, found: Counts, met: Mapping[str, bool]) -> bool:
    """Whether all conditions of a level hold. An area without criteria asks nothing."""
    return (found.met >= needed(level.share, found.of)
            and all(has >= needed(level.each_area, of) for has, of in found.areas.values())
            and all(met.get(each, False) for each in level.criteria))


def level_reached(record: StandardRecord, found: Counts,
                  met: Mapping[str, bool]) -> tuple[LevelRecord | None, LevelRecord | None]:
    """The highest level that is reached, and the one above it."""
    place = max((at for at, level in enumerate(record.levels) if is_reached(level, found, met)), default=-1)
    above = record.levels[place + 1] if place + 1 < len(record.levels) else None
    return record.levels[place] if place >= 0 else None, above


def level_of_area(record: StandardRecord, met: int, of: int) -> LevelRecord | None:
    """The highest level whose share of all criteria an area reaches by itself; none for an area without criteria."""
    reached = [level for level in record.levels if of and met >= needed(level.share, of)]
    return reached[-1] if reached else None
