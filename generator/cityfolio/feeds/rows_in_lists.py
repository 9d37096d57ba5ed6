"""What a dataset comes to in lists: it stands in many of them, and is written out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.routes import HOME, dataset_url

__all__ = ["RowsInLists", "Tell"]


class Tell(Protocol):
    """What is written of a dataset, whose page is at an address; never of more than the dataset itself."""

    def __call__(self, dataset: Dataset, url: str) -> bytes:
        """An item of a list in JSON."""


@dataclass     # without slots, so that what is known of all can be kept
class RowsInLists:
    """The datasets of one catalog as lists of one kind have them.

    Where the site's address is known, a row is the same wherever it stands, and is had as a build before made it.
    """

    name: str            # of the kind
    known: KnownParts
    tell: Tell
    _alone: dict[tuple[str, str], orjson.Fragment] = field(default_factory=dict)    # by id and address

    def of(self, datasets: Iterable[Dataset], feed: str) -> list[orjson.Fragment]:
        """Some datasets in their order, in the list at an address."""
        if self.known.build.base_url:
            every = self._every
            return [every[each.id] for each in datasets]
        return [self._within(each, address(feed, dataset_url(each.id), self.known.build)) for each in datasets]

    def _within(self, dataset: Dataset, url: str) -> orjson.Fragment:
        if (dataset.id, url) not in self._alone:
            self._alone[dataset.id, url] = orjson.Fragment(self.tell(dataset, url))
        return self._alone[dataset.id, url]

    @cached_property
    def _every(self) -> Mapping[str, orjson.Fragment]:
        datasets, told = self.known.catalog.datasets, list[bytes]()
        for run in self.known.runs(self.name, datasets, self._part):
            told += run.parts()
        return dict(zip((each.id for each in datasets), map(orjson.Fragment, told), strict=True))

    def _part(self, dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
        return self.tell(dataset, address(HOME, dataset_url(dataset.id), build))     # a full one, wherever it is told
