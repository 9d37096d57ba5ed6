"""Files made to do harm, given to the command itself: each is refused, and everything else is checked all the same."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tables.bombs import City, refusal_of
from tables.making_bombs import QUICK, Make

LARGEST_MIB = 512


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of processes is looked up in /proc")
@pytest.mark.parametrize(("name", "make", "says"), QUICK.values(), ids=QUICK)
def test_a_bomb_is_refused_and_the_rest_is_checked(name: str, make: Make, says: str, tmp_path: Path) -> None:
    city = City(tmp_path)
    make(city.bomb(name))
    run = city.checked()

    assert says in refusal_of(run)["says"]
    assert city.checked_all(run)
    assert run.peak_mib < LARGEST_MIB


def test_a_limit_that_was_met_is_named_with_what_to_write(tmp_path: Path) -> None:
    city = City(tmp_path)
    name, make, _ = QUICK["a sheet that expands a thousandfold"]
    make(city.bomb(name))
    refusal = refusal_of(city.checked())

    assert refusal["code"] == "table-limit"
    assert "limits: {ratio: " in refusal["fix"]


def test_no_file_is_written_where_a_name_leads(tmp_path: Path) -> None:
    city = City(tmp_path)
    name, make, _ = QUICK["a name that climbs in a shapefile"]
    make(city.bomb(name))
    city.checked()

    assert not Path("/tmp/cityfolio-climbed.shp").exists()


def test_a_build_ends_well_without_what_is_left_out_of_it(tmp_path: Path) -> None:
    city = City(tmp_path, look_inside=False)
    name, make, _ = QUICK["billion laughs in XLSX"]
    make(city.bomb(name))
    run = city.built()

    assert (run.code, "Traceback" in run.err) == (0, False)
    assert (tmp_path / "output" / "data" / "bomb" / "index.html").is_file()


CRASHING = """
import os, signal
from cityfolio.tables.readers import xlsx

def crash(stream, job, limits=None):
    os.{how}

xlsx.read_xlsx = crash
"""


@pytest.mark.parametrize(("how", "says"), [
    ("abort()", "the library that reads it crashed (SIGABRT)"),
    ("kill(os.getpid(), signal.SIGSEGV)", "the library that reads it crashed (SIGSEGV)"),
    ("kill(os.getpid(), signal.SIGKILL)", "working on it took more than 512 MiB of memory"),
    ("_exit(0)", "working on it took more than 512 MiB of memory"),
], ids=["aborted", "a wild pointer", "killed", "gone"])
def test_a_library_that_crashes_takes_nothing_with_it(how: str, says: str, tmp_path: Path,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    city = City(tmp_path)
    city.bomb("a.xlsx").write_bytes(b"PK")
    (tmp_path / "sitecustomize.py").write_text(CRASHING.replace("{how}", how))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    run = city.checked()

    assert (refusal_of(run)["code"], refusal_of(run)["says"]) == ("table-limit", says)
    assert city.checked_all(run)


def test_what_the_command_says_is_whole(tmp_path: Path) -> None:
    city = City(tmp_path)
    name, make, _ = QUICK["a cell at XFD1048576"]
    make(city.bomb(name))
    run = city.checked()

    assert "Traceback" not in run.err
    assert {each["severity"] for each in json.loads(run.out)["problems"]} >= {"error"}
