"""Arrow without pandas: the first array that it makes has it import pandas, to tell values of that from others.

No value of pandas is ever given to it here, and importing it takes 0.2 CPU s and 30 MiB of each process that reads tables.
So that question is asked here, while pandas is not to be found, and all who make arrays import Arrow from here. Who asks it for
a frame of pandas by name, as a plugin may, still gets one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pyarrow as pa

__all__ = ["pa", "pandas_unasked"]


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


with pandas_unasked():
    pa.array(())     # asks its question, once for the whole process
