"""Answers for tests of pages: a median of one column, by default; say what matters, the rest is filled in."""

from __future__ import annotations

from typing import Any

from cityfolio.model.answers import Answer, AnsweredChart, AnsweredQuestion, Answers, Asked, Filter, Group
from cityfolio.model.catalog import Dataset, File
from cityfolio.model.questions import ChartRecord, ComparisonRecord, Condition, QuestionRecord
from pages.factories import a_column, a_dataset, a_file, a_profile


def asked(**given: Any) -> Asked:
    """The median of days_open."""
    return Asked(**{"measure": "median", "of": "days_open", **given})


def a_filter(column: str = "request_type", *values: str, **condition: Any) -> Filter:
    """A condition of one column: one of some values, or what is said."""
    return Filter(column=column, condition=Condition(**{"test": "is", "values": values, **condition}))


def a_group(value: str | None = "4", **given: Any) -> Group:
    """280 of 300 rows with a value."""
    return Group(**{"value": value, "rows": 300, "filled": 280, **given})


def an_answer(value: str | None = "4", groups: tuple[Group, ...] = (), **given: Any) -> Answer:
    """An answer of 280 of 300 rows. Other arguments are the question's, but for `others` and `total`."""
    kept = {key: given.pop(key) for key in ("others", "total") if key in given}
    return Answer(**{"asked": asked(**given), "total": a_group(value), "groups": groups, **kept})


def a_question(value: str | None = "4", **given: Any) -> AnsweredQuestion:
    """How long does it take? 4 days. `says` names other rows, whose answer is `compared`."""
    record = {key: given.pop(key) for key in ("question", "unit", "decimals") if key in given}
    says, compared = given.pop("says", None), given.pop("compared", None)
    return AnsweredQuestion(
        record=QuestionRecord(**{"question": "How long does it take?", **record},
                              compare=ComparisonRecord(says=says) if says else None),
        place=0, answer=an_answer(value, **given), compared=compared)


def a_chart(*groups: Group, **given: Any) -> AnsweredChart:
    """Potholes lead: rows by request_type."""
    record = {key: given.pop(key) for key in ("title", "unit", "decimals", "kind") if key in given}
    question = {"measure": "count", "of": None, "by": "request_type", **given}
    return AnsweredChart(record=ChartRecord(**{"title": "Potholes lead", **record}), place=0,
                         answer=an_answer("300", groups, **question, total=a_group("300", filled=300)))


def a_month(key: str | None, value: str | None = "1", rows: int = 1) -> Group:
    """A period with its value."""
    return Group(key=key, value=value, rows=rows, filled=rows)


def a_table(**given: Any) -> File:
    """A file with a page: a date, a category whose codes have meanings, a number of days."""
    columns = (a_column("received_at"), a_column("request_type", title="What was asked for", values={"POTHOLE": "A hole"}),
               a_column("days_open", unit="days"))
    return a_file("requests.csv", **{"profile": a_profile(), "columns": columns, "page": "requests", **given})


def an_asked_dataset(*answered: AnsweredQuestion | AnsweredChart, **given: Any) -> Dataset:
    """A dataset with answers."""
    answers = Answers(questions=tuple(each for each in answered if isinstance(each, AnsweredQuestion)),
                      charts=tuple(each for each in answered if isinstance(each, AnsweredChart)))
    return a_dataset(**{"files": (a_table(),), "answers": answers, **given})
