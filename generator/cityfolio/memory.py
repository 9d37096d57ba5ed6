"""Memory that is free, given back to the system."""

from __future__ import annotations

import ctypes
import sys

__all__ = ["give_back"]


def give_back() -> None:
    """Give back what was let go of, where the C library keeps it for itself: after much work on small values glibc does."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:      # musl has none
        trim(0)
