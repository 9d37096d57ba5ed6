"""An import from a portal that fails in every way at every request: what all four importers have to stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cityfolio.migrate.imported import Imported
from cityfolio.migrate.source import Wishes
from migrate.portals import IMPATIENT, PATIENT, Importer, Pages, Served, Trouble, TurnedClock, asking, portal, source, stable

EVERY_OTHER = range(0, 400, 2)    # each question fails once, and is answered when it is asked again


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One import: what it wrote, what it asked, and how long it waited."""

    files: dict[str, str]
    imported: Imported
    rows: dict[str, bytes]        # that came along
    root: str                     # of the portal
    asked: list[str]
    slept: list[float]


def run(importer: Importer, pages: Pages, folder: Path, troubles: dict[int, Trouble] | None = None, *,
        with_data: bool = True, most_rows_bytes: int = 1 << 20) -> Run:
    """Import from a portal that serves pages."""
    with portal(pages, troubles or {}) as served:
        return once(importer, served, folder, with_data=with_data, most_rows_bytes=most_rows_bytes)


def once(importer: Importer, served: Served, folder: Path, *, with_data: bool = True, tries: int = 6,
         most_rows_bytes: int = 1 << 20) -> Run:
    """Import from a portal that runs."""
    clock, before = TurnedClock(), len(served.asked)
    silence = IMPATIENT if "slow" in served.troubles.values() else PATIENT
    given = source(served.root, folder)
    found = importer(given, Wishes(with_data=with_data), asking(clock, most_rows_bytes, tries=tries, silence=silence))
    rows = {path: given.tree.read(kept) for path, kept in found.copies.items()}
    return Run(files=stable(found, served.root), imported=found, rows=rows, root=served.root, asked=served.asked[before:],
               slept=clock.slept)


def stopped_at(importer: Importer, pages: Pages, folder: Path, number: int) -> tuple[Run, Run]:
    """A run that is broken off at a request, and the one after it."""
    with portal(pages, dict.fromkeys([number], "dropped")) as served:
        return once(importer, served, folder, tries=1), once(importer, served, folder)
