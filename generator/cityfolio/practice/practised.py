"""A catalog with everything that is known of how it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from cityfolio.load.drafts import is_of_a_draft, without_drafts
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build, Catalog
from cityfolio.practice.assess import assessments
from cityfolio.practice.facts import facts
from cityfolio.practice.filed import filed
from cityfolio.practice.health import health
from cityfolio.problems import Problem


def practised(catalog: Catalog, loaded: Loaded, build: Build, problems: Iterable[Problem],
              document_faults: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> Catalog:
    """Add what was filed, then health, then facts that rest on both, then the answers to standards that rest on facts.

    `document_faults` are those of attached documents, as `attached_faults` finds them.
    """
    problems = [each for each in problems if not is_of_a_draft(loaded, each.where.path)]
    loaded = without_drafts(loaded)
    known = replace(filed(loaded), past_health=build.past_health,
                    past_left_out=build.past_left_out, links=loaded.checked_links, usage=loaded.usage,
                    problems=tuple(problems), document_faults=document_faults)
    catalog = replace(catalog, practice=known)
    known = replace(known, health=health(catalog, loaded, build, known.problems, known.links))
    catalog = replace(catalog, practice=known)
    known = replace(known, facts=facts(catalog, build))
    return replace(catalog, practice=replace(known, assessments=assessments(loaded, known.facts, build)))
