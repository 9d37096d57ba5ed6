"""The findings of `cityfolio links`, as they are kept in the catalog: a file of each day in links/, with a line an address."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date

from cityfolio.files import Tree
from cityfolio.frozen import Frozen
from cityfolio.model.health import CheckedLink, CheckedLinks
from cityfolio.problems import Location, Problem

ROOM = "links"
COLUMNS = ("url", "is_well", "status", "says", "checked")
NAME = re.compile(r"links/(\d{4}-\d{2}-\d{2})\.csv")
MOST_BYTES = 50_000_000
FIX = "Delete the file, or take it back from the repository; `cityfolio links` writes a new one."


class Line(Frozen, kw_only=True):
    """What was found at an address, and on which day."""

    link: CheckedLink
    checked: date


class Unreadable(Exception):
    """A file that `cityfolio links` did not write so. It carries the line and what is wrong there."""

    def __init__(self, line: int | None, says: str) -> None:
        super().__init__(says)
        self.line, self.says = line, says


def path_of(day: date) -> str:
    """Where the findings of a day are kept."""
    return f"{ROOM}/{day.isoformat()}.csv"


def day_of(path: str) -> date | None:
    """The day of a file of findings; None for what is none."""
    named = NAME.fullmatch(path)
    try:
        return date.fromisoformat(named[1]) if named else None
    except ValueError:
        return None


def newest(paths: Iterable[str]) -> str | None:
    """The newest of the files of findings."""
    return max((path for path in paths if day_of(path)), default=None)


def load_checked_links(tree: Tree, paths: Iterable[str]) -> tuple[CheckedLinks | None, tuple[Problem, ...]]:
    """The newest findings. Nothing is raised for what a file holds."""
    path = newest(paths)
    day = day_of(path) if path else None
    if path is None or day is None:
        return None, ()
    try:
        lines = read_lines(tree.read(path))
    except OSError as error:
        return None, (_problem(path, None, f"the file could not be read: {error.strerror}"),)
    except Unreadable as unreadable:
        return None, (_problem(path, unreadable.line, unreadable.says),)
    return CheckedLinks(on=day, links={url: line.link for url, line in lines.items()}, source_path=path), ()


def read_lines(body: bytes) -> Mapping[str, Line]:
    """The lines by address. Raises Unreadable."""
    if len(body) > MOST_BYTES:
        raise Unreadable(None, f"the file has {len(body):,} bytes; findings of links may have {MOST_BYTES:,}")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(body[: error.start].count(b"\n") + 1, "the file is not UTF-8") from error
    rows, found = csv.reader(io.StringIO(text, newline=""), strict=True), dict[str, Line]()
    try:
        if tuple(next(rows, ())) != COLUMNS:
            raise Unreadable(1, f"the first line should be {','.join(COLUMNS)}")
        for row in rows:
            if row:
                line = _line(row, rows.line_num)
                if line.link.url in found:
                    raise Unreadable(rows.line_num, f"{line.link.url[:200]} stands here a second time")
                found[line.link.url] = line
    except csv.Error as error:
        raise Unreadable(rows.line_num or 1, f"the line is no CSV: {error}") from error
    return found


def _line(row: list[str], number: int) -> Line:
    if len(row) != len(COLUMNS):
        raise Unreadable(number, f"the line has {len(row)} fields; there should be {len(COLUMNS)}")
    url, is_well, status, says, checked = row
    if is_well not in ("true", "false"):
        raise Unreadable(number, f'is_well "{is_well[:40]}" is neither true nor false')
    if status and not (status.isascii() and status.isdecimal() and len(status) == 3):
        raise Unreadable(number, f'status "{status[:40]}" is not one of HTTP')
    try:
        day = date.fromisoformat(checked)
    except ValueError as error:
        raise Unreadable(number, f'checked "{checked[:40]}" is not a date') from error
    return Line(link=CheckedLink(url=url, is_well=is_well == "true", status=int(status) if status else None, says=says),
                checked=day)


def written_lines(lines: Iterable[Line]) -> bytes:
    """The file of these lines, by address."""
    stream = io.StringIO(newline="")
    out = csv.writer(stream, lineterminator="\n")
    out.writerow(COLUMNS)
    for each in sorted(lines, key=lambda line: line.link.url):
        link = each.link
        out.writerow((link.url, "true" if link.is_well else "false", "" if link.status is None else link.status, link.says,
                      each.checked.isoformat()))
    return stream.getvalue().encode()


def _problem(path: str, line: int | None, says: str) -> Problem:
    where = Location(path=path, line=line, column=1 if line else None)
    return Problem(code="links-unreadable", where=where, says=says, fix=FIX)
