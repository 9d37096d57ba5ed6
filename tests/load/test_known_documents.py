"""Documents and records of datasets are read once, and from what is kept until their bytes change."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.cache import Cache
from cityfolio.files import MemoryTree
from cityfolio.load import catalog
from cityfolio.load.catalog import load
from cityfolio.load.known_documents import KnownDocuments
from cityfolio.load.loaded import Loaded
from cityfolio.load.yaml import Document, read_yaml
from cityfolio.model.said import Said
from cityfolio.problems import Problem

PATH = "datasets/trees/dataset.yaml"
BODY = b"title: Street trees\nkeywords: [oak, elm]\nempty:\ncolumns:\n  id: {title: Number}\n"
SOUND = b"title: Street trees\nkeywords: [oak, elm]\nmodified: 2026-01-02\ncolumns:\n  id: {title: Number}\n"
WRONG = b"title: Trees\ntitle: Shrubs\n"
UNFIT = b"title: Trees\nmodified: soon\n"


class Read:
    """Reads YAML and records, and notes of which files."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: list[str] = []         # of those that were parsed
        self.records: list[str] = []       # of those of which a record was read
        read_record = catalog.read_record
        monkeypatch.setattr(catalog, "read_record", lambda kind, group, reading: (
            self.records.append(reading.document.path), read_record(kind, group, reading))[1])

    def __call__(self, path: str, body: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
        self.paths += [path] if path.startswith("datasets/") else []
        return read_yaml(path, body)

    def forget(self) -> None:
        """Begin anew."""
        self.paths.clear()
        self.records.clear()


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """What is kept between builds."""
    return Cache(tmp_path / "cache")


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Read:
    """What was read since."""
    return Read(monkeypatch)


def built(cache: Cache, files: dict[str, bytes], reader: Read | None = None, made_by: str = "1") -> Loaded:
    """What a build reads of some files."""
    documents = KnownDocuments(cache, made_by)
    found = load(MemoryTree(files), reader or read_yaml, memory=documents)
    documents.keep()
    return found


def read(cache: Cache, files: dict[str, bytes], reader: Read | None = None, made_by: str = "1") -> dict[str, Document | None]:
    """The documents of datasets that a build reads of some files."""
    found = {each.document.path: each.document for each in built(cache, files, reader, made_by).datasets.values()}
    return {path: found.get(path) for path in files}


def test_a_document_that_is_known_says_the_same_and_is_not_parsed(cache: Cache, reader: Read) -> None:
    whole, problems = read_yaml(PATH, BODY)
    read(cache, {PATH: BODY}, reader)
    again = read(cache, {PATH: BODY}, reader)[PATH]

    assert (reader.paths, problems) == ([PATH], ())
    assert whole is not None
    assert again is not None
    assert (again.path, again.root, again.lines) == (whole.path, whole.root, whole.lines)
    assert [again.value(*keys) for keys in (("title",), ("columns", "id"), ("none",))] == [
        whole.value(*keys) for keys in (("title",), ("columns", "id"), ("none",))]


def test_one_that_changed_is_parsed_and_its_neighbors_are_not(cache: Cache, reader: Read) -> None:
    others = {f"datasets/{number}/dataset.yaml": b"title: Trees %d\n" % number for number in range(40)}
    read(cache, others | {PATH: BODY}, reader)
    reader.paths.clear()

    found = read(cache, others | {PATH: BODY + b"license: cc0-1.0\n"}, reader)[PATH]

    assert reader.paths == [PATH]
    assert found is not None
    assert found.holds("license")


def test_equal_files_are_told_each_by_its_own_path(cache: Cache, reader: Read) -> None:
    other = "datasets/shrubs/dataset.yaml"
    read(cache, {PATH: BODY}, reader)
    found = read(cache, {PATH: BODY, other: BODY}, reader)

    assert [each.path for each in found.values() if each] == [PATH, other]
    assert reader.paths == [PATH]


@pytest.mark.parametrize(("body", "code"), [(WRONG, "yaml-duplicate-key"), (UNFIT, "date-invalid")], ids=["YAML", "record"])
def test_what_is_wrong_is_said_in_every_build(cache: Cache, body: bytes, code: str) -> None:
    told = [built(cache, {PATH: body}).problems for _ in range(2)]

    assert code in [each.code for each in told[0]]
    assert told[0] == told[1]


def test_a_sound_record_is_read_once_and_is_the_same_again(cache: Cache, reader: Read) -> None:
    first = built(cache, {PATH: SOUND}, reader)
    reader.forget()
    again = built(cache, {PATH: SOUND}, reader)

    assert (reader.paths, reader.records) == ([], [])
    assert again == first
    assert again.datasets["trees"].says_all


def test_a_record_with_something_wrong_is_read_in_every_build(cache: Cache, reader: Read) -> None:
    first = built(cache, {PATH: UNFIT}, reader)
    reader.forget()
    again = built(cache, {PATH: UNFIT}, reader)

    assert (reader.paths, reader.records) == ([], [PATH])
    assert again == first
    assert not again.datasets["trees"].says_all


def test_in_other_languages_a_record_is_read_again(cache: Cache) -> None:
    body = {PATH: b"title: {en: Trees, es: Arboles}\nsummary: All.\n"}
    site = {each: {"site.yaml": f"name: X\nlanguages: [{each}]\n".encode(), **body} for each in ("en, es", "es, en")}
    titles = [built(cache, site[language]).datasets["trees"].record.title for language in ("en, es", "es, en", "en, es")]

    assert [str(each) for each in titles] == ["Trees", "Arboles", "Trees"]
    assert all(isinstance(each, Said) for each in titles)


def test_another_program_or_folder_knows_nothing_of_them(cache: Cache, reader: Read) -> None:
    read(cache, {PATH: BODY}, reader)
    read(cache, {PATH: BODY}, reader, made_by="2")

    assert reader.paths == [PATH, PATH]


def test_what_was_not_read_is_let_go(cache: Cache, reader: Read) -> None:
    read(cache, {PATH: BODY}, reader)
    read(cache, {}, reader)
    read(cache, {PATH: BODY}, reader)

    assert reader.paths == [PATH, PATH]


def test_an_entry_that_was_damaged_is_made_anew(cache: Cache, reader: Read) -> None:
    read(cache, {PATH: BODY}, reader)
    for entry in cache.root.rglob("*"):
        if entry.is_file() and entry.name != ".gitignore":
            entry.write_bytes(entry.read_bytes()[:-1] + b"?")

    assert read(cache, {PATH: BODY}, reader)[PATH] is not None
    assert reader.paths == [PATH, PATH]
