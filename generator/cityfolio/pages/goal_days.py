"""The days on which something is due for goals and measures: reports, actions, what reviews agreed, targets, data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.measures.way import way_of
from cityfolio.model.catalog import Catalog
from cityfolio.model.measured import Goal, Measure
from cityfolio.model.performance import ActionRecord, FollowUpRecord
from cityfolio.model.periods import last_day
from cityfolio.pages import routes
from cityfolio.pages.goal_parts import datasets_of
from cityfolio.pages.measure_figures import target_words
from cityfolio.pages.words import Words

DueKind = Literal["report", "action", "follow-up", "target", "data"]


class GoalDay(Frozen, kw_only=True):
    """Something that is due on a day."""

    kind: DueKind
    day: date
    of: str             # the id of the goal, measure or dataset
    key: str = ""       # what tells it from others of its kind that are due for the same, whatever day that is
    title: Markup
    about: str          # the title of the goal, measure or dataset
    who: str = ""       # the title of the publisher that does it
    page: str           # site path
    since: date | None = None   # the day from which on it is known; None where nobody wrote one


def goal_days(catalog: Catalog, words: Words) -> tuple[GoalDay, ...]:
    """Everything that is due and not done, in order of time."""
    used = tuple(dict.fromkeys(each for measure in catalog.measures for each in datasets_of(measure)))
    found = (*(day for goal in catalog.goals for day in _of_goal(goal, catalog, words)),
             *(day for measure in catalog.measures for day in _of_measure(measure, catalog, words)),
             *_of_data(used, catalog, words))
    return tuple(sorted(found, key=lambda each: (each.day, each.kind, each.of, each.key)))


def _of_goal(goal: Goal, catalog: Catalog, words: Words) -> Iterator[GoalDay]:
    if goal.record.next_report:
        held = [each.date for each in goal.record.reviews if each.date]
        yield GoalDay(kind="report", day=goal.record.next_report, of=goal.id, about=goal.title, page=routes.goal_url(goal.id),
                      who=goal.owner.title if goal.owner else "", since=max(held, default=None),
                      title=words.gettext("Report on the goal: %(title)s", title=goal.title))
    yield from _work(goal, routes.goal_url(goal.id), catalog, words)


def _of_measure(measure: Measure, catalog: Catalog, words: Words) -> Iterator[GoalDay]:
    page, start = routes.measure_url(measure.id), measure.record.period.fiscal_year_start
    for due in way_of(measure.record).dues:
        target = due.target
        yield GoalDay(kind="target", day=last_day(target.until or "", start), of=measure.id, key=target.until or "",
                      about=measure.title, page=page, since=target.set_on, who=measure.owner.title if measure.owner else "",
                      title=words.gettext("Target due: %(value)s, %(title)s", title=measure.title,
                                          value=target_words(target, measure.record, words).striptags()))
    yield from _work(measure, page, catalog, words)


def _work(held: Goal | Measure, page: str, catalog: Catalog, words: Words) -> Iterator[GoalDay]:
    """Actions that are not done or dropped, and what was agreed and is not done."""
    titles = {each.id: each.title for each in catalog.publishers}
    owner, record = held.owner.title if held.owner else "", held.record
    for action in record.actions:
        if action.due and _is_open(action):
            yield GoalDay(kind="action", day=action.due, of=held.id, key=action.title or "", about=held.title, page=page,
                          who=titles.get(action.owner or "", owner),
                          title=words.gettext("Action due: %(title)s", title=action.title or ""))
    for review in record.reviews:
        for each in review.follow_ups:
            if each.due and _is_open(each):
                yield GoalDay(kind="follow-up", day=each.due, of=held.id, key=f"{review.date} {each.what}", about=held.title,
                              page=page, who=titles.get(each.owner or "", owner), since=review.date,
                              title=words.gettext("Follow-up due: %(title)s", title=each.what or ""))


def _is_open(work: ActionRecord | FollowUpRecord) -> bool:
    return work.done_on is None and not (isinstance(work, ActionRecord) and work.state in ("done", "dropped"))


def _of_data(used: Iterable[str], catalog: Catalog, words: Words) -> Iterator[GoalDay]:
    """When the data behind measures is to be renewed, as its dataset promises."""
    datasets = {each.id: each for each in catalog.datasets}
    for each in (datasets[name] for name in used if name in datasets):
        if each.freshness.due and each.status != "retired":
            yield GoalDay(kind="data", day=each.freshness.due, of=each.id, about=each.title, page=routes.dataset_url(each.id),
                          since=each.updated, who=each.publisher.title if each.publisher else "",
                          title=words.gettext("Data due: %(title)s", title=each.title))
