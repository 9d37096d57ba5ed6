"""Links from a value of a measure to the rows that it was computed from."""

from __future__ import annotations

from dataclasses import dataclass

from cityfolio.model.measured import Measure, Observation, Series
from cityfolio.pages.shell import Link, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLinks:
    """Where the rows behind a value are opened: all of them, and of a ratio those that are good. None where they cannot be."""

    all: Link | None = None
    good: Link | None = None


def rows_link(measure: Measure, series: Series, observation: Observation, site: Site, href_from: str) -> RowLinks:
    """Where the rows behind one value are opened."""
    return RowLinks()


def rows_file(measure: Measure) -> str:
    """The site path of a file with just the rows that a measure is computed from; "" where there is none."""
    return ""
