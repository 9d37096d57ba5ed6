"""What makes a shape valid: the rules of RFC 7946 for how it is written, and those of OGC Simple Features for what it is."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

# How many lists stand around a position, by kind.
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
COLLECTION = "GeometryCollection"
MAY_CROSS = ("LineString", "MultiLineString", "Polygon", "MultiPolygon", COLLECTION)
LEAST = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
NOT_GEOJSON = "it is not a geometry object of GeoJSON"
# Enough for a billionth of an atom. An exponent that knows no bounds would ask for numbers of a billion digits.
NUMBER = r"-?(?:0|[1-9][0-9]{0,19})(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,2})?"
COORDINATE = re.compile(NUMBER)
REASON = re.compile(r"([^\[]*)(?:\[(\S+) (\S+).*\])?")
WORDS = {
    "Self-intersection": "its border crosses itself", "Ring Self-intersection": "its border touches itself",
    "Hole lies outside shell": "a hole lies outside of it", "Holes are nested": "a hole lies in another hole",
    "Nested shells": "one part of it lies in another", "Interior is disconnected": "its holes cut it in two",
    "Duplicate Rings": "it has the same border twice",
    "Too few points in geometry component": "a line or border of it has too few different points",
}

Position = tuple[str, str]            # longitude and latitude with the digits they are written with


class ShapeBroken(Exception):
    """Which rule a shape breaks, and its kind as far as that can be told."""

    def __init__(self, reason: str, kind: str = "") -> None:
        super().__init__(reason)
        self.reason, self.kind = reason, kind


class _Digits(str):
    """A number as it is written."""

    __slots__ = ()


DECODER = json.JSONDecoder(parse_int=_Digits, parse_float=_Digits)


def parts(text: str) -> tuple[str, list[Position]]:
    """The kind of a shape and all its positions, of which an empty one has none. Raises ShapeBroken."""
    try:
        shape = DECODER.decode(text)
        positions: list[Position] = []
        _gather(shape, positions)
    except (json.JSONDecodeError, RecursionError):
        raise ShapeBroken(NOT_GEOJSON) from None
    except ShapeBroken as broken:
        raise ShapeBroken(broken.reason, _kind(shape)) from None
    for x, y in positions:
        if not (-180 <= float(x) <= 180 and -90 <= float(y) <= 90):
            raise ShapeBroken(outside(x, y), _kind(shape))
    return _kind(shape), positions


def outside(x: str, y: str) -> str:
    """What to say of a position that is nowhere on Earth."""
    return f"the position {x[:24]}, {y[:24]} is not a longitude from -180 to 180 and a latitude from -90 to 90"


def crossed(text: str, kind: str) -> str:
    """What makes a shape that is written well no shape, such as a border that crosses itself; "" if nothing does."""
    if kind not in MAY_CROSS:
        return ""
    # Here, since it takes 0.1 CPU s to import, and points do without.
    import shapely  # type: ignore[import-untyped]

    shape = shapely.from_geojson(text, on_invalid="ignore")
    if shape is None:
        return NOT_GEOJSON
    if shapely.is_valid(shape):
        return ""
    found = REASON.fullmatch(shapely.is_valid_reason(shape))
    words, x, y = found.groups() if found else ("", None, None)
    return WORDS.get(words, words.lower()) + (f", at {x}, {y}" if x and y else "")


# Any, below: JSON may hold anything.
def _kind(shape: Any) -> str:
    kind = shape.get("type") if isinstance(shape, dict) else None
    return kind if isinstance(kind, str) and (kind in DEPTHS or kind == COLLECTION) else ""


def _gather(shape: Any, positions: list[Position]) -> None:
    kind = _kind(shape)
    if not kind:
        raise ShapeBroken(NOT_GEOJSON)
    inside = shape.get("geometries" if kind == COLLECTION else "coordinates")
    if not isinstance(inside, list):
        raise ShapeBroken("it has no list of " + ("geometries" if kind == COLLECTION else "coordinates"))
    if kind == COLLECTION:
        for each in inside:
            _gather(each, positions)
    elif kind != "Point":
        _gather_lists(inside, DEPTHS[kind], kind, positions)
    elif inside:
        positions.append(_position(inside))


def _gather_lists(inside: list[Any], depth: int, kind: str, positions: list[Position]) -> None:
    if depth > 1:
        for each in inside:
            if not isinstance(each, list):
                raise ShapeBroken(f"its coordinates are not those of a {kind}")
            _gather_lists(each, depth - 1, kind, positions)
        return
    found = list(map(_position, inside))
    least = LEAST.get(kind, 0)
    if found and len(found) < least:
        which = "line has 1 position" if least == LEAST["LineString"] else f"border has {len(found)} positions"
        raise ShapeBroken(f"a {which}, and {least} are the least")
    if least == LEAST["Polygon"] and found and inside[0] != inside[-1] and _values(inside[0]) != _values(inside[-1]):
        raise ShapeBroken("a border does not end where it begins")
    positions += found


def _position(given: Any) -> Position:
    if not isinstance(given, list) or len(given) not in (2, 3) or not all(isinstance(each, _Digits) for each in given):
        raise ShapeBroken("a position is not a list of two or three numbers")
    for each in given:
        if (len(each) > 20 or "e" in each or "E" in each) and not COORDINATE.fullmatch(each):
            raise ShapeBroken(f"the coordinate {each[:24]} is longer than any place on Earth needs")
    return given[0], given[1]


def _values(position: list[str]) -> list[Decimal]:
    return list(map(Decimal, position))
