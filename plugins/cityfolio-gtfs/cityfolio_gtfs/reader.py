"""One table of a feed: its text file as it is, and the places of its rows as a last column."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any, BinaryIO, Literal
from zipfile import ZipFile

from cityfolio.plugins import Place, Reading, Table, TableJob, in_portions, open_package, pieces

START = Place(line=1, column=1)
EXPORT_ANEW = "Export the feed anew from the program that it comes from."
SHAPE = "geometry"
Row = list[str]


@dataclass(frozen=True, slots=True)
class Lines:
    """Where cells stand in the text file of a table: each row on a line of its own, below the header."""

    width: int

    def header(self) -> tuple[Place, ...]:
        """All names are on the first line."""
        return tuple(Place(line=1, column=number + 1) for number in range(self.width))

    def cells(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Place]:
        """By row and column, both from 0."""
        return {(row, column): Place(line=row + 2, column=column + 1) for row, column in wanted}


def read_gtfs(stream: BinaryIO, job: TableJob) -> Reading:
    """Open the table of a feed that the entry names as its `sheet`."""
    feed = open_package(stream, job, job.limits)
    wanted = f"{job.file.sheet or 'stops'}.txt"
    header, rows = _table(feed, wanted, job)
    shapes = _shapes(feed, wanted, header, rows, job)
    if shapes is not None:
        header = [*header, SHAPE]
        rows = [[*row, shape] for row, shape in zip(rows, shapes, strict=True)]
    geometry: Literal["geometry"] = "geometry"
    kinds = tuple(geometry if name == SHAPE and shapes is not None else None for name in header)
    table = Table(header=tuple(header), portions=tuple(in_portions(rows, len(header))), source=Lines(len(header)),
                  kinds=kinds, empty=frozenset((None, "")), sheet=job.file.sheet or "stops")
    return Reading(table=table)


def _table(feed: ZipFile, name: str, job: TableJob) -> tuple[Row, list[Row]]:
    """The header and the rows of a text file. One that is not there, or not whole, ends the reading."""
    if name not in feed.namelist():
        known = ", ".join(sorted(each.removesuffix(".txt") for each in feed.namelist() if each.endswith(".txt")))
        raise job.refusal(START, "sheet-unknown", f"the feed has no {name}", f"Known: {known}.")
    try:
        text = b"".join(pieces(feed, name, job, job.limits)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise job.refusal(START, "table-syntax", f"{name} is not UTF-8 text", EXPORT_ANEW) from None
    try:
        header, *rows = csv.reader(StringIO(text, newline=""), strict=True)
    except (csv.Error, ValueError) as error:
        raise job.refusal(START, "table-syntax", f"{name} cannot be read: {error}", EXPORT_ANEW) from error
    header, rows = [each.strip() for each in header], [row for row in rows if row]
    if not all(header) or len(set(header)) != len(header):
        raise job.refusal(START, "table-syntax", f"{name} has a column without a name, or a name twice", EXPORT_ANEW)
    odd = next((number for number, row in enumerate(rows) if len(row) != len(header)), None)
    if odd is not None:
        says = f"row {odd + 2} of {name} has {len(rows[odd])} fields and the header {len(header)}"
        raise job.refusal(START, "table-syntax", says, EXPORT_ANEW)
    return header, rows


def _shapes(feed: ZipFile, name: str, header: Row, rows: list[Row], job: TableJob) -> list[str] | None:
    """The place of each row as GeoJSON, "" for a row without; None for a table whose rows have none."""
    if SHAPE in header:
        return None
    if {"stop_lat", "stop_lon"} <= set(header):
        lat, lon = header.index("stop_lat"), header.index("stop_lon")
        return [_point(row[lon], row[lat]) for row in rows]
    if name == "routes.txt" and {"shapes.txt", "trips.txt"} <= set(feed.namelist()):
        lines = _lines_of_routes(feed, job)
        at = header.index("route_id")
        return [_lines(lines.get(row[at], ())) for row in rows]
    return None


def _lines_of_routes(feed: ZipFile, job: TableJob) -> Mapping[str, Sequence[str]]:
    """By route the lines that its trips drive, each once, as the coordinates of GeoJSON."""
    points = defaultdict[str, list[tuple[int, str]]](list)
    for shape in _named(feed, "shapes.txt", job):
        pair = _pair(shape["shape_pt_lon"], shape["shape_pt_lat"])
        if pair:
            points[shape["shape_id"]].append((int(shape["shape_pt_sequence"]), pair))
    lines = {name: f"[{','.join(pair for _, pair in sorted(found))}]" for name, found in points.items() if len(found) > 1}
    routes = defaultdict[str, dict[str, None]](dict)
    for trip in _named(feed, "trips.txt", job):
        if (line := lines.get(trip.get("shape_id", ""))) is not None:
            routes[trip["route_id"]][line] = None
    return {route: sorted(found) for route, found in routes.items()}


def _named(feed: ZipFile, name: str, job: TableJob) -> Iterator[Mapping[str, str]]:
    header, rows = _table(feed, name, job)
    return (dict(zip(header, row, strict=True)) for row in rows)


def _point(longitude: str, latitude: str) -> str:
    pair = _pair(longitude, latitude)
    return f'{{"type":"Point","coordinates":{pair}}}' if pair else ""


def _lines(lines: Sequence[str]) -> str:
    return f'{{"type":"MultiLineString","coordinates":[{",".join(lines)}]}}' if lines else ""


def _pair(longitude: str, latitude: str) -> str:
    """Two degrees with their digits as they are written; "" where one is no number of JSON's."""
    pair = f"[{longitude.strip()},{latitude.strip()}]"
    try:
        found: list[Any] = json.loads(pair)    # Any: JSON
    except ValueError:
        return ""
    return pair if all(isinstance(each, (int, float)) and abs(each) <= 180 for each in found) else ""
