"""One invented weather for every table, so that rain that empties the bike counters also fills the crash reports."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cache

from charlotte.days import days
from charlotte.draws import Draws

STORM = date(2024, 8, 13)         # the windstorm that several tables remember


@dataclass(frozen=True, slots=True)
class Weather:
    """One day at the airport: degrees Fahrenheit, and rain in inches."""

    high: float
    low: float
    rain: float

    @property
    def freezes(self) -> bool:
        """Whether water in a crack freezes at night and melts by day, which is what makes potholes."""
        return self.low < 31 < self.high - 4


@cache
def weather() -> dict[date, Weather]:
    """The weather of each day from 2019 to the middle of 2026."""
    draws, found, drift = Draws("weather"), dict[date, Weather](), 0.0
    for day in days(date(2019, 1, 1), date(2026, 6, 30)):
        winter = math.cos(2 * math.pi * (day.timetuple().tm_yday - 18) / 365.25)     # 1 in January, -1 in July
        drift = 0.72 * drift + draws.near(0, 3.9 + 0.9 * winter)                     # spells last some days
        usual = 70.5 - 19.5 * winter
        rain = draws.long_tail(0.22, 1.0) if draws.chance(0.30) else 0.0
        high = usual + drift - (3 if rain else 0)
        found[day] = Weather(high=high, low=high - draws.near(20, 3.5), rain=rain)
    found[STORM] = Weather(high=88.0, low=70.0, rain=2.9)
    return found
