"""The zip of a dataset: its files as they are, with their description, and the same bytes in every build."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.exports.archive import Entry, write_zip
from cityfolio.tables.exports.datapackage import Package, PackagedFile
from cityfolio.tables.exports.schema import About


def an_entry(name: str, body: bytes) -> Entry:
    """A file of a package."""
    file = PackagedFile(name=name, format="CSV", media_type="text/csv", bytes=len(body), sha256=sha256(body).hexdigest())
    return Entry(file=file, open=lambda: BytesIO(body))


def a_zip(bodies: Mapping[str, bytes]) -> bytes:
    """The zip of a dataset with these files."""
    entries = [an_entry(name, body) for name, body in bodies.items()]
    stream = BytesIO()
    write_zip(Package(about=About(), dataset="trees", files=tuple(entry.file for entry in entries)), entries, stream)
    return stream.getvalue()


@given(bodies=st.dictionaries(st.from_regex(r"[a-z]{1,8}\.(csv|xlsx)", fullmatch=True), st.binary(max_size=2_000), max_size=4))
def test_every_file_comes_back_as_it_was(bodies: Mapping[str, bytes]) -> None:
    with ZipFile(BytesIO(a_zip(bodies))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(f"data/{name}") for name in bodies} == bodies


def test_the_description_comes_first_and_files_in_their_order() -> None:
    with ZipFile(BytesIO(a_zip({"b.csv": b"1", "a.csv": b"2"}))) as archive:
        first, *files = archive.namelist()
        named = json.loads(archive.read(first))["resources"]

    assert (first, files) == ("datapackage.json", ["data/b.csv", "data/a.csv"])
    assert [each["path"] for each in named] == files


def test_the_same_files_make_the_same_bytes() -> None:
    assert a_zip({"a.csv": b"x" * 5_000}) == a_zip({"a.csv": b"x" * 5_000})


def test_nothing_in_it_tells_of_the_day_and_the_machine() -> None:
    with ZipFile(BytesIO(a_zip({"a.csv": b"1"}))) as archive:
        assert {(each.date_time, each.create_system, each.external_attr) for each in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16)}


@pytest.mark.parametrize(("name", "expected"), [("a.csv", ZIP_DEFLATED), ("a.PARQUET", ZIP_STORED), ("a.csv.gz", ZIP_STORED)])
def test_what_is_compressed_already_is_stored(name: str, expected: int) -> None:
    with ZipFile(BytesIO(a_zip({name: b"1"}))) as archive:
        assert archive.getinfo(f"data/{name}").compress_type == expected


def test_files_that_the_description_does_not_name_are_refused() -> None:
    with pytest.raises(ValueError, match="have to be those"):
        write_zip(Package(about=About(), dataset="trees", files=()), [an_entry("a.csv", b"1")], BytesIO())
