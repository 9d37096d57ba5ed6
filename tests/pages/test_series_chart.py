import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.performance import BreakRecord, ComputeRecord
from cityfolio.pages.chart_scale import scale_of
from cityfolio.pages.series_chart import series_chart, shared_scale
from cityfolio.pages.series_table import series_table
from cityfolio.pages.words import Words
from pages.measures import a_computation, a_full_measure, a_measure, a_measure_record, a_series, a_target, an_observation

WORDS = Words()


def drawn(measure, **how):
    return series_chart(measure.computed.overall, measure, WORDS, **how)


def path(picture, kind):
    return re.findall(rf'<path class="{kind}" d="([^"]*)"', picture)


def test_a_chart_says_what_it_shows_to_those_who_do_not_see_it():
    assert ('aria-label="Chart of Potholes repaired in time from January 2025 (71%) to October 2025 (80%)"'
            in drawn(a_measure()).picture)


def test_the_target_is_a_line_of_its_own_and_is_named():
    chart = drawn(a_measure())

    assert len(path(chart.picture, "target")) == 1
    assert ">Target: 85%</text>" in chart.picture
    assert [str(key.words) for key in chart.keys] == ["Value", "Target: 85% by June 2026",
                                                      "What is expected on the way to the target"]


def test_periods_up_to_the_target_have_room_and_no_value():
    chart = drawn(a_measure())

    assert [str(each) for each in chart.axis] == ["January 2025", "October 2025", "June 2026"]
    assert path(chart.picture, "line")[0].count("L") == 9


def test_a_missing_period_is_a_gap_and_never_zero():
    chart = drawn(a_measure(values=[71, None, 73, 74]))

    assert path(chart.picture, "line")[0].count("M") == 2


def test_a_value_between_two_gaps_is_a_dot():
    chart = drawn(a_measure(values=[71, None, 73, None, 74]))

    assert path(chart.picture, "line")[0].count("h0") == 3


def test_the_line_is_broken_where_counting_changed_and_the_way_is_not():
    record = a_measure_record(breaks=(BreakRecord(period="2025-05", reason="New form."),))
    chart = drawn(a_measure(record=record))

    assert path(chart.picture, "line")[0].count("M") == 2
    assert path(chart.picture, "way")[0].count("M") == 1
    assert len(path(chart.picture, "break")) == 1
    assert "Counted in another way from here on" in [str(key.words) for key in chart.keys]


def test_a_break_that_is_named_by_its_year_is_found_among_months():
    record = a_measure_record(breaks=(BreakRecord(period="2025", reason="New form."),))
    values = a_series([70, 71, 72, 73], start="2024-11")
    chart = drawn(a_measure(record=record, computed=a_computation(overall=values)))

    assert path(chart.picture, "line")[0].count("M") == 2


def test_an_axis_that_does_not_begin_at_zero_is_told():
    assert drawn(a_measure()).told == "The axis begins at 70%, not at zero."


def test_bars_begin_at_zero():
    record = a_measure_record(unit="repairs", compute=ComputeRecord(dataset="x", count="rows", date="d"))
    chart = drawn(a_measure(record=record))

    assert (chart.told, len(path(chart.picture, "bars")), path(chart.picture, "line")) == ("", 1, [])


def test_a_suppressed_value_is_marked_and_told_and_not_drawn():
    chart = drawn(a_measure(values=[71, an_observation(value=None, rows=None, is_suppressed=True), 73]))

    assert chart.picture.count('class="hidden-value"') == 1
    assert "Not shown, since few rows stand behind it" in [str(key.words) for key in chart.keys]


def test_a_range_is_a_band():
    record = a_measure_record(direction="range", targets=(a_target(None, low=Decimal(70), high=Decimal(75)),), baseline=None)
    computed = a_computation(standing=None, standings=())
    chart = drawn(a_measure(record=record, computed=computed))

    assert len(path(chart.picture, "band")) == 1


def test_a_small_chart_has_no_words_in_it():
    chart = drawn(a_measure(), small=True)

    assert "<text" not in chart.picture
    assert chart.keys == ()


def test_small_charts_share_an_axis_that_holds_all_of_them():
    many = [a_series([10, 20]), a_series([70, 95])]

    scale = shared_scale(many, a_measure())

    assert (scale.low, scale.high) == (0, 100)


def test_the_table_has_every_number_of_the_chart_and_the_newest_period_first():
    table = series_table(a_full_measure(), WORDS)

    assert [str(row.period) for row in table.rows][:2] == ["October 2025", "September 2025"]
    assert [row.value.striptags() for row in table.rows] == ["80%", "79%", "76%", "77%", "75%", "72%", "No data", "73%", "70%",
                                                             "71%"]
    assert [row.expected.striptags() for row in table.rows][:1] == ["82%"]
    assert table.rows[2].notes == ("Not closed: it can still change",)
    assert [note.striptags() for note in table.rows[7].notes] == ["Revised: was 75% until 2 May 2025"]


def test_a_measure_of_which_nothing_is_closed_does_not_say_so_in_every_row():
    measure = a_measure(values=[an_observation(value=71, is_closed=False), an_observation(value=72, is_closed=False)])

    assert not series_table(measure, WORDS).has_notes


@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-6), min_size=1))
def test_an_axis_holds_every_value(values):
    scale = scale_of(values)

    assert all(-1e-9 <= scale.share(value) <= 1 + 1e-9 for value in values)


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([71, 80], 70, 80), ([3, 90], 0, 100), ([97, 99.5], 97, 100), ([0, 0], 0, 1), ([50], 45, 55), ([-5, 5], -5, 5)],
)
def test_an_axis_of_shares_ends_at_round_numbers(values, low, high):
    scale = scale_of(map(float, values), is_share=True)

    assert (scale.low, scale.high) == (low, high)


def test_values_of_another_grain_than_months_are_drawn():
    measure = a_measure(computed=a_computation(overall=a_series([Fraction(1), 2, 3], start="2021")))

    assert [str(each) for each in drawn(measure, small=True).axis] == ["2021", "2022", "2023"]
