"""Rules over a catalog that was read: each yields problems and changes nothing."""

from __future__ import annotations

from cityfolio.check import (  # noqa: F401  importing them registers their rules
    files,
    goals,
    maps,
    metadata,
    references,
    schedule,
    site,
    sources,
    standards,
    targets,
    texts,
)
from cityfolio.check.registry import RULES, check

__all__ = ["RULES", "check"]
