"""A clean table and what may become of it on its way: each file is made from the same rows by one pollution."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import StringIO
from random import Random

HEADER = ("request_id", "kind", "received_on", "district", "cost", "address", "status", "note")
ROW_COUNT = 80
Rows = list[list[str]]


def clean() -> Rows:
    """The rows without their header: no mark, delimiter or line end stands in a cell."""
    chance = Random(3)
    return [
        [f"{1000 + number}", chance.choice(["Pothole", "Noise", "Tree down", "Café table"]),
         f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}", f"{chance.randint(1, 7)}",
         f"{chance.randint(1, 5000)}.{chance.randint(0, 99):02}", f"{chance.randint(1, 999)} Tryon St",
         chance.choice(["Open", "Closed"]), chance.choice(["seen", "by telephone", "ok"])]
        for number in range(ROW_COUNT)
    ]


def thorny() -> Rows:
    """The same rows, with cells that have to be enclosed."""
    rows = clean()
    for number, row in enumerate(rows):
        row[7] = ("by Ann, twice", 'said "now"', "two\nlines", "", ";|\t")[number % 5]
    return rows


def written(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n", *, quote: str = '"', all_quoted: bool = False,
            header: Sequence[str] = HEADER) -> str:
    """A header and rows as text."""
    text = StringIO()
    quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, quotechar=quote, lineterminator=end, quoting=quoting).writerows([header, *rows])
    return text.getvalue()


def escaped(rows: Sequence[Sequence[str]]) -> str:
    """The same with a backslash before each mark inside a field."""
    text = StringIO()
    csv.writer(text, doublequote=False, escapechar="\\", lineterminator="\n").writerows([HEADER, *rows])
    return text.getvalue()


def with_line(number: int, change: Callable[[str], str], text: str | None = None) -> str:
    """The clean table with one of its lines changed; the first is 1."""
    lines = (text or written(clean())).splitlines(keepends=True)
    lines[number - 1] = change(lines[number - 1].rstrip("\n")) + "\n"
    return "".join(lines)


def each_line(change: Callable[[str], str], text: str | None = None) -> str:
    """The clean table with every line changed."""
    return "".join(change(line) + "\n" for line in (text or written(clean())).splitlines())


def after(number: int, inserted: str) -> str:
    """The clean table with lines put in below one of its own."""
    lines = written(clean()).splitlines(keepends=True)
    return "".join([*lines[:number], inserted, *lines[number:]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Polluted:
    """A file, and what is said of it: the code and line of its first problem. None: the table is the one that is meant."""

    body: str | bytes
    says: tuple[str, int | None] | None = None
    rows: Rows | None = None      # what is meant; None for the clean rows
    header: Sequence[str] = HEADER
    file: dict[str, object] = field(default_factory=dict)     # keys of its entry

    @property
    def table(self) -> list[tuple[str, ...]]:
        """The table that is meant."""
        return [tuple(self.header), *map(tuple, clean() if self.rows is None else self.rows)]


CLEAN, THORNY = written(clean()), written(thorny())
LAST = ROW_COUNT + 1              # the last line
NUMBERS = [[str(number * at + at) for at in range(1, 9)] for number in range(ROW_COUNT)]

# Read as it is meant, without a word, or with a warning of how it was read.
MEANT = {
    "as it should be": Polluted(body=CLEAN),
    "cells that are enclosed": Polluted(body=THORNY, rows=thorny()),
    "every cell enclosed": Polluted(body=written(thorny(), all_quoted=True), rows=thorny()),
    "no line end at the end": Polluted(body=CLEAN[:-1]),
    "two line ends at the end": Polluted(body=CLEAN + "\n"),
    "line ends of each kind at the end": Polluted(body=CLEAN + "\r\n\r\n\n"),
    "CR": Polluted(body=written(clean(), end="\r")),
    "CR LF": Polluted(body=written(thorny(), end="\r\n"), rows=thorny()),
    "line ends mixed": Polluted(body=CLEAN.replace("\n", "\r\n", 30).replace("\r\n", "\r", 10)),
    "a header alone": Polluted(body=written([]), rows=[]),
    "a byte order mark": Polluted(body=CLEAN.encode("utf-8-sig")),
    "UTF-16 with its mark, declared": Polluted(body=THORNY.encode("utf-16"), rows=thorny(), file={"encoding": "utf-16"}),
    "UTF-16 of the other order, declared": Polluted(body="\ufeff".encode("utf-16-be") + CLEAN.encode("utf-16-be"),
                                                    file={"encoding": "utf-16"}),
    "cp1252, declared": Polluted(body=CLEAN.encode("cp1252"), file={"encoding": "cp1252"}),
    "latin-1, declared": Polluted(body=CLEAN.encode("latin-1"), file={"encoding": "latin-1"}),
    "cp1252": Polluted(body=CLEAN.encode("cp1252"), says=("csv-encoding-guessed", 4)),
    "semicolons": Polluted(body=written(thorny(), ";"), rows=thorny(), says=("csv-delimiter", 1)),
    "tabs": Polluted(body=written(thorny(), "\t"), rows=thorny(), says=("csv-delimiter", 1)),
    "bars": Polluted(body=written(thorny(), "|"), rows=thorny(), says=("csv-delimiter", 1)),
    "semicolons, declared": Polluted(body=written(thorny(), ";"), rows=thorny(), file={"delimiter": ";"}),
    "lines above, declared": Polluted(body=f"Report of June\n\n{CLEAN}", file={"header_row": 3}),
    "several header rows, the last declared": Polluted(body=f"Request,,When,Where,,,,\n{CLEAN}", file={"header_row": 2}),
    "blanks around cells": Polluted(body=CLEAN.replace("Pothole", " Pothole "),
                                    rows=[[" Pothole " if cell == "Pothole" else cell for cell in row] for row in clean()]),
    "spaces that do not break": Polluted(body=CLEAN.replace("Tryon St", "Tryon\u00a0St"),
                                         rows=[[cell.replace("Tryon St", "Tryon\u00a0St") for cell in row] for row in clean()]),
    "control characters": Polluted(body=CLEAN.replace("Noise", "No\x01\x0b\x1f\x7fise"),
                                   rows=[[cell.replace("Noise", "No\x01\x0b\x1f\x7fise") for cell in row] for row in clean()]),
    "line ends that only Unicode knows": Polluted(
        body=CLEAN.replace("seen", "a\u2028b\x85c"),
        rows=[[cell.replace("seen", "a\u2028b\x85c") for cell in row] for row in clean()]),
    "a very long cell": Polluted(body=CLEAN.replace("1007,", "9" * 500_000 + ",", 1),
                                 rows=[[cell if cell != "1007" else "9" * 500_000 for cell in row] for row in clean()]),
    "numbers as other countries write them": Polluted(
        body=written([[*row[:4], row[4].replace(".", ","), *row[5:]] for row in clean()], ";"), says=("csv-delimiter", 1),
        rows=[[*row[:4], row[4].replace(".", ","), *row[5:]] for row in clean()]),
    "words for nothing": Polluted(body=CLEAN.replace("seen", "NULL").replace("ok", "N/A"),
                                  rows=[[{"seen": "NULL", "ok": "N/A"}.get(cell, cell) for cell in row] for row in clean()]),
    "a mark inside a cell": Polluted(body=CLEAN.replace("Pothole", 'Pot"hole', 1), says=("csv-mark", 3), rows=[
        [cell.replace("Pothole", 'Pot"hole') if number == 1 else cell for cell in row] for number, row in enumerate(clean())]),
    "five thousand columns": Polluted(body=",".join(f"c{at}" for at in range(5_000)) + "\n" + ",".join("1" * 5_000) + "\n",
                                      header=[f"c{at}" for at in range(5_000)], rows=[["1"] * 5_000]),
}

# Read as it stands, which is hardly what is meant, and said so.
DOUBTFUL = {
    "no header": (written(clean()[1:], header=clean()[0]), "header-data", 1),
    "no header, of whole numbers": (written(NUMBERS[1:], header=[f"{at}0000" for at in range(1, 9)]), "header-data", 1),
    "a second header": (after(1, "id,what,when,where,dollars,street,state,text\n"), "csv-row", 2),
    "a line of units": (after(1, "number,,day,number,dollars,,,\n"), "csv-row", 2),
    "a line of dashes": (after(1, "---,---,---,---,---,---,---,---\n"), "csv-row", 2),
    "a note below, filled up": (f"{CLEAN}Source: 311,,,,,,,\n", "csv-row", LAST + 1),
    "a total below": (f"{CLEAN}Total,80,,,,,,\n", "csv-row", LAST + 1),
    "rows of delimiters alone": (after(40, ",,,,,,,\n,,,,,,,\n"), "csv-row", 41),
    "rows of delimiters at the end": (f"{CLEAN},,,,,,,\n,,,,,,,\n", "csv-row", LAST + 1),
    "a comma and a blank": (CLEAN.replace(",", ", "), "csv-delimiter", 1),
    "a comma and a blank in the header": (with_line(1, lambda line: line.replace(",", ", ")), "csv-delimiter", 1),
    "colons": (written(clean(), ":"), "csv-delimiter", 1),
    "carets": (written(clean(), "^"), "csv-delimiter", 1),
    "tildes": (written(clean(), "~"), "csv-delimiter", 1),
    "wide commas": (CLEAN.replace(",", "，"), "csv-delimiter", 1),
    "spaces": (written(NUMBERS, " "), "csv-delimiter", 1),
    "each line enclosed": (each_line(lambda line: f'"{line}"'), "csv-delimiter", 1),
    "cells in apostrophes below plain names": (
        with_line(1, lambda line: line.replace("'", ""), written(clean(), quote="'", all_quoted=True)), "csv-mark", 1),
}

REFUSED = {
    "nothing": ("", "csv-empty", 1),
    "a line end alone": ("\n", "csv-empty", 1),
    "lines above": (f"Report of June\n{CLEAN}", "csv-ragged", 2),
    "lines above, filled up": (f"Report of June,,,,,,,\n{CLEAN}", "column-unnamed", 1),
    "a comment above": (f"# made by hand\n{CLEAN}", "csv-ragged", 2),
    "a line for Excel above": (f"sep=;\n{written(clean(), ';')}", "csv-empty", 1),
    "several header rows": (f"Request,,When,Where,,,,\n{CLEAN}", "column-unnamed", 1),
    "a note below": (f"{CLEAN}Source: 311\n", "csv-ragged", LAST + 1),
    "the same table twice": (CLEAN + CLEAN, "table-shape", LAST + 1),
    "the same table twice, a line between": (f"{CLEAN}\n{CLEAN}", "csv-ragged", LAST + 1),
    "another table below": (f"{CLEAN}a,b\n1,2\n", "csv-ragged", LAST + 1),
    "another table beside it": (each_line(lambda line: f"{line},,{line}"), "column-unnamed", 1),
    "a blank line between rows": (after(40, "\n"), "csv-ragged", 41),
    "a blank line between all rows": (CLEAN.replace("\n", "\n\n"), "csv-ragged", 2),
    "LF CR": (written(clean(), end="\n\r"), "csv-ragged", 2),
    "a name twice": (with_line(1, lambda line: line.replace("status", "kind")), "column-repeated", 1),
    "a name missing": (with_line(1, lambda line: line.replace("status", "")), "column-unnamed", 1),
    "every name missing": (with_line(1, lambda line: ",,,,,,,"), "column-unnamed", 1),
    **{f"a delimiter more in {name}": (with_line(line, lambda text: text.replace(",", ",,", 1)), code, line)
       for name, line, code in (("the header", 1, "column-unnamed"), ("the first row", 2, "csv-ragged"),
                                ("a row", 30, "csv-ragged"), ("the last row", LAST, "csv-ragged"))},
    **{f"a delimiter less in {name}": (with_line(line, lambda text: text.replace(",", "", 1)), "csv-ragged", told)
       for name, line, told in (("the header", 1, 2), ("the first row", 2, 2), ("a row", 30, 30), ("the last", LAST, LAST))},
    "a delimiter more in every row": (
        with_line(1, lambda line: line[:-1], each_line(lambda line: f"{line},")), "csv-ragged", 2),
    "a delimiter more in every line": (each_line(lambda line: f"{line},"), "column-unnamed", 1),
    "a mark too few before a cell": (with_line(9, lambda line: line.replace('"', "", 1), written(clean(), all_quoted=True)),
                                     "csv-quotes", 9),
    "a mark too few after a cell": (with_line(9, lambda line: line.replace('",', ",", 1), written(clean(), all_quoted=True)),
                                    "csv-quotes", 9),
    "a mark too few at the end of all": (written(clean(), all_quoted=True)[:-2], "csv-quotes", LAST),
    "a mark too many before a cell": (with_line(9, lambda line: f'"{line}'), "csv-quotes", 9),
    "a mark too many after a cell": (with_line(9, lambda line: line.replace(",", '",', 1)), "csv-quotes", 9),
    "a mark before every line": (each_line(lambda line: f'"{line}'), "csv-quotes", 1),
    "marks not doubled": (THORNY.replace('""now""', '"now"'), "csv-quotes", 3),
    "marks after backslashes": (escaped(thorny()), "csv-quotes", 3),
    "marks after backslashes, nothing enclosed": (CLEAN.replace("Pothole", 'Pot\\"hole'), "csv-quotes", 3),
    "marks doubled, nothing enclosed": (CLEAN.replace("Pothole", 'Pot""hole'), "csv-quotes", 3),
    "blanks before marks": (written(clean(), all_quoted=True).replace(",", ", "), "csv-quotes", 1),
    "apostrophes": (written(clean(), quote="'", all_quoted=True), "csv-quotes", 1),
    "backticks": (written(clean(), quote="`", all_quoted=True), "csv-quotes", 1),
    "curly marks": (each_line(lambda line: "“" + line.replace(",", "”,“") + "”"), "csv-quotes", 1),
    "apostrophes where needed": (written(thorny(), quote="'").replace('"', ""), "csv-ragged", 2),
    "spaces as delimiters": (written(clean(), " "), "csv-quotes", 5),
    "commas in the header, semicolons below": (with_line(1, lambda line: line.replace(";", ","), written(clean(), ";")),
                                               "csv-ragged", 2),
    "semicolons in the header, commas below": (with_line(1, lambda line: line.replace(",", ";")), "csv-ragged", 2),
    "NUL": (CLEAN.replace("Pothole", "Pot\0hole"), "csv-nul", 3),
    "NULs at the end": (f"{CLEAN}\0\0\0", "csv-nul", LAST + 1),
    "the end-of-file sign of DOS": (f"{CLEAN}\x1a", "csv-ragged", LAST + 1),
    "UTF-16": (CLEAN.encode("utf-16"), "csv-encoding", 1),
    "UTF-16 without its mark, declared": (CLEAN.encode("utf-16-le"), "csv-encoding", 1),
    "UTF-8 declared as it is not": (CLEAN.encode("cp1252"), "csv-encoding", 4),
    "a byte that no encoding has": (CLEAN.replace("é", "e").encode().replace(b"Noise", b"No\x81ise", 1), "csv-encoding", None),
    "cut in the middle of a row": (CLEAN[:-30], "csv-ragged", LAST),
    "signs of a merge": (after(40, "<<<<<<< HEAD\n"), "csv-ragged", 41),
    "5,001 columns": (",".join(f"c{at}" for at in range(5_001)) + "\n", "file-large", 1),
    "a web page": ("<!DOCTYPE html>\n<html><title>Not found</title></html>\n", "table-syntax", 1),
    "JSON": ('[{"a": 1}]\n', "table-syntax", 1),
    "a workbook": ("PK\x03\x04\x14", "table-syntax", 1),
}
DECLARED = {"UTF-16 without its mark, declared": "utf-16", "UTF-8 declared as it is not": "utf-8"}
