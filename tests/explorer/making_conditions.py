"""Conditions of any shape over tables of every type, as texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

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
from cityfolio.model.records import ColumnType

KINDS: Mapping[str, ColumnType] = {
    "whole": "integer", "exact": "number", "built": "year", "text": "string", "a name": "string", "flag": "boolean",
    "day": "date", "moment": "datetime", "local": "datetime", "mixed": "datetime", "at": "time", "shape": "geometry",
}
HOLIDAYS = (date(2026, 1, 1), date(2026, 1, 19), date(2026, 3, 8))
ZONES = ("", "America/New_York", "Asia/Kathmandu")
DAYS = ("2026-01-01", "2026-01-02", "2026-01-19", "2026-03-08", "2026-11-01", "2024-02-29", "1969-12-31")
CLOCKS = ("00:00:00", "01:30", "02:30:00", "23:59:59.999999", "05:00:00.25")
MOMENTS = st.builds(lambda day, clock: f"{day}T{clock}", st.sampled_from(DAYS), st.sampled_from(CLOCKS))
OFFSETS = st.sampled_from(("Z", "-05:00", "-04:00", "+05:45", ""))
WHOLES = ("0", "1", "-3", "7", "2026", "9223372036854775808", "-9007199254740993")
EXACT = ("0", "0.5", "-1.75", "2.50", "1000000000000000000", "0.000000000001", "7")
TEXTS = ("Oak", "oak", "ELM", "a'b", "Ärger", "x ~ !y", "\U0001f333", "İ")
CELLS: Mapping[str, st.SearchStrategy[str]] = {
    "whole": st.sampled_from(WHOLES), "exact": st.sampled_from(EXACT), "built": st.sampled_from(("1999", "2026", "0007")),
    "text": st.sampled_from(TEXTS), "a name": st.sampled_from(TEXTS), "flag": st.sampled_from(("true", "false")),
    "day": st.sampled_from(DAYS), "moment": MOMENTS.map(lambda text: f"{text}-05:00"), "local": MOMENTS,
    "mixed": st.builds(lambda moment, offset: moment + offset, MOMENTS, OFFSETS), "at": st.sampled_from(CLOCKS),
    "shape": st.just('{"type": "Point", "coordinates": [1, 2]}'),
}
ROW = st.fixed_dictionaries({name: st.one_of(st.just(""), cells, cells) for name, cells in CELLS.items()})
ROWS = st.lists(ROW, min_size=1, max_size=8)


def columns(*names: str) -> st.SearchStrategy[Node]:
    """One of some columns."""
    return st.sampled_from(names).map(lambda name: Column(name=name))


def a_text(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Node]:
    """A text in quotation marks."""
    return texts.map(lambda text: Literal(value=text))


def called(names: str, *given: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """One of some functions."""
    return st.builds(lambda name, *values: Call(name=name, arguments=values), st.sampled_from(names.split()), *given)


NUMBER = st.one_of(st.decimals(min_value=-20, max_value=20, places=1), st.integers(-10, 2030)).map(
    lambda value: Literal(value=Decimal(value)))
DATED = st.one_of(columns("day", "moment", "local", "mixed"), columns("day"), a_text(st.sampled_from(DAYS)))
POINTS = st.one_of(columns("moment", "local", "mixed"), a_text(MOMENTS),
                   a_text(st.builds(lambda moment, offset: moment + offset, MOMENTS, OFFSETS)))
NUMBERS = st.recursive(
    st.one_of(NUMBER, columns("whole", "exact", "built"), called("days business_days", DATED, DATED),
              called("year month weekday", DATED), called("hours minutes", POINTS, POINTS)),
    lambda inner: st.builds(Arithmetic, operator=st.sampled_from("+-*/"), left=inner, right=inner), max_leaves=4)
WORDS = a_text(st.sampled_from(("Oak", "oak", "a", "", "'", "~!", "\U0001f333", "i̇")))
NAMED = st.one_of(columns("text", "a name"), called("lower", columns("text", "a name")))
SIGNS = st.sampled_from(("==", "!=", "<", "<=", ">", ">="))
EQUAL = st.sampled_from(("==", "!="))
AT = st.one_of(columns("at"), a_text(st.sampled_from(CLOCKS)))
MOMENT_COLUMNS = columns("moment", "local", "mixed")
SIMPLE = st.one_of(
    columns("flag"), st.booleans().map(lambda value: Literal(value=value)),
    st.builds(Comparison, operator=SIGNS, left=NUMBERS, right=NUMBERS),
    st.builds(Comparison, operator=EQUAL, left=NAMED, right=st.one_of(NAMED, WORDS)),
    st.builds(Comparison, operator=SIGNS, left=st.one_of(MOMENT_COLUMNS, columns("day")), right=DATED),
    st.builds(Comparison, operator=SIGNS, left=POINTS, right=MOMENT_COLUMNS),
    st.builds(Comparison, operator=SIGNS, left=AT, right=columns("at")),
    st.builds(Membership, item=NAMED, options=st.lists(WORDS, min_size=1, max_size=3).map(tuple), is_negated=st.booleans()),
    st.builds(Membership, item=NUMBERS, options=st.lists(NUMBER, min_size=1, max_size=3).map(tuple), is_negated=st.booleans()),
    st.builds(Membership, item=st.one_of(MOMENT_COLUMNS, columns("day")),
              options=st.lists(a_text(st.sampled_from(DAYS)), min_size=1, max_size=3).map(tuple), is_negated=st.booleans()),
    st.builds(NullTest, item=st.one_of(NUMBERS, NAMED, columns(*KINDS)), is_negated=st.booleans()),
    called("contains starts_with", NAMED, WORDS))
CONDITIONS: st.SearchStrategy[Node] = st.recursive(SIMPLE, lambda inner: st.one_of(
    st.builds(Not, condition=inner), st.builds(NullTest, item=inner, is_negated=st.booleans()),
    st.builds(Comparison, operator=EQUAL, left=inner, right=inner),
    st.builds(Logic, operator=st.sampled_from(("and", "or")), parts=st.lists(inner, min_size=2, max_size=3).map(tuple))),
    max_leaves=6)


def text_of(node: Node) -> str:
    """An expression as somebody would write it, with parentheses wherever they may stand."""
    match node:
        case Literal(value=bool() as value):
            return "true" if value else "false"
        case Literal(value=str() as value):
            return "'" + value.replace("'", "''") + "'"
        case Literal(value=value):
            return f"{value}"
        case Column(name=name):
            return f"`{name}`" if " " in name else name
        case Call(name=name, arguments=parts):
            return f"{name}({', '.join(map(text_of, parts))})"
        case Arithmetic(operator=sign, left=left, right=right) | Comparison(operator=sign, left=left, right=right):
            return f"({text_of(left)} {sign} {text_of(right)})"
        case Membership(item=item, options=options, is_negated=is_negated):
            return f"({text_of(item)} {'not ' * is_negated}in ({', '.join(map(text_of, options))}))"
        case NullTest(item=item, is_negated=is_negated):
            return f"({text_of(item)} is {'not ' * is_negated}null)"
        case Not(condition=condition):
            return f"not ({text_of(condition)})"
        case Logic(operator=word, parts=parts):
            return "(" + f" {word} ".join(map(text_of, parts)) + ")"
