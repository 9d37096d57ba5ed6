"""How often Python looks for rings of objects: while a command works, hardly ever."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects that may hold one another in rings, made since Python last looked for rings that nobody else holds.
MADE_BETWEEN_LOOKS = 10_000_000     # a build of 10,000 datasets stays below, and had made 400 objects in rings, of millions
# Of what is older than one look, and lives as long as the build, no ring is looked for: that takes longer the more there is.
NEVER = 2**31 - 1
USUAL = gc.get_threshold()


@contextmanager
def few_looks_for_rings() -> Iterator[None]:
    """Have Python look for rings of objects hardly ever: a command makes few, and looking took a tenth of a build's time.

    When the program ends, Python would look through everything once more, only to let go of it all.
    """
    before = gc.get_threshold()
    gc.set_threshold(MADE_BETWEEN_LOOKS, NEVER, NEVER)
    atexit.unregister(gc.freeze)      # once is enough, however many builds a process makes
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        # What was made counts as old from now on, or the next object would have Python look through all of it at once.
        gc.freeze()
        gc.unfreeze()
        gc.set_threshold(*before)


def usual_looks_for_rings() -> None:
    """Have Python look as often as it does by itself: who stays for hours does not keep what nobody holds."""
    gc.set_threshold(*USUAL)
