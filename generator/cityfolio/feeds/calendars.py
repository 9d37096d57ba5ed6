"""The holidays of each calendar, which working days leave out: read by the explorer, and by whoever counts them again."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages.program_address import JSON
from cityfolio.pages.routes import calendar_url


def calendars(catalog: Catalog, build: Build) -> Iterator[Output]:
    """A file for each calendar: its id, its title, and its holidays by day with their names."""
    for identifier, record in sorted(catalog.calendars.items()):
        body = orjson.dumps({"id": identifier, "title": record.title or identifier,
                             "holidays": dict(sorted(record.holidays.items()))})
        yield Output(url=calendar_url(identifier), body=body, media_type=JSON, kind="feed",
                     source=f"calendars/{identifier}.yaml")
