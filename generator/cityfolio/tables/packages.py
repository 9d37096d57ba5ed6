"""Each dataset in one archive: its published files with the dictionary that programs read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import BinaryIO

import orjson

from cityfolio import __version__
from cityfolio.cache import Keep
from cityfolio.files import Tree, digest_of, naming, open_file, sha256
from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset, Export, File
from cityfolio.model.formats import BY_ENDING
from cityfolio.model.site import CopyOf, Made
from cityfolio.problems import Location, Problem
from cityfolio.tables.exports.about import about_dataset
from cityfolio.tables.exports.archive import Entry, write_zip
from cityfolio.tables.exports.datapackage import Package, PackagedFile, datapackage
from cityfolio.tables.exports.packaged import packaged
from cityfolio.tables.published import Bench, Published, Tables

RULES = "1"                       # raised with every change to what an archive holds
MOST_BYTES = 200_000_000          # packing so many takes about five seconds
FORMAT = BY_ENDING["zip"]


class Archive(Frozen, kw_only=True):
    """What became of a dataset's archive."""

    export: Export | None = None
    made: Made | None = None
    problem: Problem | None = None


def archive(dataset: Dataset, tables: Tables, base_url: str, bench: Bench) -> Archive:
    """Pack the files that are published of a dataset, or take the archive from the cache."""
    published = _published(dataset, tables)
    if not published:
        return Archive()
    size = sum(each.size_bytes for _, each in published)
    if size > MOST_BYTES:
        says = f"{dataset.id}.zip was not made: {size / 1e6:,.0f} MB are more than the {MOST_BYTES / 1e6:,.0f} that are packed"
        return Archive(problem=Problem(code="export-unfit", where=Location(path=dataset.source_path), says=says,
                                       fix="Leave `zip` out of the `exports:` of its files."))
    shared = Counter(file.name for file in dataset.files)
    files = tuple(_packaged(file, tables, dataset, is_whole=shared[file.name] == 1) for file, _ in published)
    package = Package(about=about_dataset(dataset, base_url), dataset=dataset.id, files=files)
    entries = [Entry(file=file, open=partial(_opened, each.body, bench.tree))
               for file, (_, each) in zip(files, published, strict=True)]
    made = _made(package, entries, bench.scratch, bench.cache)
    name = _name(dataset)
    return Archive(export=Export(name=name, format=FORMAT.name, bytes=made.bytes, sha256=made.sha256), made=made)


def _name(dataset: Dataset) -> str:
    taken = {file.name for file in dataset.files} | {each.name for file in dataset.files for each in file.exports}
    name = f"{dataset.id}.zip"
    return name if name not in taken else f"{dataset.id}-all-files.zip"


def _published(dataset: Dataset, tables: Tables) -> list[tuple[File, Published]]:
    """The files that lie on the site, each once."""
    found = {file.name: (file, each) for place, file in reversed(list(enumerate(dataset.files)))
             if (each := tables.published.get((dataset.id, place))) is not None}
    return list(reversed(found.values()))


def _packaged(file: File, tables: Tables, dataset: Dataset, *, is_whole: bool) -> PackagedFile:
    """A file as its package describes it, from the rows that are in it."""
    key = dataset.id, dataset.files.index(file)
    job, report = tables.jobs.get(key), tables.reports.get(key)
    return packaged(file, report.profile if report and is_whole else None, job.columns if job else {})


def _opened(body: CopyOf | Made, tree: Tree) -> BinaryIO:
    return tree.open(body.path) if isinstance(body, CopyOf) else open_file(Path(body.at_hand()))


def _made(package: Package, entries: Sequence[Entry], scratch: Path, cache: Keep) -> Made:
    key = sha256(orjson.dumps(["archive", __version__, RULES, datapackage(package).decode(), asdict(package.about)]))
    target = scratch / key
    kept = cache.get(key)
    digest = kept.decode() if kept else ""
    if digest and cache.get_file(f"{key} file", digest, target):
        return Made(path=str(target), bytes=target.stat().st_size, sha256=digest)
    with naming(target), target.open("x+b") as stream:
        write_zip(package, entries, stream)
    digest = digest_of(target)
    cache.put_file(f"{key} file", target)
    cache.put(key, digest.encode())
    return Made(path=str(target), bytes=target.stat().st_size, sha256=digest)
