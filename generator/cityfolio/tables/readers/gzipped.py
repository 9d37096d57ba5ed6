"""Files packed with gzip, read as what is in them; no more is unpacked than the limits allow."""

from __future__ import annotations

import gzip
import zlib
from io import BufferedIOBase, BufferedReader
from typing import BinaryIO, cast

from cityfolio.frozen import replace
from cityfolio.tables.limits import RATIO_FROM_BYTES, how_to_raise
from cityfolio.tables.table import Place, Reader, Reading, TableJob

START = Place(line=1, column=1)
PIECE_BYTES = 1 << 20


def gzipped(reader: Reader) -> Reader:
    """The reader of a format, for files of that format which are packed."""
    def read(stream: BinaryIO, job: TableJob) -> Reading:
        name = (job.file.format or job.path).lower().removesuffix(" (gzip)").removesuffix(".gz")
        # Inside the file is as if it were not packed: a .tsv.gz is a TSV.
        inside = replace(job, file=replace(job.file, format=name.rpartition(".")[2]))
        return reader(unpacked(stream, job), inside)

    return read


def unpacked(stream: BinaryIO, job: TableJob) -> BinaryIO:
    """What is in a packed file. Reading it raises Unreadable."""
    return cast("BinaryIO", BufferedReader(cast("BufferedIOBase", _Unpacked(stream, job))))


class _Unpacked(BufferedIOBase):
    """The bytes of a packed file. What is wrong with it ends the reading."""

    def __init__(self, stream: BinaryIO, job: TableJob) -> None:
        self._job = job
        self._file = gzip.GzipFile(fileobj=stream, mode="rb")

    def readable(self) -> bool:
        """Always true."""
        return True

    def seekable(self) -> bool:
        """Always true: it starts anew."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place. Going back means to unpack from the start."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Where reading goes on, in unpacked bytes."""
        return self._file.tell()

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # any writable buffer
        """Fill a buffer with the next bytes. Raises Unreadable."""
        some = self.read(min(len(buffer), PIECE_BYTES))
        buffer[: len(some)] = some
        return len(some)

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes. Raises Unreadable."""
        try:
            some = self._file.read(PIECE_BYTES if size is None or size < 0 else size)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise self._job.refusal(START, "table-syntax", f"the file cannot be unpacked with gzip: {error}",
                                    "Pack it again with gzip, or publish it as it is without packing.") from error
        self._refuse_bomb(self._file.tell())
        return some

    def _refuse_bomb(self, expanded: int) -> None:
        limits, packed = self._job.limits, max(1, self._job.size_bytes)
        if expanded > limits.expanded_bytes:
            raise self._job.refusal(START, "table-limit", f"the file unpacks to more than {limits.expanded_bytes >> 20:,} MiB",
                                    how_to_raise("expanded_bytes", limits.expanded_bytes * 4))
        if self._job.size_bytes and expanded > max(RATIO_FROM_BYTES, limits.ratio * packed):
            raise self._job.refusal(START, "table-limit", f"the file unpacks to more than {limits.ratio:,} times its size",
                                    how_to_raise("ratio", limits.ratio * 10))
