"""One value set by its path: everything else in the file stays, and what could not be read is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.load.yaml import Scalar, read_yaml
from cityfolio.review.set_value import Edit, Target, target_of, with_value
from review.yaml_files import dataset_files

TREES = """\
# What stands at the curb.
title: Street trees   # the plain name
keywords: [oak, elm]
topics: nature
contact: {name: Foresters}

files:
  - path: trees.csv
    title: All trees
columns:
  # by tape
  height: {title: Height, unit: feet}
"""


def target(path: str) -> Target:
    found = target_of(path)
    assert isinstance(found, Target), found
    return found


def edit(path: str, value: str | None, text: str = TREES) -> Edit:
    return with_value(target(f"datasets/trees/{path}"), text.encode(), value)


EDITS = {
    "a value": ("title", "Trees", ("title: Street trees   # the plain name", "title: Trees   # the plain name")),
    "a value in braces": ("contact/name", "Rangers", ("name: Foresters", "name: Rangers")),
    "a key more in braces": ("contact/phone", "704", ("{name: Foresters}", "{name: Foresters, phone: 704}")),
    "a value of a column": ("columns/height/unit", "metres", ("unit: feet", "unit: metres")),
    "a column more": ("columns/species/title", "Species",
                      ("Height, unit: feet}\n", "Height, unit: feet}\n  species: {title: Species}\n")),
    "a value of an item": ("files/0/title", "Trees", ("title: All trees", "title: Trees")),
    "an item more": ("keywords/-", "ash", ("[oak, elm]", "[oak, elm, ash]")),
    "an item in place of another": ("keywords/1", "ash", ("[oak, elm]", "[oak, ash]")),
    "an item more of a list of one": ("topics/-", "parks", ("topics: nature", "topics: [nature, parks]")),
    "several words": ("keywords", "ash, beech", ("[oak, elm]", "[ash, beech]")),
    "a new key where it belongs": ("summary", "Each tree.", ("# the plain name\n", "# the plain name\nsummary: Each tree.\n")),
    "nothing, where something was": ("keywords", None, ("keywords: [oak, elm]\n", "")),
    "no item, where one was": ("keywords/0", None, ("[oak, elm]", "[elm]")),
    "a file more": ("files/-/path", "more.csv", ("title: All trees\n", "title: All trees\n  - path: more.csv\n")),
}


@pytest.mark.parametrize(("path", "value", "change"), EDITS.values(), ids=EDITS)
def test_a_value_is_set_and_every_other_byte_stays(path: str, value: str | None, change: tuple[str, str]) -> None:
    made = edit(path, value)

    assert made.body.decode() == TREES.replace(*change)
    assert (made.problems, made.wrong) == ((), "")


REFUSED = {
    "a day that does not exist": ("modified", "2026-02-30", "date-invalid"),
    "a word that is not among those known": ("frequency", "sometimes", "frequency-unknown"),
    "an address of nothing": ("contact/email", "foresters", "email-invalid"),
    "too long a text": ("title", "a" * 300, "text-long"),
}


@pytest.mark.parametrize(("path", "value", "code"), REFUSED.values(), ids=REFUSED)
def test_what_the_loader_would_refuse_is_refused(path: str, value: str, code: str) -> None:
    assert [each.code for each in edit(path, value).problems] == [code]


def test_a_fault_that_was_there_before_does_not_hinder() -> None:
    made = edit("summary", "Each tree.", TREES + "modified: yesterday\n")

    assert made.problems == ()
    assert b"summary: Each tree." in made.body


WRONG = {
    "an unknown key": ("titel", 'there is no key "titel" in this file. Did you mean "title"?'),
    "an unknown key of a column": ("columns/height/units", 'there is no key "units" in columns/height. Did you mean "unit"?'),
    "a key below a text": ("title/more", "title holds one value, and no keys"),
    "an item that is not there": ("keywords/7", "keywords has 2 items; the first is 0"),
}


@pytest.mark.parametrize(("path", "said"), WRONG.values(), ids=WRONG)
def test_a_path_that_leads_nowhere_is_told(path: str, said: str) -> None:
    assert edit(path, "x").wrong.startswith(said)


def test_what_is_not_there_cannot_be_removed() -> None:
    assert edit("summary", None).wrong == "summary is not there"


@pytest.mark.parametrize("path", ["nowhere/x/title", "datasets", "datasets/trees", "site", "publishers/parks",
                                  "datasets//title"])
def test_a_path_that_names_no_key_of_a_file_is_told(path: str) -> None:
    assert isinstance(target_of(path), str)


@pytest.mark.parametrize(("path", "file"), [("site/name", "site.yaml"), ("publishers/parks/title", "publishers/parks.yaml"),
                                            ("measures/late/title", "measures/late/measure.yaml"),
                                            ("guides/trees/title", "guides/trees.md")])
def test_a_path_leads_to_the_file_of_its_record(path: str, file: str) -> None:
    assert target(path).file == file


def test_the_text_of_a_markdown_file_stays() -> None:
    body = b"---\ntitle: Trees\n---\n\nCount them.\n"

    assert with_value(target("guides/trees/title"), body, "Count trees").body == body.replace(b"Trees", b"Count trees")


@pytest.mark.parametrize("text", ["title: [", "- a\n", "title: \x00", "title: a\ntitle: b\n"])
def test_a_file_that_cannot_be_read_is_left_with_its_problems(text: str) -> None:
    assert with_value(target("datasets/trees/title"), text.encode(), "x").body != b""


@given(dataset_files(), st.text(min_size=1, max_size=120).filter(lambda text: text.strip() and text.isprintable()))
def test_whatever_the_file_the_value_that_is_set_is_read(text: str, value: str) -> None:
    made = edit("title", value, text)
    document, _ = read_yaml("x", made.body)
    said = document.value("title") if document else None

    assert made.problems or (isinstance(said, Scalar) and said.text == value)


@given(dataset_files())
def test_setting_a_title_changes_nothing_else(text: str) -> None:
    before, after = (load(MemoryTree({"site.yaml": "name: A\n", "datasets/trees/dataset.yaml": body})).datasets
                     for body in (text, edit("title", "Trees", text).body))

    assert {name: (each.record.columns, each.record.files, each.record.summary, each.record.keywords, each.record.description)
            for name, each in after.items()} == {
        name: (each.record.columns, each.record.files, each.record.summary, each.record.keywords, each.record.description)
        for name, each in before.items()}
