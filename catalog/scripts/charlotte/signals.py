"""Traffic signals: where each stands, what it can do, and how long it was dark after the windstorm of August 2024."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from charlotte.crashes import FAST, REBUILT
from charlotte.days import LAST_DAY, after_working_days
from charlotte.districts import stated
from charlotte.draws import Draws
from charlotte.place import DISTRICTS, Spot, on_street
from charlotte.table import Cell, Table, table
from charlotte.weather import STORM

PROGRAM = date(2024, 10, 1)       # money for batteries, after the storm


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal and the year it was turned on."""

    year: int
    kind: str
    spot: Spot


def traffic_signals() -> Table:
    """The published table: a point for each signal."""
    draws = Draws("traffic signals")
    standing = sorted(_standing(draws), key=lambda signal: (signal.year, signal.spot.block, signal.spot.latitude))
    return table("signal_no kind block council_district turned_on walk_first audible battery_since dark_hours retimed_on "
                 "geometry", (_row(draws, f"{number:04d}", signal) for number, signal in enumerate(standing, start=1)))


def _standing(draws: Draws) -> Iterator[Signal]:
    for district, count in stated("signals").items():
        streets = {name: 1.7 if name.endswith(FAST) or name in REBUILT else 1.0 for name in DISTRICTS[district].streets}
        for _ in range(int(count)):
            spot = on_street(draws, district, draws.weighted(streets), off_street=0.0003)
            kind = draws.weighted({"FULL": 84, "PEDESTRIAN": 9, "FLASHER": 7})
            first = 2009 if kind == "PEDESTRIAN" else 1958       # beacons for people on foot came late
            yield Signal(first + int((2026 - first) * draws.unit() ** 0.62), kind, spot)


def _row(draws: Draws, number: str, signal: Signal) -> tuple[Cell, ...]:
    rebuilt = REBUILT.get(signal.spot.street)
    walks = signal.kind != "FLASHER"
    walk_first = (rebuilt is not None or draws.chance(0.29)) if walks else None
    audible = draws.chance(0.75 if signal.year >= 2012 else 0.26) if walks else None
    battery, dark = _battery(draws, signal)
    return (number, signal.kind, signal.spot.block, signal.spot.district, signal.year, walk_first, audible, battery, dark,
            _retimed(draws, signal, rebuilt), ("Point", [signal.spot.longitude, signal.spot.latitude]))


def _battery(draws: Draws, signal: Signal) -> tuple[str | None, int | None]:
    """When a battery was put in, and the hours without light after the storm; None for a signal that did not stand then."""
    early = draws.chance(0.21)
    hit = draws.chance(0.36)
    hours = max(1, min(96, round(draws.long_tail(11, 0.85))))
    added = PROGRAM + timedelta(days=draws.integer(0, 610))
    if signal.year > STORM.year:
        return f"{signal.year}-{draws.integer(1, 6):02d}-01", None        # since the storm none is put up without one
    if early:
        year = draws.integer(max(2012, signal.year), 2024)
        dark = hours - 8 if hit and hours > 8 else 0                      # a battery lasts about eight hours
        return f"{year}-{draws.integer(1, 7):02d}-01", dark
    dark = hours if hit else 0
    wanted = 0.82 if dark >= 12 else 0.3 if dark else 0.06
    return (added.replace(day=1).isoformat() if draws.chance(wanted) else None), dark


def _retimed(draws: Draws, signal: Signal, rebuilt: date | None) -> str | None:
    """The working day on which its timing was last changed; flashers have none."""
    if signal.kind == "FLASHER":
        return None
    behind = draws.chance(0.17)
    day = LAST_DAY - timedelta(days=draws.integer(1_100, 2_900) if behind else draws.integer(8, 1_095))
    opened = date(signal.year, 3, 1) if signal.year < 2026 else date(2026, 3, 2)
    return after_working_days(max(day, opened, rebuilt or opened), 0).isoformat()
