"""XLSX workbooks: the parts of one, the sheet that is meant, and its table."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple
from zipfile import ZipFile

from cityfolio.tables.limits import Limits
from cityfolio.tables.readers.grid import Grid
from cityfolio.tables.readers.package import SAVE_AGAIN, open_package, pieces, refuse
from cityfolio.tables.readers.sheets import no_such_sheet, which_sheet
from cityfolio.tables.readers.xlsx_cells import CellContents, CellHandlers
from cityfolio.tables.readers.xlsx_strings import SharedStrings, StringHandlers, tags
from cityfolio.tables.readers.xlsx_styles import Shown, StyleHandlers
from cityfolio.tables.readers.xml_parts import SEPARATOR, Depth, Handlers, parse, parsed
from cityfolio.tables.table import Reading, TableJob

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATION_IDS = tuple(f"{space}{SEPARATOR}id" for space in (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
))


class Relation(NamedTuple):
    """A link from one part to another: what the other is, and its name in the package."""

    kind: str
    target: str


class Sheet(NamedTuple):
    """A worksheet by its name and its part."""

    name: str
    part: str


class RelationHandlers:
    """Takes the links of one part. Targets are looked up from the folder of that part."""

    def __init__(self, folder: str, job: TableJob) -> None:
        self.texts: list[str] = []
        self.found: dict[str, Relation] = {}
        self._folder = folder
        self._depth = Depth(job)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth.enter()
        if name == f"{RELATIONS}{SEPARATOR}Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", ""))).lstrip("/")
            self.found[attributes.get("Id", "")] = Relation(kind, target)

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth.leave()
        self.texts.clear()


class WorkbookHandlers:
    """Takes the list of sheets, and from which day on days are counted."""

    TAGS = tags("workbook", "sheet", "workbookPr")

    def __init__(self, job: TableJob) -> None:
        self.texts: list[str] = []
        self.sheets: list[tuple[str, str]] = []   # names with the ids of their links
        self.is_workbook = self.is_1904 = False
        self._depth = Depth(job)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth.enter()
        tag = self.TAGS.get(name)
        if tag == "sheet":
            link = next((attributes[key] for key in RELATION_IDS if key in attributes), "")
            self.sheets.append((attributes.get("name", ""), link))
        elif tag == "workbookPr":
            self.is_1904 = attributes.get("date1904", "").strip() in ("1", "true")
        elif tag == "workbook":
            self.is_workbook = True

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth.leave()
        self.texts.clear()


class FilledHandlers:
    """Looks for the first value of a worksheet, to tell sheets that hold something from those that only are there."""

    TAGS = tags("v", "t")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.is_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.texts.clear()

    def end(self, name: str) -> None:
        """An element ends."""
        self.is_filled = self.is_filled or (name in self.TAGS and bool(self.texts))
        self.texts.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """An opened workbook: its worksheets in their order, and the parts that cells refer to."""

    package: ZipFile
    job: TableJob
    limits: Limits
    sheets: tuple[Sheet, ...]
    is_1904: bool
    strings_part: str
    styles_part: str

    def part(self, name: str) -> Iterator[bytes]:
        """What a part holds."""
        return _pieces(self.package, name, self.job, self.limits)


def read_xlsx(stream: BinaryIO, job: TableJob, limits: Limits | None = None) -> Reading:
    """Read the table of one sheet of a workbook. Raises Unreadable where the file cannot be trusted."""
    limits = limits or job.limits
    with open_package(stream, job, limits) as package:
        workbook = _workbook(package, job, limits)
        return _reading(workbook, _chosen(workbook))


def _reading(workbook: Workbook, sheet: Sheet) -> Reading:
    job = workbook.job
    handlers = CellHandlers(CellContents(_strings(workbook), _shown(workbook), workbook.is_1904, job), job)
    grid = Grid(sheet=sheet.name, job=job, limits=workbook.limits)
    for _ in parsed(workbook.part(sheet.part), sheet.part, handlers, job):
        for row in handlers.rows:
            grid.add(row)
        for area in handlers.merged:
            grid.faults.merge(area, grid.header_row)
        handlers.rows.clear()
        handlers.merged.clear()
    return grid.reading()


def _workbook(package: ZipFile, job: TableJob, limits: Limits) -> Workbook:
    top = _relations(package, "", job, limits)
    main = next((each.target for each in top.values() if each.kind == "officeDocument"), "")
    if not main:
        refuse(job, "the file holds no workbook", "Save it as an .xlsx workbook.")
    if main.endswith(".bin"):
        refuse(job, "the file is a binary workbook (.xlsb)", "Save it as an .xlsx workbook.")
    handlers = WorkbookHandlers(job)
    parse(_pieces(package, main, job, limits), main, handlers, job)
    if not handlers.is_workbook:
        refuse(job, "the file holds no workbook", "Save it as an .xlsx workbook.")
    links = _relations(package, main, job, limits)
    sheets = tuple(Sheet(name, links[link].target) for name, link in handlers.sheets
                   if link in links and links[link].kind == "worksheet")
    if not sheets:
        refuse(job, "the workbook has no sheet of cells", SAVE_AGAIN)
    kinds = {each.kind: each.target for each in links.values()}
    return Workbook(package=package, job=job, limits=limits, sheets=sheets, is_1904=handlers.is_1904,
                    strings_part=kinds.get("sharedStrings", ""), styles_part=kinds.get("styles", ""))


def _chosen(workbook: Workbook) -> Sheet:
    wanted, names = workbook.job.file.sheet, [sheet.name for sheet in workbook.sheets]
    if wanted is not None:
        found = next((sheet for sheet in workbook.sheets if sheet.name == wanted), None)
        if found is None:
            raise no_such_sheet(wanted, names, workbook.job)
        return found
    if len(names) == 1:
        return workbook.sheets[0]
    filled = [sheet for sheet in workbook.sheets if _is_filled(workbook, sheet)]
    if len(filled) > 1:
        raise which_sheet([sheet.name for sheet in filled], workbook.job)
    return filled[0] if filled else workbook.sheets[0]


def _is_filled(workbook: Workbook, sheet: Sheet) -> bool:
    handlers = FilledHandlers()
    return any(handlers.is_filled for _ in parsed(workbook.part(sheet.part), sheet.part, handlers, workbook.job))


def _strings(workbook: Workbook) -> SharedStrings:
    handlers = StringHandlers(workbook.job)
    _parse_if_named(workbook, workbook.strings_part, handlers)
    return handlers.strings


def _shown(workbook: Workbook) -> list[Shown]:
    handlers = StyleHandlers(workbook.job)
    _parse_if_named(workbook, workbook.styles_part, handlers)
    return handlers.shown


def _parse_if_named(workbook: Workbook, part: str, handlers: Handlers) -> None:
    if part:
        parse(workbook.part(part), part, handlers, workbook.job)


def _relations(package: ZipFile, part: str, job: TableJob, limits: Limits) -> dict[str, Relation]:
    """The links of a part, by their ids; those of the package as a whole for no part."""
    folder, _, name = part.rpartition("/")
    links = posixpath.join(folder, "_rels", f"{name}.rels")
    handlers = RelationHandlers(folder, job)
    parse(_pieces(package, links, job, limits), links, handlers, job)
    return handlers.found


def _pieces(package: ZipFile, name: str, job: TableJob, limits: Limits) -> Iterator[bytes]:
    # Names of parts do not differ by capitals alone, and some programs write them in two ways.
    found = next((each for each in package.namelist() if each.lower() == name.lower()), None)
    if found is None:
        refuse(job, f"the file lacks `{name[:80]}`, which a workbook of its kind has", "Save it as an .xlsx workbook.")
    return pieces(package, found, job, limits)
