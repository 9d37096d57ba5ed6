"""Tables to export: a column of texts with everything else filled in, and strategies that make tables of every type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta, timezone
from io import BytesIO
from typing import BinaryIO

from hypothesis import strategies as st

from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.exports.schema import About, ExportColumn, ExportTable
from cityfolio.tables.table import Cell, TextPortion

NO_VALUE = frozenset((None,))
Writer = Callable[[ExportTable, BinaryIO], None]


def a_column(name: str = "height", kind: ColumnType = "string", **record: object) -> ExportColumn:
    """A column to export. Other arguments are keys of its entry in the dictionary."""
    return ExportColumn(name=name, type=kind, record=ColumnRecord(**record))  # type: ignore[arg-type]


def a_table(*columns: tuple[ExportColumn, Sequence[Cell]], empty: frozenset[Cell] = NO_VALUE, portion_rows: int = 10_000,
            about: About | None = None) -> ExportTable:
    """A table of columns with their cells, in portions of some rows."""
    rows = len(columns[0][1])
    portions = [TextPortion(tuple(cells[at : at + portion_rows] for _, cells in columns), min(portion_rows, rows - at))
                for at in range(0, rows, portion_rows)]
    return ExportTable(columns=tuple(column for column, _ in columns), portions=portions, empty=empty, about=about or About())


def of(kind: ColumnType, *cells: Cell, empty: frozenset[Cell] = NO_VALUE, **record: object) -> ExportTable:
    """A table of one column."""
    return a_table((a_column(kind=kind, **record), cells), empty=empty)


def written(write: Writer, table: ExportTable) -> bytes:
    """What a writer makes of a table."""
    stream = BytesIO()
    write(table, stream)
    return stream.getvalue()


# Any text that UTF-8 can hold, and often what is special in one of the formats.
SPECIAL = ",;\t|\"\r\n '\\<>&_\u2028\ufeff\x00\x01\x1a\x7f\x85=+-@"
TEXTS = st.one_of(
    st.text(st.one_of(st.sampled_from(SPECIAL), st.characters(codec="utf-8")), max_size=12),
    st.sampled_from(("NA", "null", "01234", "_x0041_", "_x0041_x0042_", "<r>&</r>", "]]>", "=1+1",
                     "1e5", "true", "2026-06-30")),
)
NAMES = st.text(st.one_of(st.sampled_from(",;\t\"\r\n %{}.\\<\ufeff"), st.characters(codec="utf-8", exclude_characters="\0")),
                min_size=1, max_size=8).filter(lambda name: bool(name.strip()))

SIGNS = st.sampled_from(("", "", "-", "+"))
ZEROS = st.sampled_from(("", "", "", "0", "000"))


@st.composite
def integers(draw: st.DrawFn, digits: int = 40) -> str:
    """Whole numbers as a dictionary allows them."""
    return draw(SIGNS) + draw(ZEROS) + str(draw(st.integers(0, 10 ** draw(st.sampled_from((1, 3, 15, 18, 19, digits))))))


@st.composite
def numbers(draw: st.DrawFn, powers: bool = True) -> str:
    """Numbers as a dictionary allows them: with and without digits on either side of the point, and exponents."""
    whole = draw(st.one_of(st.just(""), integers(20)))
    decimals = draw(st.one_of(st.just(""), st.from_regex(r"[0-9]{1,20}", fullmatch=True)))
    point = draw(st.sampled_from(("", "."))) if not decimals and whole else "."
    power = draw(st.sampled_from(("", "", "", "e5", "E-07", "e+12"))) if powers else ""
    return f"{whole}{point}{decimals or ('' if whole else '0')}{power}"


OFFSETS = st.one_of(st.none(), st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))))
SEPARATORS = st.sampled_from("T ")


@st.composite
def moments(draw: st.DrawFn, offset: bool | None = None) -> str:
    """Dates with times in ISO form: with or without seconds, fractions, an offset, a colon in it."""
    text = draw(st.datetimes(timezones=st.just(None))).isoformat(draw(SEPARATORS), draw(PRECISIONS))
    has_offset = draw(st.booleans()) if offset is None else offset
    return text + (draw(st.sampled_from(("Z", "+00:00", "-00:00", "+0530", "-04:00", "+14:00"))) if has_offset else "")


PRECISIONS = st.sampled_from(("minutes", "seconds", "milliseconds", "microseconds"))
TIMES = st.builds(lambda clock, precision: clock.isoformat(precision), st.times(), PRECISIONS)
DATES = st.dates().map(lambda day: day.isoformat())
BOOLEANS = st.sampled_from(("true", "True", "TRUE", "1", "false", "False", "FALSE", "0"))
YEARS = st.integers(1, 9999).map(lambda year: f"{year:04}")
DEGREES = st.decimals(-90, 90, places=6).map(str)
POSITIONS = st.builds(lambda x, y: f"[{x},{y}]", DEGREES, DEGREES)


@st.composite
def shapes(draw: st.DrawFn) -> str:
    """Geometry objects as compact JSON text."""
    kind = draw(st.sampled_from(("Point", "MultiPoint", "LineString", "Polygon", "MultiPolygon", "GeometryCollection")))
    places = ",".join(draw(st.lists(POSITIONS, min_size=3, max_size=4, unique=True)))
    ring = f"[{places},{places[: places.index(']') + 1]}]"
    bodies = {"Point": draw(POSITIONS), "MultiPoint": f"[{places}]", "LineString": f"[{places}]", "Polygon": f"[{ring}]",
              "MultiPolygon": f"[[{ring}]]"}
    if kind == "GeometryCollection":
        return f'{{"type":"{kind}","geometries":[{draw(shapes())}]}}'
    return f'{{"type":"{kind}","coordinates":{bodies[kind]}}}'


BY_TYPE: dict[ColumnType, st.SearchStrategy[str]] = {
    "string": TEXTS, "any": TEXTS, "integer": integers(), "number": numbers(), "boolean": BOOLEANS, "date": DATES,
    "datetime": moments(), "time": TIMES, "year": YEARS, "geometry": shapes(),
}


@st.composite
def tables(draw: st.DrawFn, types: Sequence[ColumnType] = tuple(BY_TYPE), texts: st.SearchStrategy[str] = TEXTS,
           empty: frozenset[Cell] = NO_VALUE) -> ExportTable:
    """Tables of some columns of any types, with cells that have no value, in portions of two rows."""
    by_type = {**BY_TYPE, "string": texts, "any": texts}
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    rows = draw(st.integers(0, 5))
    columns = []
    for name in names:
        kind = draw(st.sampled_from(tuple(types)))
        cell = st.one_of(by_type[kind], st.sampled_from(sorted(empty, key=str)))
        columns.append((a_column(name, kind), draw(st.lists(cell, min_size=rows, max_size=rows))))
    return a_table(*columns, empty=empty, portion_rows=2)


def cells(table: ExportTable, number: int) -> list[Cell]:
    """All cells of one column of a table."""
    return [text for portion in table.portions for text in portion.texts(number)]


def rows(table: ExportTable) -> list[tuple[Cell, ...]]:
    """All rows of a table."""
    return list(zip(*(cells(table, number) for number in range(len(table.columns))), strict=True))
