"""Rules about goals and measures as they are written: what they point to, and whether a measure can be computed at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date

from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.model.performance import ComputeRecord
from cityfolio.model.periods import grain_of
from cityfolio.problems import Location, Problem, did_you_mean

WAYS = ("count", "sum", "mean", "median", "percentile", "ratio", "rate")


@rule("priority-unknown")
def priorities_exist(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """The priority of a goal has a file."""
    for each in loaded.goals.values():
        if each.record.priority is not None and not loaded.knows("priorities", each.record.priority):
            yield _unknown("priority", "priorities", each.record.priority, each.document.at("priority"), loaded.priorities)


@rule("goal-unknown")
def goals_exist(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """The goal of a measure has a file."""
    for each in loaded.measures.values():
        if each.record.goal is not None and not loaded.knows("goals", each.record.goal):
            yield _unknown("goal", "goals", each.record.goal, each.document.at("goal"), loaded.goals)


@rule("measure-unknown")
def headlines_are_measures_of_their_goal(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """The measure that stands for a goal is one of its measures."""
    for each in loaded.goals.values():
        name = each.record.headline
        if name is None or (name not in loaded.measures and loaded.knows("measures", name)):
            continue
        of_goal = [measure.id for measure in loaded.measures.values() if measure.record.goal == each.id]
        if name not in of_goal:
            says = f'"{name}" is a measure of another goal' if name in loaded.measures else f'"{name}" is not in measures/'
            yield Problem(code="measure-unknown", where=each.document.at("headline"), says=says,
                          fix=did_you_mean(name, of_goal))


@rule("calendar-unknown")
def calendars_exist(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """The calendar of a measure has a file."""
    for each in loaded.measures.values():
        name = each.record.compute.calendar if each.record.compute else None
        if name is not None and not loaded.knows("calendars", name):
            yield _unknown("calendar", "calendars", name, each.document.at("compute", "calendar"), loaded.calendars)


@rule("holiday-invalid")
def holidays_are_days(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Each holiday of a calendar is a day that exists."""
    for each in loaded.calendars.values():
        for text in each.record.holidays:
            try:
                date.fromisoformat(text)
            except ValueError:
                yield Problem(code="holiday-invalid", where=each.document.at_key("holidays", text),
                              says=f'"{text}" is not a day that exists', fix="Write year, month and day, such as 2026-07-04.")


@rule("measure-aimless")
def measures_have_goals(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A measure says which goal it shows."""
    for each in loaded.measures.values():
        if each.record.goal is None:
            yield Problem(code="measure-aimless", where=each.document.at("goal"), says="this measure belongs to no goal",
                          fix=f"Add `goal:` with one of: {', '.join(loaded.goals) or 'a file in goals/'}.")


@rule("goal-unmeasured")
def goals_have_measures(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A goal has a measure that shows it."""
    measured = {each.record.goal for each in loaded.measures.values()}
    # A measure that was refused, or whose own goal is missing or unknown, may be the one: that is told already.
    is_told = any(each.startswith("measures/") for each in loaded.unread) or bool(measured - {*loaded.goals})
    for each in loaded.goals.values():
        if each.id not in measured and not is_told:
            yield Problem(code="goal-unmeasured", where=each.document.at("title"), says="no measure shows this goal",
                          fix=f"Write measures/ID/measure.yaml with `goal: {each.id}`.")


@rule("measure-way")
def measures_are_computed_in_one_way(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A measure is computed from rows or entered by hand, and from rows in exactly one way."""
    for each in loaded.measures.values():
        record, document = each.record, each.document
        if record.compute is not None and record.readings:
            yield Problem(code="measure-way", where=document.at("readings"), fix="Keep one of the two.",
                          says="this measure is computed from rows, so its values cannot be entered by hand too")
        elif record.compute is None and not record.readings and document.value("compute") is None \
                and document.value("readings") is None:
            yield Problem(code="measure-way", where=document.at("title"), says="this measure has no values",
                          fix="Add `compute:` over a dataset, or `readings:` that are entered by hand.")
        elif record.compute is not None:
            given = ways(record.compute)
            if len(given) != 1 and all(document.value("compute", way) is None for way in WAYS if way not in given):
                says = f"`{given[0]}` and `{given[1]}` are two ways to compute one number" if given else \
                    "it is not told what is computed of the rows"
                where = document.at("compute", given[1]) if given else document.at("compute")
                yield Problem(code="measure-way", where=where, says=says, fix=f"Give one of: {', '.join(WAYS)}.")


def ways(compute: ComputeRecord) -> list[str]:
    """Which of the ways to compute a number a measure gives; one where all is well."""
    return [each.name for each in fields(compute) if each.name in WAYS and getattr(compute, each.name) is not None]


@rule("period-grain")
def periods_are_of_the_measures_grain(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Readings, revisions and breaks name periods of the kind that the measure has."""
    for each in loaded.measures.values():
        grain = each.record.period.grain
        for key in ("readings", "revisions", "breaks"):
            for place, entry in enumerate(getattr(each.record, key)):
                if entry.period is not None and grain_of(entry.period) != grain:
                    kind = grain.replace("-", " ")
                    yield Problem(code="period-grain", where=each.document.at(key, place, "period"),
                                  says=f'"{entry.period}" is not a {kind}, and each period of this measure is one',
                                  fix=f"Write one such as {_EXAMPLES[grain]}, or change the grain under `period:`.")


_EXAMPLES = {"day": "2026-06-30", "week": "2026-W07", "month": "2026-06", "quarter": "2026-Q2", "year": "2026",
             "fiscal-year": "FY2026"}


def _unknown(what: str, room: str, given: str, where: Location, known: Iterable[str]) -> Problem:
    return Problem(code=f"{what}-unknown", where=where, says=f'"{given}" is not in {room}/', fix=did_you_mean(given, known))
