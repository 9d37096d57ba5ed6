"""One mistake is one problem: what follows from it is not said as well."""

from __future__ import annotations

from datetime import date

import pytest

from cities import CSV, TREES, a_city, places, problems, with_files
from cityfolio.problems import closest


def trees(text: str, **beside: str) -> dict[str, str | bytes]:
    """The sound city with another record of its trees, and other files in their folder."""
    files = {f"datasets/trees/{name}": body for name, body in {"dataset.yaml": text, **beside}.items()}
    return with_files(a_city(), files)


def settings(text: str) -> dict[str, str | bytes]:
    """The sound city with other settings."""
    return a_city(**{"site.yaml": f"name: X\n{text}"})


UP_TO_FILES, UP_TO_COLUMNS = TREES[: TREES.index("files:")], TREES[: TREES.index("columns:")]
ADDRESS = "contact: {name: A, email: a@example.gov}\n"
ONE_MISTAKE = {
    "a misspelled key that is needed": (trees(TREES.replace("title: Street", "titel: Street", 1)), [("key-unknown", 1, 1)]),
    "no settings, so no license and no contact": (a_city(**{"site.yaml": None}), [("site-missing", None, None)]),
    "settings that cannot be read": (a_city(**{"site.yaml": "name: a: b\n"}), [("yaml-syntax", 1, 8)]),
    "a shared column that is not there": (trees(TREES.replace("{title: What kind of tree it is}", "{standard: species}")),
                                          [("column-unknown", 11, 23)]),
    "a misspelled file": (trees(TREES.replace("trees.csv", "tree.csv")), [("file-missing", 9, 11)]),
    "a file as Windows writes paths": (trees(TREES.replace("trees.csv", "C:\\data\\trees.csv")), [("file-outside", 9, 11)]),
    "a publisher in brackets": (trees(TREES.replace("publisher: parks", "publisher: {id: parks}")), [("value-kind", 3, 12)]),
    "a license in brackets": (settings(f"{ADDRESS}license: [cc0]\n"), [("value-kind", 3, 10)]),
    "an address of nobody": (settings("license: cc0\ncontact: {email: a at b}\n"), [("email-invalid", 3, 18)]),
    "a contact that is no group": (settings("license: cc0\ncontact: a@example.gov\n"), [("value-kind", 3, 10)]),
    "a summary that is too long": (trees(TREES.replace("Every tree the city planted.", "x" * 401)), [("text-long", 2, 10)]),
    "a reason that is too long": (trees(f"{TREES}status: restricted\nreason: {'x' * 1001}\n"), [("text-long", 14, 9)]),
    "a status that is none": (with_files(trees(f"{UP_TO_FILES}status: plannd\n"), {"datasets/trees/trees.csv": None}),
                              [("choice-unknown", 8, 9)]),
    "a date that is none": (trees(TREES.replace("modified: 2026-01-01", "modified: 2020-13-01")), [("date-invalid", 7, 11)]),
    "a column that is no group": (trees(TREES.replace("{title: What kind of tree it is}", "oak")), [("value-kind", 11, 12)]),
    "a column with a long title": (trees(TREES.replace("What kind of tree it is", "x" * 201)), [("text-long", 11, 20)]),
    "a dictionary that is none": (trees(f"{UP_TO_COLUMNS}columns: see trees.pdf\n"), [("value-kind", 10, 10)]),
    "a publisher that is not there, whose contact nobody knows": (
        a_city(**{"site.yaml": "name: X\nlicense: cc0\n", "publishers/parks.yaml": None}), [("publisher-unknown", 3, 12)]),
    "a file without its key": (trees(TREES.replace("path: trees.csv", "trees.csv")), [("value-kind", 9, 5)]),
}


@pytest.mark.parametrize(("files", "expected"), ONE_MISTAKE.values(), ids=ONE_MISTAKE)
def test_a_mistake_is_said_once(files: dict[str, str | bytes], expected: list[tuple[str, int, int]]) -> None:
    # The last commit is long ago, so that whatever counts from it would be late.
    assert places(problems(files, committed={"datasets/trees/trees.csv": date(2020, 1, 1)})) == expected


def test_a_file_that_nobody_meant_is_still_named_beside_a_misspelled_one() -> None:
    found = problems(trees(TREES.replace("trees.csv", "tree.csv"), **{"notes.txt": "x"}))

    assert [(each.code, each.where.path.rpartition("/")[2]) for each in found] == [
        ("file-missing", "dataset.yaml"), ("file-unlisted", "notes.txt")]


def test_an_entry_that_was_refused_does_not_move_the_problems_of_those_behind_it() -> None:
    files = trees(TREES.replace("  - path: trees.csv", "  - trees.csv\n  - path: none.csv"), **{"trees.csv": CSV})

    assert places(problems(files)) == [("value-kind", 9, 5), ("file-missing", 10, 11)]


def test_a_byte_that_is_not_utf_8_is_counted_in_letters_behind_a_byte_order_mark() -> None:
    files = a_city(**{"topics/nature.yaml": "title: Nature\ndescription: é ".encode("utf-8-sig") + b"\xe9\n"})

    assert places(problems(files)) == [("text-encoding", 2, 16)]


def test_a_tag_is_named_as_it_is_written() -> None:
    (found,) = problems(a_city(**{"topics/nature.yaml": "title: !!str Nature\n"}))

    assert found.says == "the tag !!str gives a value a type"


@pytest.mark.parametrize(("given", "expected"), [("Titel", "title"), ("TITLE", "title"), ("zzz", None)])
def test_the_closest_word_is_found_whatever_its_capitals(given: str, expected: str | None) -> None:
    assert closest(given, ["title", "topics"]) == expected
