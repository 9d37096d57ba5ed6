"""Memory that is free, given back to the system."""

from __future__ import annotations

import ctypes
import sys

__all__ = ["give_back", "part_large_from_small"]

LARGE_BYTES = 4 << 20         # columns of the search and feeds of a large catalog, not what is worked on at a time
# Of glibc's malloc.h: what the end of the heap may hold before it is given back, and from where on there is a place of its own.
TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3


def part_large_from_small() -> None:
    """Let what is large lie by itself from now on, so that the system has it back as soon as it is let go of.

    Left alone, glibc puts what is as large as something that was let go of before, up to 32 MiB, among what is small, and what
    little stays between keeps the room of it all.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:      # musl has none
        mallopt(MMAP_THRESHOLD, LARGE_BYTES)
        mallopt(TRIM_THRESHOLD, 2 * LARGE_BYTES)     # as it would be: or each piece of work would move the end of the heap


def give_back() -> None:
    """Give back what was let go of: after much work on small values glibc keeps it for itself, and so does Arrow after any."""
    if arrow := sys.modules.get("pyarrow"):
        arrow.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:      # musl has none
        trim(0)
