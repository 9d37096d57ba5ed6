"""What each dataset came to in feeds, kept between builds, so that after an edit only what it changed is made anew.

In a feed of the whole catalog that is a part, of which the bytes are kept. Files beside the dataset's page are known by their
digests: their bytes are those of the former site, if they lie there still as they were. Either is made of a dataset alone,
and is told no more of the catalog and the build than that (see `alone`), so that its key covers all that it can depend on.
Files that tell of some datasets, as the list of a topic does, are known in the same way while these are the same.
Where a cache cannot be written or read, everything is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import orjson

from cityfolio import files
from cityfolio.cache import Keep, NoCache
from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Build, Catalog, Dataset, Publisher
from cityfolio.model.digests import Digests, digest_of
from cityfolio.model.site import Drawn, InPieces, Manifest, Output
from cityfolio.pages.alone import Surroundings, build_around, line_of
from cityfolio.pages.kept_runs import WIDE as WIDE_RUN, Kept, KeptRuns, Run
from cityfolio.pages.shell import Site
from cityfolio.pages.trees import placed
from cityfolio.publish.addresses import path_of
from cityfolio.tables.shelves import Item, Shelves, trimmed

DIGEST_LETTERS = 64
WIDE = 128         # datasets on a shelf, on average: all are read in every build, and few are written
# Both are given a dataset, as much of the catalog and of the build as is told of it alone, and what is beside it.
Make = Callable[..., bytes]                   # never nothing at all
MakeFiles = Callable[..., Iterable[Output]]
Beside = Callable[[Dataset], tuple[object, ...]]     # what is told of a dataset that it does not hold


Lies = Callable[[str], Path | None]                  # where a file of the former site is, by its path in it


def _nothing(dataset: Dataset) -> tuple[()]:
    return ()


def _nowhere(path: str) -> None:
    return None


class KnownFile(Frozen):
    """A file as it was made."""

    url: str
    media_type: str
    kind: str
    source: str
    bytes: int
    sha256: str


class Whole(Frozen):
    """Files that each say something of every dataset, as they were written."""

    keys: Mapping[str, str]          # of each dataset by its id, in their order: a digest of all that is said of it
    sizes: Sequence[int]             # a number for each dataset, as how long its line is
    files: Mapping[str, Path]        # by address


@dataclass     # without slots, so that what is the same for all parts can be kept
class KnownParts:
    """The parts of one catalog in one language."""

    catalog: Catalog
    build: Build
    cache: Keep = field(default_factory=NoCache)
    common: str = ""          # a digest of what all parts share; "" where nothing is to be known
    digests: Digests = field(default_factory=Digests)
    lies: Lies = _nowhere
    now: dict[str, list[KnownFile]] = field(default_factory=dict)      # without their digests, before they were written
    wholes: dict[str, Whole] = field(default_factory=dict)             # without paths
    _shared: dict[str, str] = field(default_factory=dict)     # a digest of what several share, by their publishers' parent

    @classmethod
    def of(cls, site: Site, cache: Keep, program: str, lies: Lies = _nowhere) -> KnownParts:
        """What is known of a site. `program` is a digest of the program itself; "" where it is not known."""
        told = build_around(site.build)
        common = digest_of(program, site.theme.digest, site.words.language, site.words.digest, site.catalog.site, told)
        return cls(site.catalog, site.build, cache, common if program else "", site.digests, lies)

    def made(self, feed: str, datasets: Sequence[Dataset], make: Make, beside: Beside = _nothing) -> Iterator[bytes]:
        """The part of each dataset in a feed, in their order."""
        if not self.common:
            yield from (self._part(dataset, make, beside(dataset)) for dataset in datasets)
            return
        further = list(map(beside, datasets))
        items = [Item(f"datasets/{dataset.id}", key)
                 for dataset, key in zip(datasets, self._keys(feed, datasets, further), strict=True)]
        shelves = Shelves(self.cache, f"parts of {feed} in {self.build.tree}/", WIDE, is_packed=True)
        found = dict(shelves.found(items))
        new = {at: self._part(dataset, make, further[at]) for at, dataset in enumerate(datasets) if at not in found}
        shelves.keep(items, {at: body for at, body in new.items() if items[at].key})
        found |= new
        yield from (found.pop(at) for at in range(len(datasets)))

    def joined(self, feed: str, datasets: Sequence[Dataset], make: Make, beside: Beside = _nothing) -> Iterator[bytes]:
        """The part of each dataset in a feed, in their order: those of some that follow one another in one piece."""
        return (run.joined() for run in self.runs(feed, datasets, make, beside))

    def listed(self, feed: str, datasets: Sequence[Dataset], make: Make, beside: Beside = _nothing) -> Iterator[bytes]:
        """The same for a list in JSON, with a comma between any two."""
        return (piece[:-1] for piece in self.joined(feed, datasets, partial(_item, make), beside))

    def runs(self, feed: str, datasets: Sequence[Dataset], make: Make, beside: Beside = _nothing) -> Iterator[Kept]:
        """The parts by runs. One begins with every dataset of which the id says so, and is called by it; the first by none."""
        further = [] if beside is _nothing else list(map(beside, datasets))
        lines = list(self._lines(datasets, further)) if self.common else [""] * len(datasets)
        starts, kept = self._starts, KeptRuns(self.cache, f"{feed}, {self.common}") if self.common else None

        def part(first: int, at: int) -> bytes:
            return self._part(datasets[first + at], make, further[first + at] if further else ())

        cuts = dict.fromkeys((0, *(at for at, each in enumerate(datasets) if id(each) in starts), len(datasets)))
        for one, two in pairwise(cuts):
            yield Kept(Run(datasets[one].id if one else "", lines[one:two], partial(part, one)), kept)

    @cached_property
    def _starts(self) -> AbstractSet[int]:
        """With which datasets runs begin, by the identity of what the catalog holds."""
        return {id(each) for each in self.catalog.datasets if sha256(each.id.encode()).digest()[0] % WIDE_RUN == 0}

    def files(self, feed: str, datasets: Sequence[Dataset], make: MakeFiles, beside: Beside = _nothing) -> Iterator[Output]:
        """The files of a feed beside each dataset."""
        further = list(map(beside, datasets))
        keys = self._keys(feed, datasets, further) if self.common else [""] * len(datasets)
        for dataset, key, more in zip(datasets, keys, further, strict=True):
            made_again = partial(self._files, dataset, make, more)
            if known := self._before.get(key):
                self.now[key] = known
                yield from (_output(each, partial(_body_of, made_again, each.url)) for each in known)
                continue
            outputs = made_again()
            if key and outputs:
                self.now[key] = list(map(_known, outputs))
            yield from outputs

    def together(self, feed: str, datasets: Iterable[Dataset], make: Callable[[], Iterable[Output]],
                 beside: object = ()) -> Iterator[Output]:
        """Files that tell of some datasets, in their order, and of what is beside them, and no more.

        Beside them is None where that cannot be told.
        """
        key = self._key_of_all(feed, datasets, beside) if self.common and beside is not None else ""
        if known := self._before.get(key):
            self.now[key] = known
            yield from (_output(each, partial(_body_of, make, each.url)) for each in known)
            return
        outputs = list(make())
        if key:
            self.now[key] = list(map(_known, outputs))
        yield from outputs

    def of_each(self, feed: str, datasets: Sequence[Dataset]) -> Mapping[str, str]:
        """For each dataset, in their order, a digest of all that is said of it alone; "" where it cannot be told."""
        keys = self._keys(feed, datasets, [()] * len(datasets)) if self.common else [""] * len(datasets)
        return dict(zip((each.id for each in datasets), keys, strict=True))

    def part(self, dataset: Dataset, make: Make) -> bytes:
        """What a dataset comes to, made now."""
        return self._part(dataset, make, ())

    def whole(self, feed: str) -> Whole | None:
        """The files of a feed that say something of every dataset, if they lie in the former site as they were."""
        body = self.cache.get(f"whole {feed}, {self.common}") if self.common else None
        if not body:
            return None
        keys, sizes, digests = orjson.loads(body)
        found = dict[str, Path]()
        for url, digest in digests.items():
            path = self.lies(path_of(self._placed(url)))
            if path is None or not path.is_file() or files.digest_of(path) != digest:
                return None
            found[url] = path
        return Whole(keys, sizes, found)

    def note(self, feed: str, keys: Mapping[str, str], sizes: Sequence[int], urls: Iterable[str]) -> None:
        """Remember what such files are of, until they were written."""
        if self.common:
            self.wholes[feed] = Whole(keys, sizes, dict.fromkeys(urls, Path()))

    def keep(self, written: Manifest, unfit: AbstractSet[str]) -> None:
        """Keep what files were written. `unfit` are such as are to be looked through again in the next build."""
        for feed, whole in self.wholes.items():
            entries = {url: written.entries.get(path_of(self._placed(url))) for url in whole.files}
            digests = {url: entry.sha256 for url, entry in entries.items() if entry}
            if self.common and len(digests) == len(entries) and unfit.isdisjoint(map(self._placed, entries)):
                self.cache.put(f"whole {feed}, {self.common}", orjson.dumps([whole.keys, whole.sizes, digests]))
        kept = {key: told for key, files in self.now.items() if (told := list(self._told(files, written, unfit)))}
        if self.common and kept != {key: list(map(_row, files)) for key, files in self._before.items()}:
            self.cache.put(self._name, orjson.dumps(kept))

    def _told(self, files: Iterable[KnownFile], written: Manifest, unfit: AbstractSet[str]) -> Iterator[list[object]]:
        """The files of one dataset as they were written; nothing where one of them was not, or is unfit."""
        rows = []
        for file in files:
            url = self._placed(file.url)
            entry = written.entries.get(path_of(url))
            if entry is None or url in unfit:
                return
            rows.append([file.url, file.media_type, file.kind, file.source, entry.bytes, entry.sha256])
        yield from rows

    def _placed(self, url: str) -> str:
        return placed(url, self.build.tree)

    @cached_property
    def _before(self) -> Mapping[str, list[KnownFile]]:
        body = self.cache.get(self._name) if self.common else None
        return {key: [KnownFile(*each) for each in files] for key, files in orjson.loads(body).items()} if body else {}

    @property
    def _name(self) -> str:
        return f"files of datasets, {self.common}"

    def _keys(self, feed: str, datasets: Sequence[Dataset], further: Sequence[tuple[object, ...]]) -> Iterator[str]:
        """What is made of each dataset depends on this; "" where that cannot be told."""
        for line in self._lines(datasets, further):
            key = f"{feed} {line}" if line else ""
            yield sha256(key.encode()).hexdigest() if len(line) > DIGEST_LETTERS else key

    def _lines(self, datasets: Sequence[Dataset], further: Sequence[tuple[object, ...]]) -> Iterator[str]:
        """What is made of each dataset depends on this: digests, one after another; "" where that cannot be told."""
        known, of = self._alone, self.digests.of
        alone = (known.get(id(each)) or self._of_one(each) for each in datasets)
        if not further:
            return alone
        return ("".join((one, *beside)) if one and all(beside := [*map(of, more)]) else ""
                for one, more in zip(alone, further, strict=True))

    def _key_of_all(self, feed: str, datasets: Iterable[Dataset], beside: object) -> str:
        """What is made of some datasets together depends on this; "" where that cannot be told."""
        alone, around = self._alone, digest_of(feed, beside)
        keys = [alone.get(id(each), "") for each in datasets]     # of another dataset than those of the catalog none
        return sha256("".join((around, *keys)).encode()).hexdigest() if around and all(keys) else ""

    @cached_property
    def _alone(self) -> Mapping[int, str]:
        """A digest of each dataset by itself, by the identity of what the catalog holds."""
        return {id(dataset): self._of_one(dataset) for dataset in self.catalog.datasets}

    def _of_one(self, dataset: Dataset) -> str:
        """A digest of a dataset, of whom its publisher is part of, and of what all share; "" where that cannot be told."""
        parent = _parent(dataset)
        if parent not in self._shared:
            line = self.digests.of_line(line_of(dataset, self._publishers))
            self._shared[parent] = line and digest_of(self.common, line)
        told = (self.digests.of_dataset(dataset), self._shared[parent])
        return sha256("".join(told).encode()).hexdigest() if all(told) else ""

    def _part(self, dataset: Dataset, make: Make, further: tuple[object, ...]) -> bytes:
        return trimmed(make(dataset, self._around.of(dataset), self._little, *further))

    def _files(self, dataset: Dataset, make: MakeFiles, further: tuple[object, ...]) -> list[Output]:
        return list(make(dataset, self._around.of(dataset), self._little, *further))

    @cached_property
    def _publishers(self) -> Mapping[str, Publisher]:
        return {each.id: each for each in self.catalog.publishers}

    @cached_property
    def _around(self) -> Surroundings:
        return Surroundings(self.catalog, self._publishers)

    @cached_property
    def _little(self) -> Build:
        return build_around(self.build)


def _item(make: Make, dataset: Dataset, *given: object) -> bytes:
    """A part with the comma after it."""
    return make(dataset, *given) + b","


def _parent(dataset: Dataset) -> str:
    """Whom the publisher of a dataset is part of, which the whole line follows from."""
    return (dataset.publisher.record.parent if dataset.publisher else None) or ""


def _known(output: Output) -> KnownFile:
    return KnownFile(output.url, output.media_type, output.kind, output.source, 0, "")


def _row(file: KnownFile) -> list[object]:
    return [file.url, file.media_type, file.kind, file.source, file.bytes, file.sha256]


def _output(file: KnownFile, draw: Callable[[], bytes]) -> Output:
    return Output(url=file.url, body=Drawn(bytes=file.bytes, sha256=file.sha256, draw=draw), media_type=file.media_type,
                  kind=file.kind, source=file.source)


def _body_of(made_again: Callable[[], Iterable[Output]], url: str) -> bytes:
    """A known file that does not lie in the former site."""
    body = next(each.body for each in made_again() if each.url == url)
    assert isinstance(body, (bytes, InPieces))     # it is made of values, and is no file
    return body if isinstance(body, bytes) else b"".join(body.read())
