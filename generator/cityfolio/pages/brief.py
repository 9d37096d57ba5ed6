"""What a meeting talks about: what changed since the last review, is out of the usual, overdue, open, missing, due next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from cityfolio.frozen import Frozen
from cityfolio.model.measured import Goal, Measure, Standing
from cityfolio.model.performance import ActionRecord, FollowUpRecord, ReviewRecord
from cityfolio.model.periods import last_day
from cityfolio.pages.measure_work import is_overdue

MISSING = ("stale", "no-data")

DueKind = Literal["report", "action"]


class StatusChange(Frozen, kw_only=True):
    """A measure that stands elsewhere than it did at its last review."""

    measure: Measure
    review: date | None           # None: there was none, and the period before is what it is held against
    before: Standing
    after: Standing


class Signal(Frozen, kw_only=True):
    """Periods since the last review in which a measure left its usual limits, or stayed long on one side of their middle."""

    measure: Measure
    periods: tuple[str, ...]


class ActionWork(Frozen, kw_only=True):
    """An action with what it is for and who does it."""

    record: ActionRecord
    held: Goal | Measure
    owner: str                    # a publisher's id; "" for nobody


class FollowUpWork(Frozen, kw_only=True):
    """What a review agreed on, with what was reviewed and who does it."""

    record: FollowUpRecord
    held: Goal | Measure
    owner: str
    review: date | None


class DueNext(Frozen, kw_only=True):
    """A day that comes: of a report on a goal, or of an action."""

    day: date
    kind: DueKind
    what: str
    held: Goal | Measure


class Brief(Frozen, kw_only=True):
    """Everything that a meeting talks about."""

    measures: tuple[Measure, ...]         # all that were looked at
    review: date | None                   # the newest of all
    changes: tuple[StatusChange, ...]
    signals: tuple[Signal, ...]
    overdue: tuple[ActionWork, ...]       # by day
    follow_ups: tuple[FollowUpWork, ...]  # open ones by day, those without a day last
    missing: tuple[Measure, ...]          # stale, or without a value for the newest period
    due: tuple[DueNext, ...]              # by day


def brief(measures: Sequence[Measure], goals: Sequence[Goal], today: date, owner: str = "") -> Brief:
    """Gather what a meeting of a publisher, or of the whole city, talks about on a day.

    Of a publisher are the measures and goals that it answers for, and all actions and follow-ups that are its own, wherever
    they are written down. A measure is held against its own last review or that of its goal; without one against the newest
    of the brief; without any against the period before.
    """
    its = [each for each in measures if not owner or _owner_of(each) == owner]
    its_goals = [each for each in goals if not owner or _owner_of(each) == owner]
    days = _review_days(its, goals, today)
    newest = max([*days.values(), *_days(each for goal in its_goals for each in goal.record.reviews if _is_past(each, today))],
                 default=None)
    actions = [each for each in _actions([*goals, *measures]) if not owner or each.owner == owner]
    agreed = [each for each in _follow_ups([*goals, *measures], today) if not owner or each.owner == owner]
    return Brief(
        measures=tuple(its), review=newest,
        changes=tuple(_changes(its, days, newest)), signals=tuple(_signals(its, days, newest)),
        overdue=tuple(sorted((each for each in actions if is_overdue(each.record, today)), key=lambda each: _day(each.record))),
        follow_ups=tuple(sorted((each for each in agreed if each.record.done_on is None), key=lambda each: _day(each.record))),
        missing=tuple(each for each in its if each.status in MISSING),
        due=tuple(sorted([*_reports(its_goals, today), *_actions_due(actions, today)], key=lambda each: each.day)))


def _owner_of(held: Goal | Measure) -> str:
    return held.owner.id if held.owner else ""


def _is_past(review: ReviewRecord, today: date) -> bool:
    return review.date is not None and review.date <= today


def _days(reviews: Iterable[ReviewRecord]) -> list[date]:
    return [each.date for each in reviews if each.date]


def _day(record: ActionRecord | FollowUpRecord) -> date:
    return record.due or date.max


def _review_days(measures: Iterable[Measure], goals: Iterable[Goal], today: date) -> dict[str, date]:
    """The day of the last review of each measure that has one: its own, or its goal's."""
    of_goals = {goal.id: goal.record.reviews for goal in goals}
    found = {}
    for measure in measures:
        reviews = (*measure.record.reviews, *(of_goals.get(measure.goal.id, ()) if measure.goal else ()))
        days = _days(each for each in reviews if _is_past(each, today))
        if days:
            found[measure.id] = max(days)
    return found


def _end(period: str, measure: Measure) -> date:
    return last_day(period, measure.record.period.fiscal_year_start)


def _before(measure: Measure, review: date | None) -> Standing | None:
    """Where a measure stood in the last period that was over on the day of a review; without one, in the period before."""
    stood = measure.computed.standings
    if review is None:
        return stood[-2] if len(stood) > 1 else None
    return next((each for each in reversed(stood) if each.period and _end(each.period, measure) < review), None)


def _changes(measures: Iterable[Measure], days: dict[str, date], newest: date | None) -> Iterator[StatusChange]:
    for measure in measures:
        review, after = days.get(measure.id, newest), measure.computed.standing
        before = _before(measure, review)
        if before is not None and before.status != after.status:
            yield StatusChange(measure=measure, review=review, before=before, after=after)


def _signals(measures: Iterable[Measure], days: dict[str, date], newest: date | None) -> Iterator[Signal]:
    for measure in measures:
        before = _before(measure, days.get(measure.id, newest))
        # Names of one grain sort as the periods do.
        since = tuple(each for each in measure.computed.trend.signals if before is None or each > before.period)
        if since:
            yield Signal(measure=measure, periods=since)


def _actions(held: Iterable[Goal | Measure]) -> Iterator[ActionWork]:
    for each in held:
        for record in each.record.actions:
            yield ActionWork(record=record, held=each, owner=record.owner or _owner_of(each))


def _follow_ups(held: Iterable[Goal | Measure], today: date) -> Iterator[FollowUpWork]:
    for each in held:
        for review in each.record.reviews:
            for record in review.follow_ups if _is_past(review, today) else ():
                yield FollowUpWork(record=record, held=each, owner=record.owner or _owner_of(each), review=review.date)


def _reports(goals: Iterable[Goal], today: date) -> Iterator[DueNext]:
    for goal in goals:
        if goal.record.next_report and goal.record.next_report >= today:
            yield DueNext(day=goal.record.next_report, kind="report", what=goal.title, held=goal)


def _actions_due(actions: Iterable[ActionWork], today: date) -> Iterator[DueNext]:
    for each in actions:
        is_open = each.record.state in ("planned", "under-way") and each.record.done_on is None
        if is_open and each.record.due and each.record.due >= today:
            yield DueNext(day=each.record.due, kind="action", what=each.record.title or "", held=each.held)
