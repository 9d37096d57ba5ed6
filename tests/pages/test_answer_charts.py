"""Charts of a dataset: bars beside their names, periods from left to right, gaps where nothing is, the numbers always."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cityfolio.model.answers import AnsweredChart, Others
from cityfolio.pages.answer_charts import kind_of
from cityfolio.pages.period_chart import period_words, round_above
from cityfolio.pages.words import Words
from pages.answers import a_chart, a_group, a_month, an_asked_dataset
from pages.drawing import draw_site
from pages.reader import Part

SVG_PATH = "{http://www.w3.org/2000/svg}path"


def drawn(chart: AnsweredChart, **given: Any) -> Part:
    """A chart on its page."""
    dataset = an_asked_dataset(chart, **given)
    return draw_site(dataset).page(f"/data/{dataset.id}/").main.one("figure")


def rows(figure: Part) -> list[list[str]]:
    """The numbers of a chart."""
    return [[cell.text for cell in (row.one("th"), row.one("td"))] for row in figure.one("tbody").all("tr")]


def paths(figure: Part) -> list[str | None]:
    """What is drawn."""
    return [path.get("d") for path in figure.element.iter(SVG_PATH)]


BARS = (a_group("200", key="POTHOLE"), a_group("50", key="CART"), a_group("50", key=None))
MONTHS = {"by": "received_at", "per": "month"}


def test_a_chart_is_titled_by_what_can_be_seen_in_it() -> None:
    assert drawn(a_chart(*BARS)).one("h3").text == "Potholes lead"


def test_bars_stand_beside_their_names_and_numbers() -> None:
    assert rows(drawn(a_chart(*BARS))) == [["A hole", "200"], ["CART", "50"], ["No value", "50"]]


def test_the_heads_of_a_chart_are_in_words() -> None:
    assert [part.text for part in drawn(a_chart(*BARS, unit="requests")).one("thead").all("th")] == [
        "What was asked for", "requests"]


def test_a_bar_is_as_long_as_its_value() -> None:
    assert paths(drawn(a_chart(*BARS)))[:2] == ["M0 0h100v1h-100z", "M0 0h25v1h-25z"]


def test_bars_under_zero_reach_to_the_left_of_it() -> None:
    bars = (a_group("30", key="a"), a_group("-10", key="b"))

    assert paths(drawn(a_chart(*bars, measure="sum", of="days_open"))) == ["M25 0h75v1h-75z", "M0 0h25v1h-25z"]


def test_all_others_have_a_number_and_no_bar() -> None:
    figure = drawn(a_chart(*BARS, top=3, others=Others(value="900", rows=900, filled=900, groups=4)))

    assert rows(figure)[-1] == ["4 others", "900"]
    assert len(paths(figure)) == 3


def test_a_chart_leads_to_the_same_in_the_explorer() -> None:
    assert drawn(a_chart(*BARS, top=3)).one("a").address == "requests/?ask=count&by=request_type&top=3&chart=bar"


def test_periods_have_a_picture_and_the_numbers_below_it() -> None:
    figure = drawn(a_chart(a_month("2024-11", "4"), a_month("2024-12", "10"), a_month("2025-01", "7"), **MONTHS))

    assert figure.one("summary").text == "The numbers"
    assert rows(figure) == [["November 2024", "4"], ["December 2024", "10"], ["January 2025", "7"]]
    assert "Greatest: 10 (December 2024). Least: 4 (November 2024). Last: 7 (January 2025)." in figure.text


def test_a_period_without_rows_is_a_gap() -> None:
    figure = drawn(a_chart(a_month("2024-11", "4"), a_month("2024-12", "0", rows=0), a_month("2025-01", "2"), **MONTHS))

    assert rows(figure)[1] == ["December 2024", "No rows"]
    assert paths(figure)[1] == "M20 160V0h160V160zM420 160V80h160V160z"


def test_a_line_is_broken_at_a_gap_and_one_period_alone_is_a_dot() -> None:
    months = (a_month("2024-10", "4"), a_month("2024-11", "2"), a_month("2024-12", "0", rows=0), a_month("2025-01", "2"))

    assert paths(drawn(a_chart(*months, **MONTHS, kind="line")))[1] == "M75 0L225 80M525 80h0"


def test_rows_without_a_date_stand_in_the_numbers_alone() -> None:
    figure = drawn(a_chart(a_month("2024-11", "4"), a_month("2024-12", "2"), a_month(None, "9"), **MONTHS))

    assert rows(figure)[-1] == ["No date", "9"]
    assert paths(figure)[1] == "M30 160V0h240V160zM330 160V80h240V160z"


def test_periods_that_are_all_alike_say_so() -> None:
    assert "The same throughout: 4." in drawn(a_chart(a_month("2024-11", "4"), a_month("2024-12", "4"), **MONTHS)).text


def test_one_period_is_drawn_without_more_words() -> None:
    figure = drawn(a_chart(a_month("2024-11", "4"), **MONTHS))

    assert "Greatest" not in figure.text
    assert rows(figure) == [["November 2024", "4"]]


def test_rows_that_all_lack_a_date_draw_nothing() -> None:
    assert rows(drawn(a_chart(a_month(None, "9"), **MONTHS))) == [["No date", "9"]]


def test_values_under_zero_hang_from_the_axis() -> None:
    months = (a_month("2024-11", "10"), a_month("2024-12", "-10"))

    assert paths(drawn(a_chart(*months, **MONTHS, measure="sum", of="days_open")))[1] == "M30 80V0h240V80zM330 80V160h240V80z"


def test_many_periods_are_a_line() -> None:
    months = [a_month(f"20{at // 12 + 20}-{at % 12 + 1:02}") for at in range(25)]

    assert (kind_of(a_chart(*months[:24], **MONTHS)), kind_of(a_chart(*months, **MONTHS))) == ("bar", "line")


SUMS = {**MONTHS, "measure": "sum", "of": "days_open"}
PARTIAL = (a_month("2024-10", "40", rows=4), a_group("10", key="2024-11", rows=4, filled=1), a_month("2024-12", "38", rows=4),
           a_month("2025-01", "42", rows=4))


def test_a_sum_of_which_some_is_missing_is_said_to_be_incomplete() -> None:
    figure = drawn(a_chart(*PARTIAL, **SUMS))

    assert rows(figure)[1] == ["November 2024", "10 (1 of 4 rows)"]
    assert "Incomplete sums, because rows lack a value: November 2024 (3 of 4 rows)." in figure.text


def test_a_sum_of_which_some_is_missing_is_a_bar_in_outline() -> None:
    _, whole, outline = drawn(a_chart(*PARTIAL, **SUMS)).element.iter(SVG_PATH)

    assert (whole.get("d", "").count("M"), outline.get("d", "").count("M"), outline.get("class")) == (3, 1, "open")


def test_a_line_is_broken_at_a_sum_of_which_some_is_missing_and_has_a_ring_there() -> None:
    _, line, spots, within = paths(drawn(a_chart(*PARTIAL, **SUMS, kind="line")))

    assert line == "M75 32h0M375 38.4L525 25.6"
    assert spots == within == "M225 128h0"


def test_a_sum_of_which_some_is_missing_is_not_called_the_least_for_that() -> None:
    assert "Least: 38 (December 2024)." in drawn(a_chart(*PARTIAL, **SUMS)).text


def told(*sums: tuple[str, int]) -> str:
    """What is said of sums of four rows each, so many of which have a value."""
    months = (a_group(value, key=f"2024-0{at}", rows=4, filled=filled) for at, (value, filled) in enumerate(sums, 1))
    return drawn(a_chart(*months, **SUMS)).text


def test_a_sum_of_which_some_is_missing_can_be_the_greatest() -> None:
    assert "Greatest: 90 (February 2024). Least: 40 (January 2024). Last: 42 (April 2024)." in told(
        ("40", 4), ("90", 3), ("41", 4), ("42", 4))


def test_below_zero_a_sum_of_which_some_is_missing_can_be_the_least() -> None:
    assert "Greatest: -40 (January 2024). Least: -90 (February 2024)." in told(("-40", 4), ("-90", 3), ("-41", 4), ("-42", 4))
    assert "Greatest: -40 (January 2024). Least: -42 (April 2024)." in told(("-40", 4), ("-9", 3), ("-41", 4), ("-42", 4))


def test_sums_are_the_same_throughout_only_where_none_of_them_is_left_out() -> None:
    assert "same throughout" not in told(("40", 4), ("10", 1), ("40", 4), ("40", 4))


def test_a_category_whose_sum_lacks_some_is_a_bar_in_outline() -> None:
    groups = (a_group("40", key="a", rows=4, filled=4), a_group("30", key="b", rows=4, filled=1))
    whole, part = drawn(a_chart(*groups, measure="sum", of="days_open")).element.iter(SVG_PATH)

    assert (whole.get("class"), part.get("class")) == (None, "open")


def test_others_of_which_no_row_has_a_value_have_no_data() -> None:
    others = Others(value="0", rows=50, filled=0, groups=7)
    figure = drawn(a_chart(a_group("4", key="a", rows=4, filled=4), measure="sum", of="days_open", others=others))

    assert rows(figure)[-1] == ["7 others", "No data"]
    assert "because rows lack a value: 7 others (50 of 50 rows)." in figure.text


def test_others_of_which_some_rows_have_no_value_say_how_many_have_one() -> None:
    others = Others(value="12", rows=50, filled=20, groups=7)

    assert rows(drawn(a_chart(a_group("4", key="a"), measure="sum", of="days_open", others=others)))[-1] == [
        "7 others", "12 (20 of 50 rows)"]


def test_the_axis_of_values_that_are_all_below_zero_ends_at_zero_and_names_its_lower_end() -> None:
    figure = drawn(a_chart(a_month("2024-11", "-5"), a_month("2024-12", "-8"), **SUMS))

    assert paths(figure)[1] == "M30 0V100h240V0zM330 0V160h240V0z"
    assert [part.text for part in figure.all("p")[:2]] == ["0 days", "-8 days"]


def test_the_sum_of_rows_that_all_lack_a_value_is_a_gap() -> None:
    nothing = a_group("0", key="2024-11", rows=4, filled=0)
    figure = drawn(a_chart(PARTIAL[0], nothing, *PARTIAL[2:], **SUMS))

    assert rows(figure)[1] == ["November 2024", "No data"]
    assert (paths(figure)[1] or "").count("M") == 3


def test_of_many_incomplete_sums_the_first_are_named() -> None:
    groups = [a_group("10", key=key, rows=4, filled=1) for key in "abcde"]

    assert "a (3 of 4 rows); b (3 of 4 rows); c (3 of 4 rows); and 2 more." in drawn(
        a_chart(*groups, measure="sum", of="days_open")).text


def test_a_mean_is_of_the_rows_that_have_a_value_and_lacks_nothing() -> None:
    assert "Incomplete" not in drawn(a_chart(*PARTIAL, **{**SUMS, "measure": "mean"})).text


MEANS: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "one digit": (("31.2428", "104", "7.5"), ["31.24", "104.00", "7.50"]),
    "large ones": (("1200.5", "340.25"), ["1,201", "340"]),
    "small ones": (("0.0123456", "0.5"), ["0.012", "0.500"]),
    "a small one beside a great one": (("1234.5", "0.00123"), ["1,234.500", "0.001"]),
    "whole ones": (("3", "4"), ["3", "4"]),
}


@pytest.mark.parametrize(("values", "shown"), MEANS.values(), ids=MEANS)
def test_the_values_of_a_chart_have_as_many_decimals_as_each_other(values: tuple[str, ...], shown: list[str]) -> None:
    figure = drawn(a_chart(*(a_group(value, key=value) for value in values), measure="mean", of="days_open"))

    assert [value for _, value in rows(figure)] == shown


PERIODS = {"2024": "2024", "2024-07": "July 2024", "2024-Q3": "Quarter 3 of 2024", "2024-W07": "Week of 12 February 2024",
           "2024-07-09": "9 July 2024"}


@pytest.mark.parametrize(("key", "words"), PERIODS.items(), ids=PERIODS)
def test_a_period_is_named_in_words(key: str, words: str) -> None:
    assert period_words(key, Words()) == words


@pytest.mark.parametrize(("value", "above"), [("0", "0"), ("-3", "0"), ("598", "600"), ("1.01", "1.2"), ("9.1", "10"),
                                              ("0.031", "0.04")])
def test_an_axis_ends_at_a_round_number(value: str, above: str) -> None:
    assert round_above(Decimal(value)) == Decimal(above)
