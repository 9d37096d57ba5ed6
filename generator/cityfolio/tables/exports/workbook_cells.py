"""Cells as a spreadsheet holds them: numbers and dates as numbers where it keeps them as they are, else text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from cityfolio.frozen import Frozen
from cityfolio.model.records import ColumnType
from cityfolio.tables.exports.json_values import iso
from cityfolio.tables.exports.wkt import wkt
from cityfolio.tables.types import Value, parse

DIGITS = 15                    # that a double keeps, and that a spreadsheet shows
POWERS = (-300, 300)
DAY_ZERO = date(1899, 12, 30)  # so that counting is right from March 1900; before, spreadsheets have a day too many
FIRST_DAY = date(1900, 3, 1)
MILLISECOND, SECOND, DAY_SECONDS = 1_000, 1_000_000, 86_400   # the first two in microseconds
DATE_FORMAT = "yyyy-mm-dd"


class Number(Frozen):
    """A number in a cell, and how the cell shows it."""

    value: Decimal             # its digits are those of the source
    shown_as: str


XlsxCell = str | bool | Number | None


def _text(text: str, _: str | None) -> XlsxCell:
    return text


def _integer(text: str, _: str | None) -> XlsxCell:
    # Without a format a spreadsheet shows long numbers with an exponent.
    number = _decimal(text)
    return Number(number, "0") if _is_kept(number) else text


def _number(text: str, _: str | None) -> XlsxCell:
    number = _decimal(text)
    if not _is_kept(number):
        return text
    decimals = len(text.partition(".")[2])
    # 12.50 is shown as 12.50; an exponent is left to the spreadsheet.
    return Number(number, "General" if "e" in text.lower() else f"0.{'0' * decimals}" if 0 < decimals <= DIGITS else "0")


def _boolean(text: str, _: str | None) -> XlsxCell:
    return bool(_known(parse(text, "boolean"), text))


def _date(text: str, written: str | None) -> XlsxCell:
    day = _known(parse(text, "date", written), text)
    assert isinstance(day, date)
    return Number(Decimal((day - DAY_ZERO).days), DATE_FORMAT) if day >= FIRST_DAY else day.isoformat()


def _datetime(text: str, written: str | None) -> XlsxCell:
    moment = _known(parse(text, "datetime", written), text)
    assert isinstance(moment, datetime)
    if moment.tzinfo is not None or moment.date() < FIRST_DAY or moment.microsecond % MILLISECOND:
        return iso(text, "datetime", written)
    return Number((moment.date() - DAY_ZERO).days + _part_of_day(moment.time()), f"{DATE_FORMAT} {_clock(moment.time())}")


def _time(text: str, written: str | None) -> XlsxCell:
    clock = _known(parse(text, "time", written), text)
    assert isinstance(clock, time)
    if clock.microsecond % MILLISECOND:
        return iso(text, "time", written)
    return Number(Decimal(_part_of_day(clock)), _clock(clock))


def _geometry(text: str, _: str | None) -> XlsxCell:
    return wkt(text)


def _part_of_day(clock: time) -> Decimal:
    seconds = clock.hour * 3_600 + clock.minute * 60 + clock.second
    return (seconds + Decimal(clock.microsecond) / SECOND) / DAY_SECONDS


def _clock(clock: time) -> str:
    return "hh:mm:ss.000" if clock.microsecond else "hh:mm:ss"


def _is_kept(number: Decimal) -> bool:
    """Whether a spreadsheet keeps every digit of a number."""
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return not digits or (len(digits) <= DIGITS and POWERS[0] <= number.adjusted() <= POWERS[1])


def _decimal(text: str) -> Decimal:
    number = _known(parse(text, "number"), text)
    assert isinstance(number, Decimal)
    return number


def _known(value: Value | None, text: str) -> Value:
    if value is None:
        raise ValueError(f"{text!r} is not of its column's type")
    return value


CELLS: dict[ColumnType, Callable[[str, str | None], XlsxCell]] = {
    "string": _text, "any": _text, "integer": _integer, "number": _number, "year": _integer, "boolean": _boolean, "date": _date,
    "datetime": _datetime, "time": _time, "geometry": _geometry,
}
