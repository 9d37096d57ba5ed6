"""Files that are kept elsewhere and were fetched whole: where each lies now, and how it is read like one of the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from cityfolio.cache import Keep
from cityfolio.files import Node, Tree, open_file
from cityfolio.frozen import Frozen, replace
from cityfolio.load.dictionary import dictionary
from cityfolio.load.loaded import Loaded
from cityfolio.model.profile import TableReport
from cityfolio.problems import Problem
from cityfolio.tables.limits import limits_of
from cityfolio.tables.personal import asked_of
from cityfolio.tables.profiles import profile_all
from cityfolio.tables.table import TableJob
from cityfolio.tables.workers import Hands

Key = tuple[str, int]   # a dataset's id, and the place of a file in its list


class FetchedFile(Frozen, kw_only=True):
    """What was found at an address."""

    url: str
    name: str                     # by which its format is known
    path: Path                    # where it lies as long as the build lasts
    bytes: int
    sha256: str


class FetchedTree(Frozen):
    """A catalog together with the files that were fetched for it, each under a path that no file of a catalog has."""

    tree: Tree
    files: Mapping[str, Path]

    def nodes(self) -> tuple[Node, ...]:
        """Everything in the catalog: what was fetched is no part of it."""
        return self.tree.nodes()

    def read(self, path: str) -> bytes:
        """The bytes of a file of the catalog."""
        return self.tree.read(path)

    def open(self, path: str) -> BinaryIO:
        """A file of either, opened for reading."""
        return open_file(self.files[path]) if path in self.files else self.tree.open(path)


def tree_with(tree: Tree, fetched: Mapping[Key, FetchedFile]) -> Tree:
    """The catalog with what was fetched."""
    return FetchedTree(tree, {_path(key, file): file.path for key, file in fetched.items()}) if fetched else tree


class Whole(Frozen, kw_only=True):
    """A fetched file that was read."""

    file: FetchedFile
    job: TableJob
    report: TableReport           # its problems name the address


def read_wholes(
    loaded: Loaded, fetched: Mapping[Key, FetchedFile], tree: Tree, cache: Keep, workers: Hands,
) -> dict[Key, Whole]:
    """Profile the files that were fetched."""
    jobs = {key: _job(key, file, loaded) for key, file in fetched.items()}
    reports = profile_all(list(jobs.values()), tree, cache, workers)
    return {key: Whole(file=fetched[key], job=job, report=replace(report, problems=at_source(report.problems, fetched[key])))
            for (key, job), report in zip(jobs.items(), reports, strict=True)}


def _job(key: Key, file: FetchedFile, loaded: Loaded) -> TableJob:
    dataset = loaded.datasets[key[0]].record
    record = dataset.files[key[1]]
    return TableJob(path=_path(key, file), size_bytes=file.bytes, file=record, sha256=file.sha256, limits=limits_of(loaded),
                    anonymity=asked_of(dataset.anonymity, record.path or record.sample),
                    title=dataset.title or "", columns=dictionary(loaded, dataset, record))


def _path(key: Key, file: FetchedFile) -> str:
    # No path of a catalog begins so, and the name comes last, because formats are told by it.
    return f"//{key[0]}/{key[1]}/{file.name}"


def at_source(problems: Iterable[Problem], file: FetchedFile) -> tuple[Problem, ...]:
    """Problems of a fetched file, each where it can be mended: at the address, with the line there."""
    return tuple(replace(each, where=replace(each.where, path=file.url, in_catalog=False)) for each in problems)
