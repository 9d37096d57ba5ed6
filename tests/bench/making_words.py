"""Words for made-up records, each as often as words come in English, so that an index of them grows as a real one.

The word of rank r comes with a frequency that falls as 1/r up to rank 7,873 and as 1/r^1.77 after it (Gerlach and Altmann,
"Stochastic model for the vocabulary growth in natural languages", 2013), without an end: the more text, the more words, as
Heaps' law says. First are the words that say nothing, as in any text, then those of known_words.txt that cities use; all others
are made of syllables.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

CORE = 7_873
FALL = 1.77
FURTHEST = 2**50
SAID_OFTEN, CIVIC = (part.split() for part in Path(__file__).with_name("known_words.txt").read_text("utf-8").split("\n\n"))
KNOWN = SAID_OFTEN + CIVIC
FIRST_SOUNDS = (*"bcdfghjklmnprstvw", "br", "cl", "cr", "dr", "fl", "gr", "pl", "pr", "sh", "sl", "st", "th", "tr")
VOWELS = (*"aeiou", "ea", "ou")
LAST_SOUNDS = ("", *"nrlst", "nd")
SYLLABLES = [first + vowel + last for first in FIRST_SOUNDS for vowel in VOWELS for last in LAST_SOUNDS]
STRIDE = 7_919          # coprime to every power of the number of syllables, so that neighbors in rank are none in spelling
ENDINGS = ("", "", "", "", "", "s", "s", "ing", "ed", "ly")


HEAD = np.cumsum(1 / np.arange(1, CORE + 1))      # the cumulated frequencies of the core's ranks
ALL = float(HEAD[-1] + 1 / (FALL - 1))            # with the tail's integral


def ranks(count: int, chance: Generator, *, telling: bool = False) -> Numbers:
    """The ranks of so many words, the commonest 0: as they come in prose, or of those alone that say something."""
    least = float(HEAD[len(SAID_OFTEN) - 1]) if telling else 0.0
    drawn = least + (ALL - least) * chance.random(count)
    found = np.searchsorted(HEAD, drawn, side="right")
    in_tail = found >= CORE
    left = (ALL - drawn[in_tail]) * (FALL - 1)         # from 1 at the core's end down to 0
    found[in_tail] = np.minimum(CORE * np.maximum(left, 1e-12) ** (-1 / (FALL - 1)), FURTHEST).astype(np.int64)
    return found.astype(np.int64)


def word(rank: int) -> str:
    """The word of a rank."""
    if rank < len(KNOWN):
        return KNOWN[rank]
    rest, ending = divmod(rank - len(KNOWN), len(ENDINGS))
    size, length = len(SYLLABLES), 1
    while rest >= size**length:
        rest -= size**length
        length += 1
    rest = rest * STRIDE % size**length
    made = ""
    for _ in range(length):
        rest, at = divmod(rest, size)
        made += SYLLABLES[at]
    return made + ENDINGS[ending]
