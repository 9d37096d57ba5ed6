"""The lists of terms as bytes: which documents hold each, how much it says of them, and where it stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cityfolio.search.byte_lists import ByteLists
from cityfolio.search.coding import varints
from cityfolio.search.documents import MATCHES
from cityfolio.search.impacts import Postings, Reals
from cityfolio.search.occurrences import Numbers
from cityfolio.search.sorting import order_of
from cityfolio.search.terms import Terms

__all__ = ["LEVELS", "Lists", "Placed", "Scale", "lists_of", "places_of", "scale_of", "stretches"]

LEVELS = 32                   # an impact takes five bits, what it is shown as takes three: one byte
STEPS = 256
LARGE = 3_000_000             # postings
EVERYWHERE, OFTEN = 8, 32     # what one in so many documents has tells little, and less of how much each has it
AT_ONCE = 1 << 18             # postings that are worked on together
TITLE, DESCRIPTION, OTHERWISE = (MATCHES.index(match) for match in ("title", "description", "otherwise"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The greatest impacts that are told apart, one byte each: equal steps on a logarithmic scale."""

    least: float
    ratio: float

    def steps(self, impacts: Reals) -> Numbers:
        """The first step that is not below each impact."""
        steps = np.ceil(np.log(impacts / self.least) / np.log(self.ratio) - 1e-9)
        return np.asarray(np.clip(steps, 0, STEPS - 1), dtype=np.int64)

    def values(self, steps: Numbers) -> Reals:
        """The impact of each step."""
        return np.asarray(self.least * self.ratio ** steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where terms stand, one entry for each time that one does. Documents ascend, places within a document too."""

    term: NDArray[np.int32]
    document: NDArray[np.int32]
    place: NDArray[np.int32]

    def __getitem__(self, chosen: slice | NDArray[np.int32]) -> Placed:
        return Placed(term=self.term[chosen], document=self.document[chosen], place=self.place[chosen])


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """For each term its list as bytes, in the columns that a shard keeps apart because each compresses best by itself."""

    said: int                     # terms below this number are said by texts or people; the others are common words
    sizes: Numbers                # how many documents a term has
    peaks: Numbers                # its greatest impact, as a step of the scale
    gaps: ByteLists
    codes: ByteLists
    places: ByteLists             # of a term's occurrences, kept in a file of their own for quoted phrases


def scale_of(postings: Postings) -> Scale:
    """The scale that spans the impacts of an index."""
    if not len(postings.impact):
        return Scale(least=1.0, ratio=2.0)
    least, most = float(postings.impact.min()), float(postings.impact.max())
    # Rounded, since the last digits of a power depend on the machine, and so would the bytes of an index.
    return Scale(least=float(f"{least:.5g}"), ratio=max(1.0001, float(f"{(most / least) ** (1 / (STEPS - 1)):.7g}")))


def lists_of(postings: Postings, terms: Terms, scale: Scale, places: ByteLists) -> Lists:
    """The lists of some terms. An impact becomes one of 32 equal parts of its term's greatest, rounded."""
    bounds = np.searchsorted(postings.term, np.arange(terms.count + 1))
    peaks = scale.steps(_greatest(postings.impact, bounds, scale.least))
    unit = (scale.values(peaks) / LEVELS).astype(np.float32)
    levels = np.clip(np.rint(postings.impact / unit[postings.term]) - 1, 0, LEVELS - 1).astype(np.uint8)
    match = postings.match.astype(np.uint8)
    if len(levels) > LARGE:   # two to four bits less for each, and where a word was found is told less exactly
        held, documents = np.diff(bounds), int(postings.document.max()) + 1
        coarse = np.select([held > documents // EVERYWHERE, held > documents // OFTEN], [15, 7], 3)
        levels |= coarse.astype(np.uint8)[postings.term]
        match[(match > TITLE) & (match < OTHERWISE)] = DESCRIPTION
    return Lists(said=terms.said_terms, sizes=np.diff(bounds), peaks=peaks,
                 gaps=ByteLists.together(_gap_lists(postings.document, bounds)),
                 codes=ByteLists((levels | match << 5).tobytes(), bounds), places=places)


def _gap_lists(documents: NDArray[np.int32], bounds: Numbers) -> Iterator[ByteLists]:
    """For each term the steps from each of its documents to the next, less one; the first counts from 0."""
    for one, two in stretches(bounds):
        own = bounds[one:two + 1] - bounds[one]
        listed = documents[bounds[one]:bounds[two]].astype(np.int64)
        steps = np.diff(listed, prepend=-1) - 1
        firsts = own[:-1][np.diff(own) > 0]
        steps[firsts] = listed[firsts]
        body, starts = varints(steps)
        yield ByteLists(body, starts[own])


def _greatest(impacts: NDArray[np.float32], bounds: Numbers, least: float) -> Reals:
    """The greatest impact of each term, `least` where a term has none."""
    greatest = np.full(len(bounds) - 1, least)
    held = np.diff(bounds) > 0
    if held.any():
        greatest[held] = np.maximum.reduceat(impacts, bounds[:-1][held])
    return np.asarray(np.maximum(greatest, least))


def places_of(postings: Postings, placed: Placed, terms: int) -> ByteLists:
    """For each term the places where it stands, for those of its postings that have any: how many postings were passed over,
    then steps from place to place, doubled, plus one while more follow.

    A posting has no place where a word is only meant, or where places are not kept.
    """
    placed = placed[order_of(placed.term).astype(np.int32)]      # documents ascend, and places in each
    bounds = np.searchsorted(placed.term, np.arange(terms + 1))
    held = np.searchsorted(postings.term, np.arange(terms + 1))
    made = []
    for one, two in stretches(bounds):
        own, whole = slice(*held[[one, two]].tolist()), slice(*bounds[[one, two]].tolist())
        made.append(_place_lists(postings[own], placed[whole], np.arange(one, two + 1)))
    return ByteLists.together(made)


def _place_lists(postings: Postings, placed: Placed, terms: Numbers) -> ByteLists:
    """The places of a stretch of terms, the last of which is the first of the next stretch."""
    size = np.int64(max(placed.document.max(initial=0), postings.document.max(initial=0)) + 1)
    place, term = placed.place, placed.term
    owner = np.searchsorted(postings.term * size + postings.document, term * size + placed.document).astype(np.int32)
    is_first = np.r_[True, owner[1:] != owner[:-1]] if len(owner) else np.zeros(0, bool)
    is_last = np.r_[owner[1:] != owner[:-1], True] if len(owner) else np.zeros(0, bool)
    steps = np.where(is_first, place + 1, np.diff(place, prepend=0)) * 2 + ~is_last
    first = np.flatnonzero(is_first)
    bounds = np.searchsorted(postings.term, terms)
    before = np.where(np.diff(term[first], prepend=-1) > 0, bounds[term[first] - terms[0]] - 1, np.r_[0, owner[first][:-1]])
    body, starts = varints(np.insert(steps, first, owner[first] - before - 1))
    return ByteLists(body, starts[np.searchsorted(np.insert(term, first, term[first]), terms)])


def stretches(bounds: Numbers) -> Iterator[tuple[int, int]]:
    """Some terms at a time, by where the entries of each begin."""
    yield from pairwise(sorted({*np.flatnonzero(np.diff(bounds // AT_ONCE, prepend=-1)).tolist(), len(bounds) - 1}))
