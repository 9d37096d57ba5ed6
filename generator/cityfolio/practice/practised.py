"""A catalog with everything that is known of how it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cityfolio.frozen import Frozen, field, replace
from cityfolio.load.drafts import is_of_a_draft, without_drafts
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build, Catalog
from cityfolio.practice.assess import assessments
from cityfolio.practice.facts import facts
from cityfolio.practice.filed import filed
from cityfolio.practice.health import health
from cityfolio.practice.known_health import KnownHealth
from cityfolio.problems import Problem


class Aside(Frozen, kw_only=True):
    """What is known of a catalog from elsewhere."""

    document_faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)     # as `attached_faults` finds them
    known_health: KnownHealth = field(default_factory=KnownHealth)


NOTHING = Aside()


def practised(catalog: Catalog, loaded: Loaded, build: Build, problems: Iterable[Problem], aside: Aside = NOTHING) -> Catalog:
    """Add what was filed, then health, then facts that rest on both, then the answers to standards that rest on facts."""
    problems = [each for each in problems if not is_of_a_draft(loaded, each.where.path)]
    loaded = without_drafts(loaded)
    known = replace(filed(loaded), past_health=build.past_health,
                    past_left_out=build.past_left_out, links=loaded.checked_links, usage=loaded.usage,
                    problems=tuple(problems), document_faults=aside.document_faults)
    catalog = replace(catalog, practice=known)
    known = replace(known, health=health(catalog, loaded, aside.known_health))
    catalog = replace(catalog, practice=known)
    known = replace(known, facts=facts(catalog, build))
    return replace(catalog, practice=replace(known, assessments=assessments(loaded, known.facts, build)))
