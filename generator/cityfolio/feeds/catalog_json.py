"""`/catalog.json`: every dataset with its files, for programs. Other programs may rely on its keys."""

from __future__ import annotations

from typing import Any

import orjson

from cityfolio.model.catalog import Catalog, Dataset, File
from cityfolio.model.site import Output
from cityfolio.pages.routes import dataset_url, file_url


def catalog_json(catalog: Catalog) -> Output:
    """The catalog as one JSON object, datasets in the order of their titles. Addresses are relative to the site's root."""
    body = orjson.dumps({"name": catalog.site.name, "datasets": [_dataset(each) for each in catalog.datasets]})
    return Output(url="/catalog.json", body=body, media_type="application/json", kind="feed", source="catalog.json")


def _dataset(dataset: Dataset) -> dict[str, Any]:  # Any: JSON
    return {
        "id": dataset.id,
        "title": dataset.title,
        "url": dataset_url(dataset.id),
        "status": dataset.status,
        "summary": dataset.record.summary,
        "publisher": dataset.publisher.id if dataset.publisher else None,
        "topics": [topic.id for topic in dataset.topics],
        "license": dataset.license.id if dataset.license else None,
        "frequency": dataset.record.frequency.word if dataset.record.frequency else None,
        "updated": dataset.updated.isoformat() if dataset.updated else None,
        "files": [_file(dataset, file) for file in dataset.files],
    }


def _file(dataset: Dataset, file: File) -> dict[str, Any]:  # Any: JSON
    here = file_url(dataset.id, file.id) if file.source_path else None
    listed = {"id": file.id, "title": file.title, "format": file.format, "url": file.url or here, "bytes": file.bytes,
              "sha256": file.sha256}
    # Of a file kept elsewhere, size and digest are those of the rows published here.
    return {**listed, "sample": here} if file.is_sample else listed
