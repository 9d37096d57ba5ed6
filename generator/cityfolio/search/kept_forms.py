"""The stems of words and their other forms, kept from one build to the next: most words of a catalog stay as they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import orjson
import Stemmer

from cityfolio import __version__
from cityfolio.cache import Keep
from cityfolio.search.text import possible_forms, stems_of

__all__ = ["stems_and_forms"]

AT_ONCE = 1 << 14  # words: all that may be forms of so many takes little memory
RULES = "1"        # raised with every change to what forms a word has


def stems_and_forms(words: Sequence[str], language: str, cache: Keep) -> Mapping[str, Sequence[str]]:
    """The stem of each word, and after it the word's other forms, which have the same stem.

    What is found of a word depends on the word, its language and the rules alone, so what was kept of it holds, whatever
    catalog it was met in.
    """
    key = f"stems and forms {RULES} {__version__} {Stemmer.version()} {language}"
    body = cache.get(key)
    known: dict[str, list[str]] = orjson.loads(body) if body else {}
    more = [word for word in words if word not in known]
    known |= _found(more, language)
    found = {word: known[word] for word in words}
    if more:
        cache.put(key, orjson.dumps(found))
    return found


def _found(words: Sequence[str], language: str) -> Iterator[tuple[str, list[str]]]:
    for start in range(0, len(words), AT_ONCE):
        yield from _found_at_once(words[start:start + AT_ONCE], language)


def _found_at_once(words: Sequence[str], language: str) -> Iterator[tuple[str, list[str]]]:
    made = [possible_forms(word, language) for word in words]
    possible = list(dict.fromkeys(form for forms in made for form in forms))
    stems = dict(zip(possible, stems_of(possible, language), strict=True))
    for word, forms, stem in zip(words, made, stems_of(words, language), strict=True):
        yield word, [stem, *(form for form in forms if stems[form] == stem)]
