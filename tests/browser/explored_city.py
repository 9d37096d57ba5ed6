"""A city whose tables are looked into: one of two groups of rows with places, and one with cells that mean harm."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from cities import SITE, a_build, a_city, loaded, with_files
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.publish.folder_sink import FolderSink

ROWS = 12_000
KINDS = ("Pothole", "Streetlight", "Trash", "Noise", "Graffiti")
REQUESTS = """\
title: Requests
summary: What residents asked for.
publisher: parks
topics: [nature]
frequency: yearly
modified: 2026-01-01
files:
  - path: requests.csv
columns:
  kind: {title: What was asked for}
  received: {title: Day it came in, type: date}
  closed_at: {title: When it was closed, type: datetime}
  days: {title: Days open, type: integer, unit: days}
  cost: {title: What it cost, type: number, unit: dollars}
  ward: {title: Ward, values: {"1": North, "2": South}}
  lat: {title: Latitude, type: number}
  lon: {title: Longitude, type: number}
"""
HOSTILE = """\
title: Hostile cells
summary: What somebody might try.
publisher: parks
topics: [nature]
frequency: yearly
modified: 2026-01-01
files:
  - path: cells.csv
"""
HEADER = ("__proto__", "<img src=x onerror=alert(1)>", "constructor")
CELLS = (
    ("<script>alert(1)</script>", '=HYPERLINK("https://evil.example","x")', "plain"),
    ("\u202egnp.exe", "\u2066\u2069mark", "<img src=x onerror=alert(2)>"),
    ("x" * 1_000_000, "javascript:alert(3)", "toString"),
)


def _csv(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def request(number: int) -> tuple[object, ...]:
    """One row, always the same: every seventh has no cost, and summer has another offset than winter."""
    month, day = number * 7 % 12 + 1, number % 28 + 1
    offset = "-04:00" if 3 < month < 11 else "-05:00"
    return (KINDS[number * 13 % 17 % len(KINDS)], f"{2020 + number * 5 // ROWS}-{month:02}-{day:02}",
            f"2025-{month:02}-{day:02}T{number % 24:02}:30:00{offset}", number % 40,
            "" if number % 7 == 0 else f"{number % 1000 / 100:.2f}", number % 2 + 1,
            f"{35 + number % 100 / 200:.3f}", f"{-81 + number % 77 / 200:.3f}")


def write_explored_city(folder: Path, base_url: str = "") -> Path:
    """Build the site into a folder."""
    header = ("kind", "received", "closed_at", "days", "cost", "ward", "lat", "lon")
    files = with_files(a_city(), {
        "site.yaml": SITE, "datasets/requests/dataset.yaml": REQUESTS, "datasets/hostile/dataset.yaml": HOSTILE,
        "datasets/requests/requests.csv": _csv(header, [request(number) for number in range(ROWS)]),
        "datasets/hostile/cells.csv": _csv(HEADER, list(CELLS)),
    })
    result = build_site(loaded(files), a_build(base_url=base_url), Workshop(tree=MemoryTree(files), sink=FolderSink(folder)))
    assert result.is_built, result.problems
    return folder
