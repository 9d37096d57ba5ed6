"""PMTiles: a map in one file, cut into tiles that a browser fetches one by one. GDAL draws them, so the `geo` extra is needed.

A tile is a picture in numbers, not the data: shapes are simplified to what a screen can show, and a crowded tile leaves some
out. Properties are whole numbers and doubles where these keep every digit, else text. Rows without a place are not on the map.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, BinaryIO

from cityfolio.arrow_alone import pa
from cityfolio.frozen import replace
from cityfolio.tables.exports.arrow_values import typed_array
from cityfolio.tables.exports.forms import stored_type, with_forms, without_empty
from cityfolio.tables.exports.geoparquet import Shapes
from cityfolio.tables.exports.places import OFF_THE_GLOBE, Places, placed
from cityfolio.tables.exports.schema import ExportColumn, ExportTable, ExtraMissing, Form, Unfit
from cityfolio.tables.table import Portion
from cityfolio.without_pandas import pandas_unasked

DEEPEST = 14                # at which a tile's grid is 60 cm wide
LEVELS = 6                  # from the one that shows everything at a glance
DIGITS_OF_DOUBLES = 15
MERCATOR_LATITUDE = 85.0
GEOMETRY = "geometry"
THINNED = "At least one tile exceeded"   # which is how tiles are meant to be, and no news


def write_pmtiles(table: ExportTable, stream: BinaryIO) -> None:
    """Write a table as PMTiles. Raises Unfit for a table without places, and ExtraMissing where GDAL is not installed."""
    found = placed(table)
    gdal = _gdal()
    table = replace(table, columns=with_forms(table))
    bounds = _bounds(table, found)
    if bounds is None:
        raise Unfit("none of its rows has a place on the map")
    schema = _schema(table)
    reader = pa.RecordBatchReader.from_batches(schema, _batches(table, found, schema))
    with TemporaryDirectory(prefix="cityfolio-") as folder:
        # The copy through a file is GDAL's: it goes back and forth in what it writes.
        path = Path(folder) / "tiles.pmtiles"
        _draw(gdal, reader, path, _options(table, bounds))
        with path.open("rb") as drawn:
            copyfileobj(drawn, stream)


def _gdal() -> ModuleType:
    try:
        with pandas_unasked():
            import pyogrio  # type: ignore[import-untyped]
    except ImportError:
        raise ExtraMissing("geo") from None
    gdal: ModuleType = pyogrio
    return gdal


def _draw(gdal: ModuleType, reader: pa.RecordBatchReader, path: Path, options: dict[str, str]) -> None:
    threads = gdal.get_gdal_config_option("GDAL_NUM_THREADS")
    # With several threads the order of features in a tile could hang on which is done first.
    gdal.set_gdal_config_options({"GDAL_NUM_THREADS": "1"})
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=THINNED)
            gdal.write_arrow(reader, path, layer=options["NAME"], driver="PMTiles", geometry_name=reader.schema.names[-1],
                             geometry_type="Unknown", crs="EPSG:4326", dataset_options=options)
    finally:
        gdal.set_gdal_config_options({"GDAL_NUM_THREADS": threads})


def _options(table: ExportTable, bounds: Shapes) -> dict[str, str]:
    first = _first_level(bounds)
    return {"NAME": table.about.name or "data", "DESCRIPTION": table.about.title, "MINZOOM": str(first),
            "MAXZOOM": str(min(DEEPEST, first + LEVELS - 1))}


def _first_level(bounds: Shapes) -> int:
    """The level at which all places fit into about two tiles by two, less one for looking from afar."""
    width = max(bounds.east - bounds.west, bounds.north - bounds.south, 360 / 2 ** DEEPEST)
    return max(0, min(DEEPEST - LEVELS + 1, math.floor(math.log2(360 / width)) - 1))


def _bounds(table: ExportTable, found: Places) -> Shapes | None:
    """Where the places are; None when there is none."""
    seen = Shapes()
    for portion in table.anew():
        seen.add(_shapes(table, portion, found))
    if not seen.west <= seen.east:
        return None
    if seen.west < -180 or seen.east > 180 or seen.south < -90 or seen.north > 90:
        raise Unfit(OFF_THE_GLOBE)
    seen.south, seen.north = max(seen.south, -MERCATOR_LATITUDE), min(seen.north, MERCATOR_LATITUDE)
    return seen


def _shapes(table: ExportTable, portion: Portion, found: Places) -> pa.Array[Any]:
    texts = [None if text == "null" else text for text in found.texts(portion, table.empty)]
    return typed_array(pa.array(texts, pa.string()), ExportColumn(name=GEOMETRY, type="geometry"), pa.binary())


def _tile_type(column: ExportColumn) -> pa.DataType:
    """The type that tiles have for a property."""
    form = column.form or Form()
    if column.type == "number" and form.digits + form.decimals <= DIGITS_OF_DOUBLES:
        return pa.float64()
    kind = stored_type(column, form)
    return kind if pa.types.is_integer(kind) or pa.types.is_boolean(kind) else pa.string()


def _schema(table: ExportTable) -> pa.Schema:
    fields = [pa.field(column.name, _tile_type(column)) for column in table.columns if column.type != "geometry"]
    # GDAL tells the shapes by the name of their column, so no property may have it.
    name = max((GEOMETRY, *(f"{each.name}_" for each in fields if each.name.startswith(GEOMETRY))), key=len)
    return pa.schema([*fields, pa.field(name, pa.binary())])


def _batches(table: ExportTable, found: Places, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    properties = [number for number, column in enumerate(table.columns) if column.type != "geometry"]
    for portion in table.anew():
        arrays = [typed_array(without_empty(portion.array(number), table.empty), table.columns[number], kind)
                  for number, kind in zip(properties, schema.types[:-1], strict=True)]
        shapes = _shapes(table, portion, found)
        yield pa.RecordBatch.from_arrays([*arrays, shapes], schema=schema).filter(shapes.is_valid())
