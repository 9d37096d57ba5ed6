"""The time that data covers, written as a year, a month or a day: its first day and its last."""

from __future__ import annotations

from calendar import monthrange

from cityfolio.model.catalog import Dataset

DAY, MONTH = len("2016-03-01"), len("2016-03")


def first_day(moment: str) -> str:
    """The first day of a year, a month or a day: "2016" begins on 2016-01-01."""
    return moment + "-01-01"[len(moment) - DAY:] if len(moment) < DAY else moment


def last_day(moment: str) -> str:
    """The last day of a year, a month or a day: "2016-02" ends on 2016-02-29."""
    if len(moment) == DAY:
        return moment
    month = moment if len(moment) == MONTH else f"{moment}-12"
    return f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]}"


def covered(dataset: Dataset) -> tuple[str, str]:
    """The first and the last day that a dataset says it covers; "" where it says none."""
    said = dataset.record.temporal
    return first_day(said.start) if said and said.start else "", last_day(said.end) if said and said.end else ""
