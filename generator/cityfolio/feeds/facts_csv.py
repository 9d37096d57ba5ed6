"""The tables of facts as CSV: `/inventory/inventory.csv`, a row for each dataset, and the others under `/practice/facts/`.

With them anybody can repeat the queries of an assessment, so they are there where a city assesses itself. The inventory is
there always.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from cityfolio.model.assessment import FactRow, FactsTable
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.records import ColumnType
from cityfolio.model.site import Output
from cityfolio.pages.program_address import CSV
from cityfolio.pages.routes import facts_url
from cityfolio.practice.fact_columns import FACT_COLUMNS, INVENTORY
from cityfolio.tables.exports.typed_rows import Kind, TypedColumn, TypedTable, Value, csv_of

KINDS: Mapping[ColumnType, Kind] = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean",
                                    "date": "date"}


def facts_files(catalog: Catalog, build: Build) -> Iterator[Output]:
    """The file of each table that is published."""
    for name in catalog.practice.facts:
        if name == INVENTORY or catalog.practice.assessments:
            yield Output(url=facts_url(name), body=facts_csv(catalog.practice.facts[name]), media_type=CSV, kind="feed",
                         source="site.yaml")


def facts_csv(table: FactsTable) -> bytes:
    """A table of facts as CSV; what is missing is empty."""
    columns = tuple(TypedColumn(name=name, kind=KINDS[column.type], says=column.says)
                    for name, column in FACT_COLUMNS[table.name].items())
    found = [row.told if isinstance(row, FactRow) else [row[each.name] for each in columns] for row in table.rows]
    told = (map(_value, values) if column.kind in ("date", "number") else values
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
