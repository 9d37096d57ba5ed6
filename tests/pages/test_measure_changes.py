from dataclasses import replace
from datetime import date

from cityfolio.pages.measure_changes import MOST_CHANGES, changes
from pages.drawing import draw_site
from pages.factories import TODAY, a_catalog
from pages.measures import a_full_measure, a_measure, a_measure_record, a_measured_catalog, a_target


def test_changes_of_status_revisions_and_targets_stand_together_the_newest_first():
    found = changes([a_full_measure()], TODAY)

    assert [(each.day.isoformat(), each.kind) for each in found] == sorted(
        ((each.day.isoformat(), each.kind) for each in found), key=lambda each: each[0], reverse=True)
    assert {each.kind for each in found} == {"status", "revision", "target"}


def test_a_status_is_dated_by_the_last_day_of_its_period():
    found = [each for each in changes([a_full_measure()], TODAY) if each.kind == "status"]

    assert [each.day for each in found if each.after and each.after.period == "2025-04"] == [date(2025, 4, 30)]


def test_what_is_still_to_come_has_not_changed_yet():
    record = a_measure_record(targets=(a_target(set_on=date(2030, 1, 1)),))

    assert [each for each in changes([a_measure(record=record)], TODAY) if each.kind == "target"] == []


def test_the_page_tells_what_changed_in_words():
    rows = draw_site(catalog=a_measured_catalog()).page("/measures/changes/").table()

    assert rows[0] == ["Day", "Measure", "What changed", "Reason"]
    assert ["2 May 2025", "Potholes repaired in time", "Revised: March 2025 was 75% and is 73%.",
            "Twelve requests were closed twice."] in rows
    assert ["30 April 2025", "Potholes repaired in time", "April 2025: from Off track to No data", ""] in rows
    assert ["1 February 2025", "Potholes repaired in time", "New target: 85% by June 2026, set by City council.",
            "Adopted in the budget"] in rows


def test_a_long_list_is_cut_and_that_is_said():
    targets = tuple(a_target(str(at), set_on=date(2024, 1, 1)) for at in range(MOST_CHANGES + 1))
    measure = a_measure(record=a_measure_record(targets=targets))

    page = draw_site(catalog=replace(a_catalog(), measures=(measure,))).page("/measures/changes/")

    assert len(page.table()) == MOST_CHANGES + 1
    assert "earlier changes are on the pages of their measures." in page.main.text


def test_a_city_in_which_nothing_changed_is_told_so():
    measure = a_measure(values=(), record=a_measure_record(targets=()))

    assert "Nothing has changed yet." in draw_site(
        catalog=replace(a_catalog(), measures=(measure,))).page("/measures/changes/").main.text
