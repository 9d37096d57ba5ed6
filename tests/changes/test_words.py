"""What must not be read by everybody is not quoted from git either."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from changes.repositories import a_repository, built, known
from cities import CSV, TREES
from cityfolio.model.history import ChangeDay, FileChange, KeyChange, RowCounts
from cityfolio.review.history_words import may_be_told, without_unsafe_words

NUMBER = "123-45-6789"
KEY = "AKIA" + "Q3EGRIO7HZ4TSXVB"
DAY = date(2026, 4, 1)


def cleaned(*, files: tuple[FileChange, ...] = (), keys: tuple[KeyChange, ...] = ()) -> ChangeDay | None:
    return without_unsafe_words(ChangeDay(day=DAY, files=files, keys=keys))


@pytest.mark.parametrize("words", [f"Trees of {NUMBER}", f"Trees {KEY}", f"Trees, SSN {NUMBER.replace('-', '')}",
                                   "Paid with 4012 8888 8888 1881", f"A&{NUMBER}", f'"{NUMBER}"'],
                         ids=["number", "key", "number that is said", "card", "number behind a sign", "quoted"])
def test_a_secret_that_was_taken_out_does_not_stop_the_build(tmp_path, words):
    plain = TREES.replace("title: Street trees", "title: Street trees\nspatial: Town\neach_row_is: A tree")
    leaking = TREES.replace("title: Street trees", f"title: '{words}'\nspatial: '{words}'\neach_row_is: '{words}'")
    made = built(a_repository(tmp_path, ("2026-04-01", {"datasets/trees/dataset.yaml": leaking}),
                              ("2026-05-01", {"datasets/trees/dataset.yaml": plain})))
    told = made.changes()["days"][0]["keys"]

    assert made.manifest is not None
    assert [key for key in ("title", "spatial", "each_row_is") if {"key": key, "happened": "changed"} not in told] == []


def test_harmless_words_are_still_quoted(tmp_path):
    renamed = {"datasets/trees/dataset.yaml": TREES.replace("title: Street trees", "title: 'Trees & \"shrubs\" 2024-2026'")}

    key = known(a_repository(tmp_path, ("2026-04-01", renamed))).datasets["trees"].days[0].keys[0]
    assert (key.before, key.after) == ("Street trees", 'Trees & "shrubs" 2024-2026')


def test_a_line_of_values_that_was_taken_for_names_of_columns_does_not_stop_the_build(tmp_path):
    made = built(a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": f"{NUMBER},height\noak,12.5\n"}),
                              ("2026-05-01", {"datasets/trees/trees.csv": CSV})))

    assert made.manifest is not None
    assert NUMBER not in made.page()


@pytest.mark.parametrize("change", [
    FileChange(name=f"{NUMBER}.csv", happened="removed"), FileChange(name=f"{KEY}.csv", happened="added"),
], ids=["number", "key"])
def test_a_file_with_an_unsafe_name_is_not_told(change):
    assert cleaned(files=(change,)) is None


def test_an_unsafe_former_name_of_a_file_is_left_out():
    day = cleaned(files=(FileChange(name="a.csv", happened="renamed", formerly=f"{KEY}.csv"),))

    assert day is not None
    assert day.files == (FileChange(name="a.csv", happened="changed"),)


def test_unsafe_names_of_columns_are_left_out():
    rows = RowCounts(before=1, after=1, added_columns=("a", KEY), removed_columns=(NUMBER,), renamed=((KEY, "b"), ("c", "d")))
    day = cleaned(files=(FileChange(name="a.csv", happened="changed", rows=rows),),
                  keys=(KeyChange(key="columns", column=NUMBER, happened="removed"),))

    assert day is not None
    assert day.files[0].rows == RowCounts(before=1, after=1, added_columns=("a",), renamed=(("c", "d"),))
    assert day.keys == ()


@given(st.text(max_size=60))
def test_any_text_can_be_asked_about(text):
    assert may_be_told(text) in (True, False)
