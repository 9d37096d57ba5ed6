"""Tasks as they travel: without the folders of the machine that they come from, and with the list of what they read.

Whatever is a tree, or a place for a file that is made, is named and not sent. Who receives a parcel says what stands there.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from cityfolio.files import FolderTree, MemoryTree, Node, Tree, open_file, sha256_of
from cityfolio.frozen import Frozen
from cityfolio.tables.aside import Ended, Work, limit_problem
from cityfolio.tables.fetched import FetchedTree
from cityfolio.tables.table import TableJob
from cityfolio.tables.workers import Errand, Making, Task

TREE, MAKING = "tree", "making"


class Parcel(Frozen, kw_only=True):
    """Some tasks, ready to be sent."""

    body: bytes
    reads: Mapping[str, TableJob]      # every file that the tasks may read, by its path in the catalog
    makes: Mapping[str, Path]          # where files that the tasks make belong, by the name they travel under
    tree: Tree | None                  # what the tasks read from


class NotSent(LookupError):
    """A file that nobody knew would be read. No OSError: a worker's lack must not be told as a fault of the city's file."""


class HandedTree(Frozen):
    """The files of a parcel, where they lie on the machine that works."""

    files: Mapping[str, Path]

    def nodes(self) -> tuple[Node, ...]:
        """The files: nothing else was handed over."""
        return tuple(Node(path=path, kind="file") for path in sorted(self.files))

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        with self.open(path) as stream:
            return stream.read()

    def open(self, path: str) -> BinaryIO:
        """The file, opened for reading. Raises NotSent where it was not handed over."""
        if path not in self.files:
            raise NotSent(path)
        try:
            return open_file(self.files[path])
        except OSError as error:
            raise NotSent(f"{path}: {error.strerror or error}") from error


@dataclass(slots=True)
class _Found:
    """What a pickler met on its way."""

    reads: dict[str, TableJob] = field(default_factory=dict)
    makes: dict[str, Path] = field(default_factory=dict)
    tree: Tree | None = None


class _Pickler(pickle.Pickler):
    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream, protocol=5)
        self.found = _Found()

    def persistent_id(self, each: Any) -> tuple[str, str] | None:   # Any: whatever a task holds
        """A name for what does not travel itself."""
        if isinstance(each, TableJob):
            self.found.reads[each.path] = each
        elif isinstance(each, Making):
            self.found.makes[each.path.name] = each.path
            return MAKING, each.path.name
        elif isinstance(each, (FolderTree, FetchedTree, MemoryTree)):
            self.found.tree = each
            return TREE, ""
        return None


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: BinaryIO, tree: Tree, makes: Path) -> None:
        super().__init__(stream)
        self.tree, self.makes = tree, makes

    def persistent_load(self, each: tuple[str, str]) -> Tree | Making:
        """What stands for a name here."""
        kind, name = each
        return self.tree if kind == TREE else Making(self.makes / name)


def packed(tasks: Sequence[Task]) -> Parcel:
    """Make some tasks ready to be sent."""
    stream = BytesIO()
    pickler = _Pickler(stream)
    pickler.dump(tuple(tasks))
    found = pickler.found
    return Parcel(body=stream.getvalue(), reads=found.reads, makes=found.makes, tree=found.tree)


def packed_errand(errand: Errand) -> bytes:
    """Make an errand ready to be sent: what it reads travels beside it."""
    stream = BytesIO()
    _Pickler(stream).dump(partial(errand, MemoryTree({})))
    return stream.getvalue()


def unpacked(body: bytes, tree: Tree, makes: Path) -> tuple[Task, ...] | Work:
    """Tasks or an errand that came in, to be done with these files; what tasks make is to lie in the folder `makes`."""
    # They come from the build that the worker works for: to run what it sends is what a worker is for.
    given: tuple[Task, ...] | Work = _Unpickler(BytesIO(body), tree, makes).load()
    return given


def digest_known(job: TableJob, tree: Tree) -> str:
    """The digest of a job's file. Raises OSError where it is not known and cannot be found out."""
    if job.sha256:
        return job.sha256
    with tree.open(job.path) as stream:
        return sha256_of(stream)


def answers_sent(answers: Sequence[bytes | Ended]) -> bytes:
    """What came of tasks, as it travels: a line of JSON with what each is, then the bytes of those that were done."""
    kinds = [{"bytes": len(each)} if isinstance(each, bytes) else {"says": each.problem.says, "fix": each.problem.fix}
             for each in answers]
    return b"".join([orjson.dumps(kinds), b"\n", *(each for each in answers if isinstance(each, bytes))])


def answers_read(body: bytes, tasks: Sequence[Task]) -> list[bytes | Ended]:
    """What came of tasks. Raises ValueError for what is no answer to them."""
    head, mark, rest = body.partition(b"\n")
    kinds = orjson.loads(head)
    if not mark or len(kinds) != len(tasks):
        raise ValueError(f"{len(kinds)} answers to {len(tasks)} tasks")
    answers, at = list[bytes | Ended](), 0
    for kind, task in zip(kinds, tasks, strict=True):
        if "says" in kind:
            answers.append(Ended(limit_problem(task.job, kind["says"], kind["fix"])))
            continue
        answers.append(rest[at:at + kind["bytes"]])
        at += kind["bytes"]
    if at != len(rest):
        raise ValueError("answers that were cut short")
    return answers
