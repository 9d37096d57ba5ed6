"""Log files read line by line, packed or not, whatever stands in them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from gzip import BadGzipFile, GzipFile
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from cityfolio.files import open_file
from cityfolio.keeping.usage.lines import LONGEST

GZIP = b"\x1f\x8b"


class Unreadable(Exception):
    """A log that cannot be read to its end. It carries why."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a log; of one that is longer than any request, its first bytes. Raises Unreadable."""
    try:
        # The name that servers write to is often a link to the newest file.
        with open_file(path.resolve()) as stream:
            yield from _lines(stream)
    except (BadGzipFile, EOFError, zlib.error) as error:
        raise Unreadable("it is packed, and cannot be unpacked to its end") from error
    except OSError as error:
        raise Unreadable(error.strerror or "it cannot be read") from error


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    opened = stream if isinstance(stream, BufferedReader) else BufferedReader(stream)  # type: ignore[type-var]  # a raw file
    is_packed = opened.peek(len(GZIP))[:len(GZIP)] == GZIP
    whole = cast("BinaryIO", GzipFile(fileobj=opened)) if is_packed else opened
    while line := whole.readline(LONGEST + 1):
        rest = line
        while len(rest) > LONGEST and not rest.endswith(b"\n"):
            rest = whole.readline(LONGEST + 1)
        yield line
