"""Tables of facts about the catalog, which the checks of standards ask."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.model.assessment import FactsTable
from cityfolio.model.catalog import Build, Catalog


def facts(catalog: Catalog, build: Build) -> Mapping[str, FactsTable]:
    """Every table of facts, by its name."""
    return {}
