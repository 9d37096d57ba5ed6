"""Datasets that were sound in a build before are not gone through again, and nothing that is wrong is missed for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from check import test_records_first
from check.test_records_first import trees
from cities import SITE, TREES, a_bench, a_build, a_city, codes, loaded, with_files
from cityfolio.cache import Cache
from cityfolio.check import check, whole
from cityfolio.check.known_sound import KnownSound
from cityfolio.check.registry import OF_EACH, RULES
from cityfolio.check.whole import whole_check
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.load.known_documents import KnownDocuments
from cityfolio.load.known_looks import KnownLooks
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.problems import Problem, in_order
from cityfolio.tables.published import read_tables

Files = Mapping[str, str | bytes]
DATASET = "datasets/trees/dataset.yaml"
ELMS = {"datasets/elms/dataset.yaml": TREES, "datasets/elms/trees.csv": "species,height\nelm,1\n"}
CITIES: Mapping[str, Files] = {
    **test_records_first.CITIES,
    "a link without an address": trees(more="description: The [oldest](oaks.html) tree\n"),
    "a program": with_files(trees(("trees.csv", "trees.js")), {"datasets/trees/trees.js": "x"}),
    "a former name of another format": trees(("trees.csv", "trees.csv\n    formerly: [trees.txt]")),
}


def checked(files: Files, folder: Path, made_by: str = "1", **build: object) -> tuple[Problem, ...]:
    """What a build says of a city after those before it into the same folder."""
    documents = KnownDocuments(Cache(folder), made_by)
    known = load(MemoryTree(files), memory=documents)
    documents.keep()
    return check(known, a_build(**build), KnownSound(Cache(folder), made_by))


@pytest.fixture
def gone_through(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The datasets that were gone through by the rules for each, build by build."""
    found: list[list[str]] = []

    def noted(some: Loaded, build: Build) -> Iterator[Problem]:
        found.append([*some.datasets])
        return iter(())

    monkeypatch.setitem(RULES, "link-unusable", noted)
    return found


def test_only_a_dataset_that_was_edited_is_gone_through_again(tmp_path: Path, gone_through: list[list[str]]) -> None:
    files = with_files(a_city(), ELMS)
    for each in (files, files, with_files(files, {DATASET: TREES.replace("Street", "All")})):
        assert checked(each, tmp_path) == ()

    assert gone_through == [["elms", "trees"], [], ["trees"]]


@pytest.mark.parametrize("changed", [
    {"site.yaml": f"{SITE}tagline: Ours\n"}, {"publishers/parks.yaml": "title: Parks\n"},
    {"topics/nature.yaml": "title: Green\n"}, {"licenses/ours.yaml": "title: Ours\nurl: https://example.gov/terms\n"},
    {"columns/id.yaml": "title: Number\n"}, {"publishers/roads.yaml": "- x\n"},
], ids=["the site", "a publisher", "a topic", "a license", "a shared column", "a file that cannot be read"])
def test_all_are_gone_through_when_what_they_rest_on_changes(changed: Files, tmp_path: Path,
                                                             gone_through: list[list[str]]) -> None:
    checked(a_city(), tmp_path)
    checked(with_files(a_city(), changed), tmp_path)

    assert gone_through == [["trees"], ["trees"]]


def test_another_day_or_another_program_knows_of_none(tmp_path: Path, gone_through: list[list[str]]) -> None:
    checked(a_city(), tmp_path)
    checked(a_city(), tmp_path, now=datetime(2026, 7, 1, tzinfo=UTC))
    checked(a_city(), tmp_path, made_by="2")

    assert gone_through == [["trees"]] * 3


def test_an_entry_that_was_damaged_is_none(tmp_path: Path, gone_through: list[list[str]]) -> None:
    checked(a_city(), tmp_path)
    for path in tmp_path.glob("??/*"):
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    checked(a_city(), tmp_path)

    assert gone_through == [["trees"]] * 2


def test_where_nothing_is_kept_all_are_gone_through(gone_through: list[list[str]]) -> None:
    assert [check(loaded(a_city()), a_build(), KnownSound(made_by="1")) for _ in range(2)] == [(), ()]
    assert gone_through == [["trees"]] * 2


@pytest.mark.parametrize("files", CITIES.values(), ids=CITIES)
def test_what_is_wrong_is_told_after_a_build_in_which_all_was_sound(files: Files, tmp_path: Path) -> None:
    assert codes(checked(a_city(), tmp_path)) == []

    assert [checked(files, tmp_path) for _ in range(2)] == [check(loaded(files), a_build())] * 2
    assert codes(checked(a_city(), tmp_path)) == []


@pytest.mark.parametrize("files", CITIES.values(), ids=CITIES)
def test_rules_for_each_dataset_say_of_one_alone_what_they_say_of_it_among_others(files: Files) -> None:
    whole = loaded(with_files(ELMS, files))
    of_none = set(said(replace(whole, datasets={})))
    alone = [said(replace(whole, datasets={name: each})) for name, each in whole.datasets.items()]

    assert {*of_none, *(problem for some in alone for problem in some)} == set(said(whole))
    assert [{problem.where.path for problem in some if problem not in of_none} - {each.document.path}
            for some, each in zip(alone, whole.datasets.values(), strict=True)] == [set()] * len(whole.datasets)


def said(some: Loaded) -> list[Problem]:
    """What the rules say that go through one dataset after the other."""
    return [problem for code in sorted(OF_EACH) for problem in RULES[code](some, a_build())]


def test_cities_meet_every_rule_that_goes_through_one_dataset_after_the_other() -> None:
    told = {problem.code for files in CITIES.values() for problem in said(loaded(files))}

    assert told == OF_EACH


def inspected_whole(files: Files, folder: Path, made_by: str = "1") -> tuple[Problem, ...]:
    """What a build says of a city and its tables after those before it into the same folder."""
    tree, cache = MemoryTree(files), Cache(folder)
    looks = KnownLooks(cache, made_by)
    tables = read_tables(loaded(files), a_bench(tree, cache=cache, looks=looks))
    return in_order(whole_check(loaded(files), tables, a_build(), tree, looks))


OF_TABLES: Mapping[str, Files] = {
    "a column that is not described": a_city(**{"datasets/trees/trees.csv": "species,height,age\noak,1,2\n"}),
    "a column that is not there": a_city(**{"datasets/trees/trees.csv": "species\noak\n"}),
    "a value that is none": a_city(**{"datasets/trees/trees.csv": "species,height\noak,tall\n"}),
    "a key that is not there": trees(("trees.csv", "trees.csv\n    primary_key: [id]")),
    "a question about nothing": trees(more="questions: [{id: a, title: How many?, answer: {count: true}, file: oaks.csv}]\n"),
    "something personal": with_files(trees(("  height:", "  planter_ssn: {title: Who planted it}\n  height:")), {
        "datasets/trees/trees.csv": "species,planter_ssn,height\noak,536-90-4399,1\nelm,574-11-2049,2\nfir,219-09-9998,3\n"}),
    "an acknowledgment of nothing": trees(more="release_review:\n  acknowledged: [{kind: email, reason: Known}]\n"),
    "a key to a column that is not there": trees(
        ("species: {title: What kind of tree it is}",
         "species: {title: What kind of tree it is, foreign_key: {dataset: trees, column: id}}")),
}


@pytest.mark.parametrize("files", OF_TABLES.values(), ids=OF_TABLES)
def test_what_is_wrong_in_tables_is_told_after_a_build_in_which_all_was_sound(files: Files, tmp_path: Path) -> None:
    tree = MemoryTree(files)
    expected = in_order(whole_check(loaded(files), read_tables(loaded(files), a_bench(tree)), a_build(), tree))

    assert inspected_whole(a_city(), tmp_path) == ()
    assert [inspected_whole(files, tmp_path) for _ in range(2)] == [expected] * 2
    assert expected != ()
    assert inspected_whole(a_city(), tmp_path) == ()


def test_tables_that_did_not_change_are_not_compared_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[list[str]] = []
    monkeypatch.setattr(whole, "personal_problems", lambda some, tables, today: (found.append([*some.datasets]), ())[1])
    files = with_files(a_city(), ELMS)
    for each in (files, files, with_files(files, {"datasets/trees/trees.csv": "species,height\noak,2\n"})):
        assert inspected_whole(each, tmp_path) == ()

    assert found == [["elms", "trees"], [], ["trees"]]
