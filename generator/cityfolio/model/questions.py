"""Questions and charts that a department writes: a measure over some of the rows of a file, and nothing that could run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from cityfolio.frozen import Frozen
from cityfolio.model.keys import Choice, Conditions, Integer, Keyed, Prose, Record, Text, key

MEASURES = ("count", "sum", "mean", "median", "min", "max")
PERIODS = ("day", "week", "month", "quarter", "year")
CHART_KINDS = ("bar", "line")
MOST_DECIMALS = 10

Measure = Literal["count", "sum", "mean", "median", "min", "max"]
Period = Literal["day", "week", "month", "quarter", "year"]
ChartKind = Literal["bar", "line"]
Test = Literal["is", "contains", "between", "empty", "filled"]


class Condition(Frozen, kw_only=True):
    """What holds of a column's value in the rows that are asked about."""

    test: Test
    values: tuple[str, ...] = ()  # "is": any of them
    text: str = ""                # "contains"
    low: str = ""                 # "between": both ends are in; "" where there is none
    high: str = ""


_WHERE = "Which rows are asked: a column and its value, or a list of values. All must hold; every row without it."
_FILE = "The file that is asked, by its path or its title. Needed where more than one is read as a table."
_OF = "The column that is measured. Not for `count`."
_MEASURE = "How many rows there are, or what comes of a column's values. Empty cells take no part."


class ComparisonRecord(Keyed, kw_only=True):
    """Other rows, of which the same is asked, so that a reader can tell whether the answer is much."""

    where: Mapping[str, Condition] = key(
        "Which rows are compared, in place of the question's `where`. All rows without it.", Conditions(),
        example="{status: Closed, received_at: {from: 2025, to: 2025}}")
    says: str | None = key("What these rows are, as words that follow a number.", Prose(80), example="in 2025", needed="error")


class QuestionRecord(Keyed, kw_only=True):
    """A question that residents ask, answered from the rows whenever the site is built. The answer is a number or a date."""

    question: str | None = key("The question, in a resident's words.", Prose(160),
                               example="How long does a request stay open?", needed="error")
    measure: Measure | None = key(_MEASURE, Choice(MEASURES), example="median", needed="error")
    of: str | None = key(_OF, Text(200), example="days_open")
    where: Mapping[str, Condition] = key(_WHERE, Conditions(), example="{status: Closed}")
    file: str | None = key(_FILE, Text(200), example="service-requests.csv")
    compare: ComparisonRecord | None = key("The same of other rows.", Record(ComparisonRecord),
                                           example="{where: {status: Closed, year: 2025}, says: in 2025}")
    unit: str | None = key("What the answer counts. The column's own unit when left out.", Prose(60), example="requests")
    decimals: int | None = key("Digits after the point. When left out: as many as are worth reading.", Integer(), example="1")


class ChartRecord(Keyed, kw_only=True):
    """A chart of one measure by one column, drawn from the rows whenever the site is built."""

    title: str | None = key("What can be seen in it, as a sentence.", Prose(160), example="Requests fall in winter",
                            needed="error")
    measure: Measure | None = key(_MEASURE, Choice(MEASURES), example="count", needed="error")
    of: str | None = key(_OF, Text(200), example="days_open")
    by: str | None = key("The column by whose values, or periods, the rows are put together.", Text(200),
                         example="received_at", needed="error")
    per: Period | None = key("Periods of a column of dates. Needed for one.", Choice(PERIODS), example="month")
    top: int | None = key("How many values are drawn; the rest are one more bar. 12 when left out. Not for periods.",
                          Integer(minimum=1), example="10")
    kind: ChartKind | None = key("How it is drawn: a line where there are many periods, else bars, when left out.",
                                 Choice(CHART_KINDS), example="line")
    where: Mapping[str, Condition] = key(_WHERE, Conditions(), example="{status: Closed}")
    file: str | None = key(_FILE, Text(200), example="service-requests.csv")
    unit: str | None = key("What the numbers count. The column's own unit when left out.", Prose(60), example="requests")
    decimals: int | None = key("Digits after the point. When left out: as many as are worth reading.", Integer(), example="1")
