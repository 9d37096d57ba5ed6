"""What the tables of each dataset came to in a build before: their pages, and the rows that a browser reads in parts.

It is known under a digest of all that it is made of. Datasets of which something could not be made are not known, nor are those
whose rows are offered as Parquet anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec

from cityfolio.files import sha256
from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset, RowsFile
from cityfolio.model.site import Made
from cityfolio.tables.made import Place, Wanted, as_before, made_before
from cityfolio.tables.shelves import Item, Shelves

WIDE = 128                 # datasets on a shelf, on average: all are read in every build, and few are written


class Part(Frozen, kw_only=True):
    """What a table comes to."""

    page: str
    places: tuple[str, ...] = ()      # the columns that say where rows are
    rows: RowsFile | None = None      # where a browser is to read them in parts


Parts = tuple[Part | None, ...]       # of each file of a dataset; None for what is no table
_READ = msgspec.json.Decoder(tuple[tuple[Part | None, str], ...])      # each with the key of its rows in the cache, or ""


class KnownParts(Frozen, kw_only=True):
    """What is known of the tables of one catalog."""

    place: Place
    base_url: str
    known_by: Mapping[str, str]       # datasets by a digest of what they and their tables are made of

    def found(self, datasets: Sequence[Dataset], wanted: Callable[[Dataset, int], Wanted],
              ) -> tuple[dict[str, Parts], dict[tuple[str, int], Made]]:
        """The parts of datasets that are known, and the files with their rows. `wanted` is how one is made, if it is lost."""
        parts, files = dict[str, Parts](), dict[tuple[str, int], Made]()
        if not self.known_by:
            return parts, files
        for at, body in self._shelves.found(self._items(datasets)):
            dataset, told = datasets[at], _READ.decode(body)
            rows = [self._made(key, part, partial(wanted, dataset, place)) for place, (part, key) in enumerate(told) if key]
            if None not in rows:
                parts[dataset.id] = tuple(part for part, _ in told)
                files |= {(dataset.id, place): made for place, made in
                          zip((place for place, (_, key) in enumerate(told) if key), rows, strict=True) if made}
        return parts, files

    def keep(self, datasets: Sequence[Dataset], parts: Mapping[str, Parts], files: Mapping[tuple[str, int], Made]) -> None:
        """Keep the parts of datasets that were not known."""
        if not self.known_by or not parts:
            return
        new = {}
        for at, dataset in enumerate(datasets):
            if dataset.id in parts:
                keys = [as_before(made).path if (made := files.get((dataset.id, place))) else ""
                        for place in range(len(dataset.files))]
                new[at] = msgspec.json.encode([*zip(parts[dataset.id], keys, strict=True)])
        self._shelves.keep(self._items(datasets), new)

    @property
    def _shelves(self) -> Shelves:
        return Shelves(self.place.cache, "tables to look into", WIDE)

    def _items(self, datasets: Sequence[Dataset]) -> list[Item]:
        known = self.known_by
        return [Item(f"datasets/{each.id}", sha256(f"rows {self.base_url} {each.updated} {known[each.id]}".encode()))
                if each.id in known else Item(f"datasets/{each.id}", "") for each in datasets]

    def _made(self, key: str, part: Part | None, wanted: Callable[[], Wanted]) -> Made | None:
        if part is None or part.rows is None:
            return None
        return made_before(self.place, Made(path=key, bytes=part.rows.bytes, sha256=part.rows.sha256), wanted)
