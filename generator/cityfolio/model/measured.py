"""What is computed of goals and measures: values by period, status, trend; with everything that a page says of them.

Values are exact fractions in the unit of the measure (71.2 for 71.2 percent) and are rounded only where they are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

from cityfolio.frozen import Frozen, field
from cityfolio.model.performance import (
    GoalRecord,
    MeasureRecord,
    PriorityRecord,
    ReadingRecord,
    RevisionRecord,
    TargetRecord,
)

Status = Literal["no-data", "stale", "suppressed", "watch", "achieved", "on-track", "near", "worse-than-baseline", "off-track",
                 "inside", "outside"]
TrendWord = Literal["improving", "worsening", "rising", "falling", "no-clear-change", "too-short"]
# In the order in which a page counts them.
STATUSES: tuple[Status, ...] = ("achieved", "on-track", "inside", "near", "off-track", "worse-than-baseline", "outside",
                                "stale", "suppressed", "no-data", "watch")


class Former(Frozen, kw_only=True):
    """A value that a closed period had before it was revised."""

    value: Fraction | None
    revision: RevisionRecord


class Observation(Frozen, kw_only=True):
    """A measure in one period: `2026-06`, `2026-Q2`, `2026`, `FY2026`, `2026-W07` or `2026-06-30`."""

    period: str
    value: Fraction | None                # None: nothing to measure, or suppressed
    rows: int | None = None               # how many rows stand behind it; None where none do or where they are suppressed
    good: int | None = None               # of a ratio: how many of them are good
    is_suppressed: bool = False
    is_closed: bool = False               # committed in observations.csv
    reading: ReadingRecord | None = None  # where it was entered by hand
    former: tuple[Former, ...] = ()       # earlier values, the oldest first


class Series(Frozen, kw_only=True):
    """A measure through time: of everything, or of one group of a disaggregation."""

    by: str = ""                          # the column; "" for everything
    group: str = ""                       # its value, as exports write it; "" is rows without one
    title: str = ""                       # the value in words, where a dictionary gives it
    observations: tuple[Observation, ...] = ()   # in order of time, without gaps between the first and the last period


class Standing(Frozen, kw_only=True):
    """Where a measure stands in a period, and the arithmetic that says so."""

    status: Status
    period: str = ""                      # "" where there is no observation
    value: Fraction | None = None
    target: TargetRecord | None = None    # the one in force in that period
    expected: Fraction | None = None
    scale: Fraction | None = None         # |target - baseline|, |target|, or the width of a range
    gap: Fraction | None = None           # in units of the scale; None where the scale is 0


class Forecast(Frozen, kw_only=True):
    """Where a measure would be when its target is due, if it went on as it did; with an interval of 80 percent."""

    period: str
    value: float
    low: float
    high: float


class Trend(Frozen, kw_only=True):
    """Whether a measure moved since the last break, beyond what chance would do."""

    word: TrendWord
    points: int = 0
    since: str = ""                       # the first period that takes part
    slope: float | None = None            # per period, in units of the measure (Theil-Sen)
    p_value: float | None = None          # Mann-Kendall, two-sided
    center: float | None = None           # XmR: the mean and the natural process limits
    lower: float | None = None
    upper: float | None = None
    signals: tuple[str, ...] = ()         # periods outside these limits, or in a run of eight on one side
    forecast: Forecast | None = None


class ServiceLevel(Frozen, kw_only=True):
    """How many late cases a ratio's target allows in a period that is not over, and how many there are."""

    period: str
    rows: int                             # so far
    late: int                             # so far
    expected_rows: int                    # in the whole period, as many as in the median of the last ones
    allowed: int                          # late ones that the target allows among these
    elapsed: Fraction                     # share of the period that is over

    @property
    def left(self) -> int:
        """How many more may be late; below 0 where too many are already."""
        return self.allowed - self.late


class Computation(Frozen, kw_only=True):
    """Everything that was computed of one measure."""

    overall: Series = field(default_factory=Series)
    groups: Mapping[str, tuple[Series, ...]] = field(default_factory=dict)   # column of `by` -> a series a group
    so_far: Observation | None = None     # of the period that is not over
    standing: Standing = field(default_factory=lambda: Standing(status="no-data"))   # in the newest period
    standings: tuple[Standing, ...] = ()  # in each period, as if it were the newest; freshness left aside
    trend: Trend = field(default_factory=lambda: Trend(word="too-short"))
    service_level: ServiceLevel | None = None
    rows_left_out: int | None = None      # of the newest period with a value; None where not all are published
    place: int | None = None              # which file of the dataset it was computed from
    is_recountable: bool = False          # every row and column behind it is published
    data_sha256: str = ""                 # of the file it was computed from, as it is published
    data_until: date | None = None        # the last day that its data is complete for


class Ref(Frozen, kw_only=True):
    """Something as others point to it."""

    id: str
    title: str


class Measure(Frozen, kw_only=True):
    """One measure with everything it points to."""

    id: str
    title: str
    record: MeasureRecord
    goal: Ref | None
    owner: Ref | None                     # a publisher: its own, else its goal's
    dataset: Ref | None
    computed: Computation = field(default_factory=Computation)
    source_path: str

    @property
    def status(self) -> Status:
        """Where it stands now."""
        return self.computed.standing.status


class Goal(Frozen, kw_only=True):
    """A goal with its measures, the headline first."""

    id: str
    title: str
    record: GoalRecord
    priority: Ref | None
    owner: Ref | None
    measures: tuple[Measure, ...]
    source_path: str

    @property
    def headline(self) -> Measure | None:
        """The measure that stands for it."""
        return self.measures[0] if self.measures else None


class Priority(Frozen, kw_only=True):
    """A priority with its goals."""

    id: str
    title: str
    record: PriorityRecord
    goals: tuple[Goal, ...]
    source_path: str
