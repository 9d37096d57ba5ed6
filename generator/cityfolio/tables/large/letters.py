"""Arrow's texts as numpy sees them: where each begins, how long it is, which letters occur, a number that stands for it."""

from __future__ import annotations

from typing import TypeAlias, cast

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from cityfolio.arrow_alone import pa
from cityfolio.frozen import Frozen

Ints: TypeAlias = NDArray[np.int64]
Words: TypeAlias = NDArray[np.uint64]
Truths: TypeAlias = NDArray[np.bool_]
WORD = 8
AT_ONCE = 1 << 13             # texts, so that what is worked on stays in the processor's own memory
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)   # 2 to the 64 by the golden ratio, odd (Knuth, TAOCP 6.4)
MIXER = np.uint64(0xD6E8FEB86659FD93)
HALF = np.uint64(32)
NOTHING = np.uint64(0x5BD1E9955BD1E995)       # stands for a cell without a value
MASKS = np.array([(1 << 8 * length) - 1 for length in range(WORD + 1)], np.uint64)


class Letters(Frozen):
    """The bytes of some texts, one after the other, and where each begins and ends."""

    body: NDArray[np.uint8]
    starts: Ints
    ends: Ints

    @property
    def lengths(self) -> Ints:
        """How many bytes each text has."""
        return self.ends - self.starts

    def are_only(self, allowed: bytes) -> bool:
        """Whether no other bytes than these occur in any text."""
        if not len(self.starts):
            return True
        table = np.zeros(256, np.bool_)
        table[list(allowed)] = True
        return bool(table[self.body[self.starts[0] : self.ends[-1]]].all())


def letters(texts: pa.StringArray) -> Letters:
    """The letters of texts without nulls; nothing is copied."""
    _, offsets, data = texts.buffers()
    if not len(texts) or offsets is None:
        return Letters(np.zeros(0, np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64))
    places = np.frombuffer(memoryview(offsets), np.int32)[texts.offset : texts.offset + len(texts) + 1].astype(np.int64)
    body = np.frombuffer(memoryview(data), np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
    return Letters(body, places[:-1], places[1:])


def fingerprints(texts: pa.StringArray) -> Words:
    """A number of 64 bits for each text. Equal texts have equal numbers; two different ones hardly ever do.

    Among 10 million texts the chance that any two share a number is 3 in a million. The bytes are taken eight at a time,
    each time multiplied and folded, as FNV-1a does by bytes; the end is that of MurmurHash3.
    """
    found = letters(texts)
    words, marks = _words(found.body), np.empty(len(texts), np.uint64)
    for start in range(0, len(texts), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        marks[some] = _marks(words, found.starts[some], found.lengths[some])
    if texts.null_count:
        marks[texts.is_null().to_numpy(zero_copy_only=False)] = NOTHING
    return marks


def _marks(words: Words, at: Ints, left: Ints) -> Words:
    marks = (left + 1).view(np.uint64) * MULTIPLIER
    rest: Ints | None = None      # which texts have letters left; None: all
    while len(at):
        word = _words_at(words, at)
        if not (left >= WORD).all():
            word &= MASKS[np.minimum(left, WORD)]
        if rest is None:
            _fold(marks, word)
        else:
            folded = marks[rest]
            _fold(folded, word)
            marks[rest] = folded
        longer = np.flatnonzero(left > WORD)
        if len(longer) < len(left):
            rest = longer if rest is None else rest[longer]
            at, left = at[longer], left[longer]
        at, left = at + WORD, left - WORD
    return mixed(marks)


def _fold(marks: Words, words: Words) -> None:
    marks ^= words
    marks *= MULTIPLIER
    marks ^= marks >> HALF


def mixed(marks: Words) -> Words:
    """Numbers spread over all 64 bits, different ones to different places."""
    marks = marks ^ (marks >> HALF)
    marks *= MIXER
    marks ^= marks >> HALF
    return marks


def _words(body: NDArray[np.uint8]) -> Words:
    """The eight bytes that begin at each byte of which there are as many left, as one number each; nothing is copied."""
    if len(body) < WORD:
        body = np.append(body, np.zeros(WORD, np.uint8))
    return np.lib.stride_tricks.as_strided(body[:WORD].view("<u8"), shape=(len(body) - WORD + 1,), strides=(1,),
                                           writeable=False)


def _words_at(words: Words, at: Ints) -> Words:
    if at[-1] < len(words):
        return words[at]
    # At the end of the buffer the last whole word is taken, and moved to where the text begins.
    near = np.minimum(at, len(words) - 1)
    moved: Words = words[near] >> ((at - near) * WORD).view(np.uint64)
    return moved


def different(texts: pa.StringArray) -> list[str]:
    """Each text once, of texts without nulls."""
    return cast("list[str]", pc.unique(texts).to_pylist())


def counted(texts: pa.StringArray) -> dict[str, int]:
    """How often each text occurs, of texts without nulls."""
    found = pc.value_counts(texts)
    values = cast("list[str]", found.field("values").to_pylist())
    return dict(zip(values, cast("list[int]", found.field("counts").to_pylist()), strict=True))
