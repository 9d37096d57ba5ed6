"""Traffic crashes. Four corridors were rebuilt for safety; afterward fewer people are hurt on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from charlotte.days import days
from charlotte.draws import Draws
from charlotte.place import DISTRICTS, Spot, on_street
from charlotte.table import Cell, Table, table, truth
from charlotte.weather import weather

FIRST, LAST = date(2019, 1, 1), date(2026, 3, 31)
REBUILT: Mapping[str, date] = {       # street: the day its new design opened
    "The Plaza": date(2021, 6, 1),
    "Parkwood Avenue": date(2022, 5, 1),
    "West Boulevard": date(2023, 4, 1),
    "Shamrock Drive": date(2024, 3, 1),
}
FAST = ("Boulevard", "Albemarle Road", "South Tryon Street", "North Tryon Street", "Freedom Drive")
HOURS = (.5, .4, .4, .3, .3, .5, 1, 2, 2.2, 1.5, 1.5, 1.8, 2.2, 2.1, 2.4, 2.9, 3.2, 3.5, 2.6, 1.8, 1.4, 1.2, 1, .8)
HURT = {"K": 0.5, "A": 1.6, "B": 10, "C": 16, "O": 72}
HURT_ON_FOOT = {"K": 6, "A": 16, "B": 44, "C": 28, "O": 6}
KINDS = {"REAR_END": 36, "ANGLE": 24, "LEFT_TURN": 12, "SIDESWIPE": 13, "FIXED_OBJECT": 9, "PEDESTRIAN": 2.4, "BICYCLE": 0.9,
         "HEAD_ON": 1.2, "OTHER": 1.5}


def traffic_crashes() -> Table:
    """The published table, in the order of time."""
    return table("crash_id crash_date crash_time street block council_district latitude longitude crash_type severity vehicles "
                 "people_hurt road_surface light speed_limit after_rebuild", _rows())


def _rows() -> Iterator[tuple[Cell, ...]]:
    draws, number = Draws("traffic crashes"), 0
    for day in days(FIRST, LAST):
        for hour in sorted(draws.weighted(dict(enumerate(HOURS))) for _ in range(draws.events(_volume(day)))):
            spot = _spot(draws, day)
            if spot is None:
                continue                                  # the crash that the new street design prevented
            number += 1
            yield (f"C{number:06d}", *_crash(draws, day, hour, spot))


def _volume(day: date) -> float:
    pandemic = 0.48 if date(2020, 3, 17) <= day <= date(2020, 5, 22) else 0.82 if day.year == 2020 and day.month > 5 else 1.0
    rain = 1.34 if weather()[day].rain > 0.1 else 1.0
    return 2.75 * pandemic * rain * (1.06, 1.02, 1.04, 1.06, 1.28, 0.9, 0.7)[day.weekday()]


def _spot(draws: Draws, day: date) -> Spot | None:
    number = draws.weighted({1: 1.2, 2: 1.0, 3: 1.2, 4: 1.0, 5: 1.3, 6: 0.8, 7: 0.55})
    streets = DISTRICTS[number].streets
    street = draws.weighted({name: 2.1 if name in REBUILT or name.endswith(FAST) else 1.0 for name in streets})
    prevented = street in REBUILT and day >= REBUILT[street] and draws.chance(0.38)
    return None if prevented else on_street(draws, number, street)


def _crash(draws: Draws, day: date, hour: int, spot: Spot) -> tuple[Cell, ...]:
    kind = draws.weighted(KINDS)
    on_foot = kind in ("PEDESTRIAN", "BICYCLE")
    rebuilt = spot.street in REBUILT and day >= REBUILT[spot.street]
    severity = draws.weighted(HURT_ON_FOOT if on_foot else HURT)
    if rebuilt and severity in ("K", "A", "B") and draws.chance(0.45):
        severity = "C"                                    # slower traffic: the same crash, a lesser injury
    alone = on_foot or kind == "FIXED_OBJECT"
    hurt = 0 if severity == "O" else 1 + (draws.events(0.35) if not on_foot else 0)
    no_time = (day.year, day.month) in ((2021, 4), (2021, 5)) and draws.chance(0.7)
    rain = weather()[day].rain
    surface = "WET" if rain > 0.05 and draws.chance(0.72) else "ICE" if weather()[day].high < 37 else "DRY"
    limit = 25 if rebuilt else 45 if spot.street.endswith(FAST) else 35
    return (day.isoformat(), "" if no_time else f"{hour:02d}:{draws.integer(0, 59):02d}", spot.street, spot.block,
            spot.district, spot.latitude, spot.longitude, kind, severity, 1 if alone else 2 + draws.events(0.14), hurt,
            surface, _light(day, hour), limit, truth(rebuilt))


def _light(day: date, hour: int) -> str:
    """Daylight by month, roughly: sunrise and sunset in Charlotte, clock time."""
    sunrise = (7, 7, 7, 6, 6, 6, 6, 6, 7, 7, 6, 7)[day.month - 1]
    sunset = (17, 18, 19, 20, 20, 20, 20, 20, 19, 18, 17, 17)[day.month - 1]
    if hour in (sunrise - 1, sunset):
        return "TWILIGHT"
    return "DAYLIGHT" if sunrise <= hour < sunset else "DARK"
