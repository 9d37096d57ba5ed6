"""Rules about dates: what comes after what, what lies in the future, what is late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from cityfolio.check.promises import dates_out_of_order, dates_to_come
from cityfolio.check.registry import rule
from cityfolio.check.release_reviews import dates_out_of_order as reviews_out_of_order
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.updates import updated_on
from cityfolio.model.catalog import Build
from cityfolio.model.frequency import freshness
from cityfolio.problems import Problem

R = TypeVar("R")


@rule("date-order")
def dates_follow_each_other(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Data is not modified before it is issued, no period ends before it starts, no rule is reviewed before it is adopted."""
    for each in loaded.datasets.values():
        record = each.record
        if record.issued and record.modified and record.modified < record.issued:
            yield _order(each, ("modified",), f"modified {record.modified} comes before issued {record.issued}")
        period = record.temporal
        if period and period.start and period.end and period.end < period.start[: len(period.end)]:
            yield _order(each, ("temporal", "end"), f"the end {period.end} comes before the start {period.start}")
    for text in loaded.policy.values():
        adopted, reviewed, due = text.record.adopted, text.record.reviewed, text.record.review_by
        if adopted and reviewed and reviewed < adopted:
            yield _order(text, ("reviewed",), f"reviewed {reviewed} comes before adopted {adopted}")
        if reviewed and due and due < reviewed:
            yield _order(text, ("review_by",), f"review_by {due} comes before reviewed {reviewed}")
    for where, says in (*dates_out_of_order(loaded), *reviews_out_of_order(loaded)):
        yield Problem(code="date-order", where=where, says=says, fix="Correct one of the two dates.")


@rule("date-future")
def what_happened_lies_in_the_past(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Published data was issued and modified by the date of the build."""
    for each in loaded.datasets.values():
        if each.record.status != "published":
            continue
        for key in ("issued", "modified"):
            day = getattr(each.record, key)
            if day is not None and day > build.today:
                yield Problem(code="date-future", where=each.document.at(key),
                              says=f"{key} {day} is later than the date of this build, {build.today}",
                              fix="Correct the date, or publish the dataset as planned until then.")
    for where, says in dates_to_come(loaded, build.today):
        yield Problem(code="date-future", where=where, says=says, fix="Correct the date.")


@rule("dataset-late")
def datasets_are_renewed_when_promised(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A dataset that promises a schedule keeps it."""
    for each in loaded.datasets.values():
        is_refused = each.record.modified is None and each.document.holds("modified")
        if each.record.status != "published" or is_refused:
            continue
        age = freshness(updated_on(each, build), each.record.frequency, build.today)
        if age.state == "late":
            days = "day" if age.days_late == 1 else "days"
            yield Problem(code="dataset-late", where=each.document.at("modified"),
                          says=f"the data was last updated {age.updated} and was due {age.due}, {age.days_late:,} {days} ago",
                          fix="Update the data, or change frequency: to what can be kept.")


def _order(each: Sourced[R], keys: tuple[str, ...], says: str) -> Problem:
    return Problem(code="date-order", where=each.document.at(*keys), says=says, fix="Correct one of the two dates.")
