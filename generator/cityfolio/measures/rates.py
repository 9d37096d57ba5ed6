"""What a rate is divided by: how many residents there are, of everything and of each group, from rows of another file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import orjson

from cityfolio.frozen import Frozen
from cityfolio.model.performance import PeriodRecord
from cityfolio.model.periods import last_day


class Populations(Frozen, kw_only=True):
    """How many there are in each year that is told of, "" where a file tells of none."""

    years: Sequence[str]
    whole: Sequence[Fraction]
    by: Mapping[str, Mapping[str, Sequence[Fraction]]]   # column of the measure -> group -> by year
    period: PeriodRecord

    def at(self, column: str, group: str, period: str) -> Fraction | None:
        """How many there are of a group in a period: in the year in which it ends, else in the last one before that is told of.

        None where nothing is known of that time, or of that group.
        """
        numbers = self.by.get(column, {}).get(group) if column else self.whole
        if numbers is None or not self.years:
            return None
        if self.years[0] == "":
            return numbers[0]
        year = f"{last_day(period, self.period.fiscal_year_start).year:04}"
        known = [number for number, told in zip(numbers, self.years, strict=True) if told <= year]
        return known[-1] if known else None


def populations(answer: bytes, period: PeriodRecord) -> Populations:
    """Read what was counted of a population's file."""
    read = orjson.loads(answer)
    unit = 10 ** read["decimals"]

    def exact(numbers: Sequence[int | str]) -> list[Fraction]:
        return [Fraction(int(number), unit) for number in numbers]

    by = {name: dict(zip(each["keys"], map(exact, each["top"]), strict=True)) for name, each in read["by"].items()}
    return Populations(years=read["years"], whole=exact(read["whole"]), by=by, period=period)
