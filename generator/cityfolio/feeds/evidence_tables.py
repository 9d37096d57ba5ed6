"""Each table of facts that a standard asks, a row for each of its rows and a column for each check, with what was answered.

So a reader sees every row behind a number, however long the list, and finds all that a dataset falls short of in its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.model.assessment import Assessment, CheckAnswer, FactsTable
from cityfolio.model.catalog import Catalog
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.tables.exports.typed_rows import TypedColumn, TypedTable, Value, csv_of

COUNTS, SHORT = "counts", "falls short"


def evidence_tables(catalog: Catalog) -> Iterator[Output]:
    """The tables of each standard by which a city assesses itself."""
    for made in catalog.practice.assessments:
        for name, body in tables_of(made, catalog.practice.facts).items():
            yield Output(url=routes.evidence_table_url(made.id, name), body=body, media_type="text/csv", kind="feed",
                         source=made.source_path or "site.yaml")


def tables_of(made: Assessment, facts: Mapping[str, FactsTable]) -> dict[str, bytes]:
    """Each table that is asked, as CSV, in the order of the tables of facts."""
    asked = named_checks(made)
    return {name: csv_of(_table(facts[name], {key: each for key, each in asked.items() if each.check.table == name}))
            for name in asked_tables(made, facts)}


def asked_tables(made: Assessment, facts: Mapping[str, FactsTable]) -> tuple[str, ...]:
    """The tables of facts that a standard asks."""
    asked = {check.check.table for answer in made.answers.values() for check in answer.checks}
    return tuple(name for name in facts if name in asked)


def named_checks(made: Assessment) -> dict[str, CheckAnswer]:
    """Each check by a name: that of its criterion, with a number behind it where the criterion has several."""
    found = {}
    for criterion, answer in made.answers.items():
        for number, check in enumerate(answer.checks, start=1):
            found[criterion if len(answer.checks) == 1 else f"{criterion} {number}"] = check
    return found


def _table(facts: FactsTable, checks: Mapping[str, CheckAnswer]) -> TypedTable:
    columns = (TypedColumn(name="id", kind="text", says="The id of the row."),
               TypedColumn(name="title", kind="text", says="Its title."),
               *(TypedColumn(name=name, kind="text", says=each.query) for name, each in checks.items()))
    good, short = ([frozenset(getattr(each, kind)) for each in checks.values()] for kind in ("good", "short"))

    def line(row: Mapping[str, object]) -> tuple[Value, ...]:
        identifier = str(row["id"])
        answers = (COUNTS if identifier in counted else SHORT if identifier in lacking else ""
                   for counted, lacking in zip(good, short, strict=True))
        return (identifier, str(row.get("title") or ""), *answers)

    return TypedTable(name=facts.name, says="Rows with their answers.", columns=columns, key=("id",),
                      rows=tuple(line(row) for row in facts.rows))

