"""Postings of what a word means, beside those of what it says: what a sentence model finds becomes part of the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from cityfolio.cache import Keep, NoCache
from cityfolio.frozen import Frozen, replace
from cityfolio.search.documents import MATCHES, Document
from cityfolio.search.impacts import K1, Postings
from cityfolio.search.meaning import WEIGHT, Encoder, common_words, neighbors, text_of
from cityfolio.search.occurrences import Numbers
from cityfolio.search.terms import Terms

__all__ = ["Model", "NearTexts", "near_terms", "near_texts", "with_meaning"]


SHORTEST = 3     # letters: shorter words mean too many things


@dataclass(frozen=True, kw_only=True)
class Model:
    """A sentence model, and where its vectors are kept between builds."""

    encoder: Encoder
    cache: Keep = field(default_factory=NoCache)

    @cached_property
    def common(self) -> tuple[str, ...]:
        """Common words, which people may ask with though no text has them."""
        return common_words(self.encoder)


class NearTexts(Frozen):
    """Datasets as the model reads them, and where they are among all documents."""

    places: Numbers
    texts: Sequence[str]


def near_texts(documents: Sequence[Document]) -> NearTexts:
    """What the model reads of some documents."""
    places = np.flatnonzero([document.kind == "dataset" for document in documents])
    texts = [text_of(document.title, " ".join((document.text, *document.fields.get("description", ()))),
                     document.fields.get("keywords", ())) for document in (documents[at] for at in places.tolist())]
    return NearTexts(places, texts)


def near_terms(near_by: NearTexts, terms: Terms, model: Model) -> Postings:
    """The datasets near to each term in meaning, with how near, from 0 to 1, in the place of an impact.

    Each form of a term is asked for by itself, and the nearest counts: "parks" are not what "parking" is.
    """
    asked = [(word, term) for word, term in zip(terms.words, terms.of_word.tolist(), strict=True)
             if word.isalpha() and len(word) >= SHORTEST]
    found = neighbors([word for word, _ in asked], near_by.texts, model.encoder, model.cache)
    near = found.nearness > 0
    term = np.repeat(np.array([term for _, term in asked], dtype=np.int64), near.sum(axis=1))
    document, nearness = near_by.places[found.documents[near]], found.nearness[near]
    order = np.lexsort((-nearness, document, term))
    term, document, nearness = term[order], document[order], nearness[order]
    first = np.r_[True, (term[1:] != term[:-1]) | (document[1:] != document[:-1])] if len(term) else np.zeros(0, bool)
    return Postings(term=term[first].astype(np.int32), document=document[first].astype(np.int32),
                    impact=nearness[first].astype(np.float32),
                    match=np.full(int(first.sum()), MATCHES.index("otherwise"), dtype=np.int8))


def with_meaning(postings: Postings, near: Postings, kinds: Numbers) -> Postings:
    """The postings with what is near in meaning: added where a document has the word, new where it has not.

    A nearness of 1 counts `WEIGHT` of what a document that is full of the word would get. A word that no text has is as rare
    as can be.
    """
    wholes = int((kinds == 0).sum())
    held = np.bincount(postings.term[kinds[postings.document] == 0], minlength=int(near.term.max(initial=0)) + 1)[near.term]
    rarity = np.log1p((wholes - held + 0.5) / (held + 0.5)).astype(np.float32)
    near = replace(near, impact=near.impact * rarity * np.float32(WEIGHT * (K1 + 1)))
    term, document = np.r_[postings.term, near.term], np.r_[postings.document, near.document]
    order = np.argsort(term * np.int64(len(kinds)) + document, kind="stable")
    term, document, impact, match = (term[order], document[order], np.r_[postings.impact, near.impact][order],
                                     np.r_[postings.match, near.match][order])
    if not len(term):
        return postings
    first = np.flatnonzero(np.r_[True, (term[1:] != term[:-1]) | (document[1:] != document[:-1])])
    return Postings(term=term[first], document=document[first], impact=np.add.reduceat(impact, first).astype(np.float32),
                    match=match[first])
