"""Which rows are asked: the conditions of a question held against its columns, and against the cells of a row."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from cityfolio.model.questions import Condition
from cityfolio.problems import did_you_mean
from cityfolio.tables.answers.values import (
    DATED,
    ORDERED,
    TEXTS,
    Place,
    end_of_day,
    folded,
    place,
    plain_of,
    shortest,
    start_of_day,
)
from cityfolio.tables.exports.schema import ExportColumn
from cityfolio.tables.table import Cell
from cityfolio.tables.types import NAMES

Passes = Callable[[Cell], bool]     # of a cell; None is no value
PART_OF_TIME = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


class Unasked(Exception):
    """A question that cannot be asked of a column: what is wrong, and what would be right."""

    def __init__(self, says: str, fix: str) -> None:
        super().__init__(says)
        self.says = says
        self.fix = fix


def canonical(condition: Condition, column: ExportColumn) -> Condition:
    """A condition with its values as every export writes them. Raises Unasked where it does not fit the column."""
    if condition.test in ("empty", "filled"):
        return condition
    if condition.test == "contains":
        if column.type not in TEXTS:
            raise Unasked(f"`{column.name}` holds {NAMES[column.type][1]}, in which no text can be looked for",
                          "Give the value itself, or a range with `from` and `to`.")
        if not folded(condition.text):
            raise Unasked(f'"{condition.text}" is nothing that could be looked for', "Write letters or digits.")
        return condition
    if condition.test == "between":
        return _between(condition, column)
    return Condition(test="is", values=tuple(dict.fromkeys(_value(text, column) for text in condition.values)))


def _value(text: str, column: ExportColumn) -> str:
    if column.type == "geometry":
        raise Unasked(f"`{column.name}` holds shapes, which cannot be told apart here", "Ask another column.")
    plain = plain_of(column)
    read = place(text, plain) if column.type not in TEXTS else text
    if read is None:
        raise Unasked(f'"{text}" is not {NAMES[column.type][0]}, as `{column.name}` holds', _example(column))
    listed = column.record.values
    short = shortest(text, plain)
    if listed and short not in {shortest(code, column) for code in listed}:
        raise Unasked(f'"{text}" is not among the values that the dictionary lists for `{column.name}`',
                      did_you_mean(text, listed, limit=20))
    return short


def _example(column: ExportColumn) -> str:
    examples = {"date": "Write a day as 2026-06-30, or a range with `from` and `to`.", "boolean": "Write true or false.",
                "datetime": "Write a range with `from` and `to`.", "time": "Write 14:05.", "year": "Write 2026."}
    return examples.get(column.type, "Write digits, such as 40.")


def _between(condition: Condition, column: ExportColumn) -> Condition:
    if column.type not in ORDERED:
        raise Unasked(f"`{column.name}` holds {NAMES[column.type][1]}, of which there is no range",
                      "Give a value, or a list of them.")
    low = _end(condition.low, column, is_high=False) if condition.low else ""
    high = _end(condition.high, column, is_high=True) if condition.high else ""
    first, last = _places(low, high, column)
    if first is not None and last is not None and first > last:
        raise Unasked(f'the range ends at "{condition.high}", before it begins at "{condition.low}"', "Exchange the two.")
    return Condition(test="between", low=low, high=high)


def _end(text: str, column: ExportColumn, *, is_high: bool) -> str:
    part = PART_OF_TIME.fullmatch(text) if column.type in DATED else None
    if part:
        day = _day(part, is_high=is_high)
        if day is None:
            raise Unasked(f'"{text}" does not exist', "Write 2016, 2016-03 or 2016-03-01.")
        return day.isoformat()
    plain = plain_of(column)
    if place(text, plain) is None:
        raise Unasked(f'"{text}" is not {NAMES[column.type][0]}, as `{column.name}` holds',
                      "Write 2016, 2016-03 or 2016-03-01." if column.type in DATED else _example(column))
    return shortest(text, plain)


def _day(part: re.Match[str], *, is_high: bool) -> date | None:
    """The first or the last day of a year, of a month, or the day itself."""
    year = int(part["year"])
    month = int(part["month"] or (12 if is_high else 1))
    try:
        last = monthrange(year, month)[1]
        return date(year, month, int(part["day"] or (last if is_high else 1)))
    except ValueError:
        return None


def passes(condition: Condition, column: ExportColumn) -> Passes:
    """Whether a cell of a column meets a condition that was made canonical."""
    if condition.test in ("empty", "filled"):
        return (lambda cell: cell is None) if condition.test == "empty" else (lambda cell: cell is not None)
    if condition.test == "contains":
        part = folded(condition.text)
        return lambda cell: cell is not None and part in folded(cell)
    if condition.test == "is":
        values = frozenset(condition.values)
        return lambda cell: cell is not None and shortest(cell, column) in values
    low, high = _places(condition.low, condition.high, column)

    def is_within(cell: Cell) -> bool:
        at = None if cell is None else place(cell, column)
        return at is not None and (low is None or at >= low) and (high is None or at <= high)

    return is_within


def _places(low: str, high: str, column: ExportColumn) -> tuple[Place | None, Place | None]:
    """Where a range begins and ends. A day as the end of dates with times takes the whole day in."""
    plain = plain_of(column)
    if column.type != "datetime":
        return (place(low, plain) if low else None, place(high, plain) if high else None)
    days = [date.fromisoformat(text) if PART_OF_TIME.fullmatch(text) else None for text in (low, high)]
    first = start_of_day(days[0]) if days[0] else place(low, plain) if low else None
    last = end_of_day(days[1]) if days[1] else place(high, plain) if high else None
    return first, last
