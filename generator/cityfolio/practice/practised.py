"""A catalog with everything that is known of how it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build, Catalog
from cityfolio.practice.assess import assessments
from cityfolio.practice.facts import facts
from cityfolio.practice.filed import filed
from cityfolio.practice.health import health
from cityfolio.problems import Problem


def practised(catalog: Catalog, loaded: Loaded, build: Build, problems: Iterable[Problem]) -> Catalog:
    """Add what was filed, then health, then facts that rest on both, then the answers to standards that rest on facts."""
    known = replace(filed(loaded), past_health=build.past_health, links=loaded.checked_links, usage=loaded.usage)
    catalog = replace(catalog, practice=known)
    known = replace(known, health=health(catalog, loaded, build, problems, known.links))
    catalog = replace(catalog, practice=known)
    known = replace(known, facts=facts(catalog, build))
    return replace(catalog, practice=replace(known, assessments=assessments(loaded, known.facts, build)))
