"""Stops and routes for a phone or a bicycle computer (GPX 1.1, https://www.topografix.com/GPX/1/1/): waypoints and tracks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from cityfolio.plugins import About, ExportColumn, ExportTable, Unfit, typed_rows
from cityfolio_gtfs.names import ROUTE, STOP, is_of, name_of_route, name_of_stop, said

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Point = Sequence[str]     # longitude and latitude, with their digits as they are written
HEAD = ('<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="cityfolio-gtfs" xmlns="http://www.topografix.com/GPX/1/1">\n')


def can_be_gpx(columns: tuple[ExportColumn, ...]) -> bool:
    """Whether a table is of stops or of routes, with their places."""
    return any(each.type == "geometry" for each in columns) and (is_of(STOP, columns) or is_of(ROUTE, columns))


def write_gpx(table: ExportTable, stream: BinaryIO) -> None:
    """Write each stop as a waypoint, each route as a track. What has no place is not in the file."""
    shape = next(each.name for each in table.columns if each.type == "geometry")
    stream.write((HEAD + _metadata(table.about)).encode())
    element = _waypoint if is_of(STOP, table.columns) else _track
    for row in typed_rows(table):
        if row[shape]:
            # No digit is rounded on the way, so numbers stay the texts that they are.
            place = json.loads(str(row[shape]), parse_float=str, parse_int=str)
            stream.write("".join(element(row, place)).encode())
    stream.write(b"</gpx>\n")


def _metadata(about: About) -> str:
    said = [f"<name>{_text(about.title)}</name>"]
    said += [f"<desc>{_text(about.description)}</desc>"] if about.description else []
    said += [f"<author><name>{_text(about.publisher)}</name></author>"] if about.publisher else []
    said += [f"<link href={quoteattr(about.source_url)}/>"] if about.source_url else []
    return f"<metadata>{''.join(said)}</metadata>\n"


def _waypoint(row: Mapping[str, object], place: Mapping[str, Any]) -> Iterator[str]:     # Any: JSON
    if place["type"] == "Point":
        name, code = name_of_stop(row) or said(row, "stop_id"), said(row, "stop_code")
        comment = f"<cmt>{_text(code)}</cmt>" if code else ""
        yield f"<wpt {_at(place['coordinates'])}><name>{_text(name)}</name>{comment}</wpt>\n"


def _track(row: Mapping[str, object], place: Mapping[str, Any]) -> Iterator[str]:     # Any: JSON
    lines = {"LineString": [place["coordinates"]], "MultiLineString": place["coordinates"]}.get(place["type"], [])
    if lines:
        yield f"<trk><name>{_text(name_of_route(row) or said(row, 'route_id'))}</name>\n"
        for line in lines:
            yield f"<trkseg>{''.join(f'<trkpt {_at(point)}/>' for point in line)}</trkseg>\n"
        yield "</trk>\n"


def _at(point: Point) -> str:
    return f'lat="{point[1]}" lon="{point[0]}"'


def _text(text: str) -> str:
    if NOT_IN_XML.search(text):
        raise Unfit("a text holds a character that no file of XML can hold")
    return escape(text)
