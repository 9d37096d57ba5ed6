"""Drafts: datasets that are checked like published ones, and are on no page until their status says so.

Whatever rests on a draft is left out with it: a measure that is computed from its rows, and every word that leads to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any, TypeVar

from cityfolio.frozen import Frozen, replace
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.keys import Kind, ListOf, MapOf, Record, Reference, keys_of
from cityfolio.model.performance import MeasureRecord

R = TypeVar("R")
Keys = tuple[str | int, ...]
ROOMS = ("datasets", "priorities", "goals", "measures", "commitments", "requests", "uses", "policy", "guides", "changes")


class ToDraft(Frozen, kw_only=True):
    """A reference from what is published to a draft."""

    source: Sourced[Any]        # Any: a record of any room
    keys: Keys                  # where it is written
    draft: str
    takes_along: bool           # whether the record can do nothing without the draft, and is left out too


def of_drafts(loaded: Loaded) -> frozenset[str]:
    """The measures whose values would come from the rows of a draft."""
    return frozenset(each.id for each in loaded.measures.values() if loaded.drafts & set(_bases(each.record)))


def without_drafts(loaded: Loaded) -> Loaded:
    """The catalog as residents see it: no draft, no measure of one, and no reference to either."""
    if not loaded.drafts:
        return loaded
    gone = {"datasets": loaded.drafts, "measures": of_drafts(loaded)}
    rooms: dict[str, Any] = {   # Any: rooms differ in their records
        room: {name: _without(each, gone) for name, each in getattr(loaded, room).items()
               if name not in gone.get(room, ())} for room in ROOMS}
    return replace(loaded, **rooms, drafts=frozenset())


def _without(each: Sourced[R], gone: Mapping[str, frozenset[str]]) -> Sourced[R]:
    record = _freed(each.record, gone)
    return each if record is each.record else replace(each, record=record, says_all=False)


def draft_references(loaded: Loaded) -> Iterator[ToDraft]:
    """Every reference from a record that is published to a draft, in the order of rooms."""
    for room in ROOMS if loaded.drafts else ():
        for each in getattr(loaded, room).values():
            if room == "datasets" and each.id in loaded.drafts:
                continue
            bases = _bases(each.record) if isinstance(each.record, MeasureRecord) else ()
            for keys, identifier in _references(each.record, "datasets"):
                if identifier in loaded.drafts:
                    yield ToDraft(source=each, keys=keys, draft=identifier, takes_along=identifier in bases)


def is_of_a_draft(loaded: Loaded, path: str) -> bool:
    """Whether a file of the catalog belongs to a draft, or to a measure of one."""
    if not loaded.drafts:
        return False
    room, _, rest = path.partition("/")
    name = rest.partition("/")[0]
    return (room == "datasets" and name in loaded.drafts) or (room == "measures" and name in of_drafts(loaded))


def _bases(record: MeasureRecord) -> tuple[str, ...]:
    compute = record.compute
    population = compute.rate.population if compute and compute.rate else None
    named = (compute.dataset if compute else None, population.dataset if population else None)
    return tuple(each for each in named if each)


def _references(value: object, room: str, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """The ids of one room that a record names, each with the keys that lead to it."""
    for name, declared in keys_of(type(value)).items():
        yield from _within(getattr(value, name), declared.kind, room, (*keys, name))


def _within(value: Any, kind: Kind, room: str, keys: Keys) -> Iterator[tuple[Keys, str]]:   # Any: as its kind says
    match kind:
        case Reference(room=named) if named == room and isinstance(value, str):
            yield keys, value
        case Record() if is_dataclass(value):
            yield from _references(value, room, keys)
        case ListOf(kind=inner) if isinstance(value, tuple):
            for place, item in enumerate(value):
                yield from _within(item, inner, room, (*keys, place))
        case MapOf(kind=inner) if isinstance(value, Mapping):
            for name, item in value.items():
                yield from _within(item, inner, room, (*keys, name))


def _freed(record: R, gone: Mapping[str, frozenset[str]]) -> R:
    """A record without its references to what is gone."""
    changed = {}
    for name, declared in keys_of(type(record)).items():
        value = getattr(record, name)
        kept = _kept(value, declared.kind, gone)
        if kept is not value:
            changed[name] = kept
    return replace(record, **changed) if changed else record   # type: ignore[type-var]  # records are dataclasses


def _kept(value: Any, kind: Kind, gone: Mapping[str, frozenset[str]]) -> Any:   # Any: as its kind says
    match kind:
        case Reference(room=named) if value in gone.get(named, ()):
            return None
        case Record() if is_dataclass(value):
            return None if _rests_on(value, gone) else _freed(value, gone)
        case ListOf(kind=inner) if isinstance(value, tuple):
            kept = tuple(item for item in (_kept(each, inner, gone) for each in value) if item is not None)
            return value if len(kept) == len(value) and all(map(_same, kept, value)) else kept
        case MapOf(kind=inner) if isinstance(value, Mapping):
            items = {name: _kept(each, inner, gone) for name, each in value.items()}
            items = {name: item for name, item in items.items() if item is not None}
            return value if len(items) == len(value) and all(item is value[name] for name, item in items.items()) else items
    return value


def _same(one: object, other: object) -> bool:
    return one is other


def _rests_on(value: object, gone: Mapping[str, frozenset[str]]) -> bool:
    """Whether a group of keys says nothing without one that leads to what is gone, such as a foreign key without its table."""
    return any(isinstance(declared.kind, Reference) and declared.needed == "error"
               and getattr(value, name) in gone.get(declared.kind.room, ()) for name, declared in keys_of(type(value)).items())
