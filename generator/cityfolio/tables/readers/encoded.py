"""The encoding of a file too large to be held, by the same rules as of a small one, and its text as UTF-8 in pieces."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from cityfolio.frozen import Frozen
from cityfolio.problems import Problem
from cityfolio.tables.readers.encoding import MAIL, SAVE_AS, SAVE_AS_UTF_8, SHIFTED, UTF_16_MARKS, WESTERN, doubtful
from cityfolio.tables.table import Place, TableJob

PIECE_BYTES = 8 << 20


class Encoded(Frozen, kw_only=True):
    """How a file is encoded."""

    name: str
    mark: bytes = b""             # the byte order mark it opens with
    problems: tuple[Problem, ...] = ()


def encoded(stream: BinaryIO, job: TableJob) -> Encoded:
    """Settle the encoding of a whole file. Raises Unreadable where it is not in the one that is declared, or in none."""
    start = stream.read(4)
    declared = job.file.encoding
    if declared is None and start.startswith(UTF_16_MARKS):
        raise _refusal(job, Place(line=1, column=1), "the file looks like UTF-16, which has to be declared",
                       "Write `encoding: utf-16` in its entry, or save it as UTF-8.")
    if declared == "utf-16" and not start.startswith(UTF_16_MARKS):
        raise _refusal(job, Place(line=1, column=1), "the file is declared as UTF-16 and has no byte order mark", SAVE_AS)
    if declared in WESTERN and start.startswith(codecs.BOM_UTF8):
        raise _refusal(job, Place(line=1, column=1), f"the file is declared as {declared} and opens with the mark of UTF-8",
                       "Write `encoding: utf-8` in its entry.")
    mark = codecs.BOM_UTF8 if start.startswith(codecs.BOM_UTF8) else b""
    wrong = _first_wrong(stream, declared or "utf-8", job)
    if wrong is None and declared in WESTERN:
        return Encoded(name=declared, problems=_doubts(stream, declared, job))
    if wrong is None:
        return Encoded(name=declared or "utf-8", mark=mark)
    if declared is not None or mark:
        raise _refusal(job, wrong.place, f"{wrong.byte} is not {(declared or 'utf-8').upper()}",
                       "Declare the encoding that the file is in, or save it again as UTF-8.")
    undefined = _first_wrong(stream, "cp1252", job)
    if undefined is not None:
        raise _refusal(job, wrong.place, f"{wrong.byte} is not UTF-8, and {undefined.byte} is not Windows' Western encoding "
                       "either", SAVE_AS)
    warning = Problem(
        code="csv-encoding-guessed", where=job.location(wrong.place),
        says=f"{wrong.byte} is not UTF-8, so the file was read as cp1252, Windows' Western encoding",
        fix="Write `encoding: cp1252` in its entry if the letters come out right, or save it as UTF-8.",
    )
    return Encoded(name="cp1252", problems=(warning,))


def in_utf8(stream: BinaryIO, encoding: Encoded, size: int) -> Iterator[bytes]:
    """A file as UTF-8, from its start, without its byte order mark, in pieces of about `size` bytes."""
    stream.seek(len(encoding.mark))
    if encoding.name == "utf-8":
        while piece := stream.read(size):
            yield piece
        return
    decoder = codecs.getincrementaldecoder(encoding.name)()
    while piece := stream.read(size):
        if text := decoder.decode(piece):
            yield text.encode()
    if text := decoder.decode(b"", final=True):
        yield text.encode()


class _Wrong(Frozen):
    place: Place
    byte: str


def _first_wrong(stream: BinaryIO, name: str, job: TableJob) -> _Wrong | None:
    """The first byte that is not of an encoding, with the line it stands in."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(name)()
    before, lines = 0, 1
    while True:
        piece = stream.read(PIECE_BYTES)
        if job.file.encoding is None and b"\x1b" in piece and (shifted := SHIFTED.search(piece)):
            raise _refusal(job, Place(line=lines + piece.count(b"\n", 0, shifted.start()), column=1), MAIL, SAVE_AS_UTF_8)
        if name != "utf-16" and (at := piece.find(0)) >= 0:   # told at once, and not after gigabytes of them
            raise job.refusal(Place(line=lines + piece.count(b"\n", 0, at), column=1), "csv-nul",
                              "the file holds a NUL character, which no text has",
                              "Export it again; if it is UTF-16, write `encoding: utf-16` in its entry.")
        if piece.isascii() and name != "utf-16" and not decoder.getstate()[0]:
            before += len(piece)
            lines += piece.count(b"\n")
            if not piece:
                return None
            continue
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            at = before - waiting + error.start
            lines += error.object[: error.start].count(b"\n")
            return _Wrong(Place(line=lines, column=1), f"byte 0x{error.object[error.start]:02X} (byte {at + 1:,} of the file)")
        if not piece:
            return None
        before += len(piece)
        lines += piece.count(b"\n")


def _doubts(stream: BinaryIO, declared: str, job: TableJob) -> tuple[Problem, ...]:
    """A warning where a file that is declared as a Western encoding is valid UTF-8 from end to end."""
    beyond = _first_wrong(stream, "ascii", job)
    if beyond is None or _first_wrong(stream, "utf-8", job) is not None:
        return ()
    return (doubtful(beyond.place, declared, job),)


def _refusal(job: TableJob, place: Place, says: str, fix: str) -> Exception:
    return job.refusal(place, "csv-encoding", says, fix)
