"""The profile of one column, against figures worked out by hand and by Python's own statistics."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from unittest.mock import patch

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.profile import ColumnProfile, Count
from cityfolio.tables.frames import fits, frame_ordered
from cityfolio.tables.histogram import bins
from cityfolio.tables.ordered import Ordered, plain_ordered
from cityfolio.tables.scales import Scale
from cityfolio.tables.summary import quartiles
from tables.making import CELLS, a_profile


def counts(*pairs: tuple[str, int]) -> tuple[Count, ...]:
    return tuple(Count(value=value, rows=rows) for value, rows in pairs)


def test_a_column_of_integers_is_summed_up() -> None:
    profile = a_profile(["1", "2", "2", "10", ""])

    assert (profile.type, profile.shape, profile.rows, profile.filled, profile.distinct, profile.minimum, profile.maximum,
            profile.mean,
            profile.quartiles, profile.top) == (
        "integer", "numbers", 5, 4, 3, "1", "10", "3.75", ("1.75", "2", "4"), counts(("2", 2), ("1", 1), ("10", 1)))


def test_a_column_of_numbers_shows_no_noise_of_binary_fractions() -> None:
    profile = a_profile(["0.1", "0.2", "0.30"])

    assert (profile.mean, profile.quartiles, profile.maximum) == ("0.2", ("0.15", "0.2", "0.25"), "0.3")


def test_a_column_of_dates_is_summed_up() -> None:
    profile = a_profile(["2024-01-01", "2024-01-04", "2024-01-10"])

    assert (profile.type, profile.shape, profile.minimum, profile.maximum, profile.mean, profile.quartiles) == (
        "date", "dates", "2024-01-01", "2024-01-10", None, ("2024-01-02", "2024-01-04", "2024-01-07"))


def test_dates_in_a_format_are_shown_as_iso_8601() -> None:
    profile = a_profile(["02/29/2024", "2/9/2024"], type="date", format="%m/%d/%Y")

    assert (profile.minimum, profile.maximum, profile.top) == (
        "2024-02-09", "2024-02-29", counts(("2024-02-09", 1), ("2024-02-29", 1)))


LOCAL = ["2021-11-07T01:30:00-04:00", "2021-11-07T01:10:00-05:00", "2021-01-01T23:30:00-05:00", "2021-12-31T23:50:00-05:00"]


def test_moments_of_two_offsets_are_shown_as_they_stand_in_the_rows() -> None:
    profile = a_profile(LOCAL)

    assert (profile.minimum, profile.maximum, profile.bins[0].low, [each.value for each in profile.top]) == (
        "2021-01-01T23:30:00-05:00", "2021-12-31T23:50:00-05:00", "2021-01-01T00:00:00",
        ["2021-01-01T23:30:00-05:00", "2021-11-07T01:30:00-04:00", "2021-11-07T01:10:00-05:00", "2021-12-31T23:50:00-05:00"])


def test_the_first_and_last_moment_go_by_the_moment_and_not_by_the_clock() -> None:
    profile = a_profile(["2021-11-07T01:10:00-05:00", "2021-11-07T01:30:00-04:00"])

    assert (profile.minimum, profile.maximum) == ("2021-11-07T01:30:00-04:00", "2021-11-07T01:10:00-05:00")


def test_quartiles_of_moments_of_two_offsets_are_by_the_clock() -> None:
    profile = a_profile(["2021-01-01T00:00:00-05:00", "2021-07-01T01:00:00-04:00", "2021-07-01T03:00:00-04:00"])

    assert profile.quartiles == ("2021-04-01T12:30:00", "2021-07-01T01:00:00", "2021-07-01T02:00:00")


def test_one_clock_time_at_two_offsets_is_two_values() -> None:
    assert a_profile(["2021-11-07T01:30:00-04:00", "2021-11-07T01:30:00-05:00"], unique=True).distinct == 2


def test_one_moment_at_two_offsets_is_one_value() -> None:
    profile = a_profile(["2021-11-07T01:30:00-04:00", "2021-11-07T05:30:00Z"])

    assert (profile.distinct, profile.top) == (1, counts(("2021-11-07T01:30:00-04:00", 2)))


def test_a_column_of_truth_has_two_values_and_no_bars() -> None:
    profile = a_profile(["true", "false", "TRUE"])

    assert (profile.shape, profile.distinct, profile.minimum, profile.maximum, profile.top, profile.bins,
            profile.quartiles) == (
        "categories", 2, "false", "true", counts(("true", 2), ("false", 1)), (), None)


def test_years_have_bars_and_quartiles_and_no_mean() -> None:
    profile = a_profile(["2019", "2020", "2024"], type="year")

    assert (profile.shape, profile.mean, profile.quartiles, len(profile.bins)) == ("dates", None, ("2019", "2020", "2022"), 6)


def test_a_column_of_categories_is_summed_up() -> None:
    profile = a_profile(["oak", "elm", "oak", "", "ash"])

    assert (profile.type, profile.shape, profile.filled, profile.distinct, profile.minimum, profile.maximum, profile.top,
            profile.shortest, profile.longest, profile.bins) == (
        "string", "categories", 4, 3, "ash", "oak", counts(("oak", 2), ("ash", 1), ("elm", 1)), 3, 3, ())


def test_free_text_is_summed_up_by_its_length() -> None:
    profile = a_profile([f"{'x' * number} street" for number in range(20)])

    assert (profile.shape, profile.shortest, profile.longest, sum(each.rows for each in profile.bins), profile.mean) == (
        "text", 7, 26, 20, None)


SHAPES = {
    "ten values": ([str(n) + "x" for n in range(10)], "categories"),
    "eleven values in eleven rows": ([str(n) + "x" for n in range(11)], "text"),
    "a fifth of the rows": ([str(n % 11) + "x" for n in range(55)], "categories"),
    "just over a fifth": ([str(n % 11) + "x" for n in range(54)], "text"),
    "a thousand values": ([str(n % 1_000) + "x" for n in range(20_000)], "text"),
    "a thousand less one": ([str(n % 999) + "x" for n in range(20_000)], "categories"),
    "no value": (["", ""], "empty"),
    "no row": ([], "empty"),
}


@pytest.mark.parametrize(("texts", "shape"), SHAPES.values(), ids=SHAPES)
def test_text_is_categories_when_it_has_few_values(texts: list[str], shape: str) -> None:
    assert a_profile(texts).shape == shape


def test_numbers_that_are_codes_with_a_meaning_are_categories() -> None:
    profile = a_profile(["1", "2", "1"], type="integer", values={"1": "Low", "2": "High"})

    assert (profile.shape, profile.bins, profile.top) == ("categories", (), counts(("1", 2), ("2", 1)))


def test_text_with_listed_values_is_categories_however_many() -> None:
    texts = [f"{n}x" for n in range(50)]

    assert a_profile(texts, values=dict.fromkeys(texts, "")).shape == "categories"


def test_an_empty_column_keeps_the_type_of_the_dictionary() -> None:
    assert (a_profile([""], type="date").type, a_profile([""]).type) == ("date", "string")


def test_two_ways_to_write_a_number_are_one_value() -> None:
    profile = a_profile(["1.0", "1.00", "2"])

    assert (profile.distinct, profile.top) == (2, counts(("1", 2), ("2", 1)))


def test_two_ways_to_write_a_text_are_two_values() -> None:
    assert a_profile(["01", "1"], type="string").distinct == 2


def test_values_of_the_wrong_type_are_counted_and_are_in_no_figure() -> None:
    profile = a_profile(["1", "n/a", "3", "n/a"], type="integer")

    assert (profile.filled, profile.distinct, profile.mean, profile.minimum, profile.top) == (
        4, 3, "2", "1", counts(("n/a", 2), ("1", 1), ("3", 1)))


def test_a_column_of_nothing_but_wrong_values_has_no_figures() -> None:
    profile = a_profile(["x", "y"], type="integer")

    assert (profile.shape, profile.distinct, profile.minimum, profile.bins, profile.top) == (
        "numbers", 2, None, (), counts(("x", 1), ("y", 1)))


def test_declared_words_are_no_values() -> None:
    profile = a_profile(["NA", "1", ""], empty=["NA"])

    assert (profile.type, profile.filled) == ("integer", 1)


def test_the_ten_commonest_values_are_listed_and_ties_go_by_value() -> None:
    texts = [text for number in range(12) for text in [f"{number:02}x"] * (12 - number // 3)]

    assert [each.value for each in a_profile(texts).top] == [f"{number:02}x" for number in range(10)]


def test_ties_among_numbers_go_by_number() -> None:
    assert [each.value for each in a_profile([str(number) for number in range(20, 0, -1)]).top] == list(map(str, range(1, 11)))


def test_ties_are_in_order_in_a_large_column_too() -> None:
    profile = a_profile([f"x{number}" for number in range(2_000)] + ["x7"])

    assert [each.value for each in profile.top] == ["x7", "x0", "x1", "x10", "x100", "x1000", "x1001", "x1002", "x1003",
                                                    "x1004"]


def test_integers_beyond_64_bits_are_exact() -> None:
    profile = a_profile(["123456789012345678901234567890", "123456789012345678901234567892"])

    assert (profile.mean, profile.maximum) == ("123456789012345678901234567891", "123456789012345678901234567892")


@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=60))
def test_quartiles_are_those_of_linear_interpolation(numbers: list[int]) -> None:
    profile = a_profile([str(number) for number in numbers])
    expected = [Fraction(quartile) for quartile in statistics.quantiles([Fraction(n) for n in numbers], n=4,
                                                                        method="inclusive")]

    assert profile.quartiles is not None
    assert [Fraction(quartile) for quartile in profile.quartiles] == expected


@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=60))
def test_figures_of_numbers_are_exact(numbers: list[Decimal]) -> None:
    profile = a_profile([str(number) for number in numbers], type="number")
    mean = Fraction(sum(numbers)) / len(numbers)

    assert (Decimal(profile.minimum or ""), Decimal(profile.maximum or "")) == (min(numbers), max(numbers))
    assert abs(Fraction(profile.mean or "") - mean) <= Fraction(1, 200)


@given(st.lists(CELLS, max_size=40))
def test_the_counts_of_any_column_add_up(texts: list[str]) -> None:
    profile = a_profile(texts)
    filled = [text for text in texts if text]

    assert (profile.rows, profile.filled) == (len(texts), len(filled))
    assert sum(each.rows for each in profile.bins) in (0, len(filled))
    assert sum(each.rows for each in profile.top) <= len(filled)


@given(st.permutations(["b", "a", "b", "", "c", "1", "1.0", "x" * 30]))
def test_the_order_of_the_rows_changes_nothing(texts: list[str]) -> None:
    assert a_profile(texts) == a_profile(sorted(texts))


def figures(values: Ordered) -> tuple[object, ...]:
    scale = Scale(kind="number", decimals=2)
    return values.rows, values.distinct, values.total, quartiles(values, scale), bins(values, scale)


@given(st.dictionaries(st.integers(-(2**63) + 1, 2**63 - 1) | st.integers(-5, 50), st.integers(1, 1_000), min_size=1,
                       max_size=60))
def test_pandas_and_plain_python_give_the_same_figures(weights: dict[int, int]) -> None:
    assert figures(frame_ordered(weights)) == figures(plain_ordered(weights))


# Offsets change within a column; some values have none.
ZONES = st.sampled_from([None, UTC, *(timezone(timedelta(minutes=minutes)) for minutes in (-300, -240, 345))])
MOMENTS = st.lists(st.datetimes(timezones=ZONES).map(lambda moment: moment.isoformat()), min_size=1)
COLUMNS = st.lists(
    st.integers().map(str) | st.decimals(allow_nan=False,
                                         allow_infinity=False).map(lambda n: f"{n:f}") | st.sampled_from(["", "NA"]),
) | st.lists(st.dates().map(str)) | st.lists(st.datetimes().map(lambda moment: moment.isoformat())) | MOMENTS | st.lists(CELLS)


def by_pandas(texts: list[str]) -> ColumnProfile:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("cityfolio.tables.ordered.LARGE", 0)
        return a_profile(texts)


@given(COLUMNS)
def test_pandas_and_plain_python_give_the_same_profile(texts: list[str]) -> None:
    assert by_pandas(texts) == a_profile(texts)


@given(MOMENTS)
def test_the_first_and_last_moment_are_values_of_the_file(texts: list[str]) -> None:
    profile = a_profile(texts)
    seen = {datetime.fromisoformat(text).isoformat().replace("+00:00", "Z") for text in texts}

    assert {profile.minimum, profile.maximum} <= seen


@given(MOMENTS)
def test_every_row_is_in_the_bar_that_its_clock_names(texts: list[str]) -> None:
    bars = a_profile(texts, type="datetime").bins
    clocks = [text[:19] for text in texts]

    assert sum(bar.rows for bar in bars) == len(texts)
    assert bars[0].low[:19] <= min(clocks)
    assert max(clocks) <= bars[-1].high[:19]


@pytest.mark.parametrize(("position", "does"), [(2**63 - 1, True), (-(2**63) + 1, True), (2**63, False), (-(2**63), False)])
def test_pandas_is_given_only_what_it_keeps_exactly(position: int, does: bool) -> None:
    assert fits({0: 1, position: 1}) is does


def test_a_large_column_goes_through_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    used = Counter[str]()
    monkeypatch.setattr("cityfolio.tables.ordered.LARGE", 3)
    monkeypatch.setattr("cityfolio.tables.frames.frame_ordered",
                        lambda weights: used.update(["pandas"]) or plain_ordered(weights))
    a_profile(["1", "2", "3", "3"])

    assert used["pandas"] == 1


def test_a_small_file_does_not_pay_for_pandas() -> None:
    code = ("import io, sys; from cityfolio.tables.profile import *; from cityfolio.model.records import FileRecord; "
            "profile_table(io.BytesIO(b'a,b\\n1,x\\n2,y\\n'), TableJob(path='a.csv', size_bytes=1, file=FileRecord())); "
            "print([name for name in ('pandas', 'numpy') if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env={"PYTHONPATH": ":".join(sys.path)})

    assert done.stdout == "[]\n"


@given(cells=st.one_of([st.lists(each, min_size=1, max_size=30) for each in (
    CELLS, st.integers(-9, 9).map(str), st.integers(0, 10**12).map(str), st.decimals(-9, 9, places=2).map(str),
    st.sampled_from(["0.50", "1", "-2.", "+.5", "1e3", "0", "00.5"]), st.dates().map(str), st.datetimes().map(str),
    st.booleans().map(str))]))
def test_few_values_are_summed_up_as_many_are(cells: list[str]) -> None:
    with patch("cityfolio.tables.summary.SMALL", 0):
        many = a_profile(cells)

    assert a_profile(cells) == many
