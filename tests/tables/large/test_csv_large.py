"""Files that are read in blocks: the same rows, the same faults at the same places, however small the blocks are."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.readers.csv import read_csv
from cityfolio.tables.readers.csv_large import read_large_csv
from cityfolio.tables.table import Cell, Reading, Table, Unreadable
from tables.making import a_job, as_csv, in_bytes, placed, rows_of, tables
from tables.test_csv_reader import READ, REFUSED

BLOCKS = (1, 2, 7, 64)


def outcome(found: Reading) -> tuple[object, ...]:
    """What comes of a file: its names and rows, and every problem with its place."""
    if found.table is None:
        return None, [placed(each) for each in found.problems]
    try:
        rows = rows_of(found.table)
    except Unreadable as refusal:
        return None, [placed(each) for each in (*found.problems, *refusal.problems)]
    return (found.table.header, rows), [placed(each) for each in found.problems]


def large(body: str | bytes, **file: object) -> Reading:
    """A file opened as one that is too large to be held."""
    return read_large_csv(BytesIO(in_bytes(body)), a_job(**file))


def small(body: str | bytes, **file: object) -> Reading:
    """The same file read whole."""
    return read_csv(BytesIO(in_bytes(body)), a_job(**file))


@pytest.fixture(params=BLOCKS, ids="{} bytes".format)
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", request.param)
    return request.param


@pytest.mark.parametrize("body", [each[0] for each in REFUSED.values()], ids=list(REFUSED))
def test_a_fault_is_told_at_the_same_place_as_in_a_small_file(body: str | bytes, block: int) -> None:
    found, expected = outcome(large(body)), outcome(small(body))

    assert found[0] is None
    assert [each[:2] for each in found[1]] == [each[:2] for each in expected[1]]


@pytest.mark.parametrize("body", list(READ.values()), ids=list(READ))
def test_what_can_be_read_is_read_the_same(body: str | bytes, block: int) -> None:
    assert outcome(large(body)) == outcome(small(body))


@given(tables(max_rows=30), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([",", ";", "\t", "|"]),
       st.integers(1, 80), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_table_comes_back_as_it_was(lines: list[list[str]], end: str, delimiter: str, size: int, encoding: str) -> None:
    body = as_csv(lines, end, delimiter).encode(encoding)
    named = "tab" if delimiter == "\t" else delimiter
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", size)
        found = large(body, delimiter=named, encoding=encoding.removesuffix("-sig"))

        assert read(found) == [tuple(line) for line in lines]


@given(st.text(st.sampled_from('a",;\n\r\t| é\0'), max_size=40), st.integers(1, 20))
def test_whatever_the_text_both_ways_to_read_agree(body: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", size)
        found, expected = outcome(large(body, delimiter=",")), outcome(small(body, delimiter=","))

        assert found[0] == expected[0]
        assert (found[1] == []) == (expected[1] == [])


@given(tables(max_rows=30), st.integers(1, 80), st.data())
def test_every_cell_is_traced_to_its_place(lines: list[list[str]], size: int, data: st.DataObject) -> None:
    body = as_csv([*lines, ["the end"] * len(lines[0])], "\n")
    wanted = [(data.draw(st.integers(0, len(lines) - 1)), data.draw(st.integers(0, len(lines[0]) - 1)))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", size)
        found = whole(large(body, delimiter=","))
        rows_of(found)

        assert found.source.cells(wanted) == whole(small(body, delimiter=",")).source.cells(wanted)


def test_a_row_is_counted_from_the_top_of_the_file_and_not_of_its_block(block: int) -> None:
    found = outcome(large("a,b\n" + "1,2\n" * 50 + "3\n"))

    assert found == (None, [("csv-ragged", 52, 1, 1)])


def test_the_message_of_a_late_row_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", 8)
    found = large("a,b\n" + "1,2\n" * 50 + "3\n")

    with pytest.raises(Unreadable, match="row 51 has more or fewer fields than the header's 2"):
        rows_of(whole(found))


def test_a_mark_that_is_never_closed_ends_before_memory_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.tables.readers.csv_scan.MOST_RECORD_BYTES", 100)
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", 50)
    stream = BytesIO(b'a,b\n1,"2\n' + b"x,y\n" * 1_000)
    found = read_large_csv(stream, a_job())

    with pytest.raises(Unreadable):
        rows_of(whole(found))
    assert stream.tell() < 300


def test_a_file_in_windows_encoding_is_read_with_a_warning_at_its_line() -> None:
    found = outcome(large("city\nGreensboro\nJosé\n".encode("cp1252")))

    assert found == ((("city",), [("Greensboro",), ("José",)]), [("csv-encoding-guessed", 3, 1, 1)])


@pytest.mark.parametrize(("body", "warnings"), [
    ("city\nGreensboro\nJosé\n".encode(), [("csv-encoding-doubtful", 3, 1, 1)]),
    ("city\nGreensboro\nJosé\n".encode("cp1252"), []),
    (b"city\nGreensboro\n", []),
], ids=["UTF-8", "Windows", "ASCII"])
def test_a_declaration_of_windows_encoding_is_doubted_where_all_is_utf_8(
    body: bytes, warnings: list[tuple[str, int, int, int]],
) -> None:
    assert outcome(large(body, encoding="cp1252"))[1] == warnings


def test_escape_sequences_for_letters_of_two_bytes_are_refused_at_their_line() -> None:
    assert outcome(large("city\n東京\n".encode("iso2022_jp"))) == (None, [("csv-encoding", 2, 1, 1)])


@pytest.mark.parametrize(("body", "encoding", "line"), [
    (b"a\n\x81\n", None, 2), (b"a\n\xe9\n", "utf-8", 2), (b"a\n1\n", "utf-16", 1), (b"\xff\xfea\0", None, 1),
    (b"\xef\xbb\xbfa\n", "cp1252", 1),
], ids=["of no encoding", "not as declared", "no mark", "not declared", "another mark"])
def test_a_file_in_no_or_another_encoding_is_refused(body: bytes, encoding: str | None, line: int) -> None:
    assert outcome(large(body, encoding=encoding)) == (None, [("csv-encoding", line, 1, 1)])


def test_a_letter_cut_by_the_end_of_a_block_is_whole_again(block: int) -> None:
    assert outcome(large("a\né\n€\n😀\n"))[0] == (("a",), [("é",), ("€",), ("😀",)])


@pytest.mark.parametrize("size", range(4, 20))
def test_a_byte_order_mark_that_begins_a_block_is_text(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", size)
    body = "a,b\n" + "\ufeff1,\ufeff\n" * 5

    assert outcome(large(body)) == outcome(small(body))


@pytest.mark.parametrize("size", range(3, 40))
def test_a_quoted_line_end_beside_a_mark_inside_a_field_is_no_fault(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", size)
    monkeypatch.setattr("cityfolio.tables.readers.csv_scan.SUSPICIOUS_BYTES", 2 * size)
    body = 'a,b\n' + '"l\nm",5"p\n1,"2\n3"\n' * 4

    assert outcome(large(body))[0] == outcome(small(body))[0]


def test_a_long_run_of_blank_lines_is_held_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", 10)
    monkeypatch.setattr("cityfolio.tables.readers.csv_scan.MOST_ENDS", 3)
    body = "a\n" + "\n" * 50 + "1\n\n"

    assert outcome(large(body)) == outcome(small(body))


def test_rows_come_before_the_last_of_them_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", 100)
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.HEAD_BYTES", 100)
    stream = BytesIO(b"a,b\n" + b"1,2\n" * 1_000)
    portions = iter(whole(read_large_csv(stream, a_job())).portions)

    assert next(portions).rows == 23
    assert stream.tell() < 400


def whole(found: Reading) -> Table:
    """The table of a file that can be opened."""
    assert found.table is not None
    return found.table


def read(found: Reading) -> list[tuple[Cell, ...]]:
    """The header and every row."""
    table = whole(found)
    return [table.header, *rows_of(table)]
