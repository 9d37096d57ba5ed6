"""Where an importer is, while it goes through a source: the source, its portal, and what is wished."""

from __future__ import annotations

from cityfolio.frozen import Frozen
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.reading import Asking, portal_of
from cityfolio.migrate.source import Source, Wishes


class Origin(Frozen, kw_only=True):
    """A source that is read, and how."""

    source: Source
    portal: Portal | None         # None: there are only files
    wishes: Wishes
    most_bytes: int               # of the rows of one file; of more, only the first come
    language: str = "en"          # of what is said in several


def origin_of(source: Source, wishes: Wishes, asking: Asking | None = None) -> Origin:
    """A source as it is to be read."""
    asked = asking or Asking()
    return Origin(source=source, portal=portal_of(source, asked), wishes=wishes, most_bytes=asked.most_rows_bytes)
