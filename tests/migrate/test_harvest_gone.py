"""A dataset that a source lists no longer is retired; one that may stand in the list as a broken record is left alone."""

from __future__ import annotations

import pytest

from cities import a_city
from cityfolio.migrate.harvest.report import as_markdown, as_text
from cityfolio.migrate.imported import Missed
from cityfolio.problems import Location, Problem
from migrate.harvests import BIKES, HOME, bring, what

PATHS = {"datasets/paths/dataset.yaml": "title: Paths\n"}
NULL = Missed(place="dataset[3]")


@pytest.fixture
def city():
    """A city after its first harvest, of two datasets and a record that says nothing."""
    return bring(a_city(), BIKES | PATHS, missed=(NULL,))[0]


@pytest.mark.parametrize("missed", [
    NULL, Missed(place="dataset[3]", names=("showcase-7", "A showcase")),
], ids=["that says nothing", "of another kind"])
def test_a_foreign_record_that_always_stands_in_the_list_keeps_nothing_from_being_retired(city, missed):
    files, found = bring(city, PATHS, missed=(missed,))

    assert what(found) == {"paths": "unchanged", "bikes": "retired"}
    assert "status: retired" in files[HOME]


@pytest.mark.parametrize("name", ["bikes-1", "bikes"], ids=["by its identifier", "by its name"])
def test_a_dataset_that_stands_in_the_list_and_could_not_come_over_is_not_retired(city, name):
    files, found = bring(city, PATHS, missed=(NULL, Missed(place="dataset[1]", names=(name,))))

    assert what(found) == {"paths": "unchanged", "bikes": "unseen"}
    assert files[HOME] == city[HOME]


def test_a_dataset_without_an_identifier_is_known_by_its_title_where_it_could_not_come_over(city):
    listed = {path: text for path, text in BIKES.items() if path != "site.yaml"}

    _, found = bring(city, listed, missed=(NULL, Missed(place="dataset[2]", names=("PATHS.",))))

    assert what(found) == {"bikes": "unchanged", "paths": "unseen"}


def test_one_more_record_that_says_nothing_may_be_the_dataset_that_is_not_found_and_is_not_the_next_time(city):
    first, found = bring(city, PATHS, missed=(NULL, NULL))
    _, later = bring(first, PATHS, missed=(NULL, NULL))

    assert what(found) == {"paths": "unchanged", "bikes": "unseen"}
    assert what(later) == {"paths": "unchanged", "bikes": "retired"}


def test_how_many_records_say_nothing_is_kept_beside_what_was_brought_in(city):
    without, _ = bring(city, BIKES | PATHS)

    assert city["sources/matthews/nameless.json"] == '{"records": 1}\n'
    assert "sources/matthews/nameless.json" not in without


@pytest.mark.parametrize("damaged", ["{", "[]", '{"records": "many"}'])
def test_a_number_that_cannot_be_read_holds_one_harvest_back(city, damaged):
    files, found = bring(city | {"sources/matthews/nameless.json": damaged}, PATHS, missed=(NULL,))
    _, later = bring(files, PATHS, missed=(NULL,))

    assert (what(found)["bikes"], what(later)["bikes"]) == ("unseen", "retired")


def test_a_record_that_is_broken_is_no_list_that_is_cut_short(city):
    broken = Problem(code="source-unreadable", where=Location(path="dataset[3]", in_catalog=False), says="it is broken")

    _, found = bring(city, PATHS, missed=(NULL,), problems=(broken,))

    assert what(found) == {"paths": "unchanged", "bikes": "retired"}


def test_pages_of_a_list_that_are_of_two_days_retire_nothing(city):
    files, found = bring(city, PATHS, missed=(NULL,), may_retire=False)

    assert what(found) == {"paths": "unchanged", "bikes": "unseen"}
    assert files == city


def test_what_could_not_be_brought_in_is_named():
    _, found = bring(a_city(), BIKES, missed=(Missed(place="dataset[2]", names=("*Parks*",), why="not a record"), NULL))

    assert '  2  In its list, and could not be brought in:\n          dataset[2] ("*Parks*"): not a record\n' in as_text(
        "matthews", found.outcomes, found.missed)
    assert '\n- dataset\\[2\\] ("\\*Parks\\*"): not a record\n- dataset\\[3\\]\n' in as_markdown(
        "Matthews", found.outcomes, found.missed)


def test_of_many_that_could_not_be_brought_in_the_terminal_names_the_first():
    _, found = bring(a_city(), BIKES, missed=(NULL,) * 25)

    assert as_text("matthews", found.outcomes, found.missed).count("dataset[3]") == 20
    assert "and 5 more" in as_text("matthews", found.outcomes, found.missed)
