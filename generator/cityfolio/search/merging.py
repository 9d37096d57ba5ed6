"""From how often terms are said to their lists, some terms at a time: what a large index has of them at once fits no memory."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cityfolio.annex import Annex
from cityfolio.frozen import Frozen
from cityfolio.search.byte_lists import GrowingLists
from cityfolio.search.impacts import Postings
from cityfolio.search.laid_columns import LaidColumns
from cityfolio.search.lexicon import Extent, Lists, Placed, lists_of, places_of, scale_of
from cityfolio.search.occurrences import Numbers
from cityfolio.search.runs import Runs, stretches

__all__ = ["Impacts", "Said", "merged_lists"]

Impacts = Callable[[Postings, range], Postings]     # of the sums of some terms, the postings of these


class Said(Frozen):
    """How often terms are said in which documents, and where they stand, in runs of documents that ascend."""

    sums: Runs
    places: Runs

    @classmethod
    def nothing(cls, terms: int) -> Said:
        """What is said of no documents yet."""
        return cls(Runs(terms, np.int32, np.int32, np.float32, np.int8), Runs(terms, np.int32, np.int32, np.int32))

    def add(self, sums: Postings, places: Placed) -> None:
        """Add what is said of further documents."""
        self.sums.lay(*sums.columns)
        self.places.lay(places.term, places.document, places.place)


def merged_lists(said: Said, impacts: Impacts, further: Numbers, said_terms: int) -> Lists:
    """The lists of all terms; `further` postings of each come from elsewhere.

    The scale is known when all impacts are, so these lie aside in between.
    """
    rows = said.sums.held + said.places.held + further
    runs = stretches(np.concatenate([[0], np.cumsum(rows)]))
    extent, aside, laid, no_numbers = Extent(), Annex(), list[LaidColumns](), np.zeros(0, np.int64)
    for one, two in runs:
        postings = impacts(Postings.of(said.sums.before(two)), range(one, two))
        extent += Extent.of(postings)
        laid.append(LaidColumns(aside, postings.columns))
    sizes, peaks, columns = [no_numbers], [no_numbers], (GrowingLists(), GrowingLists(), GrowingLists())
    for (one, two), kept in zip(runs, laid, strict=True):
        postings, terms = Postings.of(kept.read()), np.arange(one, two + 1)
        places = places_of(postings, Placed.of(said.places.before(two)), terms)
        lists = lists_of(postings, terms, extent, places)
        sizes.append(lists.sizes)
        peaks.append(lists.peaks)
        for column, each in zip(columns, (lists.gaps, lists.codes, lists.places), strict=True):
            column.add(each)
    gaps, codes, placed = (column.whole() for column in columns)
    return Lists(sizes=np.concatenate(sizes), peaks=np.concatenate(peaks), gaps=gaps, codes=codes, places=placed,
                 scale=scale_of(extent), said=said_terms)
