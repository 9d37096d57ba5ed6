"""CSV that came to harm: what comes out is the table that is meant, or a problem says where it may not be."""

from __future__ import annotations

from io import BytesIO

import pytest

from cityfolio.model.profile import TableReport
from cityfolio.tables.profile import profile_table
from cityfolio.tables.readers.csv import read_csv
from cityfolio.tables.readers.csv_large import read_large_csv
from cityfolio.tables.table import Cell, Reader, Unreadable
from tables.making import a_job, in_bytes, rows_of
from tables.making_polluted import CLEAN, DECLARED, DOUBTFUL, HEADER, MEANT, REFUSED, ROW_COUNT, Polluted, clean

Told = list[tuple[str, int | None]]
READERS = pytest.mark.parametrize("read", [read_csv, read_large_csv], ids=["small", "large"])


def outcome(body: str | bytes, read: Reader, **file: object) -> tuple[list[tuple[Cell, ...]] | None, Told]:
    """The table of a file, if it has one, with the code and line of each problem that keeps it from being trusted."""
    found = read(BytesIO(in_bytes(body)), a_job(**file))
    if found.table is None:
        return None, [(each.code, each.where.line) for each in found.problems]
    try:
        rows = rows_of(found.table)
    except Unreadable as refusal:
        return None, [(each.code, each.where.line) for each in (*found.problems, *refusal.problems)]
    told = [(each.code, each.where.line) for each in (*found.problems, *found.table.notes)]
    return [found.table.header, *rows], told


def report(body: str | bytes, large: bool, **file: object) -> TableReport:
    """What is reported of a file, read in one way or the other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cityfolio.tables.readers.csv.SMALL_BYTES", -1 if large else 1 << 30)
        return profile_table(BytesIO(in_bytes(body)), a_job(**file))


@READERS
@pytest.mark.parametrize("file", MEANT.values(), ids=MEANT)
def test_what_is_plain_is_read_as_it_is_meant(file: Polluted, read: Reader) -> None:
    table, told = outcome(file.body, read, **file.file)

    assert table == file.table
    assert [code for code, _ in told] == ([file.says[0]] if file.says else [])


@pytest.mark.parametrize("file", [each for each in MEANT.values() if each.says],
                         ids=[name for name, each in MEANT.items() if each.says])
def test_how_it_was_read_is_said_at_its_line(file: Polluted) -> None:
    assert outcome(file.body, read_csv, **file.file)[1] == [file.says]


@READERS
@pytest.mark.parametrize(("body", "code", "line"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_is_doubtful_is_read_as_it_stands_and_said_to_be(body: str, code: str, line: int, read: Reader) -> None:
    table, told = outcome(body, read)

    assert table is not None
    assert (code, line) in told


@READERS
@pytest.mark.parametrize("name", REFUSED)
def test_anything_else_is_refused_at_a_line(name: str, read: Reader) -> None:
    body, code, line = REFUSED[name]
    table, told = outcome(body, read, encoding=DECLARED.get(name))

    assert table is None
    assert told[-1][0] == code or told[0][0] == code
    assert line is None or line in [at for _, at in told]


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_doubt_reaches_the_report(name: str, large: bool) -> None:
    body, code, line = DOUBTFUL[name]
    found = report(body, large)

    assert (code, line) in [(each.code, each.where.line) for each in found.problems]


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
def test_a_clean_file_has_no_problem(large: bool) -> None:
    found = report(CLEAN, large)

    assert found.problems == ()
    assert found.profile is not None
    assert (found.profile.rows, found.profile.header) == (ROW_COUNT, HEADER)


def test_each_pollution_changes_the_file() -> None:
    bodies = [each.body for each in MEANT.values()] + [body for body, *_ in (*DOUBTFUL.values(), *REFUSED.values())]

    assert bodies.count(CLEAN) == 1


def test_the_pollutions_are_many() -> None:
    assert len(MEANT) + len(DOUBTFUL) + len(REFUSED) > 100


@pytest.mark.parametrize(("body", "says"), [
    ("a,b,c\n1,2,3\n,,\n1,2,3\n", "row 2 is empty in every column, and counted as any other row"),
    ("a,b,c\n,,\n,,\n1,2,3\n", "row 1 and 1 other row are empty in every column, and counted as any other row"),
    ("a,b,c\n,,\n,,\n,,\n1,2,3\n", "row 1 and 2 other rows are empty in every column, and counted as any other row"),
], ids=["one", "two", "three"])
@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
def test_empty_rows_are_counted(body: str, says: str, large: bool) -> None:
    assert [each.says for each in report(body, large).problems] == [says]


NO_DOUBT = {
    "a last row without much": "a,b,c,d\n1,,,\n2,,3,\n3,,,\n",
    "a last row half filled": "a,b,c,d\n1,2,3,4\n1,2,3,4\n1,2,,\n",
    "a last row below few others": "a,b,c\n1,2,3\n1,2,3\n1,,\n",
    "the only row": "a,b,c,d\n1,,,\n",
    "a first row that lacks a value": "a,b\nnone yet,1\n1,2\n2,3\n3,4\n4,5\n",
    "a first row that lacks two in the same words": "a,b\nn/a,n/a\n1,2\n2,3\n3,4\n4,5\n",
    "words in one column": "name,b\nAnn Lee,1\nBob,2\n",
    "one column of names": "name\nAnn Lee\nBob Ray\nCy Orr\n",
    "one column of times": "time of day\n10:30\n11:15\n",
    "a value in apostrophes": "a,b\n'tis',1\nx,2\ny,3\n",
    "years as names": "district,2024,2025\n1,2,3\n",
    "a name in apostrophes": "'a',b\n1,2\n",
    "a name that begins with a blank": "a, b,c\n1,2,3\n",
    "one column whose name is a value": "Open\nOpen\nClosed\n",
}


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
@pytest.mark.parametrize("body", NO_DOUBT.values(), ids=NO_DOUBT)
def test_what_may_well_be_meant_is_not_doubted(body: str, large: bool) -> None:
    assert [each.code for each in report(body, large).problems] == []


@pytest.mark.parametrize(("body", "file"), [
    ("a:b\n1:2\n3:4\n", {"delimiter": ","}), (", ".join(HEADER) + "\n", {"header_row": 1}),
], ids=["a delimiter", "a header alone with blanks"])
def test_what_is_declared_is_not_doubted(body: str, file: dict[str, object]) -> None:
    assert [code for code, _ in outcome(body, read_csv, **file)[1]] in ([], ["csv-delimiter"])


def test_a_mark_in_a_large_file_leaves_every_other_cell_as_it_was() -> None:
    rows = clean()
    rows[40][5] = '5" pipe'
    body = "\n".join(",".join(row) for row in [list(HEADER), *rows]) + "\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", 50)
        patch.setattr("cityfolio.tables.readers.csv_scan.SUSPICIOUS_BYTES", 200)

        assert outcome(body, read_large_csv) == ([HEADER, *map(tuple, rows)], [("csv-mark", 42)])


@pytest.mark.parametrize("size", [4, 10, 40], ids="{} bytes".format)
def test_a_note_below_is_found_however_the_rows_are_cut_into_blocks(size: int) -> None:
    body = "a,b,c\n" + "1,2,3\n" * 5 + "Source,,\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", size)

        assert outcome(body, read_large_csv)[1] == [("csv-row", 7)]
