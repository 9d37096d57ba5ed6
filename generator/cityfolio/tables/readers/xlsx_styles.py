"""Which cells of an XLSX workbook show a day, a time or a code: that is said by their number format, and by nothing else."""

from __future__ import annotations

import re

from cityfolio.tables.readers.clock import Clock
from cityfolio.tables.readers.padded import Zeros, zeros_of
from cityfolio.tables.readers.xlsx_strings import tags
from cityfolio.tables.readers.xml_parts import Depth
from cityfolio.tables.table import TableJob

# Formats that have a number and no code. From 27 on they are those of East Asia.
BUILT_IN: dict[int, Clock] = {
    **dict.fromkeys(range(14, 18), "date"), **dict.fromkeys(range(18, 22), "time"), 22: "datetime",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "date"), **dict.fromkeys((*range(32, 36), 45, 47), "time"),
}
# What is in a format and is not a sign of its own: text in quotation marks, a character after \, _ or *, and [Red] or [$-409].
ASIDE = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
# "General" is no sign but a word, and so are the two of the morning and the evening; E+ is a power of ten.
WORDS = re.compile(r"general|am/pm|a/p|e[+-]", re.IGNORECASE)
# What programs in other languages call it, and some write into files. Several of its letters are signs of days.
GENERAL = frozenset((
    "standard", "standaard", "estándar", "estandar", "padrão", "geral", "generale", "général", "allgemein", "algemeen",
    "standardowy", "ogólny", "yleinen", "normál", "általános", "všeobecný", "obecný", "genel", "основной", "общий", "стандарт",
))
Shown = Clock | Zeros


def format_clock(code: str) -> Clock:
    """Whether a number format shows a day, a time or both, by its signs for positive numbers.

    A format for stretches of time, such as [h]:mm, shows neither: 36 hours are no time of day. Such a cell stays the number of
    days that is stored.
    """
    signs = ASIDE.sub("", code).partition(";")[0]
    if ELAPSED.search(signs):
        return ""
    if signs.strip().casefold() in GENERAL:
        return ""
    letters = WORDS.sub(lambda found: "h" if found[0].lower() in ("am/pm", "a/p") else "", signs).lower()
    has_time = "h" in letters or "s" in letters
    # An m is a month, unless it stands by hours or seconds; a longer one is the month's name.
    has_day = any(each in letters for each in "ydeg") or "mmm" in letters or ("m" in letters and not has_time)
    if has_day:
        return "datetime" if has_time else "date"
    return "time" if has_time else ""


class StyleHandlers:
    """Takes the parts of `styles.xml`. A cell names a style by its place in `cellXfs`."""

    TAGS = tags("numFmts", "numFmt", "cellXfs", "xf")

    def __init__(self, job: TableJob) -> None:
        self.texts: list[str] = []
        self._codes: dict[str, str] = {}
        self._formats: list[str] = []    # of each style, the number of its format
        self._inside = ""                # formats and styles of other purposes have the same names
        self._depth = Depth(job)

    @property
    def shown(self) -> list[Shown]:
        """What the cells of each style show."""
        found = {number: self._shown(number) for number in set(self._formats)}
        return [found[number] for number in self._formats]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth.enter()
        tag = self.TAGS.get(name)
        if tag in ("numFmts", "cellXfs"):
            self._inside = tag
        elif tag == "numFmt" and self._inside == "numFmts":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and self._inside == "cellXfs":
            self._formats.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth.leave()
        self.texts.clear()
        if self.TAGS.get(name) == self._inside:
            self._inside = ""

    def _shown(self, number: str) -> Shown:
        if number in self._codes:
            return zeros_of(self._codes[number]) or format_clock(self._codes[number])
        return BUILT_IN.get(int(number), "") if number.isascii() and number.isdigit() and len(number) < 4 else ""
