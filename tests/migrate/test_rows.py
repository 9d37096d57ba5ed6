"""Rows that come along are whole records, and what is no table does not come along."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, strategies as st

from cityfolio.fetch.answers import Failed
from cityfolio.migrate.rows import Header, count_of, first_record, header_of, whole_records

CELLS = st.text(st.sampled_from('ab",\n;é '), max_size=6)
TABLES = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8))


def written(records):
    """Records as CSV, every field in quotes."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(records)
    return text.getvalue().encode()


@given(TABLES, st.integers(0, 100))
def test_what_is_taken_of_a_start_are_its_first_records(records, end):
    body = written(records)
    start = body[: max(len(first_record(body)), end)]

    taken = whole_records(start)

    assert [*csv.reader(io.StringIO(taken.decode(), newline=""))] == records[: len(taken) and count_of(taken) + 1]
    assert body.startswith(taken)


@given(TABLES)
def test_the_first_record_is_the_header_whatever_its_cells_hold(records):
    assert first_record(written(records)) == written(records[:1])


@given(TABLES)
def test_rows_are_counted_below_the_header(records):
    assert count_of(written(records)) == len(records) - 1


def test_no_more_records_are_taken_than_are_shown():
    assert whole_records(b"a\n" * 5_000).count(b"\n") == 1_001


def test_the_mark_of_a_spreadsheet_is_no_part_of_a_name():
    assert header_of(b"\xef\xbb\xbfspecies,height\r\noak,1\r\n") == Header(("species", "height"))


@pytest.mark.parametrize("delimiter", [";", "\t", "|"], ids=["semicolon", "tab", "bar"])
def test_what_stands_between_the_columns_is_found(delimiter):
    assert header_of(f"species{delimiter}height\n".encode()) == Header(("species", "height"), delimiter)


def test_names_in_the_letters_of_windows_are_read():
    assert header_of("\u00e1rbol,a\u00f1o\n".encode("cp1252")) == Header(("\u00e1rbol", "a\u00f1o"))


@pytest.mark.parametrize("body", [b"a,a\n", b"a,,b\n"])
def test_columns_without_names_of_their_own_do_not_come_along(body):
    with pytest.raises(Failed, match="one name"):
        header_of(body)


@pytest.mark.parametrize("body", [b"", b"\n", b"<!DOCTYPE html><html>", b"  <html>"])
def test_what_is_no_table_is_refused(body):
    with pytest.raises(Failed, match=r"no rows|web page"):
        header_of(body)


def test_a_header_without_end_is_given_up_and_not_searched_for_over_and_over():
    with pytest.raises(Failed, match="does not end"):
        header_of(b'species,"height\n' + b"oak\n" * 2_000_000)
