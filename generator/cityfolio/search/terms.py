"""The words of an index and what they are forms of: words of one stem are one term, and are found by one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet

import numpy as np
import Stemmer
from numpy.typing import NDArray

from cityfolio import __version__
from cityfolio.cache import Keep, NoCache
from cityfolio.frozen import Frozen, field
from cityfolio.search.coding import in_utf16_order
from cityfolio.search.kept_columns import digest_of_words, keep_columns, kept_columns
from cityfolio.search.kept_forms import RULES, stems_and_forms
from cityfolio.search.kin import Phrase as TermPhrase
from cityfolio.search.occurrences import Numbers
from cityfolio.search.stop_words import stop_words, weak_words
from cityfolio.search.text import stems_of

__all__ = ["Orders", "Phrase", "Speech", "Terms", "orders_of", "terms_of"]

Phrase = tuple[str, ...]
NO_CACHE = NoCache()
SHORTEST_SPELLING = 4         # letters: shorter words are taken as they are typed


class Speech(Frozen, kw_only=True):
    """How the people who ask speak."""

    language: str = "en"
    said: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)   # what a text says -> what is asked for it


class Terms(Frozen, kw_only=True):
    """Words with their terms. First come the words of the texts, then those of people, then forms of both, then others."""

    words: tuple[str, ...]
    of_word: Numbers
    said: int                     # how many words come from texts and people
    said_terms: int               # so many terms are of words that come from there, or of their forms
    count: int                    # of terms

    def numbers(self, wanted: AbstractSet[str]) -> dict[str, int]:
        """The terms of those of some words that are there: of all words they would take much memory."""
        return {word: term for word, term in zip(self.words, self.of_word.tolist(), strict=True) if word in wanted}

    def weak(self, language: str) -> NDArray[np.bool_]:
        """For each term, whether it is said of anything."""
        weak = np.zeros(self.count, dtype=bool)
        weak[list(self.numbers(weak_words(language)).values())] = True
        return weak

    def phrases(self, speech: Speech) -> dict[TermPhrase, tuple[tuple[int, ...], ...]]:
        """What texts say and what is asked for it, in terms. Stop words fall out; a phrase that has a word no text has, too."""
        asked = {word for phrase, others in speech.said.items() for each in (phrase, *others) for word in each}
        number, unsaid = self.numbers(asked), stop_words(speech.language)
        return {
            tuple((number[word], step) for step, word in enumerate(phrase) if word not in unsaid):
            tuple(tuple(number[word] for word in other if word not in unsaid) for other in others)
            for phrase, others in speech.said.items()
            if all(word in number for word in phrase if word not in unsaid) and not unsaid.issuperset(phrase)
        }


def terms_of(vocabulary: Sequence[str], speech: Speech, others: Sequence[str] = (), cache: Keep = NO_CACHE) -> Terms:
    """The terms of the words of some texts, of what people say instead, of other forms of all these, and of other words."""
    asked = (word for others in speech.said.values() for phrase in others for word in phrase)
    said = _once([*vocabulary, *asked])
    key, made_of = f"terms {RULES} {__version__} {Stemmer.version()} {speech.language}", digest_of_words(said, others)
    if kept := kept_columns(cache, key, made_of):
        (words, count, said_terms), (of_word,) = kept
        return Terms(words=tuple(words), of_word=of_word, said=len(said), said_terms=said_terms, count=count)
    terms = _terms(said, speech.language, others, cache)
    keep_columns(cache, key, made_of, [terms.words, terms.count, terms.said_terms], [terms.of_word])
    return terms


def _terms(said: Sequence[str], language: str, others: Sequence[str], cache: Keep) -> Terms:
    known = stems_and_forms(said, language, cache)
    formed = {word: each[0] for word, each in known.items()}
    formed |= {form: each[0] for each in known.values() for form in each[1:]}
    more = [word for word in _once(others) if word not in formed]
    stems: dict[str, int] = {}
    of_word = [stems.setdefault(stem, len(stems)) for stem in (*formed.values(), *stems_of(more, language))]
    said_terms = max(of_word[:len(formed)], default=-1) + 1
    return Terms(words=(*formed, *more), of_word=np.array(of_word, dtype=np.int64), said=len(said), said_terms=said_terms,
                 count=len(stems))


class Orders(Frozen, kw_only=True):
    """Where the words of some terms lie when they are sorted as a browser sorts them."""

    forwards: Numbers      # of all
    backwards: Numbers     # of those that texts and people say and that may be mistyped, each from its last letter to its first


def orders_of(terms: Terms, cache: Keep = NO_CACHE) -> Orders:
    """The orders of the words of some terms."""
    said = terms.words[:terms.said]
    key, made_of = f"orders of words {SHORTEST_SPELLING} {__version__}", digest_of_words(said, terms.words[terms.said:])
    if kept := kept_columns(cache, key, made_of):
        _, (forwards, backwards) = kept
        return Orders(forwards=forwards, backwards=backwards)
    long = np.flatnonzero(np.array(list(map(len, said)), dtype=np.int64) >= SHORTEST_SPELLING)
    backwards = long[in_utf16_order([said[at][::-1] for at in long.tolist()])]
    orders = Orders(forwards=np.array(in_utf16_order(terms.words), dtype=np.int64), backwards=backwards)
    keep_columns(cache, key, made_of, None, [orders.forwards, orders.backwards])
    return orders


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
