"""Sorted words in shards, each with the lists of its words: what a browser fetches for a question.

A shard is a run of the sorted words. Words of one stem share one list of postings, which stands with the first of them in the
shard; so a browser needs no rules for stems. A stem whose words fall into two shards has its list in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cityfolio.annex import Laid
from cityfolio.frozen import Frozen
from cityfolio.search.byte_lists import ByteLists
from cityfolio.search.coding import Columns, front_coded, varint, varints
from cityfolio.search.lexicon import Lists
from cityfolio.search.occurrences import Numbers
from cityfolio.search.runs import stretches
from cityfolio.search.sorting import order_of

__all__ = ["SHARD_BYTES", "Shard", "place_files", "shards", "spelling_shards"]

SHARD_BYTES = 4_096           # before compression
MOST_SHARDS, MOST_SPELLING = 2_700, 450       # files; shards grow where there would be more
LONG_LIST = 1_024             # bytes
FEW_SHARDS, PLACES_TOGETHER = 1_000, 8        # with more than a few, eight shards have their places in one file
LOOKED_AT = 512               # words, to see where a shard ends
SPELLING_WORDS = 256


class Shard(Frozen, kw_only=True):
    """A run of words as two files: the lists, and the places that only a quoted phrase needs."""

    first: str
    last: str
    columns: Columns
    places: bytes


class Spelling(Frozen, kw_only=True):
    """A run of backward words as a file."""

    first: str
    last: str
    columns: Columns


class _Kin(Frozen):
    """For each word the one before it that has the same list, -1 for none; and the last that has."""

    before: Numbers
    last: Numbers


def shards(words: Sequence[str], terms: Numbers, lists: Lists) -> Iterator[Shard]:
    """Cut the sorted words, each with its term, into shards."""
    if not words:
        return
    kin = _kin(terms)
    cuts = np.array(_cuts(np.array(list(map(len, words))), terms, lists, kin))
    heavy = (lists.gaps.sizes + lists.codes.sizes + lists.places.sizes)[terms]
    # A good many shards at a time: what tells where their bytes lie is larger than they are.
    for one, two in stretches(np.concatenate([[0], np.cumsum(heavy)])[cuts]):
        here = slice(int(cuts[one]), int(cuts[two]))
        own = cuts[one:two + 1] - cuts[one]
        has_list = kin.before[here] < np.repeat(cuts[one:two], np.diff(own))
        yield from _shards(words[here], own, _entries(terms[here], has_list, lists), _held(terms[here], own, has_list, lists))


def _kin(terms: Numbers) -> _Kin:
    order = order_of(terms)
    is_same = terms[order[1:]] == terms[order[:-1]]
    before = np.full(len(terms), -1)
    before[order[1:][is_same]] = order[:-1][is_same]
    ends = np.flatnonzero(np.append(~is_same, True))
    last = np.empty(len(terms), np.int64)
    last[order] = np.repeat(order[ends], np.diff(ends, prepend=-1))
    return _Kin(before, last)


def _cuts(letters: Numbers, terms: Numbers, lists: Lists, kin: _Kin) -> list[int]:
    """Where each shard begins, and where the last one ends."""
    most = max(SHARD_BYTES, (len(lists.gaps.body) + len(lists.codes.body) + 6 * len(letters)) // MOST_SHARDS)
    own, listed = letters // 2 + 3, (lists.gaps.sizes + lists.codes.sizes)[terms]
    cuts, looked_at = [0], LOOKED_AT
    while (start := cuts[-1]) < len(letters):
        here = slice(start, start + looked_at)
        is_new = kin.before[here] < start
        size = np.cumsum(own[here] + is_new * listed[here])
        reach = np.maximum.accumulate(is_new * (listed[here] > LONG_LIST) * kin.last[here])
        # Not before a word that would be too much, and not within a stem whose long list would then be there twice.
        ends = np.flatnonzero((size >= most) & ((start + np.arange(len(size)) >= reach) | (size >= 2 * most)))
        if not len(ends) and start + looked_at < len(letters):
            looked_at *= 2
            continue
        cuts.append(start + int(ends[0]) + 1 if len(ends) else len(letters))
        looked_at = LOOKED_AT
    return cuts


def _entries(terms: Numbers, has_list: NDArray[np.bool_], lists: Lists) -> ByteLists:
    """What is said of each word: how many documents its list has and its peak, or which word before it has that."""
    order = order_of(terms)
    numbers = np.arange(len(terms))
    holders = np.empty(len(terms), np.int64)
    holders[order] = order[np.maximum.accumulate(has_list[order] * numbers)]
    held = terms[has_list]
    at = numbers + np.cumsum(has_list) - has_list       # of each word, where there is a second number after each 0
    said = np.zeros(len(terms) + len(held), np.int64)
    said[at], said[at[has_list] + 1] = numbers - holders, 2 * lists.sizes[held] + (held < lists.said)
    body, starts = varints(said)
    whole = np.insert(np.frombuffer(body, np.uint8), starts[at[has_list] + 2], lists.peaks[held])
    return ByteLists(whole.tobytes(), np.append(starts[at] + np.cumsum(has_list) - has_list, len(whole)))


def _held(terms: Numbers, cuts: Numbers, has_list: NDArray[np.bool_], lists: Lists) -> Iterator[tuple[bytes, bytes, bytes]]:
    """For each shard the lists that stand in it: gaps, codes, and places after how long each one's are."""
    held = terms[has_list]
    cuts = np.concatenate([[0], np.cumsum(has_list)])[cuts]
    places = lists.places.chosen(held)
    sizes = ByteLists(*varints(places.sizes))
    for gaps, codes, size, place in zip(lists.gaps.chosen(held).joined(cuts), lists.codes.chosen(held).joined(cuts),
                                        sizes.joined(cuts), places.joined(cuts), strict=True):
        yield gaps, codes, size + place


def _shards(words: Sequence[str], cuts: Numbers, entries: ByteLists,
            held: Iterator[tuple[bytes, bytes, bytes]]) -> Iterator[Shard]:
    for (one, two), said, (gaps, codes, places) in zip(pairwise(cuts.tolist()), entries.joined(cuts), held, strict=True):
        run = words[one:two]
        yield Shard(first=run[0], last=run[-1], columns=(varint(len(run)) + front_coded(run), said, gaps, codes), places=places)


def place_files(places: Sequence[Laid]) -> tuple[int, Iterator[Columns]]:
    """The places of so many shards together, and the files: how long the places of each shard are, and these."""
    together = 1 if len(places) <= FEW_SHARDS else PLACES_TOGETHER
    portions = ([each.read() for each in places[start:start + together]] for start in range(0, len(places), together))
    return together, ((b"".join(varint(len(each)) for each in portion), *portion) for portion in portions)


def spelling_shards(words: Sequence[str], documents: Numbers) -> Iterator[Spelling]:
    """Words backwards, each with how common it is, for finding what a mistyped word was meant to be.

    `words` are sorted from their last letters to their first, and come with how many documents hold each. What a shard says
    of a word is 8 times the binary logarithm of that.
    """
    backwards = [word[::-1] for word in words]
    common = np.minimum(255, np.rint(8 * np.log2(documents))).astype(np.uint8).tobytes()
    size = max(SPELLING_WORDS, -(-len(backwards) // MOST_SPELLING))
    for start in range(0, len(backwards), size):
        run = backwards[start:start + size]
        yield Spelling(first=run[0], last=run[-1],
                       columns=(varint(len(run)) + front_coded(run), common[start:start + size]))
