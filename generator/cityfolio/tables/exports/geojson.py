"""GeoJSON: one collection of features, a feature a line, with the digits of the source in shapes and properties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cityfolio.tables.exports.json_array import objects_of
from cityfolio.tables.exports.places import Places, placed
from cityfolio.tables.exports.schema import ExportTable
from cityfolio.tables.table import Portion


def write_geojson(table: ExportTable, stream: BinaryIO) -> None:
    """Write a table as GeoJSON. A row without a place is a feature without a geometry. Raises Unfit for a table without places.

    Latitude and longitude stay properties as well: a reader of the table looks for them.
    """
    found = placed(table)
    stream.write(b'{"type":"FeatureCollection","features":[')
    before = "\n"
    for portion in table.portions:
        if portion.rows:
            stream.write((before + ",\n".join(_features(table, portion, found))).encode())
            before = ",\n"
    stream.write(b"\n]}\n")


def _features(table: ExportTable, portion: Portion, found: Places) -> Iterator[str]:
    others = [number for number in range(len(table.columns)) if number != found.shape]
    columns = [table.columns[number] for number in others]
    cells = [portion.texts(number) for number in others]
    geometries = found.texts(portion, table.empty)
    # A table of nothing but shapes has no other cell to make properties from.
    properties = objects_of(columns, cells, table.empty) if columns else iter(["{}"] * portion.rows)
    return (f'{{"type":"Feature","geometry":{geometry},"properties":{each}}}'
            for geometry, each in zip(geometries, properties, strict=True))
