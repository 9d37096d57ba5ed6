"""What comparing the rows of two large tables costs, beside DuckDB, which counts the differences alone.

Memory is bounded; nothing is asserted of time. `make bench` prints the figures.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from os import environ
from pathlib import Path

import pytest

from bench.making_row_diff import write_pair
from bench.measuring import Cost, cost_of

pytestmark = pytest.mark.bench
COMPARE = [sys.executable, str(Path(__file__).with_name("compare_rows.py"))]
ROWS = 5_000_000
MOST_MIB = 600


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Two tables of five million rows and the second under other names; kept where CITYFOLIO_BENCH names a folder."""
    named = environ.get("CITYFOLIO_BENCH")
    place = Path(named) if named else tmp_path_factory.mktemp("row-diff")
    place.mkdir(parents=True, exist_ok=True)
    return write_pair(ROWS, place)


def shown(name: str, cost: Cost) -> None:
    print(f"\n{name:<46} {cost.cpu_seconds:7.2f} CPU s  {cost.wall_seconds:7.2f} s  {cost.peak_mib:7.1f} MiB", end="")


def test_five_million_rows_of_which_one_in_a_hundred_changed(tables: tuple[Path, Path, Path], tmp_path: Path) -> None:
    before, after, renamed = map(str, tables)
    ways = {"by key": [after, "id"], "by content": [after], "by key, three renamed, in another order": [renamed, "request_id"],
            "by content, the same": [renamed]}
    for name, how in ways.items():
        cost = cost_of([*COMPARE, "cityfolio", before, *how], tmp_path)
        shown(name, cost)
        assert cost.peak_mib < MOST_MIB
    if find_spec("duckdb"):
        shown("DuckDB, counts by key", cost_of([*COMPARE, "duckdb", before, after, "id"], tmp_path))
