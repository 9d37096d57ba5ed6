"""Rules over a catalog that was read: each yields problems and changes nothing."""

from __future__ import annotations

from cityfolio.check import (  # noqa: F401  importing them registers their rules
    assessments,
    change_kinds,
    changes,
    criteria,
    drafts,
    files,
    goals,
    guides,
    maps,
    metadata,
    owners,
    promises,
    references,
    release_reviews,
    rules,
    schedule,
    site,
    site_links,
    sources,
    standards,
    targets,
    texts,
)
from cityfolio.check.registry import RULES, check

__all__ = ["RULES", "check"]
