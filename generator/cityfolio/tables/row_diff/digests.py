"""Numbers that stand for cells and for rows of cells: equal texts have equal ones, different texts hardly ever.

A cell has one number of 64 bits or two, made in two ways of the same letters (two lanes). Rows are known by two, of 128 bits:
the chance that among n rows any two different ones are taken for one is n * n / 2**129, of ten million rows 1.5e-25. Whether a
cell of a row that is in both tables has changed is told by 64 bits, of one cell against one: one change of 1.8e19 is missed.

The numbers are no seal: somebody who knows where they start could make two texts of one number. So where they start is taken
from the SHA-256 of the two files, where the caller gives them, which no text can be made to fit that is in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from cityfolio.arrow_alone import pa
from cityfolio.tables.large.letters import AT_ONCE, HALF, MASKS, WORD, Ints, Letters, Words, letters

# Odd numbers with about as many ones as zeros: the golden ratio's (Knuth, TAOCP 6.4), and the second prime of xxHash64.
MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
FINISHERS, FINISH_BITS = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)), np.uint64(33)
LONG = 256                    # bytes from which a text is hashed by itself: gone through by words, it would hold up all others
VERSION = b"row-diff-1"
Lane = tuple[np.uint64, np.uint64]    # where it starts, and its multiplier
Matrix = NDArray[np.uint64]   # of rows by columns


def lanes(seals: Sequence[str]) -> tuple[Lane, Lane]:
    """The two lanes for files of some SHA-256."""
    starts = np.frombuffer(blake2b("\n".join(seals).encode(), digest_size=16, person=VERSION).digest(), "<u8")
    return (starts[0], MULTIPLIERS[0]), (starts[1], MULTIPLIERS[1])


def blank(lane: Lane) -> np.uint64:
    """What stands for a cell without a value."""
    return np.uint64(~lane[0])


def cell_digests(texts: pa.StringArray, lane: Lane, *, blanks: bool) -> Words:
    """The numbers of cells in one lane; with `blanks` an empty text is no value."""
    found = letters(texts)
    marks = np.empty(len(texts), np.uint64)
    if len(texts):
        lengths = found.lengths
        words = _words(found.body)
        for start in range(0, len(texts), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            marks[some] = _marks(words, found.starts[some], np.minimum(lengths[some], LONG), lane)
        _seal_long(found, np.flatnonzero(lengths > LONG), marks, lane)
        if blanks:
            marks[lengths == 0] = blank(lane)
    if texts.null_count:
        marks[texts.is_null().to_numpy(zero_copy_only=False)] = blank(lane)
    return marks


def _seal_long(found: Letters, places: Ints, marks: Words, lane: Lane) -> None:
    key, body = np.array(lane, np.uint64).tobytes(), found.body.data
    for at in places.tolist():
        text = body[int(found.starts[at]) : int(found.ends[at])]
        marks[at] = int.from_bytes(blake2b(text, digest_size=WORD, key=key).digest(), "little")


def _marks(words: Words, at: Ints, left: Ints, lane: Lane) -> Words:
    """Texts taken eight letters at a time, each time multiplied and folded; a text that has ended is left alone."""
    marks = np.full(len(at), lane[0]) ^ (left.astype(np.uint64) * lane[1])
    rest = np.flatnonzero(left > 0)
    while len(rest):
        here, length = at[rest], left[rest]
        folded = (marks[rest] ^ (words[here] & MASKS[np.minimum(length, WORD)])) * lane[1]
        marks[rest] = folded ^ (folded >> HALF)
        at, left = at + WORD, left - WORD
        rest = rest[length > WORD]
    return _finished(marks)


def _words(body: NDArray[np.uint8]) -> Words:
    """The eight bytes that begin at each byte, as one number each; behind the last byte stand zeros."""
    padded = np.concatenate((body, np.zeros(WORD, np.uint8)))
    return np.lib.stride_tricks.as_strided(padded[:WORD].view("<u8"), shape=(len(body),), strides=(1,), writeable=False)


def _finished(marks: Words) -> Words:
    """Numbers spread over all 64 bits, each bit of one telling on each of the other: the end of MurmurHash3."""
    marks = marks ^ (marks >> FINISH_BITS)
    for multiplier in FINISHERS:
        marks *= multiplier
        marks ^= marks >> FINISH_BITS
    return marks


def row_digests(cells: Iterable[Words], lane: Lane, rows: int) -> Words:
    """One number for each row, from those of its cells."""
    marks = np.full(rows, lane[0])
    for column in cells:
        marks ^= column
        marks *= lane[1]
        marks ^= marks >> HALF
    return _finished(marks)
