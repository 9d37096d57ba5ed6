"""Holds a plugin that amends the catalog to what it may do: change what is said, of what is there."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import lru_cache, partial
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from cityfolio.model.catalog import Build, Catalog, Dataset, File
from cityfolio.plugins.guard import Faulty, Used, called

ROOMS = ("datasets", "publishers", "topics", "priorities", "goals", "measures")
DEEPEST = 12


def amended_by(used: Used, catalog: Catalog, build: Build) -> Catalog:
    """The catalog as a plugin would have it. Raises Faulty."""
    assert used.plugin.amend is not None
    found = called(used, "amend", partial(used.plugin.amend, catalog, build))
    if not isinstance(found, Catalog):
        raise Faulty(used.fault(f"gave a {type(found).__name__} in `amend`, where a Catalog is asked for"))
    if found is catalog:
        return catalog
    wrong = next(_Shapes(catalog).misfits(found, Catalog, "catalog"), None) or next(_missing(catalog, found), None)
    if wrong:
        raise Faulty(used.fault(f"amends what it may not: {wrong}"))
    return _joined(found)


def _missing(before: Catalog, after: Catalog) -> Iterator[str]:
    """What is there no more, or was not there: files, forms and rules were made for what the catalog's folder holds."""
    for room in ROOMS:
        old, new = ([each.id for each in getattr(catalog, room)] for catalog in (before, after))
        if sorted(old) != sorted(new):
            differs = sorted(set(old) ^ set(new))
            yield f"{room} came or went ({', '.join(differs[:3]) or 'one is there twice'})"
    if before.site.languages != after.site.languages:
        yield "the languages of the site"
    by_id = {each.id: each for each in after.datasets}
    for dataset in before.datasets:
        now = by_id[dataset.id]
        if _fixed(now) != _fixed(dataset):
            yield f"the files, columns or status of {dataset.id}"


def _fixed(dataset: Dataset) -> object:
    return dataset.id, dataset.status, dataset.source_path, tuple(map(_fixed_of_file, dataset.files))


def _fixed_of_file(file: File) -> object:
    columns = tuple((each.name, each.record.sensitive) for each in file.columns)
    return file.id, file.name, file.source_path, file.url, file.sha256, file.left_out, columns


def _joined(catalog: Catalog) -> Catalog:
    """The catalog with each dataset the same wherever it stands."""
    by_id = {each.id: each for each in catalog.datasets}
    return replace(
        catalog,
        publishers=tuple(replace(each, datasets=tuple(by_id[one.id] for one in each.datasets if one.id in by_id))
                         for each in catalog.publishers),
        topics=tuple(replace(each, datasets=tuple(by_id[one.id] for one in each.datasets if one.id in by_id))
                     for each in catalog.topics),
    )


@dataclass(slots=True)
class _Shapes:
    """Looks whether values are of the types that were declared for them; those that were there before need no look."""

    before: Catalog
    known: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for each in fields(self.before):
            value = getattr(self.before, each.name)
            self.known.add(id(value))
            self.known |= set(map(id, value)) if isinstance(value, tuple) else set()

    def misfits(self, value: object, hint: Any, at: str, depth: int = 0) -> Iterator[str]:  # Any: a type, as it was written
        """What is not as it was declared, named by the way to it."""
        if id(value) in self.known or depth > DEEPEST or hint is Any:
            return
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            if not any(next(self.misfits(value, each, at, depth), None) is None for each in inner):
                yield f"{at} is a {type(value).__name__}"
        elif origin is Literal:
            yield from () if value in inner else (f"{at} is {value!r}",)
        elif isinstance(origin or hint, type) and not isinstance(value, origin or hint):
            yield f"{at} is a {type(value).__name__}"
        elif isinstance(value, tuple) and inner:
            parts = ((each, inner[0]) for each in value) if inner[-1:] == (...,) else zip(value, inner, strict=False)
            yield from self._each(parts, at, depth)
        elif isinstance(value, Mapping) and len(inner) == 2:
            yield from self._each(((each, inner[1]) for each in value.values()), at, depth)
        elif isinstance(value, AbstractSet) and inner:
            yield from self._each(((each, inner[0]) for each in value), at, depth)
        elif is_dataclass(value) and not isinstance(value, type):
            hints = _hints(type(value))
            yield from self._each(((getattr(value, name), each) for name, each in hints.items()), at, depth, tuple(hints))

    def _each(self, parts: Iterable[tuple[object, Any]], at: str, depth: int,  # Any: as above
              names: tuple[str, ...] = ()) -> Iterator[str]:
        for number, (value, hint) in enumerate(parts):
            yield from self.misfits(value, hint, f"{at}.{names[number]}" if names else f"{at}[{number}]", depth + 1)


@lru_cache(maxsize=256)
def _hints(kind: type) -> Mapping[str, Any]:  # Any: types, as they were written
    try:
        every = get_type_hints(kind)
    except NameError:      # named for type checkers alone
        return {}
    return {each.name: every[each.name] for each in fields(kind)}
