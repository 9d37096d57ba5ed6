"""A long access log: counted line by line, in memory that does not grow with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cities import a_city
from keeping.log_lines import Hit, combined

pytestmark = pytest.mark.torture

LINES = 1_000_000
MOST_BYTES = 220 << 20               # of which Python with its libraries takes half
# Measured in a process of its own, which ends with nothing else in it.
MEASURED = """
import resource, sys
from cityfolio.cli import main
try:
    main(["usage", *sys.argv[1:]])
except SystemExit as ended:
    print(ended.code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, file=sys.stderr)
"""


def test_a_million_lines_of_as_many_clients_are_counted_in_bounded_memory(tmp_path: Path):
    for path, body in a_city().items():
        target = tmp_path / "catalog" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(str(body))
    with (tmp_path / "access.log").open("w") as stream:
        stream.writelines(f"{combined(a_part(number))}\n" for number in range(LINES))
    done = subprocess.run([sys.executable, "-c", MEASURED, "access.log"], cwd=tmp_path, capture_output=True, text=True)
    code, peak = map(int, done.stderr.split())

    assert code == 0
    assert peak < MOST_BYTES
    assert (tmp_path / "catalog/usage.csv").read_text().splitlines()[1:] == [f"2026-06,trees,0,{LINES}"]


def a_part(number: int) -> Hit:
    """A part of the file, for a client of its own."""
    client = ".".join(str(number >> shift & 255) for shift in (16, 8, 0))
    return Hit(path="/data/trees/trees.csv", status=206, client=f"10.{client}", day=f"2026-06-{1 + number * 30 // LINES:02}")
