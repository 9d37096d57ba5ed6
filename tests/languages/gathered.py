"""Messages gathered in tests: what is asked for in each file of the program is found once, as to read all takes two seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, BinaryIO

import pytest

from cityfolio.translating import messages as gathering

FOUND: dict[tuple[str, bytes], list[Any]] = {}    # by how and what was read


@contextmanager
def each_file_read_once() -> Iterator[None]:
    """Keep what is found in each file, for whoever gathers messages in this process later."""
    extract = gathering.extract

    def kept(method: str, stream: BinaryIO, **how: Any) -> list[Any]:
        body = stream.read()
        if (method, body) not in FOUND:
            FOUND[method, body] = [*extract(method, BytesIO(body), **how)]
        return FOUND[method, body]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(gathering, "extract", kept)
        yield
