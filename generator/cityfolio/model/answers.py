"""What came of the questions and charts that a department wrote, each with what was asked in full."""

from __future__ import annotations

from cityfolio.frozen import Frozen
from cityfolio.model.questions import ChartRecord, Condition, Measure, Period, QuestionRecord


class Filter(Frozen, kw_only=True):
    """A column and what holds of its value, written as the explorer writes it: 1.5 for 1.50, a day for a month."""

    column: str
    condition: Condition


class Asked(Frozen, kw_only=True):
    """A question about the rows of one file, in the words of the explorer."""

    measure: Measure
    of: str | None = None
    filters: tuple[Filter, ...] = ()     # all must hold
    by: str | None = None
    per: Period | None = None
    top: int | None = None


class Group(Frozen, kw_only=True):
    """Some rows and their value. Values are decimal text, or a date; None where there is nothing to measure."""

    key: str | None = None               # None: rows without a value in the column they are grouped by
    value: str | None
    rows: int
    filled: int                          # rows with a value in the column that is measured


class Others(Frozen, kw_only=True):
    """The groups beyond the first ones, measured together."""

    value: str | None
    rows: int
    filled: int
    groups: int


class Answer(Frozen, kw_only=True):
    """What the rows say. Periods are in the order of time, with those between that have no rows; other groups by value."""

    asked: Asked
    total: Group
    groups: tuple[Group, ...] = ()
    others: Others | None = None


class AnsweredQuestion(Frozen, kw_only=True):
    """A question with its answer. `place` is that of its file in the dataset's list."""

    record: QuestionRecord
    place: int
    answer: Answer
    compared: Answer | None = None


class AnsweredChart(Frozen, kw_only=True):
    """A chart with its numbers."""

    record: ChartRecord
    place: int
    answer: Answer


class Answers(Frozen, kw_only=True):
    """Everything that a dataset's rows were asked."""

    questions: tuple[AnsweredQuestion, ...] = ()
    charts: tuple[AnsweredChart, ...] = ()
