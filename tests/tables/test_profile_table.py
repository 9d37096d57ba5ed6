"""One data file from bytes to report: what is published of it, and what is held back."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.profile import TableProfile
from cityfolio.model.records import ColumnRecord
from cityfolio.problems import Location
from cityfolio.tables.profile import profile_table
from tables.making import SENSITIVE, a_job, all_that_is_kept, as_csv, problems, report
from tables.readers.making_sheets import by_openpyxl

BODY = "id,phone,days_open\n1,555-0100,3\n2,555-0199,12\n"


def profile(body: str | bytes, *sensitive: str, **file: object) -> TableProfile:
    found = report(body, dict.fromkeys(sensitive, SENSITIVE), **file).profile
    assert found is not None
    return found


def test_a_file_is_profiled_as_a_whole() -> None:
    found = profile(BODY)

    assert (found.encoding, found.delimiter, found.header, found.rows, found.first_rows, found.left_out) == (
        "utf-8", ",", ("id", "phone", "days_open"), 2, (("1", "555-0100", "3"), ("2", "555-0199", "12")), ())


def test_each_column_is_profiled_in_the_order_of_the_file() -> None:
    assert [(each.name, each.type, each.rows) for each in profile(BODY).columns] == [
        ("id", "integer", 2), ("phone", "string", 2), ("days_open", "integer", 2)]


def test_a_column_has_the_type_of_the_dictionary() -> None:
    found = report(BODY, {"id": ColumnRecord(type="string")}).profile

    assert found is not None
    assert found.columns[0].type == "string"


def test_twenty_rows_are_shown_as_written() -> None:
    found = profile("x\n" + "".join(f"0{number}\n" for number in range(30)))

    assert (found.rows, found.first_rows) == (30, tuple((f"0{number}",) for number in range(20)))


def test_a_file_without_rows_has_a_profile() -> None:
    found = profile("a,b\n")

    assert (found.rows, found.first_rows, [each.shape for each in found.columns]) == (0, (), ["empty", "empty"])


def test_a_file_with_a_warning_has_a_profile() -> None:
    found = report("name;city\nJosé;x\n".encode("cp1252"))

    assert found.profile is not None
    assert [each.code for each in found.problems] == ["csv-encoding-guessed", "csv-delimiter"]


def test_a_sensitive_column_is_named_and_nothing_else() -> None:
    found = profile(BODY, "phone")

    assert (found.header, found.left_out, [each.name for each in found.columns], found.first_rows, found.header_line) == (
        ("id", "days_open"), ("phone",), ["id", "days_open"], (("1", "3"), ("2", "12")), "")


@pytest.mark.parametrize("name", ["Phone", " phone", "PHONE ", "pho ne"])
def test_a_slip_in_the_name_does_not_publish_a_sensitive_column(name: str) -> None:
    assert profile(BODY.replace("phone", name), "phone").left_out == (name,)


def test_a_file_of_sensitive_columns_alone_has_nothing_to_show() -> None:
    found = profile("phone\n555-0100\n", "phone")

    assert (found.header, found.columns, found.first_rows, found.rows) == ((), (), (), 1)


@given(st.lists(st.tuples(st.text(st.sampled_from("xyz"), min_size=3), st.sampled_from(["", "1", "n/a"])), min_size=1,
                max_size=8),
       st.sampled_from(["x,secret", "secret,x"]))
def test_no_value_of_a_sensitive_column_is_in_a_report(pairs: list[tuple[str, str]], header: str) -> None:
    rows = [[f"PRIVATE{secret}", other] if header.startswith("secret") else [other, f"PRIVATE{secret}"] for secret,
            other in pairs]
    columns = {
        "secret": ColumnRecord(sensitive=True, unique=True, type="integer", values={"1": "One"}, max_length=1, pattern="x"),
        "x": ColumnRecord(type="integer", required=True, unique=True),
    }

    assert b"PRIVATE" not in all_that_is_kept(report(as_csv([header.split(","), *rows]), columns))


def test_each_name_of_the_header_has_its_place() -> None:
    found = profile('id,"last ""name""",días\n1,2,3\n')

    assert [found.header_location("a.csv", name) for name in ("id", 'last "name"', "días")] == [
        Location(path="a.csv", line=1, column=column, width=width, excerpt='id,"last ""name""",días')
        for column, width in ((1, 2), (4, 15), (20, 4))]


def test_a_name_on_the_second_line_of_a_header_has_its_place() -> None:
    found = profile('"a\nb",c\n1,2\n')

    assert found.header_location("a.csv", "c") == Location(path="a.csv", line=2, column=4, width=1)


def test_a_name_that_the_file_lacks_is_placed_at_the_file() -> None:
    assert profile("a\n1\n").header_location("a.csv", "b") == Location(path="a.csv")


def test_a_profile_without_places_leads_to_the_file() -> None:
    assert replace(profile("a\n1\n"), header_at=()).header_location("a.csv", "a") == Location(path="a.csv")


def test_names_of_a_file_with_personal_data_are_placed_without_an_excerpt() -> None:
    assert profile(BODY, "phone").header_location("a.csv", "days_open") == Location(path="a.csv", line=1, column=10, width=9)


def test_a_format_that_is_declared_decides_and_not_the_name() -> None:
    assert report("a,b\n1,2\n", path="export.txt", format="csv").profile is not None


def test_a_format_that_cannot_be_read_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match=r"trees\.pdf cannot be read as a table"):
        profile_table(BytesIO(b""), a_job("trees.pdf"))


def test_problems_come_in_the_order_of_columns() -> None:
    columns = {"b": ColumnRecord(type="integer"), "a": ColumnRecord(required=True)}

    assert problems("a,b\n1,x\n,2\n", columns) == [("cell-required", 3, 1, 1), ("cell-type", 2, 3, 1)]


def test_a_sheet_of_many_rows_is_measured_as_one_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["id", "note", "height"], *([number, f"note {number}", number / 4] for number in range(90))]
    rows[60][2], rows[70][1] = "tall", "=x"
    book = by_openpyxl(rows)
    expected = report(book, path="trees.xlsx")
    monkeypatch.setattr("cityfolio.tables.profile.SMALL_CELLS", 0)
    monkeypatch.setattr("cityfolio.tables.readers.spool.PORTION_ROWS", 7)
    monkeypatch.setattr("cityfolio.tables.large.tally.COUNTED", 3)
    found = report(book, path="trees.xlsx")
    assert found.profile is not None
    assert expected.profile is not None

    assert found.problems == expected.problems
    assert [(each.type, each.distinct, each.minimum) for each in found.profile.columns] == [
        (each.type, each.distinct, each.minimum) for each in expected.profile.columns]
    assert found.profile.first_rows == expected.profile.first_rows


def test_shapes_in_a_format_that_has_none_are_refused_at_the_name() -> None:
    found = problems("name,place\nCity Hall,POINT (1 2)\n", {"place": ColumnRecord(type="geometry")})

    assert found == [("cell-type", 1, 6, 5)]
