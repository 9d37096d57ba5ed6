"""The text of a JSON file, read a piece at a time, so that a file of any length can be gone through in bounded memory.

Only the value that is being read and what happened to be read with it are held. A number comes as its digits: what a file
says is 1.10 is never 1.1, and no whole number is too long.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, BinaryIO

from cityfolio.frozen import replace
from cityfolio.tables.readers import json_faults
from cityfolio.tables.readers.json_faults import MOST_DEPTH, Fault, Member
from cityfolio.tables.readers.lines import text_place
from cityfolio.tables.table import EXCERPT_CHARACTERS, Place, TableJob, Unreadable
from cityfolio.tables.types import INTEGER, NUMBER

PIECE_BYTES = 1 << 18
LIMIT_VALUE = 64 << 20        # characters of one record: a district's border has a million at most
CUT_SHORT = 16                # a fault so near to the end of what was read may only be a word that goes on
SPACE = re.compile(r"[ \t\r\n]*+")
# A backslash that is itself written with one may be taken for half a character; that is looked at again.
HALF = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]")


class Digits(str):
    """A number as it is written."""

    __slots__ = ()


class Whole(Digits):
    """A number without a point or an exponent."""

    __slots__ = ()


class Fraction(Digits):
    """A number with a point or an exponent."""

    __slots__ = ()


class Unwieldy(Digits):
    """A number that is longer than any type can hold, and stays text."""

    __slots__ = ()


class _Strange(Exception):
    """Something that Python would read and JSON does not allow."""


def _whole(digits: str) -> Digits:
    return Whole(digits) if len(digits) < 1_000 or INTEGER.fullmatch(digits) else Unwieldy(digits)


def _fraction(digits: str) -> Digits:
    return Fraction(digits) if NUMBER.fullmatch(digits) else Unwieldy(digits)


def _constant(name: str) -> None:
    raise _Strange(name)


# Any, here and below: a value of JSON may be of any kind, and each caller asks for the one it needs.
def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Strange("repeated")
    return made


DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_whole, parse_float=_fraction, parse_constant=_constant)


class JsonText:
    """A place in a JSON file that moves forward. `start` is where the value last read begins in `text`."""

    def __init__(self, stream: BinaryIO, job: TableJob) -> None:
        stream.seek(0)
        self.text, self.at, self.start = "", 0, 0
        self.breaks = 0                            # line ends passed over by the last `space`
        self.job, self._stream = job, stream
        self._members: dict[int, dict[str, Member]] = {}
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._bytes, self._ended = 0, False
        # Of what was let go: the line it ended in, how much of that line it had, and the first characters of it.
        self._line, self._gone, self._line_before = 1, 0, ""
        self._more()
        self.at = int(self.text.startswith("\ufeff"))
        self._forget()
        self._gone, self._line_before = 0, ""      # a byte order mark is no character of the first line

    def space(self) -> str:
        """Pass over spaces and line ends. The character that follows; "" at the end of the file."""
        self.breaks = 0
        while True:
            found = SPACE.match(self.text, self.at)
            end = found.end() if found else self.at
            if end > self.at:
                passed = self.text[self.at : end]
                self.breaks += passed.count("\n") + passed.count("\r") - passed.count("\r\n")
                self.at = end
            if self.at < len(self.text):
                return self.text[self.at]
            if not self._more():
                return ""

    def value(self) -> Any:
        """Read the value that begins here."""
        while True:
            try:
                made, end = DECODER.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if self._may_go_on(error):
                    self._more()
                    continue
                raise self.refusal(json_faults.broken(self.text, self.at, error)) from None
            except (_Strange, RecursionError):
                raise self._strange() from None
            # A number that ends with what was read may go on.
            if end == len(self.text) and not self._ended:
                self._more()
                continue
            self.start, self.at = self.at, end
            self._members.clear()
            self._refuse_halves_and_depth(made)
            return made

    def members(self, start: int) -> dict[str, Member]:
        """Where the members of an object stand, which is the value just read or a part of it."""
        # A record may have thousands of new names, and is not searched for each of them.
        if start not in self._members:
            self._members[start] = json_faults.members(self.text, start)
        return self._members[start]

    def place(self, start: int, end: int | None = None) -> Place:
        """The line and column of an offset in `text`."""
        lead = len(self._line_before)
        stop = None if end is None else end + lead
        found = text_place(self._line_before + self.text, start + lead, stop, above=self._line - 1)
        lost = self._gone - lead
        return replace(found, column=found.column + lost) if found.line == self._line else found

    def refusal(self, fault: Fault, code: str = "table-syntax") -> Unreadable:
        """The end of reading, for a fault whose place is counted in `text`."""
        says = fault.discreet if fault.discreet and self.job.hides_values else fault.says
        return self.job.refusal(self.place(fault.start, fault.end), code, says, fault.fix)

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        cut = error.msg.startswith("Unterminated string") or error.pos >= len(self.text) - CUT_SHORT
        return cut and not self._ended

    def _strange(self) -> Unreadable:
        fault = json_faults.first(self.text, self.at)
        if fault is None:
            raise AssertionError("JSON was refused without a reason")
        return self.refusal(fault)

    def _refuse_halves_and_depth(self, made: Any) -> None:
        text, span = self.text, (self.start, self.at)
        halves = text.find("\\u", *span) >= 0 and HALF.search(text, *span)
        # Few records have so many brackets, and only these can be so deep.
        if halves or (text.count("[", *span) + text.count("{", *span) > MOST_DEPTH and _is_deep(made)):
            fault = json_faults.first(text, self.start)
            if fault is not None:
                raise self.refusal(fault)

    def _more(self) -> bool:
        """Read on; whether there was anything."""
        if self._ended:
            return False
        self._forget()
        if len(self.text) > LIMIT_VALUE:
            raise self.job.refusal(self.place(0), "file-large", f"the value that begins here is longer than {LIMIT_VALUE:,} "
                                    "characters, the most that can be read", "Divide it into records.")
        # As much again as is held, so that a long value is not tried too often.
        piece = self._decoded(max(PIECE_BYTES, len(self.text)))
        while piece.endswith("\r") and not self._ended:   # CR LF is one line end, and is not taken apart
            piece += self._decoded(1)
        self.text += piece
        return bool(piece)

    def _decoded(self, size: int) -> str:
        body = self._stream.read(size)
        self._bytes += len(body)
        self._ended = not body
        try:
            return self._decoder.decode(body, final=not body)
        except UnicodeDecodeError as error:
            self.text += error.object[: error.start].decode()
            number = self._bytes - len(error.object) + error.start + 1
            says = f"byte 0x{error.object[error.start]:02X} (byte {number:,} of the file) is not UTF-8"
            raise self.refusal(Fault(len(self.text), len(self.text) + 1, says, "Save the file as UTF-8.")) from None

    def _forget(self) -> None:
        """Let go of what was read, but for what tells where it stood."""
        self._members.clear()
        passed = self.text[: self.at]
        self.text, self.at = self.text[self.at :], 0
        self._line += passed.count("\n") + passed.count("\r") - passed.count("\r\n")
        ended = max(passed.rfind("\n"), passed.rfind("\r"))
        if ended >= 0:
            self._gone, self._line_before = 0, ""
        self._gone += len(passed) - ended - 1
        self._line_before = (self._line_before + passed[ended + 1 : ended + 1 + EXCERPT_CHARACTERS])[:EXCERPT_CHARACTERS]


def _is_deep(value: Any, left: int = MOST_DEPTH) -> bool:
    """Whether lists and objects stand in each other more often than is allowed."""
    if not left:
        return True
    items = value.values() if isinstance(value, dict) else value
    return any(isinstance(item, (dict, list)) and _is_deep(item, left - 1) for item in items)
