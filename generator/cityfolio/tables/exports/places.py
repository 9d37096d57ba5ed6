"""Where a row is on the map: its shape, or the point that its latitude and longitude make."""

from __future__ import annotations

from collections.abc import Sequence

from cityfolio.frozen import Frozen
from cityfolio.tables.exports.json_values import json_geometry, json_number
from cityfolio.tables.exports.schema import ExportColumn, ExportTable, Unfit
from cityfolio.tables.table import Cell, Portion, plain_name

LATITUDES = ("latitude", "lat")
LONGITUDES = ("longitude", "lon", "lng", "long")
TYPES = ("geometry", "number", "integer")      # of columns that may say where a row is
OFF_THE_GLOBE = "some of its places lie outside of the degrees of the globe"


class Places(Frozen, kw_only=True):
    """The columns that say where rows are, by number: one of shapes, or two of degrees."""

    shape: int | None = None
    latitude: int = 0
    longitude: int = 0

    def texts(self, portion: Portion, empty: frozenset[Cell]) -> list[str]:
        """Each row's place as a geometry object, with the digits of the source; "null" for a row without one.

        Raises Unfit for degrees that there are not.
        """
        if self.shape is not None:
            return [_shape(text, empty) for text in portion.texts(self.shape)]
        return [_point(longitude, latitude, empty) for longitude, latitude in
                zip(portion.texts(self.longitude), portion.texts(self.latitude), strict=True)]


def places(columns: Sequence[ExportColumn]) -> Places | None:
    """The columns that say where rows are; None when there are none, or when it is not plain which they are."""
    shapes = [number for number, column in enumerate(columns) if column.type == "geometry"]
    if shapes:
        return Places(shape=shapes[0])
    latitudes = _degrees(columns, LATITUDES)
    longitudes = _degrees(columns, LONGITUDES) if len(latitudes) == 1 else []
    if len(longitudes) == 1:
        return Places(latitude=latitudes[0], longitude=longitudes[0])
    return None


def placed(table: ExportTable) -> Places:
    """The columns that say where rows are. Raises Unfit for a table without."""
    found = places(table.columns)
    if found is None:
        raise Unfit("its rows have no place on the map: no column holds shapes, and no two hold latitude and longitude")
    return found


def _degrees(columns: Sequence[ExportColumn], names: tuple[str, ...]) -> list[int]:
    """The number columns of degrees: those that follow the shared column of that name, else those that are called so."""
    numbers = [(number, column) for number, column in enumerate(columns) if column.type in ("number", "integer")]
    declared = [number for number, column in numbers if column.record.standard == names[0]]
    return declared or [number for number, column in numbers if plain_name(column.name) in names]


def _shape(text: Cell, empty: frozenset[Cell]) -> str:
    return "null" if text is None or text in empty else json_geometry(text)


def _point(longitude: Cell, latitude: Cell, empty: frozenset[Cell]) -> str:
    if longitude is None or latitude is None or longitude in empty or latitude in empty:
        return "null"
    if not (-180 <= float(longitude) <= 180 and -90 <= float(latitude) <= 90):
        raise Unfit(OFF_THE_GLOBE)
    return f'{{"type":"Point","coordinates":[{json_number(longitude)},{json_number(latitude)}]}}'
