"""Where a site goes: a folder that is replaced in one step, or memory.

A sink gives out one draft at a time. What is put into a draft is seen by nobody until it is committed; a draft that is not
committed leaves no trace. What the system refuses becomes `Unwritable`, which carries the problem to report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cityfolio import files
from cityfolio.frozen import Frozen
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.manifest import to_bytes


class Draft(Protocol):
    """A site that is being written."""

    @property
    def former(self) -> Manifest | None:
        """What the sink holds now."""

    @property
    def holds_colons(self) -> bool:
        """Whether the names of its folders may hold colons."""

    def put(self, entry: Entry, pieces: Iterable[bytes]) -> bool:
        """Write a file, and say whether it is unchanged: then `pieces` is not read."""

    def read(self, path: str) -> bytes:
        """The bytes of a file that was put."""

    def commit(self, manifest: Manifest) -> str:
        """Replace what the sink holds by the draft. The answer is "" or a note for the summary."""


class Sink(Protocol):
    """A place for a site."""

    @property
    def place(self) -> str:
        """What it is known by from one build to the next; "" for one that is used once."""

    @property
    def is_empty(self) -> bool:
        """Whether there is no former site in it, as where continuous integration keeps the cache alone."""

    def lies(self, path: str) -> Path | None:
        """Where a file of the site that the sink holds now lies, if it does anywhere. It may be another than was written."""

    def draft(self) -> AbstractContextManager[Draft]:
        """Start a site; it is thrown away at the end unless it was committed. Raises Unwritable."""


@dataclass(slots=True)
class MemorySink:
    """A site in memory, for tests."""

    site: dict[str, bytes] = field(default_factory=dict)
    manifest: Manifest | None = None

    @property
    def place(self) -> str:
        """None that lasts."""
        return ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet."""
        return self.manifest is None

    def lies(self, path: str) -> Path | None:
        """Nowhere."""
        return None

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """Start a site."""
        yield _MemoryDraft(self, {})


class _MemoryDraft(Frozen):
    sink: MemorySink
    site: dict[str, bytes]

    @property
    def former(self) -> Manifest | None:
        return self.sink.manifest

    @property
    def holds_colons(self) -> bool:
        return True

    def put(self, entry: Entry, pieces: Iterable[bytes]) -> bool:
        known = self.sink.site.get(entry.path)
        is_unchanged = known is not None and files.sha256(known) == entry.sha256
        self.site[entry.path] = known if is_unchanged and known is not None else b"".join(pieces)
        return is_unchanged

    def read(self, path: str) -> bytes:
        return self.site[path]

    def commit(self, manifest: Manifest) -> str:
        self.site[MANIFEST_PATH] = to_bytes(manifest)
        self.sink.site, self.sink.manifest = self.site, manifest
        return ""
