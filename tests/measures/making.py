"""A small city with one measure over some rows, and what is computed of it."""

from __future__ import annotations

from cities import a_bench, a_build, a_city
from cityfolio.cache import Keep, NoCache
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.measures.measured import Measured, measured
from cityfolio.model.measured import Computation, Observation
from cityfolio.tables.published import read_tables

DATASET = """\
title: Requests
summary: Requests of residents.
publisher: parks
topics: [nature]
frequency: daily
modified: 2026-06-29
"""
COLUMNS = """\
columns:
  kind: {type: string}
  opened: {type: datetime}
  closed: {type: date}
  days: {type: integer}
  cost: {type: number}
  district: {type: string}
"""
FILES = "files:\n  - path: requests.csv\n"
HEADER = "kind,opened,closed,days,cost,district\n"
MEASURE = """\
title: Requests on time
goal: streets
type: quality
owner: parks
direction: up
"""
HOLIDAYS = "title: City holidays\nholidays: {2026-01-01: New Year's Day, 2026-03-09: Founders' Day}\n"


def a_measured_city(rows: str, compute: str, *, dataset: str = DATASET + FILES + COLUMNS, measure: str = "unit: requests\n",
                    **more: str) -> dict[str, str | bytes]:
    """The files of a city with the measure `m` over `requests.csv`; `compute` is the inside of that key, a line each."""
    inside = "".join(f"  {line}\n" for line in ["dataset: requests", *compute.strip().splitlines()])
    return a_city(**{"datasets__requests__dataset.yaml": dataset, "datasets__requests__requests.csv": rows,
                     "goals__streets.yaml": "title: Streets are smooth\nowner: parks\n", "calendars__city.yaml": HOLIDAYS,
                     "measures__m__measure.yaml": f"{MEASURE}{measure}compute:\n{inside}", **more})


def measured_city(files: dict[str, str | bytes], cache: Keep | None = None, **build: object) -> Measured:
    """Everything that is measured of a city."""
    tree = MemoryTree(files)
    loaded = load(tree)
    bench = a_bench(tree, cache=cache or NoCache())
    return measured(loaded, read_tables(loaded, bench), a_build(**build), bench)


def computed(rows: str, compute: str, **more: str) -> Computation:
    """What is computed of one measure over rows of requests."""
    found = measured_city(a_measured_city(HEADER + rows, compute, **more))
    assert found.problems == ()
    return found.by_id["m"]


def values(observations: tuple[Observation, ...]) -> dict[str, object]:
    """The values by period."""
    return {each.period: each.value for each in observations}
