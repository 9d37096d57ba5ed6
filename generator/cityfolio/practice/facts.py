"""Tables of facts about the catalog, which the checks of standards ask.

Nothing rests on what is only made when the site is written, so a command finds the same facts as a build.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cityfolio.model.assessment import FactRow, FactsTable
from cityfolio.model.catalog import Build, Catalog
from cityfolio.practice.fact_columns import FACT_COLUMNS
from cityfolio.practice.facts_datasets import column_facts, dataset_facts, file_facts
from cityfolio.practice.facts_filed import commitment_facts, guide_facts, request_facts, rule_facts, use_facts
from cityfolio.practice.facts_performance import goal_facts, measure_facts
from cityfolio.practice.facts_site import publisher_facts, site_facts


def facts(catalog: Catalog, build: Build) -> Mapping[str, FactsTable]:
    """Every table of facts, by its name."""
    practice, today = catalog.practice, build.today
    rows: Mapping[str, Iterable[Mapping[str, object]]] = {
        "datasets": dataset_facts(catalog, build), "files": file_facts(catalog), "columns": column_facts(catalog),
        "publishers": publisher_facts(catalog), "goals": goal_facts(catalog, today), "measures": measure_facts(catalog, today),
        "commitments": commitment_facts(practice, today),
        "requests": request_facts(practice, catalog.site.requests.days, today), "uses": use_facts(practice),
        "rules": rule_facts(practice, today), "guides": guide_facts(practice), "site": [site_facts(catalog, today)],
    }
    return {name: facts_table(name, rows[name]) for name in FACT_COLUMNS}


def facts_table(name: str, rows: Iterable[Mapping[str, object]]) -> FactsTable:
    """A table of facts with these rows; what a row does not say is missing. Columns stand in their declared order."""
    columns = FACT_COLUMNS[name]
    places = {each: at for at, each in enumerate(columns)}
    return FactsTable(name=name, columns={each: column.says for each, column in columns.items()},
                      rows=tuple(FactRow(places, tuple(map(row.get, columns))) for row in rows))
