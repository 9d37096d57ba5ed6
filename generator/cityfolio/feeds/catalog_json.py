"""`/catalog.json`: every dataset with its files, and every measure, for programs. Other programs may rely on its keys."""

from __future__ import annotations

from typing import Any

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.measure_json import measure_entry
from cityfolio.model.answers import AnsweredQuestion
from cityfolio.model.catalog import Build, Catalog, Dataset, Export, File
from cityfolio.model.site import Output
from cityfolio.pages.asking import explorer_query
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.questions import unit_of
from cityfolio.pages.routes import CATALOG_JSON, dataset_url, file_page_url, file_url
from cityfolio.tables.exports.pieces import body_of, json_with


def catalog_json(catalog: Catalog, build: Build, known: KnownParts | None = None) -> Output:
    """The catalog as one JSON object, datasets in the order of their titles. Addresses are full, or relative to this file."""
    measures = {"measures": [measure_entry(each, CATALOG_JSON, build) for each in catalog.measures]} if catalog.measures else {}
    known = known or KnownParts(catalog, build)
    datasets = known.listed("catalog.json", catalog.datasets, _part)
    body = body_of(json_with({"name": catalog.site.name}, "datasets", datasets, orjson.dumps(measures)))
    return Output(url="/catalog.json", body=body, media_type="application/json", kind="feed", source="catalog.json")


def _part(dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
    return orjson.dumps(_dataset(dataset, build))


def _dataset(dataset: Dataset, build: Build) -> dict[str, Any]:  # Any: JSON
    return {
        "id": dataset.id,
        "title": dataset.title,
        "url": address("/catalog.json", dataset_url(dataset.id), build),
        "status": dataset.status,
        "summary": dataset.record.summary,
        "publisher": dataset.publisher.id if dataset.publisher else None,
        "topics": [topic.id for topic in dataset.topics],
        "license": dataset.license.id if dataset.license else None,
        "frequency": dataset.record.frequency.word if dataset.record.frequency else None,
        "updated": dataset.updated.isoformat() if dataset.updated else None,
        "files": [listed for file in dataset.files for listed in (_file(dataset, file, build), *_exports(dataset, file, build))]
        + ([_export(dataset, dataset.archive, dataset.title, build)] if dataset.archive else []),
    } | _questions(dataset, build)


def _questions(dataset: Dataset, build: Build) -> dict[str, Any]:  # Any: JSON
    asked = [_question(dataset, each, build) for each in dataset.answers.questions]
    return {"questions": asked} if asked else {}


def _question(dataset: Dataset, answered: AnsweredQuestion, build: Build) -> dict[str, Any]:  # Any: JSON
    """A question with its answer in full, and the address at which anybody gets the same."""
    record, answer, file = answered.record, answered.answer, dataset.files[answered.place]
    compared = {"comparison": {"says": record.compare.says, "value": answered.compared.total.value,
                               "rows": answered.compared.total.rows}} if record.compare and answered.compared else {}
    page = address("/catalog.json", file_page_url(dataset.id, file.page), build) if file.page else None
    return {"question": record.question, "value": answer.total.value, "unit": unit_of(record.unit, answer.asked, file) or None,
            "measure": answer.asked.measure, "column": answer.asked.of, "rows": answer.total.rows, "file": file.id,
            "url": f"{page}?{explorer_query(answer.asked)}" if page else None} | compared


def _file(dataset: Dataset, file: File, build: Build) -> dict[str, Any]:  # Any: JSON
    listed: dict[str, Any] = {"id": file.id, "title": file.title, "format": file.format}  # Any: JSON
    here = None
    if file.name:
        url = address("/catalog.json", file_url(dataset.id, file.name), build)
        here = {"url": url, "bytes": file.bytes, "sha256": file.sha256}
    if here and not file.is_sample:
        return listed | here
    # Of a file kept elsewhere nothing is known but where it is; size and digest are those of the sample.
    elsewhere = listed | {"url": file.url, "bytes": None, "sha256": None}
    return elsewhere | {"sample": here} if here else elsewhere


def _exports(dataset: Dataset, file: File, build: Build) -> list[dict[str, Any]]:  # Any: JSON
    """The further formats of a file. Those of a sample stay with it: they are not the whole data either."""
    of_sample = {"is_sample": True} if file.shows_sample else {}
    return [_export(dataset, each, file.title, build) | {"made_from": file.id} | of_sample for each in file.exports]


def _export(dataset: Dataset, export: Export, title: str, build: Build) -> dict[str, Any]:  # Any: JSON
    url = address("/catalog.json", file_url(dataset.id, export.name), build)
    return {"id": export.name, "title": title, "format": export.format, "url": url, "bytes": export.bytes,
            "sha256": export.sha256}
