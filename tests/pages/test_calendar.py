"""The calendar: what is overdue on top, then month by month, updates by week. Today is Saturday, 22 November 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.performance import GoalRecord
from cityfolio.model.practice import ReleaseReviewRecord
from cityfolio.pages.calendar import MOST_OF_A_MONTH, MOST_OF_A_WEEK
from pages.drawing import draw_site
from pages.factories import a_catalog, a_dataset
from pages.measures import a_goal
from pages.promises import a_commitment, a_plan, a_rule, promised
from pages.reader import ReadPage


def calendar_of(*datasets: Dataset, **known: Any) -> ReadPage:
    """The calendar of some datasets and of what a city wrote."""
    return draw_site(catalog=promised(a_catalog(*datasets), **known)).page("/calendar/")


def monthly(title: str, updated: date = date(2025, 11, 10), **given: Any) -> Dataset:
    """A dataset that is due a month after its update."""
    return a_dataset(title, frequency="monthly", updated=updated, **given)


def lines(page: ReadPage, heading: str) -> list[list[str]]:
    """Day, kind and what of each line under a heading."""
    return [row[:3] for row in page.section(heading).table()[1:]]   # type: ignore[attr-defined]


def test_a_catalog_without_days_has_no_calendar() -> None:
    urls = draw_site(a_dataset("Trees", frequency=None)).urls()

    assert "/calendar/" not in urls


def test_every_page_leads_to_the_calendar_where_there_is_one() -> None:
    assert draw_site(monthly("Trees")).page("/").link("Calendar").address == "calendar/"
    assert "calendar/" not in [each.address for each in draw_site(a_dataset("Trees", frequency=None)).page("/").all("a")]


def test_releases_reviews_meetings_reports_commitments_and_updates_stand_in_their_months() -> None:
    review = ReleaseReviewRecord(reviewer="Privacy office", on=date(2025, 1, 1), expires=date(2025, 12, 24))
    catalog = promised(a_catalog(a_plan(on=date(2025, 12, 1)), monthly("Trees"), a_dataset("Crashes", release_review=review)),
                       rules=[a_rule(review_by=date(2025, 12, 2)), a_rule("Board meeting", held=date(2025, 12, 3))],
                       commitments=[a_commitment()])
    page = draw_site(catalog=a_goal_of(catalog, date(2025, 12, 4))).page("/calendar/")

    assert lines(page, "December 2025 (7)") == [
        ["1 December 2025", "Release", "Benches"], ["2 December 2025", "Review of a rule", "Open data policy"],
        ["3 December 2025", "Meeting", "Board meeting"], ["4 December 2025", "Report on a goal", "Streets are smooth"],
        ["10 December 2025", "Update", "Trees"], ["24 December 2025", "Review of data", "Crashes"],
        ["31 December 2025", "Commitment", "Publish the budget"]]


def a_goal_of(catalog: Catalog, day: date) -> Catalog:
    """A catalog with a goal that is reported on on a day."""
    return replace(catalog, goals=(a_goal("Streets are smooth", record=GoalRecord(title="Streets", next_report=day)),))


@pytest.mark.parametrize(("on", "heading"), [
    (date(2025, 11, 22), "November 2025 (1)"), (date(2025, 11, 21), "Overdue (1)"), (date(2027, 11, 1), "Later (1)"),
], ids=["today", "yesterday", "in two years"])
def test_what_is_overdue_stands_on_top_and_what_is_far_stands_last(on: date, heading: str) -> None:
    assert calendar_of(a_plan(on=on)).headings(2)[0] == heading


def test_what_is_overdue_says_by_how_many_days() -> None:
    assert lines(calendar_of(a_plan(on=date(2025, 11, 1))), "Overdue (1)") == [
        ["1 November 2025", "Release", "Benches Overdue by 21 days"]]


def test_a_meeting_that_was_held_is_not_overdue() -> None:
    page = calendar_of(rules=[a_rule("Board meeting", held=date(2025, 11, 3))])

    assert page.headings(2)[0] == "Meetings that were held (1)"


def test_months_are_anchors_that_the_top_leads_to() -> None:
    page = calendar_of(a_plan(on=date(2025, 12, 1)), a_plan("Lamps", on=date(2025, 11, 1)))

    assert {"Overdue (1)": "#overdue", "December 2025 (1)": "#month-2025-12"}.items() <= page.main.links().items()
    assert {"overdue", "month-2025-12"} <= set(page.ids())


def test_updates_of_one_week_share_a_line_and_many_are_counted() -> None:
    week = [monthly(f"Set {at}", date(2025, 11, 8) + timedelta(days=at % 3)) for at in range(MOST_OF_A_WEEK + 3)]
    found = lines(calendar_of(*week), f"December 2025 ({MOST_OF_A_WEEK + 3})")

    assert [line[:2] for line in found] == [["8 December 2025 to 10 December 2025", "9 updates"]]
    assert found[0][2].endswith("and 3 more: All of them (JSON)")


def test_data_that_is_renewed_every_week_is_counted_and_named_without_days() -> None:
    page = calendar_of(a_dataset("Requests", frequency="weekly"), a_dataset("Sensors", frequency="hourly"), monthly("Trees"))

    assert "2 datasets are renewed every week or more often" in page.main.text
    assert {"Requests": "../data/requests/", "Sensors": "../data/sensors/"}.items() <= page.main.links().items()
    assert page.section("December 2025 (1)").text.count("Trees") == 1


def test_late_data_is_overdue_however_often_it_is_renewed() -> None:
    sensors = a_dataset("Sensors", frequency="daily", updated=date(2025, 11, 1))
    found = lines(calendar_of(sensors, monthly("Trees", date(2025, 9, 1))), "Overdue (2)")

    assert found == [["Until today", "2 updates", "Sensors, Trees"]]


def test_a_month_with_very_many_lines_is_cut_and_says_so() -> None:
    page = calendar_of(*(a_plan(f"Plan {at}", on=date(2025, 12, 1)) for at in range(MOST_OF_A_MONTH + 2)))
    found = lines(page, f"December 2025 ({MOST_OF_A_MONTH + 2})")

    assert (len(found), found[-1][2]) == (MOST_OF_A_MONTH + 1, "and 2 more: All of them (JSON)")


def test_what_is_settled_or_out_has_no_day() -> None:
    page = calendar_of(monthly("Trees"), a_plan("Lamps", status="restricted"), commitments=[a_commitment(state="kept")])

    assert "Lamps" not in page.main.text
    assert "Publish the budget" not in page.main.text
