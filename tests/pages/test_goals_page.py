from dataclasses import replace

import pytest

from pages.catalogs import a_full_catalog
from pages.drawing import DrawnSite, draw_site
from pages.factories import a_catalog
from pages.goals import a_goal_catalog
from pages.measures import a_goal, a_measure


@pytest.fixture(scope="module")
def drawn() -> DrawnSite:
    return draw_site(catalog=a_goal_catalog())


def test_the_overview_opens_with_how_many_measures_have_each_status(drawn):
    page = drawn.page("/goals/")

    assert "3 goals with 5 measures." in page.main.text
    assert [each.text for each in page.all("ul", class_="counts")[0].all("li")] == [
        "Near: 1", "Off track: 1", "Stale: 1", "No data: 1", "Watched, without a target: 1"]


def test_goals_stand_below_their_priorities_in_the_citys_order_and_the_others_last(drawn):
    assert drawn.page("/goals/").main.headings(2) == [
        "Well-run government", "Safe streets", "Further goals", "Measures without a goal"]


def test_each_status_is_counted_within_a_priority_too(drawn):
    part = drawn.page("/goals/").section("Safe streets")

    assert [each.text for each in part.one("ul", class_="counts").all("li")] == ["Near: 1"]


def test_a_goal_has_its_headline_beside_it_and_its_other_measures_below(drawn):
    table = drawn.page("/goals/").section("Well-run government").table()

    assert table[0] == ["Goal and measures", "Status", "Value", "Target", "What is wanted", "Period"]
    assert table[1] == ["Streets are smooth Potholes repaired in time", "Off track", "80%", "85% by June 2026",
                        "More is better", "October 2025"]
    assert [row[0] for row in table[2:]] == ["Calls for help", "Not counted yet"]


def test_a_goal_without_a_measure_says_so(drawn):
    assert drawn.page("/goals/").section("Further goals").table()[1] == ["Everybody can read", "No measure yet"]


def test_a_priority_says_what_it_means_and_which_plan_it_comes_from(drawn):
    part = drawn.page("/goals/").section("Well-run government")

    assert "Decided by the council." in part.text
    assert part.link("The plan behind").address == "https://example.gov/strategy"


def test_the_overview_leads_to_measures_method_changes_briefs_and_downloads(drawn):
    links = drawn.page("/goals/").main.links()

    assert [links[words] for words in ("All measures", "How status is decided", "What moved", "For the next review", "CSV",
                                       "Calendar")] == [
        "../measures/", "../measures/method/", "../measures/changes/", "../briefs/", "observations.csv", "calendar.ics"]


def test_the_headings_of_a_city_without_priorities_do_not_speak_of_further_goals():
    catalog = replace(a_catalog(), goals=(a_goal("Streets are smooth", a_measure()),), measures=(a_measure(),))

    assert draw_site(catalog=catalog).page("/goals/").main.headings(2) == ["All goals"]


def test_goals_without_any_measure_lead_to_no_page_of_measures():
    page = draw_site(catalog=replace(a_catalog(), goals=(a_goal("Everybody can read"),))).page("/goals/")

    assert set(page.main.links()) == {"Everybody can read", "For the next review"}


def test_the_navigation_leads_to_goals_only_where_there_are_any(drawn):
    without = draw_site(catalog=a_full_catalog())

    assert drawn.page("/data/").one("header").links()["Goals"] == "../goals/"
    assert "Goals" not in without.page("/data/").one("header").links()
    assert not [url for url in without.urls() if url.startswith(("/goals/", "/briefs/"))]


def test_the_navigation_marks_that_one_is_among_goals(drawn):
    assert [drawn.page(url).one("header").one("a", aria_current="true").text
            for url in ("/goals/", "/goals/streets-are-smooth/", "/briefs/")] == ["Goals", "Goals", "Goals"]
