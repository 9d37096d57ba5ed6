"""Queries about tables with what is hard in them, and the rows that are right."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from cityfolio.model.records import ColumnType
from explorer import making_questions
from explorer.judged_sql import LEAST, MOST, Table, literal, measured, months, quoted, ranks, sum_fits, table_of
from explorer.making_questions import CELLS, SMALL

NAMES = (*making_questions.NAMES, 'say "hi"', "it's", "`b`", "[c]", "select", "rowid", "ID", "id", "x; --", "a\nb", "?1", "$d")
HARD = ("\ufeffa", "\ufeff\ufeff", "a\0b", "\0", "it's", '"', "1e5", " 1", "x\r\ny", "%", "_")
NUMERIC = ("integer", "number", "year", "boolean")
TESTS = {"=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
OFFSETS = ("", "", "Z", "-04:00", "+05:30")
CLOCKS = st.datetimes(datetime.fromisoformat("0002-01-01"), datetime.fromisoformat("9998-12-31"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query and the rows that are right."""

    sql: str
    rows: list[list[Any]]   # of values, and of numbers that are close enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Tables and queries about them."""

    tables: tuple[Table, ...]
    queries: tuple[Query, ...]


@st.composite
def queried(draw: st.DrawFn) -> Asked:
    """Two tables, and two queries of each sort about them."""
    kinds = draw(st.lists(st.sampled_from(making_questions.TYPES), min_size=4, max_size=7))
    names = st.lists(st.sampled_from(NAMES), min_size=len(kinds), max_size=len(kinds), unique=True)
    one = draw(_tables("service-requests", draw(names), kinds, {}))
    # What is joined has values in common, and a whole number is joined with a number with a point too.
    others: list[ColumnType] = [draw(st.sampled_from(("integer", "number"))) if kind == "integer" else kind for kind in kinds]
    common = {at: _texts(one, at) for at in range(len(kinds))}
    other = draw(_tables('the "other"', draw(names), others, common))
    makers = [_whole, _filtered, _ordered, _grouped, _joined, _joined_to_itself]
    makers += [_by_month] if one.of("date", "datetime") else []
    # In any order, since columns stay that an earlier query has read.
    in_order = draw(st.permutations(makers * 2))
    return Asked(tables=(one, other), queries=tuple(draw(maker(one, other)) for maker in in_order))


def _texts(table: Table, at: int) -> list[str]:
    column = list(table.judged.values())[at]
    return [column.raw(value).removesuffix(column.offset) for value in column.values.dropna()]


@st.composite
def _tables(draw: st.DrawFn, name: str, names: list[str], kinds: Sequence[ColumnType], common: dict[int, list[str]]) -> Table:
    rows = draw(st.sampled_from((0, 1, 3, 10, 14, 18, 22, 26)))
    columns = [(header, kind, draw(_cells(kind, rows, common.get(at, []))))
               for at, (header, kind) in enumerate(zip(names, kinds, strict=True))]
    return table_of(name, columns)


@st.composite
def _cells(draw: st.DrawFn, kind: ColumnType, rows: int, common: list[str]) -> list[str | None]:
    values = SMALL.get(kind, CELLS[kind]) if draw(st.booleans()) else CELLS[kind]
    offset = ""
    if kind == "datetime" and draw(st.booleans()):
        values, offset = CLOCKS.map(datetime.isoformat), draw(st.sampled_from(OFFSETS))
    if kind == "integer":
        values = st.one_of(values, st.integers(LEAST, MOST).map(str), st.sampled_from((str(LEAST), str(MOST), str(2**53 + 1))))
    if kind == "string":
        values = st.one_of(values, st.sampled_from(HARD))
    values = st.one_of(st.none(), values, *([st.sampled_from(common)] if common else []))
    # Few values, so that rows are alike; and often no value.
    pool = draw(st.lists(values, min_size=3, max_size=6))
    cells = st.sampled_from(pool) if draw(st.booleans()) else values
    return [cell and cell + offset for cell in draw(st.lists(cells, min_size=rows, max_size=rows))]


def _named(columns: Sequence[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(columns))


@st.composite
def _whole(draw: st.DrawFn, one: Table, other: Table) -> Query:
    table = draw(st.sampled_from((one, other)))
    return Query(sql=f"SELECT * FROM {quoted(table.name)}", rows=table.frame.to_numpy().tolist())


@st.composite
def _filtered(draw: st.DrawFn, one: Table, _: Table) -> Query:
    sql, kept = draw(_condition(one, 2))
    shown = draw(_named(list(one.judged)))
    rows = one.frame[kept.fillna(value=False).astype(bool)]
    return Query(sql=f"SELECT _rowid_, {quoted(shown)} FROM {quoted(one.name)} WHERE {sql}",
                 rows=[[number, value] for number, value in rows[shown].items()])


Condition = tuple[str, Any]   # in SQL, and whether each row holds it: yes, no, or not known


@st.composite
def _condition(draw: st.DrawFn, one: Table, depth: int) -> Condition:
    if depth and draw(st.booleans()):
        (first, holds), (second, holds_too) = (draw(_condition(one, depth - 1)) for _ in range(2))
        if draw(st.booleans()):
            return f"({first}) AND ({second})", holds & holds_too
        return f"NOT (({first}) OR ({second}))", ~(holds | holds_too)
    name = draw(_named(list(one.judged)))
    return draw(_tested(quoted(name), one.frame[name]))


@st.composite
def _tested(draw: st.DrawFn, name: str, values: pd.Series[Any]) -> Condition:
    """One column, tested against values that are in it or near to those."""
    filled = list(values.dropna()) or [0]
    given = st.sampled_from(filled)
    test = draw(st.sampled_from((*TESTS, "IN", "BETWEEN", "IS NULL", "IS NOT NULL", "instr")))
    if test.startswith("IS"):
        return f"{name} {test}", (values.isna() if test == "IS NULL" else values.notna()).astype("boolean")
    if test == "IN":
        wanted = draw(st.lists(st.none() | given, min_size=1, max_size=3))
        otherwise = pd.NA if None in wanted else False
        return (f"{name} IN ({', '.join(map(literal, wanted))})",
                _known(values, lambda value: True if value in wanted else otherwise))
    if test == "BETWEEN":
        low, high = draw(given), draw(given)
        return f"{name} BETWEEN {literal(low)} AND {literal(high)}", _known(values, lambda value: low <= value <= high)
    if test == "instr" and isinstance(filled[0], str):
        part = draw(given)[:2]
        return f"instr({name}, {literal(part)}) > 0", _known(values, lambda value: part in value)
    to, holds = draw(given), TESTS.get(test, operator.eq)
    return f"{name} {test if test in TESTS else '='} {literal(to)}", _known(values, lambda value: holds(value, to))


def _known(values: pd.Series[Any], test: Callable[[Any], Any]) -> Any:
    """Which rows hold a test, in the logic of three values that SQL and pandas share."""
    return pd.Series([pd.NA if value is None else test(value) for value in values], values.index, dtype="boolean")


@st.composite
def _ordered(draw: st.DrawFn, one: Table, _: Table) -> Query:
    names = draw(st.lists(_named(list(one.judged)), min_size=1, max_size=2))
    parts, ways = [], []
    keys: dict[str, pd.Series[Any]] = {}
    for at, name in enumerate(names):
        way = draw(st.sampled_from(("", " ASC", " DESC")))
        nulls = draw(st.sampled_from(("", " NULLS FIRST", " NULLS LAST")))
        is_last = nulls == " NULLS LAST" or (not nulls and way == " DESC")
        keys[str(at)] = ranks(one.frame[name], len(one.frame) if is_last != (way == " DESC") else -1)
        parts.append(quoted(name) + way + nulls)
        ways.append(way != " DESC")
    frame = pd.DataFrame(keys, index=one.frame.index).sort_values(list(keys), ascending=ways, kind="stable")
    start = draw(st.integers(0, 3))
    return Query(sql=f"SELECT _rowid_ FROM {quoted(one.name)} ORDER BY {', '.join(parts)}, _rowid_ LIMIT 20 OFFSET {start}",
                 rows=[[number] for number in frame.index[start : start + 20]])


@st.composite
def _grouped(draw: st.DrawFn, one: Table, _: Table) -> Query:
    by = draw(st.lists(_named(list(one.judged)), max_size=2, unique=True))
    of = draw(_named(one.of(*NUMERIC) or list(one.judged)))
    values, column = one.frame[of], quoted(of)
    numeric = (["sum"] if sum_fits(values) else []) + ["total", "avg", "median"] if one.of(*NUMERIC) else []
    measures = ["count", "count DISTINCT", "min", "max", *numeric]
    shown = [f"{measure.partition(' ')[0]}({measure.partition(' ')[2]} {column})" for measure in measures]
    keys = [ranks(one.frame[name]) for name in by]
    groups = [group for _, group in one.frame.groupby(keys)] if by else [one.frame]
    names = [quoted(name) for name in by]
    grouping = f" GROUP BY {', '.join(names)} ORDER BY {', '.join(names)}" if by else ""
    return Query(sql=f"SELECT {', '.join([*names, 'count(*)', *shown])} FROM {quoted(one.name)}{grouping}",
                 rows=[[*(group[name].iloc[0] for name in by), len(group), *(measured(each, group[of]) for each in measures)]
                       for group in groups])


@st.composite
def _by_month(draw: st.DrawFn, one: Table, _: Table) -> Query:
    name = draw(_named(one.of("date", "datetime")))
    is_in_greenwich = draw(st.booleans())
    month = f"strftime('%Y-%m', {quoted(name)})" if is_in_greenwich else f"substr({quoted(name)}, 1, 7)"
    keys = pd.Series(months(one.judged[name], is_in_greenwich), one.frame.index, dtype=object)
    groups = one.frame.groupby(ranks(keys)).groups
    return Query(sql=f"SELECT {month}, count(*), min({quoted(name)}) FROM {quoted(one.name)} GROUP BY 1 ORDER BY 1",
                 rows=[[keys[rows[0]], len(rows), measured("min", one.frame[name][rows])] for rows in groups.values()])


@st.composite
def _joined_to_itself(draw: st.DrawFn, one: Table, _: Table) -> Query:
    """USING, of which SQLite does not say which columns it reads."""
    name = draw(_named(list(one.judged)))
    times = one.frame[name].map(one.frame[name].value_counts())
    return Query(sql=f"SELECT one._rowid_, count(*) FROM {quoted(one.name)} one"
                     f" JOIN {quoted(one.name)} other USING ({quoted(name)}) GROUP BY 1 ORDER BY 1",
                 rows=[[number, int(count)] for number, count in times.dropna().items()])


@st.composite
def _joined(draw: st.DrawFn, one: Table, other: Table) -> Query:
    at = draw(st.integers(0, len(one.frame.columns) - 1))
    way = draw(st.sampled_from(("inner", "left")))
    left, right = (pd.DataFrame({"key": table.frame.iloc[:, at], side: table.frame.index}, dtype=object)
                   for table, side in ((one, "left"), (other, "right")))
    filled = right.dropna()   # pandas would join what is empty
    merged = left.merge(filled, on="key", how="left") if way == "left" else left.dropna().merge(filled, on="key")
    names = [quoted(list(table.judged)[at]) for table in (one, other)]
    pairs = [[int(a), None if pd.isna(b) else int(b)] for a, b in zip(merged["left"], merged["right"], strict=True)]
    return Query(sql=f"SELECT one._rowid_, other._rowid_ FROM {quoted(one.name)} one"
                     f" {way.upper()} JOIN {quoted(other.name)} other ON one.{names[0]} = other.{names[1]} ORDER BY 1, 2",
                 rows=sorted(pairs, key=lambda pair: (pair[0], pair[1] or 0)))
