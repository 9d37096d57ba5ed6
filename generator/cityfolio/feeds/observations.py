"""Every value of every measure by period and group, as CSV, JSON and Parquet: beside a measure, and of all beside the goals.

A row is one period of one group, or of everything where `by` is empty. Other programs may rely on the names of the columns. A
value that is held back is no more than that: neither it nor a count that would tell it is in any file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import orjson

from cityfolio.frozen import replace
from cityfolio.measures.observations import number_text
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.measured import Measure, Observation, Series, Standing
from cityfolio.model.periods import first_day, last_day
from cityfolio.model.site import Output
from cityfolio.pages.program_address import CSV, JSON, PARQUET
from cityfolio.pages.routes import GOALS, measure_url, observations_url
from cityfolio.tables.exports.typed_rows import TypedColumn, TypedTable, Value, csv_of, parquet_of, parquet_together

COLUMNS = (
    TypedColumn(name="measure", kind="text", says="The id of the measure."),
    TypedColumn(name="title", kind="text", says="Its title."),
    TypedColumn(name="unit", kind="text", says="What the value counts; percent is 71.2 for 71.2 percent."),
    TypedColumn(name="period", kind="text", says="2026, 2026-Q2, 2026-06, 2026-W07, 2026-06-30, or the fiscal year FY2026."),
    TypedColumn(name="first_day", kind="date", says="The first day of the period."),
    TypedColumn(name="last_day", kind="date", says="The last day of the period."),
    TypedColumn(name="by", kind="text", says="The column by whose values it is shown; empty for everything."),
    TypedColumn(name="group", kind="text", says="A value of that column; empty for rows without one, and for everything."),
    TypedColumn(name="group_title", kind="text", says="That value in words, where the dictionary gives it."),
    TypedColumn(name="value", kind="number", says="The value. Empty where there is nothing to measure or it is held back."),
    TypedColumn(name="rows", kind="integer", says="How many rows stand behind it."),
    TypedColumn(name="good", kind="integer", says="Of a ratio, how many of these are good."),
    TypedColumn(name="suppressed", kind="boolean", says="Whether it is held back, because few rows stand behind it."),
    TypedColumn(name="status", kind="text", says="Where the measure stood in that period, how fresh it is left aside."),
    TypedColumn(name="expected", kind="number", says="What was expected by then on the way to the target."),
    TypedColumn(name="target", kind="number", says="The target in force in that period."),
    TypedColumn(name="target_low", kind="number", says="The least of a range that is the target."),
    TypedColumn(name="target_high", kind="number", says="The most of a range that is the target."),
)
NAMES = tuple(each.name for each in COLUMNS)
KEY = ("measure", "period", "by", "group")
_NOTHING = Standing(status="no-data")

Row = tuple[Value, ...]


def observations(catalog: Catalog, build: Build) -> Iterator[Output]:
    """The files of each measure, and those of all together."""
    parts: dict[str, list[bytes]] = {ending: [] for ending, _, _ in _WRITERS}
    for measure in catalog.measures:
        rows = tuple(rows_of(measure))
        for ending, media_type, write in _WRITERS:
            body = write(rows, measure.title)
            parts[ending].append(body)
            yield _output(measure_url(measure.id), ending, (media_type, body), measure.source_path)
    # Of all together nothing is written anew, nor held but as it was written: there may be millions of rows.
    if catalog.measures:
        for (ending, media_type, _), join in zip(_WRITERS, _TOGETHER, strict=True):
            yield _output(GOALS, ending, (media_type, join(parts.pop(ending))), "measures/")


def rows_of(measure: Measure) -> Iterator[Row]:
    """The rows of a measure: of everything first, then group by group, each in order of time."""
    computed, start = measure.computed, measure.record.period.fiscal_year_start
    stood = {each.period: each for each in computed.standings}
    every = (computed.overall, *(series for groups in computed.groups.values() for series in groups))
    for series in every:
        for each in series.observations:
            days = _days(each.period, start)
            yield _row(measure, series, shown(each), (days, _NOTHING if series.by else stood.get(each.period, _NOTHING)))


def shown(observation: Observation) -> Observation:
    """An observation as anybody may know it: of one that is held back, only that."""
    return replace(observation, value=None, rows=None, good=None, former=()) if observation.is_suppressed else observation


def decimal(value: Fraction | Decimal | None) -> Decimal | None:
    """A number as decimals write it: in full, or with 15 digits where they have no end."""
    return None if value is None else Decimal(number_text(Fraction(value)))


def json_number(value: Fraction | Decimal | None) -> orjson.Fragment | None:
    """The same within JSON, where it is a number with all of these digits."""
    return None if value is None else orjson.Fragment(number_text(Fraction(value)))


@lru_cache(maxsize=10_000)
def _days(period: str, fiscal_start: str) -> tuple[str, str]:
    return first_day(period, fiscal_start).isoformat(), last_day(period, fiscal_start).isoformat()


def _row(measure: Measure, series: Series, each: Observation, at: tuple[tuple[str, str], Standing]) -> Row:
    (first, last), stood = at
    target = stood.target
    aimed = (target.value, target.low, target.high) if target else (None, None, None)
    return (
        measure.id, measure.title, measure.record.unit or None, each.period, first, last, series.by or None,
        series.group or None, series.title or None, decimal(each.value), each.rows, each.good, each.is_suppressed,
        None if stood is _NOTHING else stood.status, decimal(stood.expected), *map(decimal, aimed),
    )


def _output(page: str, ending: str, written: tuple[str, bytes], source: str) -> Output:
    media_type, body = written
    return Output(url=observations_url(page, ending), body=body, media_type=media_type, kind="feed", source=source)


def _table(rows: tuple[Row, ...], says: str) -> TypedTable:
    return TypedTable(name="observations", says=says, columns=COLUMNS, key=KEY, rows=rows)


def _csv(rows: tuple[Row, ...], says: str) -> bytes:
    return csv_of(_table(rows, says))


def _parquet(rows: tuple[Row, ...], says: str) -> bytes:
    return parquet_of(_table(rows, says))


def _json(rows: tuple[Row, ...], says: str) -> bytes:
    """An array of objects. What is not there is absent."""
    return orjson.dumps([_object(row) for row in rows])


def _csv_together(bodies: Sequence[bytes]) -> bytes:
    head, mark, _ = bodies[0].partition(b"\r\n")
    return head + mark + b"".join(body[len(head + mark):] for body in bodies)


def _json_together(bodies: Sequence[bytes]) -> bytes:
    return b"[" + b",".join(inside for body in bodies if (inside := body[1:-1])) + b"]"


def _parquet_together(bodies: Sequence[bytes]) -> bytes:
    return parquet_together(bodies, "Every measure")


def _object(row: Row) -> dict[str, object]:
    return {name: orjson.Fragment(f"{value:f}") if isinstance(value, Decimal) else value
            for name, value in zip(NAMES, row, strict=True) if value is not None}


_WRITERS: tuple[tuple[str, str, Callable[[tuple[Row, ...], str], bytes]], ...] = (
    ("csv", CSV, _csv), ("json", JSON, _json), ("parquet", PARQUET, _parquet))
_TOGETHER: tuple[Callable[[Sequence[bytes]], bytes], ...] = (_csv_together, _json_together, _parquet_together)
