"""The reference page about the tables of facts, drawn from their declarations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.practice.fact_columns import FACT_COLUMNS, INVENTORY

INTRODUCTION = """\
<!-- Written by `make docs` from the program. Change it there. -->

# Tables of facts

The checks of a standard ask these tables; see [standards as data](standards-as-data.md). Each row has an `id`. A fact that is
not known is empty, and no comparison with it holds; ask for it with `is null`.

Every site has the table `datasets` as `/inventory/inventory.csv`. A site that assesses itself by a standard has the others
under `/practice/facts/`, so that anybody can repeat what was asked. Columns may be added; none is renamed or taken away.
"""
TABLES: Mapping[str, str] = {
    "datasets": "A row for each dataset that the city holds, published or not.",
    "files": "A row for each file of a published dataset.",
    "columns": "A row for each column of a file that was read as a table, sensitive ones included.",
    "publishers": "A row for each publisher.",
    "goals": "A row for each goal.",
    "measures": "A row for each measure.",
    "commitments": "A row for each file in `commitments/`.",
    "requests": "A row for each request for data, from `requests/`.",
    "uses": "A row for each file in `uses/`.",
    "rules": "A row for each rule and each meeting in `policy/`.",
    "guides": "A row for each guide in `guides/`.",
    "site": "One row about the site as a whole.",
}


def facts_reference() -> str:
    """The page about every column of every table of facts, as Markdown."""
    return "\n".join([INTRODUCTION, *_sections()])


def _sections() -> Iterator[str]:
    for table, columns in FACT_COLUMNS.items():
        address = "/inventory/inventory.csv" if table == INVENTORY else f"/practice/facts/{table}.csv"
        rows = "".join(f"| `{name}` | {column.type} | {column.says} |\n" for name, column in columns.items())
        yield f"## {table}\n\n{TABLES[table]} `{address}`\n\n| column | type | what it says |\n| --- | --- | --- |\n{rows}"
