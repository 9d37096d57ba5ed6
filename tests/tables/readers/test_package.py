"""Zip files are looked over before they are read, and none can take more than it may."""

from __future__ import annotations

import re
import struct
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.limits import LIMITS, Limits
from cityfolio.tables.readers.package import open_package, pieces
from cityfolio.tables.table import Unreadable
from tables.making import a_job
from tables.readers.making_sheets import a_zip, expanding, noise

SOUND = a_zip({"one.xml": "<one/>", "two.xml": "<two/>" * 10})
JOB = a_job("trees.xlsx")


def refused(body: bytes, limits: Limits = LIMITS) -> tuple[str, str, str]:
    """The code, the words and the advice with which a zip is refused, at once or while it is read."""
    with pytest.raises(Unreadable) as caught:
        opened(body, limits)
    found = caught.value.problems[0]
    return found.code, found.says, found.fix


def opened(body: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    """What a zip holds."""
    with open_package(BytesIO(body), JOB, limits) as package:
        return {name: b"".join(pieces(package, name, JOB, limits)) for name in package.namelist()}


def a_zip_of(entry: ZipInfo, body: bytes = b"x", method: int | None = None) -> bytes:
    """A zip of one entry, of which the directory says what is given."""
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        package.writestr(entry, body, method)
    return stream.getvalue()


def with_size(body: bytes, size: int) -> bytes:
    """A zip of one entry whose directory, and the part's own header, lie about how large it becomes."""
    directory = body.rfind(b"PK\1\2")
    changed = bytearray(body)
    changed[directory + 24 : directory + 28] = struct.pack("<I", size)
    changed[22:26] = struct.pack("<I", size)
    return bytes(changed)


def with_flag(body: bytes, flag: int) -> bytes:
    """A zip of one entry with a flag set in its directory."""
    changed = bytearray(body)
    changed[body.rfind(b"PK\1\2") + 8] |= flag
    return bytes(changed)


def in_large_form(body: bytes) -> bytes:
    """A small zip whose end is written as that of one beyond four gigabytes."""
    end = body.rfind(b"PK\5\6")
    count, size, start = struct.unpack("<HII", body[end + 10 : end + 20])
    large = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<IIQI", 0x07064B50, 0, end, 1)
    return body[:end] + large + locator + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, *[0xFFFF_FFFF] * 2, 0)


def a_link() -> ZipInfo:
    """An entry that is a symbolic link."""
    entry = ZipInfo("trees.xml")
    entry.create_system = 3
    entry.external_attr = 0o120777 << 16
    return entry


def test_a_sound_zip_holds_what_was_put_into_it() -> None:
    assert opened(SOUND) == {"one.xml": b"<one/>", "two.xml": b"<two/>" * 10}


def test_a_zip_after_other_bytes_is_read() -> None:
    assert opened(b"a letter before it" + SOUND) == opened(SOUND)


def test_the_large_form_of_zip_is_held_to_its_own_directory() -> None:
    body = in_large_form(SOUND)

    assert opened(body) == opened(SOUND)
    assert refused(body, Limits(entries=0))[0] == "table-limit"


def test_a_zip_with_a_comment_is_read() -> None:
    stream = BytesIO(SOUND)
    with ZipFile(stream, "a") as package:
        package.comment = b"made in the parks department" * 1_000

    assert opened(stream.getvalue()) == opened(SOUND)


@pytest.mark.parametrize(
    "body", [b"", b"P", b"species,height\n", SOUND[: len(SOUND) // 2], SOUND[-22:], b"PK\5\6" + b"\xff" * 18],
    ids=["empty", "one byte", "text", "half", "end alone", "end of nonsense"],
)
def test_what_is_no_zip_is_said_to_be_none(body: bytes) -> None:
    assert refused(body)[:2] == ("table-syntax", "the file is not a zip file, or its end is missing")


def test_an_old_excel_file_is_named() -> None:
    code, says, fix = refused(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1_000)

    assert (code, says) == ("table-syntax", "the file is in the form of old Office files (.xls), or protected by a password")
    assert fix == "Save it as an .xlsx workbook without a password."


@pytest.mark.parametrize("name", ["../trees.xml", "xl/../../trees.xml", "/etc/trees.xml", "C:/trees.xml", "..\\trees.xml",
                                  "c:trees.xml", "\\trees.xml", "xl/.."])
def test_a_name_that_leads_out_of_the_zip_is_refused(name: str) -> None:
    code, says, _ = refused(a_zip({name: "x"}))

    assert (code, says) == ("table-syntax", f"the file holds one named `{name}`, which leads out of it")


@pytest.mark.parametrize("name", ["a..b.xml", "xl/..trees.xml", "xl/trees.."])
def test_dots_in_a_name_do_no_harm(name: str) -> None:
    assert opened(a_zip({name: "x"})) == {name: b"x"}


def test_two_parts_of_one_name_are_refused() -> None:
    assert "two of the name `two.xml`" in refused(SOUND.replace(b"one.xml", b"two.xml"))[1]


@pytest.mark.parametrize("name", ["trees.zip", "xl/TREES.ZIP", "trees.tar.gz", "trees.7z"])
def test_an_archive_in_a_zip_is_refused(name: str) -> None:
    code, says, _ = refused(a_zip({name: SOUND}))

    assert (code, says) == ("table-syntax", f"the file holds another archive, `{name}`, which is not looked into")


def test_a_protected_part_is_refused() -> None:
    assert refused(with_flag(a_zip({"trees.xml": "x"}), 1)) == (
        "table-syntax", "`trees.xml` inside the file is protected by a password", "Save it without a password.")


def test_an_odd_compression_is_refused() -> None:
    assert "compressed in a way that few programs can read" in refused(a_zip_of(ZipInfo("trees.xml"), b"x", ZIP_BZIP2))[1]


def test_a_link_is_refused() -> None:
    assert refused(a_zip_of(a_link()))[1] == "`trees.xml` inside the file is a link"


def test_more_entries_than_the_limit_are_refused_with_what_to_write() -> None:
    code, says, fix = refused(a_zip({f"{number}.xml": "" for number in range(11)}), Limits(entries=10))

    assert (code, says) == ("table-limit", "there are 11 files inside the file, more than the limit of 10")
    assert fix == "If the file is meant to be so, write `limits: {entries: 11}` in site.yaml."


def test_as_many_entries_as_the_limit_are_read() -> None:
    assert len(opened(a_zip({f"{number}.xml": "" for number in range(10)}), Limits(entries=10))) == 10


def test_a_directory_that_is_too_long_is_not_even_read() -> None:
    code, says, _ = refused(a_zip({f"{number}{'x' * 1_000}.xml": "" for number in range(4)}), Limits(entries=4))

    assert code == "table-limit"
    assert says.startswith("the file's directory takes 4,")


def test_parts_that_expand_beyond_the_limit_are_refused_before_they_are_read() -> None:
    code, says, fix = refused(a_zip({"one.xml": noise(3 << 20), "two.xml": noise(3 << 20)}), Limits(expanded_bytes=5 << 20))

    assert (code, says) == ("table-limit", "the file expands to 6 MiB, more than the limit of 5 MiB")
    assert fix == "If the file is meant to be so, write `limits: {expanded_bytes: 6291456}` in site.yaml."


def test_a_part_that_is_nothing_but_repetition_is_refused() -> None:
    code, says, fix = refused(expanding({}, "trees.xml", b"", b"<row/>", 10_000_000))

    # How far it expands depends on the library that compressed it.
    assert code == "table-limit"
    assert re.fullmatch(r"`trees\.xml` inside the file expands [\d,]+ times, to 57 MiB, and the limit is 100", says)
    assert re.fullmatch(r"If the file is meant to be so, write `limits: \{ratio: \d+\}` in site\.yaml\.", fix)


def test_repetition_that_stays_small_is_read() -> None:
    assert len(opened(expanding({}, "trees.xml", b"", b"<row/>", 5_000_000))["trees.xml"]) == 30_000_000


def test_a_part_that_says_it_is_small_does_not_become_large() -> None:
    assert refused(with_size(a_zip({"trees.xml": b"x" * 1_000_000}), 10))[:2] == (
        "table-syntax", "`trees.xml` inside the file is damaged")


def test_a_part_that_says_it_is_large_is_held_to_it() -> None:
    assert refused(with_size(a_zip({"trees.xml": "x"}), 1 << 31))[0] == "table-limit"


def test_bytes_are_counted_while_they_are_read() -> None:
    with open_package(BytesIO(a_zip({"trees.xml": noise(2 << 20)})), JOB) as package, pytest.raises(Unreadable) as caught:
        list(pieces(package, "trees.xml", JOB, Limits(expanded_bytes=1 << 20)))

    assert caught.value.problems[0].code == "table-limit"


def test_a_damaged_part_is_named() -> None:
    body = bytearray(a_zip_of(ZipInfo("trees.xml"), b"species", ZIP_STORED))
    body[body.index(b"species")] = ord("S")

    assert refused(bytes(body))[1] == "`trees.xml` inside the file is damaged"


def test_parts_over_one_another_are_refused() -> None:
    body = bytearray(SOUND)
    second = body.rfind(b"PK\1\2")
    body[second + 42 : second + 46] = struct.pack("<I", 10)

    assert refused(bytes(body))[1] == "parts of the file lie one over the other"


def test_a_part_that_is_not_there_is_a_mistake_of_the_caller() -> None:
    with open_package(BytesIO(SOUND), JOB) as package, pytest.raises(KeyError):
        list(pieces(package, "three.xml", JOB))


@given(st.integers(0, len(SOUND) - 1), st.integers(0, 255), st.integers(0, len(SOUND)))
def test_a_zip_with_any_byte_changed_is_read_or_refused(at: int, byte: int, length: int) -> None:
    body = SOUND[:at] + bytes((byte,)) + SOUND[at + 1 :]

    assert all(map(is_read_or_refused, (body, body[:length])))


def is_read_or_refused(body: bytes) -> bool:
    """Whether nothing else happens."""
    try:
        opened(body)
    except Unreadable as fault:
        return all(problem.code in ("table-syntax", "table-limit") for problem in fault.problems)
    return True
