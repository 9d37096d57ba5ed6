"""XLSX workbooks as packages: their parts, the links between them, and the list of sheets."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from zipfile import ZipFile

from cityfolio.frozen import Frozen
from cityfolio.tables.limits import LIMITS, Limits
from cityfolio.tables.readers.package import SAVE_AGAIN, pieces, refuse
from cityfolio.tables.readers.xlsx_cells import CellContents
from cityfolio.tables.readers.xlsx_strings import StringHandlers, tags
from cityfolio.tables.readers.xlsx_styles import StyleHandlers
from cityfolio.tables.readers.xml_parts import SEPARATOR, Depth, parse
from cityfolio.tables.table import TableJob

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
    """Takes the links of one part: to other parts, looked up from its folder, and to addresses outside."""

    def __init__(self, folder: str, job: TableJob) -> None:
        self.texts: list[str] = []
        self.found: dict[str, Relation] = {}
        self.outside: dict[str, str] = {}
        self._folder = folder
        self._depth = Depth(job)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth.enter()
        if name != f"{RELATIONS}{SEPARATOR}Relationship":
            return
        if attributes.get("TargetMode") == "External":
            self.outside[attributes.get("Id", "")] = attributes.get("Target", "")
        else:
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


class Workbook(Frozen, kw_only=True):
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

    def links(self, part: str) -> RelationHandlers:
        """The links of a part, by their ids."""
        return _links(self.package, part, self.job, self.limits)

    def contents(self) -> CellContents:
        """What its cells refer to: the texts that they share, and how numbers are shown."""
        texts, styles = StringHandlers(self.job), StyleHandlers(self.job)
        for part, handlers in ((self.strings_part, texts), (self.styles_part, styles)):
            if part:
                parse(self.part(part), part, handlers, self.job)
        return CellContents(texts.strings, styles.shown, self.is_1904, self.job)


def workbook_in(package: ZipFile, job: TableJob, limits: Limits = LIMITS) -> Workbook:
    """The workbook that an opened package holds. Raises Unreadable where it holds none."""
    top = _links(package, "", job, limits).found
    main = next((each.target for each in top.values() if each.kind == "officeDocument"), "")
    if not main:
        refuse(job, "the file holds no workbook", "Save it as an .xlsx workbook.")
    if main.endswith(".bin"):
        refuse(job, "the file is a binary workbook (.xlsb)", "Save it as an .xlsx workbook.")
    handlers = WorkbookHandlers(job)
    parse(_pieces(package, main, job, limits), main, handlers, job)
    if not handlers.is_workbook:
        refuse(job, "the file holds no workbook", "Save it as an .xlsx workbook.")
    links = _links(package, main, job, limits).found
    sheets = tuple(Sheet(name, links[link].target) for name, link in handlers.sheets
                   if link in links and links[link].kind == "worksheet")
    if not sheets:
        refuse(job, "the workbook has no sheet of cells", SAVE_AGAIN)
    kinds = {each.kind: each.target for each in links.values()}
    return Workbook(package=package, job=job, limits=limits, sheets=sheets, is_1904=handlers.is_1904,
                    strings_part=kinds.get("sharedStrings", ""), styles_part=kinds.get("styles", ""))


def _links(package: ZipFile, part: str, job: TableJob, limits: Limits) -> RelationHandlers:
    """The links of a part, by their ids; those of the package as a whole for no part."""
    folder, _, name = part.rpartition("/")
    links = posixpath.join(folder, "_rels", f"{name}.rels")
    handlers = RelationHandlers(folder, job)
    parse(_pieces(package, links, job, limits), links, handlers, job)
    return handlers


def _pieces(package: ZipFile, name: str, job: TableJob, limits: Limits) -> Iterator[bytes]:
    # Names of parts do not differ by capitals alone, and some programs write them in two ways.
    found = next((each for each in package.namelist() if each.lower() == name.lower()), None)
    if found is None:
        refuse(job, f"the file lacks `{name[:80]}`, which a workbook of its kind has", "Save it as an .xlsx workbook.")
    return pieces(package, found, job, limits)
