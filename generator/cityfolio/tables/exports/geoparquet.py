"""What a Parquet file says of its shapes, after GeoParquet 1.1: how they are stored, of what kinds, and within which bounds."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(slots=True)
class Shapes:
    """Gathers what the metadata tells of one column of shapes."""

    kinds: set[str] = field(default_factory=set)
    west: float = math.inf
    south: float = math.inf
    east: float = -math.inf
    north: float = -math.inf

    def add(self, column: pa.Array[Any]) -> None:
        """Look at some shapes, given as WKB."""
        import numpy as np
        import shapely  # type: ignore[import-untyped]

        shapes = shapely.from_wkb(column.drop_null().to_numpy(zero_copy_only=False))
        for number, has_z in set(zip(shapely.get_type_id(shapes).tolist(), shapely.has_z(shapes).tolist(), strict=True)):
            self.kinds.add(f"{KINDS[number]}{' Z' if has_z else ''}")
        bounds = shapely.bounds(shapes)[~shapely.is_empty(shapes)]
        if len(bounds):
            least, most = np.min(bounds, axis=0), np.max(bounds, axis=0)
            self.west, self.south = min(self.west, float(least[0])), min(self.south, float(least[1]))
            self.east, self.north = max(self.east, float(most[2])), max(self.north, float(most[3]))

    @property
    def metadata(self) -> dict[str, object]:
        """The entry of the column. A system of coordinates is not named: GeoJSON's is the one that is meant then."""
        entry: dict[str, object] = {"encoding": "WKB", "geometry_types": sorted(self.kinds)}
        if self.west <= self.east:
            entry["bbox"] = [self.west, self.south, self.east, self.north]
        return entry


KINDS = {0: "Point", 1: "LineString", 2: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon",
         7: "GeometryCollection"}


def geo_metadata(columns: dict[str, Shapes]) -> str:
    """The value of the key `geo`: the columns of shapes by their names, the first of which is the one to draw."""
    return json.dumps({"version": "1.1.0", "primary_column": next(iter(columns)),
                       "columns": {name: shapes.metadata for name, shapes in columns.items()}}, ensure_ascii=False)
