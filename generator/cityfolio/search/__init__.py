"""The small search: one file of words, read by the list page when its box gains focus."""

from __future__ import annotations

import orjson

from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.site import Output

__all__ = ["search"]


def search(catalog: Catalog) -> Output:
    """`/search.json`: for each dataset its id and the words it can be found by, in lower case."""
    body = orjson.dumps({"datasets": [{"id": each.id, "text": words(each)} for each in catalog.datasets]})
    return Output(url="/search.json", body=body, media_type="application/json", kind="search", source="search.json")


def words(dataset: Dataset) -> str:
    """Title, summary, keywords, and names and titles of the columns that are published."""
    record = dataset.record
    columns = [part for file in dataset.files for column in file.columns for part in (column.name, column.record.title)]
    parts = [dataset.title, record.summary, *record.keywords, dataset.publisher.title if dataset.publisher else None, *columns]
    return " ".join(dict.fromkeys(" ".join(part for part in parts if part).casefold().split()))
