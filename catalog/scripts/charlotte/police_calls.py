"""Calls for service to the police: one year, with the minutes until a car was sent and until it came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from charlotte.days import LAST_DAY, at, days, stamp
from charlotte.draws import Draws
from charlotte.place import on_street
from charlotte.table import Cell, Table, table

FIRST = date(2025, 7, 1)
UPGRADE = (date(2026, 2, 10), date(2026, 2, 12))       # the new dispatch program lost arrival times for three days
PRIVATE = ("DOMESTIC", "MENTAL_HEALTH")                # no place is published for these
DIVISIONS: Mapping[str, tuple[int, float]] = {         # division: council district where most of it lies, its share
    "CENTRAL": (1, 10), "METRO": (2, 9), "EASTWAY": (1, 8), "FREEDOM": (2, 8.5), "HICKORY_GROVE": (5, 9),
    "INDEPENDENCE": (5, 7), "NORTH": (2, 7), "NORTH_TRYON": (4, 9.5), "PROVIDENCE": (6, 6), "SOUTH": (7, 6),
    "STEELE_CREEK": (3, 7.5), "UNIVERSITY_CITY": (4, 9), "WESTOVER": (3, 8),
}
SHORT_HANDED = {"UNIVERSITY_CITY": 1.28, "STEELE_CREEK": 1.22, "CENTRAL": 0.82, "METRO": 0.9}   # long distances, short ones
TYPES: Mapping[str, tuple[int, float]] = {             # type: priority, share
    "ASSAULT": (1, 3), "SHOTS_HEARD": (1, 2.6), "CRASH_INJURY": (1, 3.2), "DOMESTIC": (2, 9), "MENTAL_HEALTH": (2, 3.4),
    "DISTURBANCE": (2, 11), "SUSPICIOUS": (2, 10), "ALARM": (3, 13), "CRASH_NO_INJURY": (3, 10), "LARCENY": (3, 9),
    "WELFARE_CHECK": (3, 7), "TRAFFIC_STOP": (4, 8), "NOISE": (4, 6.5), "PARKING": (4, 4), "PROPERTY_DAMAGE": (4, 4),
}
BY_HOUR = (3.2, 2.7, 2.2, 1.7, 1.4, 1.4, 1.9, 2.8, 3.5, 3.9, 4.1, 4.4, 4.6, 4.7, 4.9, 5.3, 5.5, 5.6, 5.4, 5.1, 4.9, 4.8, 4.4,
           3.9)


def police_calls() -> Table:
    """The published table, in the order of time."""
    return table("call_id received_at call_type priority source division minutes_to_dispatch minutes_to_arrive disposition "
                 "block council_district", _rows())


def _rows() -> Iterator[tuple[Cell, ...]]:
    draws, number = Draws("police calls"), 0
    for day in days(FIRST, LAST_DAY):
        moments = sorted(_moment(draws, day) for _ in range(draws.events(_volume(day))))
        for moment in moments:
            number += 1
            yield (f"{moment:%y%m%d}-{number:06d}", *_call(draws, moment))


def _volume(day: date) -> float:
    season = (0.92, 0.9, 0.97, 1.0, 1.06, 1.1, 1.12, 1.1, 1.04, 1.02, 0.95, 0.93)[day.month - 1]
    return 38 * season * (0.97, 0.96, 0.97, 0.99, 1.08, 1.1, 0.99)[day.weekday()]


def _moment(draws: Draws, day: date) -> datetime:
    hour = draws.weighted(dict(enumerate(BY_HOUR)))
    return at(day, hour, draws.integer(0, 59), draws.integer(0, 59))


def _call(draws: Draws, moment: datetime) -> tuple[Cell, ...]:
    kind = draws.weighted({code: share * _at_night(code, moment) for code, (_, share) in TYPES.items()})
    division = draws.weighted({name: share for name, (_, share) in DIVISIONS.items()})
    source = "OFFICER" if kind == "TRAFFIC_STOP" or draws.chance(0.06) else "911" if draws.chance(0.72) else "NON_EMERGENCY"
    spot = on_street(draws, DIVISIONS[division][0])
    waits = _waits(draws, moment, kind, division) if source != "OFFICER" else ("", "")
    if UPGRADE[0] <= moment.date() <= UPGRADE[1]:
        waits = (waits[0], "")
    place: tuple[Cell, ...] = ("", "") if kind in PRIVATE else (spot.block, spot.district)
    return (stamp(moment), kind, TYPES[kind][0], source, division, *waits, _disposition(draws, kind), *place)


def _at_night(kind: str, moment: datetime) -> float:
    weekend = moment.weekday() in (4, 5)
    if kind in ("SHOTS_HEARD", "NOISE", "ASSAULT", "DISTURBANCE") and (moment.hour >= 21 or moment.hour < 4):
        return 2.6 if weekend else 1.7
    if kind in ("LARCENY", "PARKING", "CRASH_NO_INJURY") and (moment.hour >= 22 or moment.hour < 6):
        return 0.3
    return 1.0


def _waits(draws: Draws, moment: datetime, kind: str, division: str) -> tuple[str, str]:
    """Minutes to dispatch and to arrival, both from the moment the call was answered."""
    busy = 1.35 if moment.weekday() in (4, 5) and (moment.hour >= 20 or moment.hour < 3) else 1.0
    slow = busy * SHORT_HANDED.get(division, 1.0)
    priority = TYPES[kind][0]
    sent = draws.long_tail({1: 1.6, 2: 5.5, 3: 19, 4: 34}[priority] * slow, 0.65)
    drive = draws.long_tail({1: 5.4, 2: 7.0, 3: 10, 4: 12}[priority] * SHORT_HANDED.get(division, 1.0), 0.38)
    nobody_came = kind in ("NOISE", "PARKING", "LARCENY") and draws.chance(0.16)
    return f"{sent:.1f}", "" if nobody_came else f"{sent + drive:.1f}"


def _disposition(draws: Draws, kind: str) -> str:
    if kind == "ALARM":
        return draws.weighted({"FALSE_ALARM": 88, "REPORT": 7, "GONE": 5})
    if kind == "TRAFFIC_STOP":
        return draws.weighted({"WARNING": 52, "CITATION": 40, "ARREST": 8})
    arrest = {"ASSAULT": 22, "DOMESTIC": 16, "DISTURBANCE": 6}.get(kind, 3)
    return draws.weighted({"REPORT": 42, "SETTLED": 28, "GONE": 16, "ARREST": arrest, "REFERRED": 9})
