"""Whole titles, so that a question that is a title finds it at the head of everything else, whoever else says its words.

A title is told by a hash of its words (FNV-1a of 32 bits, Fowler, Noll and Vo 1991) and stands in a file by its hash: one small
file answers for any question. Two titles in four billion have one hash, and the worst of it is a title put first in error.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence

import orjson

from cityfolio.search.coding import Columns
from cityfolio.search.documents import Document
from cityfolio.search.text import tokens

__all__ = ["title_files", "title_hash"]

TITLES_A_FILE, MOST_FILES = 125, 800


def title_files(documents: Sequence[Document]) -> list[Columns]:
    """The files of the titles of datasets, as JSON: from a title's hash to the numbers of those that are called so.

    A title is in the file whose number is its hash modulo how many files there are.
    """
    count = min(MOST_FILES, max(1, len(documents) // TITLES_A_FILE))
    files: list[dict[str, list[int]]] = [defaultdict(list) for _ in range(count)]
    for at, document in enumerate(documents):
        if words := tokens(document.title):
            number = title_hash(words)
            files[number % count][str(number)].append(at)
    return [(orjson.dumps(file, option=orjson.OPT_SORT_KEYS),) for file in files]


def title_hash(words: Sequence[str]) -> int:
    """The hash of a title's words: of their UTF-16 units, with a space between words, as a browser has them."""
    number = 2_166_136_261
    for unit in array("H", " ".join(words).encode("utf-16", "surrogatepass")[2:]):
        number = (number ^ unit) * 16_777_619 & 0xFFFF_FFFF
    return number
