"""Files made to do harm, given to the command itself: each is refused, and everything else is checked all the same.

One command is given all of them: what one does to the process that reads it must not reach the others either.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tables.bombs import City, refusal_of
from tables.making_bombs import QUICK
from tables.watched import Run

LARGEST_MIB = 512
CLIMBED = Path("/tmp/cityfolio-climbed.shp")
DATASETS = {name: f"bomb-{at}" for at, name in enumerate(QUICK)}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city with all bombs that are quickly made, each in a dataset of its own."""
    made = City(tmp_path_factory.mktemp("bombs"))
    for name, (file, make, _) in QUICK.items():
        make(made.bomb(file, DATASETS[name]))
    return made


@pytest.fixture(scope="module")
def run(city: City) -> Iterator[Run]:
    """What the command says of them."""
    CLIMBED.unlink(missing_ok=True)
    yield city.checked()
    CLIMBED.unlink(missing_ok=True)


@pytest.mark.parametrize(("bomb", "says"), [(name, says) for name, (_, _, says) in QUICK.items()], ids=QUICK)
def test_a_bomb_is_refused(run: Run, bomb: str, says: str) -> None:
    assert says in refusal_of(run, DATASETS[bomb])["says"]


def test_bombs_leave_the_rest_to_be_checked(run: Run, city: City) -> None:
    assert city.checked_all(run)


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of processes is looked up in /proc")
def test_no_bomb_makes_a_process_large(run: Run) -> None:
    assert 0 < run.peak_mib < LARGEST_MIB


def test_a_bomb_that_is_alone_is_refused_too(tmp_path: Path) -> None:
    city = City(tmp_path)
    name, make, says = QUICK["a cell at XFD1048576"]
    make(city.bomb(name))
    run = city.checked()

    assert says in refusal_of(run)["says"]
    assert city.checked_all(run)


def test_a_limit_that_was_met_is_named_with_what_to_write(run: Run) -> None:
    refusal = refusal_of(run, DATASETS["a sheet that expands a thousandfold"])

    assert refusal["code"] == "table-limit"
    assert "limits: {ratio: " in refusal["fix"]


@pytest.mark.usefixtures("run")
def test_no_file_is_written_where_a_name_leads() -> None:
    assert not CLIMBED.exists()


def test_what_the_command_says_is_whole(run: Run) -> None:
    assert "Traceback" not in run.err
    assert {each["severity"] for each in json.loads(run.out)["problems"]} >= {"error"}


def test_a_build_ends_well_without_what_is_left_out_of_it(tmp_path: Path) -> None:
    city = City(tmp_path, look_inside=False)
    name, make, _ = QUICK["billion laughs in XLSX"]
    make(city.bomb(name))
    run = city.built()

    assert (run.code, "Traceback" in run.err) == (0, False)
    assert (tmp_path / "output" / "data" / "bomb" / "index.html").is_file()


# A reader that ends its process in the way that the folder of the file names.
CRASHING = """
import os, signal
from cityfolio.tables.readers import xlsx

def crash(stream, job, limits=None):
    {
        "aborted": lambda: os.abort(),
        "wild": lambda: os.kill(os.getpid(), signal.SIGSEGV),
        "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
        "gone": lambda: os._exit(0),
    }[job.path.split("/")[-2]]()

xlsx.read_xlsx = crash
"""
CRASHES = {
    "aborted": "the library that reads it crashed (SIGABRT)",
    "wild": "the library that reads it crashed (SIGSEGV)",
    "killed": "working on it took more than 512 MiB of memory",
    "gone": "what worked on it ended its own process, with exit code 0, and left no result",
}


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """What the command says of files whose library crashes."""
    folder = tmp_path_factory.mktemp("crashed")
    city = City(folder)
    for how in CRASHES:
        city.bomb("a.xlsx", how).write_bytes(b"PK")
    (folder / "sitecustomize.py").write_text(CRASHING)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]))
        run = city.checked()
    assert city.checked_all(run)   # and a crash takes nothing with it
    return run


@pytest.mark.parametrize(("how", "says"), CRASHES.items(), ids=CRASHES)
def test_a_library_that_crashes_is_said_to(crashed: Run, how: str, says: str) -> None:
    refusal = refusal_of(crashed, how)

    assert (refusal["code"], refusal["says"]) == ("table-limit", says)
