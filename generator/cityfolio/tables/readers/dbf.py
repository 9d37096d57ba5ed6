"""The attributes of a shapefile (dBase III): each value as the text that stands in its field.

Read by hand, because what a number of twenty digits becomes by way of a binary number is another number, and because a
library takes text of an encoding that is not told for Western letters without a word.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator

from cityfolio.frozen import Frozen
from cityfolio.model.records import ColumnType
from cityfolio.tables.readers.layers import START
from cityfolio.tables.table import Cell, Place, TableJob

HEADER_BYTES, FIELD_BYTES = 32, 32
END_OF_FIELDS = 0x0D
DELETED = ord("*")
# The byte that names a code page, for those that Python knows by the same rules.
CODE_PAGES = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x08: "cp865", 0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252",
              0x64: "cp852", 0x65: "cp866", 0x66: "cp865", 0xC8: "cp1250", 0xC9: "cp1251", 0xCA: "cp1254", 0xCB: "cp1253"}
# What a .cpg file may name, as Python calls it. Python has other codecs, which make no letters of bytes.
ENCODINGS = frozenset((
    "ascii", "utf-8", *(f"cp{page}" for page in (
        437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932, 949, 950,
        *range(1250, 1259))),
    *(f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))), "koi8-r", "koi8-u", "mac-roman", "mac-latin2",
    "mac-cyrillic", "mac-greek", "mac-turkish", "big5", "gb2312", "gbk", "gb18030", "euc_jp", "euc_kr", "shift_jis", "johab",
))
DAMAGED = "Export it again; it may have been cut short."
LOGICAL = {"T": "true", "t": "true", "Y": "true", "y": "true", "F": "false", "f": "false", "N": "false", "n": "false"}


class Field(Frozen, kw_only=True):
    """A field of each record."""

    name: str
    letter: str                   # of its type: C text, N and F numbers, D a day, L true or false
    start: int
    end: int
    decimals: int

    @property
    def kind(self) -> ColumnType:
        """What its values are."""
        if self.letter in "NF":
            return "number" if self.decimals or self.letter == "F" else "integer"
        return {"D": "date", "L": "boolean"}.get(self.letter, "string")  # type: ignore[return-value]


class Attributes:
    """A table of attributes."""

    def __init__(self, body: bytes, encoding: str | None, job: TableJob) -> None:
        self._body, self._job = body, job
        if len(body) < HEADER_BYTES + 1:
            raise self._refusal("the table of attributes (.dbf) is cut short", DAMAGED)
        self._count: int
        self._count, self._first, self._length = struct.unpack_from("<IHH", body, 4)
        if self._first < HEADER_BYTES + 1 or self._length < 1 or self._first + self._count * self._length > len(body):
            raise self._refusal("the table of attributes (.dbf) is cut short", DAMAGED)
        self.encoding = self._known(encoding or CODE_PAGES.get(body[29]))
        self.fields = tuple(self._fields())

    def __len__(self) -> int:
        return self._count

    def rows(self) -> Iterator[list[Cell] | None]:
        """The records, each as its values; None for one that is marked as deleted."""
        for number in range(self._count):
            start = self._first + number * self._length
            is_deleted = self._body[start] == DELETED
            yield None if is_deleted else [self._cell(field, start, number) for field in self.fields]

    def _fields(self) -> Iterator[Field]:
        at, start = HEADER_BYTES, 1
        while at < self._first and self._body[at] != END_OF_FIELDS:
            if at + FIELD_BYTES > self._first:
                raise self._refusal("the table of attributes (.dbf) is cut short", DAMAGED)
            name = self._text(self._body[at : at + 11].split(b"\0")[0], START)
            letter, length, decimals = chr(self._body[at + 11]), self._body[at + 16], self._body[at + 17]
            if letter == "C":
                length, decimals = length + 256 * decimals, 0   # how texts of more than 255 bytes are told
            if letter not in "CNFDL":
                raise self._job.refusal(START, "table-shape", f"field `{name}` is of the type {letter!r}, which is not read",
                                        "Export it as text, a number or a date.")
            yield Field(name=name, letter=letter, start=start, end=start + length, decimals=decimals)
            at, start = at + FIELD_BYTES, start + length
        if start > self._length:
            raise self._refusal("the fields of its attributes (.dbf) are longer than its records", DAMAGED)

    def _cell(self, field: Field, start: int, row: int) -> Cell:
        given = self._body[start + field.start : start + field.end]
        if field.letter == "C":
            # Fields are filled up with spaces, so those at the end are no part of a text; and there is no empty text.
            return self._text(given.rstrip(b"\0 "), Place(line=row + 1, column=1)) or None
        text = self._text(given.strip(b"\0 "), Place(line=row + 1, column=1))
        if field.letter in "NF":
            return text if text.strip("*") else None      # stars are how a number that is not known is written
        if field.letter == "L":
            return LOGICAL.get(text, None if text in ("", "?") else text)
        return _day(text)

    def _text(self, given: bytes, place: Place) -> str:
        if given.isascii():
            return given.decode("ascii")
        if self.encoding is None:
            raise self._job.refusal(place, "table-syntax", "the attributes (.dbf) hold letters beyond ASCII, and nothing says "
                                    "in which encoding", "Write its `encoding:` in the entry, or add a .cpg file.")
        try:
            return given.decode(self.encoding)
        except UnicodeDecodeError as error:
            byte = given[error.start]
            raise self._job.refusal(place, "table-syntax", f"byte 0x{byte:02X} of the attributes (.dbf) is not {self.encoding}",
                                    "Write the `encoding:` it is in in the entry, or correct the .cpg file.") from None

    def _known(self, encoding: str | None) -> str | None:
        if encoding is None:
            return None
        try:
            name = codecs.lookup(encoding).name
        except (LookupError, ValueError):   # the latter for a NUL character
            name = ""
        if name not in ENCODINGS:
            raise self._refusal(f"the encoding `{encoding[:40]}` of its .cpg file is not known",
                                "Write its `encoding:` in the entry.")
        return name

    def _refusal(self, says: str, fix: str) -> Exception:
        return self._job.refusal(START, "table-syntax", says, fix)


def _day(text: str) -> Cell:
    if len(text) == 8 and text.isdigit():
        return None if text == "00000000" else f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text or None
