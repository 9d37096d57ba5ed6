"""A catalog of many measures over one large file of requests, always the same: what is measured of computing them.

Run as `python making_measures.py ROWS MEASURES FOLDER`.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

SITE = "name: Example City\nlicense: cc0-1.0\ncontact: {name: Data team, email: data@example.gov}\nas_of: 2026-01-15\n"
DATASET = """\
title: Requests
summary: Requests of ten years.
publisher: works
topics: [streets]
frequency: daily
modified: 2026-01-14
files:
  - path: requests.csv
columns:
  kind: {type: string}
  days_open: {type: integer}
  cost: {type: number}
"""
NAMES = ("request_id", "kind", "received_at", "closed_on", "days_open", "district", "channel", "urgency", "team", "cost",
         "said")
KINDS = ("POTHOLE", "STREETLIGHT", "TRASH", "RECYCLING", "NOISE", "GRAFFITI", "LEAK", "TREE", "VEHICLE", "SIDEWALK")
CHANNELS = ("phone", "app", "web", "walk-in", "mail")
URGENCIES = ("low", "normal", "high", "emergency")
TEAMS = tuple(f"Team {letter}" for letter in "ABCDEFGHIJKL")
BY = "[kind, district, channel, urgency, team]"
FIRST, SECONDS = datetime(2016, 1, 1), 10 * 365 * 86_400  # noqa: DTZ001 - a clock of no place
ASKED = ("count: rows", "ratio: {good: 'business_days(received_at, closed_on) <= %d'}", "sum: cost", "mean: days_open",
         "ratio: {good: 'days_open < %d'}", "median: days_open", "percentile: {of: days_open, at: 90}", "mean: cost",
         "ratio: {good: 'days_open <= %d', weight: cost}", "count: rows")
CHOSEN = ("kind == '%s'", "closed_on is not null and kind != '%s'", "kind in ('%s', 'LEAK')",
          "not (kind == '%s') and cost > 100", "")


def line(number: int, chance: Random, *, offsets: bool = False) -> str:
    """A request; the moment of it with the offset that Charlotte had then, but for a few days a year."""
    pick = chance.random
    received, days = FIRST + timedelta(seconds=int(pick() * SECONDS)), int(chance.expovariate(0.1))
    closed = "" if pick() < 0.1 else f"{received + timedelta(days=days):%Y-%m-%d}"
    offset = ("-04:00" if 3 < received.month < 11 else "-05:00") if offsets else ""
    return (f"{1_000_000 + number},{KINDS[int(pick() * 10)]},{received:%Y-%m-%dT%H:%M:%S}{offset},{closed},{days},"
            f"{int(pick() * 7) + 1},"
            f"{CHANNELS[int(pick() * 5)]},{URGENCIES[int(pick() * 4)]},{TEAMS[int(pick() * 12)]},{pick() * 5_000:.2f},"
            f"Reported by a resident\n")


def measure(number: int, *, offsets: bool = False) -> str:
    """The file of a measure."""
    zone = "period: {timezone: America/New_York}\n" if offsets else ""
    asked, chosen = ASKED[number % len(ASKED)], CHOSEN[number // 2 % len(CHOSEN)]
    asked = asked % (number % 7 + 3) if "%d" in asked else asked
    where = f"  where: {chosen % KINDS[number % 10] if chosen else 'days_open >= 0'}\n"
    unit = "percent" if "ratio" in asked else "requests"
    return (f"title: Measure {number}\ngoal: streets\ntype: quality\nowner: works\nunit: {unit}\ndirection: up\n{zone}"
            f"compute:\n  dataset: requests\n  date: received_at\n{where}  {asked}\n  by: {BY}\n")


def write_catalog(rows: int, measures: int, folder: Path, *, offsets: bool = False) -> None:
    """Write the catalog into an empty folder."""
    chance = Random(1)
    files = {"site.yaml": SITE, "publishers/works.yaml": "title: Works\n", "topics/streets.yaml": "title: Streets\n",
             "goals/streets.yaml": "title: Streets are smooth\nowner: works\n", "datasets/requests/dataset.yaml": DATASET,
             **{f"measures/measure-{number}/measure.yaml": measure(number, offsets=offsets) for number in range(measures)}}
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(body)
    with (folder / "datasets/requests/requests.csv").open("w", encoding="utf-8", buffering=1 << 20) as stream:
        stream.write(",".join(NAMES) + "\n")
        stream.writelines(line(number, chance, offsets=offsets) for number in range(rows))


if __name__ == "__main__":
    write_catalog(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
