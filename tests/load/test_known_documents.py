"""Documents of datasets are parsed once, and read from what is kept until their bytes change."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.cache import Cache
from cityfolio.load import known_documents
from cityfolio.load.known_documents import KnownDocuments
from cityfolio.load.yaml import Document, read_yaml
from cityfolio.problems import Problem

PATH = "datasets/trees/dataset.yaml"
BODY = b"title: Street trees\nkeywords: [oak, elm]\nempty:\ncolumns:\n  id: {title: Number}\n"
WRONG = b"title: Trees\ntitle: Shrubs\n"


class Parsed:
    """Reads YAML, and notes of which paths."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def __call__(self, path: str, body: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
        self.paths.append(path)
        return read_yaml(path, body)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """What is kept between builds."""
    return Cache(tmp_path / "cache")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Parsed:
    """What was parsed since."""
    noting = Parsed()
    monkeypatch.setattr(known_documents, "read_yaml", noting)
    return noting


def read(cache: Cache, files: dict[str, bytes], made_by: str = "1") -> dict[str, Document | None]:
    """What a build reads of some files."""
    documents = KnownDocuments(cache, made_by)
    found = {path: documents.read(path, body)[0] for path, body in files.items()}
    documents.keep()
    return found


def test_a_document_that_is_known_says_the_same_and_is_not_parsed(cache: Cache, parsed: Parsed) -> None:
    whole, problems = read_yaml(PATH, BODY)
    read(cache, {PATH: BODY})
    again = read(cache, {PATH: BODY})[PATH]

    assert (parsed.paths, problems) == ([PATH], ())
    assert whole is not None
    assert again is not None
    assert (again.path, again.root, again.lines) == (whole.path, whole.root, whole.lines)
    assert [again.value(*keys) for keys in (("title",), ("columns", "id"), ("none",))] == [
        whole.value(*keys) for keys in (("title",), ("columns", "id"), ("none",))]


def test_one_that_changed_is_parsed_and_its_neighbors_are_not(cache: Cache, parsed: Parsed) -> None:
    others = {f"datasets/{number}/dataset.yaml": b"title: Trees %d\n" % number for number in range(40)}
    read(cache, others | {PATH: BODY})
    parsed.paths.clear()

    found = read(cache, others | {PATH: BODY + b"license: cc0-1.0\n"})[PATH]

    assert parsed.paths == [PATH]
    assert found is not None
    assert found.holds("license")


def test_equal_files_are_told_each_by_its_own_path(cache: Cache, parsed: Parsed) -> None:
    other = "datasets/shrubs/dataset.yaml"
    read(cache, {PATH: BODY})
    found = read(cache, {PATH: BODY, other: BODY})

    assert [each.path for each in found.values() if each] == [PATH, other]
    assert parsed.paths == [PATH]


def test_what_is_wrong_is_said_in_every_build(cache: Cache) -> None:
    told = []
    for _ in range(2):
        documents = KnownDocuments(cache, "1")
        told.append([each.code for each in documents.read(PATH, WRONG)[1]])
        documents.keep()

    assert told == [["yaml-duplicate-key"]] * 2


def test_another_program_or_folder_knows_nothing_of_them(cache: Cache, parsed: Parsed) -> None:
    read(cache, {PATH: BODY})
    read(cache, {PATH: BODY}, made_by="2")

    assert parsed.paths == [PATH, PATH]


def test_what_was_not_read_is_let_go(cache: Cache, parsed: Parsed) -> None:
    read(cache, {PATH: BODY})
    read(cache, {})
    read(cache, {PATH: BODY})

    assert parsed.paths == [PATH, PATH]


def test_an_entry_that_was_damaged_is_made_anew(cache: Cache, parsed: Parsed) -> None:
    read(cache, {PATH: BODY})
    for entry in cache.root.rglob("*"):
        if entry.is_file() and entry.name != ".gitignore":
            entry.write_bytes(entry.read_bytes()[:-1] + b"?")

    assert read(cache, {PATH: BODY})[PATH] is not None
    assert parsed.paths == [PATH, PATH]
