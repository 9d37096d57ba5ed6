"""The lists of terms as bytes: which documents hold each, how much it says of them, and where it stands in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cityfolio.frozen import Frozen
from cityfolio.search.byte_lists import ByteLists
from cityfolio.search.coding import varints
from cityfolio.search.documents import MATCHES
from cityfolio.search.impacts import Postings, Reals
from cityfolio.search.laid_columns import Column
from cityfolio.search.occurrences import Numbers

__all__ = ["LEVELS", "Extent", "Lists", "Placed", "Scale", "lists_of", "places_of", "scale_of"]

LEVELS = 32                   # an impact takes five bits, what it is shown as takes three: one byte
STEPS = 256
LARGE = 3_000_000             # postings
EVERYWHERE, OFTEN = 8, 32     # what one in so many documents has tells little, and less of how much each has it
TITLE, DESCRIPTION, OTHERWISE = (MATCHES.index(match) for match in ("title", "description", "otherwise"))


class Scale(Frozen, kw_only=True):
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


NO_SCALE = Scale(least=1.0, ratio=2.0)


class Placed(Frozen, kw_only=True):
    """Where terms stand, one entry for each time that one does, by term, document and place."""

    term: NDArray[np.int32]
    document: NDArray[np.int32]
    place: NDArray[np.int32]

    @classmethod
    def of(cls, columns: Sequence[Column]) -> Placed:
        """What some columns make."""
        term, document, place = columns
        return cls(term=term, document=document, place=place)


class Lists(Frozen, kw_only=True):
    """For each term its list as bytes, in the columns that a shard keeps apart because each compresses best by itself."""

    sizes: Numbers                # how many documents a term has
    peaks: Numbers                # its greatest impact, as a step of the scale
    gaps: ByteLists
    codes: ByteLists
    places: ByteLists             # of a term's occurrences, kept in a file of their own for quoted phrases
    scale: Scale = NO_SCALE       # of the peaks
    said: int = 0                 # terms below this number are said by texts or people; the others are common words


class Extent(Frozen, kw_only=True):
    """How far the postings of an index go: the least and the greatest impact, how many there are, and of how many documents."""

    least: float = np.inf
    most: float = 0.0
    postings: int = 0
    documents: int = 0

    @classmethod
    def of(cls, postings: Postings) -> Extent:
        """The extent of some postings."""
        if not len(postings.impact):
            return cls()
        return cls(least=float(postings.impact.min()), most=float(postings.impact.max()), postings=len(postings.impact),
                   documents=int(postings.document.max()) + 1)

    def __add__(self, other: Extent) -> Extent:
        return Extent(least=min(self.least, other.least), most=max(self.most, other.most),
                      postings=self.postings + other.postings, documents=max(self.documents, other.documents))


def scale_of(extent: Extent) -> Scale:
    """The scale that spans the impacts of an index."""
    if not extent.postings:
        return NO_SCALE
    least, most = extent.least, extent.most
    # Rounded, since the last digits of a power depend on the machine, and so would the bytes of an index.
    return Scale(least=float(f"{least:.5g}"), ratio=max(1.0001, float(f"{(most / least) ** (1 / (STEPS - 1)):.7g}")))


def lists_of(postings: Postings, terms: Numbers, extent: Extent, places: ByteLists) -> Lists:
    """The lists of a stretch of terms, without the last, which is the first of the next stretch.

    An impact becomes one of 32 equal parts of its term's greatest, rounded. The extent is that of the whole index.
    """
    scale, bounds = scale_of(extent), np.searchsorted(postings.term, terms)
    peaks = scale.steps(_greatest(postings.impact, bounds, scale.least))
    unit, own = (scale.values(peaks) / LEVELS).astype(np.float32), postings.term - terms[0]
    levels = np.clip(np.rint(postings.impact / unit[own]) - 1, 0, LEVELS - 1).astype(np.uint8)
    match = postings.match.astype(np.uint8)
    if extent.postings > LARGE:   # two to four bits less for each, and where a word was found is told less exactly
        held = np.diff(bounds)
        coarse = np.select([held > extent.documents // EVERYWHERE, held > extent.documents // OFTEN], [15, 7], 3)
        levels |= coarse.astype(np.uint8)[own]
        match[(match > TITLE) & (match < OTHERWISE)] = DESCRIPTION
    return Lists(sizes=np.diff(bounds), peaks=peaks, gaps=_gap_lists(postings.document, bounds),
                 codes=ByteLists((levels | match << 5).tobytes(), bounds), places=places, scale=scale)


def _gap_lists(documents: NDArray[np.int32], bounds: Numbers) -> ByteLists:
    """For each term the steps from each of its documents to the next, less one; the first counts from 0."""
    listed = documents.astype(np.int64)
    steps = np.diff(listed, prepend=-1) - 1
    firsts = bounds[:-1][np.diff(bounds) > 0]
    steps[firsts] = listed[firsts]
    body, starts = varints(steps)
    return ByteLists(body, starts[bounds])


def _greatest(impacts: NDArray[np.float32], bounds: Numbers, least: float) -> Reals:
    """The greatest impact of each term, `least` where a term has none."""
    greatest = np.full(len(bounds) - 1, least)
    held = np.diff(bounds) > 0
    if held.any():
        greatest[held] = np.maximum.reduceat(impacts, bounds[:-1][held])
    return np.asarray(np.maximum(greatest, least))


def places_of(postings: Postings, placed: Placed, terms: Numbers) -> ByteLists:
    """For each of a stretch of terms the places where it stands, for those of its postings that have any: how many postings
    were passed over, then steps from place to place, doubled, plus one while more follow.

    A posting has no place where a word is only meant, or where places are not kept. The last term is the first of the next
    stretch.
    """
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

