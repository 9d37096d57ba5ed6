"""The rows of one indicator: a long table with `Year` first and `Value` last, mended until it can be read by anybody."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from cityfolio.frozen import Frozen, field as member, replace
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.names import unused

Cells = tuple[str, ...]

DELIMITERS = (",", ";", "\t", "|")
# Columns that do not tell groups of people or places apart; the names are those of Open SDG and of SDMX's global SDG structure.
YEAR = ("year", "time period", "timeperiod", "time_period")
VALUE = ("value", "obs value", "obs_value")
SERIES = ("series",)
UNITS = ("units", "unit measure", "unit_measure", "unit of measure")
MULTIPLIER = ("unit multiplier", "unit_mult", "unit multiplicator")
BESIDE = frozenset({
    "observation status", "obs_status", "geocode", "geo code", "progress", "time_detail", "time detail", "comment_obs",
    "comment_ts", "comment", "comments", "nature", "source_detail", "source", "footnote", "footnotes", "reporting_type",
    "reporting type", "freq", "frequency", "base_per", "upper bound", "lower bound", "upper_bound", "lower_bound",
})


class Roles(Frozen, kw_only=True):
    """Which column is what."""

    year: str = ""
    value: str = ""
    series: str = ""
    units: tuple[str, ...] = ()
    multiplier: str = ""
    groups: tuple[str, ...] = ()  # the disaggregations

    @property
    def is_complete(self) -> bool:
        """Whether something can be measured."""
        return bool(self.year and self.value)


class Table(Frozen, kw_only=True):
    """A header and rows of as many cells each."""

    header: Cells
    rows: tuple[Cells, ...]
    is_changed: bool = False      # not what the file says, so it has to be written anew
    added: tuple[str, ...] = ()   # columns that the file does not have
    blank: int = 0                # rows of the file without any value, which are left out
    roles: Roles = member(default_factory=Roles)

    def column(self, name: str) -> Cells:
        """The cells of a column."""
        at = self.header.index(name)
        return tuple(row[at] for row in self.rows)

    def having(self, name: str, cells: Sequence[str]) -> tuple[Table, str]:
        """The table with one more column, and what that column is called."""
        given = unused(name, {each.casefold() for each in self.header} | set(self.header))
        rows = tuple((*row, cell) for row, cell in zip(self.rows, cells, strict=True))
        return replace(self, header=(*self.header, given), rows=rows, is_changed=True, added=(*self.added, given)), given

    def text(self) -> str:
        """The table as CSV (RFC 4180, with line feeds)."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return out.getvalue()


def read_table(content: bytes, ledger: Ledger) -> Table | str:
    """The table in a CSV file, or why there is none. Everything that is mended is written down."""
    text, is_utf_8 = _decoded(content)
    delimiter = _delimiter(text)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        return f"it is not CSV: {error}"
    header, *rows = lines or [[]]
    if not any(name.strip() for name in header):
        return "it has no row of names"
    mended = _Mending(ledger)
    if "\r" in text and "\n" not in text:
        mended.note("mended", "lines that end as on old Macintosh machines")
    if not is_utf_8:
        mended.note("mended", "read as Windows-1252, because it is not UTF-8")
    if delimiter != ",":
        mended.note("mended", "columns divided by commas", delimiter, ",")
    cleaned = [mended.row(row) for row in rows if row]
    kept = [row for row in cleaned if any(row)]
    if len(kept) < len(cleaned):
        mended.note("left-out", "rows without any value", f"{len(cleaned) - len(kept):,}")
    names, kept = mended.names(header, kept)
    mended.finish()
    table = Table(header=tuple(names), rows=tuple(map(tuple, kept)), is_changed=mended.is_changed,
                  blank=len(cleaned) - len(kept))
    return replace(table, roles=roles_of(table.header, mended.unnamed))


def roles_of(header: Sequence[str], unnamed: Collection[str] = ()) -> Roles:
    """What each column is, by its name in any case. One without a name of its own tells no groups apart."""
    by_name = {name.casefold(): name for name in reversed(header)}

    def first(names: Sequence[str]) -> str:
        return next((by_name[name] for name in names if name in by_name), "")

    year, value, series, multiplier = map(first, (YEAR, VALUE, SERIES, MULTIPLIER))
    units = tuple(name for name in header if name.casefold() in UNITS)
    taken = {year, value, series, multiplier, *units, *unnamed}
    return Roles(year=year, value=value, series=series, units=units, multiplier=multiplier,
                 groups=tuple(name for name in header if name not in taken and name.casefold() not in BESIDE))


@dataclass(slots=True)
class _Mending:
    """What is mended of a table on its way."""

    ledger: Ledger
    is_changed: bool = False
    trimmed: Counter[str] = field(default_factory=Counter)
    unnamed: set[str] = field(default_factory=set)

    def note(self, kind: str, why: str, before: str = "", after: str = "") -> None:
        """Write down that the file is not as it was."""
        self.is_changed = True
        self.ledger.note("left-out" if kind == "left-out" else "mended", "(rows)", why, before, after)

    def row(self, cells: Sequence[str]) -> list[str]:
        """A row without spaces around its cells."""
        made = [cell.strip() for cell in cells]
        self.trimmed.update(before for before, after in zip(cells, made, strict=True) if before != after)
        return made

    def names(self, header: Sequence[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
        """A name for each column, each once; empty columns without a name are left out, and rows made equally long."""
        width = max([len(header), *(len(row) for row in rows)])
        ragged = sum(len(row) != len(header) for row in rows)
        padded = [[*row, *[""] * (width - len(row))] for row in rows]
        given = [re.sub(r"\s+", " ", name.strip()) for name in (*header, *[""] * (width - len(header)))]
        chosen = [at for at, name in enumerate(given) if name or any(row[at] for row in padded)]
        if len(chosen) < width:
            self.note("left-out", "columns without a name and without values", f"{width - len(chosen):,}")
        if ragged:
            self.note("mended", "rows with more or fewer cells than the header made as long as the others", f"{ragged:,}")
        made: list[str] = []
        for at in chosen:
            name = given[at] or f"Column {at + 1}"
            made.append(next(each for each in (name, *(f"{name} ({number})" for number in range(2, width + 3)))
                             if each not in made))
            before = header[at] if at < len(header) else ""
            if not given[at]:
                self.unnamed.add(made[-1])
            if made[-1] != before:
                self.note("mended", "the name of a column straightened", before, made[-1])
        return made, [[row[at] for at in chosen] for row in padded]

    def finish(self) -> None:
        """Write down what was done to many cells."""
        if self.trimmed:
            count = self.trimmed.total()
            self.note("mended", "spaces around cells removed", f"{count:,} cells, such as {next(iter(self.trimmed))!r}")


def _decoded(content: bytes) -> tuple[str, bool]:
    try:
        return content.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), False


def _delimiter(text: str) -> str:
    first = next(iter(text.splitlines()), "")
    return max(DELIMITERS, key=first.count)
