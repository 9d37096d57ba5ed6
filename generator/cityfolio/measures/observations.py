"""`measures/ID/observations.csv`: the values of closed periods as they were committed, a line for each period and group.

Lines are only ever added. A period that was revised has several, of which the last stands. A value is written as a decimal, in
full where it has an end, else with 15 significant digits; what is computed is rounded in the same way before the two are
compared.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from io import StringIO

from cityfolio.frozen import Frozen
from cityfolio.model.measured import Observation
from cityfolio.model.performance import MeasureRecord
from cityfolio.model.periods import grain_of, last_day
from cityfolio.problems import Location, Problem

COLUMNS = ("period", "by", "group", "value", "rows", "good", "suppressed", "closed_on", "revision")
KEPT_DIGITS = 15                  # of a value that decimals cannot write, such as a third
MOST_PROBLEMS = 20                # of one file; whoever sorted it by accident need not read thousands
NUMBER = re.compile(r"-?\d{1,60}(?:\.\d{1,60})?", re.ASCII)
MOST_DIGITS = 18                  # of a count
TO_QUOTE = re.compile(r'[",\r\n]')
FIELD = re.compile(r'"(?:[^"]|"")*"|[^,\r\n]*')
WIDE = Context(prec=60)
ROUNDED = Context(prec=KEPT_DIGITS, rounding=ROUND_HALF_UP)
Key = tuple[str, str, str]        # period, by, group


class Line(Frozen, kw_only=True):
    """What was committed of one period and group."""

    period: str
    by: str = ""                  # the column of a disaggregation; "" for everything
    group: str = ""
    value: Fraction | None
    rows: int | None = None       # None: not written down, so it is not compared
    good: int | None = None
    is_suppressed: bool = False
    closed_on: date
    revision: int = 0             # which of the notes for this period; 0 for what was closed first
    number: int = 0               # of the line in its file, counted from 1

    @property
    def key(self) -> Key:
        """What it is of."""
        return self.period, self.by, self.group


class Committed(Frozen, kw_only=True):
    """A file of closed periods: its lines in their order, those that are wrong left out, and what is wrong."""

    path: str
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    source: tuple[str, ...] = ()  # the file line by line, to show one

    def at(self, line: Line) -> Location:
        """Where a line stands."""
        excerpt = self.source[line.number - 1]
        return Location(path=self.path, line=line.number, column=1, width=max(len(excerpt), 1), excerpt=excerpt)


def read_observations(body: bytes, path: str, record: MeasureRecord) -> Committed:
    """Read a file of closed periods. Nothing is raised for what is in it."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = Location(path=path, line=body[:error.start].count(b"\n") + 1)
        return Committed(path=path, problems=(Problem(code="observations-invalid", where=where, says="this is not UTF-8",
                                                      fix="Save it as UTF-8."),))
    reading = _Reading(path, record, text)
    lines = tuple(reading.lines())
    return Committed(path=path, lines=lines, problems=tuple(reading.problems[:MOST_PROBLEMS]), source=tuple(reading.source))


def as_csv(lines: Iterable[Line], *, with_header: bool) -> str:
    """Lines as they stand in a file."""
    rows = ((each.period, _quoted(each.by), _quoted(each.group), number_text(each.value), _optional(each.rows),
             _optional(each.good), "true" if each.is_suppressed else "false", each.closed_on.isoformat(),
             _optional(each.revision or None)) for each in lines)
    return "".join(",".join(fields) + "\n" for fields in (*((COLUMNS,) if with_header else ()), *rows))


def number_text(value: Fraction | None) -> str:
    """A value as it is written: as a decimal, "" where there is none."""
    if value is None:
        return ""
    return _decimal(value.numerator, value.denominator)


@lru_cache(maxsize=1 << 16)
def _decimal(top: int, bottom: int) -> str:
    exact = WIDE.divide(Decimal(top), Decimal(bottom))
    number = exact if Fraction(exact) == Fraction(top, bottom) else ROUNDED.divide(Decimal(top), Decimal(bottom))
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_same(line: Line, now: Observation) -> bool:
    """Whether what was committed is what is found now. Counts that were not written down are not compared."""
    return (line.is_suppressed == now.is_suppressed and (line.rows is None or line.rows == (now.rows or 0))
            and (line.good is None or line.good == (now.good or 0))
            and (line.value == now.value or number_text(line.value) == number_text(now.value)))


def line_of(observation: Observation, series: tuple[str, str], closed_on: date, revision: int = 0) -> Line:
    """An observation as a line."""
    return Line(period=observation.period, by=series[0], group=series[1], value=observation.value, rows=observation.rows,
                good=observation.good, is_suppressed=observation.is_suppressed, closed_on=closed_on, revision=revision)


def _quoted(text: str) -> str:
    # Python's own writer leaves a carriage return bare, and then its reader takes it for the end of the line.
    return '"' + text.replace('"', '""') + '"' if TO_QUOTE.search(text) else text


def _optional(count: int | None) -> str:
    return "" if count is None else str(count)


class _Fault(Exception):
    """What is wrong with a line, and in which of its fields."""

    def __init__(self, at: int | None, says: str, fix: str) -> None:
        super().__init__(says)
        self.at, self.says, self.fix = at, says, fix


class _Reading:
    """One file on its way."""

    def __init__(self, path: str, record: MeasureRecord, text: str) -> None:
        self.path, self.record = path, record
        self.source = re.split("\r\n|\r|\n", text)
        self.rows = csv.reader(StringIO(text, newline=""), strict=True)
        self.problems: list[Problem] = []
        self.ends: dict[str, date] = {}
        self.notes = Counter(each.period for each in record.revisions)
        self.last: dict[Key, Line] = {}

    def lines(self) -> Iterator[Line]:
        """The lines that are right."""
        for number, fields in self.numbered():
            if number == 1:
                if tuple(fields) != COLUMNS:
                    self.note(1, _Fault(None, "the first line does not name the columns", f"Write {','.join(COLUMNS)}."))
                    return
                continue
            try:
                line = self.line(number, fields)
                self.follow(line)
            except _Fault as fault:
                self.note(number, fault)
            else:
                self.last[line.key] = line
                yield line

    def numbered(self) -> Iterator[tuple[int, list[str]]]:
        """Each record with the line it begins on."""
        begins = 1
        try:
            for fields in self.rows:
                if fields:
                    yield begins, fields
                begins = self.rows.line_num + 1
        except csv.Error as error:
            self.note(begins, _Fault(None, f"this is not valid CSV: {error}", "Close each quotation mark, or take it away."))
            return
        if begins == 1:
            self.note(1, _Fault(None, "the file is empty", f"Write {','.join(COLUMNS)} on its first line, or delete it."))

    def line(self, number: int, fields: Sequence[str]) -> Line:
        """One line. Raises _Fault."""
        if len(fields) != len(COLUMNS):
            raise _Fault(None, f"this line has {len(fields)} fields, and the header {len(COLUMNS)}",
                         "Take the file from git again; lines are added by `cityfolio measures close`.")
        period, by, group, value, rows, good, suppressed, closed_on, revision = fields
        end = self.ends.get(period) or self.ends.setdefault(period, self.end(period))
        if group and not by:
            raise _Fault(2, "a group is named, and not the column that it is of", "Write the column under `by`.")
        if suppressed not in ("true", "false"):
            raise _Fault(6, f'"{suppressed}" is neither true nor false', "Write true where the value is held back, else false.")
        is_suppressed = suppressed == "true"
        if is_suppressed and (value or rows or good):
            raise _Fault(3 if value else 4 if rows else 5, "this is held back, and here it stands", "Leave it empty.")
        return Line(period=period, by=by, group=group, value=_value(value) if value else None, rows=_count(4, rows),
                    good=_count(5, good), is_suppressed=is_suppressed, closed_on=_day(closed_on, end),
                    revision=_count(8, revision) or 0, number=number)

    def end(self, period: str) -> date:
        """The last day of a period. Raises _Fault."""
        grain = self.record.period.grain
        if grain_of(period) != grain:
            raise _Fault(0, f'"{period}" is no period of a measure by {grain.replace("-", " ")}',
                         "Write it as the measure's other periods are written.")
        return last_day(period, self.record.period.fiscal_year_start)

    def follow(self, line: Line) -> None:
        """Hold a line against those before it. Raises _Fault."""
        before = self.last.get(line.key)
        if before is not None and line.revision <= before.revision:
            raise _Fault(8, f"{named(line.period, line.by, line.group)} has a line already that stands after this one",
                         "Lines are only added at the end, a revised one with the number of its revision.")
        if line.revision > self.notes[line.period]:
            raise _Fault(8, f"measure.yaml has no revision {line.revision} of {line.period}",
                         "Put the note back under `revisions:`: readers see it beside both values.")

    def note(self, number: int, fault: _Fault) -> None:
        """Keep what is wrong with a line."""
        excerpt = self.source[number - 1] if number <= len(self.source) else ""
        begins, width = _span(excerpt, fault.at) if fault.at is not None else (0, len(excerpt))
        where = Location(path=self.path, line=number, column=begins + 1, width=max(width, 1), excerpt=excerpt)
        self.problems.append(Problem(code="observations-invalid", where=where, says=fault.says, fix=fault.fix))


def _span(line: str, number: int) -> tuple[int, int]:
    """Where a field of a line begins, and how wide it is."""
    begins = width = 0
    for at in range(number + 1):
        begins += width + 1 if at else 0
        match = FIELD.match(line, begins)
        assert match is not None      # an empty text is of that form too
        width = len(match[0])
    return begins, width


@lru_cache(maxsize=1 << 16)
def _value(text: str) -> Fraction:
    if not NUMBER.fullmatch(text):
        raise _Fault(3, f'value: "{text}" is not a number', "Write digits with a point and no unit, such as 71.2.")
    return Fraction(text)


def _count(at: int, text: str) -> int | None:
    if not text:
        return None
    if len(text) > MOST_DIGITS or not (text.isascii() and text.isdigit()):
        raise _Fault(at, f'{COLUMNS[at]}: "{text}" is not a whole number', "Write digits, or nothing.")
    return int(text)


@lru_cache(maxsize=1 << 10)
def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _Fault(7, f'closed_on: "{text}" is not a day', "Write YYYY-MM-DD.") from None


def _day(text: str, end: date) -> date:
    day = _read_day(text)
    if day <= end:
        raise _Fault(7, f"the period was not over on {text}", f"It ends with {end}.")
    return day


def named(period: str, by: str, group: str) -> str:
    """A period and a group, as a message calls them."""
    return f"{period} of {by} {group or '(none)'}" if by else period
