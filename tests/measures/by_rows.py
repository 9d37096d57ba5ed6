"""Expressions worked out row by row in plain Python, independently of the package; None is what is missing or unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import Any

from hypothesis import strategies as st

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
)

Row = Mapping[str, Any]
COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
RECKON: Mapping[str, Callable[[Any, Any], Any]] = {"+": add, "-": sub, "*": mul}
HOLIDAYS = (date(2026, 1, 1), date(2026, 1, 19))


def of(node: Node, row: Row) -> Any:
    """What an expression gives for a row."""
    match node:
        case Literal(value=value):
            return value if isinstance(value, bool | str) or value is None else Fraction(value)
        case Column(name=name):
            return row[name]
        case NullTest(item=item, is_negated=is_negated):
            return (of(item, row) is None) != is_negated
        case Not(condition=condition):
            found = of(condition, row)
            return None if found is None else not found
        case Logic(operator=operator, parts=parts):
            settles = operator == "or"
            found = [of(part, row) for part in parts]
            return settles if settles in found else None if None in found else not settles
        case Membership(item=item, options=options, is_negated=is_negated):
            value = of(item, row)
            return None if value is None else (value in [of(each, row) for each in options]) != is_negated
        case Comparison(operator=operator, left=left, right=right):
            return _both(COMPARE[operator], of(left, row), of(right, row))
        case Arithmetic(operator="/", left=left, right=right):
            return _both(lambda a, b: Fraction(a) / b if b else None, of(left, row), of(right, row))
        case Arithmetic(operator=operator, left=left, right=right):
            return _both(RECKON[operator], of(left, row), of(right, row))
        case Call(name=name, arguments=arguments):
            return _both(FUNCTIONS[name], *(of(each, row) for each in arguments))


def _both(function: Callable[..., Any], *values: Any) -> Any:
    return None if None in values else function(*values)


def _business_days(start: date, end: date) -> int:
    if end < start:
        return -_business_days(end, start)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in HOLIDAYS for day in days)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "business_days": _business_days, "days": lambda start, end: (end - start).days, "year": lambda day: day.year,
    "month": lambda day: day.month, "weekday": date.isoweekday, "lower": str.lower, "contains": lambda text, part: part in text,
    "starts_with": str.startswith,
}

NUMBER = st.decimals(min_value=-20, max_value=20, places=1).map(lambda value: Literal(value=value))
NUMBERS = st.recursive(
    st.one_of(NUMBER, *(st.just(Column(name=name)) for name in ("whole", "exact")),
              st.sampled_from(("days", "business_days")).map(lambda name: Call(name=name, arguments=(Column(name="start"),
                                                                                                     Column(name="end")))),
              st.sampled_from(("year", "month", "weekday")).map(lambda name: Call(name=name, arguments=(Column(name="end"),)))),
    lambda inner: st.builds(Arithmetic, operator=st.sampled_from("+-*/"), left=inner, right=inner), max_leaves=4)
WORDS = st.sampled_from(("Oak", "oak", "OAKEN", "", "elm")).map(lambda text: Literal(value=text))
TEXTS = st.sampled_from((Column(name="text"), Call(name="lower", arguments=(Column(name="text"),)), Column(name="other")))
SIGNS = st.sampled_from(tuple(COMPARE))
EQUAL = st.sampled_from(("==", "!="))
SIMPLE = st.one_of(
    st.just(Column(name="flag")), st.booleans().map(lambda value: Literal(value=value)),
    st.builds(Comparison, operator=SIGNS, left=NUMBERS, right=NUMBERS),
    st.builds(Comparison, operator=EQUAL, left=TEXTS, right=st.one_of(TEXTS, WORDS)),
    st.builds(Comparison, operator=SIGNS, left=st.just(Column(name="start")), right=st.just(Column(name="end"))),
    st.builds(Membership, item=TEXTS, options=st.lists(WORDS, min_size=1, max_size=3).map(tuple), is_negated=st.booleans()),
    st.builds(Membership, item=NUMBERS, options=st.lists(NUMBER, min_size=1, max_size=3).map(tuple), is_negated=st.booleans()),
    st.builds(NullTest, item=st.one_of(NUMBERS, TEXTS, st.just(Column(name="flag"))), is_negated=st.booleans()),
    st.builds(lambda name, text, part: Call(name=name, arguments=(text, part)), st.sampled_from(("contains", "starts_with")),
              TEXTS, WORDS))
CONDITIONS = st.recursive(SIMPLE, lambda inner: st.one_of(
    st.builds(Not, condition=inner), st.builds(NullTest, item=inner, is_negated=st.booleans()),
    st.builds(Comparison, operator=EQUAL, left=inner, right=inner),
    st.builds(Logic, operator=st.sampled_from(("and", "or")), parts=st.lists(inner, min_size=2, max_size=3).map(tuple))),
    max_leaves=6)
