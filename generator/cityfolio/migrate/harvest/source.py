"""What a source lists, read by the importer of its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cityfolio.migrate.formats import importer
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.reading import source_of
from cityfolio.migrate.source import Wishes
from cityfolio.model.records import SourceRecord
from cityfolio.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A source's catalog, and how to read the files that come along."""

    imported: Imported
    read: Callable[[str], bytes]


def brought(source: SourceRecord, catalog: Path, answers: Path, *, today: date) -> Brought | Problem:
    """Read a source anew. `catalog` is what its path starts from; in `answers` those of the network are kept meanwhile."""
    opened = source_of(source.url or (catalog / (source.path or "")).as_posix(), answers)
    if isinstance(opened, Problem):
        return opened
    imported = importer(source.format or "")(opened, Wishes(name=source.title or "", today=today))
    return Brought(imported=imported, read=opened.tree.read)
