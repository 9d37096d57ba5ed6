"""How many checks of health pass, of how many: by check, by area, by publisher. Counts alone, never a mean or a score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cityfolio.codes import CODES
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.health import AREAS, HealthArea, HealthCheck
from cityfolio.practice.health import CHECKS
from cityfolio.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
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
    passed = failed = unknown = 0
    for check in checks:
        if check.state == "passed":
            passed += 1
        elif check.state == "failed":
            failed += 1
        else:
            unknown += 1
    return Tally(passed=passed, of=passed + failed, unknown=unknown)


def by_check(catalog: Catalog) -> Mapping[str, Tally]:
    """Each check over all datasets."""
    found: defaultdict[str, list[HealthCheck]] = defaultdict(list)
    for checks in catalog.practice.health.values():
        for check in checks:
            found[check.id].append(check)
    return {identifier: tally(found[identifier]) for identifier in CHECKS}


def by_area(checks: Iterable[HealthCheck]) -> Mapping[HealthArea, Tally]:
    """Some checks by area; an area without any is not there."""
    found: defaultdict[HealthArea, list[HealthCheck]] = defaultdict(list)
    for check in checks:
        found[check.area].append(check)
    return {area: tally(found[area]) for area in AREAS if area in found}


def checks_of(catalog: Catalog, datasets: Iterable[Dataset]) -> list[HealthCheck]:
    """The checks of some datasets."""
    health = catalog.practice.health
    return [check for dataset in datasets for check in health.get(dataset.id, ())]


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
