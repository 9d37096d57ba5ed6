"""BM25F in plain Python, word by word, as its authors write it: what the index must agree with.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.6. Texts are cut at spaces
and words are their own stems: documents for it are written so.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from statistics import fmean

from cityfolio.search.documents import FIELDS, Document

K1 = 1.2
IN_TITLE = 1.1


def field_words(document: Document, field: str) -> list[str]:
    """The words of one field."""
    shown = {"title": document.title, "text": document.text, "about": document.about}.get(field, "")
    return " ".join((shown, *document.fields.get(field, ()))).lower().split()


def impact(word: str, document: Document, documents: Sequence[Document]) -> float:
    """How much a word says of a document: its rarity is that among the datasets, where any of them has it."""
    alike = [each for each in documents if each.kind == document.kind]
    counted = sum(weighed_count(word, document, field, alike) for field in FIELDS)
    in_title = IN_TITLE if word in field_words(document, "title") else 1.0
    datasets = [each for each in documents if each.kind == "dataset"]
    among = datasets if any(word in field_words(each, field) for each in datasets for field in FIELDS) else alike
    return counted * (K1 + 1) / (counted + K1) * rarity(word, among) * in_title


def weighed_count(word: str, document: Document, field: str, alike: Sequence[Document]) -> float:
    """How often a field has a word, weighed, and held against the field's length."""
    words, settings = field_words(document, field), FIELDS[field]
    average = max(1.0, fmean(len(field_words(each, field)) for each in alike))
    return words.count(word) * settings.weight / (1 - settings.length + settings.length * len(words) / average)


def rarity(word: str, alike: Sequence[Document]) -> float:
    """The inverse document frequency. A document whose topic or publisher alone has the word does not count, if others do."""
    holders = [[field for field in FIELDS if word in field_words(each, field)] for each in alike]
    # The first field that has the word, in the order of the reasons for a match, is what the document has it in.
    own = sum(1 for fields in holders if fields and fields[0] != "about")
    held = own or sum(1 for fields in holders if fields)
    return log(1 + (len(alike) - held + 0.5) / (held + 0.5))
