"""What keeps people from reading an office document: Office Open XML (ISO/IEC 29500-1) and OpenDocument (ISO/IEC 26300)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

from cityfolio.model.records import FileRecord
from cityfolio.practice.documents import LANGUAGE, LIMITS, PASSWORD, PICTURES, SLIDES, TITLE
from cityfolio.tables.readers.package import OLD_OFFICE, open_package, pieces
from cityfolio.tables.readers.xml_parts import Depth, parse
from cityfolio.tables.table import TableJob, Unreadable

CORE = "docProps/core.xml"
WORDS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
DRAWING = re.compile(r"xl/drawings/[^/]+\.xml")
FILE_NAME = re.compile(r"[^\s/]+\.(?:png|jpe?g|gif|bmp|tiff?|svg|emf|wmf|webp)", re.IGNORECASE)
NO_LANGUAGE = frozenset({"", "none", "zxx", "x-none"})
# Elements, by their names behind the namespace: what holds a picture with its description, and what is the picture.
FRAMES = frozenset({"inline", "anchor", "pic", "graphicFrame", "frame"})
PICTURED = frozenset({"blip", "chart", "image"})
DESCRIBES = frozenset({"docPr", "cNvPr"})
TITLE_BOXES = frozenset({"title", "ctrTitle"})
DC = "http://purl.org/dc/elements/1.1/"


@dataclass(slots=True)
class _Frame:
    name: str
    is_picture: bool = False
    is_told: bool = False            # described, or said to be there to please the eye


@dataclass(slots=True)
class _Part:
    """What was seen in a part of a document. The parser tells it of each element."""

    job: TableJob
    texts: list[str] = field(default_factory=list)
    title: str = ""
    languages: set[str] = field(default_factory=set)
    frames: list[_Frame] = field(default_factory=list)   # that are open, one in the other
    has_bare_picture: bool = False
    has_title_box: bool = False
    depth: Depth = field(init=False)

    def __post_init__(self) -> None:
        self.depth = Depth(self.job)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth.enter()
        self.texts.clear()
        local, given = _local(name), {_local(key): value for key, value in attributes.items()}
        if local in FRAMES:
            self.frames.append(_Frame(local, is_told=given.get("decorative") == "true"))
        elif self.frames:
            self._within(local, given)
        if local in ("lang", "themeFontLang"):
            self.languages.add(given.get("val", ""))
        elif local == "ph" and given.get("type") in TITLE_BOXES:
            self.has_title_box = True
        self.languages.update(given[key] for key in ("lang", "language") if key in given)

    def _within(self, local: str, given: dict[str, str]) -> None:
        frame = self.frames[-1]
        if local in PICTURED:
            # In a word document the picture stands in an element of its own inside the frame that describes it.
            for each in self.frames[-2:] if frame.name == "pic" else (frame,):
                each.is_picture = True
        elif local in DESCRIBES:
            frame.is_told |= _tells(given.get("descr", "")) or _tells(given.get("title", "")) or given.get("hidden") == "1"
        elif local == "decorative" and given.get("val") in ("1", "true"):
            frame.is_told = True

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth.leave()
        text, local = "".join(self.texts).strip(), _local(name)
        self.texts.clear()
        if name == f"{DC} title":
            self.title = text
        elif name == f"{DC} language":
            self.languages.add(text)
        elif local in ("title", "desc") and self.frames and _tells(text):
            self.frames[-1].is_told = True
        elif local in FRAMES:
            self._leave(self.frames.pop())

    def _leave(self, frame: _Frame) -> None:
        above = self.frames[-1] if self.frames else None
        if frame.name == "pic" and above and above.name in ("inline", "anchor"):
            above.is_told |= frame.is_told
        elif frame.is_picture and not frame.is_told:
            self.has_bare_picture = True


def word_faults(name: str, body: bytes) -> tuple[str, ...] | None:
    """The faults of a DOCX file."""
    return _faults(name, body, about=(CORE, "word/styles.xml", "word/settings.xml"), content=WORDS)


def slide_faults(name: str, body: bytes) -> tuple[str, ...] | None:
    """The faults of a PPTX file."""
    return _faults(name, body, about=(CORE, "ppt/presentation.xml"), content=SLIDE)


def sheet_faults(name: str, body: bytes) -> tuple[str, ...] | None:
    """The faults of an XLSX file, which has no place for a language."""
    found = _faults(name, body, about=(CORE,), content=DRAWING)
    return None if found is None else tuple(each for each in found if each != LANGUAGE)


def open_document_faults(name: str, body: bytes) -> tuple[str, ...] | None:
    """The faults of an ODT, ODP or ODS file."""
    return _faults(name, body, about=("meta.xml", "styles.xml"), content=re.compile(r"content\.xml"))


def _faults(name: str, body: bytes, *, about: Iterable[str], content: re.Pattern[str]) -> tuple[str, ...] | None:
    if body.startswith(OLD_OFFICE):
        return (PASSWORD,)           # a form with a new ending in an old form is one that was protected
    job = TableJob(path=name, size_bytes=len(body), file=FileRecord(path=name), limits=LIMITS)
    try:
        with open_package(BytesIO(body), job, LIMITS) as package:
            there = package.namelist()
            told = [_read(package, part, job) for part in about if part in there]
            shown = [_read(package, part, job) for part in there if content.fullmatch(part)]
    except (Unreadable, KeyError):
        return None
    return tuple(_seen(told, shown, has_slides=content is SLIDE)) if shown or content is DRAWING else None


def _seen(told: list[_Part], shown: list[_Part], *, has_slides: bool) -> Iterator[str]:
    if not any(part.title for part in told):
        yield TITLE
    if not {each.strip().lower() for part in (*told, *shown) for each in part.languages} - NO_LANGUAGE:
        yield LANGUAGE
    if any(part.has_bare_picture for part in shown):
        yield PICTURES
    if has_slides and not all(part.has_title_box for part in shown):
        yield SLIDES


def _read(package: ZipFile, name: str, job: TableJob) -> _Part:
    part = _Part(job)
    parse(pieces(package, name, job, LIMITS), name, part, job)
    return part


def _tells(text: str) -> bool:
    # Some programs write the name of the picture's file where its description belongs.
    return bool(text.strip()) and not FILE_NAME.fullmatch(text.strip())


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
