from __future__ import annotations

import pytest

from cityfolio.tables.row_diff.compare import compare_tables
from tables.row_diff.making_diffs import LARGE, PLAIN, Asked, a_renaming, a_side, compared, counts

BOTH = pytest.mark.parametrize(("asked", "tables"), [
    pytest.param(PLAIN, 80, id="in memory"), pytest.param(LARGE, 20, id="in portions"),
    pytest.param(PLAIN, 200, id="many in memory", marks=pytest.mark.campaign),
    pytest.param(LARGE, 40, id="many in portions", marks=pytest.mark.campaign),
])


@BOTH
def test_nearly_all_renamed_columns_are_recognized_and_hardly_any_is_invented(asked: Asked, tables: int):
    made = [a_renaming(seed) for seed in range(tables)]
    found = [compare_tables(a_side(each.before), a_side(each.after), each.key, asked).renamed for each in made]
    wanted = {(number, old, new) for number, each in enumerate(made) for old, new in each.renamed.items()}
    claimed = {(number, old, new) for number, each in enumerate(found) for old, new in each.items()}

    assert len(wanted & claimed) >= 0.95 * len(wanted)
    assert len(wanted & claimed) >= 0.99 * len(claimed)


@pytest.mark.parametrize("values", [("yes", "no"), ("no", "no", "no", "yes"), ("1", "2", "3", "4", "5")],
                         ids=["halves", "mostly one", "five"])
def test_columns_of_the_same_values_in_other_rows_are_not_one(values: tuple[str, ...]):
    before = [("id", "is_open"), *((str(row), values[row % len(values)]) for row in range(60))]
    after = [("id", "is_closed"), *((str(row), values[row * 7 // 11 % len(values)]) for row in range(60))]

    found = compared(before, after, "id")

    assert (found.renamed, found.added_columns, found.removed_columns) == ({}, ("is_closed",), ("is_open",))


def test_no_two_columns_are_renamed_to_one():
    rows = [(str(row), f"{row} Oak St", f"{row} Oak St") for row in range(30)]
    before, after = [("id", "address", "mailing"), *rows], [("id", "street"), *(row[:2] for row in rows)]

    found = compared(before, after, "id")

    assert (len(found.renamed), len(found.removed_columns), found.added_columns) == (1, 1, ())


def test_of_two_columns_with_the_same_cells_each_gets_its_own_name():
    rows = [(str(row), f"{row} Oak St", f"{row} Oak St") for row in range(30)]
    before, after = [("id", "home address", "mailing address"), *rows], [("id", "home_address", "mailing_address"), *rows]

    assert compared(before, after, "id").renamed == {"home address": "home_address", "mailing address": "mailing_address"}


def test_a_column_of_one_value_is_renamed_where_its_place_or_its_name_says_so():
    rows = [(str(row), "Springfield", "oak") for row in range(30)]

    assert compared([("id", "city", "species"), *rows], [("id", "town", "species"), *rows], "id").renamed == {"city": "town"}


def test_empty_columns_are_not_taken_for_one_another():
    rows = [(str(row), "") for row in range(30)]

    assert compared([("id", "note"), *rows], [("id", "remark"), *rows], "id").renamed == {}


def test_a_column_whose_cells_were_written_anew_is_another_column():
    before = [("id", "height"), *((str(row), str(row % 13)) for row in range(30))]
    after = [("id", "height_m"), *((str(row), f"{row % 13}.00 m") for row in range(30))]

    assert compared(before, after, "id").renamed == {}


def test_columns_are_recognized_where_every_name_is_new():
    rows = [(f"T-{row}", f"{row * 7} Oak St") for row in range(30)]

    found = compared([("id", "street"), *rows], [("number", "place"), *reversed(rows)])

    assert found.renamed == {"id": "number", "street": "place"}
    assert counts(found) == (0, 0, 0)


def test_a_handful_of_rows_is_enough_for_a_column_of_many_values():
    rows = [("1", "Oak St", "3.5"), ("2", "Elm St", "4.1"), ("3", "Main St", "7.2")]

    found = compared([("id", "street", "height"), *rows], [("id", "address", "height"), *rows], "id")

    assert found.renamed == {"street": "address"}


def test_many_renamed_columns_are_recognized_together():
    rows = [[str(row), *(str(row * at % 97) for at in range(1, 41))] for row in range(97)]
    before, after = [["id", *(f"c{at}" for at in range(40))], *rows], [["id", *(f"value {at}" for at in range(40))], *rows]

    assert compared(before, after, "id").renamed == {f"c{at}": f"value {at}" for at in range(40)}
