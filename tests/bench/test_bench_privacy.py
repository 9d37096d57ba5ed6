"""How fast cells are searched for personal data, beside a plain scan for the same forms. Nothing is asserted of time."""

from __future__ import annotations

import re
from time import process_time

import pytest

from cityfolio.privacy.detect import personal_findings
from cityfolio.privacy.seen import SeenColumn
from privacy.making_people import a_table
from privacy.making_strangers import strangers
from privacy.scoring import scored

pytestmark = pytest.mark.bench
# What a scanner that knows cells alone looks for: no headers, no checksums, no spread of values.
NAIVE = tuple(re.compile(form) for form in (
    r"\b\d{3}[- ]?\d{2}[- ]?\d{4}\b", r"\b(?:\d[ -]?){13,16}\b", r"\b(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}\b",
    r"[\w.+-]+@[\w-]+\.[\w.]+", r"\b\d{1,2}[/-]\d{1,2}[/-]\d{4}\b",
    r"\b\d+ [A-Z]\w+ (?:St|Street|Ave|Avenue|Rd|Road|Dr|Drive)\b",
    r"\b[A-Z][a-z]+ [A-Z][a-z]+\b", r"\b[A-Z]{3}[- ]?\d{4}\b", r"-?\d{1,3}\.\d{5,}",
))


def naive(columns: tuple[SeenColumn, ...]) -> set[str]:
    """The columns in which one of ten cells has one of the forms."""
    hits = {column.name: sum(any(form.search(cell or "") for form in NAIVE) for cell in column.cells.to_pylist())
            for column in columns}
    return {column.name for column in columns if hits[column.name] * 10 >= len(column.cells)}


@pytest.mark.parametrize("rows", [1_000, 20_000, 100_000])
def test_cells_a_second(rows: int) -> None:
    made = a_table(seed=1, rows=rows)
    cells = rows * len(made.columns)

    started = process_time()
    found = {finding.column for finding in personal_findings(made.columns)}
    ours = process_time() - started
    started = process_time()
    peers = naive(made.columns)
    theirs = process_time() - started

    harmless = {name for name, kind in made.kinds.items() if not kind}
    print(f"\n{rows:,} rows: {cells / ours:,.0f} cells a CPU second, {theirs / ours:.1f} times a plain scan's"
          f"; wrongly flagged {len(found & harmless)} of {len(harmless)}, by the plain scan {len(peers & harmless)}")


def test_recall_and_false_flags() -> None:
    print()
    for name, tables in (
        ("made up, 20 seeds", ((made.title, made.columns, [made.kinds[each.name] for each in made.columns])
                               for made in map(a_table, range(20)))),
        ("held out, 20 seeds", ((made.title, made.columns, made.kinds) for seed in range(20) for made in strangers(seed))),
    ):
        print(f"{name}: {scored(tables)}")
