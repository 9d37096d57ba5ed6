"""Imports without pandas, which libraries import where it is installed, only to tell its values from others."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _NotToBeFound(MetaPathFinder):
    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Say of pandas that it is not there, and nothing of others."""
        if fullname == "pandas":
            raise ModuleNotFoundError("pandas is not asked for", name=fullname)
        return None


@contextmanager
def pandas_unasked() -> Iterator[None]:
    """While it lasts, pandas is not to be found, unless it was imported already: for who imports what does as well without."""
    finder = _NotToBeFound()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
