"""What can be found: documents, each with the texts it is found by and what a result shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cityfolio.frozen import Frozen

__all__ = ["FIELDS", "MATCHES", "Document", "FieldWeight"]


class FieldWeight(Frozen, kw_only=True):
    """How much a word counts in a field, and how much its length is held against it (BM25F's w and b)."""

    weight: float
    length: float
    shown_as: str        # what the reason for a match calls it: one of MATCHES


# In the order in which the reasons for a match are given; their place is what the index stores.
MATCHES = ("title", "keywords", "text", "about", "description", "columns", "values", "otherwise")

# Chosen beforehand from what the fields are, not fitted to a collection: a title is the catalog's own answer to "what is
# this", keywords are what the publisher expects to be asked, everything else is prose of about equal worth. b follows the
# usual 0.75 for prose of very different lengths and is lower where length says little (Robertson and Zaragoza, "The
# Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6).
FIELDS: Mapping[str, FieldWeight] = {
    "title": FieldWeight(weight=3.0, length=0.5, shown_as="title"),
    "keywords": FieldWeight(weight=2.0, length=0.3, shown_as="keywords"),
    "text": FieldWeight(weight=1.5, length=0.5, shown_as="text"),
    "about": FieldWeight(weight=0.7, length=0.3, shown_as="about"),
    "description": FieldWeight(weight=1.0, length=0.6, shown_as="description"),
    "columns": FieldWeight(weight=0.8, length=0.5, shown_as="columns"),
    "values": FieldWeight(weight=0.6, length=0.5, shown_as="values"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One thing that can be found."""

    id: str                       # unique in its kind
    kind: str                     # "dataset", "column", ...: results are grouped by it
    title: str
    url: str                      # site path, with a fragment perhaps: "/data/trees/#column-species"
    text: str = ""                # the sentence a result shows
    about: str = ""               # the line under it: a publisher, the dataset of a column
    detail: str = ""              # more that a result shows: formats, the name of a column
    updated: str = ""             # ISO 8601
    standing: float = 1.0         # what its words count for, of what they would elsewhere: less where nothing can be had
    parent: str = ""              # id of the dataset that it is a part of
    digest: str = field(default="", compare=False)    # of all its texts, where it is known already
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)   # further texts by a key of FIELDS
    facets: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)   # facet -> (id, title) of each
