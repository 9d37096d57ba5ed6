"""What one side changed is taken; what both changed differently is shown and kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from cityfolio.migrate.harvest.merge import alike, merge
from cityfolio.model.records import DatasetRecord

FILE = {"url": "https://example.gov/a", "title": "A"}
MORE = {"url": "https://example.gov/b", "title": "B"}


def merged(base, theirs, ours):
    return merge(base, theirs, ours, DatasetRecord)


@pytest.mark.parametrize(("base", "theirs", "ours", "expected"), [
    ("Trees", "Street trees", "Trees", "Street trees"),
    ("Trees", "Trees", "Our trees", "Our trees"),
    ("Trees", "Street trees", "Street trees", "Street trees"),
    ("Trees", "Street trees", "Our trees", "Our trees"),
    ("Trees", None, "Trees", None),
    ("Trees", None, "Our trees", "Our trees"),
    ("Trees", "Trees", None, None),
    (None, "Trees", None, "Trees"),
    (None, None, "Our trees", "Our trees"),
], ids=["theirs", "ours", "both alike", "both", "gone there", "gone there and changed", "gone here", "new there", "new here"])
def test_a_text_follows_the_side_that_changed_it(base, theirs, ours, expected):
    three = [{"title": each} if each else {} for each in (base, theirs, ours)]

    assert merged(*three).values.get("title") == expected


def test_what_both_changed_is_a_conflict_and_comes_up_again():
    first = merged({"title": "Trees"}, {"title": "Street trees"}, {"title": "Our trees"})
    again = merged(first.base, {"title": "Street trees"}, first.values)

    assert [(each.path, each.theirs, each.ours) for each in first.conflicts] == [(("title",), "Street trees", "Our trees")]
    assert again.conflicts == first.conflicts


def test_keys_of_a_group_are_merged_one_by_one():
    result = merged({"contact": {"name": "Parks"}}, {"contact": {"name": "Parks", "email": "a@example.gov"}},
                    {"contact": {"name": "Parks desk"}})

    assert result.values == {"contact": {"name": "Parks desk", "email": "a@example.gov"}}
    assert (result.taken, result.conflicts) == ((("contact", "email"),), ())


def test_words_that_were_added_and_removed_there_are_added_and_removed_here():
    result = merged({"keywords": ["oak", "elm"]}, {"keywords": ["oak", "ash"]}, {"keywords": ["oak", "elm", "shade"]})

    assert result.values == {"keywords": ["oak", "shade", "ash"]}


def test_files_are_known_again_by_address_and_merged_key_by_key():
    result = merged({"files": [FILE]}, {"files": [MORE, {**FILE, "format": "CSV"}]}, {"files": [{**FILE, "title": "All"}]})

    assert result.values == {"files": [{**FILE, "title": "All", "format": "CSV"}, MORE]}
    assert result.base == {"files": [MORE, {**FILE, "format": "CSV"}]}


def test_a_file_with_another_address_is_known_again_by_its_title():
    moved = {**FILE, "url": "https://example.gov/new"}

    result = merged({"files": [FILE, MORE]}, {"files": [moved, MORE]}, {"files": [FILE, MORE]})

    assert result.values == {"files": [moved, MORE]}


def test_a_file_that_got_another_title_here_and_another_address_there_is_the_same_file():
    theirs, ours = {**FILE, "url": "https://example.gov/new"}, {**FILE, "title": "Mine"}

    result = merged({"files": [FILE]}, {"files": [theirs]}, {"files": [ours]})

    assert result.values == {"files": [{"url": "https://example.gov/new", "title": "Mine"}]}
    assert (result.base, result.conflicts) == ({"files": [theirs]}, ())


def test_a_file_that_is_gone_there_goes_and_one_that_was_changed_here_stays():
    gone = merged({"files": [FILE, MORE]}, {"files": [MORE]}, {"files": [FILE, MORE, {"path": "own.csv"}]})
    kept = merged({"files": [FILE, MORE]}, {"files": [MORE]}, {"files": [{**FILE, "title": "All"}, {"url": MORE["url"]}]})

    assert gone.values == {"files": [MORE, {"path": "own.csv"}]}
    assert kept.values == {"files": [{**FILE, "title": "All"}, {"url": MORE["url"]}]}
    assert [each.path for each in kept.conflicts] == [("files", 0)]


def test_a_new_column_stands_where_the_source_has_it():
    base = {"columns": {"a": {"title": "A"}, "c": {"title": "C"}}}
    theirs = {"columns": {"a": {"title": "A"}, "b": {"title": "B"}, "c": {"title": "C"}}}

    result = merged(base, theirs, {"columns": {"a": {"title": "Alpha"}, "c": {"title": "C"}, "own": {"title": "Own"}}})

    assert [*result.values["columns"]] == ["a", "b", "c", "own"]
    assert result.values["columns"]["a"] == {"title": "Alpha"}


TEXTS = st.text(st.sampled_from(list("ab 1")), min_size=1, max_size=3)
GROUPS = st.fixed_dictionaries({"url": TEXTS.filter(str.strip)}, optional={"description": TEXTS, "format": TEXTS})
RECORDS = st.fixed_dictionaries({}, optional={
    "title": TEXTS,
    "keywords": st.lists(TEXTS, min_size=1, max_size=4, unique_by=str.strip),
    "contact": st.dictionaries(st.sampled_from(["name", "email"]), TEXTS, min_size=1),
    "files": st.lists(GROUPS, min_size=1, max_size=3, unique_by=lambda file: file["url"].strip()),
    "columns": st.dictionaries(TEXTS, st.dictionaries(st.sampled_from(["title", "unit"]), TEXTS), max_size=3),
    "notes": st.dictionaries(TEXTS, TEXTS, max_size=3),
})


@settings(max_examples=200, deadline=None)
@given(RECORDS, RECORDS)
def test_a_source_that_did_not_change_changes_nothing(base, ours):
    result = merged(base, base, ours)

    assert alike(result.values, ours)
    assert (result.taken, result.conflicts) == ((), ())


@settings(max_examples=200, deadline=None)
@given(RECORDS, RECORDS)
def test_a_catalog_that_did_not_change_becomes_what_the_source_says(base, theirs):
    result = merged(base, theirs, base)

    assert alike(result.values, theirs)
    assert result.conflicts == ()


@settings(max_examples=200, deadline=None)
@given(RECORDS, RECORDS, RECORDS)
def test_merging_what_was_merged_takes_nothing_more(base, theirs, ours):
    first = merged(base, theirs, ours)

    again = merged(first.base, theirs, first.values)

    assert alike(again.values, first.values)
    assert again.taken == ()
