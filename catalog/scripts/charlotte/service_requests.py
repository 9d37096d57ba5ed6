"""Requests to CharMeck 311: what was asked for, when it came in, when it was done.

Told in the rows: the bulky item code changed on 1 July 2022; the load of March 2023 ran twice; the west yard ran short of
drivers from September 2023 to March 2024; phones stayed open two hours longer from July 2024; a windstorm on 13 August 2024
filled the tree crews' list for weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from charlotte.days import LAST_DAY, after_working_days, at, days, is_working_day, stamp, working_days
from charlotte.draws import Draws
from charlotte.place import Spot, somewhere
from charlotte.table import Cell, Table, table, truth
from charlotte.weather import STORM, weather

RENAMED = date(2022, 7, 1)
EVENINGS = date(2024, 7, 1)        # phones answered until nine at night, not seven
ALWAYS = (1.0,) * 12
GROWING = (0.0, 0.0, 0.2, 1.0, 2.0, 2.2, 2.0, 1.9, 1.5, 0.7, 0.2, 0.0)
LEAVES = (1.6, 0.6, 0.7, 0.8, 0.6, 0.5, 0.4, 0.4, 0.5, 1.3, 2.7, 2.6)
HEAT = (0.5, 0.6, 0.8, 1.0, 1.2, 1.4, 1.5, 1.4, 1.2, 0.9, 0.7, 0.5)
THAW = (1.5, 2.1, 1.9, 1.1, 0.8, 0.7, 0.7, 0.7, 0.6, 0.6, 0.6, 0.8)
MOVES = (0.9, 0.8, 0.9, 0.9, 1.1, 1.2, 1.3, 1.3, 1.0, 0.9, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of request: who does it, its share, its target and usual time in working days, its year."""

    department: str
    share: float
    target: int
    median: float
    season: tuple[float, ...] = ALWAYS


KINDS: Mapping[str, Kind] = {
    "BULKY_ITEM": Kind("SWS", 21, 7, 4.0, MOVES),
    "MISSED_COLLECTION": Kind("SWS", 14, 2, 1.1),
    "YARD_WASTE": Kind("SWS", 7, 5, 2.6, LEAVES),
    "CART": Kind("SWS", 9, 10, 5.5, MOVES),
    "ILLEGAL_DUMPING": Kind("SWS", 5, 5, 2.8),
    "DEAD_ANIMAL": Kind("SWS", 4, 2, 0.8, HEAT),
    "POTHOLE": Kind("CDOT", 7, 3, 1.7, THAW),
    "SIDEWALK": Kind("CDOT", 2, 30, 21.0),
    "SIGNAL": Kind("CDOT", 3.5, 1, 0.4),
    "SIGN": Kind("CDOT", 3, 5, 2.8),
    "STREETLIGHT": Kind("CDOT", 4, 10, 6.0, tuple(reversed(HEAT))),
    "HIGH_GRASS": Kind("HNS", 6, 10, 6.5, GROWING),
    "JUNK_VEHICLE": Kind("HNS", 3, 20, 13.0),
    "GRAFFITI": Kind("HNS", 1.5, 7, 3.5),
    "TREE_DOWN": Kind("LM", 2, 3, 1.3, HEAT),
    "TREE_REQUEST": Kind("LM", 2.5, 30, 19.0),
    "WATER_LEAK": Kind("CLTW", 4.5, 2, 0.9, (1.7, 1.5, 1, .8, .8, .9, 1.1, 1.1, 1, .9, .9, 1.2)),
    "SEWER_BACKUP": Kind("CLTW", 1.5, 1, 0.3),
    "STORM_DRAIN": Kind("SWTR", 2.5, 15, 8.5),
    "STRAY_ANIMAL": Kind("CMPD", 5, 2, 0.9, HEAT),
}
WEEK = (1.32, 1.2, 1.12, 1.1, 1.03, 0.5, 0.38)
PHONE_HOURS: Mapping[int, float] = {7: 5, 8: 12, 9: 14, 10: 13, 11: 11, 12: 8, 13: 9, 14: 9, 15: 8, 16: 7, 17: 3, 18: 1.5}
ONLINE_HOURS: Mapping[int, float] = {
    0: 1, 1: 0.6, 5: 0.8, 6: 3, 7: 6, 8: 7, 9: 7, 10: 7, 11: 6, 12: 7, 13: 6, 14: 6, 15: 6, 16: 6, 17: 7, 18: 7, 19: 7, 20: 6,
    21: 5, 22: 3, 23: 2,
}


@dataclass(frozen=True, slots=True)
class Request:
    """One request, before it is written out. `closed` is None while it is open."""

    id: str
    received: datetime
    closed: datetime | None
    kind: str
    channel: str
    outcome: str
    spot: Spot
    located: bool
    phone: str

    @property
    def code(self) -> str:
        """The type as it was written at the time."""
        return "BULKY" if self.kind == "BULKY_ITEM" and self.received.date() < RENAMED else self.kind


@cache
def requests() -> tuple[Request, ...]:
    """Every request received from January 2021 on, each once, in the order they came in."""
    draws, numbers, found = Draws("service requests"), dict[int, int](), list[Request]()
    for day in days(date(2021, 1, 1), LAST_DAY):
        kinds = [draws.weighted(_shares(day)) for _ in range(draws.events(_volume(day)))]
        for received, channel, kind in sorted((*_arrival(draws, day), kind) for kind in kinds):
            numbers[day.year] = numbers.get(day.year, 0) + 1
            found.append(_request(draws, f"SR-{day.year}-{numbers[day.year]:05d}", received, channel, kind))
    return tuple(found)


def service_requests() -> Table:
    """The published table, with the rows of March 2023 that the loading job wrote twice."""
    return table("request_id received_at closed_at request_type department channel outcome target_days working_days days_open "
                 "on_time block zip_code council_district latitude longitude caller_phone", _rows())


def _rows() -> Iterator[tuple[Cell, ...]]:
    march = [each for each in requests() if (each.received.year, each.received.month) == (2023, 3)]
    for request in requests():
        yield _row(request)
        if request is march[-1]:
            yield from map(_row, march)


def _volume(day: date) -> float:
    """Requests on a usual day: more every year, few on weekends and holidays, many after the storm."""
    growth = 8.7 + 0.55 * (day - date(2021, 1, 1)).days / 365.25
    quiet = 0.45 if day.weekday() < 5 and not is_working_day(day) else 1.0
    storm = 1.9 if 0 <= (day - STORM).days < 12 else 1.0
    return growth * WEEK[day.weekday()] * quiet * storm


def _shares(day: date) -> dict[str, float]:
    shares = {code: kind.share * kind.season[day.month - 1] for code, kind in KINDS.items()}
    since_storm = (day - STORM).days
    if 0 <= since_storm < 21:
        shares["TREE_DOWN"] *= 26 - since_storm
    if weather()[day].rain > 0.8:
        shares["STORM_DRAIN"] *= 6
    return shares


def _arrival(draws: Draws, day: date) -> tuple[datetime, str]:
    """When and how a request comes in. Phones are answered on working days; the app grew from a fifth to nearly half."""
    app = 0.20 + 0.05 * (day - date(2021, 1, 1)).days / 365.25
    phone = 0.62 - (app - 0.20) * 0.9 if is_working_day(day) else 0.04
    channel = draws.weighted({"PHONE": phone, "APP": app, "WEB": 0.16})
    evening = {19: 3.5, 20: 2.5} if day >= EVENINGS else {}
    hour = draws.weighted({**PHONE_HOURS, **evening} if channel == "PHONE" else ONLINE_HOURS)
    return at(day, hour, draws.integer(0, 59), draws.integer(0, 59)), channel


def _request(draws: Draws, number: str, received: datetime, channel: str, kind: str) -> Request:
    spot = somewhere(draws)
    closed = _closed(draws, received, kind, _slowness(received.date(), kind, spot.district))
    outcome = draws.weighted({"DONE": 88, "NOT_FOUND": 5, "REPEAT": 4, "NOT_CITY": 3})
    phone = f"980-555-01{draws.integer(0, 99):02d}"
    adrift = channel == "PHONE" and received.date() < date(2021, 10, 1) and draws.chance(0.42)
    is_open = closed.date() > LAST_DAY
    return Request(number, received, None if is_open else closed, kind, channel, "" if is_open else outcome, spot,
                   not adrift, phone if channel == "PHONE" else "")


def _slowness(day: date, kind: str, district: int) -> float:
    """How much longer than usual the work takes: the reasons that the description tells."""
    slow, department = 1.0, KINDS[kind].department
    if department == "SWS" and district in (2, 3) and date(2023, 9, 1) <= day < date(2024, 4, 1):
        slow *= 2.1                                       # the west yard, short of drivers
    if kind in ("YARD_WASTE", "MISSED_COLLECTION") and day.month in (11, 12, 1):
        slow *= 1.55                                      # leaf season and holidays
    if kind == "POTHOLE" and day.month in (2, 3):
        slow *= 1.45
    if department == "LM" and 0 <= (day - STORM).days < 45:
        slow *= 3.6
    if kind == "SIDEWALK" and day >= date(2025, 7, 1):
        slow *= 0.7                                       # a second concrete crew
    return slow


def _closed(draws: Draws, received: datetime, kind: str, slow: float) -> datetime:
    wait = int(draws.long_tail(KINDS[kind].median * slow, 0.62) + 0.35)
    late_in_day = received.hour >= 16 and is_working_day(received.date())
    day = after_working_days(received.date(), max(wait, 1) if late_in_day else wait)
    first_hour = max(7, received.hour + 1) if day == received.date() else 7
    return at(day, draws.integer(first_hour, 17), draws.integer(0, 59), draws.integer(0, 59))


def _row(request: Request) -> tuple[Cell, ...]:
    kind, spot, closed = KINDS[request.kind], request.spot, request.closed
    took = working_days(request.received.date(), closed.date()) if closed else None
    waited = working_days(request.received.date(), LAST_DAY)
    on_time = truth(took <= kind.target) if took is not None else "false" if waited > kind.target else ""
    place: tuple[Cell, ...] = (spot.district, spot.latitude, spot.longitude) if request.located else ("", "", "")
    return (request.id, stamp(request.received), stamp(closed) if closed else "", request.code, kind.department,
            request.channel, request.outcome, kind.target, "" if took is None else took,
            (closed.date() - request.received.date()) // timedelta(days=1) if closed else "", on_time,
            spot.block, spot.zip, *place, request.phone)
