"""Typed arrays: what Arrow reads is what the plain parse of the dictionary's types reads, or nothing is read at all."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
import shapely
from hypothesis import assume, example, given, strategies as st

from cityfolio.model.records import ColumnType
from cityfolio.tables.exports.arrow_values import typed_array
from cityfolio.tables.exports.forms import form_of, stored_type, with_forms, without_empty
from cityfolio.tables.exports.json_values import iso
from cityfolio.tables.exports.schema import Form, Unfit
from cityfolio.tables.types import parse
from tables.exports.making_exports import (
    BOOLEANS,
    DATES,
    TEXTS,
    TIMES,
    YEARS,
    a_column,
    a_table,
    integers,
    moments,
    numbers,
    of,
    shapes,
)

Texts = list[str | None]
PLAIN: dict[ColumnType, st.SearchStrategy[str]] = {
    "integer": integers(), "number": numbers(), "year": YEARS, "boolean": BOOLEANS, "date": DATES, "time": TIMES,
}


def some(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Texts]:
    return st.lists(st.one_of(st.none(), texts), min_size=1, max_size=5)


def typed(kind: ColumnType, texts: Texts, **record: object) -> pa.Array:
    column, cells = a_column(kind=kind, **record), pa.array(texts, pa.string())
    return typed_array(cells, column, stored_type(column, form_of(cells, column)))


def parsed(kind: ColumnType, texts: Texts, written: str | None = None) -> list[object]:
    return [None if text is None else parse(text, kind, written) for text in texts]


@given(data=st.data(), kind=st.sampled_from(tuple(PLAIN)))
def test_what_is_stored_is_what_the_dictionary_reads(data: st.DataObject, kind: ColumnType) -> None:
    texts = data.draw(some(PLAIN[kind]))

    assert typed(kind, texts).to_pylist() == parsed(kind, texts)


@given(kind=st.sampled_from(("integer", "number", "year", "boolean", "date", "datetime", "time")),
       text=st.one_of(TEXTS, st.from_regex(r"[-+xXeEZT:. 0-9tTrRuUfFaAlLsS]{1,12}", fullmatch=True)))
@example(kind="integer", text="0x10")
@example(kind="year", text="0x1F")
@example(kind="year", text="-123")
@example(kind="boolean", text="tRUE")
@example(kind="date", text="0000-01-01")
@example(kind="number", text="inf")
@example(kind="time", text="00")
@example(kind="datetime", text="2000-01-01")
@example(kind="datetime", text="2000-01-01 10")
def test_what_the_dictionary_does_not_read_is_never_stored(kind: ColumnType, text: str) -> None:
    column, cells = a_column(kind=kind), pa.array([text])
    assume(parse(text, kind) is None)

    with pytest.raises(ValueError, match="is not"):
        typed_array(cells, column, stored_type(column, Form(digits=5, decimals=5)))


@given(texts=some(moments(offset=False)))
def test_moments_without_offset_are_those_of_the_clock(texts: Texts) -> None:
    assert typed("datetime", texts).to_pylist() == parsed("datetime", texts)


@given(texts=some(DATES.filter(lambda day: "0001" < day < "9999").map(lambda day: f"{day}T23:59:59.5-04:00")))
def test_moments_of_one_offset_keep_it(texts: Texts) -> None:
    values = typed("datetime", [*texts, "2020-01-01T00:00-0400"])

    assert values.to_pylist()[:-1] == parsed("datetime", texts)
    assert values.type == pa.timestamp("us", "-04:00")


@given(texts=some(moments()))
def test_moments_of_several_offsets_are_text(texts: Texts) -> None:
    texts = [*texts, "2020-01-01T00:00Z", "2020-01-01T00:00-04:00"]

    assert typed("datetime", texts).to_pylist() == [text and iso(text, "datetime", None) for text in texts]


@given(texts=some(TEXTS))
def test_text_is_as_it_was(texts: Texts) -> None:
    assert typed("string", texts).to_pylist() == texts


@given(texts=some(shapes()))
def test_shapes_are_well_known_binary(texts: Texts) -> None:
    expected = [text and shapely.to_wkb(shapely.from_geojson(text)) for text in texts]

    assert typed("geometry", texts).to_pylist() == expected


@pytest.mark.parametrize("coordinates", ["[[1,2]]", "[[1,2],[3]]", '[["a",2],[3,4]]'], ids=["short", "half", "text"])
def test_a_broken_shape_cannot_be_stored(coordinates: str) -> None:
    with pytest.raises(Unfit, match=r"a shape is broken and cannot be stored \(.+\)"):
        typed("geometry", [f'{{"type":"LineString","coordinates":{coordinates}}}'])


WRITTEN: dict[str, tuple[ColumnType, str, str]] = {
    "a date": ("date", "%m/%d/%Y", "06/30/2026"), "a time": ("time", "%I:%M %p", "02:05 PM"),
    "a moment": ("datetime", "%m/%d/%Y %H:%M", "06/30/2026 14:05"),
    "a moment with its offset": ("datetime", "%m/%d/%Y %H:%M %z", "06/30/2026 14:05 -0400"),
}


@pytest.mark.parametrize(("kind", "written", "text"), WRITTEN.values(), ids=WRITTEN)
def test_dates_are_read_by_the_format_of_the_dictionary(kind: ColumnType, written: str, text: str) -> None:
    assert typed(kind, [text, None, text], format=written).to_pylist() == parsed(kind, [text, None, text], written)


def test_moments_of_several_offsets_in_a_format_of_their_own_are_text_in_iso_form() -> None:
    values = typed("datetime", ["06/30/2026 14:05 -0400", "06/30/2026 14:05 +0000"], format="%m/%d/%Y %H:%M %z")

    assert values.to_pylist() == ["2026-06-30T14:05:00-04:00", "2026-06-30T14:05:00+00:00"]


@pytest.mark.parametrize(("form", "text"), [(Form(offsets=frozenset(("",))), "06/30/2026 -0400"),
                                            (Form(offsets=frozenset(("-04:00",))), "06/30/2026")], ids=["lost", "made up"])
def test_an_offset_is_neither_lost_nor_made_up(form: Form, text: str) -> None:
    column = a_column(kind="datetime", format="%m/%d/%Y %z" if "-" in text else "%m/%d/%Y")

    with pytest.raises(ValueError, match="does not fit"):
        typed_array(pa.array([text]), column, stored_type(column, form))


STORED: dict[str, tuple[ColumnType, Texts, pa.DataType]] = {
    "whole numbers": ("integer", ["1", "-99999999999999999"], pa.int64()),
    "whole numbers beyond 64 bits": ("integer", ["12345678901234567890", "1"], pa.decimal128(38, 0)),
    "whole numbers of 60 digits": ("integer", ["9" * 60], pa.decimal256(76, 0)),
    "whole numbers of 100 digits": ("integer", ["9" * 100], pa.string()),
    "amounts": ("number", ["1.5", "12.50", "100"], pa.decimal128(18, 2)),
    "exponents": ("number", ["1e5", "2.5E-3"], pa.decimal128(18, 4)),
    "many decimals": ("number", ["0." + "1" * 30], pa.decimal128(38, 30)),
    "more decimals": ("number", ["0." + "1" * 60], pa.decimal256(76, 60)),
    "numbers beyond decimals": ("number", ["1e300", "1.5"], pa.string()),
    "no number at all": ("number", [None], pa.decimal128(18, 0)),
    "moments": ("datetime", ["2026-06-30T14:05"], pa.timestamp("us")),
    "moments of Greenwich": ("datetime", ["2026-06-30T14:05Z", "2026-06-30T14:05:00.5-00:00"], pa.timestamp("us", "UTC")),
    "moments with and without an offset": ("datetime", ["2026-06-30T14:05Z", "2026-06-30T14:05:00"], pa.string()),
    "years": ("year", ["2026"], pa.int32()),
    "times": ("time", ["14:05"], pa.time64("us")),
}


@pytest.mark.parametrize(("kind", "texts", "expected"), STORED.values(), ids=STORED)
def test_a_column_is_stored_as_its_cells_need(kind: ColumnType, texts: Texts, expected: pa.DataType) -> None:
    assert typed(kind, texts).type == expected


@given(texts=some(numbers()), more=some(numbers()))
def test_two_portions_need_together_what_they_need_as_one(texts: Texts, more: Texts) -> None:
    column = a_column(kind="number")
    one, other, both = (form_of(pa.array(each, pa.string()), column) for each in (texts, more, texts + more))

    assert one.with_(other) == both


@given(texts=some(numbers()))
def test_no_digit_of_a_number_is_lost(texts: Texts) -> None:
    values = typed("number", texts).to_pylist()

    assert [value if value is None else Decimal(value) for value in values] == [text and Decimal(text) for text in texts]


def test_forms_that_are_known_are_not_looked_for() -> None:
    column = a_column(kind="number")
    known = Form(digits=1, decimals=1)
    table = a_table((column, ["1.55"]), (a_column("b", "number"), ["1.555"]))

    first, second = with_forms(a_table((type(column)(name="a", type="number", form=known), ["1.55"]), (column, ["1.555"])))
    assert (first.form, second.form) == (known, with_forms(table)[1].form)


@given(texts=some(TEXTS), words=st.frozensets(TEXTS, max_size=3))
def test_words_for_no_value_become_null_and_no_others(texts: Texts, words: frozenset[str]) -> None:
    found = without_empty(pa.array(texts, pa.string()), words | {None})

    assert found.to_pylist() == [None if text in words else text for text in texts]


def test_portions_that_can_be_gone_through_once_are_refused() -> None:
    table = of("number", "1")
    once = type(table)(columns=table.columns, portions=iter(list(table.portions)))

    with pytest.raises(TypeError, match="again"):
        with_forms(once)
