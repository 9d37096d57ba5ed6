"""What happens on which day: releases, reviews, meetings, reports, promises and updates that are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.lately import found_lately
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.pages import routes
from cityfolio.pages.words import Words
from cityfolio.practice.commitment_days import is_unsettled

CalendarKind = Literal["release", "review", "rule", "meeting", "report", "commitment", "update"]
KINDS: tuple[CalendarKind, ...] = ("release", "commitment", "report", "review", "rule", "meeting", "update")
OFTEN_DAYS = 7        # what is renewed at least so often is no entry of a calendar


class CalendarDay(Frozen, kw_only=True, gc=False):
    """Something that happens, or is due, on a day."""

    kind: CalendarKind
    day: date
    of: str              # the id of the dataset, rule, goal or commitment: with the kind it names the entry, whatever day it is
    title: str
    who: str = ""        # the title of the publisher that does it
    page: str            # site path
    since: date | None = None   # a day on which it was known, as somebody wrote it down
    is_often: bool = False      # an update of data that is renewed every week or more often


@found_lately
def calendar_days(catalog: Catalog) -> tuple[CalendarDay, ...]:
    """Everything that has a day, in order of time."""
    return tuple(sorted(_found(catalog),
                        key=lambda each: (each.day, KINDS.index(each.kind), each.title.casefold(), each.of)))


def has_calendar(catalog: Catalog, today: date) -> bool:
    """Whether there is a page of days: data that comes every week or more often has none of its own until it is overdue."""
    return any(not each.is_often or is_overdue(each, today) for each in _found(catalog))


def has_days_for_calendars(catalog: Catalog) -> bool:
    """Whether there are entries of calendars that people subscribe to."""
    return any(not each.is_often for each in _found(catalog))


def days_for_calendars(catalog: Catalog) -> tuple[CalendarDay, ...]:
    """The entries of calendars that people subscribe to: all but updates that come every week or more often."""
    return tuple(each for each in calendar_days(catalog) if not each.is_often)


def _found(catalog: Catalog) -> Iterator[CalendarDay]:
    """Everything that has a day, each found when it is asked for."""
    titles = {each.id: each.title for each in catalog.publishers}
    yield from _of_datasets(catalog.datasets, titles)
    yield from _of_rules(catalog, titles)
    yield from _of_goals(catalog)
    yield from _of_commitments(catalog, titles)


def sentence(entry: CalendarDay, words: Words) -> Markup:
    """What happens, for calendars: the title with what becomes of it."""
    _, title = words.gettext, entry.title
    match entry.kind:
        case "release":
            return _("Data to be released: %(title)s", title=title)
        case "review":
            return _("Data to be weighed again: %(title)s", title=title)
        case "update":
            return _("Data to be updated: %(title)s", title=title)
        case "meeting":
            return _("Meeting: %(title)s", title=title)
        case "rule":
            return _("Rule to be looked at again: %(title)s", title=title)
        case "report":
            return _("Report on the goal: %(title)s", title=title)
        case "commitment":
            return _("Promised: %(title)s", title=title)


def is_overdue(entry: CalendarDay, today: date) -> bool:
    """Whether a day has passed on which something should have been done. A meeting is over, not overdue."""
    return entry.kind != "meeting" and entry.day < today


def kind_words(words: Words) -> dict[CalendarKind, Markup]:
    """What kind of day it is."""
    _ = words.gettext
    return {"release": _("Release"), "review": _("Review of data"), "rule": _("Review of a rule"), "meeting": _("Meeting"),
            "report": _("Report on a goal"), "commitment": _("Commitment"), "update": _("Update")}


def _is_often(dataset: Dataset) -> bool:
    every = dataset.record.frequency
    return every is not None and not every.months and every.days <= OFTEN_DAYS


def _of_datasets(datasets: Iterable[Dataset], titles: dict[str, str]) -> Iterator[CalendarDay]:
    for each in datasets:
        release, review, page = each.record.release, each.record.release_review, routes.dataset_url(each.id)
        owner = each.publisher.title if each.publisher else ""
        if each.status == "planned" and release and release.on:
            yield CalendarDay(kind="release", day=release.on, of=each.id, title=each.title, page=page,
                              who=titles.get(release.owner or "", owner), since=max(release.earlier, default=None))
        if each.status != "retired" and review and review.expires:
            yield CalendarDay(kind="review", day=review.expires, of=each.id, title=each.title, page=page, since=review.on,
                              who=review.reviewer or owner)
        if each.status == "published" and each.freshness.due:
            yield CalendarDay(kind="update", day=each.freshness.due, of=each.id, title=each.title, page=page,
                              is_often=_is_often(each),
                              who=owner, since=each.updated)


def _of_rules(catalog: Catalog, titles: dict[str, str]) -> Iterator[CalendarDay]:
    for rule in catalog.practice.rules:
        record, page, owner = rule.record, routes.rule_url(rule.id), titles.get(rule.record.owner or "", "")
        if record.held:
            yield CalendarDay(kind="meeting", day=record.held, of=rule.id, title=rule.title, page=page, who=owner)
        if record.review_by:
            yield CalendarDay(kind="rule", day=record.review_by, of=rule.id, title=rule.title, page=page, who=owner,
                              since=record.reviewed or record.adopted)


def _of_goals(catalog: Catalog) -> Iterator[CalendarDay]:
    for goal in catalog.goals:
        if goal.record.next_report:
            held = [each.date for each in goal.record.reviews if each.date]
            yield CalendarDay(kind="report", day=goal.record.next_report, of=goal.id, title=goal.title,
                              page=routes.goal_url(goal.id), who=goal.owner.title if goal.owner else "",
                              since=max(held, default=None))


def _of_commitments(catalog: Catalog, titles: dict[str, str]) -> Iterator[CalendarDay]:
    for each in catalog.practice.commitments:
        if each.record.due and is_unsettled(each.record):
            yield CalendarDay(kind="commitment", day=each.record.due, of=each.id, title=each.title,
                              page=f"{routes.COMMITMENTS}#commitment-{each.id}", who=titles.get(each.record.owner or "", ""),
                              since=each.record.promised)
