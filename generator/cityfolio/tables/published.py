"""What becomes of each local file: its digest, its profile, and the bytes that may be published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import orjson

from cityfolio import __version__
from cityfolio.cache import Keep
from cityfolio.files import Tree, sha256, sha256_of
from cityfolio.load.dictionary import dictionary
from cityfolio.load.loaded import Loaded
from cityfolio.model.profile import TableReport
from cityfolio.model.records import FileRecord
from cityfolio.model.site import CopyOf
from cityfolio.problems import Location, Problem
from cityfolio.tables.exports.csv import is_table, without_columns
from cityfolio.tables.profile import TableJob
from cityfolio.tables.profiles import profile_all

Key = tuple[str, int]   # a dataset's id, and the place of a file in its list


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The bytes that stand at a file's address: the source's own, or a copy without its sensitive columns."""

    size_bytes: int
    sha256: str
    body: bytes | CopyOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Everything that was learned from the data files of a catalog."""

    reports: Mapping[Key, TableReport] = field(default_factory=dict)
    published: Mapping[str, Published] = field(default_factory=dict)   # by path in the catalog
    unreadable: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files themselves."""
        return (*self.unreadable, *(problem for report in self.reports.values() for problem in report.problems))


def local_files(loaded: Loaded) -> Iterator[tuple[Key, FileRecord, str]]:
    """Each file of a published dataset that lies in the catalog, with its path there."""
    for each in loaded.published:
        for place, file in enumerate(each.record.files):
            name = file.path or file.sample
            path = f"datasets/{each.id}/{name}"
            node = loaded.nodes.get(path)
            if name and node is not None and node.kind == "file":
                yield (each.id, place), file, path


def read_tables(loaded: Loaded, tree: Tree, cache: Keep, workers: int) -> Tables:
    """Digest every local file, profile those that are tables, and copy those that hold sensitive columns."""
    found = list(local_files(loaded))
    sizes, unreadable = _sizes(tree, [path for _, _, path in found])
    jobs = {
        key: TableJob(path=path, size_bytes=sizes[path].bytes, file=file, sha256=sizes[path].sha256,
                      columns=dictionary(loaded, loaded.datasets[key[0]].record, file))
        for key, file, path in found
        if path in sizes and is_table(file.format or path)
    }
    by_path = profile_all(jobs.values(), tree, cache, workers)
    reports = {key: by_path[job.path] for key, job in jobs.items()}
    published = {path: Published(size_bytes=size.bytes, sha256=size.sha256, body=size) for path, size in sizes.items()}
    for key, job in jobs.items():
        profile = reports[key].profile
        if profile is None or profile.left_out:
            # A file that could not be read stops the build; until it does, nothing of it may be published.
            published.pop(job.path, None)
        if profile is not None and profile.left_out:
            published[job.path] = _without(job, profile.left_out, tree, cache)
    return Tables(reports=reports, published=published, unreadable=unreadable)


def _sizes(tree: Tree, paths: list[str]) -> tuple[dict[str, CopyOf], tuple[Problem, ...]]:
    """Bytes and digest of each file, and a problem for each that cannot be read."""
    sizes, problems = {}, []
    for path in paths:
        try:
            with tree.open(path) as stream:
                digest, size = sha256_of(stream), stream.tell()
        except OSError as error:
            problems.append(Problem(code="folder-unreadable", where=Location(path=path), fix="Check its permissions.",
                                    says=f"the file could not be read: {error.strerror or error}"))
        else:
            sizes[path] = CopyOf(path=path, bytes=size, sha256=digest)
    return sizes, tuple(problems)


def _without(job: TableJob, left_out: tuple[str, ...], tree: Tree, cache: Keep) -> Published:
    parts = ["without", __version__, job.sha256, job.file.encoding, job.file.delimiter, left_out]
    key = sha256(orjson.dumps(parts))
    body = cache.get(key)
    if body is None:
        with tree.open(job.path) as stream:
            body = without_columns(stream, job.file, left_out)
        cache.put(key, body)
    return Published(size_bytes=len(body), sha256=sha256(body), body=body)
