"""KML and KMZ: a row for each placemark, with its own texts and its extended data as columns and its shape as the last.

How placemarks are drawn is passed over. KML has no types that could be relied on, so they are found from the texts, as in CSV.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from cityfolio.frozen import Frozen
from cityfolio.tables.readers.header import refuse_names
from cityfolio.tables.readers.kml_shapes import ShapeBuilder
from cityfolio.tables.readers.layers import START, chosen_layer, refuse_large, whole
from cityfolio.tables.readers.package import open_package, pieces
from cityfolio.tables.readers.wkb import ShapeUnfit
from cityfolio.tables.readers.xml_parts import Depth, parse
from cityfolio.tables.table import Cell, Place, Reading, Table, TableJob, Unreadable, in_portions

ZIP = b"PK\3\4"
LINE = re.compile(rb"[^\n]*\n|[^\n]+")
LAYERS = ("Document", "Folder")
OWN = ("name", "description", "address", "phoneNumber")
TIMES = {"when": "TimeStamp", "begin": "TimeSpan", "end": "TimeSpan"}
SHAPE = "geometry"
NO_VALUE: frozenset[Cell] = frozenset((None, ""))


@dataclass(slots=True, kw_only=True)
class Layer:
    """A document or folder, with the placemarks that lie in it and not in a folder of its own."""

    name: str = ""
    rows: list[dict[str, Cell]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


class PlacemarkSource(Frozen, kw_only=True):
    """A file of placemarks: a cell is traced to the line on which its placemark begins."""

    lines: tuple[int, ...]
    width: int

    def header(self) -> tuple[Place, ...]:
        """Names stand with each placemark; the first is as good as any."""
        return (Place(line=self.lines[0], column=1),) * self.width

    def cells(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Place]:
        """Where the placemarks of cells begin, each cell given as row and column, both counted from 0."""
        return {cell: Place(line=self.lines[cell[0]], column=1) for cell in wanted}


class Placemarks:
    """Gathers placemarks while the elements of a file come."""

    def __init__(self, job: TableJob) -> None:
        self.texts: list[str] = []
        self.layers: list[Layer] = [Layer()]       # the file itself may hold a placemark
        self.line = 0
        self._job, self._depth = job, Depth(job)
        self._stack: list[str] = []
        self._inside = [self.layers[0]]
        self._row: dict[str, Cell] | None = None
        self._shape = ShapeBuilder()
        self._key = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth.enter()
        name = name.rpartition(" ")[2]
        parent = self._stack[-1] if self._stack else ""
        if self._row is not None and (parent in ("value", "SimpleData") or (parent in OWN and self._stack[-2] == "Placemark")):
            raise self._refusal("table-syntax", "markup stands inside of a text", "Write it as <![CDATA[...]]>.")
        self._stack.append(name)
        self.texts.clear()
        if name in LAYERS:
            self._inside.append(Layer())
            self.layers.append(self._inside[-1])
        elif name == "Placemark":
            self._row, self._shape = ({"id": attributes["id"]} if "id" in attributes else {}), ShapeBuilder()
            self._inside[-1].lines.append(self.line)
        elif self._row is not None:
            self._key = attributes.get("name", "") if name in ("Data", "SimpleData") else self._key
            self._built(name, None)

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth.leave()
        name = name.rpartition(" ")[2]
        text = "".join(self.texts)
        self.texts.clear()
        self._stack.pop()
        parent = self._stack[-1] if self._stack else ""
        if name in LAYERS:
            self._inside.pop()
        elif self._row is None:
            if name == "name" and parent in LAYERS:
                self._inside[-1].name = text.strip()
        elif name == "Placemark":
            self._inside[-1].rows.append({**self._row, SHAPE: self._shape.text})
            self._row = None
        else:
            self._cell(name, parent, text)
            self._built(name, text)

    def _cell(self, name: str, parent: str, text: str) -> None:
        if (name in OWN and parent == "Placemark") or TIMES.get(name) == parent:
            self._put(name, text)
        elif name == "SimpleData" or (name == "value" and parent == "Data"):
            self._put(self._key, text)
        elif parent == "ExtendedData" and name not in ("Data", "SchemaData"):
            self._put(name, text)     # data of another namespace, which KML allows

    def _put(self, key: str, text: str) -> None:
        row = self._row
        if row is None or (key in row and row[key] == text):
            return
        if key == SHAPE or (key in row and key != "id"):
            raise self._refusal("column-repeated", f"a placemark has two values named `{key[:80]}`", "Rename one of them.")
        row[key] = text

    def _built(self, name: str, text: str | None) -> None:
        try:
            if text is None:
                self._shape.start(name)
            else:
                self._shape.end(name, text)
        except ShapeUnfit as unfit:
            # Where somebody lives may be what is not to be shown.
            says = "the shape of a placemark cannot be read" if self._job.hides_values else str(unfit)
            raise self._refusal("table-shape", says, "Export it as points, lines and polygons.") from None

    def _refusal(self, code: str, says: str, fix: str) -> Unreadable:
        return self._job.refusal(Place(line=self.line, column=1), code, says, fix)


def read_kml(stream: BinaryIO, job: TableJob) -> Reading:
    """Open KML, or the zip of it (KMZ)."""
    try:
        found = Placemarks(job)
        parse(_lines(_body(stream, job), found), job.path.rpartition("/")[2], found, job)
        layer = _layer(found, job)
        header = _header(layer, job)
    except Unreadable as refusal:
        return Reading(table=None, problems=refusal.problems)
    rows = ([row.get(name) for name in header] for row in layer.rows)
    return Reading(table=Table(header=header, portions=in_portions(rows, len(header)), sheet=layer.name, empty=NO_VALUE,
                               source=PlacemarkSource(lines=tuple(layer.lines), width=len(header)),
                               kinds=(*(None for _ in header[1:]), "geometry")))


def _body(stream: BinaryIO, job: TableJob) -> bytes:
    body = whole(stream, job)
    if not body.startswith(ZIP):
        return body
    stream.seek(0)
    package = open_package(stream, job, job.limits)
    names = [name for name in package.namelist() if name.lower().endswith(".kml")]
    if not names:
        raise job.refusal(START, "table-syntax", "there is no .kml file in the KMZ", "Export it again.")
    refuse_large(package.getinfo(names[0]).file_size, job)
    return b"".join(pieces(package, names[0], job, job.limits))   # by its rules, the first is the one that counts


def _lines(body: bytes, found: Placemarks) -> Iterator[bytes]:
    """The lines of a file, one at a time, so that it is known in which one an element begins."""
    for number, line in enumerate(LINE.finditer(body), start=1):
        found.line = number
        yield line[0]


def _layer(found: Placemarks, job: TableJob) -> Layer:
    filled: dict[str, Layer] = {}
    for layer in found.layers:
        if layer.rows:
            name = layer.name or f"Layer {len(filled) + 1}"
            if name in filled:
                raise job.refusal(Place(line=layer.lines[0], column=1), "table-shape", f'two folders with placemarks are named '
                                  f'"{name[:60]}"', "Give each a name of its own.")
            filled[name] = layer
    if not filled:
        raise job.refusal(START, "table-shape", "the file holds no placemark", "Export it again with its placemarks.")
    return filled[chosen_layer(list(filled), job)]


def _header(layer: Layer, job: TableJob) -> tuple[str, ...]:
    """Every name that a placemark has a value of: its own first, and the shape last."""
    names = dict.fromkeys(name for row in layer.rows for name in row)
    own = [name for name in ("id", *OWN, *TIMES) if name in names]
    header = (*own, *(name for name in names if name not in own and name != SHAPE), SHAPE)
    refuse_names(header, [Place(line=layer.lines[0], column=1)] * len(header), job)
    return header
