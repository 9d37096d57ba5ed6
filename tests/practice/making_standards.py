"""Standards made up for tests, and the smallest sets of next steps found by trying every set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from random import Random

from cityfolio.model.standard import AmongRecord, AreaRecord, CriterionRecord, LevelRecord, StandardRecord
from cityfolio.practice.criteria import is_leaf, met_when
from cityfolio.practice.levels import counts, is_reached


def a_criterion(**keys: object) -> CriterionRecord:
    """A criterion that is attested, unless something else is said."""
    return CriterionRecord(**{"title": "Something is done", "area": "inventory", "attest": "That it is.", **keys})  # type: ignore[arg-type]


def a_whole(least: int, *parts: str, **keys: object) -> CriterionRecord:
    """A criterion that is met by so many of others."""
    return a_criterion(attest=None, among=AmongRecord(least=least, criteria=parts), **keys)


def a_standard(criteria: Mapping[str, CriterionRecord], *levels: LevelRecord) -> StandardRecord:
    """A standard with these criteria and levels, and the areas that they name."""
    areas = dict.fromkeys(each.area for each in criteria.values() if each.area)
    return StandardRecord(title="Our charter", areas={each: AreaRecord(title=each) for each in areas}, criteria=criteria,
                          levels=levels)


def a_level(**keys: object) -> LevelRecord:
    """A level that asks nothing, unless something is said."""
    return LevelRecord(**{"id": "good", "title": "Good", **keys})  # type: ignore[arg-type]


def by_trying(record: StandardRecord, holds: Mapping[str, bool], level: LevelRecord) -> tuple[str, ...]:
    """The smallest set that comes first, in the order of the standard: every set is tried, the small ones first."""
    open_ones = [name for name, criterion in record.criteria.items() if is_leaf(criterion) and not holds[name]]
    for size in range(len(open_ones) + 1):
        for chosen in combinations(open_ones, size):
            met = met_when(record, {**holds, **dict.fromkeys(chosen, True)})
            if is_reached(level, counts(record, met), met):
                return chosen
    raise AssertionError("every level can be reached")


def a_random_standard(random: Random, size: int, wanting: float = 0.3) -> tuple[StandardRecord, dict[str, bool]]:
    """A standard with groups and prerequisites, and what of it holds already. Nothing depends on what comes after it."""
    names = [f"c{number}" for number in range(size)]
    criteria = dict(_criteria(random, names, wanting))
    level = a_level(share=random.choice([0, 0.3, 0.5, 0.75, 0.9, 1]), each_area=random.choice([0, 0, 0.25, 0.5, 0.8]),
                    criteria=tuple(random.sample(names, random.choice([0, 0, 1, 2]))))
    shuffled = random.sample(names, size)
    holds = {name: not is_leaf(criteria[name]) or random.random() < 0.4 for name in names}
    return a_standard({name: criteria[name] for name in shuffled}, level), holds


def _criteria(random: Random, names: list[str], wanting: float) -> Iterator[tuple[str, CriterionRecord]]:
    for at, name in enumerate(names):
        area = f"area-{random.randrange(max(len(names) // 12, 2))}"
        after = tuple(random.sample(names[:at], min(at, random.choice([1, 1, 2])))) if random.random() < wanting else ()
        if at >= 3 and random.random() < 0.2:
            parts = random.sample(names[:at], min(at, random.randint(2, 4)))
            whole = a_whole(random.randint(1, len(parts)), *parts, area=area, after=after)
            yield name, whole if random.random() < 0.8 else a_criterion(area=area, after=after, among=whole.among)
        else:
            yield name, a_criterion(area=area, after=after)
