"""Zip files that hold a data file in parts: spreadsheets and shapefiles.

A zip is looked over before anything in it is read. Its directory says how many parts there are, how large they become and where
each begins. A part never becomes larger than it says there: zipfile stops at that size, and then the checksum is wrong.
"""

from __future__ import annotations

import re
import stat
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from cityfolio.tables.limits import LIMITS, RATIO_FROM_BYTES, Limits, how_to_raise
from cityfolio.tables.table import Place, TableJob

PIECE_BYTES = 64 << 10
END_RECORD = b"PK\5\6"
END_RECORD_BYTES, LONGEST_COMMENT = 22, 65_535
LOCATOR_BYTES = 20                     # stands before the end record where the file is in the large form of zip
LARGE_END_RECORD_BYTES = 56
DIRECTORY_BYTES_AN_ENTRY = 1_000       # no honest name is longer; so a directory's size tells early that it is too long
LOCAL_HEADER_BYTES = 30
ENCRYPTED = 0x1
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ARCHIVES = re.compile(r"\.(?:zip|zipx|jar|7z|rar|tar|tgz|gz|bz2|xz|zst|lz4)$", re.IGNORECASE)
CLIMBS = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:")
START = Place(line=1, column=1)
NO_ZIP = "the file is not a zip file, or its end is missing"
SAVE_AGAIN = "Open it in the program it comes from and save it again, or export it anew."
MADE_TO_HARM = "No program saves a file like this by itself. Make it anew from its source."


def open_package(stream: BinaryIO, job: TableJob, limits: Limits = LIMITS) -> ZipFile:
    """Open a zip, once its directory shows that every part of it can be read without harm. Raises Unreadable."""
    start = stream.read(len(OLD_OFFICE))
    if start == OLD_OFFICE:
        refuse(job, "the file is in the form of old Office files (.xls), or protected by a password",
               "Save it as an .xlsx workbook without a password.")
    _check_directory_size(stream, job, limits)
    stream.seek(0)
    try:
        package = ZipFile(stream)
    except (BadZipFile, NotImplementedError, UnicodeDecodeError):
        refuse(job, NO_ZIP, SAVE_AGAIN)
    _check_entries(package.infolist(), job, limits)
    _check_places(package, job)
    return package


def pieces(package: ZipFile, name: str, job: TableJob, limits: Limits = LIMITS) -> Iterator[bytes]:
    """What a part holds, in pieces. Raises Unreadable where it is damaged, and KeyError for a part that is not there."""
    read = 0
    try:
        with package.open(name) as part:
            while piece := part.read(PIECE_BYTES):
                read += len(piece)
                if read > limits.expanded_bytes:   # the directory was believed, and zipfile may change its ways
                    _refuse_expansion(read, job, limits)
                yield piece
    except (BadZipFile, EOFError, zlib.error, NotImplementedError, UnicodeDecodeError):
        refuse(job, f"`{_shown(name)}` inside the file is damaged", SAVE_AGAIN)


def refuse(job: TableJob, says: str, fix: str) -> NoReturn:
    """End the reading of a file that is not valid in its format."""
    raise job.refusal(START, "table-syntax", says, fix)


def _check_directory_size(stream: BinaryIO, job: TableJob, limits: Limits) -> None:
    """Look at how long the directory is, because zipfile reads it into memory as a whole."""
    size = stream.seek(0, 2)
    tail_at = max(0, size - END_RECORD_BYTES - LONGEST_COMMENT - LOCATOR_BYTES - LARGE_END_RECORD_BYTES)
    stream.seek(tail_at)
    tail = stream.read()
    at = tail.rfind(END_RECORD)
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    large = at - LOCATOR_BYTES - LARGE_END_RECORD_BYTES
    if length == 0xFFFF_FFFF and large >= 0:
        length = int.from_bytes(tail[large + 40 : large + 48], "little")
    if at < 0 or length > tail_at + at:
        refuse(job, NO_ZIP, SAVE_AGAIN)
    if length > limits.entries * DIRECTORY_BYTES_AN_ENTRY:
        raise job.refusal(START, "table-limit", f"the file's directory takes {length:,} bytes, too much for the limit of "
                          f"{limits.entries:,} files inside a file", how_to_raise("entries", limits.entries * 10))


def _check_entries(entries: list[ZipInfo], job: TableJob, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise job.refusal(START, "table-limit", f"there are {len(entries):,} files inside the file, more than the limit of "
                          f"{limits.entries:,}", how_to_raise("entries", len(entries)))
    names: set[str] = set()
    for entry in entries:
        _check_name(entry.filename, names, job)
        _check_kind(entry, job)
        names.add(entry.filename)
    expanded = sum(entry.file_size for entry in entries)
    if expanded > limits.expanded_bytes:
        _refuse_expansion(expanded, job, limits)
    for entry in entries:
        if entry.file_size > max(RATIO_FROM_BYTES, limits.ratio * entry.compress_size):
            ratio = -(-entry.file_size // max(1, entry.compress_size))
            says = f"`{_shown(entry.filename)}` inside the file expands {ratio:,} times, to {entry.file_size >> 20:,} MiB"
            raise job.refusal(START, "table-limit", f"{says}, and the limit is {limits.ratio:,}", how_to_raise("ratio", ratio))


def _check_name(name: str, before: set[str], job: TableJob) -> None:
    if CLIMBS.search(name):
        refuse(job, f"the file holds one named `{_shown(name)}`, which leads out of it", MADE_TO_HARM)
    if name in before:
        refuse(job, f"the file holds two of the name `{_shown(name)}`, and programs differ in which they take", MADE_TO_HARM)
    if ARCHIVES.search(name):
        refuse(job, f"the file holds another archive, `{_shown(name)}`, which is not looked into",
               "Take out what is in it, and publish that.")


def _check_kind(entry: ZipInfo, job: TableJob) -> None:
    if entry.flag_bits & ENCRYPTED:
        refuse(job, f"`{_shown(entry.filename)}` inside the file is protected by a password", "Save it without a password.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        refuse(job, f"`{_shown(entry.filename)}` inside the file is compressed in a way that few programs can read", SAVE_AGAIN)
    if stat.S_ISLNK(entry.external_attr >> 16):
        refuse(job, f"`{_shown(entry.filename)}` inside the file is a link", MADE_TO_HARM)


def _check_places(package: ZipFile, job: TableJob) -> None:
    """Refuse parts that lie one over the other, by which few bytes could be read as many."""
    entries = sorted(package.infolist(), key=lambda entry: entry.header_offset)
    ends = [entry.header_offset + LOCAL_HEADER_BYTES + len(entry.orig_filename) + entry.compress_size for entry in entries]
    starts = [*(entry.header_offset for entry in entries), package.start_dir]
    if starts[0] < 0 or any(end > start for end, start in zip(ends, starts[1:], strict=True)):
        refuse(job, "parts of the file lie one over the other", MADE_TO_HARM)


def _refuse_expansion(expanded: int, job: TableJob, limits: Limits) -> NoReturn:
    raise job.refusal(START, "table-limit", f"the file expands to {expanded >> 20:,} MiB, more than the limit of "
                      f"{limits.expanded_bytes >> 20:,} MiB", how_to_raise("expanded_bytes", expanded))


def _shown(name: str) -> str:
    return name[:80]
