"""Where the rows of files lie, in degrees of WGS 84, as feeds of geodata say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cityfolio.model.catalog import Dataset, File

LATITUDE_AND_LONGITUDE = 2      # columns
Bounds = tuple[float, float, float, float]     # west, south, east, north: the least box that holds every row


def bounds_of(file: File) -> Bounds | None:
    """The box of a file's shapes, or of its columns of latitude and longitude; None where it is not of the whole file."""
    if file.profile is None or file.shows_sample:
        return None
    found = file.profile.shapes.bounds if file.profile.shapes else None
    if found is None:
        return _of_points(file)
    west, south, east, north = map(float, found)
    return _on_the_globe(west, south, east, north)


def _of_points(file: File) -> Bounds | None:
    names = file.places
    if file.profile is None or len(names) != LATITUDE_AND_LONGITUDE:
        return None
    columns = {each.name: each for each in file.profile.columns if each.type in ("number", "integer")}
    edges = [edge for name in names if name in columns for edge in (columns[name].minimum, columns[name].maximum) if edge]
    if len(edges) != 2 * LATITUDE_AND_LONGITUDE:
        return None
    south, north, west, east = map(float, edges)
    return _on_the_globe(west, south, east, north)


def _on_the_globe(west: float, south: float, east: float, north: float) -> Bounds | None:
    # Columns may hold what is nowhere, such as -999.
    return (west, south, east, north) if -180 <= west <= east <= 180 and -90 <= south <= north <= 90 else None


def around(boxes: Iterable[Bounds]) -> Bounds | None:
    """The least box that holds some others."""
    known = tuple(boxes)
    if not known:
        return None
    wests, souths, easts, norths = zip(*known, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def dataset_bounds(dataset: Dataset) -> Bounds | None:
    """The box of everything that a dataset publishes with places."""
    return around(box for file in dataset.files if (box := bounds_of(file)))


def geometry(box: Bounds) -> dict[str, Any]:  # Any: GeoJSON
    """A box as a shape of GeoJSON (RFC 7946). What has no width is a point or a line."""
    west, south, east, north = box
    if (west, south) == (east, north):
        return {"type": "Point", "coordinates": [west, south]}
    if west == east or south == north:
        return {"type": "LineString", "coordinates": [[west, south], [east, north]]}
    return {"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]}


def well_known_text(box: Bounds) -> str:
    """A box as a polygon of Well-Known Text (OGC Simple Features)."""
    west, south, east, north = (format(edge, "f") if "e" in repr(edge) else repr(edge) for edge in box)
    return f"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"
