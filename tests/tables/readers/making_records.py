"""Records and maps for tests: JSON by hand, Parquet and map files by the programs that write them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely

from cityfolio.problems import Problem
from cityfolio.tables.table import Cell, Table, Unreadable
from tables.making import reading, rows_of

POINT = {"type": "Point", "coordinates": [-80.84, 35.22]}
WKT = ("POINT (-80.84 35.22)", "POINT (-80.9 35.1)")


def refused(body: str | bytes, path: str, **file: object) -> Problem:
    """The problem with which a file is refused, when it is opened or when its rows are gone through."""
    found = reading(body, path=path, **file)
    try:
        assert found.table is None or rows_of(found.table) is None
    except Unreadable as refusal:
        return refusal.problems[0]
    return found.problems[0]


def placed(problem: Problem) -> tuple[str, int | None, int | None]:
    """What a problem is, and its line and column."""
    return problem.code, problem.where.line, problem.where.column


def columns_of(found: Table) -> dict[str, tuple[object, list[Cell]]]:
    """Kind and cells of each column by its name."""
    columns = zip(*rows_of(found), strict=True)
    return {name: (kind, list(cells)) for name, kind, cells in zip(found.header, found.kinds, columns, strict=True)}


def a_collection(*features: Mapping[str, Any], **members: Any) -> str:
    """GeoJSON of some features. Other arguments are members of the collection."""
    return json.dumps({"type": "FeatureCollection", **members, "features": features})


def a_feature(geometry: object = None, /, **properties: object) -> dict[str, Any]:
    """A feature with these properties."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def a_parquet(columns: Mapping[str, Any] | pa.Table, **options: Any) -> bytes:
    """Parquet of columns, as pyarrow writes it."""
    body = BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(dict(columns)), body, **options)
    return body.getvalue()


def a_geoparquet(shapes: Sequence[bytes | None], **about: Any) -> bytes:
    """Parquet with a column of shapes, of which the metadata say what is given."""
    geo = {"version": "1.1.0", "primary_column": "place", "columns": {"place": {"encoding": "WKB", **about}}}
    table = pa.table({"name": [f"no. {number}" for number in range(len(shapes))], "place": pa.array(shapes, pa.binary())})
    return a_parquet(table.replace_schema_metadata({"geo": json.dumps(geo)}))


def wkb(*texts: str | None) -> list[bytes | None]:
    """Shapes as bytes, given as WKT."""
    return [None if text is None else shapely.to_wkb(shapely.from_wkt(text), include_srid=False) for text in texts]


def map_files(ending: str, shapes: Sequence[str | None] = WKT, crs: str = "EPSG:4326",
              **columns: Iterable[object]) -> dict[str, bytes]:
    """The files that GDAL writes for a map, by name. Columns are numpy arrays or lists."""
    driver = {".shp": "ESRI Shapefile", ".gpkg": "GPKG", ".kml": "LIBKML"}[ending]
    arrays = [each if isinstance(each, np.ndarray) else np.array(list(each), dtype=object) for each in columns.values()]
    first = next((shapely.from_wkt(text) for text in shapes if text), None)
    kind = first.geom_type if ending == ".shp" and first is not None else "Unknown"
    with TemporaryDirectory() as folder:
        pyogrio.raw.write(
            str(Path(folder) / f"trees{ending}"), geometry=np.array(wkb(*shapes), dtype=object), field_data=arrays,
            fields=list(columns), geometry_type=kind, crs=crs, driver=driver, encoding="UTF-8",
        )
        return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def a_shapefile(shapes: Sequence[str | None] = WKT, without: Sequence[str] = (), crs: str = "EPSG:4326",
                **columns: Iterable[object]) -> bytes:
    """A zip with a shapefile, perhaps without some of its parts."""
    files = map_files(".shp", shapes, crs, **columns)
    return zipped({name: body for name, body in files.items() if not name.endswith(tuple(without))})


def a_geopackage(shapes: Sequence[str | None] = WKT, crs: str = "EPSG:4326", **columns: Iterable[object]) -> bytes:
    """A GeoPackage of one layer, `trees`."""
    return map_files(".gpkg", shapes, crs, **columns)["trees.gpkg"]


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of files."""
    body = BytesIO()
    with ZipFile(body, "w", ZIP_DEFLATED) as package:
        for name, each in files.items():
            package.writestr(name, each)
    return body.getvalue()


def a_kml(*placemarks: str, inside: str = "Document") -> str:
    """KML with these placemarks in a document or folder."""
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><{inside}>{"".join(placemarks)}</{inside}></kml>'


def utc(*parts: int) -> datetime:
    """A moment in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]
