"""Shapes in their binary form (WKB, of OGC Simple Features and ISO 13249) as text of GeoJSON, without losing a bit.

Each coordinate becomes the shortest number that stands for it, and for no other. Written by hand, since the libraries leave
out what GeoJSON has no place for and say nothing, and this is short.
"""

from __future__ import annotations

import struct
from itertools import starmap
from math import isfinite, isnan
from typing import NamedTuple

KINDS = {1: "Point", 2: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon",
         7: "GeometryCollection"}
PARTS = {4: 1, 5: 2, 6: 3}            # what the several of a kind consist of
OTHER_KINDS = {8: "CircularString", 9: "CompoundCurve", 10: "CurvePolygon", 11: "MultiCurve", 12: "MultiSurface",
               15: "PolyhedralSurface", 16: "TIN", 17: "Triangle"}
HAS_HEIGHT, HAS_MEASURE, HAS_SYSTEM = 0x8000_0000, 0x4000_0000, 0x2000_0000   # flags of PostGIS and its kin
WGS_84 = 4326
MOST_DEPTH = 32


class ShapeUnfit(Exception):
    """Bytes that are no shape, or one that GeoJSON cannot hold; says which."""


class _Head(NamedTuple):
    order: str                        # of bytes, as struct writes it
    kind: int
    width: int                        # numbers of a position
    end: int


def geojson_text(body: bytes) -> str:
    """A shape as a geometry object. Raises ShapeUnfit."""
    text, end = _shape(body, 0, 0)
    if end != len(body):
        raise ShapeUnfit("something follows the end of the shape")
    return text


def number_text(value: float) -> str:
    """The shortest text that stands for this number and no other."""
    return repr(value).removesuffix(".0")


def _shape(body: bytes, at: int, depth: int) -> tuple[str, int]:
    head = _head(body, at)
    if head.kind == 7:
        return _collection(body, head, depth)
    coordinates, end = _coordinates(body, head)
    return f'{{"type":"{KINDS[head.kind]}","coordinates":{coordinates}}}', end


def _collection(body: bytes, head: _Head, depth: int) -> tuple[str, int]:
    if depth == MOST_DEPTH:
        raise ShapeUnfit("collections stand too deep in each other")
    count, at = _count(body, head, head.end)
    texts = []
    for _ in range(count):
        text, at = _shape(body, at, depth + 1)
        texts.append(text)
    return f'{{"type":"GeometryCollection","geometries":[{",".join(texts)}]}}', at


def _head(body: bytes, at: int) -> _Head:
    if len(body) < at + 5 or body[at] > 1:
        raise ShapeUnfit("the bytes are no shape, or are cut short")
    order = "<" if body[at] else ">"
    (code,) = struct.unpack_from(f"{order}I", body, at + 1)
    dimensions, kind = divmod(code & 0x0FFF_FFFF, 1_000)
    end = at + 5
    if code & HAS_SYSTEM:
        if len(body) < end + 4 or struct.unpack_from(f"{order}I", body, end)[0] != WGS_84:
            raise ShapeUnfit("the shape is of another system than longitude and latitude in WGS 84")
        end += 4
    if code & HAS_MEASURE or dimensions in (2, 3):
        raise ShapeUnfit("the shape has measures (M), which GeoJSON has no place for")
    if kind not in KINDS:
        raise ShapeUnfit(f"the shape is of a kind that GeoJSON does not have, {OTHER_KINDS.get(kind, f'number {kind}')}")
    return _Head(order, kind, 3 if code & HAS_HEIGHT or dimensions == 1 else 2, end)


def _coordinates(body: bytes, head: _Head) -> tuple[str, int]:
    if head.kind == 1:
        texts, end = _positions(body, head, head.end, 1)
        return texts[0], end
    count, at = _count(body, head, head.end)
    if head.kind == 2:
        texts, at = _positions(body, head, at, count)
        return f"[{','.join(texts)}]", at
    parts = []
    for _ in range(count):
        text, at = _ring(body, head, at) if head.kind == 3 else _part(body, head, at)
        parts.append(text)
    return f"[{','.join(parts)}]", at


def _ring(body: bytes, head: _Head, at: int) -> tuple[str, int]:
    count, at = _count(body, head, at)
    texts, at = _positions(body, head, at, count)
    return f"[{','.join(texts)}]", at


def _part(body: bytes, head: _Head, at: int) -> tuple[str, int]:
    part = _head(body, at)
    if part.kind != PARTS[head.kind]:
        raise ShapeUnfit(f"a {KINDS[head.kind]} holds a {KINDS[part.kind]}")
    return _coordinates(body, part)


def _count(body: bytes, head: _Head, at: int) -> tuple[int, int]:
    if len(body) < at + 4:
        raise ShapeUnfit("the bytes are no shape, or are cut short")
    (count,) = struct.unpack_from(f"{head.order}I", body, at)
    if count * 4 > len(body) - at:     # a part takes at least as much; so a count that lies costs nothing
        raise ShapeUnfit("the bytes are no shape, or are cut short")
    return count, at + 4


def _positions(body: bytes, head: _Head, at: int, count: int) -> tuple[list[str], int]:
    size = 8 * head.width
    end = at + size * count
    if len(body) < end:
        raise ShapeUnfit("the bytes are no shape, or are cut short")
    form = struct.Struct(f"{head.order}{head.width}d")
    position = _pair if head.width == 2 else _triple
    return list(starmap(position, form.iter_unpack(body[at:end]))), end


def _pair(x: float, y: float) -> str:
    return f"[{number_text(x)},{number_text(y)}]" if isfinite(x) and isfinite(y) else _strange(x, y)


def _triple(x: float, y: float, z: float) -> str:
    if isfinite(x) and isfinite(y) and isfinite(z):
        return f"[{number_text(x)},{number_text(y)},{number_text(z)}]"
    return _strange(x, y, z)


def _strange(*numbers: float) -> str:
    if all(map(isnan, numbers)):       # how an empty point is written
        return "[]"
    raise ShapeUnfit("a coordinate is not a number")
