"""Questions for things that are known to be there: some words of a title, and the same words as people get them wrong.

A title takes part when it has at least two words that say something: letters alone, three or more, no stop word. Two or three
of them, in their order, are the clean question. Of it are made, always alike for one seed:

- `typo`: one edit in the longest word, at any place, the first letter too: a letter replaced, left out, put in, or swapped with
  its neighbor;
- `truncated`: the last word as it stands while somebody still types: three fifths of it, but three letters at least;
- `plural`: one word with its plural taken or given, by the spelling rules of English;
- `reversed`: the words from the last to the first.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import fmean
from string import ascii_lowercase
from tempfile import TemporaryDirectory

from asking import ask, write_index
from cityfolio.search.stop_words import stop_words
from cityfolio.search.text import tokens

VARIANTS = ("clean", "typo", "truncated", "plural", "reversed")
DEPTH = 10
SHORTEST = 3
FEWEST_WORDS, MOST_WORDS = 2, 3
KEPT = 0.6
HISSING = ("s", "x", "z", "ch", "sh")
Words = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """A thing, and what is asked for it."""

    id: str
    questions: Mapping[str, str]     # by the names of VARIANTS


def known_items(titles: Mapping[str, str], count: int, seed: int) -> tuple[KnownItem, ...]:
    """Questions for so many of the things with these titles (id -> title), or for all where there are fewer."""
    chance = random.Random(seed)
    said = {key: _telling(title) for key, title in sorted(titles.items())}
    able = [key for key, words in said.items() if len(words) >= FEWEST_WORDS]
    chosen = chance.sample(able, min(count, len(able)))
    return tuple(KnownItem(id=key, questions=_questions(said[key], chance)) for key in chosen)


def mean_reciprocal_ranks(index_files: Mapping[str, bytes], items: Sequence[KnownItem]) -> dict[str, float]:
    """For each variant the mean of one over the place of the item, 0 below the tenth (Voorhees 1999, TREC-8's measure)."""
    figures = {}
    with TemporaryDirectory() as folder:
        index = write_index(index_files, Path(folder))
        for name in VARIANTS:
            answers = ask(index, [(item.questions[name], {"limit": {"dataset": DEPTH}, "facets": []}) for item in items])
            figures[name] = fmean(reciprocal_rank(found.ids, item.id) for found, item in zip(answers, items, strict=True))
    return figures


def reciprocal_rank(found: Words, wanted: str) -> float:
    """One over the place of what is wanted among the first ten; 0 when it is not there."""
    return 1 / (found.index(wanted) + 1) if wanted in found[:DEPTH] else 0.0


def _telling(title: str) -> list[str]:
    unsaid = stop_words("en")
    return [word for word in dict.fromkeys(tokens(title)) if len(word) >= SHORTEST and word.isalpha() and word not in unsaid]


def _questions(words: Words, chance: random.Random) -> dict[str, str]:
    places = sorted(chance.sample(range(len(words)), min(len(words), chance.randint(FEWEST_WORDS, MOST_WORDS))))
    clean = [words[place] for place in places]
    longest, any_one = max(clean, key=len), chance.choice(clean)
    variants = (clean, _with(clean, longest, edited(longest, chance)), [*clean[:-1], truncated(clean[-1])],
                _with(clean, any_one, plural_swapped(any_one)), clean[::-1])
    return {name: " ".join(variant) for name, variant in zip(VARIANTS, variants, strict=True)}


def _with(words: Words, old: str, new: str) -> list[str]:
    return [new if word == old else word for word in words]


def edited(word: str, chance: random.Random) -> str:
    """A word with one edit, which is another word."""
    made = word
    while made == word:
        at, letter = chance.randrange(len(word)), chance.choice(ascii_lowercase)
        made = chance.choice((
            word[:at] + letter + word[at + 1:],
            word[:at] + word[at + 1:],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1:at + 2] + word[at] + word[at + 2:],
        ))
    return made


def truncated(word: str) -> str:
    """The beginning of a word."""
    return word[:max(SHORTEST, ceil(KEPT * len(word)))]


def plural_swapped(word: str) -> str:
    """The plural of a word, or the singular of a plural."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("es") and word[:-2].endswith(HISSING):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(HISSING) else f"{word}s"
