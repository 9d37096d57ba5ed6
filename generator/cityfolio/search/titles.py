"""Whole titles, so that a question that is a title finds it at the head of everything else, whoever else says its words.

A title is told by a hash of its words (FNV-1a of 32 bits, Fowler, Noll and Vo 1991) and stands in a file by its hash: one small
file answers for any question. Two titles in four billion have one hash, and the worst of it is a title put first in error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import orjson

from cityfolio.search.coding import Columns
from cityfolio.search.documents import Document
from cityfolio.search.text import tokens

__all__ = ["title_files", "title_hash", "title_hashes"]

TITLES_A_FILE, MOST_FILES = 125, 800
AT_ONCE = 1 << 13             # titles, of which the words are there together


def title_files(documents: Sequence[Document]) -> list[Columns]:
    """The files of the titles of datasets, as JSON: from a title's hash to the numbers of those that are called so.

    A title is in the file whose number is its hash modulo how many files there are.
    """
    count = min(MOST_FILES, max(1, len(documents) // TITLES_A_FILE))
    files: list[dict[str, list[int]]] = [defaultdict(list) for _ in range(count)]
    for start in range(0, len(documents), AT_ONCE):
        titled = [(at, words) for at, document in enumerate(documents[start:start + AT_ONCE], start)
                  if (words := tokens(document.title))]
        for (at, _), number in zip(titled, title_hashes([words for _, words in titled]), strict=True):
            files[number % count][str(number)].append(at)
    return [(orjson.dumps(file, option=orjson.OPT_SORT_KEYS),) for file in files]


def title_hash(words: Sequence[str]) -> int:
    """The hash of a title's words: of their UTF-16 units, with a space between words, as a browser has them."""
    return title_hashes([words])[0]


def title_hashes(titles: Sequence[Sequence[str]]) -> list[int]:
    """The hashes of many titles, worked out side by side: the next unit of each at a time."""
    units = [np.frombuffer(" ".join(words).encode("utf-16-le", "surrogatepass"), "<u2") for words in titles]
    sizes = np.array(list(map(len, units)), dtype=np.int64)
    order = np.argsort(-sizes, kind="stable")          # the longest first, so that those that go on are always the first
    starts, together = (np.cumsum(sizes) - sizes)[order], np.concatenate([np.zeros(0, "<u2"), *units]).astype(np.uint32)
    hashes = np.full(len(titles), 2_166_136_261, dtype=np.uint32)
    for step in range(int(sizes.max(initial=0))):
        longer = int(np.count_nonzero(sizes > step))
        hashes[:longer] = (hashes[:longer] ^ together[starts[:longer] + step]) * np.uint32(16_777_619)
    found = np.empty_like(hashes)
    found[order] = hashes
    return list(map(int, found.tolist()))
