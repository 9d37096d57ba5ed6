"""Tables with what is hard in them, and filters, sorts and questions about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from cityfolio.model.records import ColumnType
from cityfolio.tables.exports.schema import ExportTable
from tables.exports.making_exports import BY_TYPE, a_column, a_table, integers, moments, numbers

NAMES = ("__proto__", "constructor", "<img src=x onerror=alert(1)>", "toString", "a~b!c", "Größe", "=1+1", "length",
         "\u202eabc")
# Python and Node know different versions of Unicode, so letters that one of them does not know yet are left out.
KNOWN = st.characters(exclude_categories=["Cs", "Cn"])
HARD = ("", "a", "A", "á", "b", "ä", "Ａ", "ß", "İ", "№", "\U0001f600", "\ufffd", "<script>alert(1)</script>", "=HYPERLINK(1)",
        "\u202egnp", "null", "__proto__", "10", "9")
TEXTS = st.one_of(st.sampled_from(HARD), st.text(KNOWN, max_size=6))
FEW_TEXTS = st.sampled_from(("Open", "Closed", "open", "Élan", "elan", "Elan", "\U0001f600", "\ufffd", ""))
CELLS: dict[ColumnType, st.SearchStrategy[str]] = {
    **{kind: BY_TYPE[kind] for kind in ("boolean", "date", "time", "year")},
    "string": st.one_of(TEXTS, FEW_TEXTS),
    "integer": st.one_of(integers(), integers(3), st.integers(-3, 3).map(str)),
    "number": st.one_of(numbers(), st.decimals(-100, 100, places=2).map(str), st.integers(-20, 20).map(lambda n: f"{n / 10}"),
                        st.decimals(-10**14, 10**14, places=2).map(str)),
    "datetime": moments(offset=False),
}
SMALL: dict[ColumnType, st.SearchStrategy[str]] = {
    "integer": st.integers(-20, 2000).map(str), "number": st.decimals(-100, 100, places=2).map(str),
    "date": st.integers(0, 400).map(lambda days: f"{2023 + days // 200}-{days // 20 % 10 + 1:02}-{days % 20 + 1:02}"),
    "datetime": st.integers(0, 4000).map(
        lambda at: f"2024-0{at // 1000 + 1}-1{at // 100 % 10}T0{at // 10 % 10}:00:00.00000{at % 10}"),
    "string": FEW_TEXTS, "year": st.integers(1990, 2030).map(str),
}
PERIODS = ("day", "week", "month", "quarter", "year")
DATE_LENGTH = len("2026-06-30")
TYPES: tuple[ColumnType, ...] = tuple(CELLS)
NUMBERS: tuple[ColumnType, ...] = ("integer", "number", "date", "datetime", "time", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A table and what is asked of it."""

    table: ExportTable
    types: tuple[ColumnType, ...]
    questions: tuple[dict[str, Any], ...]     # as JSON, which the engine reads


@st.composite
def asked(draw: st.DrawFn, types: Sequence[ColumnType] = TYPES) -> Asked:
    """A table of some columns, with three questions about it."""
    kinds = tuple(draw(st.lists(st.sampled_from(types), min_size=1, max_size=5)))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=len(kinds), max_size=len(kinds), unique=True))
    rows = draw(st.one_of(st.integers(0, 5), st.integers(15, 25)))
    columns = {name: draw(_cells(kind, rows)) for name, kind in zip(names, kinds, strict=True)}
    table = a_table(*((a_column(name, kind), columns[name]) for name, kind in zip(names, kinds, strict=True)))
    by_name = dict(zip(names, kinds, strict=True))
    return Asked(table=table, types=kinds, questions=tuple(draw(_questions(by_name, columns)) for _ in range(3)))


@st.composite
def asked_by_bins(draw: st.DrawFn) -> Asked:
    """A table of numbers and dates, with a question by bins."""
    each = draw(asked(NUMBERS))
    by = {"column": each.table.columns[0].name, "per": "bins", "bins": draw(st.integers(1, 30))}
    questions = [{**question, "question": {"measure": "count", "by": [by]}} for question in each.questions[:1]]
    return replace(each, questions=tuple(questions))


@st.composite
def _cells(draw: st.DrawFn, kind: ColumnType, rows: int) -> list[str | None]:
    values = SMALL.get(kind, CELLS[kind]) if draw(st.booleans()) else CELLS[kind]
    # Few values, so that rows are alike; and often no value.
    pool = draw(st.lists(st.one_of(st.none(), values), min_size=1, max_size=8))
    cells = st.sampled_from(pool) if draw(st.booleans()) else st.one_of(st.none(), values)
    return draw(st.lists(cells, min_size=rows, max_size=rows))


Columns = dict[str, list[str | None]]


@st.composite
def _questions(draw: st.DrawFn, types: dict[str, ColumnType], columns: Columns) -> dict[str, Any]:
    names = st.sampled_from(sorted(types))
    places = sorted(name for name, kind in types.items() if kind in ("integer", "number"))
    place = [places[0], places[-1]] if places else []
    # Half of the questions are about all rows, so that there is something to measure.
    most = draw(st.sampled_from((0, 0, 1, 2)))
    filters = draw(st.lists(names.flatmap(lambda name: _filters(name, types[name], columns[name])), max_size=most))
    within = draw(st.lists(_WITHIN, max_size=1)) if place and most else []
    sorts = draw(st.lists(st.fixed_dictionaries({"column": names, "isDown": st.booleans()}), max_size=2))
    return {"filters": filters + within, "sort": sorts, "place": place, "summaries": sorted(types),
            "question": draw(_question(types))}


DEGREES = st.integers(-100, 100)
_WITHIN = st.builds(lambda a, b, c, d: {"column": "", "test": "within", "bounds": [a, min(b, d), c, max(b, d)]},
                    DEGREES, DEGREES, DEGREES, DEGREES)


def _filters(name: str, kind: ColumnType, cells: Sequence[str | None]) -> st.SearchStrategy[dict[str, Any]]:
    near = st.sampled_from(["", *(cell for cell in cells if cell)])
    texts = st.one_of(near, near, near, CELLS[kind], st.sampled_from(("x", "?")))
    ends = st.one_of(texts, near.map(lambda text: text[:DATE_LENGTH])) if kind == "datetime" else texts
    parts = st.one_of(texts, st.sampled_from("0-1eÁs"))
    return st.one_of(
        st.lists(texts, min_size=1, max_size=3).map(lambda values: {"column": name, "test": "is", "values": values}),
        parts.map(lambda text: {"column": name, "test": "contains", "text": text}),
        st.fixed_dictionaries({"column": st.just(name), "test": st.just("between")}, optional={"low": ends, "high": ends}),
        st.sampled_from(("empty", "filled")).map(lambda test: {"column": name, "test": test}),
    )


@st.composite
def _question(draw: st.DrawFn, types: dict[str, ColumnType]) -> dict[str, Any]:
    measure = draw(st.sampled_from(("count", "sum", "mean", "median", "min", "max")))
    fitting = [name for name, kind in types.items() if kind in ("integer", "number") or measure in ("count", "min", "max")]
    name = draw(st.sampled_from(sorted(fitting or types)))
    by = draw(st.lists(st.sampled_from(sorted(types)).flatmap(lambda each: _by(each, types[each])), max_size=2))
    question: dict[str, Any] = {"measure": measure, "by": by}
    if measure != "count" or draw(st.booleans()):
        question["of"] = name
    if draw(st.booleans()):
        question["top"] = draw(st.integers(1, 4))
    return question


PERS = {"year": ("year", "year", "month"), "date": PERIODS, "datetime": PERIODS}


def _by(name: str, kind: ColumnType) -> st.SearchStrategy[dict[str, Any]]:
    # Of other columns a period is not understood, and does no harm.
    pers = st.sampled_from((None, *PERS.get(kind, (None, None, None, "month"))))
    return pers.map(lambda per: {"column": name, "per": per} if per else {"column": name})
