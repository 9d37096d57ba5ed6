"""Every row against the dictionary: one problem a column and rule, with the count, the first rows and the place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.records import COLUMN_TYPES, ColumnRecord
from cityfolio.tables.constraints import shown
from tables.making import CELLS, as_csv, problems, report

CODES = {"OAK": "Oak", "ELM": "Elm"}


def says(texts: list[str], **record: object) -> str:
    """The only sentence said of a column `x`."""
    (problem,) = report("x\n" + "".join(f"{text}\n" for text in texts),
                        {"x": ColumnRecord(**record)}).problems  # type: ignore[arg-type]
    return problem.says


FAULTS = {
    "a type": ({"type": "integer"}, "x,y\n1,a\nn/a,b\n", ("cell-type", 3, 1, 3)),
    "a type, in a later column": ({"type": "integer"}, "y,x\nab,1\nabc,n/a\n", ("cell-type", 3, 5, 3)),
    "a type, in quotation marks": ({"type": "integer"}, 'y,x\n"a,b","n""a"\n', ("cell-type", 2, 7, 6)),
    "a type, below a field of two lines": ({"type": "date"}, 'y,x\n"a\nb",2024-01-01\nc,soon\n', ("cell-type", 4, 3, 4)),
    "a type, beside a field of two lines": ({"type": "date"}, 'y,x\n"a\nb",soon\n', ("cell-type", 3, 4, 4)),
    "a type, of two lines": ({"type": "date"}, 'y,x\na,"soon\nor later"\n', ("cell-type", 2, 3, 5)),
    "a type, by CR LF": ({"type": "integer"}, "y,x\r\na,1\r\nb,n\r\n", ("cell-type", 3, 3, 1)),
    "a type, by CR": ({"type": "integer"}, "y,x\ra,1\rb,n\r", ("cell-type", 3, 3, 1)),
    "a type, after a mark and wide letters": ({"type": "integer"}, "\ufeffy,x\n🌳é,n\n", ("cell-type", 2, 4, 1)),
    "required": ({"required": True}, "x,y\n1,a\n,b\n", ("cell-required", 3, 1, 1)),
    "required, in a file of one column": ({"required": True}, "x\n1\n\n2\n", ("cell-required", 3, 1, 1)),
    "unique": ({"unique": True}, "x,y\n1,a\n2,b\n1,c\n", ("cell-unique", 4, 1, 1)),
    "listed values": ({"values": CODES}, "y,x\n1,OAK\n2,ASH\n", ("cell-values", 3, 3, 3)),
    "a minimum": ({"type": "number", "minimum": "0"}, "x,y\n0.0,a\n-0.5,b\n", ("cell-range", 3, 1, 4)),
    "a maximum": ({"type": "integer", "maximum": "10"}, "x,y\n10,a\n11,b\n", ("cell-range", 3, 1, 2)),
    "a length": ({"max_length": 2}, "x,y\nab,a\nabc,b\n", ("cell-length", 3, 1, 3)),
    "a pattern": ({"pattern": "[A-Z]{2}"}, "x,y\nNC,a\nNc,b\n", ("cell-pattern", 3, 1, 2)),
}


@pytest.mark.parametrize(("record", "body", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_broken_rule_is_placed_at_its_first_cell(record: Mapping[str, object], body: str,
                                                   expected: tuple[object, ...]) -> None:
    assert problems(body, {"x": ColumnRecord(**record)}) == [expected]  # type: ignore[arg-type]


SENTENCES = {
    "one": (["1", "n/a"], {"type": "integer"}, "column `x` holds 1 value that is not an integer (row 2, `n/a`)"),
    "two": (["a", "1", "b"], {"type": "number"},
            "column `x` holds 2 values that are not numbers (first: row 1, `a`; then row 3)"),
    "many": (["1", *"abcde"], {"type": "integer"},
             "column `x` holds 5 values that are not integers (first: row 2, `a`; then rows 3, 4)"),
    "one word in many rows": (["-", "-", "-", "-"], {"type": "date"},
                              "column `x` holds 4 values that are not dates (first: row 1, `-`; then rows 2, 3)"),
    "dates in a format": (["2024-01-01"], {"type": "date", "format": "%m/%d/%Y"},
                          "column `x` holds 1 value that is not a date written as %m/%d/%Y (row 1, `2024-01-01`)"),
    "truth": (["yes"], {"type": "boolean"}, "column `x` holds 1 value that is not true or false (row 1, `yes`)"),
    "required": (["1", "", "", "2", "", "3"], {"required": True},
                 "column `x` holds 3 cells that are empty (first: row 2; then rows 3, 5)"),
    "unique": (["A", "B", "A", "A"], {"unique": True},
               "column `x` holds 2 values that stand in an earlier row too (first: row 3, `A`; then row 4)"),
    "unique by value": (["1", "01"], {"unique": True, "type": "integer"},
                        "column `x` holds 1 value that stands in an earlier row too (row 2, `01`)"),
    "values": (["OAK", "ASH"], {"values": CODES},
               "column `x` holds 1 value that is not among those the dictionary lists (row 2, `ASH`)"),
    "range": (["1", "5", "11"], {"type": "integer", "minimum": "2", "maximum": "10"},
              "column `x` holds 2 values that are under 2 or over 10 (first: row 1, `1`; then row 3)"),
    "dates in range": (["2023-12-31"], {"type": "date", "minimum": "2024-01-01"},
                       "column `x` holds 1 value that is under 2024-01-01 (row 1, `2023-12-31`)"),
    "length": (["abc"], {"min_length": 5, "max_length": 5},
               "column `x` holds 1 value that is shorter than 5 or longer than 5 characters (row 1, `abc`)"),
    "shortness": (["a"], {"min_length": 2}, "column `x` holds 1 value that is shorter than 2 characters (row 1, `a`)"),
    "pattern": (["nc", "sc"], {"pattern": "[A-Z]{2}"},
                "column `x` holds 2 values that do not match the pattern `[A-Z]{2}` (first: row 1, `nc`; then row 2)"),
    "no type and a minimum": (["5", "n/a"], {"minimum": "0"}, "column `x` holds 1 value that is not a number (row 2, `n/a`)"),
    "no type and a first day": (["2024-01-01", "soon"], {"minimum": "2020-01-01"},
                                "column `x` holds 1 value that is not a date (row 2, `soon`)"),
}


@pytest.mark.parametrize(("texts", "record", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_a_fault_is_told_in_words(texts: list[str], record: Mapping[str, object], expected: str) -> None:
    assert says(texts, **record) == expected


FINE = {
    "empty cells break no rule but required": ({"type": "integer", "minimum": "1", "unique": True, "pattern": "x"}, ["", ""]),
    "an integer with zeros before it": ({"type": "integer"}, ["007"]),
    "a listed value written another way": ({"type": "integer", "values": {"1": "One"}}, ["01", "+1"]),
    "a maximum that is a day covers all of it": ({"type": "datetime", "maximum": "2024-01-01"}, ["2024-01-01T23:59:59.999"]),
    "a minimum that is a day begins with it": ({"type": "datetime", "minimum": "2024-01-01"}, ["2024-01-01T00:00"]),
    "a day goes by the clock where offsets differ": ({"type": "datetime", "minimum": "2021-01-01", "maximum": "2021-07-01"}, [
        "2021-01-01T00:00-05:00", "2021-07-01T23:59-04:00"]),
    "a bound between two numbers": ({"type": "integer", "minimum": "0.5", "maximum": "1.5"}, ["1"]),
    "a bound that is none": ({"type": "integer", "minimum": "few"}, ["-5"]),
    "a bound of text": ({"type": "string", "minimum": "5"}, ["1"]),
    "a bound that says nothing of its type": ({"minimum": "few"}, ["x"]),
    "a pattern that is none": ({"pattern": "["}, ["x"]),
    "a pattern of numbers": ({"type": "integer", "pattern": "[0-9]{5}"}, ["1"]),
    "a length of numbers": ({"type": "integer", "max_length": 1}, ["12"]),
    "a length of letters, not of bytes": ({"max_length": 2}, ["é🌳"]),
    "any type": ({"type": "any"}, ["1", "x"]),
    "a pattern on an inferred integer": ({"pattern": "[0-9]{5}"}, ["28202"]),
    "exactly the shortest and the longest": ({"min_length": 1, "max_length": 3}, ["a", "abc"]),
}


@pytest.mark.parametrize(("record", "texts"), FINE.values(), ids=FINE)
def test_what_the_dictionary_allows_is_not_told(record: Mapping[str, object], texts: list[str]) -> None:
    assert problems(as_csv([["x", "y"], *([text, "-"] for text in texts)]),
                    {"x": ColumnRecord(**record)}) == []  # type: ignore[arg-type]


def test_a_pattern_has_to_match_the_whole_value() -> None:
    assert says(["NC "],
                pattern="[A-Z]{2}") == "column `x` holds 1 value that does not match the pattern `[A-Z]{2}` (row 1, `NC `)"


def test_only_declared_words_stand_for_no_value() -> None:
    columns = {"x": ColumnRecord(type="integer")}

    assert problems("x\nNA\n-\n1\n", columns, empty=("NA",)) == [("cell-type", 3, 1, 1)]


def test_a_declared_word_is_missing_where_a_value_is_required() -> None:
    assert problems("x\nNA\n1\n", {"x": ColumnRecord(required=True)}, empty=("NA",)) == [("cell-required", 2, 1, 2)]


def test_a_value_close_to_a_listed_one_is_suggested() -> None:
    (problem,) = report("x\nOAKK\n", {"x": ColumnRecord(values=CODES)}).problems

    assert problem.fix.startswith('Did you mean "OAK"?')


def test_each_rule_of_each_column_has_its_own_problem() -> None:
    columns = {"x": ColumnRecord(type="integer", unique=True, required=True), "y": ColumnRecord(values=CODES)}
    body = "x,y\n1,OAK\n1,ASH\n,ELM\nn,FIR\n"

    assert problems(body, columns) == [
        ("cell-type", 5, 1, 1), ("cell-required", 4, 1, 1), ("cell-unique", 3, 1, 1), ("cell-values", 3, 3, 3)]


def test_a_value_of_the_wrong_type_is_told_once() -> None:
    record = ColumnRecord(type="integer", values={"1": "One"}, minimum="0")

    assert problems("x\nn/a\n", {"x": record}) == [("cell-type", 2, 1, 3)]


PERSONAL = {
    "a type": {"type": "integer"}, "values": {"values": {"SECRETS": "x"}}, "unique": {"unique": True},
    "length": {"max_length": 1},
    "a pattern": {"pattern": "[0-9]"}, "a range": {"type": "integer", "minimum": "1"},
}


@pytest.mark.parametrize("record", PERSONAL.values(), ids=PERSONAL)
def test_no_problem_repeats_a_value_of_a_sensitive_column(record: Mapping[str, object]) -> None:
    columns = {"x": ColumnRecord(sensitive=True, **record)}  # type: ignore[arg-type]
    (problem,) = report("x,y\nSECRET,1\nSECRET,2\n", columns).problems

    assert "SECRET" not in repr(problem).replace("SECRETS", "")


def test_a_problem_of_another_column_does_not_show_the_line_with_personal_data() -> None:
    columns = {"x": ColumnRecord(sensitive=True), "y": ColumnRecord(type="integer")}
    (problem,) = report("x,y\nSECRET,none\n", columns).problems

    assert (problem.where.excerpt, "`none`" in problem.says) == (None, True)


def test_rows_of_a_sensitive_column_are_named_without_their_values() -> None:
    assert says(["1", "SECRET"], type="integer", sensitive=True) == "column `x` holds 1 value that is not an integer (row 2)"


@pytest.mark.parametrize(("text", "expected"), [
    ("n/a", "`n/a`"), ("a\nb\t", "`a\\nb\\t`"), ("x" * 50, f"`{'x' * 40}…`"), ("\u202eevil", "`\\u202eevil`"),
    ("José 🌳", "`José 🌳`"),
])
def test_a_value_is_shown_so_that_it_can_stand_in_a_sentence(text: str, expected: str) -> None:
    assert shown(text) == expected


RECORDS = st.builds(
    ColumnRecord, type=st.none() | st.sampled_from([each for each in COLUMN_TYPES if each != "geometry"]),
    required=st.booleans(), unique=st.booleans(),
    minimum=st.none() | st.sampled_from(["0", "x", "2024-01-01", "1e2"]),
    maximum=st.none() | st.sampled_from(["9", "", "12:00"]),
    min_length=st.none() | st.integers(0, 3), max_length=st.none() | st.integers(0, 3),
    format=st.none() | st.sampled_from(["%d", "%H%Y", "x"]),
    pattern=st.none() | st.sampled_from(["[", "[a-z]?", "."]), values=st.dictionaries(CELLS, CELLS, max_size=2),
    sensitive=st.booleans(),
)


@given(st.lists(CELLS | st.sampled_from(["0", "1", "2024-01-01", "12:30", "true"]), max_size=6), RECORDS)
def test_no_dictionary_makes_checking_raise(texts: list[str], record: ColumnRecord) -> None:
    found = report(as_csv([["x", "y"], *([text, "-"] for text in texts)]), {"x": record})

    assert found.profile is not None
    assert len({problem.code for problem in found.problems}) == len(found.problems)


def test_shapes_are_refused_in_a_format_that_has_none() -> None:
    assert problems("place\nPOINT (1 2)\n", {"place": ColumnRecord(type="geometry")}) == [("cell-type", 1, 1, 5)]
