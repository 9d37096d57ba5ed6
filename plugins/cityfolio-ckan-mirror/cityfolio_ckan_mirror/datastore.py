"""A table as the DataStore of a CKAN takes it (https://docs.ckan.org/en/2.11/maintaining/datastore.html), with its dictionary.

CKAN itself guesses types from the rows of a CSV: 01234 becomes 1234. Here they are those of the dictionary, which comes along.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import BinaryIO

from cityfolio.plugins import ExportColumn, ExportTable, Unfit, typed_rows

# Whole numbers have no bound here, as in the dictionary: "numeric" is exact.
TYPES: Mapping[str, str] = {"integer": "numeric", "number": "numeric", "year": "int4", "boolean": "bool", "date": "date",
                            "time": "time", "geometry": "json"}
# By whether moments have an offset: all, or none. PostgreSQL would drop that of some, so of both they stay text.
MOMENTS: Mapping[frozenset[bool], str] = {frozenset({True}): "timestamptz", frozenset({False}): "timestamp"}
LONGEST_NAME = 63       # bytes of a column's name, in PostgreSQL
MOST_EXACT = 1 << 53    # a greater number is read as another one by programs whose numbers are doubles


def write_datastore(table: ExportTable, stream: BinaryIO) -> None:
    """Write the fields and the records that `datastore_create` asks for. Raise Unfit for names that a DataStore refuses."""
    names = {each.name: _json(_sound(each.name)) for each in table.columns}
    shapes = {each.name for each in table.columns if each.type == "geometry"}
    moments = _moments(table)
    fields = [_field(each, moments) for each in table.columns]
    stream.write(f'{{"fields":{_json(fields)},"records":['.encode())
    before = "\n"
    for row in typed_rows(table):
        # A shape is JSON already, with its digits.
        said = (f"{names[name]}:{value if name in shapes and value else _value(value)}" for name, value in row.items())
        stream.write(f"{before}{{{','.join(said)}}}".encode())
        before = ",\n"
    stream.write(b"\n]}\n")


def _sound(name: str) -> str:
    if name.startswith("_") or '"' in name or name != name.strip() or len(name.encode()) > LONGEST_NAME:
        raise Unfit(f'the column "{name}" has a name that no DataStore takes',
                    "Names there do not begin with _ or a space, hold no quotation mark, and have 63 bytes at most.")
    return name


def _moments(table: ExportTable) -> Mapping[str, str]:
    """The type of each column of dates with times, for which all rows are gone through where there is one."""
    found: dict[str, set[bool]] = {each.name: set() for each in table.columns if each.type == "datetime"}
    for row in typed_rows(table) if found else ():
        for name, known in found.items():
            if isinstance(value := row[name], datetime):
                known.add(value.tzinfo is not None)
    return {name: MOMENTS.get(frozenset(known), "text") for name, known in found.items()}


def _field(column: ExportColumn, moments: Mapping[str, str]) -> Mapping[str, object]:
    record = column.record
    info = {"label": record.title, "notes": record.description, "unit": record.unit}
    return {"id": column.name, "type": moments.get(column.name) or TYPES.get(column.type, "text"),
            "info": {key: said for key, said in info.items() if said}}


def _value(value: object) -> str:
    if isinstance(value, Decimal):
        return _json(format(value, "f"))       # as text: a double would not keep the digits of the source
    if isinstance(value, (date, time)):
        return _json(value.isoformat())
    is_long = isinstance(value, int) and abs(value) >= MOST_EXACT
    return _json(str(value) if is_long else value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
