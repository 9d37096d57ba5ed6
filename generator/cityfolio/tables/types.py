"""Cells as values: the types that a dictionary can name, and the type that all cells of a column agree on.

The written forms are those of Frictionless Table Schema with two narrowings: numbers are ASCII digits without spaces or
separators, and `inf` and `nan` are not numbers. A type is found only where no reading could lose a character: `01234`,
`+5`, `1e5` and `NA` are text unless the dictionary says otherwise, and any cell that does not fit makes a column text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice

from cityfolio.model.records import ColumnType

Value = str | int | Decimal | bool | date | datetime | time
Parser = Callable[[str], Value | None]

MOST_DIGITS = 1_000           # more than any count or key needs, and under the 4,300 from which Python refuses to convert
INTEGER = re.compile(rf"[+-]?[0-9]{{1,{MOST_DIGITS}}}")
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,500}(?:\.[0-9]{0,500})?|\.[0-9]{1,500})(?:[eE][+-]?[0-9]{1,3})?")
YEAR = re.compile(r"[0-9]{4}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6}0*)?)?"   # beyond 6 digits nothing could be kept
TIME = re.compile(CLOCK)
DATETIME = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{CLOCK}(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?")
BOOLEANS = {"true": True, "True": True, "TRUE": True, "1": True, "false": False, "False": False, "FALSE": False, "0": False}

PLAIN_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,999}")
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,499})(?:\.[0-9]{1,500})?")
PLAIN_BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")


def _lines_of(form: re.Pattern[str]) -> re.Pattern[str]:
    """A pattern for texts of a form on a line each.

    The group is atomic, so it never goes back and takes linear time. A possessive one would do the same, but gives back what
    it should keep before CPython 3.11.5 (gh-106052).
    """
    return re.compile(rf"(?:{form.pattern})(?>(?:\n(?:{form.pattern}))*)")


LINES = {form: _lines_of(form) for form in (NUMBER, DATE, DATETIME)}
AT_ONCE = 1_000     # an atomic group remembers each of its lines until it ends, so they come by the thousand


def all_match(form: re.Pattern[str], texts: Collection[str]) -> bool:
    """Whether every text matches one of the forms above as a whole; asked of many at once, in a third of the time."""
    rest = iter(texts)
    while some := list(islice(rest, AT_ONCE)):
        joined = "\n".join(some)
        if joined.count("\n") != len(some) - 1 or LINES[form].fullmatch(joined) is None:
            return False
    return True


NAMES: dict[ColumnType, tuple[str, str]] = {
    "string": ("text", "text"), "any": ("text", "text"), "integer": ("an integer", "integers"),
    "number": ("a number", "numbers"), "boolean": ("true or false", "true or false"), "date": ("a date", "dates"),
    "datetime": ("a date with a time", "dates with times"), "time": ("a time", "times"), "year": ("a year", "years"),
    "geometry": ("a shape", "shapes"),
}


def parse(text: str, kind: ColumnType, written: str | None = None) -> Value | None:
    """Read one cell as a type; None when it is not of it. `written` is a strptime format for dates and times."""
    return parser(kind, written)(text)


def parser(kind: ColumnType, written: str | None = None) -> Parser:
    """The function that reads cells of a type. A format counts only for dates and times, and only when it has a %."""
    if kind in FORMATTED and written and "%" in written:
        return _by_format(kind, written)
    return PARSERS[kind]


def _text(text: str) -> str:
    return text


def _integer(text: str) -> int | None:
    return int(text) if INTEGER.fullmatch(text) else None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if NUMBER.fullmatch(text) else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DATE.fullmatch(text) else None
    except ValueError:   # a day that does not exist
        return None


def _datetime(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if DATETIME.fullmatch(text) else None
    except ValueError:
        return None


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if TIME.fullmatch(text) else None


def _year(text: str) -> int | None:
    return int(text) if YEAR.fullmatch(text) else None


PARSERS: dict[ColumnType, Parser] = {
    "string": _text, "any": _text, "integer": _integer, "number": _number, "boolean": BOOLEANS.get, "date": _date,
    "datetime": _datetime, "time": _time, "year": _year, "geometry": _text,
}
FORMATTED: dict[ColumnType, Callable[[datetime], Value]] = {
    "date": datetime.date, "datetime": lambda moment: moment, "time": datetime.time,
}


ISO: dict[ColumnType, tuple[re.Pattern[str], Callable[[str], date] | Callable[[str], datetime]]] = {
    "date": (DATE, date.fromisoformat), "datetime": (DATETIME, datetime.fromisoformat),
}


def values(texts: Collection[str], kind: ColumnType, written: str | None = None) -> dict[str, Value]:
    """The texts that are of a type, each with its value, in their order."""
    read = parser(kind, written)
    if kind in ISO and read is PARSERS[kind]:
        form, make = ISO[kind]
        try:
            # Nearly always every text is right.
            if all_match(form, texts):
                return dict(zip(texts, map(make, texts), strict=True))
        except ValueError:   # a day that does not exist
            pass
    return {text: value for text, value in zip(texts, map(read, texts), strict=True) if value is not None}

HAS_YEAR = re.compile("%[YyGcx]")


def _by_format(kind: ColumnType, written: str) -> Parser:
    part = FORMATTED[kind]
    if (kind != "time" and not HAS_YEAR.search(written)) or "%Z" in written:
        # A date without its year is none, and which names of zones are known depends on the machine.
        return lambda text: None

    def read(text: str) -> Value | None:
        try:
            return part(datetime.strptime(text, written))  # noqa: DTZ007 - an offset is kept when the format has one
        except (ValueError, OverflowError, re.error):   # the format may be none, too
            return None

    return read


def found_type(texts: Collection[str]) -> ColumnType:
    """The narrowest type that every text agrees on without losing a character; "string" when there is none."""
    if not texts:
        return "string"
    first = next(iter(texts))
    for kind, form in FORMS:
        # The first text settles it for nearly every column, at the price of one look.
        if form.fullmatch(first) and all(map(form.fullmatch, texts)):
            # A day may be written as one and not exist.
            return kind if kind not in ISO or len(values(texts, kind)) == len(texts) else "string"
    return "string"


FORMS: tuple[tuple[ColumnType, re.Pattern[str]], ...] = (
    ("integer", PLAIN_INTEGER), ("number", PLAIN_NUMBER), ("boolean", PLAIN_BOOLEAN), ("date", DATE), ("datetime", DATETIME),
)
