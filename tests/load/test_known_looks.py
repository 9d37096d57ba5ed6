"""Files of a catalog are read again when anything touched them, and else what was found of them is known."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import pytest

from cities import a_city
from cityfolio.cache import Cache
from cityfolio.check.secrets import secret_problems
from cityfolio.files import FolderTree, Node
from cityfolio.load.catalog import load
from cityfolio.load.known_documents import KnownDocuments
from cityfolio.load.known_looks import KnownLooks
from cityfolio.load.loaded import Loaded
from cityfolio.tables.published import Bench, read_tables

SECRET = "AKIA" + "Q7ZR2LWX4VKCT5MY"
ROWS = "datasets/trees/trees.csv"
DATASET = "datasets/trees/dataset.yaml"
LATER_NS = 10_000_000_000


@dataclass(frozen=True)
class Watched:
    """A catalog on disk that remembers what was read of it."""

    tree: FolderTree
    asked: list[str] = field(default_factory=list)

    def nodes(self) -> tuple[Node, ...]:
        return self.tree.nodes()

    def read(self, path: str) -> bytes:
        self.asked.append(path)
        return self.tree.read(path)

    def open(self, path: str) -> BinaryIO:
        self.asked.append(path)
        return self.tree.open(path)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    for path, body in a_city().items():
        (tmp_path / "city" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "city" / path).write_bytes(body.encode() if isinstance(body, str) else body)
    return tmp_path / "city"


def looks(city: Path, began_ns: int = 0) -> KnownLooks:
    """What is known of a city's files, in a build that begins when they are old."""
    return KnownLooks(Cache(city.parent / "cache"), "1", began_ns or time.time_ns() + LATER_NS)


def searched(city: Path, known: KnownLooks) -> tuple[list[str], list[str]]:
    """What secrets were found, and which files were read for it."""
    tree = Watched(FolderTree(city))
    found = secret_problems(load(tree.tree), tree, known)
    return [each.where.path for each in found], tree.asked


def sized(city: Path, known: KnownLooks) -> tuple[dict[str, str], list[str]]:
    """The digests of data files, and which were read for them before they were profiled."""
    tree = Watched(FolderTree(city))
    bench = Bench(tree=tree, cache=Cache(city.parent / "cache"), workers=1, scratch=city.parent, looks=known)
    found = read_tables(load(tree.tree), bench).published
    return {each.name: each.sha256 for each in found.values()}, tree.asked


def read(city: Path, known: KnownLooks) -> tuple[Loaded, list[str]]:
    """The catalog as a build reads it, and which files of datasets it read for it."""
    tree = Watched(FolderTree(city))
    documents = KnownDocuments(Cache(city.parent / "cache"), "1", known)
    found = load(tree, memory=documents)
    documents.keep()
    return found, [path for path in tree.asked if path.startswith("datasets/")]


def test_datasets_that_nothing_touched_are_not_read_again(city: Path):
    first, asked = read(city, looks(city))
    second, again = read(city, looks(city))

    assert first == second == load(FolderTree(city))
    assert (asked, again) == ([DATASET], [])


def test_a_dataset_in_which_something_is_wrong_is_told_of_in_each_build(city: Path):
    (city / DATASET).write_text("title: Trees\nmodified: soon\n")
    first, _ = read(city, looks(city))
    second, again = read(city, looks(city))

    assert first == second == load(FolderTree(city))
    assert ([each.code for each in second.problems], again) == (["date-invalid"], [])


def test_in_other_languages_a_dataset_is_another(city: Path):
    read(city, looks(city))
    with (city / "site.yaml").open("a") as site:
        site.write("languages: [en, es]\n")
    found, asked = read(city, looks(city))

    assert (found, asked) == (load(FolderTree(city)), [DATASET])


def test_a_dataset_that_was_touched_a_moment_ago_is_read_again(city: Path):
    read(city, looks(city, time.time_ns()))

    assert read(city, looks(city))[1] == [DATASET]


def test_files_that_nothing_touched_are_not_searched_again(city: Path):
    first, read = searched(city, looks(city))
    second, again = searched(city, looks(city))

    assert (first, second) == ([], [])
    assert (ROWS in read, again) == (True, [])


def test_digests_of_files_that_nothing_touched_are_known(city: Path):
    first, read = sized(city, looks(city))
    second, again = sized(city, looks(city))

    assert first == second
    assert (ROWS in read, again) == (True, [])


def written_over(path: Path) -> None:
    body = path.read_bytes()
    path.write_bytes(body[:-1] + b"9")


def written_with_its_time_set_back(path: Path) -> None:
    about = path.stat()
    written_over(path)
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def replaced(path: Path) -> None:
    aside = path.with_suffix(".new")
    aside.write_bytes(path.read_bytes()[:-1] + b"9")
    aside.replace(path)


@pytest.mark.parametrize("touch", [written_over, written_with_its_time_set_back, replaced])
def test_a_dataset_that_was_touched_is_read_again(city: Path, touch: Callable[[Path], None]):
    (city / DATASET).write_text("title: Trees 1")
    read(city, looks(city))
    time.sleep(0.05)
    touch(city / DATASET)
    found, asked = read(city, looks(city))

    assert (found.datasets["trees"].record.title, asked) == ("Trees 9", [DATASET])


@pytest.mark.parametrize("touch", [written_over, written_with_its_time_set_back, replaced])
def test_a_file_that_was_touched_is_read_again(city: Path, touch: Callable[[Path], None]):
    before, _ = sized(city, looks(city))
    searched(city, looks(city))
    time.sleep(0.05)     # longer than a tick of the clock of any file system in use here
    touch(city / ROWS)

    after, _ = sized(city, looks(city))

    assert searched(city, looks(city))[1] == [ROWS]
    assert after != before
    assert after == sized(city, KnownLooks())[0]


def test_a_secret_is_told_in_each_build(city: Path):
    with (city / "site.yaml").open("a") as site:
        site.write(f"tagline: {SECRET}\n")

    assert [searched(city, looks(city))[0] for _ in range(2)] == [["site.yaml"], ["site.yaml"]]


def test_of_a_file_that_was_changed_a_moment_before_nothing_is_kept(city: Path):
    _, read = searched(city, looks(city, time.time_ns()))

    assert searched(city, looks(city))[1] == read


def test_an_entry_of_another_program_or_one_that_was_damaged_is_none(city: Path):
    _, read = searched(city, looks(city))

    assert searched(city, replace(looks(city), made_by="2"))[1] == read
    for path in (city.parent / "cache").glob("??/*"):
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert searched(city, looks(city))[1] == read


def test_what_is_kept_of_no_file_is_nothing(city: Path):
    looks(city).of("digests", {}).keep()

    assert looks(city).of("digests", {}).before == {}


def test_files_in_memory_look_like_nothing(city: Path):
    known = looks(city).of("digests", {"a.csv": Node(path="a.csv", kind="file", bytes=1)})
    known.note("a.csv", b"1")

    assert (known.now, known.found("a.csv")) == ({}, None)


class Unreadable(Watched):
    """A catalog whose files cannot be read for the moment."""

    def read(self, path: str) -> bytes:
        raise OSError(5, os.strerror(5), path)


def test_of_a_file_that_could_not_be_read_nothing_is_known(city: Path):
    loaded = load(FolderTree(city))
    secret_problems(loaded, Unreadable(FolderTree(city)), looks(city))

    assert ROWS in searched(city, looks(city))[1]
