"""The values of a series that a trend is made of: since the last break, each at its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cityfolio.frozen import Frozen
from cityfolio.measures.way import end_of
from cityfolio.model.measured import Observation
from cityfolio.model.performance import MeasureRecord
from cityfolio.model.periods import first_day, last_day, period_of

MOST_POINTS = 1_000   # the newest ones; pairs grow with the square
SPANS = {"day": 1, "week": 7, "month": 1, "quarter": 3, "year": 12, "fiscal-year": 12}   # in the days or months of `end_of`
# From how many points on values are compared within their season: two years of months, three of quarters, with fewer of which
# even a series that only rises could not be told from chance.
SEASONAL_FROM = {"month": 24, "quarter": 12}


class Points(Frozen, kw_only=True):
    """Values in order of time."""

    periods: tuple[str, ...]
    times: tuple[int, ...]       # in periods since the first
    values: tuple[float, ...]
    seasons: tuple[int, ...]     # month or quarter of each, from 1; all 0 where seasons are left aside

    def __len__(self) -> int:
        return len(self.periods)

    def __iter__(self) -> Iterator[tuple[int, float, int]]:
        """Time, value and season of each."""
        return zip(self.times, self.values, self.seasons, strict=True)

    @property
    def is_seasonal(self) -> bool:
        """Whether values are compared within their season."""
        return any(self.seasons)


def points_of(record: MeasureRecord, observations: Sequence[Observation]) -> Points:
    """What is known since the last break. A period without a value leaves a gap, so the others keep their time."""
    counted = [each for each in _since_break(record, observations) if each.value is not None][-MOST_POINTS:]
    times = [steps_between(counted[0].period, each.period, record) for each in counted]
    least = SEASONAL_FROM.get(record.period.grain)
    is_seasonal = least is not None and len(counted) >= least
    return Points(periods=tuple(each.period for each in counted), times=tuple(times),
                  values=tuple(float(each.value or 0) for each in counted),
                  seasons=tuple(season_of(each.period) if is_seasonal else 0 for each in counted))


def season_of(period: str) -> int:
    """The number of a month or a quarter in its year."""
    return int(period[5:].removeprefix("Q"))


def steps_between(first: str, second: str, record: MeasureRecord) -> int:
    """How many periods of the measure lie from one to another."""
    return (end_of(second, record.period) - end_of(first, record.period)) // SPANS[record.period.grain]


def period_at(period: str, record: MeasureRecord) -> str:
    """The period of the measure's grain in which a period ends."""
    return period_of(last_day(period, record.period.fiscal_year_start), record.period.grain, record.period.fiscal_year_start)


def _since_break(record: MeasureRecord, observations: Sequence[Observation]) -> Sequence[Observation]:
    """From the last break that is not yet to come; a period that only partly lies after it is left out."""
    if not observations or not record.breaks:
        return observations
    starts = [first_day(each.period, record.period.fiscal_year_start) for each in observations]
    breaks = [day for each in record.breaks if each.period is not None
              if (day := first_day(each.period, record.period.fiscal_year_start)) <= starts[-1]]
    return [each for each, start in zip(observations, starts, strict=True) if not breaks or start >= max(breaks)]
