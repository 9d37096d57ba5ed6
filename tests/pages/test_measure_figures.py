from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from cityfolio.pages.measure_figures import (
    distance_words,
    exact_text,
    figures_of,
    fitting_decimals,
    measure_value,
    period_words,
    target_words,
)
from cityfolio.pages.words import Words
from pages.measures import a_measure, a_measure_record, a_target

WORDS = Words()


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "shown"),
    [
        (Fraction("71.2"), 1, "percent", "71.2%"),
        (Fraction("3.4"), 1, "days", "3.4 days"),
        (Fraction(1), 0, "days", "1 (days)"),
        (Fraction(1_200_000), 0, "dollars", "$1,200,000"),
        (Fraction(-5), 0, "dollars", "-$5"),
        (Fraction(12), 0, "", "12"),
        (None, 0, "days", "No data"),
    ],
)
def test_a_value_is_written_with_its_unit(value, decimals, unit, shown):
    assert measure_value(value, decimals, unit, WORDS) == shown


def test_what_was_rounded_away_is_in_the_markup():
    assert measure_value(Fraction(2, 3), 1, "days", WORDS) == '<data value="0.666666666666667">0.7 days</data>'


def test_a_small_negative_value_is_not_written_as_minus_zero():
    assert measure_value(Fraction("-0.01"), 1, "", WORDS).striptags() == "0.0"


@pytest.mark.parametrize(
    ("values", "unit", "decimals"),
    [
        (["71", "80"], "percent", 0),
        (["71.25", "80"], "percent", 1),
        (["1200", "3"], "calls", 0),
        (["3.4", "12.75"], "days", 2),
        ([], "days", 0),
    ],
)
def test_values_side_by_side_have_as_many_decimals_as_tell_them_apart(values, unit, decimals):
    assert fitting_decimals(map(Fraction, values), unit) == decimals


def test_the_record_decides_on_decimals_where_it_says_so():
    measure = a_measure(record=a_measure_record(decimals=2))

    assert figures_of(measure, WORDS).value(Fraction(80)) == "80.00%"


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        (a_target("85"), "85%"),
        (a_target("85.50"), "85.5%"),
        (a_target(None, low=Decimal(10), high=Decimal(20)), "10 to 20%"),
    ],
)
def test_a_target_is_written_as_it_was_set(target, shown):
    assert target_words(target, a_measure_record(), WORDS) == shown


@pytest.mark.parametrize(
    ("distance", "unit", "shown"),
    [(Fraction("-3.1"), "percent", "3.1 points"), (Fraction(1), "percent", "1.0 points"),
     (Fraction("2.5"), "days", "2.5 days")],
)
def test_shares_differ_by_points_and_all_else_by_its_unit(distance, unit, shown):
    assert distance_words(distance, 1, unit, WORDS) == shown


@pytest.mark.parametrize(
    ("period", "shown"),
    [("2026-05", "May 2026"), ("2026-Q2", "Quarter 2 of 2026"), ("2026", "2026"), ("FY2026", "Fiscal year 2026"),
     ("2026-W07", "Week of 9 February 2026"), ("2026-06-30", "30 June 2026")],
)
def test_a_period_is_named_as_a_resident_names_it(period, shown):
    assert period_words(period, WORDS) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-10**9, max_value=10**9, places=4))
def test_a_value_for_programs_is_the_value_itself(number):
    assert Decimal(exact_text(Fraction(number))) == number
