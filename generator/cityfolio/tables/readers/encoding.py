"""Bytes to text: as declared, else UTF-8, else Windows' Western encoding with a warning. Nothing is guessed in silence."""

from __future__ import annotations

import codecs
import re

from cityfolio.frozen import Frozen
from cityfolio.problems import Problem
from cityfolio.tables.readers.lines import text_place
from cityfolio.tables.table import EXCERPT_CHARACTERS, Place, TableJob

UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
START = Place(line=1, column=1)
SAVE_AS = "Save the file as UTF-8, or declare its `encoding:`."
# Of these, any bytes make letters, so that a wrong declaration is met with wrong letters and no fault.
WESTERN = ("cp1252", "latin-1")
# ISO-2022-JP and its kin are ASCII to look at, with such a sequence before letters of two bytes.
SHIFTED = re.compile(rb"\x1b\$[@AB()]")
MAIL = "the file looks like ISO-2022-JP, an encoding made for mail, which is not read"
SAVE_AS_UTF_8 = "Save it as UTF-8."


class Decoded(Frozen, kw_only=True):
    """Text with the name of its encoding; None with the problem when the bytes are not what they should be."""

    text: str | None
    encoding: str = ""
    problems: tuple[Problem, ...] = ()


def decoded(body: bytes, job: TableJob) -> Decoded:
    """Decode a file. A byte order mark is accepted where it agrees with the encoding, and is no part of the text."""
    declared = job.file.encoding
    if declared is not None:
        return _as_declared(body, declared, job)
    if body.startswith(UTF_16_MARKS):
        return _refused(job, START, "the file looks like UTF-16, which has to be declared",
                        "Write `encoding: utf-16` in its entry, or save it as UTF-8.")
    if body.startswith(codecs.BOM_UTF8):
        return _as_declared(body, "utf-8", job)
    if b"\x1b" in body and (shifted := SHIFTED.search(body)):
        return _refused(job, _place_of(body, shifted.start(), "utf-8"), MAIL, SAVE_AS_UTF_8)
    try:
        return Decoded(text=body.decode(), encoding="utf-8")
    except UnicodeDecodeError as error:
        return _guessed(body, job, error)


def _as_declared(body: bytes, encoding: str, job: TableJob) -> Decoded:
    if encoding == "utf-16" and not body.startswith(UTF_16_MARKS):
        return _refused(job, START, "the file is declared as UTF-16 and has no byte order mark", SAVE_AS)
    if encoding in WESTERN and body.startswith(codecs.BOM_UTF8):
        return _refused(job, START, f"the file is declared as {encoding} and opens with the mark of UTF-8",
                        "Write `encoding: utf-8` in its entry.")
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        return _refused(job, _byte_place(body, error), f"{_byte(body, error)} is not {encoding.upper()}",
                        "Declare the encoding that the file is in, or save it again as UTF-8.")
    if encoding in WESTERN and not body.isascii() and _is_utf_8(body):
        at = next(number for number, letter in enumerate(text) if not letter.isascii())
        return Decoded(text=text, encoding=encoding, problems=(doubtful(text_place(text, at), encoding, job),))
    # For UTF-16 the decoder itself takes the mark away, and a second one would be text.
    return Decoded(text=text.removeprefix("\ufeff") if encoding == "utf-8" else text, encoding=encoding)


def doubtful(place: Place, encoding: str, job: TableJob) -> Problem:
    """A warning of a declaration that is hardly right, at the first letter beyond ASCII."""
    return Problem(code="csv-encoding-doubtful", where=job.location(place),
                   says=f"the file is declared as {encoding} and is valid UTF-8 from end to end, as {encoding} hardly ever is",
                   fix="Write `encoding: utf-8` in its entry, unless the letters come out right as they are.")


def _is_utf_8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guessed(body: bytes, job: TableJob, error: UnicodeDecodeError) -> Decoded:
    try:
        text = body.decode("cp1252")
    except UnicodeDecodeError as undefined:
        # Windows' Western encoding leaves five bytes undefined, so text in other encodings often ends up here.
        says = f"{_byte(body, error)} is not UTF-8, and {_byte(body, undefined)} is not Windows' Western encoding either"
        return _refused(job, _byte_place(body, error), says, SAVE_AS)
    warning = Problem(
        code="csv-encoding-guessed", where=job.location(text_place(text, error.start)),
        says=f"{_byte(body, error)} is not UTF-8, so the file was read as cp1252, Windows' Western encoding",
        fix="Write `encoding: cp1252` in its entry if the letters come out right, or save it as UTF-8.",
    )
    return Decoded(text=text, encoding="cp1252", problems=(warning,))


def _byte_place(body: bytes, error: UnicodeDecodeError) -> Place:
    """Where a byte lies, counted in characters of what stands before it."""
    return _place_of(body, error.start, "utf-16" if body.startswith(UTF_16_MARKS) else error.encoding)


def _place_of(body: bytes, at: int, encoding: str) -> Place:
    before = body[:at].decode(encoding, errors="replace").removeprefix("\ufeff")
    rest = body[at : at + EXCERPT_CHARACTERS].decode("ascii", errors="replace")
    return text_place(before + rest, len(before))


def _byte(body: bytes, error: UnicodeDecodeError) -> str:
    return f"byte 0x{body[error.start]:02X} (byte {error.start + 1:,} of the file)"


def _refused(job: TableJob, place: Place, says: str, fix: str) -> Decoded:
    return Decoded(text=None, problems=(Problem(code="csv-encoding", where=job.location(place), says=says, fix=fix),))
