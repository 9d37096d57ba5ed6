"""The figures that the pages about signals, parking and the airport state, worked out again from the rows.

Each function gives the phrases that one dataset's page must hold, with the numbers put in from its files.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from demonstration.charlotte_catalog import share, table

STORM, RATE_ROSE = "2024-08-13", "2026-05-01"


def traffic_signals() -> Iterator[str]:
    """Signals, and the hours that they were dark."""
    signals = table("traffic-signals")
    stood, walkers = signals[signals.dark_hours != ""], signals[signals.walk_first != ""]
    hours = stood.dark_hours.astype(int)
    early = (stood.battery_since != "") & (stood.battery_since < STORM)
    timed = signals[signals.retimed_on != ""]
    yield f"There are {len(signals)}, from full signals"
    yield f"{(hours > 0).sum()} signals went dark, the middle one for {hours[hours > 0].median():.0f} hours"
    yield f"The {early.sum()} signals that had a battery by then did better"
    yield f"{share(hours[early] > 0)} of them went dark, against {share(hours[~early] > 0)} of the others"
    yield f"today {share(signals.battery_since != '')} of all signals have one"
    yield f"At {share(walkers.walk_first == 'true')} of the signals for walkers"
    yield f"For {(timed.retimed_on < '2023-06-28').sum()} of {len(timed)} that has not been done"
    yield f"{(signals.dark_hours == '').sum()} signals were turned on after the storm"
    yield f"three columns are empty for all {(signals.kind == 'FLASHER').sum()} of them"


def on_street_parking() -> Iterator[str]:
    """Sessions before and after the rate rose."""
    sessions = table("on-street-parking")
    sessions = sessions.assign(long=sessions.minutes.astype(int), day=sessions.started_at.str[:10])
    after = sessions.day >= RATE_ROSE
    for name, area in (("uptown", "UPTOWN"), ("South End", "SOUTH_END")):
        parts = [sessions[(sessions.area == area) & late] for late in (~after, after)]
        counts = [len(part) / part.day.nunique() for part in parts]
        yield f"| Sessions a day, {name} | {counts[0]:.0f} | {counts[1]:.0f} |"
        yield f"| Minutes of the average session, {name} | {parts[0].long.mean():.0f} | {parts[1].long.mean():.0f} |"
    uptown = [sessions[(sessions.area == "UPTOWN") & late] for late in (~after, after)]
    takings = [part.amount.astype(float).sum() / part.day.nunique() for part in uptown]
    outage = sessions.started_at.between("2026-05-14T11", "2026-05-14T15")
    yield f"the city takes in {100 * (takings[1] / takings[0] - 1):.0f}% more a day there"
    yield f"The {outage.sum()} sessions of those hours"
    usual = sessions.started_at.str[11:13].isin(["11", "12", "13", "14"]) & sessions.day.isin(["2026-05-07", "2026-05-21"])
    yield {5: "about half of the usual"}[round(10 * outage.sum() / (usual.sum() / 2))]


def checkpoint_waits() -> Iterator[str]:
    """Waits, averaged by travelers."""
    hours = table("checkpoint-waits").assign(
        people=lambda row: row.travelers.astype(int), wait=lambda row: pd.to_numeric(row.wait_minutes),
        day=lambda row: row.hour.str[:10], clock=lambda row: row.hour.str[11:13])
    first, second = hours.checkpoint == "1", hours.checkpoint == "2"
    closed, since = hours.day.between("2026-01-12", "2026-03-08"), hours.day > "2026-03-08"
    before = hours.day < "2026-01-12"
    sunday = hours[hours.day == "2025-11-30"]
    yield f"Some {round(hours.people.sum() / hours.day.nunique(), -2):,.0f} people go through on an ordinary day"
    yield f"the average traveler waits {average(hours[hours.clock == '06']):.0f} minutes, and after eight in the evening"
    yield f"after eight in the evening {average(hours[hours.clock == '20']):.0f}."
    yield f"the checkpoints saw {sunday.people.sum():,} people"
    yield f"at the worst hour of checkpoint 1 the average wait was {sunday[sunday.checkpoint == '1'].wait.max():.0f} minutes"
    yield (f"the average wait at checkpoint 1 went from {average(hours[first & before]):.0f} minutes to "
           f"{average(hours[first & closed]):.0f}")
    yield f"the wait at checkpoint 2 is {average(hours[second & since]):.0f} minutes"
    yield f"minutes, against {average(hours[second & before]):.0f} in the half year before"
    yield f"so {hours.wait.isna().sum()} rows have no waits"


def average(hours: pd.DataFrame) -> float:
    """The wait of the average traveler."""
    timed = hours[hours.wait.notna()]
    return float((timed.wait * timed.people).sum() / timed.people.sum())


PAGES = {"traffic-signals": traffic_signals, "on-street-parking": on_street_parking, "checkpoint-waits": checkpoint_waits}
