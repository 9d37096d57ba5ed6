import pytest

from pages.drawing import DrawnSite, draw_site
from pages.measures import a_measured_catalog


@pytest.fixture(scope="module")
def drawn() -> DrawnSite:
    return draw_site(catalog=a_measured_catalog())


def test_measures_are_counted_by_status_in_words(drawn):
    assert [each.text for each in drawn.page("/measures/").one("ul", class_="counts").all("li")] == [
        "Off track: 1", "Stale: 1", "No data: 1", "Watched, without a target: 1"]


def test_measures_are_counted_by_kind(drawn):
    assert "Quality: 3, Outcome: 1" in drawn.page("/measures/").main.text


def test_measures_stand_below_their_goals_and_the_others_last(drawn):
    assert drawn.page("/measures/").main.headings(2) == ["Streets are smooth", "Without a goal"]


def test_a_measure_is_a_row_with_status_value_target_and_trend(drawn):
    table = drawn.page("/measures/").section("Streets are smooth").table()

    assert table[0] == ["Measure", "Status", "Value", "Period", "Target", "Trend", "Kind", "Who answers for it"]
    assert table[1] == ["Potholes repaired in time", "Off track", "80%", "October 2025", "85% by June 2026", "Improving",
                        "Quality", "Customer Service Center"]
    assert table[3][:3] == ["Not counted yet", "No data", "No data"]


def test_the_list_leads_to_the_method_and_to_what_moved(drawn):
    assert drawn.page("/measures/").link("How status is decided").address == "method/"
    assert drawn.page("/measures/").link("What moved").address == "changes/"


def test_the_method_names_every_status_in_the_order_in_which_they_are_asked(drawn):
    part = drawn.page("/measures/method/").section("Status")

    assert [[each.text.split(" The ")[0] for each in many.all("li")] for many in part.all("ol")] == [
        ["No data There is no value for the newest period.", "Stale", "Suppressed", "Watched, without a target", "Achieved",
         "On track", "Near", "Worse than the baseline", "Off track"],
        ["Inside the range", "Near", "Outside the range"]]


def test_the_method_works_its_examples_by_the_arithmetic_that_decides(drawn):
    part = drawn.page("/measures/method/").section("Worked examples")

    assert part.table()[2:5] == [
        ["Expected by now", "start + (end − start) × passed ÷ whole", "6 + (5 − 6) × 72 ÷ 96", "5.25"],
        ["Scale", "abs(target − baseline)", "abs(5 − 6)", "1"],
        ["Gap, in parts of the scale", "direction × (value − expected) ÷ scale", "(−1) × (5.3 − 5.25) ÷ 1", "−0.05"]]
    assert [[row[0], row[-1]] for row in part.table(1)[1:]] == [
        ["4.9", "Achieved"], ["5.2", "On track"], ["5.3", "Near"], ["5.8", "Off track"], ["6.2", "Worse than the baseline"]]
    assert [[row[0], row[-1]] for row in part.table(2)[1:]] == [["91", "Achieved"], ["82", "Near"], ["80", "Off track"]]
    assert part.table(3)[1:] == [["15", "10 to 20", "0", "Inside the range"], ["21", "10 to 20", "−0.1", "Near"],
                                 ["25", "10 to 20", "−0.5", "Outside the range"]]
