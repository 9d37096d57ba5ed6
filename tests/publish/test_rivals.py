"""Builds and deploys of one folder at the same moment: one is at work at a time, and the others wait or say why not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from publish.rivals import Round, rounds_of, spoilt

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked, and on Windows nothing is locked")


def test_two_rounds_of_four_rivals_leave_no_mixture(tmp_path: Path):
    rounds = rounds_of(tmp_path / "arena", 2)

    assert len(rounds) == 6
    assert [each for each in rounds if spoilt(each)] == []


@pytest.mark.parametrize("changed", [
    {"output": "mixture"}, {"target": "mixture"}, {"output": "edition-9-0"}, {"told": ("raised OSError", "", "", "")},
    {"told": ("another build is writing there",) * 4},
], ids=["mixed output", "mixed target", "somebody else's", "a traceback", "nobody"])
def test_a_spoilt_round_is_told_from_a_good_one(changed: dict[str, object]):
    good = {"meeting": "builds", "editions": ("a", "b", "c", "d"), "told": ("", "", "", ""), "output": "a", "target": "first"}

    assert not spoilt(Round(**good))   # type: ignore[arg-type]
    assert spoilt(Round(**{**good, **changed}))   # type: ignore[arg-type]
