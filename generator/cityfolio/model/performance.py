"""Priorities, goals and measures as a city writes them: one type for each kind of file and for each group inside.

Nothing here is computed. What is made of these records and of the published rows is in `model/measured.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from cityfolio.model.keys import (
    Choice,
    Day,
    DecimalNumber,
    Duration,
    Expression,
    Integer,
    Keyed,
    ListOf,
    MapOf,
    Markdown,
    MonthDay,
    OldAddress,
    PeriodName,
    Prose,
    Record,
    Reference,
    Span,
    Text,
    TimeZone,
    Url,
    key,
)

MEASURE_TYPES = ("input", "output", "efficiency", "quality", "outcome")
DIRECTIONS = ("up", "down", "range", "watch")
GRAINS = ("day", "week", "month", "quarter", "year", "fiscal-year")
TRAJECTORIES = ("linear", "step", "listed")
ACTION_STATES = ("planned", "under-way", "done", "dropped")

MeasureType = Literal["input", "output", "efficiency", "quality", "outcome"]
Direction = Literal["up", "down", "range", "watch"]
Grain = Literal["day", "week", "month", "quarter", "year", "fiscal-year"]
Trajectory = Literal["linear", "step", "listed"]
ActionState = Literal["planned", "under-way", "done", "dropped"]


class ActionRecord(Keyed, kw_only=True):
    """Something that is done so that a goal is reached."""

    title: str | None = key("What is done, in plain words.", Prose(200), example="Second pothole crew on weekends",
                            needed="error")
    owner: str | None = key("Who does it. The goal's or the measure's owner when left out.", Reference("publishers"),
                            example="transportation")
    due: date | None = key("When it should be done.", Day(), example="2026-09-30", needed="warning")
    state: ActionState = key("How far it is.", Choice(ACTION_STATES), example="under-way", default="planned")
    done_on: date | None = key("When it was done or dropped.", Day(), example="2026-05-12")
    note: str | None = key("Markdown: what came of it, or why it was dropped.", Markdown(4_000))


class FollowUpRecord(Keyed, kw_only=True):
    """What was agreed in a review."""

    what: str | None = key("What somebody promised to do.", Prose(400), example="Bring the cost of one repair by district",
                           needed="error")
    owner: str | None = key("Who.", Reference("publishers"))
    due: date | None = key("By when.", Day(), example="2026-07-15")
    done_on: date | None = key("When it was done.", Day(), example="2026-07-10")


class ReviewRecord(Keyed, kw_only=True):
    """A meeting in which a goal or a measure was looked at."""

    date: date | None = key("The day of the meeting.", Day(), example="2026-05-14", needed="error")
    by: str | None = key("Who met.", Prose(200), example="City manager and department heads")
    notes: str | None = key("Markdown: what was seen, and what was decided.", Markdown(8_000))
    follow_ups: tuple[FollowUpRecord, ...] = key("What was agreed.", ListOf(Record(FollowUpRecord)))


class HeardRecord(Keyed, kw_only=True):
    """What residents said about a goal, and what the city answered."""

    date: date | None = key("When.", Day(), example="2026-04-02", needed="error")
    how: str | None = key("On what occasion.", Prose(200), example="Meeting at the Eastway Recreation Center")
    says: str | None = key("Markdown: what was said, without names.", Markdown(4_000), needed="error")
    answer: str | None = key("Markdown: what the city answered, or did.", Markdown(4_000))


class PriorityRecord(Keyed, kw_only=True):
    """`priorities/ID.yaml`: what the council wants for the city; goals belong to it."""

    title: str | None = key("The priority in plain words.", Prose(160), example="Safe communities", needed="warning",
                            code="title-missing")
    description: str | None = key("Markdown: what it means, and who decided it.", Markdown())
    order: int | None = key("Where it stands among the others. By title when left out.", Integer(), example="1")
    plan: str | None = key("The plan it comes from.", Url(), example="https://example.gov/strategic-plan")


class GoalRecord(Keyed, kw_only=True):
    """`goals/ID.yaml`: an outcome that the city wants for its residents, shown by measures."""

    title: str | None = key("The outcome, as a sentence that a resident would agree with or dispute.", Prose(200),
                            example="Streets are smooth and repaired in time", needed="warning", code="title-missing")
    priority: str | None = key("The priority it belongs to.", Reference("priorities"), example="well-run-government")
    owner: str | None = key("Who answers for it.", Reference("publishers"), example="transportation", needed="warning")
    description: str | None = key("Markdown: why it matters, and what stands in its way.", Markdown())
    why: str | None = key("Markdown: why it moved as it did lately.", Markdown(8_000))
    plan: str | None = key("The plan it comes from.", Url(), example="https://example.gov/strategic-plan")
    topics: tuple[str, ...] = key("Subjects it belongs to.", ListOf(Reference("topics")), example="[streets]")
    headline: str | None = key("The measure that stands for it. Its first when left out.", Reference("measures"),
                               example="pothole-on-time")
    order: int | None = key("Where it stands among the goals of its priority. By title when left out.", Integer(), example="1")
    next_report: date | None = key("When it is reported on next.", Day(), example="2026-08-15")
    actions: tuple[ActionRecord, ...] = key("What is done.", ListOf(Record(ActionRecord)))
    reviews: tuple[ReviewRecord, ...] = key("Meetings that looked at it, the newest last.", ListOf(Record(ReviewRecord)))
    heard: tuple[HeardRecord, ...] = key("What residents said.", ListOf(Record(HeardRecord)))
    formerly: tuple[str, ...] = key("Ids or paths it had before; each forwards here.", ListOf(OldAddress()))


class CalendarRecord(Keyed, kw_only=True):
    """`calendars/ID.yaml`: days on which a city does not work, beside Saturdays and Sundays."""

    title: str | None = key("Whose calendar.", Prose(120), example="City holidays", needed="warning", code="title-missing")
    holidays: Mapping[str, str] = key("Each day that is no working day, with its name.", MapOf(Prose(120)),
                                      example="{2026-01-01: New Year's Day}", needed="warning")


class PeriodRecord(Keyed, kw_only=True):
    """How time is cut into periods."""

    grain: Grain = key("How long a period is.", Choice(GRAINS), example="month", default="month")
    fiscal_year_start: str = key("The first day of a fiscal year, which bears the number of the year it ends in.", MonthDay(),
                                 example='"07-01"', default="07-01")
    timezone: str | None = key("In whose clock a day begins, for moments with an offset. The clock in the rows when left out.",
                               TimeZone(), example="America/New_York")


class RatioRecord(Keyed, kw_only=True):
    """The share of rows that are good."""

    good: str | None = key("What holds of a good row.", Expression(), example="working_days <= 3", needed="error")
    weight: str | None = key("A column whose sum is taken in place of a count of rows.", Text(200), example="tons")


class PercentileRecord(Keyed, kw_only=True):
    """The value that a share of the rows does not pass."""

    of: str | None = key("The column.", Text(200), example="response_seconds", needed="error")
    at: Decimal | None = key("The share, in percent.", DecimalNumber(least=0, most=100), example="90", needed="error")


class PopulationRecord(Keyed, kw_only=True):
    """How many there are, from rows of another dataset."""

    dataset: str | None = key("The dataset.", Reference("datasets"), example="council-districts", needed="error")
    file: str | None = key("The file, where the dataset has several.", Text(200))
    value: str | None = key("The column that holds how many.", Text(200), example="population", needed="error")
    year: str | None = key("The column that says for which year. Without it the rows hold for every year.", Text(200),
                           example="year")
    by: Mapping[str, str] = key("For each column of the measure's `by` the column there that holds the same groups.",
                                MapOf(Text(200)), example="{council_district: district}")


class RateRecord(Keyed, kw_only=True):
    """Rows, or the sum of a column, for so many residents."""

    per: int | None = key("For how many.", Integer(minimum=1), example="100000", needed="error")
    of: str | None = key("A column whose sum is taken in place of a count of rows.", Text(200))
    population: PopulationRecord | None = key("How many there are.", Record(PopulationRecord), needed="error",
                                              example="{dataset: council-districts, value: population}")


class ComputeRecord(Keyed, kw_only=True):
    """How a measure comes out of the rows of a dataset. Exactly one of `count`, `sum`, `mean`, `median`, `percentile`, `ratio`
    and `rate`."""

    dataset: str | None = key("The dataset.", Reference("datasets"), example="service-requests", needed="error")
    file: str | None = key("The file, by its path or title, where the dataset has several.", Text(200))
    where: str | None = key("Which rows are in. All when left out.", Expression(),
                            example="request_type == 'POTHOLE' and closed_at is not null")
    date: str | None = key("The column that says in which period a row is.", Text(200), example="closed_at", needed="error")
    count: str | None = key("`rows`, or a column whose different values are counted.", Text(200), example="rows")
    sum: str | None = key("A column of numbers.", Text(200), example="amount")
    mean: str | None = key("A column of numbers.", Text(200), example="days_open")
    median: str | None = key("A column of numbers.", Text(200), example="days_open")
    percentile: PercentileRecord | None = key("The value that a share of the rows does not pass.", Record(PercentileRecord),
                                              example="{of: response_seconds, at: 90}")
    ratio: RatioRecord | None = key("The share of rows that are good, in percent where the unit is `percent`.",
                                    Record(RatioRecord), example="{good: working_days <= 3}")
    rate: RateRecord | None = key("Rows for so many residents.", Record(RateRecord),
                                  example="{per: 1000, population: {dataset: council-districts, value: population}}")
    by: tuple[str, ...] = key("Columns by whose values the measure is shown too.", ListOf(Text(200), most=10),
                              example="[council_district]")
    calendar: str | None = key("The holidays that `business_days` leaves out.", Reference("calendars"), example="city")
    min_n: int | None = key("A value that fewer rows stand behind is not shown, nor what would give it away. Only over rows "
                            "that are not published.", Integer(minimum=2), example="10")


class ReadingRecord(Keyed, kw_only=True):
    """A value that was read somewhere else and entered by hand."""

    period: str | None = key("The period.", PeriodName(), example="FY2025", needed="error")
    value: Decimal | None = key("The value.", DecimalNumber(), example="71.2", needed="error")
    entered_by: str | None = key("Who entered it.", Prose(200), example="Budget office", needed="error")
    entered_on: date | None = key("When.", Day(), example="2025-09-01", needed="error")
    evidence: str | None = key("Where it can be read.", Url(), example="https://example.gov/survey-2025")
    note: str | None = key("Markdown: what to know about it.", Markdown(2_000))


class BaselineRecord(Keyed, kw_only=True):
    """Where a measure stood when the target was set."""

    period: str | None = key("The period.", PeriodName(), example="2023", needed="error")
    value: Decimal | None = key("The value then.", DecimalNumber(), example="71.2", needed="error")
    source: str | None = key("Where it comes from, where not from the same rows.", Prose(400))


class TargetRecord(Keyed, kw_only=True):
    """What should be reached by when. Targets are added, never changed: a later one takes the place of an earlier."""

    until: str | None = key("The period in which it should be reached.", PeriodName(), example="2026-06", needed="error")
    value: Decimal | None = key("The value, for `direction: up` and `down`.", DecimalNumber(), example="85")
    low: Decimal | None = key("The least of a range.", DecimalNumber(), example="10")
    high: Decimal | None = key("The most of a range.", DecimalNumber(), example="20")
    set_on: date | None = key("When it was set.", Day(), example="2024-07-01", needed="error")
    set_by: str | None = key("Who set it.", Prose(200), example="City council", needed="warning")
    reason: str | None = key("Why. Needed where it takes the place of an earlier target.", Prose(1_000),
                             example="Adopted in the budget for fiscal year 2025")


class StepRecord(Keyed, kw_only=True):
    """A value on the way to a target."""

    period: str | None = key("The period.", PeriodName(), example="2025", needed="error")
    value: Decimal | None = key("What is expected then.", DecimalNumber(), example="78", needed="error")


class BreakRecord(Keyed, kw_only=True):
    """A period from which on values cannot be held against earlier ones."""

    period: str | None = key("The first period that is counted in the new way.", PeriodName(), example="2024-01",
                             needed="error")
    reason: str | None = key("What changed.", Prose(1_000), example="Requests by app are counted since then.", needed="error")


class BenchmarkRecord(Keyed, kw_only=True):
    """What others reach."""

    title: str | None = key("Who.", Prose(200), example="Median of ten peer cities", needed="error")
    value: Decimal | None = key("Their value.", DecimalNumber(), example="82", needed="error")
    period: str | None = key("When.", PeriodName(), example="2025")
    source: str | None = key("Where that is written.", Url(), example="https://example.org/benchmarks", needed="error")


class RevisionRecord(Keyed, kw_only=True):
    """Leave to change what was closed: without it a build that would change a closed period refuses."""

    period: str | None = key("The closed period.", PeriodName(), example="2026-03", needed="error")
    on: date | None = key("When it was changed.", Day(), example="2026-05-02", needed="error")
    by: str | None = key("Who.", Prose(200), example="311 data team", needed="warning")
    reason: str | None = key("Why, for readers.", Prose(1_000), example="Twelve requests were closed twice.", needed="error")


class MeasureRecord(Keyed, kw_only=True):
    """`measures/ID/measure.yaml`: how something is measured, and what should be reached."""

    title: str | None = key("What is measured, in plain words.", Prose(200),
                            example="Potholes repaired within 3 working days", needed="warning", code="title-missing")
    description: str | None = key("Markdown: what it tells and what it does not.", Markdown())
    goal: str | None = key("The goal it shows.", Reference("goals"), example="smooth-streets")
    type: MeasureType | None = key("What kind of measure it is.", Choice(MEASURE_TYPES), example="quality", needed="error")
    owner: str | None = key("Who answers for it. The goal's owner when left out.", Reference("publishers"),
                            example="transportation")
    unit: str | None = key("What the number counts: `percent`, `days`, `dollars`, or words.", Prose(60), example="percent",
                           needed="error")
    decimals: int | None = key("Digits after the point that are shown. Status is compared unrounded.", Integer(), example="1")
    direction: Direction | None = key("Whether more is better, less, a range, or neither.", Choice(DIRECTIONS), example="up",
                                      needed="error")
    period: PeriodRecord = key("How time is cut.", Record(PeriodRecord), example="{grain: month}", default=PeriodRecord())
    compute: ComputeRecord | None = key("How it comes out of published rows.", Record(ComputeRecord))
    readings: tuple[ReadingRecord, ...] = key("In place of `compute`: values entered by hand.",
                                              ListOf(Record(ReadingRecord)))
    baseline: BaselineRecord | None = key("Where it stood.", Record(BaselineRecord), example="{period: 2023, value: 71.2}")
    targets: tuple[TargetRecord, ...] = key("What should be reached; the newest last.", ListOf(Record(TargetRecord)))
    trajectory: Trajectory = key("How the way from the baseline to the target goes: in equal steps, at once at its end, or as "
                                 "`steps` list it.", Choice(TRAJECTORIES), example="linear", default="linear")
    steps: tuple[StepRecord, ...] = key("The way of `trajectory: listed`.", ListOf(Record(StepRecord)))
    tolerance: Decimal = key("How far from the way still counts as near, as a share of the way from baseline to target, of the "
                             "target where there is no baseline, or of the width of a range.",
                             DecimalNumber(least=0, most=10), example="0.10", default=Decimal("0.10"))
    tolerance_absolute: Decimal | None = key("The same in units of the measure, for where there is no such way, as for a "
                                             "target of 0 without a baseline. It counts there alone.",
                                             DecimalNumber(least=0), example="2")
    fresh_within: Span | None = key("How old the end of the newest period may be before the measure is stale.", Duration(),
                                    example="45 days")
    breaks: tuple[BreakRecord, ...] = key("Where the way of counting changed.", ListOf(Record(BreakRecord)))
    benchmarks: tuple[BenchmarkRecord, ...] = key("What others reach.", ListOf(Record(BenchmarkRecord)))
    why: str | None = key("Markdown: why it moved as it did lately.", Markdown(8_000))
    actions: tuple[ActionRecord, ...] = key("What is done.", ListOf(Record(ActionRecord)))
    reviews: tuple[ReviewRecord, ...] = key("Meetings that looked at it, the newest last.", ListOf(Record(ReviewRecord)))
    revisions: tuple[RevisionRecord, ...] = key("Closed periods that were changed, and why.", ListOf(Record(RevisionRecord)))
    order: int | None = key("Where it stands among the measures of its goal. By title when left out.", Integer(), example="1")
    formerly: tuple[str, ...] = key("Ids or paths it had before; each forwards here.", ListOf(OldAddress()))
    notes: Mapping[str, str] = key("Further facts, kept and shown as they are.", MapOf(Prose(4_000)))
