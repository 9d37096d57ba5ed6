"""Wherever a build is stopped, the folder holds the old site or the new one, whole; the next build finds its way."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from publish import faults
from publish.faults import ERRORS, dying, failing, operations, state, the_old_site

HERE = Path(__file__).resolve()


@pytest.mark.parametrize("number", ERRORS.values(), ids=ERRORS.keys())
def test_an_error_at_any_point_leaves_the_old_site_or_the_new_one(tmp_path, number):
    points = range(1, operations(tmp_path) + 1)
    seen = list(failing(tmp_path, number, points))

    assert len(seen) > 40
    assert {(there, told) for there, told, _ in seen} == {("old", "output-unwritable"), ("new", "built")}
    assert {after for _, _, after in seen} == {"new"}


def test_a_death_at_any_point_leaves_the_old_site_or_the_new_one(tmp_path):
    points = range(1, operations(tmp_path) + 1)
    seen = list(dying(tmp_path, points))

    assert len(seen) == len(points)
    assert {there for there, _ in seen} == {"old", "new"}
    assert {after for _, after in seen} == {"new"}


def test_without_an_exchange_a_death_may_leave_no_site_at_one_point_and_the_next_build_has_the_old_one(tmp_path):
    points = range(1, operations(tmp_path, one_step=False) + 1)
    seen = list(dying(tmp_path, points, one_step=False))

    assert {there for there, _ in seen} == {"old", "none", "new"}
    assert [there for there, _ in seen].count("none") == 1
    assert {after for _, after in seen} == {"new"}


def test_a_process_that_is_killed_leaves_the_old_site_or_the_new_one(tmp_path):
    last = operations(tmp_path)
    points = [*random.Random(2).sample(range(1, last), 5), last]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parents[2] / "generator"), str(HERE.parents[1])])}
    ends, seen = set(), set()
    for at in points:
        output = tmp_path / f"killed-{at}"
        the_old_site(output)
        ends.add(subprocess.run([sys.executable, faults.__file__, output, str(at)], env=environment).returncode)
        seen.add((state(output), faults.after_another_build(output)))

    assert ends == {-signal.SIGKILL}
    assert seen == {("old", "new"), ("new", "new")}


def test_the_harness_tells_a_mixture_from_a_site(tmp_path):
    the_old_site(tmp_path / "out")
    (tmp_path / "out/index.html").write_bytes(b"half")

    assert state(tmp_path / "out") == "mixture"
