"""Texts placed a portion at once stand where they stand one by one, and those that are not of a type are told apart."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings, strategies as st

from cityfolio.model.records import ColumnType
from cityfolio.tables.large.placing import QUICK, Unplaceable, placed
from cityfolio.tables.scales import positions
from cityfolio.tables.types import found_type

NOT_EMPTY = st.text(min_size=1, max_size=12)
DIGITS = st.text(st.sampled_from("0123456789-+.e "), min_size=1, max_size=20)
CLOCKS = st.text(st.sampled_from("0123456789-: TZ.+"), min_size=16, max_size=26)
TEXTS: dict[ColumnType, st.SearchStrategy[str]] = {
    "integer": st.one_of(st.integers(-(10**17), 10**17).map(str), st.integers(-(10**25), 10**25).map(str)),
    "number": st.one_of(st.decimals(-(10**12), 10**12, places=2).map(str), st.integers(-99, 99).map(str),
                        st.decimals(allow_nan=False, allow_infinity=False).map(lambda number: f"{number:f}"[:40])),
    "date": st.dates().map(str),
    "datetime": st.one_of(st.datetimes().map(lambda moment: moment.isoformat()),
                          st.datetimes().map(lambda moment: moment.isoformat(" ", "minutes")),
                          st.datetimes().map(lambda moment: f"{moment.isoformat('T', 'seconds')}Z"),
                          st.datetimes().map(lambda moment: f"{moment.isoformat('T', 'milliseconds')}-04:00")),
    "time": st.times().map(lambda clock: clock.isoformat()),
    "year": st.integers(1, 9999).map(lambda year: f"{year:04}"),
    "boolean": st.sampled_from(["true", "False", "1", "0", "TRUE"]),
}
KINDS = st.sampled_from(list(TEXTS))


def an_array(*texts: str) -> pa.StringArray:
    """Texts as Arrow keeps them."""
    return pa.array(texts, pa.string())


def one_by_one(texts: list[str], kind: ColumnType, written: str | None = None) -> tuple[object, ...] | None:
    """Where texts stand, which are right, decimals and suffix, as `scales` has it. None where 64 bits cannot hold it."""
    found = positions(set(texts), kind, written)
    assert found is not None
    if found.moments is not None or any(not -(2**63) <= place < 2**63 for place in found.of.values()):
        return None
    return ([found.of[text] for text in texts if text in found.of], [text in found.of for text in texts], found.scale.decimals,
            found.scale.suffix)


def at_once(array: pa.StringArray, kind: ColumnType, written: str | None = None) -> tuple[object, ...] | None:
    """The same, a portion at once."""
    try:
        found = placed(array, kind, written)
    except Unplaceable:
        return None
    right = [True] * len(array) if found.right is None else found.right.tolist()
    return found.at.tolist(), right, found.decimals, found.suffix


@st.composite
def columns(draw: st.DrawFn) -> tuple[ColumnType, list[str]]:
    """A type with texts, nearly all of which are of it."""
    kind = draw(KINDS)
    odd = st.one_of(TEXTS[kind], TEXTS[kind], DIGITS, CLOCKS, NOT_EMPTY)
    return kind, draw(st.lists(odd if draw(st.booleans()) else TEXTS[kind], min_size=1, max_size=12))


@settings(max_examples=250)
@given(columns())
def test_texts_stand_where_they_stand_one_by_one(column: tuple[ColumnType, list[str]]) -> None:
    kind, texts = column

    assert at_once(an_array(*texts), kind) == one_by_one(texts, kind)


@given(columns(), st.lists(NOT_EMPTY, max_size=3), st.lists(NOT_EMPTY, max_size=3))
def test_a_slice_is_placed_as_its_texts_are(column: tuple[ColumnType, list[str]], before: list[str], after: list[str]) -> None:
    kind, texts = column
    part = an_array(*before, *texts, *after).slice(len(before), len(texts))

    assert at_once(part, kind) == at_once(an_array(*texts), kind)


@pytest.mark.parametrize("kind", QUICK)
@settings(max_examples=120)
@given(data=st.data())
def test_what_is_written_plainly_is_found_to_be_of_that_type(kind: ColumnType, data: st.DataObject) -> None:
    texts = data.draw(st.lists(st.one_of(TEXTS[kind], DIGITS, CLOCKS), min_size=1, max_size=4, unique=True))
    quick = QUICK[kind](an_array(*texts))
    found = found_type(texts)

    assert quick is None or found == kind or (kind, found) == ("number", "integer")


ODD = [
    "0x1F", " 5", "5 ", "+5", "007", "-0", "-0.0", "-", ".5", "5.", "1.2.3", "--5", "5-", "1e5", "1_000", "٣", "inf", "nan",
    "NaN", "1-2", "-.5", "0", "0.10", "-1.50", "9" * 18, "9" * 19, "9" * 30, "0." + "1" * 18, "0." + "1" * 19,
    "1125899906842624", "112589990684262.4", "1125899906842.623", "-9223372036854775808", "9223372036854775808",
]
ODD_DAYS = [
    "2026-02-30", "2026-1-01", "0000-01-01", "0001-01-01", "9999-12-31", "2026-01-0x", "20260-1-01", "2026/01/01",
    "2026-01-01 ", "1969-12-31", "-026-01-01", "2026-01--1", "2024-02-29", "2023-02-29",
]
ODD_MOMENTS = [
    "2026-01-01T24:00", "2026-01-01T23:60", "2026-01-01 10:00:60", "2026-01-01T10:00:00.1234567", "2026-01-01T10:00-05:00",
    "2026-01-01T10:00Z", "2026-01-01T10:00:00.5", "2026-01-01t10:00", "0001-01-01T00:00", "9999-12-31T23:59:59.999999",
    "2026-01-01T1:00:00", "2026-01-01T10:00:00.", "2026-01-01T10:0000", "2026-01-01T10-00:00", "2026-01-01-10:00",
    "2026-01-01T10:00:00ZZ", "2026-01-01T10:00:0Z",
]


@pytest.mark.parametrize("kind", QUICK)
@pytest.mark.parametrize("text", ODD + ODD_DAYS + ODD_MOMENTS)
def test_an_odd_text_is_placed_or_refused_as_it_is_alone(kind: ColumnType, text: str) -> None:
    assert at_once(an_array(text), kind) == one_by_one([text], kind)


@pytest.mark.parametrize(("kind", "written", "texts"), [
    ("date", "%m/%d/%Y", ["06/30/2026", "2026-06-30", "6/3/2026"]), ("datetime", "%m/%d/%Y %H:%M", ["06/30/2026 14:05", "x"]),
    ("time", "%I:%M %p", ["02:05 PM", "14:05"]), ("number", "%m", ["1.5", "x"]), ("year", None, ["2026", "26"]),
])
def test_dates_in_another_form_are_read_by_it(kind: ColumnType, written: str | None, texts: list[str]) -> None:
    assert at_once(an_array(*texts), kind, written) == one_by_one(texts, kind, written)


def test_moments_at_several_offsets_have_no_place_on_one_line() -> None:
    with pytest.raises(Unplaceable):
        placed(an_array("2026-01-01T10:00-05:00", "2026-07-01T10:00-04:00"), "datetime", None)


def test_moments_with_and_without_an_offset_have_no_place_on_one_line() -> None:
    with pytest.raises(Unplaceable):
        placed(an_array("2026-01-01T10:00Z", "2026-07-01T10:00"), "datetime", None)


@pytest.mark.parametrize("texts", [["9" * 30], ["1" * 19 + ".5", "1"], ["1e300"]], ids=["whole", "decimal", "a power"])
def test_numbers_beyond_64_bits_have_no_place(texts: list[str]) -> None:
    with pytest.raises(Unplaceable):
        placed(an_array(*texts), "number", None)


def test_nothing_has_no_places() -> None:
    assert [at_once(an_array(), kind) for kind in TEXTS] == [([], [], 0, "")] * len(TEXTS)
