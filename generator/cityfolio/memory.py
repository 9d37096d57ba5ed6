"""Memory that is free, given back to the system."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import partial

__all__ = ["gaps_filled", "give_back", "part_large_from_small"]

LARGE_BYTES = 4 << 20         # columns of the search and feeds of a large catalog, not what is worked on at a time
# Of glibc's malloc.h: what the end of the heap may hold before it is given back, and from where on there is a place of its own.
TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
# Of Python's own allocator: it divides pools of 16 kB into blocks of one size, which is a multiple of 16 and at most 512.
POOL_BYTES, POOL_HEAD_BYTES, BLOCK_STEP, LARGEST_BLOCK = 16 << 10, 48, 16, 512
STRAYS = 2                    # the row itself, while it is made, may take a block of the same size
MOST_ROOM = 16                # bytes for each value there is: a quarter of what they take, should new pools look otherwise
BYTES_FRAME = sys.getsizeof(b"")


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


def gaps_filled() -> list[object]:
    """Small values in all the room between those that stay, as long as somebody holds the list.

    What is made from then on lies by itself. Left alone, Python puts it into the gaps that past work left, a little into each
    page of memory, and a page that copies of this process share is the writer's own once it is written to: work that makes
    20 MB would take 100 MB in each copy, and in this process too.
    """
    found = list[object]()
    room = getattr(sys, "getallocatedblocks", int)() * MOST_ROOM      # none where another allocator is at work
    for size in range(BLOCK_STEP, LARGEST_BLOCK + 1, BLOCK_STEP):
        new = _filling(size, room // size)
        room -= len(new) * size
        found += new
    return found


def _filling(size: int, most: int) -> list[object]:
    """Values that fill every gap of a size: where a row of them lies one after another, the pool is new."""
    at_once, make, found = (POOL_BYTES - POOL_HEAD_BYTES) // size // 2, _maker(size), list[object]()
    first = at_once // 4      # those before it may take the place of what this function let go of
    steps = at_once - 1 - first
    while len(found) < most:
        row = [make() for _ in range(at_once)]
        found += row
        if 0 <= (id(row[-1]) - id(row[first])) // size - steps <= STRAYS:
            break
    return found


def _maker(size: int) -> Callable[[], object]:
    if size == BLOCK_STEP:
        return object
    return partial(bytes, size - BYTES_FRAME) if size > BYTES_FRAME + 1 else partial(float, "1")
