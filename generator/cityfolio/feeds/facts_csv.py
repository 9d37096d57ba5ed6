"""The tables of facts as CSV: `/inventory/inventory.csv`, a row for each dataset, and the others under `/practice/facts/`.

With them anybody can repeat the queries of an assessment, so they are there where a city assesses itself. The inventory is
there always.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import cast

from cityfolio.frozen import replace
from cityfolio.model.assessment import FactRow, FactsTable
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.health import HealthCheck
from cityfolio.model.records import ColumnType
from cityfolio.model.site import InPieces, Output
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.program_address import CSV
from cityfolio.pages.routes import facts_url
from cityfolio.practice.fact_columns import FACT_COLUMNS, INVENTORY
from cityfolio.practice.facts import FactsTables, facts_table
from cityfolio.practice.facts_datasets import Around, around_each, facts_of
from cityfolio.tables.exports.pieces import body_of
from cityfolio.tables.exports.typed_rows import Kind, TypedColumn, TypedTable, Value, csv_lines, csv_of

KINDS: Mapping[ColumnType, Kind] = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean",
                                    "date": "date"}
TOLD = ("date", "number")         # kinds of columns whose values are told otherwise than they are known
_OF_INVENTORY = tuple((name, KINDS[column.type]) for name, column in FACT_COLUMNS[INVENTORY].items())


def facts_files(catalog: Catalog, build: Build, known: KnownParts | None = None) -> Iterator[Output]:
    """The file of each table that is published."""
    facts = catalog.practice.facts
    for name in facts:
        if name == INVENTORY or catalog.practice.assessments:
            is_asked_first = name == INVENTORY and isinstance(facts, FactsTables) and not facts.is_made(name)
            body = _inventory(catalog, build, known) if known and is_asked_first else facts_csv(facts[name])
            yield Output(url=facts_url(name), body=body, media_type=CSV, kind="feed", source="site.yaml")


def _inventory(catalog: Catalog, build: Build, known: KnownParts) -> bytes | InPieces:
    """The inventory, of which the row of each dataset is known where all is the same that it tells of."""
    around, health = around_each(catalog, build), catalog.practice.health
    rows = known.joined("inventory", catalog.datasets, _row, lambda each: (around(each), health.get(each.id, ())))
    return body_of(chain((facts_csv(facts_table(INVENTORY, ())),), rows))


def _row(dataset: Dataset, catalog: Catalog, build: Build, around: Around, checks: tuple[HealthCheck, ...]) -> bytes:
    """The line of a dataset, as in the file of all; made by itself, without the columns for each."""
    row = facts_of(dataset, replace(around, health={dataset.id: checks} if checks else {}))
    line = [_value(row.get(name)) if kind in TOLD else cast("Value", row.get(name)) for name, kind in _OF_INVENTORY]
    return csv_lines([line])


def facts_csv(table: FactsTable) -> bytes:
    """A table of facts as CSV; what is missing is empty."""
    columns = tuple(TypedColumn(name=name, kind=KINDS[column.type], says=column.says)
                    for name, column in FACT_COLUMNS[table.name].items())
    found = [row.told if isinstance(row, FactRow) else [row[each.name] for each in columns] for row in table.rows]
    told = (map(_value, values) if column.kind in TOLD else values
            for column, values in zip(columns, zip(*found, strict=True), strict=True)) if found else ()
    rows = tuple(zip(*told, strict=True))
    return csv_of(TypedTable(name=table.name, says="Facts about the catalog.", columns=columns, key=("id",), rows=rows))


def _value(value: object) -> Value:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return Decimal(repr(value))
    assert value is None or isinstance(value, int)      # facts are of their columns' types
    return value
