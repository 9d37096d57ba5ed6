"""`index.json` beside each brief for a meeting: what the page lists, with the day that it was drawn up for."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.filled import filled
from cityfolio.feeds.goals_json import status_counts
from cityfolio.feeds.index_entries import Json, linked
from cityfolio.feeds.measure_json import standing_json, written
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.measured import Goal, Measure
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.brief import ActionWork, Brief, DueNext, FollowUpWork, Signal, StatusChange, brief
from cityfolio.pages.briefs import brief_publishers


def brief_files(catalog: Catalog, build: Build) -> Iterator[Output]:
    """The brief of the city and of each publisher that answers for something; none where a city has no goals."""
    if not (catalog.goals or catalog.measures):
        return
    owners = brief_publishers(catalog)
    feed = routes.index_url(routes.BRIEFS)
    others = [{"id": each.id} | linked(feed, routes.brief_url(each.id), each.title, build) for each in owners]
    made = brief(catalog.measures, catalog.goals, build.today)
    yield _output(feed, _brief(catalog.site.name, routes.BRIEFS, made, build) | filled({"briefs": others}), "measures/")
    for each in owners:
        page, made = routes.brief_url(each.id), brief(catalog.measures, catalog.goals, build.today, each.id)
        feed = routes.index_url(page)
        owner = {"id": each.id} | linked(feed, routes.publisher_url(each.id), each.title, build)
        yield _output(feed, _brief(each.title, page, made, build) | {"publisher": owner}, each.source_path)


def _output(url: str, body: Json, source: str) -> Output:
    return Output(url=url, body=orjson.dumps(body), media_type="application/json", kind="feed", source=source)


def _brief(title: str, page: str, made: Brief, build: Build) -> Json:
    feed = routes.index_url(page)
    said: Json = {"title": title, "url": address(feed, page, build), "day": build.today.isoformat()}
    return said | filled({"last_review": written(made.review) if made.review else ""}) | {
        "counts": status_counts(made.measures),
        "changes": [_change(each, feed, build) for each in made.changes],
        "signals": [_signal(each, feed, build) for each in made.signals],
        "overdue": [_action(each, feed, build) for each in made.overdue],
        "follow_ups": [_follow_up(each, feed, build) for each in made.follow_ups],
        "missing": [_link(each, feed, build) | {"status": each.status} for each in made.missing],
        "due": [_due(each, feed, build) for each in made.due],
    }


def _link(held: Goal | Measure, feed: str, build: Build) -> Json:
    page = routes.goal_url(held.id) if isinstance(held, Goal) else routes.measure_url(held.id)
    return {"id": held.id} | linked(feed, page, held.title, build)


def _change(change: StatusChange, feed: str, build: Build) -> Json:
    return {"measure": _link(change.measure, feed, build), "before": standing_json(change.before),
            "after": standing_json(change.after)} | filled({"review": written(change.review) if change.review else ""})


def _signal(signal: Signal, feed: str, build: Build) -> Json:
    return {"measure": _link(signal.measure, feed, build), "periods": list(signal.periods)}


def _action(work: ActionWork, feed: str, build: Build) -> Json:
    return {"of": _link(work.held, feed, build)} | filled({"owner": work.owner}) | {"action": written(work.record)}


def _follow_up(work: FollowUpWork, feed: str, build: Build) -> Json:
    return {"of": _link(work.held, feed, build)} | filled(
        {"owner": work.owner, "review": written(work.review) if work.review else ""}) | {"follow_up": written(work.record)}


def _due(due: DueNext, feed: str, build: Build) -> Json:
    return {"of": _link(due.held, feed, build), "day": due.day.isoformat(), "kind": due.kind, "what": due.what}
