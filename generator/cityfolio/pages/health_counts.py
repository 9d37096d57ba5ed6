"""How many checks of health pass, of how many: by check, by area, by publisher. Counts alone, never a mean or a score."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from operator import attrgetter
from typing import get_args

from cityfolio.codes import CODES
from cityfolio.frozen import Frozen
from cityfolio.lately import found_lately
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.health import AREAS, HealthArea, HealthCheck, HealthState
from cityfolio.practice.health import CHECKS
from cityfolio.problems import Problem

STATES: tuple[HealthState, ...] = get_args(HealthState)
_STATE, _ID_AND_STATE, _AREA_AND_STATE = attrgetter("state"), attrgetter("id", "state"), attrgetter("area", "state")


class Tally(Frozen, kw_only=True):
    """Checks that pass, of those that could tell; and those that could not."""

    passed: int = 0
    of: int = 0
    unknown: int = 0

    @property
    def failed(self) -> int:
        """Those at fault."""
        return self.of - self.passed


def tally(checks: Iterable[HealthCheck]) -> Tally:
    """Count some checks."""
    states = Counter(map(_STATE, checks))
    return _tally({state: states[state] for state in STATES})


def _tally(states: Mapping[HealthState, int]) -> Tally:
    return Tally(passed=states["passed"], of=states["passed"] + states["failed"], unknown=states["unknown"])


@found_lately
def by_check(catalog: Catalog) -> Mapping[str, Tally]:
    """Each check over all datasets."""
    found = Counter(map(_ID_AND_STATE, chain.from_iterable(catalog.practice.health.values())))
    return {identifier: _tally({state: found[identifier, state] for state in STATES}) for identifier in CHECKS}


def by_area(checks: Iterable[HealthCheck]) -> Mapping[HealthArea, Tally]:
    """Some checks by area; an area without any is not there."""
    found = Counter(map(_AREA_AND_STATE, checks))
    areas = {area for area, _ in found}
    return {area: _tally({state: found[area, state] for state in STATES}) for area in AREAS if area in areas}


@found_lately
def areas_of_publishers(catalog: Catalog) -> Mapping[str, Mapping[HealthArea, Tally]]:
    """The checks of each publisher's datasets by area, by its id; of those without one under ""."""
    return {identifier: by_area(checks_of(catalog, datasets)) for identifier, datasets in by_publisher(catalog).items()}


def checks_of(catalog: Catalog, datasets: Iterable[Dataset]) -> list[HealthCheck]:
    """The checks of some datasets."""
    health = catalog.practice.health
    return [check for dataset in datasets for check in health.get(dataset.id, ())]


@found_lately
def at_fault(catalog: Catalog) -> Mapping[str, list[tuple[Dataset, HealthCheck]]]:
    """The datasets that each check finds at fault, in the order of their titles; then those of which it cannot tell."""
    found: dict[str, list[tuple[Dataset, HealthCheck]]] = {identifier: [] for identifier in CHECKS}
    for dataset in catalog.datasets:
        for check in catalog.practice.health.get(dataset.id, ()):
            if check.state != "passed":
                found[check.id].append((dataset, check))
    for listed in found.values():
        listed.sort(key=_is_unknown)
    return found


def _is_unknown(found: tuple[Dataset, HealthCheck]) -> bool:
    return found[1].state == "unknown"


def by_publisher(catalog: Catalog) -> Mapping[str, tuple[Dataset, ...]]:
    """The datasets of each publisher by its id; those without one under ""."""
    named = {each.id: each.datasets for each in catalog.publishers if each.datasets}
    loose = tuple(dataset for dataset in catalog.datasets if dataset.publisher is None)
    return {**named, "": loose} if loose else named


def by_code(catalog: Catalog) -> Mapping[str, list[Problem]]:
    """The open problems by their code: errors first, then warnings, then advice."""
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in catalog.practice.problems:
        found[problem.code].append(problem)
    return {code: found[code] for code in sorted(found, key=lambda each: (_SEVERITIES.index(CODES[each].severity), each))}


_SEVERITIES = ("error", "warning", "advice")


def failing(checks: Iterable[HealthCheck]) -> tuple[HealthCheck, ...]:
    """Those that are at fault."""
    return tuple(check for check in checks if check.state == "failed")
