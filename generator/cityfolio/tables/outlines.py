"""Shapes of areas as small drawings: what a column of areas points to, read from the map file that has its shapes.

Positions are rounded to a grid, the same for all areas of a file, so that neighbors keep the edges that they share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from math import cos, radians
from typing import Any

import orjson

from cityfolio import __version__
from cityfolio.files import Tree, sha256
from cityfolio.frozen import Frozen, field
from cityfolio.load.dictionary import filled_in
from cityfolio.load.loaded import Loaded
from cityfolio.model.outlines import Outline, Outlines
from cityfolio.model.profile import ColumnProfile
from cityfolio.problems import Problem
from cityfolio.tables.aside import Ended
from cityfolio.tables.exports.rows import Rows
from cityfolio.tables.fetched import Key
from cityfolio.tables.published import Bench, Tables
from cityfolio.tables.table import TableJob
from cityfolio.tables.workers import Task, worked

RULES = "1"                   # raised with every change to what is drawn
WIDTH = HEIGHT = 800          # of the sheet at most
GRIDS = (1, 2, 4, 8)          # the finest by which the drawing is light enough is taken
MOST_CHARACTERS = 30_000      # of all paths of a drawing
MOST_AREAS = 400
MOST_BYTES = 8_000_000        # of a map file
NOTHING = b"null"

Target = tuple[str, str]      # a dataset and a column of it
Point = tuple[float, float]
Spot = tuple[int, int]        # on the sheet


class _Found(Frozen, kw_only=True):
    """A map file that has the shapes of the areas that a column names."""

    key: Key
    job: TableJob
    column: str
    shape: str

    def cache_key(self) -> str:
        """The digest of everything that the drawing depends on."""
        return sha256(orjson.dumps([__version__, RULES, self.job.identity, self.column, self.shape]))


class Drawings(Frozen, kw_only=True):
    """The shapes of areas by what their columns point to, and what stood in the way of some."""

    by_target: Mapping[Target, Outlines] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def outlines(loaded: Loaded, tables: Tables, bench: Bench) -> Drawings:
    """Draw the shapes of all areas by which measures are shown. Those whose columns point to no map are missing."""
    found = {target: each for target in _wanted(loaded) if (each := _source(target, loaded, tables)) is not None}
    bodies = _drawn([*found.values()], bench)
    drawn: dict[Target, Outlines] = {}
    for target, source, body in zip(found, found.values(), bodies, strict=True):
        read = None if isinstance(body, Ended) else orjson.loads(body)
        if read:
            drawn[target] = Outlines(dataset=source.key[0], width=read["width"], height=read["height"],
                                     areas=tuple(Outline(**area) for area in read["areas"]))
    return Drawings(by_target=drawn, problems=tuple(body.problem for body in bodies if isinstance(body, Ended)))


def _wanted(loaded: Loaded) -> dict[Target, None]:
    """What the columns point to by which measures are shown, each once."""
    wanted: dict[Target, None] = {}
    for measure in loaded.measures.values():
        compute = measure.record.compute
        dataset = loaded.datasets.get((compute.dataset if compute else None) or "")
        for name in compute.by if compute and dataset else ():
            column = dataset.record.columns.get(name) if dataset else None
            target = filled_in(loaded, column).foreign_key if column else None
            if target and target.dataset and target.column:
                wanted[target.dataset, target.column] = None
    return wanted


def _source(target: Target, loaded: Loaded, tables: Tables) -> _Found | None:
    """The map file of a target: its own, else one that the site names as boundaries, else the first that points to it, too."""
    site = loaded.site.record if loaded.site else None
    named = [each.partition("/")[0] for each in (site.map.boundaries if site and site.map else ())]
    found = [each for key, job in tables.jobs.items() if (each := _shapes_of(key, job, target, tables)) is not None]
    return min(found, key=lambda each: (each.key[0] != target[0], each.key[0] not in named, each.key), default=None)


def _shapes_of(key: Key, job: TableJob, target: Target, tables: Tables) -> _Found | None:
    profile = tables.reports[key].profile
    if profile is None or profile.shapes is None or job.size_bytes > MOST_BYTES or not 0 < profile.rows <= MOST_AREAS:
        return None
    shape = next((each.name for each in profile.columns if each.type == "geometry"), "")
    column = next((each.name for each in profile.columns if _names(each, key, job, target)), "")
    return _Found(key=key, job=job, column=column, shape=shape) if shape and column else None


def _names(column: ColumnProfile, key: Key, job: TableJob, target: Target) -> bool:
    """Whether a column names the areas that a target does, each in one row."""
    record = job.columns.get(column.name)
    points = record.foreign_key if record else None
    is_it = (key[0], column.name) == target or (points is not None and (points.dataset, points.column) == target)
    return is_it and column.filled == column.distinct


def _drawn(found: Sequence[_Found], bench: Bench) -> list[bytes | Ended]:
    keys = [each.cache_key() for each in found]
    bodies: list[bytes | Ended | None] = [bench.cache.get(key) for key in keys]
    missing = [at for at, body in enumerate(bodies) if body is None]
    tasks = [Task(found[at].job, partial(_read, bench.tree, found[at])) for at in missing]
    for at, body in zip(missing, worked(tasks, bench.workers), strict=True):
        bodies[at] = body
        if not isinstance(body, Ended):
            bench.cache.put(keys[at], body)
    return [body for body in bodies if body is not None]


def _read(tree: Tree, found: _Found) -> bytes:
    """Draw the shapes of a file, as JSON; null where they cannot be drawn small enough."""
    rows = Rows(tree, found.job)
    header = rows.opened().header
    value, shape = header.index(found.column), header.index(found.shape)
    areas = [(name, rings) for portion in rows for name, cell in zip(portion.texts(value), portion.texts(shape), strict=True)
             if name and cell and (rings := list(rings_of(cell)))]
    return orjson.dumps(drawing(areas)) if areas else NOTHING


def rings_of(cell: str) -> Iterator[list[Point]]:
    """The rings of a polygon, or of several, in GeoJSON; none of any other shape."""
    if not cell.startswith("{"):
        return
    shape = orjson.loads(cell)
    kind, places = shape.get("type"), shape.get("coordinates") or []
    polygons = [places] if kind == "Polygon" else places if kind == "MultiPolygon" else []
    for polygon in polygons:
        yield from ([(float(place[0]), float(place[1])) for place in ring] for ring in polygon)


def drawing(areas: Sequence[tuple[str, list[list[Point]]]]) -> dict[str, Any] | None:   # Any: as JSON has it
    """A sheet with some areas; None where even the coarsest drawing is too heavy.

    A degree of longitude is as wide everywhere as it is in the middle of them, so near a pole shapes are drawn too wide.
    """
    points = [point for _, rings in areas for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = cos(radians((south + north) / 2))
    size = min(WIDTH / ((east - west) * narrow or 1), HEIGHT / ((north - south) or 1))

    def place(point: Point) -> Point:
        return (point[0] - west) * narrow * size, (north - point[1]) * size

    for grid in GRIDS:
        drawn = [_area(name, [_on_grid(map(place, ring), grid) for ring in rings]) for name, rings in areas]
        if sum(len(each["path"]) for each in drawn) <= MOST_CHARACTERS:
            return {"width": round((east - west) * narrow * size) or 1, "height": round((north - south) * size) or 1,
                    "areas": drawn}
    return None


def _on_grid(ring: Iterable[Point], grid: int) -> list[Spot]:
    """The corners of a ring on a grid, each once in a row, and none within a straight line."""
    corners: list[Spot] = []
    for x, y in ring:
        spot = (grid * round(x / grid), grid * round(y / grid))
        if corners and corners[-1] == spot:
            continue
        if len(corners) > 1 and _is_straight(corners[-2], corners[-1], spot):
            corners.pop()
        corners.append(spot)
    return corners[:-1] if len(corners) > 1 and corners[0] == corners[-1] else corners


def _is_straight(first: Spot, middle: Spot, last: Spot) -> bool:
    across = (middle[0] - first[0]) * (last[1] - middle[1]) - (middle[1] - first[1]) * (last[0] - middle[0])
    ahead = (middle[0] - first[0]) * (last[0] - middle[0]) + (middle[1] - first[1]) * (last[1] - middle[1])
    return across == 0 and ahead > 0


def _area(name: str, rings: list[list[Spot]]) -> dict[str, Any]:
    """An area with its path; its name stands in the middle of its greatest ring."""
    whole = [ring for ring in rings if len(ring) > 2]
    greatest = max(whole or rings, key=lambda ring: abs(_doubled(ring)))
    x, y = _middle(greatest)
    return {"value": name, "path": "".join(map(_path, whole)), "x": x, "y": y}


def _doubled(ring: Sequence[Spot]) -> int:
    """Twice the area that a ring encloses, below 0 where it goes the other way round (the shoelace formula)."""
    return sum(x * down - right * y for (x, y), (right, down) in _edges(ring))


def _middle(ring: Sequence[Spot]) -> Spot:
    """The centroid of what a ring encloses (Bourke 1988); of a line the mean of its corners."""
    doubled = _doubled(ring)
    if doubled == 0:
        return round(sum(x for x, _ in ring) / len(ring)), round(sum(y for _, y in ring) / len(ring))
    across = sum((x + right) * (x * down - right * y) for (x, y), (right, down) in _edges(ring))
    along = sum((y + down) * (x * down - right * y) for (x, y), (right, down) in _edges(ring))
    return round(across / (3 * doubled)), round(along / (3 * doubled))


def _edges(ring: Sequence[Spot]) -> Iterator[tuple[Spot, Spot]]:
    return zip(ring, [*ring[1:], *ring[:1]], strict=True)


def _path(ring: Sequence[Spot]) -> str:
    """A ring as path data: its first corner, then steps."""
    (left, top), *rest = ring
    path, at = f"M{left} {top}l", (left, top)
    for x, y in rest:
        path += f"{x - at[0]} {y - at[1]} "
        at = (x, y)
    return f"{path.rstrip()}z"
