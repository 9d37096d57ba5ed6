"""The files that an index comes to, compressed as they come: together and as they are, they would be twice as large."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.search.coding import Columns
from cityfolio.search.kept_files import Deflate

__all__ = ["Files"]


class Files:
    """Files by path, in the order in which they come. Those of an index that may be one file stay as they are."""

    def __init__(self, deflate: Deflate, most_plain: int) -> None:
        self.plain: dict[str, Columns] | None = {}      # none where there are too many
        self._deflate, self._room, self._stored = deflate, most_plain, dict[str, bytes]()

    def add(self, path: str, *columns: bytes) -> None:
        """Add a file, by its columns."""
        if self.plain is None:
            self._stored[path] = self._deflate(*columns)
            return
        self.plain[path] = columns
        self._room -= sum(map(len, columns))
        if self._room <= 0:
            self.stored()

    def stored(self) -> Mapping[str, bytes]:
        """All files as they are stored. From here on none stays as it is."""
        for path, columns in (self.plain or {}).items():
            self._stored[path] = self._deflate(*columns)
        self.plain = None
        return self._stored
