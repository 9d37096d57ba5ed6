"""The formats that a table can be offered in, by the word a city writes: how each is named and who writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import BinaryIO

from cityfolio.frozen import Frozen
from cityfolio.model.formats import BY_ENDING
from cityfolio.problems import Location
from cityfolio.tables.exports.schema import ExportColumn, ExportTable, ParquetOutline

Writer = Callable[[ExportTable, BinaryIO], ParquetOutline | None]
# Whether a table with some columns, in a file, is one for a format; None where that cannot be told, which was said elsewhere.
Fits = Callable[[tuple[ExportColumn, ...], Location], bool | None]


class ExportFormat(Frozen, kw_only=True):
    """One format. Its module is imported when it is wanted, because most of them bring along what takes long to load."""

    ending: str
    module: str
    function: str
    needs_shapes: bool = False    # only for tables of places

    @property
    def name(self) -> str:
        """The name that readers know."""
        return BY_ENDING[self.ending].name

    @property
    def media_type(self) -> str:
        """What it is to machines."""
        return BY_ENDING[self.ending].media_type

    @property
    def write(self) -> Writer:
        """The function that writes a table to a stream. It raises Unfit and ExtraMissing."""
        writer: Writer = getattr(import_module(f"cityfolio.tables.exports.{self.module}"), self.function)
        return writer


class AddedFormat(Frozen, kw_only=True):
    """A format that is no part of this program: the word for it, who added it, and a digest of what it is made of."""

    word: str
    plugin: str
    ending: str
    name: str
    media_type: str
    write: Writer                 # a function of a module, or an object of such; it raises Unfit and Fault
    fits: Fits
    digest: str


AnyFormat = ExportFormat | AddedFormat

FORMATS: Mapping[str, ExportFormat] = {
    "csv": ExportFormat(ending="csv", module="delimited", function="write_csv"),
    "json": ExportFormat(ending="json", module="json_array", function="write_json"),
    "xlsx": ExportFormat(ending="xlsx", module="workbook", function="write_xlsx"),
    "parquet": ExportFormat(ending="parquet", module="parquet", function="write_parquet"),
    "geojson": ExportFormat(ending="geojson", module="geojson", function="write_geojson", needs_shapes=True),
    "pmtiles": ExportFormat(ending="pmtiles", module="tiles", function="write_pmtiles", needs_shapes=True),
}
