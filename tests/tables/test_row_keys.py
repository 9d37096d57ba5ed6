"""A primary key that does not tell rows apart is reported with the rows, in files of any size."""

from __future__ import annotations

import pytest

from cityfolio.model.profile import TableReport
from cityfolio.tables.row_keys import key_columns
from tables.large.test_measure import in_portions
from tables.making import a_job, placed, report

SOUND = "id,part,height\n1,a,5\n1,b,5\n2,a,6\n"


def said(found: TableReport) -> list[str]:
    """What is said of a file."""
    return [problem.says for problem in found.problems]


def test_rows_with_different_keys_are_sound() -> None:
    assert report(SOUND, primary_key=("id", "part")).problems == ()


def test_a_row_with_the_key_of_an_earlier_one_is_named() -> None:
    found = report(SOUND, primary_key=("id",))

    assert said(found) == ["1 row has the primary key of an earlier row (`id`; row 2)"]
    assert placed(found.problems[0]) == ("row-repeated", 3, 1, 1)
    assert found.problems[0].fix.startswith("Remove the rows that are repeated")


def test_a_row_without_a_part_of_its_key_is_named() -> None:
    found = report("id,part\n1,a\n2,\n,b\n", primary_key=("id", "part"))

    assert said(found) == ["2 rows lack a part of their primary key (`id` and `part`; first: rows 2, 3)"]
    assert found.problems[0].fix.startswith("Fill it in")


def test_the_place_is_that_of_the_first_column_of_the_key() -> None:
    assert placed(report("height,id\n5,1\n5,1\n", primary_key=("id",)).problems[0]) == ("row-repeated", 3, 3, 1)


def test_only_the_first_rows_are_named_and_all_are_counted() -> None:
    body = "id\n" + "7\n" * 100

    assert said(report(body, primary_key=("id",))) == [
        "99 rows have the primary key of an earlier row (`id`; first: rows 2, 3, 4)"]


def test_words_that_stand_for_no_value_lack_in_a_key_too() -> None:
    assert said(report("id\n1\nNA\n", primary_key=("id",), empty=("NA",))) == [
        "1 row lacks a part of its primary key (`id`; row 2)"]


def test_values_are_compared_as_they_are_written() -> None:
    assert report("id\n1\n01\n1.0\n", primary_key=("id",)).problems == ()


def test_a_file_without_rows_breaks_no_key() -> None:
    assert report("id\n", primary_key=("id",)).problems == ()


def test_a_key_of_a_column_that_is_not_there_is_told_elsewhere() -> None:
    assert key_columns(("height",), a_job(primary_key=("id",))) == ()
    assert key_columns(("height", "id"), a_job(primary_key=("id", "height"))) == (1, 0)
    assert report(SOUND, primary_key=("number",)).problems == ()


@pytest.mark.parametrize("body", [
    SOUND, "id,part\n1,a\n1,a\n", "id,part\n1,\n1,\n,b\n2,b\n", "id,part\n1,a\n" + "2,b\n" * 40 + ",c\n" * 30 + "2,b\n",
], ids=["sound", "repeated", "lacking", "many"])
@pytest.mark.parametrize("block", [10, 40, 4_000], ids="{} bytes".format)
def test_a_large_file_is_held_to_its_key_as_a_small_one(body: str, block: int) -> None:
    found = in_portions(body.encode(), block=block, key=("id", "part"))

    assert said(found) == said(report(body, primary_key=("id", "part")))


def test_a_key_in_two_columns_is_not_their_text_put_together() -> None:
    body = b"id,part\n1,23\n12,3\n"

    assert in_portions(body, block=10, key=("id", "part")).problems == ()
