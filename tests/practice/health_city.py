"""Checks of health in small cities: `checks(a_city(...))["title"]`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from cities import a_bench, a_build
from cityfolio.check import check
from cityfolio.check.tables import check_tables
from cityfolio.files import MemoryTree
from cityfolio.link import link
from cityfolio.load.catalog import load
from cityfolio.model.catalog import Catalog
from cityfolio.model.health import CheckedLink, CheckedLinks, HealthCheck
from cityfolio.practice.known_health import KnownHealth
from cityfolio.practice.practised import Aside, practised
from cityfolio.tables.published import read_tables

Files = Mapping[str, str | bytes]


NOT_KNOWN = KnownHealth()


def kept(files: Files, links: CheckedLinks | None = None, faults: Mapping[str, tuple[str, ...]] | None = None,
         known: KnownHealth = NOT_KNOWN, **build: Any) -> Catalog:
    """A city with everything that is known of how it is kept."""
    tree, told = MemoryTree(files), a_build(**build)
    loaded = replace(load(tree), checked_links=links)
    tables = read_tables(loaded, a_bench(tree))
    problems = (*check(loaded, told), *check_tables(loaded, tables))
    aside = Aside(document_faults=faults or {}, known_health=known)
    return practised(link(loaded, tables, told), loaded, told, problems, aside)


def checks(files: Files, dataset: str = "trees", **given: Any) -> dict[str, HealthCheck]:
    """The checks of one dataset by their ids."""
    return {each.id: each for each in kept(files, **given).practice.health[dataset]}


def states(files: Files, dataset: str = "trees", **given: Any) -> dict[str, str]:
    """The state of each check of one dataset."""
    return {identifier: check.state for identifier, check in checks(files, dataset, **given).items()}


def found_links(**broken: str) -> CheckedLinks:
    """Findings about addresses: `found_links(a="404 Not Found")` is about https://example.gov/a; "" for one that is well."""
    links = [CheckedLink(url=f"https://example.gov/{name}", is_well=not says, status=None, says=says)
             for name, says in broken.items()]
    return CheckedLinks(on=date(2026, 6, 1), links={each.url: each for each in links}, source_path="links/2026-06-01.csv")
