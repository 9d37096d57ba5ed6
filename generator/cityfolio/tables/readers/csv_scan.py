"""The rules of RFC 4180 over blocks of bytes, for files too large to be looked at letter by letter.

numpy finds the marks that give a file its structure: delimiters, line ends and quotation marks. What they say is checked
before anything is read, so that Arrow's reader, which would mend some faults in silence, meets none. Where a mark stands inside
a field that does not begin with one, a block is looked at letter by letter after all.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import cast

import numpy as np
from numpy.typing import NDArray

from cityfolio.frozen import Frozen
from cityfolio.tables.readers.lines import LINE_END, grammar

LF, CR, QUOTE = 10, 13, 34
MOST_RECORD_BYTES = 16 << 20      # a mark that is never closed would make one record of the rest of the file
MOST_ENDS = 1 << 20               # line ends that are held together
SUSPICIOUS_BYTES = 8 << 20        # so much of one record is first taken for a mark inside a field
UNCLOSED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"?')
Offsets = NDArray[np.int64]


class Block(Frozen):
    """Whole records of a file, in UTF-8, that follow the rules; the last ends in a line end."""

    body: bytes
    records: int
    has_quotes: bool
    ends: Offsets                 # of the line end of each record
    has_marks: bool = False       # some inside fields that do not begin with one


class Broken(Exception):
    """A block does not follow the rules. It carries the block, from which the caller tells what is wrong."""

    def __init__(self, body: bytes) -> None:
        super().__init__("a block does not follow the rules")
        self.body = body


def blocks(pieces: Iterable[bytes], delimiter: str, width: int) -> Iterator[Block]:
    """Cut a file into blocks of whole records, each of `width` fields. Raises Broken with the first that is not so.

    Line ends at the end of the file count for nothing, as in a file that is read whole.
    """
    rest, patience = b"", SUSPICIOUS_BYTES
    for piece, is_last in _without_last_lines(pieces):
        body = rest + piece
        block, rest = _sound_block(body, delimiter, width, is_last=is_last)
        if len(rest) > min(patience, MOST_RECORD_BYTES) or (rest and is_last):
            if block is not None:
                yield block
            block, rest = _odd_block(rest, delimiter, width, is_last=is_last)
            patience = SUSPICIOUS_BYTES if block else patience * 2
        if block is not None:
            yield block
        if len(rest) > MOST_RECORD_BYTES or (rest and is_last):
            raise Broken(rest)


def _sound_block(body: bytes, delimiter: str, width: int, *, is_last: bool) -> tuple[Block | None, bytes]:
    """The whole records of a body, and what is left of it."""
    marks = _marks(body, delimiter, is_last=is_last)
    if not marks.records:
        return None, body
    whole = body[: marks.end]
    if not _is_sound(whole, marks, delimiter, width):
        return _odd_block(body, delimiter, width, is_last=is_last)
    return Block(whole, marks.records, marks.has_quotes, marks.at[marks.is_end]), body[marks.end:]


def _odd_block(body: bytes, delimiter: str, width: int, *, is_last: bool) -> tuple[Block | None, bytes]:
    """The same, letter by letter. Raises Broken where the rules are not kept."""
    last = len(body) - (0 if is_last else 1)   # an LF may follow a CR
    end = max(body.rfind(b"\n"), body.rfind(b"\r", 0, last)) + 1
    text = body[:end].decode()
    record, at, ends = grammar(delimiter).record, 0, list[int]()
    while True:
        stop = cast("re.Match[str]", record.match(text, at)).end()
        ended = LINE_END.match(text, stop)
        if ended is None or len(next(csv.reader([text[at:stop]], delimiter=delimiter), [""])) != width:
            break
        at = ended.end()
        ends.append(at)
    # The text is cut at a line end that may lie inside a quoted field: what is left of it then is a field that is still open.
    if ended is not None or (stop < len(text) and not UNCLOSED.fullmatch(text[stop:])):
        raise Broken(body[:end])
    whole = text[:at].encode()
    if not ends:
        return None, body
    sizes = np.cumsum([len(text[start:stop].encode()) for start, stop in zip([0, *ends], ends, strict=False)])
    return Block(whole, len(ends), True, sizes - 1, has_marks=True), body[len(whole):]


def _without_last_lines(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The pieces, with the line ends behind the last record made one. True marks the last piece."""
    held, ends = b"", b""
    for piece in pieces:
        text = piece.rstrip(b"\r\n")
        if not text:
            ends += piece
            continue
        if held:
            yield held, False
        # A long run of line ends is looked at in parts, as any other text is.
        while len(ends) > MOST_ENDS:
            yield ends[:MOST_ENDS], False
            ends = ends[MOST_ENDS:]
        held, ends = ends + text, piece[len(text):]
    if held:
        yield held + b"\n", True


class _Marks(Frozen):
    at: Offsets                   # delimiters and line ends outside quotation marks, up to `end`
    is_end: NDArray[np.bool_]     # which of them are line ends
    quotes: Offsets
    end: int                      # behind the last line end
    records: int
    has_quotes: bool


def _marks(body: bytes, delimiter: str, *, is_last: bool) -> _Marks:
    letters = np.frombuffer(body, np.uint8)
    has_quotes = b'"' in body
    at = np.flatnonzero(_table(delimiter, quotes=has_quotes)[letters])
    kind = letters[at]
    quotes = at[:0]
    if has_quotes:
        is_quote = kind == QUOTE
        quotes = at[is_quote]
        outside = ~(np.bitwise_xor.accumulate(is_quote) | is_quote)
        at, kind = at[outside], kind[outside]
    is_end = kind != ord(delimiter)
    if b"\r" in body:
        # A CR before an LF is a part of one line end.
        paired = np.zeros(len(at), np.bool_)
        paired[:-1] = (kind[:-1] == CR) & (kind[1:] == LF) & (at[1:] == at[:-1] + 1)
        at, is_end, kind = at[~paired], is_end[~paired], kind[~paired]
    ends = np.flatnonzero(is_end)
    if len(ends) and not is_last and kind[ends[-1]] == CR and at[ends[-1]] == len(body) - 1:
        ends = ends[:-1]   # an LF may follow
    count = int(ends[-1]) + 1 if len(ends) else 0
    end = int(at[count - 1]) + 1 if count else 0
    return _Marks(at[:count], is_end[:count], quotes[: np.searchsorted(quotes, end)], end, len(ends), has_quotes)


def _table(delimiter: str, *, quotes: bool) -> NDArray[np.bool_]:
    wanted = np.zeros(256, np.bool_)
    wanted[[ord(delimiter), LF, CR, *([QUOTE] if quotes else [])]] = True
    return wanted


def _is_sound(body: bytes, marks: _Marks, delimiter: str, width: int) -> bool:
    if len(marks.at) != marks.records * width:
        return False
    square = marks.is_end.reshape(-1, width)
    return bool(square[:, -1].all()) and not square[:, :-1].any() and _are_quotes_sound(body, marks.quotes, delimiter)


def _are_quotes_sound(body: bytes, quotes: Offsets, delimiter: str) -> bool:
    """Whether each mark opens a field, closes one, or is one of two inside one.

    In pairs from the first, a mark opens and a mark closes. Two marks inside a field read as closing it and opening it anew.
    """
    if not len(quotes):
        return True
    letters = np.frombuffer(body, np.uint8)
    beside = _table(delimiter, quotes=True)
    opening, closing = quotes[0::2], quotes[1::2]
    first = int(opening[0] == 0)
    return bool(beside[letters[opening[first:] - 1]].all() and beside[letters[closing + 1]].all())
