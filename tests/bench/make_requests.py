"""Writes a CSV file of service requests, of any length and always the same: 10,000,000 of them are 1.3 GB.

Run as `python make_requests.py ROWS FILE`.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

NAMES = ("request_id", "request_type", "received_at", "closed_on", "days_open", "council_district", "address", "latitude",
         "longitude", "cost", "status", "description")
KINDS = ("POTHOLE", "STREETLIGHT", "TRASH", "RECYCLING", "NOISE", "GRAFFITI", "WATER LEAK", "TREE DOWN", "ABANDONED VEHICLE",
         "SIDEWALK")
NAMED = ("Tryon", "Trade", "Church", "College", "Graham", "Mint", "Poplar", "Pine", "Cedar", "Elm", "Oak", "Kings")
STREETS = tuple(f"{name} {kind}" for name in NAMED for kind in ("St", "Ave", "Dr", "Blvd", "Rd", "Ln"))
FIRST, SECONDS = datetime(2016, 1, 1, tzinfo=UTC), 10 * 365 * 86_400
FIRST_ID = 1_000_000


def line(number: int, chance: random.Random) -> str:
    """A request."""
    pick = chance.random
    received, days = FIRST + timedelta(seconds=int(pick() * SECONDS)), int(chance.expovariate(0.1))
    kind, street = KINDS[int(pick() * len(KINDS))], STREETS[int(pick() * len(STREETS))]
    corner = STREETS[int(pick() * len(STREETS))]
    said = f'"{kind.capitalize()}, near the corner of {corner}"' if pick() < 0.3 else f"{kind.lower()} reported by phone"
    closed = "" if pick() < 0.1 else f"{received + timedelta(days=days):%Y-%m-%d}"
    return (f"{FIRST_ID + number},{kind},{received:%Y-%m-%dT%H:%M:%S},{closed},{days},{int(pick() * 7) + 1},"
            f"{int(pick() * 9_900) + 100} {street},{35 + pick() * 0.4:.5f},{-80.6 - pick() * 0.4:.5f},{pick() * 5_000:.2f},"
            f"{'Closed' if closed else 'Open'},{said}\n")


def write_requests(rows: int, path: Path) -> None:
    """Write a header and so many requests."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", buffering=1 << 20) as stream:
        stream.write(",".join(NAMES) + "\n")
        stream.writelines(line(number, chance) for number in range(rows))


if __name__ == "__main__":
    write_requests(int(sys.argv[1]), Path(sys.argv[2]))
