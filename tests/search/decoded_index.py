"""What an index says, by the ids of its documents rather than their numbers.

    index = read_index(index_files(documents, Speech()))
    index.documents_of("trees")      # {"street-trees": "title", ...}
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from search.reading_index import IndexRead


@dataclass(frozen=True)
class Decoded:
    """An index, with what its words say."""

    read: IndexRead

    @property
    def root(self) -> Mapping[str, Any]:      # what JSON can say
        """The settings."""
        return self.read.root

    @property
    def files(self) -> Mapping[str, bytes]:
        """Every file but the root, unpacked, without the folder."""
        return self.read.bodies

    @cached_property
    def records(self) -> list[list[str]]:
        """The record of every document, in their order, as far as it is said."""
        return [[_id_of(record), *record[1:]] for block in self.read.blocks for record in json.loads(block)]

    @property
    def ids(self) -> list[str]:
        """The ids of the documents, in their order."""
        return [record[0] for record in self.records]

    @cached_property
    def words(self) -> list[str]:
        """Every word, in the order of the index."""
        return [word for shard in self.read.shards for word in shard.words]

    def documents_of(self, word: str) -> dict[str, str]:
        """The documents that a word finds, with where each has it."""
        found = self.read.documents(word) if word in self.words else {}
        return {self.ids[document]: match for document, (_, match) in found.items()}

    def impacts_of(self, word: str) -> dict[str, float]:
        """How much a word says of each document, as far as the index tells."""
        return {self.ids[document]: impact for document, (impact, _) in self.read.documents(word).items()}

    def places_of(self, word: str) -> dict[str, list[int]]:
        """Where the words of a word's stem stand."""
        return {self.ids[document]: places for document, places in self.read.places(word).items()}

    @property
    def spelling(self) -> dict[str, int]:
        """The words that a mistyped one may be meant to be, each with 8 times the binary logarithm of how many hold it."""
        return self.read.backwards()

    def facet(self, name: str) -> dict[str, list[str]]:
        """The ids of a facet's values for each dataset."""
        return {key: [value for value, _ in values] for key, values in zip(self.ids, self.read.facet(name), strict=False)}

    def order(self, name: str) -> dict[str, int]:
        """What datasets are sorted by: `updated` or `name`."""
        return dict(zip(self.ids, self.read.order(name), strict=False))


def read_index(files: Mapping[str, bytes]) -> Decoded:
    """Read the files of an index, one or a folder."""
    return Decoded(IndexRead(files))


def _id_of(record: list[Any]) -> str:      # a string, or a list of one
    told = record[0]
    return told if isinstance(told, str) else re.sub("[^a-z0-9]+", "-", record[1].lower()).strip("-") + told[0]
