"""What each dataset came to in a feed of the whole catalog, kept between builds, so that an edit makes one part of it anew.

A part is made of a dataset alone, and is told no more of the catalog and the build than that (see `alone`), so that its key
covers all that it can depend on. Where a cache cannot be written or read, every part is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cityfolio.cache import Keep, NoCache
from cityfolio.model.catalog import Build, Catalog, Dataset, Publisher
from cityfolio.model.digests import Digests, digest_of
from cityfolio.pages.alone import build_around, catalog_around, line_of
from cityfolio.pages.shell import Site
from cityfolio.tables.shelves import Item, Shelves

WIDE = 128         # datasets on a shelf, on average: all are read in every build, and few are written
Make = Callable[[Dataset, Catalog, Build], bytes]     # never nothing at all


@dataclass(frozen=True)     # without slots, so that what is the same for all parts can be kept
class KnownParts:
    """The parts of one catalog in one language."""

    catalog: Catalog
    build: Build
    cache: Keep = field(default_factory=NoCache)
    common: str = ""          # a digest of what all parts share; "" where nothing is to be known
    digests: Digests = field(default_factory=Digests)

    @classmethod
    def of(cls, site: Site, cache: Keep, program: str) -> KnownParts:
        """What is known of a site. `program` is a digest of the program itself; "" where it is not known."""
        told = build_around(site.build)
        common = digest_of(program, site.theme.digest, site.words.language, site.catalog.site, told)
        return cls(site.catalog, site.build, cache, common if program else "", site.digests)

    def made(self, feed: str, datasets: Sequence[Dataset], make: Make) -> Iterator[bytes]:
        """The part of each dataset in a feed, in their order."""
        if not self.common:
            yield from (self._part(dataset, make) for dataset in datasets)
            return
        items = [Item(f"datasets/{dataset.id}", key) for dataset, key in zip(datasets, self._keys(datasets, feed), strict=True)]
        shelves = Shelves(self.cache, f"parts of {feed} in {self.build.tree}/", WIDE, is_packed=True)
        found = dict(shelves.found(items))
        new = {at: self._part(dataset, make) for at, dataset in enumerate(datasets) if at not in found}
        shelves.keep(items, {at: body for at, body in new.items() if items[at].key})
        found |= new
        yield from (found.pop(at) for at in range(len(datasets)))

    def _keys(self, datasets: Sequence[Dataset], feed: str) -> list[str]:
        """What the part of each dataset depends on; "" where that cannot be told."""
        shared = dict[str, str]()
        for parent, dataset in {_parent(each): each for each in datasets}.items():
            line = self.digests.of_line(line_of(dataset, self._publishers))
            shared[parent] = line and digest_of(self.common, feed, line)
        keys = ((self.digests.of_dataset(each), shared[_parent(each)]) for each in datasets)
        return [f"{own} {of_all}" if own and of_all else "" for own, of_all in keys]

    def _part(self, dataset: Dataset, make: Make) -> bytes:
        return make(dataset, catalog_around(dataset, self.catalog, self._publishers), self._little)

    @cached_property
    def _publishers(self) -> Mapping[str, Publisher]:
        return {each.id: each for each in self.catalog.publishers}

    @cached_property
    def _little(self) -> Build:
        return build_around(self.build)


def _parent(dataset: Dataset) -> str:
    """Whom the publisher of a dataset is part of, which the whole line follows from."""
    return (dataset.publisher.record.parent if dataset.publisher else None) or ""
