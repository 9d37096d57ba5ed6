"""How the criteria of a standard hang together: parts of a whole, what comes before what, and what is met when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter

from cityfolio.model.standard import CriterionRecord, StandardRecord


def wholes_of(record: StandardRecord) -> Mapping[str, str]:
    """Each criterion that is a part of another, with the first one that counts it."""
    found: dict[str, str] = {}
    for identifier, criterion in record.criteria.items():
        for part in criterion.among.criteria if criterion.among else ():
            found.setdefault(part, identifier)
    return found


def areas_of(record: StandardRecord) -> Mapping[str, str]:
    """The area of each criterion: its own, else that of the whole it is a part of; "" where neither says one."""
    wholes = wholes_of(record)
    return {identifier: _area(record, identifier, wholes) for identifier in record.criteria}


def _area(record: StandardRecord, identifier: str, wholes: Mapping[str, str]) -> str:
    seen = set[str]()
    at = identifier
    while at in record.criteria and at not in seen:
        if area := record.criteria[at].area:
            return area
        seen.add(at)
        at = wholes.get(at, "")
    return ""


def counted_of(record: StandardRecord) -> tuple[str, ...]:
    """The criteria that totals and shares count: those that are no parts of others."""
    wholes = wholes_of(record)
    return tuple(each for each in record.criteria if each not in wholes)


def needs_of(criterion: CriterionRecord) -> Iterator[str]:
    """What a criterion depends on: what must be met before, and its parts."""
    yield from criterion.after
    if criterion.among:
        yield from criterion.among.criteria


def is_leaf(criterion: CriterionRecord) -> bool:
    """Whether a criterion asks something of its own, and not of its parts alone."""
    return bool(criterion.checks) or criterion.attest is not None


def in_order_of_need(record: StandardRecord) -> tuple[str, ...]:
    """The criteria, each behind everything that it depends on. Raises graphlib.CycleError for those in a circle."""
    known = record.criteria
    graph = {identifier: [each for each in needs_of(criterion) if each in known] for identifier, criterion in known.items()}
    return tuple(TopologicalSorter(graph).static_order())


def met_when(record: StandardRecord, holds: Mapping[str, bool]) -> Mapping[str, bool]:
    """Which criteria are met when what they ask themselves holds or not: with parts counted, and nothing before its time."""
    found: dict[str, bool] = {}
    for identifier in in_order_of_need(record):
        criterion = record.criteria[identifier]
        among = criterion.among
        found[identifier] = (
            holds[identifier] and all(found.get(each, False) for each in criterion.after)
            and (among is None or sum(found.get(each, False) for each in set(among.criteria)) >= (among.least or 1)))
    return found
