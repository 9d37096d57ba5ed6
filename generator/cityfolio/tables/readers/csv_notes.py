"""What is strange in delimited text that follows the rules: it is read as it stands, and probably meant in another way.

Programs that write CSV by other rules, and people who put headings and notes into it, make files that can be read and are
wrong. What is plain is refused; what is only likely is a warning, and nothing is mended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cityfolio.problems import Problem
from cityfolio.tables.readers.lines import DelimitedText, text_place
from cityfolio.tables.table import Place, TableJob, Unreadable
from cityfolio.tables.types import found_type

WRAPPINGS = {"'": ("'", "apostrophes"), "`": ("`", "backticks"), "“": ("“”", "curly quotation marks"),
             "„": ("“”", "low quotation marks"), "«": ("»", "angle quotation marks"), "‘": ("‘’", "curly apostrophes")}
# What else than a comma may have been meant to stand between fields, by the name that a person knows.
BETWEEN = {" ": "space", ":": "colon", "^": "caret", "~": "tilde", "#": "number sign", "/": "slash", "\\": "backslash",
           "，": "wide comma", "、": "ideographic comma", "\x1f": "unit separator", ",": "comma", ";": "semicolon", "\t": "tab",
           "|": "vertical bar", "¦": "broken bar", "\x01": "control character U+0001"}
OTHER_FILES = {"<!doctype html": "a web page", "<html": "a web page", "PK\x03\x04": "a zip file, perhaps a workbook",
               "%PDF-": "a PDF", '{"': "JSON", "[{": "JSON", "PAR1": "a Parquet file", "{\\rtf": "a text of a word processor"}
NEAR = 20                     # rows that the last one is compared with
RULES = "-=_+*: "             # what lines are drawn with
SHORTEST_RULE = 3             # letters: a single dash stands for "no value"
FEW_ROWS = 3                  # agree by chance less often
YEAR = re.compile("(?:1[89]|2[01])[0-9]{2}")
LONG_NUMBER = 5               # digits: years name columns, and numbers of requests do not
TYPED = ("integer", "number", "date", "datetime")
Fields = Sequence[str]


def refuse_other_file(text: str, job: TableJob) -> None:
    """Refuse what is plainly something else, such as the page of an error that was saved in place of the file."""
    for start, what in OTHER_FILES.items():
        if text[: len(start)].lower() == start.lower():
            raise job.refusal(Place(line=1, column=1), "table-syntax", f"the file is {what}, and no CSV",
                              "Export the data again, or correct the name or the `format:` of the file.")
    if text[:4].lower() == "sep=":
        raise job.refusal(text_place(text, 0, 5), "csv-empty", "the first line tells Excel the delimiter, and names no columns",
                          "Remove that line. Or write `header_row: 2` in the file's entry, and the `delimiter:` that it tells.")


def refuse_wrapped(header: Fields, source: DelimitedText, job: TableJob) -> None:
    """Refuse names that all stand in marks of another kind: they are meant to enclose fields, and would be a part of each."""
    found = _wrapping(header)
    if found:
        raise job.refusal(source.header()[0], "csv-quotes", f"every name stands in {found}, which do not enclose fields in CSV",
                          'Export it with double quotation marks ("), or with none where no field needs them.')


def head_notes(header: Fields, rows: Sequence[Fields], source: DelimitedText, job: TableJob) -> tuple[Problem, ...]:
    """Warnings of what the header and the first rows look like."""
    rows = [row for row in rows if len(row) == len(header)]
    notes = (_like_data(header, source, job), _blanks_after(header, source, job), _one_column(header, rows, source, job),
             _wrapped_column(header, rows, source, job), _second_header(header, rows, source, job))
    return tuple(note for note in notes if note is not None)


def mark_note(place: Place, job: TableJob) -> Problem:
    """A warning of a mark that is taken as any other letter."""
    return Problem(code="csv-mark", where=job.location(place),
                   says="a quotation mark stands inside a field that does not begin with one, and was read as it stands",
                   fix='Put the whole field in quotation marks, and write each mark inside it twice: "5"" pipe".')


def empty_note(place: Place, row: int, count: int, job: TableJob) -> Problem:
    """A warning of rows of which every field is empty."""
    others = "" if count == 1 else f" and {count - 1:,} other {'row' if count == 2 else 'rows'}"
    verb = "is" if count == 1 else "are"
    return Problem(code="csv-row", where=job.location(place), fix="Remove such rows.",
                   says=f"row {row:,}{others} {verb} empty in every column, and counted as any other row")


def footnote(header: Fields, before: Sequence[Fields], last: Fields) -> bool:
    """Whether the last row looks like a note below a table: little of it is filled, and much of the rows before."""
    filled = sum(map(bool, last))
    return len(header) >= 3 and len(before) >= FEW_ROWS and bool(last[0]) and filled <= len(header) // 3 and all(
        sum(map(bool, row)) > max(1, len(header) // 2) for row in before)


def footnote_note(place: Place, row: int, job: TableJob) -> Problem:
    """A warning of a last row that looks like a note or a total."""
    return Problem(code="csv-row", where=job.location(place), says=f"row {row:,}, the last one, is nearly empty, and may be a "
                   "note or a total and no row", fix="Remove it from the file; what it says can stand in the description.")


def repeated_header(place: Place, row: int, job: TableJob) -> Unreadable:
    """The refusal of a row that names the columns again."""
    return job.refusal(place, "table-shape", f"row {row:,} repeats the names of the columns, so two tables may stand one below "
                       "the other", "Remove the line, or publish each table as a file of its own.")


def _wrapping(fields: Fields) -> str:
    """What encloses every one of some fields, if anything does."""
    first = next((field[0] for field in fields if field), "")
    if first not in WRAPPINGS:
        return ""
    ends, name = WRAPPINGS[first]
    return name if all(len(field) > 1 and field[0] == first and field[-1] in ends for field in fields if field) else ""


def _known(names: Fields, job: TableJob) -> bool:
    return all(name in job.columns for name in names)


def _like_data(header: Fields, source: DelimitedText, job: TableJob) -> Problem | None:
    """Where the first line holds a value that would hardly name a column, as a whole number might: years do."""
    place = next((at for at, name in enumerate(header) if _is_value(name)), None)
    if place is None and _are_numbers(header):
        place = 0
    if place is None or _known(header, job):
        return None
    given = f"`{header[place]}`" if job.may_show(header[place]) else f"what stands above column {place + 1}"
    return Problem(code="header-data", where=job.location(source.header()[place]),
                   says=f"the first line should name the columns, and {given} looks like a value",
                   fix="Put a line with the names of the columns above it.")


def _are_numbers(header: Fields) -> bool:
    """Whether whole numbers are all there is, and they are not years."""
    return all(map(str.isdecimal, header)) and not all(YEAR.fullmatch(name) for name in header)


def _is_value(name: str) -> bool:
    if not (name[:1].isdigit() or name[:1] == "-"):   # nearly every name, and finding a type takes longer
        return False
    kind = found_type([name])
    return kind in ("number", "date", "datetime") or (kind == "integer" and len(name) >= LONG_NUMBER)


def _blanks_after(header: Fields, source: DelimitedText, job: TableJob) -> Problem | None:
    """Where a blank follows each delimiter of the header: it is a part of the names, and hardly meant to be."""
    named = [name for name in header[1:] if name[:1] in (" ", "\u00a0")]
    if len(header) < 2 or len(named) < len(header) - 1 or _known(header, job):
        return None
    return Problem(code="csv-delimiter", where=job.location(source.header()[1]),
                   says="a blank follows each delimiter, and is read as a part of the names",
                   fix="Remove the blanks after the delimiters, or describe the columns by their names with the blank.")


def _one_column(header: Fields, rows: Sequence[Fields], source: DelimitedText, job: TableJob) -> Problem | None:
    """Where the only column holds the same number of some sign in every row, as if that separated fields."""
    if len(header) != 1 or len(rows) < 2 or job.file.delimiter is not None or _known(header, job):
        return None
    for sign, name in BETWEEN.items():
        count = header[0].count(sign)
        if count and all(row[0].count(sign) == count for row in rows):
            several = f"{count} {name}{'s' if count > 1 else ''}"
            return Problem(code="csv-delimiter", where=job.location(source.header()[0]),
                           says=f"the file has one column, and its name and first values each hold {several}, as if that "
                           "separated fields", fix='If it does, export the file with commas. If not, write `delimiter: ","` in '
                           "its entry.")
    return None


def _wrapped_column(header: Fields, rows: Sequence[Fields], source: DelimitedText, job: TableJob) -> Problem | None:
    """Where all values of a column stand in marks of another kind."""
    if len(rows) < FEW_ROWS:
        return None
    for at, column in enumerate(zip(*rows, strict=True)):
        name = _wrapping(column)
        if name and sum(map(bool, column)) >= FEW_ROWS:
            shown = f"`{header[at][:80]}`" if job.may_show(header[at]) else at + 1
            return Problem(code="csv-mark", where=job.location(source.header()[at]),
                           says=f"the first values of column {shown} all stand in {name}, and were read so",
                           fix='If they should enclose fields, export it with double quotation marks (").')
    return None


def _second_header(header: Fields, rows: Sequence[Fields], source: DelimitedText, job: TableJob) -> Problem | None:
    """Where the first row is words above columns of numbers and dates: a second line of names, or units."""
    if rows and all(len(cell) >= SHORTEST_RULE and not cell.strip(RULES) for cell in rows[0]):
        return Problem(code="csv-row", where=job.location(source.cells([(0, 0)])[0, 0]),
                       says="row 1 is a line drawn with dashes or the like", fix="Remove the line.")
    if len(rows) < FEW_ROWS + 1:
        return None
    over = []
    for at, column in enumerate(zip(*rows[1:], strict=True)):
        if found_type({value for value in column if value}) in TYPED:
            if not rows[0][at] or found_type([rows[0][at]]) in TYPED:
                return None
            over.append(at)
    # One such column may only lack a value, in words of its own; and so may several, in the same words.
    if len({rows[0][at] for at in over}) < 2:
        return None
    place = source.cells([(0, over[0])])[0, over[0]]
    given = "words" if job.hides_values else f"`{rows[0][over[0]][:40]}`"
    return Problem(code="csv-row", where=job.location(place),
                   says=f"row 1 has {given} above values of another kind, and may be a second line of names or units",
                   fix="Remove the line, or write `header_row: 2` in the file's entry if it is the one that names the columns.")
