"""How much each word says of each document: BM25F, worked out once here so that a browser only adds.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.6, simple BM25F: counts
are weighed by field and by the field's length before they saturate. The inverse document frequency is Lucene's form, which
is never negative: ln(1 + (N - n + 0.5) / (n + 0.5)). It is that of the datasets for all kinds: columns are many and short, and
would make the words of a city's datasets look rarer or commoner than they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cityfolio.frozen import Frozen, replace
from cityfolio.search.documents import FIELDS, MATCHES
from cityfolio.search.laid_columns import Column
from cityfolio.search.occurrences import Numbers, Occurrences
from cityfolio.search.sorting import order_of

__all__ = ["K1", "Counts", "Postings", "Reals", "norms", "summed", "with_impacts"]

Reals = NDArray[np.float64]
Ints = NDArray[np.int32]
K1 = 1.2                # the usual one: Robertson and Zaragoza, section 3.4.1
TITLE = MATCHES.index("title")
NOT_ITS_OWN = [MATCHES.index("about"), MATCHES.index("otherwise")]
# Counts saturate, so a word that a description repeats comes close to one in the title, which says what the data is.
IN_TITLE = 1.1
_WEIGHTS = np.array([each.weight for each in FIELDS.values()])
_STRICTNESS = np.array([each.length for each in FIELDS.values()])
_MATCHES = np.array([MATCHES.index(each.shown_as) for each in FIELDS.values()])


class Counts(Frozen, kw_only=True):
    """Weighed counts: how much one occurrence of a term adds to a document, and as what it is shown."""

    term: Numbers
    document: Numbers
    amount: Reals
    match: Numbers      # place in MATCHES

    def __getitem__(self, chosen: NDArray[np.bool_]) -> Counts:
        return Counts(term=self.term[chosen], document=self.document[chosen], amount=self.amount[chosen],
                      match=self.match[chosen])

    def __add__(self, other: Counts) -> Counts:
        return Counts(term=np.concatenate([self.term, other.term]), document=np.concatenate([self.document, other.document]),
                      amount=np.concatenate([self.amount, other.amount]), match=np.concatenate([self.match, other.match]))


class Postings(Frozen, kw_only=True):
    """One entry for each term in each document that holds it, by term and then by document.

    `impact` is the weighed count at first, and then what comes of it.
    """

    term: NDArray[np.int32]
    document: NDArray[np.int32]
    impact: NDArray[np.float32]
    match: NDArray[np.int8]       # place in MATCHES of the first field that has the term

    @classmethod
    def of(cls, columns: Sequence[Column]) -> Postings:
        """The postings that some columns make."""
        term, document, impact, match = columns
        return cls(term=term, document=document, impact=impact, match=match)

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, in their order."""
        return self.term, self.document, self.impact, self.match


def norms(lengths: Reals, kinds: Numbers) -> Reals:
    """What one occurrence adds in each field of each document: the field's weight over its length, held against the average.

    `lengths` has the words of each field (documents x fields), `kinds` a number for each document: averages are of a kind.
    """
    average = np.ones_like(lengths)
    for kind in np.unique(kinds):
        average[kinds == kind] = np.maximum(lengths[kinds == kind].mean(axis=0), 1.0)
    return np.asarray(_WEIGHTS / (1 - _STRICTNESS + _STRICTNESS * lengths / average))


def counts_of(found: Occurrences, terms: Numbers, norm: Reals) -> Counts:
    """The weighed count of each occurrence, whose term is in `terms`."""
    return Counts(term=terms, document=found.document, amount=norm[found.document, found.field], match=_MATCHES[found.field])


def summed(counts: Counts) -> Postings:
    """Counts added up for each term of each document."""
    if not len(counts.term):
        return Postings(term=np.zeros(0, np.int32), document=np.zeros(0, np.int32), impact=np.zeros(0, np.float32),
                        match=np.zeros(0, np.int8))
    size = int(counts.document.max()) + 1
    order = order_of(counts.match, counts.document, counts.term)
    pair = (counts.term * size + counts.document)[order]
    starts = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]])
    return Postings(
        term=(pair[starts] // size).astype(np.int32), document=(pair[starts] % size).astype(np.int32),
        impact=np.add.reduceat(counts.amount[order], starts).astype(np.float32),
        match=counts.match[order][starts].astype(np.int8),
    )


def with_impacts(sums: Postings, kinds: Numbers) -> Postings:
    """The impact of each of some terms in each document, from the sums of all its counts there."""
    term, document, count, match = sums.term, sums.document, sums.impact, sums.match
    impact = count * (K1 + 1) / (count + K1) * _rarity(term, document, match, kinds) * np.where(match == TITLE, IN_TITLE, 1.0)
    return replace(sums, impact=impact.astype(np.float32))


def _rarity(term: Ints, document: Ints, match: NDArray[np.int8], kinds: Numbers) -> Reals:
    """The inverse document frequency of each posting's term among the documents of the first kind, whose numbers `kinds` has.

    A document counts when its own words have the term: that a topic or a synonym brings it to fifty makes it no commoner.
    What the first kind does not have is as rare as among the documents of the posting's own kind.
    """
    size = int(kinds.max(initial=0)) + 1
    key = (term - term[:1]) * np.int64(size) + kinds[document]      # terms ascend
    count = (int(key.max(initial=0)) // size + 1) * size
    held = np.bincount(key, minlength=count).reshape(-1, size)
    own_held = np.bincount(key[~np.isin(match, NOT_ITS_OWN)], minlength=count).reshape(-1, size)
    n, of_kind = np.where(own_held > 0, own_held, held), np.bincount(kinds, minlength=size)
    rarity = np.log1p((of_kind - n + 0.5) / (n + 0.5))
    rarity = np.where(held[:, :1] > 0, rarity[:, :1], rarity)
    return np.asarray(rarity.ravel()[key])
