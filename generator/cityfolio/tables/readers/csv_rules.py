"""The rules of delimited text: what the first lines say of a file, and what is wrong with its quotation marks and rows.

They are those of RFC 4180, with any line end and any of four delimiters.
"""

from __future__ import annotations

import csv
from io import StringIO
from itertools import islice

from cityfolio.frozen import Frozen
from cityfolio.problems import Problem
from cityfolio.tables.readers.csv_notes import head_notes, mark_note, refuse_other_file, refuse_wrapped
from cityfolio.tables.readers.header import refuse_names
from cityfolio.tables.readers.lines import LINE_END, DelimitedText, grammar, text_place
from cityfolio.tables.table import LIMIT_COLUMNS, Place, TableJob

LIMIT_FIELD = 128 << 20
DELIMITERS = {",": ",", ";": ";", "|": "|", "tab": "\t"}
UNDECLARED = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
KEYS = {"\t": "tab", ";": '";"', "|": '"|"'}
NO_VALUE = frozenset(("", None))
FIRST_ROWS = 20
LONGEST_NAME = 400            # characters of a column's name, on average
BEGINNING = 100_000           # characters that are looked at to find the delimiter
Rows = list[list[str]]


class Head(Frozen, kw_only=True):
    """What the beginning of a file says of the rest."""

    header: tuple[str, ...]
    source: DelimitedText         # from the header on
    problems: tuple[Problem, ...] = ()


def read_head(text: str, job: TableJob, *, is_part: bool = False) -> Head:
    """Find the delimiter and the names of the columns. `is_part`: the text is only the beginning of a file.

    Raises Unreadable where there are none.
    """
    if (at := text.find("\0")) >= 0:
        raise job.refusal(text_place(text, at), "csv-nul", "the file holds a NUL character, which no text has",
                          "Export it again; if it is UTF-16, write `encoding: utf-16` in its entry.")
    refuse_other_file(text, job)
    above = job.file.header_row - 1
    text = text_from(text, job.file.header_row)
    if not text or text[0] in "\r\n":
        which = "first line" if not above else f"line {above + 1}"
        raise job.refusal(Place(line=above + 1, column=1), "csv-empty",
                          f"the {which} is empty, so the columns have no names", "The first line of a file has to name its "
                          "columns; if another does, write its number as `header_row:`.")
    delimiter, problems = _delimiter(text, above, job)
    if (count := text.count(delimiter, 0, _line_length(text))) >= LIMIT_COLUMNS:
        raise job.refusal(Place(line=above + 1, column=1), "file-large", f"the file has {count + 1:,} columns, more than the "
                          f"{LIMIT_COLUMNS:,} that can be read", "Turn columns into rows: one row for each thing and kind.")
    _refuse_long_names(text, job, is_part=is_part)
    source = DelimitedText(_header_line(text, delimiter) if is_part else text, delimiter, above)
    refuse_quotes(source, job)
    header = read_rows(text, delimiter, 1)[0]
    refuse_wrapped(header, source, job)
    _refuse_header(header, source, job)
    notes = head_notes(header, _beginning(text, delimiter)[1:], DelimitedText(text, delimiter, above), job)
    return Head(header=tuple(header), source=source, problems=(*problems, *marks_inside(source, job), *notes))


def marks_inside(source: DelimitedText, job: TableJob) -> tuple[Problem, ...]:
    """A warning of the first field of a sound text that holds a mark and is not quoted itself."""
    at = source.first_mark_inside() if '"' in source.text else None
    return () if at is None else (mark_note(text_place(source.text, at, above=source.above), job),)


def _header_line(text: str, delimiter: str) -> str:
    """The first record with its line end; more of the text where no line end follows, so that the fault is met."""
    found = grammar(delimiter).record.match(text)
    ended = LINE_END.match(text, found.end() if found else 0)
    return text[: ended.end()] if ended else text[:BEGINNING]


def _refuse_long_names(text: str, job: TableJob, *, is_part: bool) -> None:
    """Refuse a first line that goes on and on: a file without line ends is one name to a reader."""
    length = _line_length(text)
    if length > LIMIT_COLUMNS * LONGEST_NAME or (is_part and BEGINNING < length == len(text)):
        raise job.refusal(Place(line=job.file.header_row, column=1), "file-large",
                          f"the line that names the columns has {length:,} characters or more",
                          "If lines end with something else than a line end, export the file again.")


def text_from(text: str, header_row: int) -> str:
    """A text from the line with the header on, which is counted from 1."""
    return text[_start_of_line(text, header_row - 1):] if header_row > 1 else text


def _start_of_line(text: str, number: int) -> int:
    """Where the line with a number, counted from 0, begins; the end of the text if it has fewer."""
    ends = islice(LINE_END.finditer(text), number)
    found = [end.end() for end in ends]
    return 0 if not number else found[-1] if len(found) == number else len(text)


def read_rows(text: str, delimiter: str, limit: int | None = None) -> Rows:
    """The records of a text that follows the rules, without blank lines at its end."""
    # The limit is the process's own and is never lowered: a field as long as the file is still a field.
    csv.field_size_limit(LIMIT_FIELD)
    rows = list(islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), limit))
    while len(rows) > 1 and not rows[-1]:
        rows.pop()
    if len(rows[0]) == 1:
        # With one column an empty line is a row whose only field is empty.
        return [row or [""] for row in rows]
    return rows


def _delimiter(text: str, above: int, job: TableJob) -> tuple[str, tuple[Problem, ...]]:
    """What stands between fields: as declared or named by the file's ending, else a comma, else what is plainly meant."""
    if job.file.delimiter is not None:
        return DELIMITERS[job.file.delimiter], ()
    if (job.file.format or job.path).lower().endswith("tsv"):
        return "\t", ()
    first = text[: _line_length(text)]
    if "," in first:
        return ",", _doubt(text, first, above, job)
    # The most fields win; among equals the order of UNDECLARED decides.
    found = max((each for each in UNDECLARED if each in first), key=lambda each: _width(text, each), default=",")
    if found == "," or _width(text, found) < 2:
        return ",", ()
    warning = Problem(code="csv-delimiter", where=job.location(text_place(text, first.index(found), above=above)),
                      says=f"the fields are separated by {UNDECLARED[found]}, and this is not declared",
                      fix=f"Write `delimiter: {KEYS[found]}` in the file's entry.")
    return found, (warning,)


def _doubt(text: str, first: str, above: int, job: TableJob) -> tuple[Problem, ...]:
    """A warning where something else than the comma divides the first rows as evenly, into as many fields or more."""
    rival = max((each for each in UNDECLARED if each in first), key=lambda each: _width(text, each), default=",")
    if rival == "," or _width(text, rival) < max(2, _width(text, ",")):
        return ()
    return (Problem(code="csv-delimiter", where=job.location(text_place(text, first.index(rival), above=above)),
                    says=f"commas were taken to separate the fields, and {UNDECLARED[rival]} divide every row as evenly",
                    fix=f'Write `delimiter: {KEYS[rival]}` in the file\'s entry, or `delimiter: ","` if commas are meant.'),)


def _line_length(text: str) -> int:
    return min((at for at in (text.find("\n"), text.find("\r")) if at >= 0), default=len(text))


def _width(text: str, delimiter: str) -> int:
    """How many fields each of the first rows has with a delimiter; 0 when they do not agree."""
    widths = {len(row) for row in _beginning(text, delimiter)}
    return widths.pop() if len(widths) == 1 else 0


def _beginning(text: str, delimiter: str) -> Rows:
    """The header and the first rows."""
    # A quoted field may run on for ever, so only a beginning is looked at; its last row may be cut short.
    beginning = text[:BEGINNING]
    return read_rows(beginning, delimiter, FIRST_ROWS)[: None if len(beginning) == len(text) else -1]


def refuse_quotes(source: DelimitedText, job: TableJob) -> None:
    """Check that quotation marks stand around whole fields. Python's reader would mend some faults in silence."""
    text = source.text
    if '"' not in text:
        return
    whole = grammar(source.delimiter).document.match(text)
    stuck = whole.end() if whole else 0
    if stuck == len(text):
        return
    start = source.start_of_fault(stuck)
    if text[start] == '"' and start == stuck:
        says = "the quotation mark that opens this field is never closed"
    elif text[start] == '"':
        says = "something follows the closing quotation mark of this field"
    else:
        says = "a quotation mark stands inside a field that does not begin with one"
    place = text_place(text, start, max(stuck, start + 1), above=source.above)
    raise job.refusal(place, "csv-quotes", says,
                      'Put the whole field in quotation marks, and write each mark inside it twice: "5"" pipe".')


def _refuse_header(header: list[str], source: DelimitedText, job: TableJob) -> None:
    if all(name.strip() for name in header) and len(set(header)) == len(header):
        return
    # Where the names stand is worked out when there is something to be said of one.
    refuse_names(header, source.header(), job)


def refuse_ragged(rows: Rows, width: int, source: DelimitedText, job: TableJob, above: int = 0) -> None:
    """Check that every row has as many fields as the header. A large file has `above` rows before these."""
    if set(map(len, rows)) <= {width}:
        return
    wrong = [number for number, row in enumerate(rows) if len(row) != width]
    first = wrong[0]
    has = len(rows[first])
    place = source.cells([(first, width if has > width else 0)])[first, width if has > width else 0]
    place = place if has > width else Place(line=place.line, column=1, excerpt=place.excerpt)
    others = "" if len(wrong) == 1 else f" and {len(wrong) - 1:,} other {'row' if len(wrong) == 2 else 'rows'}"
    verb, row = "has" if len(wrong) == 1 else "have", first + above + 1
    says = f"row {row:,}{others} {verb} more or fewer fields than the header's {width} (row {row:,} has {has})"
    raise job.refusal(place, "csv-ragged", says,
                      "Put a field that holds the delimiter in quotation marks, or complete the row.")
