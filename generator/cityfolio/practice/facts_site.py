"""Facts about publishers, and the one row about the site as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from cityfolio.link import first_contact
from cityfolio.model.catalog import Catalog, Publisher
from cityfolio.model.practice import RuleRecord
from cityfolio.model.practised import Filed
from cityfolio.practice.past_days import days_since, months_before
from cityfolio.practice.request_days import is_waiting

Row = Mapping[str, object]
YEAR_MONTHS = 12


def publisher_facts(catalog: Catalog) -> Iterator[Row]:
    """A row for each publisher."""
    goals = Counter(goal.owner.id for goal in catalog.goals if goal.owner)
    measures = Counter(measure.owner.id for measure in catalog.measures if measure.owner)
    requests = [each.record for each in catalog.practice.requests if each.record.owner]
    asked, waiting = (Counter(each.owner for each in requests), Counter(each.owner for each in requests if is_waiting(each)))
    for publisher in catalog.publishers:
        yield {
            "id": publisher.id, "title": publisher.title,
            "has_contact": first_contact(publisher.record.contact) is not None,
            "has_description": bool(publisher.record.description), "parent": publisher.record.parent,
            **_counted(publisher), "goals": goals[publisher.id], "measures": measures[publisher.id],
            "requests": asked[publisher.id], "requests_open": waiting[publisher.id],
        }


def _counted(publisher: Publisher) -> Row:
    held = Counter(dataset.status for dataset in publisher.datasets)
    late = sum(each.status == "published" and each.freshness.state == "late" for each in publisher.datasets)
    return {"datasets": len(publisher.datasets), "published": held["published"], "planned": held["planned"],
            "restricted": held["restricted"], "retired": held["retired"], "late": late,
            "inventoried": bool(publisher.datasets)}


def site_facts(catalog: Catalog, today: date) -> Row:
    """The one row about the site."""
    site, practice = catalog.site, catalog.practice
    listed = sum(bool(each.datasets) for each in catalog.publishers)
    meetings = [each for each in practice.rules if _held_within_a_year(each, today)]
    links = practice.links
    return {
        "id": "site", "today": today, "has_contact": first_contact(site.contact) is not None,
        "has_repository": site.repository is not None, "has_license": site.license is not None,
        "publishers": len(catalog.publishers), "publishers_inventoried": listed,
        "share_inventoried": round(listed / len(catalog.publishers), 4) if catalog.publishers else None,
        "datasets": len(catalog.datasets), "published": len(catalog.published),
        "topics": sum(bool(each.datasets) for each in catalog.topics), "languages": len(site.languages),
        "policies": sum(each.record.kind == "policy" for each in practice.rules), "meetings_last_year": len(meetings),
        "minutes_last_year": sum(bool(each.body.strip() or each.record.link) for each in meetings),
        "has_usage": bool(practice.usage), "days_since_links_checked": days_since(links.on, today) if links else None,
        "broken_links": sum(not each.is_well for each in links.links.values()) if links else None,
        "has_feed": True, "has_search": True, "has_bulk": True,
    }


def _held_within_a_year(rule: Filed[RuleRecord], today: date) -> bool:
    held = rule.record.held
    return rule.record.kind == "meeting" and held is not None and months_before(today, YEAR_MONTHS) <= held <= today
