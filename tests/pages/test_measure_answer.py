from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from cityfolio.model.keys import Span
from cityfolio.model.measured import Computation, Forecast, ServiceLevel, Standing
from cityfolio.model.performance import ComputeRecord, PeriodRecord
from cityfolio.pages.measure_answer import answer_words, forecast_words, service_words, trend_words, usual_words
from cityfolio.pages.words import Words
from pages.measures import a_computation, a_measure, a_measure_record, a_standing, a_target, a_trend

WORDS = Words()


def answer(standing: Standing, **record):
    return answer_words(a_measure(record=a_measure_record(**record), computed=a_computation(standing=standing)), WORDS)


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (a_standing("near"),
         "80% in October 2025. The target is 85% by June 2026, and 84% was expected in October 2025: near."),
        (a_standing("achieved", value=Fraction(86)), "86% in October 2025. The target is 85% by June 2026: achieved."),
        (a_standing("off-track", expected=Fraction(85)), "80% in October 2025. The target is 85% by June 2026: off track."),
        (a_standing("watch", target=None, expected=None), "80% in October 2025. It is followed and has no target."),
        (a_standing("inside", target=a_target(None, low=Decimal(75), high=Decimal(85)), expected=None),
         "80% in October 2025. The city wants 75 to 85%: inside the range."),
        (a_standing("suppressed", value=None),
         "The value for October 2025 is not shown, because so few rows stand behind it that it could tell of a person."),
        (a_standing("no-data", value=None, period="2025-11"),
         "There is no value for November 2025. The last one was 80% in October 2025."),
        (a_standing("stale"), "The newest value is 80% in October 2025."),
    ],
    ids=lambda given: given.status if isinstance(given, Standing) else "",
)
def test_the_answer_begins_with_the_value_and_ends_with_the_status(standing, said):
    assert answer(standing).striptags() == said


@pytest.mark.parametrize(
    ("within", "span"),
    [(Span(45, "day"), "45 days"), (Span(1, "week"), "1 week"), (Span(3, "month"), "3 months"), (Span(1, "year"), "1 year")],
)
def test_a_stale_value_is_held_against_the_promise(within, span):
    assert answer(a_standing("stale"), fresh_within=within).endswith(f"older than the {span} that the city promised.")


def test_a_measure_without_any_value_says_so():
    assert answer_words(a_measure(computed=Computation()), WORDS) == "There is no value yet."


@pytest.mark.parametrize(
    ("period", "said"),
    [("FY2025", "the fiscal year 2025"), ("2025-Q3", "quarter 3 of 2025"), ("2025-W40", "the week of 29 September 2025"),
     ("2025", "2025")],
)
def test_a_period_stands_in_the_sentence_as_one_says_it(period, said):
    assert answer(a_standing(period=period)).startswith(f"<b>80%</b> in {said}.")


def test_a_day_has_its_own_preposition():
    assert answer(a_standing(period="2025-10-31")).startswith("<b>80%</b> on 31 October 2025.")


def test_values_that_rounding_makes_one_are_told_apart():
    said = answer(a_standing(value=Fraction("83.96"), expected=Fraction(84)), decimals=1).striptags()

    assert said == "83.96% in October 2025. The target is 85% by June 2026, and 84.00% was expected in October 2025: near."


def test_more_decimals_than_are_worth_keeping_are_not_shown():
    assert answer(a_standing(), decimals=5_000).striptags().startswith(f"80.{'0' * 15}% in October 2025.")


@pytest.mark.parametrize(
    ("trend", "said"),
    [
        (a_trend(), "Improving since January 2025: up by about 1.0 points a month."),
        (a_trend(word="worsening", slope=-0.5), "Worsening since January 2025: down by about 0.5 points a month."),
        (a_trend(word="no-clear-change"),
         "No clear change since January 2025: the values vary no more than chance would have it."),
        (a_trend(word="too-short", points=3), "3 values are too few to tell a trend; it takes 8."),
        (a_trend(word="rising", slope=0.0), "Rising since January 2025."),
    ],
    ids=lambda given: "" if isinstance(given, str) else given.word,
)
def test_the_trend_is_told_with_its_pace_where_it_is_clear(trend, said):
    measure = a_measure(computed=a_computation(trend=trend))

    assert trend_words(measure, WORDS) == said


def test_the_pace_is_by_the_periods_of_the_measure():
    record = a_measure_record(period=PeriodRecord(grain="fiscal-year"))

    assert trend_words(a_measure(record=record), WORDS).endswith("up by about 1.0 points a year.")


@pytest.mark.parametrize(
    ("value", "direction", "said"),
    [
        (78.0, "up", "At this pace 78% by June 2027, 7 points short of the target."),
        (88.0, "up", "At this pace 88% by June 2027, which reaches the target."),
        (88.0, "down", "At this pace 88% by June 2027, 3 points short of the target."),
        (88.0, "watch", "At this pace 88% by June 2027."),
    ],
)
def test_a_forecast_says_what_is_lacking(value, direction, said):
    trend = a_trend(forecast=Forecast(period="2027-06", value=value, low=value - 4, high=value + 4))
    measure = a_measure(record=a_measure_record(direction=direction), computed=a_computation(trend=trend))

    assert forecast_words(measure, WORDS) == (
        f"{said} In four of five such cases it is between {value - 4:.0f}% and {value + 4:.0f}%.")


def test_nothing_is_foretold_where_nothing_can_be():
    assert forecast_words(a_measure(computed=a_computation(trend=a_trend(forecast=None))), WORDS) == ""


def test_no_share_is_said_to_go_over_all_or_under_none():
    trend = a_trend(lower=-4.0, upper=104.0, forecast=Forecast(period="2027-06", value=101.0, low=96.0, high=106.0))
    measure = a_measure(computed=a_computation(trend=trend))

    assert usual_words(measure, WORDS).startswith("Values usually lie between 0% and 100%.")
    assert forecast_words(measure, WORDS) == ("At this pace 100% by June 2027, which reaches the target. "
                                              "In four of five such cases it is between 96% and 100%.")


@pytest.mark.parametrize(
    ("unit", "way", "said"),
    [("people", {"count": "rows"}, "between 0 and 80 people."), ("dollars", {"sum": "cost"}, "between -$4 and $80."),
     ("tons", {"sum": "tons"}, "between -4 and 80 tons.")],
)
def test_a_span_has_its_unit_once(unit, way, said):
    record = a_measure_record(unit=unit, compute=ComputeRecord(dataset="x", date="day", **way))
    measure = a_measure(record=record, computed=a_computation(trend=a_trend(lower=-4.0, upper=80.0)))

    assert said in usual_words(measure, WORDS)


def test_signals_are_named_beside_what_is_usual():
    assert usual_words(a_measure(), WORDS) == (
        "Values usually lie between 69% and 80%. Out of the usual, or long on one side of it: October 2025.")


def test_no_limits_are_told_where_there_are_none():
    trend = replace(a_trend(), lower=None)

    assert usual_words(a_measure(computed=a_computation(trend=trend)), WORDS) == ""


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (20, "10 more may be late, with 70% of the time over."),
        (35, "That is 5 too many already, with 70% of the time over."),
    ],
)
def test_what_a_target_still_allows_is_told_with_the_time_that_is_over(late, said):
    level = ServiceLevel(period="2025-11", rows=120, late=late, expected_rows=200, allowed=30, elapsed=Fraction(7, 10))

    assert service_words(level, WORDS) == (f"So far in November 2025 {late} of 120 cases were late. The target allows 30 late "
                                           f"among the 200 that are usual. {said}")


def test_nothing_is_said_of_a_service_level_where_none_is_reckoned():
    assert service_words(None, WORDS) == ""
