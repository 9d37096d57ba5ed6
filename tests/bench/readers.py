"""Readers of a search page: what they ask of made-up records, and what their questions move, counted without a browser."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from asking import Answered, visits
from bench.making_records import Record
from cityfolio.search.stop_words import stop_words
from cityfolio.search.text import tokens

FACETS = ("topic", "publisher", "format")
NOT_SEEN = math.inf      # what was waited for in vain takes longer than any limit
SHOWN: Mapping[str, object] = {"limit": {"dataset": 10}, "facets": []}


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What one reader does: a first question, another, and the second once more with three facets."""

    first: Answered
    following: Answered
    narrowing: Answered


def questions(records: Sequence[Record], count: int, seed: int = 5) -> list[str]:
    """Two or three words of so many titles, in their order."""
    chance, unsaid = random.Random(seed), stop_words("en")
    asked: list[str] = []
    while len(asked) < count:
        words = [word for word in dict.fromkeys(tokens(chance.choice(records).title)) if word.isalpha() and word not in unsaid]
        if len(words) > 1:
            places = sorted(chance.sample(range(len(words)), min(len(words), chance.randint(2, 3))))
            asked.append(" ".join(words[place] for place in places))
    return asked


def steps(index: Path, asked: Sequence[str]) -> list[Steps]:
    """Half as many readers as there are questions."""
    pairs = list(zip(asked[::2], asked[1::2], strict=True))
    found = visits(index, [[(one, SHOWN), (two, SHOWN), (two, {**SHOWN, "facets": FACETS})] for one, two in pairs])
    return [Steps(first=first, following=following, narrowing=narrowing) for first, following, narrowing in found]


def spread(values: Sequence[float]) -> str:
    """The middle of some figures, the twentieth highest of a hundred, and the highest."""
    return f"median {median(values):,.0f}, p95 {quantiles(values, n=20, method='inclusive')[18]:,.0f}, most {max(values):,.0f}"


def held(values: Sequence[float], limit: float) -> str:
    """The spread of some figures, how many are within a limit, and how many were not seen, which are not."""
    within, unseen = sum(value <= limit for value in values), values.count(NOT_SEEN)
    return f"{spread(values)}; {within} of {len(values)} within {limit:,}" + (f"; {unseen} not seen" if unseen else "")
