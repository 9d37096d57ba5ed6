"""Files made to do harm that take long to make, or to refuse: each within its time and memory."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tables.bombs import City, refusal_of
from tables.making_bombs import LONG, READ, Make

LARGEST_MIB = 512
pytestmark = [pytest.mark.torture, pytest.mark.skipif(sys.platform != "linux", reason="memory is looked up in /proc")]


@pytest.mark.parametrize(("name", "make", "says"), LONG.values(), ids=LONG)
def test_a_bomb_is_refused_and_the_rest_is_checked(name: str, make: Make, says: str, tmp_path: Path) -> None:
    city = City(tmp_path)
    make(city.bomb(name))
    run = city.checked()
    print(f"\n{run.seconds:.1f} s, {run.peak_mib:.0f} MiB")

    assert says in refusal_of(run)["says"]
    assert city.checked_all(run)
    assert run.peak_mib < LARGEST_MIB


@pytest.mark.parametrize(("name", "make"), READ.values(), ids=READ)
def test_what_does_no_harm_is_read(name: str, make: Make, tmp_path: Path) -> None:
    city = City(tmp_path)
    make(city.bomb(name))
    run = city.checked()
    errors = {each["code"] for each in json.loads(run.out)["problems"] if each["severity"] == "error"}
    print(f"\n{run.seconds:.1f} s, {run.peak_mib:.0f} MiB")

    assert errors == {"cell-type"}    # the mistake in the other dataset
    assert run.peak_mib < LARGEST_MIB
