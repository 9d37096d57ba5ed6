"""Rules about the rules that a city keeps, and about meetings: that they have a text, are looked at again, and have minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.catalog import Build
from cityfolio.model.practice import RuleRecord
from cityfolio.problems import Problem

MINUTES_WITHIN = timedelta(days=30)


@rule("rule-review")
def rules_are_reviewed_in_time(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """The day of the next review of a rule has not passed."""
    for each in loaded.policy.values():
        day = each.record.review_by
        if day is not None and day < build.today:
            yield Problem(code="rule-review", where=each.document.at("review_by"),
                          says=f"this had to be looked at again by {day}, {_days(build, each)} ago",
                          fix="Go through it, then set `reviewed` to the day and `review_by` to the next one.")


@rule("minutes-missing")
def meetings_have_minutes(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A meeting has its minutes 30 days after it was held."""
    for each in loaded.policy.values():
        held = each.record.held
        is_due = each.record.kind == "meeting" and held is not None and held + MINUTES_WITHIN < build.today
        if is_due and not has_text(each):
            yield Problem(code="minutes-missing", where=each.document.at("held"),
                          says=f"the meeting was held on {held}, and there are no minutes",
                          fix="Write below the second line of --- what was decided, or give `link` to the minutes.")


@rule("meeting-day")
def meetings_have_a_day(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A meeting says on which day it is held."""
    for each in loaded.policy.values():
        if each.record.kind == "meeting" and each.record.held is None and not each.document.holds("held"):
            yield Problem(code="meeting-day", where=each.document.at("kind"), says="a meeting has no day",
                          fix="Add `held:` with the day, such as 2026-05-12, also where it is still to come.")


@rule("text-empty")
def rules_say_something(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A rule has a text, or says where its official text is; a guide has a text."""
    for each in loaded.policy.values():
        if each.record.kind != "meeting" and not has_text(each) and not each.document.holds("link"):
            yield Problem(code="text-empty", where=each.document.at("title"), says="there is neither a text nor a link to one",
                          fix="Write the text below the second line of ---, or give `link` to the official one.")
    for guide in loaded.guides.values():
        if not guide.body.strip():
            yield Problem(code="text-empty", where=guide.document.at("title"), says="the guide has no text",
                          fix="Write it below the second line of ---.")


def has_text(sourced: Sourced[RuleRecord]) -> bool:
    """Whether something can be read: here, or, of a meeting, where its minutes are."""
    is_elsewhere = sourced.record.kind == "meeting" and sourced.document.holds("link")
    return bool(sourced.body.strip()) or is_elsewhere


def _days(build: Build, each: Sourced[RuleRecord]) -> str:
    days = (build.today - each.record.review_by).days if each.record.review_by else 0
    return f"{days:,} day{'s' * (days != 1)}"
