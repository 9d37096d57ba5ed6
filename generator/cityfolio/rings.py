"""How often Python looks for rings of objects: while a catalog is read and a site is made, hardly ever."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects that may hold one another in rings, made since Python last looked for rings that nobody else holds.
MADE_BETWEEN_LOOKS = 1_000_000


@contextmanager
def few_looks_for_rings() -> Iterator[None]:
    """Have Python look for rings of objects hardly ever: a build makes few, and looking took a tenth of its time.

    When the program ends, Python would look through everything once more, only to let go of it all.
    """
    before = gc.get_threshold()
    gc.set_threshold(MADE_BETWEEN_LOOKS, *before[1:])
    atexit.unregister(gc.freeze)      # once is enough, however many builds a process makes
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        gc.set_threshold(*before)
