"""Cells as a question sees them: where a value stands among others of its type, and how it is written shortest.

A date with a time stands where its clock says, whatever its offset, since that is what residents mean by a day.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import cast
from unicodedata import category, normalize

from cityfolio.model.records import ColumnType
from cityfolio.tables.exports.schema import ExportColumn
from cityfolio.tables.scales import DAY, clock, decimal_text, in_day
from cityfolio.tables.types import parse

NUMBERS: tuple[ColumnType, ...] = ("integer", "number")
DATED: tuple[ColumnType, ...] = ("date", "datetime")
ORDERED: tuple[ColumnType, ...] = (*NUMBERS, *DATED, "time", "year")
TEXTS: tuple[ColumnType, ...] = ("string", "any")
Place = int | Decimal


def place(text: str, column: ExportColumn) -> Place | None:
    """A number by which values of a column are ordered and told apart; None for a text that is none of its values."""
    value = parse(text, column.type, column.format)
    if isinstance(value, datetime):
        return clock(value)
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, time):
        return in_day(value)
    return cast("Place | None", value)


def day_of(text: str, column: ExportColumn) -> date | None:
    """The day of a date, or of a date with a time by its clock."""
    value = parse(text, column.type, column.format)
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def shortest(text: str, column: ExportColumn) -> str:
    """A value as every export writes it: 1.5 for 1.50, ISO dates, true for TRUE; a text as it stands."""
    value = parse(text, column.type, column.format)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return exact_text(Fraction(value))
    if isinstance(value, int):
        return f"{value:04}" if column.type == "year" else str(value)
    return value.isoformat() if isinstance(value, date | time) else text


def exact_text(value: Fraction) -> str:
    """A decimal number in full, in its shortest form."""
    decimals = max(_power(value.denominator, 2), _power(value.denominator, 5))
    return decimal_text(int(value * 10**decimals), decimals)


def _power(number: int, of: int) -> int:
    found = 0
    while number % of == 0:
        number //= of
        found += 1
    return found


def double_text(value: Fraction) -> str:
    """The shortest decimal that names the double nearest to a value, without an exponent.

    Dividing a fraction's whole numbers rounds correctly, which is what IEEE 754 asks of one operation.
    """
    return exact_text(Fraction(Decimal(repr(float(value)))))


def order(key: str, column: ExportColumn) -> tuple[str | Place, str]:
    """By this the keys of groups are sorted: texts without case and accents first, all else by value."""
    return (folded(key) if column.type in (*TEXTS, "boolean") else place(key, plain_of(column)) or 0, key)


def plain_of(column: ExportColumn) -> ExportColumn:
    """A column whose dates are in ISO form, as every export and every question writes them."""
    return ExportColumn(name=column.name, type=column.type)


def folded(text: str) -> str:
    """A text for comparing: in lower case, without accents."""
    return "".join(letter for letter in normalize("NFKD", text) if not category(letter).startswith("M")).lower()


def end_of_day(day: date) -> int:
    """The last microsecond of a day, on the line of `place`."""
    return (day.toordinal() - 1) * DAY + DAY - 1


def start_of_day(day: date) -> int:
    """Midnight of a day, on the line of `place`."""
    return (day.toordinal() - 1) * DAY
