"""Small cities for tests: text in memory, filled in wherever a test does not care."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from cityfolio.cache import NoCache
from cityfolio.check import check
from cityfolio.files import MemoryTree, Tree
from cityfolio.load.catalog import load
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.problems import Problem
from cityfolio.tables.published import Bench

NOW = datetime(2026, 6, 30, tzinfo=UTC)
SCRATCH: list[Path] = []       # where what tests make on the way lies, which conftest.py names

SITE = "name: Example City\nlicense: cc0-1.0\ncontact: {name: Data team, email: data@example.gov}\ntwins: all\n"
TREES = """\
title: Street trees
summary: Every tree the city planted.
publisher: parks
topics: [nature]
frequency: yearly
keywords: [shade, canopy]
modified: 2026-01-01
files:
  - path: trees.csv
columns:
  species: {title: What kind of tree it is}
  height: {title: How tall it is, type: number, unit: feet, minimum: 0}
"""
CSV = "species,height\noak,12.5\nmaple,\nelm,8\n"
REPAIRS = """\
title: Pothole repairs
summary: Every pothole the city repaired.
publisher: parks
topics: [nature]
frequency: monthly
keywords: [pothole]
modified: 2026-06-15
files:
  - path: repairs.csv
columns:
  closed: {title: When it was repaired, type: date}
  kind: {title: What was repaired, values: {POTHOLE: Pothole, SIGN: Sign}}
  days: {title: Working days until then, type: integer, unit: days, minimum: 0}
  district: {title: Where, type: integer}
"""
REPAIRED = ("closed,kind,days,district\n2026-03-02,POTHOLE,1,1\n2026-03-09,POTHOLE,5,2\n2026-04-01,SIGN,2,1\n"
            "2026-04-20,POTHOLE,2,2\n2026-05-04,POTHOLE,3,1\n2026-05-11,POTHOLE,9,2\n")
ON_TIME = """\
title: Potholes repaired within 3 working days
goal: smooth-streets
type: quality
unit: percent
direction: up
compute:
  dataset: repairs
  where: kind == 'POTHOLE'
  ratio: {good: days <= 3}
  date: closed
baseline: {period: 2025, value: 40}
targets:
  - {until: 2026-12, value: 80, set_on: 2026-01-01, set_by: City council}
reviews:
  - {date: 2026-05-20, by: City manager}
"""
# A goal with a measure over a dataset: what stands beside the sound city where goals are what is tested.
MEASURED: Mapping[str, str | bytes] = {
    "priorities/well-run.yaml": "title: A well run city\n",
    "goals/smooth-streets.yaml": "title: Streets are repaired in time\npriority: well-run\nowner: parks\n",
    "calendars/city.yaml": "title: City holidays\nholidays: {2026-05-25: Memorial Day}\n",
    "datasets/repairs/dataset.yaml": REPAIRS,
    "datasets/repairs/repairs.csv": REPAIRED,
    "measures/on-time/measure.yaml": ON_TIME,
}


def a_measured_city(**changed: str | bytes | None) -> dict[str, str | bytes]:
    """A sound city with a goal and a measure. Name a file by its path with `__` for `/`; None leaves it out."""
    return with_files({**a_city(), **MEASURED}, {name.replace("__", "/"): body for name, body in changed.items()})


def a_city(**changed: str | bytes | None) -> dict[str, str | bytes]:
    """The files of a sound city. Name a file by its path with `__` for `/`; None leaves it out."""
    files: dict[str, str | bytes] = {
        "site.yaml": SITE,
        "publishers/parks.yaml": "title: Parks and Recreation\n",
        "topics/nature.yaml": "title: Nature\n",
        "datasets/trees/dataset.yaml": TREES,
        "datasets/trees/trees.csv": CSV,
    }
    return with_files(files, {name.replace("__", "/"): body for name, body in changed.items()})


def with_files(files: Mapping[str, str | bytes], changed: Mapping[str, str | bytes | None]) -> dict[str, str | bytes]:
    """The files with some replaced, added, or (None) left out."""
    return {path: body for path, body in {**files, **changed}.items() if body is not None}


def a_build(**changed: object) -> Build:
    """What a build is told: a day in 2026, an address."""
    return Build(**{"now": NOW, "base_url": "https://data.example.gov", **changed})  # type: ignore[arg-type]


def a_bench(tree: Tree, **changed: object) -> Bench:
    """With what tables are worked on: one process, nothing kept."""
    scratch = Path(mkdtemp(prefix="cityfolio-bench-", dir=SCRATCH[0] if SCRATCH else None))
    return Bench(**{"tree": tree, "cache": NoCache(), "workers": 1, "scratch": scratch, **changed})  # type: ignore[arg-type]


def loaded(files: Mapping[str, str | bytes]) -> Loaded:
    """A city read from memory."""
    return load(MemoryTree(files))


def problems(files: Mapping[str, str | bytes], **build: object) -> tuple[Problem, ...]:
    """Everything wrong with a city's metadata."""
    return check(loaded(files), a_build(**build))


def codes(found: tuple[Problem, ...]) -> list[str]:
    """The codes of some problems, in their order."""
    return [problem.code for problem in found]


def places(found: tuple[Problem, ...]) -> list[tuple[str, int | None, int | None]]:
    """Code, line and column of some problems."""
    return [(problem.code, problem.where.line, problem.where.column) for problem in found]
