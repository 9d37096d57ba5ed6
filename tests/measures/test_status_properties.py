"""What holds of status for every measure: units do not matter, up mirrors down, rounding decides nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, strategies as st

from cityfolio.measures.arithmetic import Step, arithmetic
from cityfolio.measures.status import standing
from cityfolio.model.measured import Observation
from cityfolio.model.performance import MeasureRecord
from measures.making_measures import a_measure, a_target

ORDER = ("outside", "worse-than-baseline", "off-track", "near", "on-track", "inside", "achieved")
MIRRORED = {"up": "down", "down": "up", "range": "range"}
FORMULA_NAMES = {"abs": abs, "max": max}

decimals = st.decimals(min_value=-1000, max_value=1000, places=2, allow_nan=False)
years = st.integers(2019, 2032).map(str)
values = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)
factors = st.integers(1, 400).map(lambda each: Decimal(each) / 8)
optional = st.none() | st.decimals(min_value=0, max_value=50, places=1, allow_nan=False)


@st.composite
def directed(draw: st.DrawFn, *, with_baseline: bool | None = None) -> MeasureRecord:
    """Measures that should go up or down, with one to three targets."""
    has_baseline = draw(st.booleans()) if with_baseline is None else with_baseline
    return a_measure(
        direction=draw(st.sampled_from(["up", "down"])), trajectory=draw(st.sampled_from(["linear", "step", "listed"])),
        baseline=(draw(years), str(draw(decimals))) if has_baseline else None,
        targets=[(until, str(draw(decimals))) for until in draw(st.lists(years, min_size=1, max_size=3))],
        steps=[(period, str(draw(decimals))) for period in draw(st.lists(years, max_size=2))],
        tolerance=draw(st.decimals(min_value=0, max_value=1, places=2, allow_nan=False)), tolerance_absolute=draw(optional))


@st.composite
def ranges(draw: st.DrawFn) -> MeasureRecord:
    """Measures that should stay in a range."""
    low, width = draw(decimals), draw(st.decimals(min_value=0, max_value=100, places=1, allow_nan=False))
    return a_measure(direction="range", targets=[a_target(draw(years), low=str(low), high=str(low + width))],
                     tolerance=draw(st.decimals(min_value=0, max_value=1, places=2, allow_nan=False)),
                     tolerance_absolute=draw(optional))


def status(measure: MeasureRecord, value: Fraction, period: str) -> str:
    return standing(measure, Observation(period=period, value=value)).status


def moved(measure: MeasureRecord, factor: Decimal, shift: Decimal) -> MeasureRecord:
    """The same measure in other units: each number times a factor, plus a shift."""
    def other(number: Decimal | None) -> Decimal | None:
        return None if number is None else number * factor + shift

    absolute = measure.tolerance_absolute
    return replace(
        measure, baseline=measure.baseline and replace(measure.baseline, value=other(measure.baseline.value)),
        targets=tuple(replace(each, value=other(each.value), low=other(each.low), high=other(each.high))
                      for each in measure.targets),
        steps=tuple(replace(each, value=other(each.value)) for each in measure.steps),
        tolerance_absolute=None if absolute is None else absolute * abs(factor))


def mirrored(measure: MeasureRecord) -> MeasureRecord:
    """The same measure with every number negated and up for down."""
    other = moved(measure, Decimal(-1), Decimal(0))
    return replace(other, direction=MIRRORED[str(measure.direction)],
                   targets=tuple(replace(each, low=each.high, high=each.low) for each in other.targets))


@given(directed() | ranges(), values, years, factors)
def test_the_unit_of_a_measure_does_not_change_its_status(
        measure: MeasureRecord, value: Fraction, period: str, factor: Decimal) -> None:
    assert status(moved(measure, factor, Decimal(0)), value * Fraction(factor), period) == status(measure, value, period)


@given(directed(with_baseline=True) | ranges(), values, years, decimals)
def test_where_a_scale_begins_does_not_change_a_status(
        measure: MeasureRecord, value: Fraction, period: str, shift: Decimal) -> None:
    assert status(moved(measure, Decimal(1), shift), value + Fraction(shift), period) == status(measure, value, period)


@given(directed() | ranges(), values, years)
def test_less_is_better_mirrors_more_is_better(measure: MeasureRecord, value: Fraction, period: str) -> None:
    assert status(mirrored(measure), -value, period) == status(measure, value, period)


@given(directed(), values, values, years)
def test_a_better_value_never_has_a_worse_status(measure: MeasureRecord, one: Fraction, other: Fraction, period: str) -> None:
    worse, better = sorted((one, other), reverse=measure.direction == "down")

    assert ORDER.index(status(measure, worse, period)) <= ORDER.index(status(measure, better, period))


@given(directed(), years)
def test_a_value_behind_by_less_than_any_rounding_shows_is_behind(measure: MeasureRecord, period: str) -> None:
    least = Fraction(1, 10**12) * (1 if measure.direction == "up" else -1)
    expected = standing(measure, Observation(period=period, value=Fraction(0))).expected

    assert expected is not None
    assert status(measure, expected, period) in ("achieved", "on-track")
    assert status(measure, expected - least, period) != "on-track"


@given(directed(), values, years)
def test_a_status_depends_on_the_value_alone_and_not_on_how_it_is_written(
        measure: MeasureRecord, value: Fraction, period: str) -> None:
    long_way = replace(measure, targets=tuple(replace(each, value=Decimal(f"{each.value}000")) for each in measure.targets))

    assert status(long_way, value, period) == status(measure, value, period)


@given(directed() | ranges(), values, years)
def test_the_steps_of_the_arithmetic_lead_to_the_status(measure: MeasureRecord, value: Fraction, period: str) -> None:
    found = standing(measure, Observation(period=period, value=value))
    by_what = {step.what: step.result for step in arithmetic(measure, Observation(period=period, value=value))}

    assert by_what["status"] == found.status
    assert by_what["scale"] == found.scale
    assert by_what.get("expected") == found.expected
    assert by_what.get("gap", found.gap) == found.gap


@given(directed() | ranges(), values, years)
def test_every_formula_gives_its_result_from_its_numbers(measure: MeasureRecord, value: Fraction, period: str) -> None:
    steps = arithmetic(measure, Observation(period=period, value=value))

    assert all(repeated(step) == step.result for step in steps if step.formula)


@given(directed() | ranges(), values, years)
def test_questions_are_asked_up_to_the_first_that_is_true(measure: MeasureRecord, value: Fraction, period: str) -> None:
    steps = arithmetic(measure, Observation(period=period, value=value))
    answers = [step.result for step in steps if isinstance(step.result, bool)]

    assert answers[:-1] == [False] * (len(answers) - 1)
    assert answers[-1] or steps[-1].result in ("off-track", "outside")


def repeated(step: Step) -> object:
    return eval(step.formula, {"__builtins__": {}, **FORMULA_NAMES}, dict(step.numbers))
