"""Expressions are read as they are meant, and what is wrong with one is told at its place with what would be right."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from cityfolio.measures.expression import (
    Arithmetic,
    Call,
    Column,
    Comparison,
    Literal,
    Logic,
    Membership,
    Node,
    Not,
    NullTest,
    columns_of,
    parse,
)
from cityfolio.measures.kinds import FUNCTIONS, faults
from cityfolio.measures.tokens import ExpressionError
from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.exports.schema import ExportColumn

KINDS: dict[str, ColumnType] = {"status": "string", "days": "integer", "cost": "number", "opened": "datetime", "closed": "date",
                                "is_open": "boolean", "at": "time", "built": "year", "shape": "geometry", "in days": "integer"}
COLUMNS = {name: ExportColumn(name=name, type=kind, record=ColumnRecord(values={"OPEN": "Open"} if name == "status" else {}))
           for name, kind in KINDS.items()}
A, B, C = (Comparison(operator="==", left=Column(name=name), right=Literal(value=Decimal(1))) for name in "abc")


def number(value: int) -> Literal:
    return Literal(value=Decimal(value))


READ: dict[str, Node] = {
    "a == 1 or b == 1 and c == 1": Logic(operator="or", parts=(A, Logic(operator="and", parts=(B, C)))),
    "(a == 1 or b == 1) and c == 1": Logic(operator="and", parts=(Logic(operator="or", parts=(A, B)), C)),
    "not a == 1 and b == 1": Logic(operator="and", parts=(Not(condition=A), B)),
    "not not a == 1": Not(condition=Not(condition=A)),
    "a is null": NullTest(item=Column(name="a")),
    "a is not null": NullTest(item=Column(name="a"), is_negated=True),
    "a in (1, -2)": Membership(item=Column(name="a"), options=(number(1), number(-2))),
    "a not in ('x')": Membership(item=Column(name="a"), options=(Literal(value="x"),), is_negated=True),
    "a - 1 - 2 > 3": Comparison(operator=">", right=number(3), left=Arithmetic(
        operator="-", left=Arithmetic(operator="-", left=Column(name="a"), right=number(1)), right=number(2))),
    "a + 1 * 2 > 3": Comparison(operator=">", right=number(3), left=Arithmetic(
        operator="+", left=Column(name="a"), right=Arithmetic(operator="*", left=number(1), right=number(2)))),
    "-a < 1": Comparison(operator="<", left=Arithmetic(operator="-", left=number(0), right=Column(name="a")), right=number(1)),
    "a == 'O''Hare'": Comparison(operator="==", left=Column(name="a"), right=Literal(value="O'Hare")),
    "`in days` <= 2.5": Comparison(operator="<=", left=Column(name="in days"), right=Literal(value=Decimal("2.5"))),
    "days(a, b) != 1": Comparison(operator="!=", right=number(1), left=Call(name="days", arguments=(Column(name="a"),
                                                                                                   Column(name="b")))),
    "a == true": Comparison(operator="==", left=Column(name="a"), right=Literal(value=True)),
}

# Each with the text that is marked, a part of what is said, and a part of what would be right.
UNREADABLE = {
    "": ("", "is empty", "Write a condition"),
    "a = 1": ("=", "means nothing", "Write =="),
    "a <> 1": ("<>", "means nothing", "Write !="),
    "a == 1 AND b == 1": ("AND", "where the expression should end", "small letters: and"),
    "a == 1 && b == 1": ("&&", "means nothing", "Write and"),
    'a == "x"': ('"', "means nothing", "single quotation marks"),
    "a == \u2018x\u2019": ("\u2018", "means nothing", "straight"),
    "a == 'x": ("'", "means nothing", "ends with"),
    "a > 2026-01-01": ("2026-01-01", "is not a number", "Dates are texts"),
    "a > 1e5": ("1e5", "is not a number", "Write digits"),
    "a < b < c": ("<", "two sides", "a < b and b < c"),
    "a == 1)": (")", "where the expression should end", "Join two"),
    "(a == 1": ("", "closing parenthesis", "Write )"),
    "a in 1": ("1", "a list in parentheses", "Write ("),
    "a in (b)": ("b", "where a value should", "A list holds values"),
    "a is 3": ("3", "where null should", "Write == to compare"),
    "a like 'x'": ("like", "where the expression should end", "contains(a, 'x')"),
    "a between 1 and 2": ("between", "where the expression should end", "a >= 1 and a <= 5"),
    "in == 1": ("in", "where a value should", "`in`"),
    "\u00e9 == 1": ("\u00e9", "means nothing", "backticks"),
    "a == 1 or": ("", "where a value should", "Write a column"),
    "a in [1]": ("[", "means nothing", "in ('A', 'B')"),
    "__import__('os')": ("", "", ""),
    "a.b == 1": (".", "means nothing", ""),
}

UNFIT = {
    "state == 'OPEN'": ("state", 'no column "state"', 'Did you mean "status"?'),
    "status == OPEN": ("OPEN", 'no column "OPEN"', "'OPEN'"),
    "hour(opened, opened) < 3": ("hour", 'no function "hour"', 'Did you mean "hours"?'),
    "days(opened) < 3": ("days(opened)", "takes 2 values, and 1 is given", "days(received_at, closed_at)"),
    "days == '3'": ("'3'", "numbers are compared with texts", "without quotation marks: 3"),
    "status == 3": ("3", "texts are compared with numbers", "as a text: '3'"),
    "status == 'CLOSED'": ("'CLOSED'", "not among the values", "Known: OPEN"),
    "status in ('OPEN', 'SHUT')": ("'SHUT'", "not among the values", "Known: OPEN"),
    "status > 'A'": ("'A'", "texts have no order", "=="),
    "closed > 3": ("3", "dates are compared with numbers", "'2026-06-30'"),
    "closed > '30 June'": ("'30 June'", "is not one of dates", "'2026-06-30'"),
    "closed > '2026-02-30'": ("'2026-02-30'", "is not one of dates", "'2026-06-30'"),
    "closed == '2026-02-03T10:00'": ("'2026-02-03T10:00'", "is not one of dates", "'2026-06-30'"),
    "opened > 'noon'": ("'noon'", "is not one of dates with times", "'2026-06-30T14:05'"),
    "closed == null": ("null", "null equals nothing", "is null"),
    "closed - opened < 3": ("closed", "nothing can be reckoned", "days(a, b)"),
    "days + '1' > 3": ("'1'", "nothing can be reckoned", "quotation marks"),
    "days": ("days", "a condition is needed", "Compare it"),
    "days and is_open": ("days", "a condition is needed", "Compare it"),
    "hours(closed, opened) > 3": ("closed", "dates with times are needed", "use days"),
    "contains(days, '3')": ("days", "texts are needed", "contains("),
    "contains(status, status)": ("status", "the same for every row", "contains("),
    "shape == shape": ("shape", "shapes cannot be compared", "is not null"),
    "days / 0 > 1": ("0", "divided by 0", "another number"),
    "is_open == 'true'": ("'true'", "compared with texts", "true or false"),
}
SOUND = ("status == 'OPEN'", "is_open", "not is_open", "is_open == false", "closed <= '2026-06-30'",
         "opened >= '2026-06-30T14:05'", "opened < closed", "opened == '2026-06-30T14:05:00-04:00'",
         "at > '14:05'", "built >= 1990", "shape is not null",
         "hours(opened, opened) / 2 > days * -1.5", "business_days(opened, closed) <= 3", "days(opened, '2026-01-01') > 0",
         "year(opened) == 2026 and month(closed) in (6, 7) and weekday(opened) < 6", "contains(lower(status), 'op')",
         "starts_with(status, 'O') == true", "'2026-01-01' < closed", "(days > 1) == (cost > 1)", "opened in ('2026-01-01')",
         "lower(status) == 'other'")


@pytest.mark.parametrize(("text", "node"), READ.items(), ids=READ)
def test_an_expression_is_read_as_it_is_meant(text: str, node: Node) -> None:
    assert parse(text) == node


@pytest.mark.parametrize("text", [each for each in UNREADABLE if each not in ("", "__import__('os')")])
def test_an_expression_that_cannot_be_read_is_told_at_its_place(text: str) -> None:
    marked, says, fix = UNREADABLE[text]

    (fault,) = faults(text, COLUMNS)

    assert text[fault.at:fault.at + fault.width].startswith(marked)
    assert says in fault.says
    assert fix in fault.fix


def test_an_empty_expression_is_a_fault() -> None:
    assert [fault.says for fault in faults("", COLUMNS)] == ["the expression is empty"]


def test_a_function_of_python_is_none_of_ours() -> None:
    assert [fault.says for fault in faults("__import__('os')", COLUMNS)] == ['there is no function "__import__"']


@pytest.mark.parametrize(("text", "fault"), UNFIT.items(), ids=UNFIT)
def test_what_does_not_fit_the_columns_is_told_before_a_row_is_read(text: str, fault: tuple[str, str, str]) -> None:
    marked, says, fix = fault

    found = faults(text, COLUMNS)[0]

    assert text[found.at:found.at + found.width] == marked
    assert says in found.says
    assert fix in found.fix


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_expression_has_no_faults(text: str) -> None:
    assert faults(text, COLUMNS) == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_example_of_each_function_can_be_read(name: str) -> None:
    assert columns_of(f"{FUNCTIONS[name].shown} is null")


def test_every_fault_of_an_expression_is_told_at_once() -> None:
    assert [fault.at for fault in faults("state == 'X' and day > 3", COLUMNS)] == [0, 17]


def test_the_columns_of_an_expression_are_named_once_each() -> None:
    assert columns_of("b == 1 and (`a a` > b or days(c, b) in (1))") == ("b", "a a", "c")


LIMITS = {
    "characters": "a == '" + "x" * 2_000 + "'",
    "words and signs": "a == 1" + " or a == 1" * 150,
    "deep": "(" * 100 + "a == 1" + ")" * 100,
    "deep by signs": "a == " + "-" * 100 + "1",
    "deep by functions": "f(" * 100 + "1" + ")" * 100,
}


@pytest.mark.parametrize("text", LIMITS.values(), ids=LIMITS)
def test_an_expression_beyond_every_measure_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match=r"longer than|more than"):
        parse(text)


@given(text=st.text(alphabet="ab1'`()<>=!,.+-*/ \n\u00e9notisul", max_size=40))
def test_whatever_is_written_is_read_or_refused_within_its_text(text: str) -> None:
    assert all(0 <= fault.at <= len(text) and fault.says for fault in faults(text, COLUMNS))
