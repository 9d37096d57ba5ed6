"""What changed on a day, in sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cityfolio.model.history import ChangeDay, FileChange, KeyChange, RowCounts
from cityfolio.model.site import Output
from cityfolio.pages.change_words import MOST_SENTENCES, sentences
from cityfolio.pages.markdown import words_only
from cityfolio.pages.words import Words
from cityfolio.publish.scan import Scan
from pages.changelogs import a_changelog, with_changelogs
from pages.drawing import draw_site
from pages.factories import a_build, a_catalog, a_dataset

DAY = date(2026, 4, 1)
ROWS = RowCounts(before=3, after=5)


def said(*files: FileChange, keys: tuple[KeyChange, ...] = (), **given: object) -> list[str]:
    return [words_only(each) for each in sentences(ChangeDay(day=DAY, files=files, keys=keys, **given), Words())]


def a_file(happened: str = "changed", **given: object) -> FileChange:
    return FileChange(name="trees.csv", happened=happened, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(("file", "sentence"), [
    (a_file("added"), "trees.csv is new."),
    (a_file("removed"), "trees.csv is no longer here."),
    (a_file("renamed", formerly="all.csv"), "trees.csv was called all.csv before."),
    (a_file(), "trees.csv: the file was replaced."),
    (a_file(before_bytes=1, after_bytes=2_000), "trees.csv: the file was replaced; it had 1 byte and has 2 kB."),
    (a_file(rows=ROWS), "trees.csv: the rows are the same; 5 rows now."),
    (a_file(rows=replace(ROWS, added=1, removed=2, changed=3)),
     "trees.csv: 1 row added, 2 rows removed, 3 rows changed; 5 rows now."),
    (a_file("renamed", formerly="all.csv", rows=replace(ROWS, added=2)),
     "trees.csv: 2 rows added; 5 rows now. It was called all.csv before."),
])
def test_a_file_is_told_in_a_sentence(file, sentence):
    assert said(file) == [sentence]


def test_columns_of_a_file_are_told_after_it():
    rows = replace(ROWS, added=2, added_columns=("a",), removed_columns=("b", "c"), renamed=(("height", "feet"),))

    assert said(a_file(rows=rows))[1:] == ["The column height is called feet now.", "New column: a.",
                                           "2 columns taken out: b, c."]


def test_keys_are_told_by_what_residents_call_them():
    keys = (KeyChange(key="license", happened="changed", before="cc0-1.0", after="cc-by-4.0"),
            KeyChange(key="summary", happened="changed"), KeyChange(key="keywords", happened="changed"),
            KeyChange(key="rights", happened="added"), KeyChange(key="charts", happened="removed"))

    assert said(keys=keys) == ["License: it was “cc0-1.0” and is “cc-by-4.0”.", "Written anew: summary, keywords.",
                               "Added: conditions.", "Taken out: charts."]


def test_what_is_said_of_columns_is_told_by_column():
    keys = (KeyChange(key="columns", happened="added", column="a"), KeyChange(key="columns", happened="removed", column="b"),
            KeyChange(key="columns", happened="changed", column="c", parts=("title", "unit")))

    assert said(keys=keys) == ["Described now: a.", "No longer described: b.",
                               "What is said of the column c changed: title, unit."]


def test_a_first_day_says_so():
    assert said(is_first=True) == ["Can be had here from this day on."]


def test_of_very_much_the_first_is_told():
    found = said(*(FileChange(name=f"{at}.csv", happened="added") for at in range(100)))

    assert (len(found), found[-1]) == (MOST_SENTENCES + 1, "There is more, which the file for programs tells.")


def test_very_many_columns_are_counted():
    found = said(a_file(rows=replace(ROWS, added_columns=tuple(f"c{at}" for at in range(20)))))

    assert found[1].endswith("c11 and 8 more.")


@pytest.mark.parametrize(("told", "sentence"), [
    ({}, "Changes are known since 2 January 2025."),
    ({"known": "shallow"}, "This site was built without the older history."),
    ({"is_cut": True}, "There were more changes than are listed here, which go back to 2 January 2025."),
    ({"since": None}, "The history of these files is not known here."),
], ids=["whole", "shallow", "cut", "unknown"])
def test_the_page_says_how_far_back_changes_are_known(told, sentence):
    catalog = with_changelogs(a_catalog(a_dataset("Trees")), trees=a_changelog(**told))

    assert sentence in draw_site(catalog=catalog).page("/data/trees/changes/").main.text


LATER = replace(a_build(), revised=datetime(2031, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(("told", "build", "sentence"), [
    ({"since": DAY}, a_build(), "Nothing has changed since then."),
    ({"since": None}, a_build(), "The history of these files is not known here."),
    ({"since": None}, LATER, "All that is known of how these files changed is of later days."),
], ids=["nothing", "unknown", "all of it later"])
def test_a_page_without_changes_says_one_thing_of_them(told, build, sentence):
    catalog = with_changelogs(a_catalog(a_dataset("Trees")), trees=a_changelog(**{"days": (), "notes": (), **told}))
    page = draw_site(catalog=catalog, build=build).page("/data/trees/changes/").main.text

    assert sentence in page
    assert ("since then" in page) == (told["since"] is not None)
    assert "What the city wrote" not in page


def test_a_dataset_that_cannot_be_had_has_no_page_of_changes():
    site = draw_site(catalog=a_catalog(a_dataset("A plan", status="planned", reason="Later.")))

    assert [each.url for each in site.html() if "changes" in each.url] == []
    assert "What changed" not in site.page("/data/a-plan/").main.text


def test_versions_are_looked_through_as_they_are_written():
    scan = Scan()
    scan.look(Output(url="/data/trees/versions/2026-04-01/trees.csv", body=b"name,note\nA,was 123-45-6789\n", kind="version",
                     media_type="text/csv", source="datasets/trees/dataset.yaml"))

    assert [each.code for each in scan.problems()] == ["output-personal"]
