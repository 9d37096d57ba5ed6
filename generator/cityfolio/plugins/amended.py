"""Holds a plugin that amends the catalog to what it may do: change what is said, of what is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import partial

from cityfolio.frozen import replace
from cityfolio.model.catalog import Build, Catalog, Dataset, File
from cityfolio.plugins.guard import Faulty, Used, called
from cityfolio.plugins.shapes import Shapes
from cityfolio.plugins.texts import a_kind

ROOMS = ("datasets", "publishers", "topics", "priorities", "goals", "measures")


def amended_by(used: Used, catalog: Catalog, build: Build) -> Catalog:
    """The catalog as a plugin would have it. Raises Faulty."""
    assert used.plugin.amend is not None
    found = called(used, "amend", partial(used.plugin.amend, catalog, build))
    if not isinstance(found, Catalog):
        raise Faulty(used.fault(f"gave {a_kind(found)} in `amend`, where a Catalog is asked for"))
    if found is catalog:
        return catalog
    wrong = next(Shapes(_known_in(catalog)).misfits(found, Catalog, "catalog"), None) or next(_missing(catalog, found), None)
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


def _known_in(catalog: Catalog) -> frozenset[int]:
    """What stood in a catalog before, by identity: it needs no look."""
    values = [getattr(catalog, each.name) for each in fields(catalog)]
    return frozenset(map(id, values)) | {id(each) for value in values if isinstance(value, tuple) for each in value}
