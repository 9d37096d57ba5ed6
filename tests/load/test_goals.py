"""What goals and measures hold beside plain text: exact numbers, periods, lengths of time, time zones, folders of their own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cities import ON_TIME, a_measured_city, codes, loaded
from cityfolio.load.loaded import Loaded
from cityfolio.model.keys import Span
from cityfolio.model.performance import MeasureRecord


def a_measure(line: str, instead: str = "") -> Loaded:
    """A city whose measure has this line, in place of another or at its end."""
    text = ON_TIME.replace(instead, line) if instead else f"{ON_TIME}{line}\n"
    return loaded(a_measured_city(measures__on__time=None, **{"measures/on-time/measure.yaml": text}))


def record(read: Loaded) -> MeasureRecord:
    """The measure that was read."""
    return read.measures["on-time"].record


def test_numbers_are_kept_as_they_are_written() -> None:
    read = record(a_measure("value: 0.10", "value: 40"))

    assert read.baseline is not None
    assert str(read.baseline.value) == "0.10"
    assert read.tolerance == Decimal("0.10")


@pytest.mark.parametrize(("text", "fix"), [
    ("1,200", "Write it without commas."), ("71.2%", "no unit"), ("about 70", "no unit"), ("1e3", "no unit"),
    ("NaN", "no unit"),
])
def test_what_is_no_number_is_named_with_what_would_be_right(text: str, fix: str) -> None:
    [problem] = a_measure(f'value: "{text}"', "value: 40").problems

    assert problem.code == "number-invalid"
    assert fix in problem.fix


def test_a_number_beyond_its_limits_is_named() -> None:
    assert codes(a_measure("tolerance: -0.1").problems) == ["number-invalid"]


@pytest.mark.parametrize(("text", "span"), [
    ("45 days", Span(45, "day")), ("1 year", Span(1, "year")), ("6weeks", Span(6, "week")),
])
def test_a_length_of_time_is_a_number_and_a_unit(text: str, span: Span) -> None:
    assert record(a_measure(f"fresh_within: {text}")).fresh_within == span


def test_a_month_counts_as_long_as_the_longest() -> None:
    assert Span(2, "month").days == 62


@pytest.mark.parametrize("text", ["0 days", "monthly", "3", "P3M"])
def test_what_is_no_length_of_time_is_named(text: str) -> None:
    assert codes(a_measure(f"fresh_within: {text}").problems) == ["duration-invalid"]


@pytest.mark.parametrize("start", ["02-29", "13-01", "7-1", "July"])
def test_a_fiscal_year_begins_on_a_day_of_every_year(start: str) -> None:
    assert codes(a_measure(f'period: {{fiscal_year_start: "{start}"}}').problems) == ["date-invalid"]


def test_a_time_zone_that_is_misspelled_is_named_with_the_right_one() -> None:
    [problem] = a_measure("period: {timezone: America/NewYork}").problems

    assert "America/New_York" in problem.fix


@pytest.mark.parametrize(("path", "fix"), [
    ("measures/on-time.yaml", "move it to measures/ID/measure.yaml"),
    ("measures/on-time/notes.csv", "Beside measure.yaml belong closed-rows.csv, observations.csv, targets.csv"),
    ("goals/smooth.yml", "Rename it to smooth.yaml."),
])
def test_a_file_out_of_place_is_named_with_its_place(path: str, fix: str) -> None:
    found = [problem for problem in loaded(a_measured_city(**{path: "title: Potholes\n"})).problems
             if problem.code == "file-unexpected"]

    assert fix in found[0].fix


def test_a_folder_without_a_measure_is_named() -> None:
    assert "file-unexpected" in codes(loaded(a_measured_city(**{"measures/late/README.md": "Later."})).problems)


@pytest.mark.parametrize("name", ["method", "changes"])
def test_an_id_that_is_the_address_of_another_page_is_refused(name: str) -> None:
    assert codes(loaded(a_measured_city(**{f"measures/{name}/measure.yaml": ON_TIME})).problems) == ["id-invalid"]
