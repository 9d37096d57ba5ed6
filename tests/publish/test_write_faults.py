"""A dozen of the thousands of faults that the long campaign injects into writing, deploying and building a site."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from publish.traced import seen_at, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "nothing")
SEED, MOST = 10, 100_000     # more than there are: a point's number is taken modulo how many there are
DRAWN = [str(number) for number in random.Random(SEED).sample(range(MOST), 8)]
SAMPLES = {"write": DRAWN[:4], "deploy": DRAWN[4:7], "build": DRAWN[7:]}


@pytest.mark.parametrize("act", SAMPLES)
def test_a_fault_leaves_a_whole_site_and_the_next_run_gives_the_new_one(act: str, tmp_path: Path):
    seen = seen_at(tmp_path / "act", act, *SAMPLES[act])

    assert len(seen) == len(SAMPLES[act])
    assert [each for each in seen if each.there not in ("old", "new") or each.after != "new"] == []
    assert [each for each in seen if act != "deploy" and each.told.startswith("raised")] == []
