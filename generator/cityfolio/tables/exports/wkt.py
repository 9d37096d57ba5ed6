"""Shapes as Well-Known Text, which fits into a field of a CSV file, with every digit as it stands in the GeoJSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cityfolio.tables.exports.json_values import Digits, json_object
from cityfolio.tables.exports.schema import Unfit

# What JSON holds can be anything, until it was looked at.
Part = Any
DIMENSIONS = {2: "", 3: " Z", 4: " ZM"}


def wkt(text: str) -> str:
    """A geometry object of GeoJSON as Well-Known Text. Raises Unfit for a shape that this form has no words for."""
    shape = json_object(text)
    sizes = set(_sizes(shape)) or {2}
    if len(sizes) > 1:
        raise Unfit("a shape mixes positions with and without a height, which Well-Known Text cannot hold")
    size = sizes.pop()
    if size not in DIMENSIONS:
        raise Unfit(f"a shape has a position of {size} numbers, which Well-Known Text cannot hold")
    return _shape(shape, DIMENSIONS[size])


def _shape(shape: Part, mark: str) -> str:
    kind = shape.get("type") if isinstance(shape, dict) else None
    if kind != "GeometryCollection" and kind not in BODIES:
        raise _broken()
    inner = _listed(shape.get("geometries" if kind == "GeometryCollection" else "coordinates"))
    if not inner:
        return f"{kind.upper()} EMPTY"
    if kind == "GeometryCollection":
        return f"GEOMETRYCOLLECTION{mark} ({', '.join(_shape(each, mark) for each in inner)})"
    return f"{kind.upper()}{mark} {BODIES[kind](inner)}"


def _position(position: Part) -> str:
    if not _listed(position) or not all(isinstance(number, Digits) for number in position):
        raise _broken()
    return " ".join(position)


def _point(position: Part) -> str:
    return f"({_position(position)})" if _listed(position) else "EMPTY"


def _list_of(body: Callable[[Part], str]) -> Callable[[Part], str]:
    return lambda parts: f"({', '.join(map(body, parts))})" if _listed(parts) else "EMPTY"


_positions = _list_of(_position)
_rings = _list_of(_positions)
BODIES: dict[object, Callable[[Part], str]] = {
    "Point": _point, "MultiPoint": _list_of(_point), "LineString": _positions, "MultiLineString": _rings, "Polygon": _rings,
    "MultiPolygon": _list_of(_rings),
}


def _sizes(part: Part) -> Iterator[int]:
    """How many numbers each position has. Well-Known Text says it once for a whole shape."""
    if isinstance(part, dict):
        yield from _sizes(part.get("coordinates") or part.get("geometries"))
    elif isinstance(part, list) and any(isinstance(each, Digits) for each in part):
        yield len(part)
    elif isinstance(part, list):
        for each in part:
            yield from _sizes(each)


def _listed(part: Part) -> Part:
    if not isinstance(part, list):
        raise _broken()
    return part


def _broken() -> Unfit:
    return Unfit("a shape does not have the parts that its kind has, so nobody could draw it")
