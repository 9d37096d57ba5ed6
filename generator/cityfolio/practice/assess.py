"""Standards answered from the tables of facts and from what the city attests."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.load.loaded import Loaded
from cityfolio.model.assessment import Assessment, FactsTable
from cityfolio.model.catalog import Build


def assessments(loaded: Loaded, facts: Mapping[str, FactsTable], build: Build) -> tuple[Assessment, ...]:
    """The standards that the city assesses itself by, each answered."""
    return ()
