"""How well a dataset is kept: named checks, each passed or not, with the lines that would mend it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from cityfolio.frozen import Frozen, field
from cityfolio.problems import Location

HealthArea = Literal["documentation", "freshness", "validity", "completeness", "links", "documents", "problems"]
HealthState = Literal["passed", "failed", "unknown"]

AREAS: tuple[HealthArea, ...] = ("documentation", "freshness", "validity", "completeness", "links", "documents", "problems")


class HealthCheck(Frozen, kw_only=True, gc=False):
    """One check of one dataset. What cannot apply to it (units, without numbers) is no check of it at all."""

    id: str                       # "title", "units", "on-time", ...: one of practice.health.CHECKS
    area: HealthArea
    state: HealthState            # "unknown": nothing was looked at that could tell, such as links never checked
    count: int = 0                # how many of `of` are right, such as columns with a meaning; 0 of 0 where it is yes or no
    of: int = 0
    where: tuple[Location, ...] = ()   # lines of the catalog that would mend it; the first is the one to go to
    facts: Mapping[str, str] = field(default_factory=dict)   # what its sentence names: {"given": "2019", "days": "12"}


class PastHealth(Frozen, kw_only=True):
    """How documentation stood on a day, read from the catalog's history: by publisher ("" for none)."""

    day: date
    commit: str
    passed: Mapping[str, int]     # checks
    of: Mapping[str, int]


class CheckedLink(Frozen, kw_only=True):
    """What `cityfolio links` found at one address."""

    url: str
    is_well: bool
    status: int | None            # of HTTP; None where there was no answer
    says: str                     # "200 OK", "404 Not Found", "moved to https://...", "no answer within 20 seconds"


class CheckedLinks(Frozen, kw_only=True):
    """The newest findings of `cityfolio links`."""

    on: date
    links: Mapping[str, CheckedLink]   # by address
    source_path: str


class Used(Frozen, kw_only=True):
    """How often one dataset was looked at and taken in one month, as a host's logs tell."""

    month: str                    # "2026-06"
    dataset: str
    views: int
    downloads: int
