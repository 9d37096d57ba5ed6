"""Shapefiles: a zip with the parts of one or several layers. GDAL reads the shapes; the attributes are read as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import BinaryIO
from warnings import catch_warnings, simplefilter
from zipfile import ZipFile

from cityfolio.frozen import Frozen
from cityfolio.tables.readers.arrow_table import RowSource, header_places
from cityfolio.tables.readers.dbf import DAMAGED, Attributes
from cityfolio.tables.readers.header import refuse_names
from cityfolio.tables.readers.layers import START, TO_WGS_84, chosen_layer, refuse_large
from cityfolio.tables.readers.package import open_package, pieces
from cityfolio.tables.readers.wkb import ShapeUnfit, geojson_text
from cityfolio.tables.table import Cell, Place, Reading, Table, TableJob, Unreadable, in_portions
from cityfolio.without_pandas import pandas_unasked

NEEDED = (".shp", ".shx", ".dbf", ".prj")
PARTS = (*NEEDED, ".cpg")
ENCODINGS = {"88591": "iso-8859-1", "utf8": "utf-8", "65001": "utf-8", "ansi 1252": "cp1252"}
WGS_84 = "EPSG:4326"


class Layer(Frozen, kw_only=True):
    """The parts of a layer, by the ending of their names."""

    name: str
    parts: Mapping[str, bytes]

    @property
    def encoding(self) -> str | None:
        """What the layer itself says of its letters."""
        written = self.parts.get(".cpg", b"")[:100].decode("ascii", "replace").strip()
        return ENCODINGS.get(written.lower(), f"cp{written}" if written.isdigit() else written) or None

    def package(self) -> bytes:
        """The parts that tell of shapes, in a zip that holds nothing else, under names that cannot surprise."""
        body = BytesIO()
        with ZipFile(body, "w") as package:
            for ending in (".shp", ".shx", ".prj"):
                package.writestr(f"layer{ending}", self.parts[ending])
        return body.getvalue()


def read_shapefile(stream: BinaryIO, job: TableJob) -> Reading:
    """Open a zip with a shapefile in it."""
    try:
        layer = _layer(stream, job)
        attributes = Attributes(layer.parts[".dbf"], job.file.encoding or layer.encoding, job)
        _refuse_system_name(layer.parts[".prj"], job)
        shape = _shape_name([field.name for field in attributes.fields], job)
        header = (*(field.name for field in attributes.fields), shape)
        places = header_places(len(header))
        refuse_names(header, places, job)
        shapes = _shapes(layer, job)
        if len(shapes) != len(attributes):
            raise job.refusal(START, "table-syntax", f"there are {len(shapes):,} shapes (.shp) and {len(attributes):,} records "
                              "of attributes (.dbf)", DAMAGED)
    except Unreadable as refusal:
        return Reading(table=None, problems=refusal.problems)
    return Reading(table=Table(
        header=header, portions=in_portions(_rows(shapes, attributes, job), len(header)), source=RowSource(places),
        sheet=layer.name, kinds=(*(field.kind for field in attributes.fields), "geometry"), encoding=attributes.encoding or "",
    ))


def _layer(stream: BinaryIO, job: TableJob) -> Layer:
    package = open_package(stream, job, job.limits)
    found: dict[str, dict[str, str]] = {}
    for entry in package.namelist():
        stem, dot, ending = entry.rpartition(".")
        # What a Mac adds for its own use has the same endings.
        if f"{dot}{ending.lower()}" in PARTS and not entry.startswith("__MACOSX/"):
            found.setdefault(stem, {})[f".{ending.lower()}"] = entry
    layers = {stem.rpartition("/")[2]: entries for stem, entries in found.items() if ".shp" in entries}
    name = chosen_layer(list(layers), job)
    missing = [ending for ending in NEEDED if ending not in layers[name]]
    if missing:
        raise job.refusal(START, "table-syntax", f"the shapefile `{name[:60]}` lacks its part {missing[0]}",
                          f"Put all its parts into the zip: {', '.join(NEEDED)}.")
    size = sum(package.getinfo(entry).file_size for entry in layers[name].values())
    refuse_large(size, job)
    parts = {ending: b"".join(pieces(package, entry, job, job.limits)) for ending, entry in layers[name].items()}
    return Layer(name=name, parts=parts)


def _shape_name(names: list[str], job: TableJob) -> str:
    name = next((each for each in ("geometry", "shape") if each not in names), None)
    if name is None:
        raise job.refusal(START, "column-repeated", "fields are named `geometry` and `shape`, so no name is left for the "
                          "shapes themselves", "Rename one of them.")
    return name


def _refuse_system_name(body: bytes, job: TableJob) -> None:
    """Refuse a name of the system of coordinates that is no text, at which GDAL would break off."""
    try:
        body.decode()
    except UnicodeDecodeError as error:
        says = f"byte 0x{body[error.start]:02X} of its .prj file is not UTF-8"
        raise job.refusal(START, "table-syntax", says, DAMAGED) from None


def _shapes(layer: Layer, job: TableJob) -> list[bytes | None]:
    """The shapes as GDAL makes them of the file. Raises Unreadable."""
    try:
        # Here, since few catalogs hold shapefiles, and it takes longer to import than a page to draw.
        with pandas_unasked():
            from pyogrio import list_layers  # type: ignore[import-untyped]
            from pyogrio.errors import DataLayerError, DataSourceError, FeatureError  # type: ignore[import-untyped]
            from pyogrio.raw import read  # type: ignore[import-untyped]
    except ImportError:
        raise job.refusal(START, "extra-missing", "shapefiles are read by pyogrio, which is not installed",
                          "Install it: `pip install 'cityfolio[geo]'`.") from None
    unreadable = job.refusal(START, "table-syntax", "the shapes (.shp) cannot be read", DAMAGED)
    with catch_warnings():
        # GDAL warns of shapes that are not valid, which are looked for in every format.
        simplefilter("ignore")
        try:
            package = layer.package()
            if not len(list_layers(package)):
                raise unreadable
            meta, _, shapes, _ = read(package)
        except (DataLayerError, DataSourceError, FeatureError):
            raise unreadable from None
    if meta["crs"] != WGS_84:
        given = layer.parts[".prj"][:2_000].decode("utf-8", "replace").partition('"')[2].partition('"')[0] or "not told"
        raise job.refusal(START, "table-shape", "the shapes are of another system than longitude and latitude in WGS 84, "
                          f"{given[:80]}", TO_WGS_84.format(f"new.shp {layer.name[:40]}.shp"))
    found: list[bytes | None] = shapes.tolist()
    return found


def _rows(shapes: list[bytes | None], attributes: Attributes, job: TableJob) -> Iterator[list[Cell]]:
    number = 0
    for shape, row in zip(shapes, attributes.rows(), strict=True):
        if row is not None:
            yield [*row, _text(shape, number, len(row), job)]
            number += 1


def _text(shape: bytes | None, row: int, column: int, job: TableJob) -> Cell:
    try:
        return None if shape is None else geojson_text(shape)
    except ShapeUnfit as unfit:
        raise job.refusal(Place(line=row + 1, column=column + 1), "table-shape", f"row {row + 1:,}: {unfit}",
                          "Export it as shapes of GeoJSON's kinds, without measures.") from None
