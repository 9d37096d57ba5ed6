"""The columns of a resource as programs for CKAN keep them: a Table Schema under `schema`, as ckanext-validation has it.

Only what the city wrote is said, so that it comes back as it was; https://datapackage.org/standard/table-schema/.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cityfolio.feeds.filled import filled
from cityfolio.model.catalog import Dataset, File
from cityfolio.model.records import ColumnRecord

Json = dict[str, Any]   # Any: JSON


def table_schema(dataset: Dataset, file: File) -> Json:
    """The schema of a file; {} where nothing is said of its columns. What is sensitive is not named."""
    known = {name: record for name, record in _records(dataset, file).items() if not record.sensitive}
    key = file.record.primary_key if known.keys() >= set(file.record.primary_key) else ()
    fields = [_field(name, record) for name, record in known.items()]
    return filled({"fields": fields, "primaryKey": list(key)}) if fields else {}


def _records(dataset: Dataset, file: File) -> Mapping[str, ColumnRecord]:
    """By name: of what was read, the columns that are described, else all that the dictionary has."""
    if file.columns:
        return {each.name: each.record for each in file.columns if each.described}
    return {**dataset.record.columns, **file.record.columns}


def _field(name: str, record: ColumnRecord) -> Json:
    is_place = record.type == "geometry"      # of which Table Schema has no type
    return {"name": name} | filled({
        "title": record.title, "description": record.description, "type": "string" if is_place else record.type,
        "info": {"type_override": "geometry"} if is_place else {}, "format": record.format, "unit": record.unit,
        "rdfType": record.source, "categories": [{"value": code, "label": meaning} for code, meaning in record.values.items()],
        "constraints": filled({
            "required": record.required or None, "unique": record.unique or None, "minimum": record.minimum,
            "maximum": record.maximum, "minLength": record.min_length, "maxLength": record.max_length,
            "pattern": record.pattern}),
    })
