"""OpenDocument spreadsheets: the sheet that is meant, and its table."""

from __future__ import annotations

from typing import BinaryIO
from zipfile import ZipFile

from cityfolio.tables.limits import Limits
from cityfolio.tables.readers.grid import Grid
from cityfolio.tables.readers.ods_cells import OdsHandlers
from cityfolio.tables.readers.package import open_package, pieces, refuse
from cityfolio.tables.readers.sheets import no_such_sheet, which_sheet
from cityfolio.tables.readers.xml_parts import parse, parsed
from cityfolio.tables.table import Reading, TableJob

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
SAVE_AS_ODS = "Save it as an .ods spreadsheet."
ENCRYPTION = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0 encryption-data"


class ManifestHandlers:
    """Looks into the list of parts for one that is protected: OpenDocument does not leave that to the zip."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.is_protected = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.is_protected = self.is_protected or name == ENCRYPTION

    def end(self, name: str) -> None:
        """An element ends."""
        self.texts.clear()


def read_ods(stream: BinaryIO, job: TableJob, limits: Limits | None = None) -> Reading:
    """Read the table of one sheet of a spreadsheet. Raises Unreadable where the file cannot be trusted."""
    limits = limits or job.limits
    with open_package(stream, job, limits) as package:
        _check_parts(package, job, limits)
        handlers = OdsHandlers(job.file.sheet, job)
        grid = Grid(sheet="", job=job, limits=limits)
        for _ in parsed(pieces(package, CONTENT, job, limits), CONTENT, handlers, job):
            for area in handlers.merged:
                grid.faults.merge(area, grid.header_row)
            for row in handlers.rows:
                grid.add(row)
            handlers.rows.clear()
            handlers.merged.clear()
    grid.sheet = _chosen(handlers, job)
    return grid.reading()


def _check_parts(package: ZipFile, job: TableJob, limits: Limits) -> None:
    names = package.namelist()
    if MANIFEST in names:
        handlers = ManifestHandlers()
        parse(pieces(package, MANIFEST, job, limits), MANIFEST, handlers, job)
        if handlers.is_protected:
            refuse(job, "the file is protected by a password", "Save it without a password.")
    if CONTENT not in names:
        refuse(job, f"the file lacks `{CONTENT}`, which every OpenDocument file has", SAVE_AS_ODS)


def _chosen(handlers: OdsHandlers, job: TableJob) -> str:
    """The sheet of which the rows were taken."""
    if not handlers.names:
        refuse(job, "the file holds no sheet", SAVE_AS_ODS)
    wanted = job.file.sheet
    if wanted is not None:
        if wanted not in handlers.names:
            raise no_such_sheet(wanted, handlers.names, job)
        return wanted
    if len(handlers.filled) > 1:
        raise which_sheet(handlers.filled, job)
    return (handlers.filled or handlers.names)[0]
