"""Whole titles as words of the index, so that a question that is a title finds it at the head of everything else.

Such a word is the title's words with "_" after each: `street_trees_`. No other word has that character, and in the order of
the words it stands beside the title's first, so that it is mostly fetched with it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cityfolio.search.documents import MATCHES, Document
from cityfolio.search.impacts import Postings
from cityfolio.search.terms import Terms
from cityfolio.search.text import tokens

__all__ = ["title_word", "with_titles"]

MOST_WORDS = 12      # who types more has pasted it, and finds it by its words


def title_word(document: Document) -> str:
    """The word that stands for a dataset's whole title; "" for none."""
    words = tokens(document.title) if document.kind == "dataset" else []
    return "".join(f"{word}_" for word in words) if len(words) <= MOST_WORDS else ""


def with_titles(postings: Postings, titles: Mapping[int, str], terms: Terms) -> Postings:
    """The postings, and after them one for the whole title of each document in `titles`, whose words are terms."""
    numbers = terms.numbers()
    found = sorted((numbers[title], document) for document, title in titles.items())
    term, document = np.array(found, dtype=np.int32).reshape(-1, 2).T
    return Postings(term=np.r_[postings.term, term], document=np.r_[postings.document, document],
                    impact=np.r_[postings.impact, np.ones(len(found), np.float32)],
                    match=np.r_[postings.match, np.full(len(found), MATCHES.index("title"), np.int8)])
