"""Four builds, four deploys, and two of each, at the same moment, fifty times."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from publish.rivals import rounds_of, spoilt

pytestmark = [pytest.mark.torture, pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")]


def test_fifty_rounds_of_four_rivals_leave_no_mixture(tmp_path: Path):
    rounds = rounds_of(tmp_path / "arena", 50)

    print(f"\n{Counter((each.meeting, told) for each in rounds for told in each.told)}")
    assert len(rounds) == 150
    assert [each for each in rounds if spoilt(each)] == []
