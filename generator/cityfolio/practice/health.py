"""The health of each dataset: named checks over its record and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.health import CheckedLinks, HealthCheck
from cityfolio.problems import Problem


def health(catalog: Catalog, loaded: Loaded, build: Build, problems: Iterable[Problem],
           links: CheckedLinks | None) -> Mapping[str, tuple[HealthCheck, ...]]:
    """The checks of each dataset, by its id."""
    return {}
