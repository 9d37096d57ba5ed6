"""`measures/ID/closed-rows.csv`: what is kept of the rows of closed periods, and which row is not as it was.

Rows are read again only when a period is closed and when a build refuses. Kept are sums alone, and only of rows that are
published.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

import orjson

from cityfolio.files import sha256
from cityfolio.frozen import Frozen
from cityfolio.measures.definition import Definition
from cityfolio.measures.sources import Source

COLUMNS = ("period", "rows", "fingerprint")
NUMBER = re.compile(r"\d{1,18}", re.ASCII)
RULES = "1"                       # raised when a fingerprint is made in another way
Answer = Mapping[str, Any]        # Any: what comes out of JSON that `row_changes` wrote


class Counted(Frozen, kw_only=True):
    """What a measure counts: rows of a published file, by a definition."""

    source: Source
    definition: Definition

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the file's primary key; none where it has none, or where not all of it is published."""
        names = self.source.job.file.primary_key
        return names if self.source.publishes(names) else ()

    @property
    def tag(self) -> str:
        """What tells one way of counting from another. Holidays are left aside: each year adds some."""
        each, period = self.definition, self.definition.period
        parts = [RULES, each.what, each.of, str(each.share), each.good, each.where, each.dated, each.by, period.grain,
                 period.fiscal_year_start, period.timezone, self.key]
        return sha256(orjson.dumps(parts))[:8]


class ClosedRows(Frozen, kw_only=True):
    """What was kept of the rows of one period."""

    period: str
    rows: int
    fingerprint: str              # the tag of the definition, "-", and the sums


class Asked(Frozen, kw_only=True):
    """What is asked of the rows of a measure: some periods, each with what was kept of it or nothing."""

    counted: Counted
    periods: Mapping[str, str]    # period -> fingerprint, or ""


def read_closed_rows(body: bytes) -> dict[str, ClosedRows]:
    """The file, by period; of several lines the last stands. A line that cannot be read is as good as none: it tells no row."""
    rows = csv.reader(StringIO(body.decode("utf-8-sig", "replace"), newline=""))
    found = {}
    try:
        for each in rows:
            if len(each) == len(COLUMNS) and NUMBER.fullmatch(each[1]):
                found[each[0]] = ClosedRows(period=each[0], rows=int(each[1]), fingerprint=each[2])
    except csv.Error:             # a cell that is longer than any that was written
        return found
    return found


def as_csv(lines: Iterable[ClosedRows], *, with_header: bool) -> str:
    """Lines as they stand in the file."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if with_header:
        writer.writerow(COLUMNS)
    writer.writerows((each.period, each.rows, each.fingerprint) for each in lines)
    return stream.getvalue()
