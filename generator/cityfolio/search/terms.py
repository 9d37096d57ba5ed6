"""The words of an index and what they are forms of: words of one stem are one term, and are found by one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cityfolio.cache import Keep, NoCache
from cityfolio.search.kept_forms import stems_and_forms
from cityfolio.search.kin import Phrase as TermPhrase
from cityfolio.search.occurrences import Numbers
from cityfolio.search.stop_words import stop_words, weak_words
from cityfolio.search.text import stems_of

__all__ = ["Phrase", "Speech", "Terms", "terms_of"]

Phrase = tuple[str, ...]
NO_CACHE = NoCache()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How the people who ask speak."""

    language: str = "en"
    said: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)   # what a text says -> what is asked for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Words with their terms. First come the words of the texts, then those of people, then forms of both, then others."""

    words: tuple[str, ...]
    of_word: Numbers
    said: int                     # how many words come from texts and people
    said_terms: int               # so many terms are of words that come from there, or of their forms
    count: int                    # of terms

    def numbers(self) -> dict[str, int]:
        """Each word's term."""
        return dict(zip(self.words, self.of_word.tolist(), strict=True))

    def weak(self, language: str) -> NDArray[np.bool_]:
        """For each term, whether it is said of anything."""
        weak = np.zeros(self.count, dtype=bool)
        listed = weak_words(language)
        weak[[term for word, term in self.numbers().items() if word in listed]] = True
        return weak

    def phrases(self, speech: Speech) -> dict[TermPhrase, tuple[tuple[int, ...], ...]]:
        """What texts say and what is asked for it, in terms. Stop words fall out; a phrase that has a word no text has, too."""
        number, unsaid = self.numbers(), stop_words(speech.language)
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
    known = stems_and_forms(said, speech.language, cache)
    formed = {word: each[0] for word, each in known.items()}
    formed |= {form: each[0] for each in known.values() for form in each[1:]}
    more = [word for word in _once(others) if word not in formed]
    stems: dict[str, int] = {}
    of_word = [stems.setdefault(stem, len(stems)) for stem in (*formed.values(), *stems_of(more, speech.language))]
    said_terms = max(of_word[:len(formed)], default=-1) + 1
    return Terms(words=(*formed, *more), of_word=np.array(of_word, dtype=np.int64), said=len(said), said_terms=said_terms,
                 count=len(stems))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
