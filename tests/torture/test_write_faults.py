"""Every file system call of writing and of deploying a site of twenty pages fails in four ways, and so do many of whole builds.

What must hold wherever it happens: the folder holds the old site or the new one to the byte, the next run gives the new one
and leaves nothing beside, except what it is to keep, and whoever wrote or built was told in words what was refused.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from publish.traced import FAULTS, Seen, seen_at, why_not

pytestmark = [pytest.mark.torture, pytest.mark.skipif(bool(why_not()), reason=why_not() or "nothing")]
MEMORY = Path("/dev/shm")     # where there is one: to sync it takes no time
FEWEST = {"write": 2_500, "deploy": 2_200, "build": 2_000}
# A point of a whole build takes as long as two builds, and there are 45,000.
EVERY = {"write": 1, "deploy": 1, "build": 21}
AT_ONCE = 2                   # programs, each with a half of the points and a folder of its own


def campaign(act: str, folder: Path) -> list[Seen]:
    """Try all of an act, in memory where that can be."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else folder) as home, ThreadPoolExecutor(AT_ONCE) as pool:
        step = AT_ONCE * EVERY[act]
        parts = [pool.submit(seen_at, Path(home) / f"act-{first}", act, "every", str(step), str(first))
                 for first in range(0, step, EVERY[act])]
        seen = list(chain.from_iterable(part.result() for part in parts))
    told = Counter(each.told.partition(":")[0].partition(" ")[0] for each in seen)
    print(f"\n{act}: {len(seen):,} points, then there {Counter(each.there for each in seen)}, told {told}")
    return seen


@pytest.mark.parametrize("act", EVERY)
def test_a_fault_at_any_call_leaves_a_whole_site_and_the_next_run_gives_the_new_one(act: str, tmp_path: Path):
    seen = campaign(act, tmp_path)

    assert len(seen) >= FEWEST[act]
    assert {each.point.fault for each in seen if each.was_hit} == set(FAULTS)
    assert [each for each in seen if each.there not in ("old", "new") or each.after != "new"] == []
    # A deploy is called here without the command that would say it in words.
    assert [each for each in seen if act != "deploy" and each.told.startswith("raised")] == []
