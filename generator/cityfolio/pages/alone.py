"""A dataset by itself: with no more of the catalog and of the build than what is told of it alone may depend on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cityfolio.frozen import replace
from cityfolio.model.catalog import Build, Catalog, Dataset, Publisher

NO_MOMENT = datetime(1, 1, 1, tzinfo=UTC)


def line_of(dataset: Dataset, known: Mapping[str, Publisher]) -> tuple[Publisher, ...]:
    """Whom the publisher of a dataset is part of, and so on, as far as it is known."""
    line = dict[str, Publisher]()
    at = (dataset.publisher.record.parent if dataset.publisher else None) or ""
    while at in known and at not in line:
        line[at] = known[at]
        at = known[at].record.parent or ""
    return tuple(line.values())


def catalog_around(dataset: Dataset, catalog: Catalog, known: Mapping[str, Publisher]) -> Catalog:
    """What is told of a dataset alone knows this much of the catalog: what the city says of its site, and that line."""
    line = tuple(replace(each, datasets=()) for each in line_of(dataset, known))
    return Catalog(site=catalog.site, datasets=(), publishers=line, topics=())


@dataclass(slots=True)
class Surroundings:
    """What is told of datasets alone knows this much of one catalog. Most publishers are part of nobody, which is one value."""

    catalog: Catalog
    known: Mapping[str, Publisher]
    _by_parent: dict[str, Catalog] = field(default_factory=dict)      # whom the publisher is part of: the line follows from it

    def of(self, dataset: Dataset) -> Catalog:
        """As much as is told of a dataset."""
        parent = (dataset.publisher.record.parent if dataset.publisher else None) or ""
        if parent not in self._by_parent:
            self._by_parent[parent] = catalog_around(dataset, self.catalog, self.known)
        return self._by_parent[parent]


def build_around(build: Build) -> Build:
    """What is told of a dataset alone knows this much of the build: where the site lies, and in which language it is."""
    return Build(now=NO_MOMENT, base_url=build.base_url, languages=build.languages, tree=build.tree,
                 for_folder=build.for_folder)
