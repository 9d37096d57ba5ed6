"""Text of XLSX: escapes of characters that XML cannot hold, and the strings that cells share."""

from __future__ import annotations

import re
from array import array

from cityfolio.tables.readers.xml_parts import SEPARATOR, Depth
from cityfolio.tables.table import TableJob

NAMESPACES = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
ESCAPE = re.compile(r"_x([Dd][89ABab][0-9A-Fa-f]{2})__x([Dd][C-Fc-f][0-9A-Fa-f]{2})_|_x([0-9A-Fa-f]{4})_")
LONG_CHARACTERS = 1_000


def tags(*names: str) -> dict[str, str]:
    """What the parser calls elements of a spreadsheet, in both namespaces that there are, each with its own name."""
    return {f"{space}{SEPARATOR}{name}": name for space in NAMESPACES for name in names}


def unescaped(text: str) -> str:
    """Text with `_x000D_` and its like put back into characters, as ECMA-376 says (ST_Xstring).

    What would be half a character stays as it is written.
    """
    return ESCAPE.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    high, low, one = found.groups()
    if one is None:
        return bytes.fromhex(high + low).decode("utf-16-be")
    code = int(one, 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)


class SharedStrings:
    """The texts that cells name by number, packed: a sheet may have millions, and a Python text takes 50 bytes more."""

    __slots__ = ("_ends", "_long", "_packed")

    def __init__(self) -> None:
        self._packed = bytearray()
        self._ends = array("Q", (0,))
        self._long: dict[int, str] = {}   # kept whole: a million cells may name one, and must not hold it a million times

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, text: str) -> None:
        """Take the next text."""
        if len(text) > LONG_CHARACTERS:
            self._long[len(self)] = text
        else:
            self._packed += text.encode()
        self._ends.append(len(self._packed))

    def text(self, number: int) -> str:
        """The text of a number, counted from 0."""
        start, end = self._ends[number], self._ends[number + 1]
        return self._packed[start:end].decode() if start < end else self._long.get(number, "")


class StringHandlers:
    """Takes the parts of `sharedStrings.xml`: runs of rich text joined, readings of Asian characters (`rPh`) left out."""

    TAGS = tags("si", "t", "rPh")

    def __init__(self, job: TableJob) -> None:
        self.strings = SharedStrings()
        self.texts: list[str] = []
        self._runs: list[str] = []
        self._reading = False
        self._depth = Depth(job)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth.enter()
        tag = self.TAGS.get(name)
        if tag == "t":
            self.texts.clear()
        elif tag == "si":
            self._runs.clear()
        elif tag == "rPh":
            self._reading = True

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth.leave()
        tag = self.TAGS.get(name)
        if tag == "t" and not self._reading:
            self._runs += self.texts
        elif tag == "si":
            self.strings.add(unescaped("".join(self._runs)))
        elif tag == "rPh":
            self._reading = False
        self.texts.clear()
