"""What a source lists, read by the importer of its form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from cityfolio.frozen import Frozen
from cityfolio.migrate.formats import ONE_DOCUMENT, Importer, importer
from cityfolio.migrate.harvest.kept_answers import HOME, Kept, begin, drop
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.network.manner import AGAIN
from cityfolio.migrate.reading import source_of
from cityfolio.migrate.source import Wishes
from cityfolio.model.records import SourceRecord
from cityfolio.problems import Problem


class Place(Frozen, kw_only=True):
    """Where a source is read into: the catalog, from which its path starts, and what it is called there."""

    catalog: Path
    id: str
    spare: Path                   # for the answers of an address, where the catalog's folder cannot be written to


class Brought(Frozen, kw_only=True):
    """A source's catalog, and how to read the files that come along."""

    imported: Imported
    read: Callable[[str], bytes]
    kept: Kept | None = None      # where its answers are; None where there are none to keep
    is_of_one_time: bool = True   # False: pages of its list are of different runs

    @property
    def says(self) -> str:
        """What a person should know of how it was read."""
        return self.kept.says if self.kept else ""

    def end(self) -> None:
        """Drop the answers, once all that they say is written, unless the next run is to go on from them.

        Whoever is told that what has come is kept finds it kept. What will not mend by asking again is asked anew.
        """
        if self.kept and not any(each.fix == AGAIN for each in self.imported.problems):
            drop(self.kept)


def brought(source: SourceRecord, place: Place, *, today: date, how: Callable[[str], Importer] = importer) -> Brought | Problem:
    """Read a source anew, or go on where a run broke off. `how` gives the importer of a format."""
    kept = _kept(source.url, place, today)
    folder = kept.folder if kept else place.spare
    opened = source_of(source.url or (place.catalog / (source.path or "")).as_posix(), folder)
    if isinstance(opened, Problem):
        return opened
    imported = how(source.format or "")(opened, Wishes(name=source.title or "", today=today))
    is_of_one_time = kept is None or not kept.goes_on or source.format in ONE_DOCUMENT
    return Brought(imported=imported, read=opened.tree.read, kept=kept, is_of_one_time=is_of_one_time)


def _kept(url: str | None, place: Place, today: date) -> Kept | None:
    try:
        return begin(place.catalog / HOME / place.id, url, today) if url else None
    except OSError:
        return None
