"""Shapes of KML as text of GeoJSON, built while their elements come, with the digits that their coordinates have."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cityfolio.tables.readers.wkb import ShapeUnfit

SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry")
OTHER_SHAPES = ("Model", "Track", "MultiTrack")
SEVERAL = {"Point": "MultiPoint", "LineString": "MultiLineString", "Polygon": "MultiPolygon"}
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
# The same with what XML allows beyond JSON: a plus sign, zeros before, a point with nothing on one side.
LOOSE = re.compile(r"(?:\+|(-))?0*([0-9]*)(?:\.([0-9]*))?([eE][+-]?[0-9]+)?")


@dataclass(slots=True, kw_only=True)
class _Open:
    """A shape whose end did not come yet."""

    kind: str
    coordinates: list[str] = field(default_factory=list)
    outer: list[str] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    members: list[tuple[str, str]] = field(default_factory=list)   # kind and coordinates, or the whole of a collection


class ShapeBuilder:
    """The shape of a placemark. Raises ShapeUnfit where GeoJSON has no place for it."""

    def __init__(self) -> None:
        self.text: str | None = None
        self._open: list[_Open] = []
        self._is_hole = False

    def start(self, name: str) -> None:
        """An element begins."""
        if name in OTHER_SHAPES:
            raise ShapeUnfit(f"the shape is of a kind that GeoJSON does not have, {name}")
        if name in SHAPES:
            self._open.append(_Open(kind=name))
        elif name in ("outerBoundaryIs", "innerBoundaryIs"):
            self._is_hole = name == "innerBoundaryIs"

    def end(self, name: str, text: str) -> None:
        """An element ends; `text` stands in it."""
        if name == "coordinates" and self._open:
            self._open[-1].coordinates += map(position, text.split())
        elif name in SHAPES and self._open:
            self._close(self._open.pop())

    def _close(self, shape: _Open) -> None:
        parent = self._open[-1] if self._open else None
        if shape.kind == "LinearRing" and parent is not None and parent.kind == "Polygon":
            (parent.inner if self._is_hole else parent.outer).append(f"[{','.join(shape.coordinates)}]")
            return
        member = _member(shape)
        if parent is not None and parent.kind == "MultiGeometry":
            parent.members.append(member)
        elif parent is None and self.text is None:
            self.text = _object(*member)
        else:
            raise ShapeUnfit("a placemark has two shapes, or one inside of another")


def position(written: str) -> str:
    """A position, such as `-80.84,35.22,0`, as a list of numbers with the same digits."""
    numbers = written.split(",")
    if len(numbers) not in (2, 3):
        raise ShapeUnfit(f"`{written[:40]}` is not a position: longitude, comma, latitude, without spaces")
    return f"[{','.join(each if NUMBER.fullmatch(each) else _plain(each) for each in numbers)}]"


def _plain(written: str) -> str:
    found = LOOSE.fullmatch(written)
    if found is None or not (found[2] or found[3] or "0" in written.partition(".")[0]):
        raise ShapeUnfit(f"`{written[:40]}` is not a coordinate")
    minus, whole, fraction, exponent = found.groups(default="")
    return f"{minus}{whole or '0'}{'.' if fraction else ''}{fraction}{exponent}"


def _member(shape: _Open) -> tuple[str, str]:
    """A finished shape: its kind in GeoJSON, and its coordinates, or what a collection holds."""
    if shape.kind == "Point":
        if len(shape.coordinates) > 1:
            raise ShapeUnfit("a point has two positions")
        return "Point", shape.coordinates[0] if shape.coordinates else "[]"
    if shape.kind == "Polygon":
        if len(shape.outer) > 1 or (shape.inner and not shape.outer):
            raise ShapeUnfit("a polygon has no outer border, or two")
        return "Polygon", f"[{','.join([*shape.outer, *shape.inner])}]"
    if shape.kind != "MultiGeometry":
        return "LineString", f"[{','.join(shape.coordinates)}]"
    kinds = {kind for kind, _ in shape.members}
    kind = kinds.pop() if len(kinds) == 1 else ""
    if kind in SEVERAL:
        return SEVERAL[kind], f"[{','.join(coordinates for _, coordinates in shape.members)}]"
    return "GeometryCollection", f"[{','.join(_object(*member) for member in shape.members)}]"


def _object(kind: str, inside: str) -> str:
    return f'{{"type":"{kind}","{"geometries" if kind == "GeometryCollection" else "coordinates"}":{inside}}}'
