"""Delimited text, strictly: every field as it stands, or a problem that says where the file is not what it seems.

The rules are those of RFC 4180, with any line end and any of four delimiters. Fields are never trimmed, never typed.
"""

from __future__ import annotations

import csv
from io import StringIO
from itertools import islice
from typing import BinaryIO

from cityfolio.problems import Problem
from cityfolio.tables.readers.encoding import decoded
from cityfolio.tables.readers.lines import DelimitedText, grammar, text_place
from cityfolio.tables.table import LIMIT_BYTES, LIMIT_COLUMNS, Place, Reading, Table, TableJob

DELIMITERS = {",": ",", ";": ";", "|": "|", "tab": "\t"}
UNDECLARED = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
KEYS = {"\t": "tab", ";": '";"', "|": '"|"'}
FIRST_ROWS = 20
Rows = list[list[str]]


def read_csv(stream: BinaryIO, job: TableJob) -> Reading:
    """Read a file whole, as text. What is wrong with it comes back as problems; nothing is raised."""
    body = b"" if job.size_bytes > LIMIT_BYTES else stream.read(LIMIT_BYTES + 1)
    if job.size_bytes > LIMIT_BYTES or len(body) > LIMIT_BYTES:
        return _refused(job, None, "file-large", f"the file is larger than the {LIMIT_BYTES >> 20} MiB that can be read",
                        "Publish it by `url:` with a `sample:` of its rows, or in parts.")
    result = decoded(body, job)
    if result.text is None:
        return Reading(table=None, problems=result.problems)
    reading = _read_text(result.text, result.encoding, job)
    return Reading(table=reading.table, problems=(*result.problems, *reading.problems))


def _read_text(text: str, encoding: str, job: TableJob) -> Reading:
    if (at := text.find("\0")) >= 0:
        return _refused(job, text_place(text, at), "csv-nul", "the file holds a NUL character, which no text has",
                        "Export it again; if it is UTF-16, write `encoding: utf-16` in its entry.")
    if not text or text[0] in "\r\n":
        return _refused(job, Place(line=1, column=1), "csv-empty", "the first line is empty, so the columns have no names",
                        "The first line of a file has to name its columns.")
    delimiter, problems = _delimiter(text, job)
    if (count := text.count(delimiter, 0, _line_length(text))) >= LIMIT_COLUMNS:
        return _refused(job, Place(line=1, column=1), "file-large", f"the file has {count + 1:,} columns, more than the "
                        f"{LIMIT_COLUMNS:,} that can be read", "Turn columns into rows: one row for each thing and kind.")
    faults = _quote_faults(text, delimiter, job)
    if faults:
        return Reading(table=None, problems=(*problems, *faults))
    rows = _rows(text, delimiter)
    header, source = rows.pop(0), DelimitedText(text, delimiter)
    faults = _header_faults(header, source, job) or _ragged(rows, len(header), source, job)
    if faults:
        return Reading(table=None, problems=(*problems, *faults))
    columns = tuple(zip(*rows, strict=True)) if rows else ((),) * len(header)
    return Reading(table=Table(encoding=encoding, delimiter=delimiter, header=tuple(header), rows=len(rows), columns=columns,
                               source=source), problems=problems)


def _rows(text: str, delimiter: str, limit: int | None = None) -> Rows:
    # The limit is the process's own and is never lowered: a field as long as the file is still a field.
    csv.field_size_limit(LIMIT_BYTES)
    rows = list(islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), limit))
    while len(rows) > 1 and not rows[-1]:
        rows.pop()
    if len(rows[0]) == 1:
        # With one column an empty line is a row whose only field is empty.
        return [row or [""] for row in rows]
    return rows


def _delimiter(text: str, job: TableJob) -> tuple[str, tuple[Problem, ...]]:
    """What stands between fields: as declared or named by the file's ending, else a comma, else what is plainly meant."""
    if job.file.delimiter is not None:
        return DELIMITERS[job.file.delimiter], ()
    if (job.file.format or job.path).lower().endswith("tsv"):
        return "\t", ()
    first = text[: _line_length(text)]
    if "," in first:
        return ",", ()
    # The most fields win; among equals the order of UNDECLARED decides.
    found = max((each for each in UNDECLARED if each in first), key=lambda each: _width(text, each), default=",")
    if found == "," or _width(text, found) < 2:
        return ",", ()
    warning = Problem(code="csv-delimiter", where=job.location(text_place(text, first.index(found))),
                      says=f"the fields are separated by {UNDECLARED[found]}, and this is not declared",
                      fix=f"Write `delimiter: {KEYS[found]}` in the file's entry.")
    return found, (warning,)


def _line_length(text: str) -> int:
    return min((at for at in (text.find("\n"), text.find("\r")) if at >= 0), default=len(text))


def _width(text: str, delimiter: str) -> int:
    """How many fields each of the first rows has with a delimiter; 0 when they do not agree."""
    # A quoted field may run on for ever, so only a beginning is looked at; its last row may be cut short.
    beginning = text[:100_000]
    widths = {len(row) for row in _rows(beginning, delimiter, FIRST_ROWS)[: None if len(beginning) == len(text) else -1]}
    return widths.pop() if len(widths) == 1 else 0


def _quote_faults(text: str, delimiter: str, job: TableJob) -> tuple[Problem, ...]:
    """Check that quotation marks stand around whole fields. Python's reader would mend some faults in silence."""
    if '"' not in text:
        return ()
    whole = grammar(delimiter).document.match(text)
    stuck = whole.end() if whole else 0
    if stuck == len(text):
        return ()
    start = DelimitedText(text, delimiter).start_of_fault(stuck)
    if text[start] == '"' and start == stuck:
        says = "the quotation mark that opens this field is never closed"
    elif text[start] == '"':
        says = "something follows the closing quotation mark of this field"
    else:
        says = "a quotation mark stands inside a field that does not begin with one"
    fix = 'Put the whole field in quotation marks, and write each mark inside it twice: "5"" pipe".'
    place = text_place(text, start, max(stuck, start + 1))
    return (Problem(code="csv-quotes", where=job.location(place), says=says, fix=fix),)


def _header_faults(header: list[str], source: DelimitedText, job: TableJob) -> tuple[Problem, ...]:
    if all(name.strip() for name in header) and len(set(header)) == len(header):
        return ()
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, (name, place) in enumerate(zip(header, source.header(), strict=True), start=1):
        if not name.strip():
            problems.append(Problem(code="csv-header-empty", where=job.location(place), says=f"column {number} has no name",
                                    fix="Give it a name, or remove the column if it is empty."))
        elif name in seen:
            problems.append(Problem(code="csv-header-repeated", where=job.location(place),
                                    says=f"columns {seen[name]} and {number} are both named `{name[:80]}`",
                                    fix="Give each column a name of its own."))
        seen.setdefault(name, number)
    return tuple(problems)


def _ragged(rows: Rows, width: int, source: DelimitedText, job: TableJob) -> tuple[Problem, ...]:
    if set(map(len, rows)) <= {width}:
        return ()
    wrong = [number for number, row in enumerate(rows) if len(row) != width]
    first = wrong[0]
    has = len(rows[first])
    place = source.cells([(first, width if has > width else 0)])[first, width if has > width else 0]
    place = place if has > width else Place(line=place.line, column=1, excerpt=place.excerpt)
    others = "" if len(wrong) == 1 else f" and {len(wrong) - 1:,} other {'row' if len(wrong) == 2 else 'rows'}"
    verb = "has" if len(wrong) == 1 else "have"
    says = f"row {first + 1:,}{others} {verb} more or fewer fields than the header's {width} (row {first + 1:,} has {has})"
    fix = "Put a field that holds the delimiter in quotation marks, or complete the row."
    return _refused(job, place, "csv-ragged", says, fix).problems


def _refused(job: TableJob, place: Place | None, code: str, says: str, fix: str) -> Reading:
    where = job.location(place or Place(line=1, column=1))
    return Reading(table=None, problems=(Problem(code=code, where=where, says=says, fix=fix),))
