"""A dataset in one zip: its files with a description that programs read, the same bytes in every build."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from shutil import copyfileobj
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from cityfolio.frozen import Frozen
from cityfolio.tables.exports.datapackage import Package, PackagedFile, datapackage

OLDEST = (1980, 1, 1, 0, 0, 0)    # the first moment that a zip can hold
UNIX = 3
PLAIN_FILE = 0o100644 << 16
COPIED_BYTES = 1 << 20
# These are compressed already.
PACKED = {"xlsx", "ods", "parquet", "pmtiles", "zip", "gz", "gpkg", "kmz", "png", "jpg", "jpeg", "pdf", "docx"}
Opening = Callable[[], BinaryIO]


class Entry(Frozen, kw_only=True):
    """A file that goes into a zip, and how it is opened."""

    file: PackagedFile
    open: Opening


def write_zip(package: Package, entries: Sequence[Entry], stream: BinaryIO) -> None:
    """Write a dataset's files with their `datapackage.json` as a zip. They are copied piece by piece, in their order."""
    if tuple(entry.file for entry in entries) != package.files:
        raise ValueError("the files of a zip have to be those that its description names")
    with ZipFile(stream, "w") as archive:
        descriptor = datapackage(package)
        archive.writestr(_member("datapackage.json", len(descriptor)), descriptor)
        for entry in entries:
            with entry.open() as source, archive.open(_member(package.path(entry.file), entry.file.bytes or 0), "w") as target:
                copyfileobj(source, target, COPIED_BYTES)


def _member(path: str, size_bytes: int) -> ZipInfo:
    member = ZipInfo(path, OLDEST)
    member.create_system, member.external_attr = UNIX, PLAIN_FILE
    member.compress_type = ZIP_STORED if path.rpartition(".")[2].lower() in PACKED else ZIP_DEFLATED
    # A size that is known beforehand keeps small files in the form that every program reads.
    member.file_size = size_bytes
    return member
