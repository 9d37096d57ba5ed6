"""Small cities with everything that a build knows of how they are kept."""

from __future__ import annotations

from collections.abc import Mapping

from cities import a_bench, a_build, a_city, loaded, with_files
from cityfolio.check import check
from cityfolio.check.tables import check_tables
from cityfolio.files import MemoryTree
from cityfolio.link import Computed, link
from cityfolio.measures.measured import measured
from cityfolio.model.assessment import Assessment
from cityfolio.model.catalog import Catalog
from cityfolio.practice.assess import assessed
from cityfolio.practice.practised import practised
from cityfolio.practice.shipped import standards_of
from cityfolio.tables.published import read_tables

Files = Mapping[str, str | bytes]
Row = Mapping[str, object]


def practised_city(files: Files, **build: object) -> Catalog:
    """The catalog that a build would draw pages from, but for downloads."""
    given, told = loaded(files), a_build(**build)
    bench = a_bench(MemoryTree(files))
    tables = read_tables(given, bench)
    figures = measured(given, tables, told, bench)
    return practised(link(given, tables, told, Computed(measures=figures.by_id)), given, told,
                     (*check(given, told), *check_tables(given, tables)))


def row_of(files: Files, table: str, identifier: str, **build: object) -> Row:
    """A row of a table of facts."""
    return next(row for row in practised_city(files, **build).practice.facts[table].rows if row["id"] == identifier)


def a_city_with(changed: Mapping[str, str | bytes | None]) -> dict[str, str | bytes]:
    """The sound city with files added, replaced or (None) left out."""
    return with_files(a_city(), changed)


def assessed_city(files: Files, standard: str = "charter", **build: object) -> Assessment:
    """A city's answers to a standard."""
    given = loaded(files)
    return assessed(standards_of(given)[standard], given, practised_city(files, **build).practice.facts, a_build(**build))
