"""What a program must know of a table to read its rows: `index.json` beside its page, whose own script reads it too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import orjson

from cityfolio.model.catalog import Build, Catalog, Column, Dataset, File, RowsFile
from cityfolio.model.records import ColumnType
from cityfolio.model.site import Output
from cityfolio.pages.described import has_outline
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.mapping import map_base
from cityfolio.pages.markdown import words_only
from cityfolio.pages.routes import dataset_url, file_page_url, file_url, outline_url
from cityfolio.pages.snippets import code_outline
from cityfolio.pages.trees import relative

LATITUDE_AND_LONGITUDE = ("latitude", "longitude")


def outlines(catalog: Catalog, build: Build, known: KnownParts | None = None) -> Iterator[Output]:
    """The outline of every table that a browser can look into, or of every one that has a page where the city asks for them."""
    by_id = {dataset.id: dataset for dataset in catalog.datasets}
    # Their files are drawn on every map, and of these datasets anything may change.
    names = (each.partition("/")[0] for each in (catalog.site.map.boundaries if catalog.site.map else ()))
    named = tuple(by_id[name] for name in dict.fromkeys(names) if name in by_id)
    known = known or KnownParts(catalog, build)
    yield from known.files("outlines", catalog.published, _of_dataset, lambda dataset: named)


def _of_dataset(dataset: Dataset, catalog: Catalog, build: Build, *named: Dataset) -> Iterator[Output]:
    by_id = {each.id: each for each in named}
    for file in dataset.files:
        if file.profile and has_outline(dataset, file):
            plan = map_base(file_page_url(dataset.id, file.page), catalog.site, by_id, partial(relative, build=build))
            body = orjson.dumps({**_outline(dataset, file, build), "map": plan})
            yield Output(url=outline_url(dataset.id, file.page), body=body,
                         media_type="application/json", kind="feed", source=file.source_path or dataset.source_path)


def _outline(dataset: Dataset, file: File, build: Build) -> dict[str, Any]:  # Any: JSON
    assert file.profile is not None    # outlines are of tables
    page = file_page_url(dataset.id, file.page)
    types = file.profile.types
    downloads = [(file.name, file.format, file.bytes)] if file.name else []
    downloads += [(each.name, each.format, each.bytes) for each in file.exports]
    return {
        "title": file.title,
        "dataset": {"id": dataset.id, "title": dataset.title, "url": relative(page, dataset_url(dataset.id), build)},
        "language": build.languages[0],
        "rows": file.profile.rows,
        "isSample": file.shows_sample,
        "file": _rows(page, file.rows, build),
        "sortedBy": file.rows.sorted_by if file.rows else "",
        "columns": [_column(column, types[column.name], file) for column in file.columns if column.name in types],
        "code": code_outline(dataset, file, partial(relative, build=build)),
        "downloads": [{"name": name, "format": form, "bytes": size, "url": relative(page, file_url(dataset.id, name), build)}
                      for name, form, size in downloads],
    }


def _rows(page: str, rows: RowsFile | None, build: Build) -> dict[str, Any] | None:  # Any: JSON
    if rows is None:
        return None
    return {"url": relative(page, rows.url, build), "bytes": rows.bytes, "footer": rows.footer, "sha256": rows.sha256}


def _column(column: Column, kind: ColumnType, file: File) -> dict[str, Any]:  # Any: JSON
    record, rows = column.record, file.rows
    said: dict[str, Any] = {"name": column.name, "type": kind}  # Any: JSON
    more = {"title": record.title, "description": words_only(record.description) if record.description else None,
            "unit": record.unit, "values": dict(record.values) or None, "role": _role(column.name, file.places),
            "isKey": record.unique or column.name in file.record.primary_key,
            "format": record.format,
            "offset": dict(rows.offsets).get(column.name) if rows else None}
    return said | {key: value for key, value in more.items() if value}


def _role(name: str, places: tuple[str, ...]) -> str:
    """What a column says of a row's place: "latitude", "longitude" or "shape"."""
    named = ("shape",) if len(places) == 1 else LATITUDE_AND_LONGITUDE
    return next((role for role, place in zip(named, places, strict=False) if place == name), "")
