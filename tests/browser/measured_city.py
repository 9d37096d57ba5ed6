"""A city whose measures are made in every way, over rows with gaps, moments of two offsets and a file with a year alone."""

from __future__ import annotations

from datetime import date, timedelta

from cities import a_measured_city

ROWS = 400
REQUESTS = """\
title: Requests
summary: Requests of residents.
publisher: parks
topics: [nature]
frequency: daily
modified: 2026-06-29
files:
  - path: requests.csv
columns:
  kind: {type: string}
  opened: {type: datetime}
  closed: {type: date}
  days: {type: integer}
  cost: {type: number}
  district: {type: string, values: {"1": North, "2": South}}
  level: {type: number}
  the ward: {type: integer}
"""
BUDGET = """\
title: Budget
summary: What is spent.
publisher: parks
topics: [nature]
frequency: yearly
modified: 2026-06-29
files:
  - path: budget.csv
columns:
  fiscal: {type: year}
  amount: {type: number}
"""
MEASURE = """\
title: {title}
goal: smooth-streets
type: quality
owner: parks
unit: {unit}
direction: watch
period: {period}
compute:
  dataset: {dataset}
{compute}
"""
LATE = "not (business_days(opened, closed) <= 3) or closed is null"
ZONED = "{grain: month, timezone: America/New_York}"
# What is computed, in which unit and in which periods.
WAYS: dict[str, tuple[str, str, str]] = {
    "count": ("count: rows\nwhere: kind != 'TRASH'\ndate: closed\nby: [district, level]", "requests", "{grain: month}"),
    "distinct": ("count: kind\ndate: closed\nby: [district]", "kinds", "{grain: quarter}"),
    "sum": ("sum: cost\ndate: closed\nby: [the ward]", "dollars", "{grain: month}"),
    "mean": ("mean: cost\nwhere: lower(kind) in ('pothole', 'sign')\ndate: closed\nby: [kind]", "dollars", "{grain: month}"),
    "median": ("median: cost\ndate: opened\nby: [district]", "dollars", "{grain: year}"),
    "percentile": ("percentile: {of: days, at: 90}\ndate: opened\nby: [kind]", "days", ZONED),
    "ratio": ("ratio: {good: 'business_days(opened, closed) <= 3'}\ndate: opened\ncalendar: city\nby: [district]", "percent",
              ZONED),
    "late": (f"count: rows\nwhere: {LATE}\ndate: opened\ncalendar: city", "requests", "{grain: week}"),
    "weighted": ("ratio: {good: 'days in (0, 1)', weight: cost}\ndate: closed\nby: [district]", "percent",
                 "{grain: fiscal-year, fiscal_year_start: \"04-01\"}"),
}


def requests() -> str:
    """Rows in the night, over both changes of clocks, each with some cell missing now and then."""
    lines = ["kind,opened,closed,days,cost,district,level,the ward"]
    for number in range(ROWS):
        day = date(2025, 10, 1) + timedelta(number * 7 % 270)
        offset = "-04:00" if not date(2025, 11, 2) <= day < date(2026, 3, 8) else "-05:00"
        if number % 5 == 0:
            offset = "Z"
        closed = "" if number % 9 == 0 else f"{day + timedelta(number % 8)}"
        lines.append(",".join([
            ("POTHOLE", "SIGN", "TRASH", "")[number * 3 % 11 % 4], f"{day}T{number * 5 % 24:02}:30:00{offset}", closed,
            "" if number % 13 == 0 else f"{number % 8}", "" if number % 7 == 0 else f"{number * 37 % 1000 / 100:.2f}",
            ("1", "2", "")[number % 3], ("1.5", "2", "1.50", "")[number % 4], f"{number % 2 + 1}"]))
    return "\n".join(lines) + "\n"


def measured_files() -> dict[str, str | bytes]:
    """The files of the city."""
    made = {name: ("requests", *way) for name, way in WAYS.items()}
    made["spent"] = ("budget", "sum: amount\ndate: fiscal", "dollars", "{grain: fiscal-year}")
    measures = {
        f"measures__{name}__measure.yaml": MEASURE.format(
            title=f"Measured as {name}", unit=unit, period=period, dataset=dataset,
            compute="".join(f"  {line}\n" for line in compute.splitlines()))
        for name, (dataset, compute, unit, period) in made.items()}
    return a_measured_city(**{
        "datasets__requests__dataset.yaml": REQUESTS, "datasets__requests__requests.csv": requests(),
        "datasets__budget__dataset.yaml": BUDGET,
        "datasets__budget__budget.csv": "fiscal,amount\n2023,10.5\n2023,0.25\n2024,7\n2025,\n2025,3.125\n", **measures})
