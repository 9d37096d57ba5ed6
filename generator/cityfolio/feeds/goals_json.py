"""`/goals/goals.json`, and what the pages of measures say for programs. Others may rely on its keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.filled import filled
from cityfolio.feeds.index_entries import Json, linked
from cityfolio.feeds.measure_json import goal_link, measure_entry, measure_index, standing_json, written
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.measured import STATUSES, Goal, Measure, Priority, Ref
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.markdown import words_only
from cityfolio.pages.measure_changes import MeasureChange, changes
from cityfolio.pages.standings import status_meanings, status_words
from cityfolio.pages.words import ENGLISH, Words

# Of a goal, by the keys of its file. Its measures tell of their own actions and reviews.
GOAL_KEYS = ("description", "why", "plan", "topics", "next_report", "actions", "reviews", "heard")


def goal_files(catalog: Catalog, build: Build, words: Words = ENGLISH) -> Iterator[Output]:
    """Every goal beside its page, and all in one file and beside the overview; every measure, and the pages about measures."""
    for goal in catalog.goals:
        feed = routes.index_url(routes.goal_url(goal.id))
        yield _output(feed, _goal(goal, feed, build), goal.source_path)
    if catalog.goals or catalog.measures:
        feed = routes.index_url(routes.GOALS)
        yield _output(feed, _goals(catalog, feed, build), "goals/")
    if not catalog.measures:
        return
    yield _output(routes.GOALS_JSON, _goals(catalog, routes.GOALS_JSON, build), "goals/")
    for measure in catalog.measures:
        feed = routes.index_url(routes.measure_url(measure.id))
        yield _output(feed, measure_index(measure, feed, build), measure.source_path)
    feed = routes.index_url(routes.MEASURES)
    yield _output(feed, {"title": catalog.site.name, "url": address(feed, routes.MEASURES, build),
                         "counts": status_counts(catalog.measures),
                         "measures": [measure_entry(each, feed, build) for each in catalog.measures]}, "measures/")
    feed = routes.index_url(routes.METHOD)
    yield _output(feed, {"title": catalog.site.name, "url": address(feed, routes.METHOD, build), "statuses": _statuses(words)},
                  "measures/")
    feed = routes.index_url(routes.MEASURE_CHANGES)
    moved = [_change(each, feed, build) for each in changes(catalog.measures, build.today)]
    yield _output(feed, {"title": catalog.site.name, "url": address(feed, routes.MEASURE_CHANGES, build), "changes": moved},
                  "measures/")


def status_counts(measures: Iterable[Measure]) -> dict[str, int]:
    """How many measures have each status that occurs. Never a mean, which would hide the worst."""
    found = Counter(each.status for each in measures)
    return {status: found[status] for status in STATUSES if found[status]}


def _output(url: str, body: Json, source: str) -> Output:
    return Output(url=url, body=orjson.dumps(body), media_type="application/json", kind="feed", source=source)


def _goals(catalog: Catalog, feed: str, build: Build) -> Json:
    loose = [each for each in catalog.measures if each.goal is None]
    return {"title": catalog.site.name, "url": address(feed, routes.GOALS, build), "counts": status_counts(catalog.measures),
            "goals": [_goal(each, feed, build) for each in catalog.goals]} | filled({
                "priorities": [_priority(each) for each in catalog.priorities],
                "measures_without_goal": [measure_entry(each, feed, build) for each in loose]})


def _priority(priority: Priority) -> Json:
    measures = [measure for goal in priority.goals for measure in goal.measures]
    said: Json = {"id": priority.id, "title": priority.title}
    return said | filled({"description": priority.record.description, "plan": priority.record.plan,
                          "goals": [each.id for each in priority.goals], "counts": status_counts(measures)})


def _goal(goal: Goal, feed: str, build: Build) -> Json:
    record = goal.record
    return goal_link(Ref(id=goal.id, title=goal.title), feed, build) | filled({
        "priority": {"id": goal.priority.id, "title": goal.priority.title} if goal.priority else {},
        "owner": {"id": goal.owner.id} | linked(feed, routes.publisher_url(goal.owner.id), goal.owner.title, build)
        if goal.owner else {},
    }) | filled({name: written(getattr(record, name)) for name in GOAL_KEYS}) | {
        "counts": status_counts(goal.measures),
        "headline": measure_entry(goal.headline, feed, build) if goal.headline else None,
        "measures": [measure_entry(each, feed, build) for each in goal.measures],
    }


def _statuses(words: Words) -> list[Json]:
    """Every status: its name in files, its word in pages, and what it says."""
    named, meant = status_words(words), status_meanings(words)
    return [{"status": each, "word": words_only(named[each]), "meaning": words_only(meant[each])} for each in STATUSES]


def _change(change: MeasureChange, feed: str, build: Build) -> Json:
    measure = change.measure
    said: Json = {"kind": change.kind, "day": change.day.isoformat(),
                  "measure": {"id": measure.id} | linked(feed, routes.measure_url(measure.id), measure.title, build)}
    if change.before and change.after:
        said |= {"before": standing_json(change.before), "after": standing_json(change.after)}
    if change.target:
        said["target"] = written(change.target)
    if change.former and change.observation:
        said["revision"] = written(change.former.revision)
    return said
