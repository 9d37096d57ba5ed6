"""Which files there are and when they changed, and when a burst of changes is over."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from cityfolio import files

POLL_SECONDS = 0.15
SETTLE_SECONDS = 0.05
PATIENCE = 40            # times that we wait for a burst of changes to end

Seen = Mapping[str, tuple[int, int]]


def changes(folders: tuple[Path, ...]) -> Seen:
    """The state of every file below some folders, without those whose path has a part that starts with a dot."""
    return {
        f"{folder}/{found.path}": (found.modified_ns, found.bytes)
        for folder in folders for found in files.files_below(folder, hidden=False)
    }


async def settled(folders: tuple[Path, ...], seen: Seen) -> Seen:
    """What is there after a burst of changes that began with `seen`."""
    for _ in range(PATIENCE):
        await asyncio.sleep(SETTLE_SECONDS)
        if (later := changes(folders)) == seen:
            break
        seen = later
    return seen
