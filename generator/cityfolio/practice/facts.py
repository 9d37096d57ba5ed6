"""Tables of facts about the catalog, which the checks of standards ask.

Nothing rests on what is only made when the site is written, so a command finds the same facts as a build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from cityfolio.model.assessment import FactRow, FactsTable
from cityfolio.model.catalog import Build, Catalog
from cityfolio.practice.fact_columns import FACT_COLUMNS
from cityfolio.practice.facts_datasets import column_facts, dataset_facts, file_facts
from cityfolio.practice.facts_filed import commitment_facts, guide_facts, request_facts, rule_facts, use_facts
from cityfolio.practice.facts_performance import goal_facts, measure_facts
from cityfolio.practice.facts_site import publisher_facts, site_facts

Rows = Callable[[], Iterable[Mapping[str, object]]]


class FactsTables(Mapping[str, FactsTable]):
    """Tables of facts by their names, each made when it is first asked for: without a standard hardly any is."""

    __slots__ = ("_made", "_rows")

    def __init__(self, rows: Mapping[str, Rows]) -> None:
        self._rows, self._made = rows, dict[str, FactsTable]()

    def __getitem__(self, name: str) -> FactsTable:
        if name not in self._made:
            self._made[name] = facts_table(name, self._rows[name]())
        return self._made[name]

    def is_made(self, name: str) -> bool:
        """Whether somebody asked for a table already."""
        return name in self._made

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def facts(catalog: Catalog, build: Build) -> Mapping[str, FactsTable]:
    """Every table of facts, by its name."""
    practice, today = catalog.practice, build.today
    rows: Mapping[str, Rows] = {
        "datasets": partial(dataset_facts, catalog, build), "files": partial(file_facts, catalog),
        "columns": partial(column_facts, catalog), "publishers": partial(publisher_facts, catalog),
        "goals": partial(goal_facts, catalog, today), "measures": partial(measure_facts, catalog, today),
        "commitments": partial(commitment_facts, practice, today),
        "requests": partial(request_facts, practice, catalog.site.requests.days, today), "uses": partial(use_facts, practice),
        "rules": partial(rule_facts, practice, today), "guides": partial(guide_facts, practice),
        "site": partial(_of_the_site, catalog, today),
    }
    return FactsTables({name: rows[name] for name in FACT_COLUMNS})


def _of_the_site(catalog: Catalog, today: date) -> list[Mapping[str, object]]:
    return [site_facts(catalog, today)]


def facts_table(name: str, rows: Iterable[Mapping[str, object]]) -> FactsTable:
    """A table of facts with these rows; what a row does not say is missing. Columns stand in their declared order."""
    columns = FACT_COLUMNS[name]
    places = {each: at for at, each in enumerate(columns)}
    return FactsTable(name=name, columns={each: column.says for each, column in columns.items()},
                      rows=tuple(FactRow(places, tuple(map(row.get, columns))) for row in rows))
