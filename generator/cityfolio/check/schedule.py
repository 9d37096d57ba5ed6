"""Rules about dates: what comes after what, what lies in the future, what is late."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.updates import updated_on
from cityfolio.model.catalog import Build
from cityfolio.model.frequency import freshness
from cityfolio.model.records import DatasetRecord
from cityfolio.problems import Problem


@rule("date-order")
def dates_follow_each_other(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Data is not modified before it is issued, and no period ends before it starts."""
    for each in loaded.datasets.values():
        record = each.record
        if record.issued and record.modified and record.modified < record.issued:
            yield _order(each, ("modified",), f"modified {record.modified} comes before issued {record.issued}")
        period = record.temporal
        if period and period.start and period.end and period.end < period.start[: len(period.end)]:
            yield _order(each, ("temporal", "end"), f"the end {period.end} comes before the start {period.start}")


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


def _order(each: Sourced[DatasetRecord], keys: tuple[str, ...], says: str) -> Problem:
    return Problem(code="date-order", where=each.document.at(*keys), says=says, fix="Correct one of the two dates.")
