"""What is said beside faults: cells that a spreadsheet would run, and shapes that are not valid."""

from __future__ import annotations

import pytest

from tables.large.test_measure import in_portions
from tables.making import SENSITIVE, problems, report
from tables.readers.making_records import a_collection, a_feature

CROSSED = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
SOUND = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}


def a_map(*shapes: object) -> str:
    """A map of features with these shapes."""
    return a_collection(*(a_feature(shape, name=f"no. {number}") for number, shape in enumerate(shapes)))


def test_a_cell_that_begins_as_a_formula_is_told_with_its_place() -> None:
    found = report("name,note\noak,fine\nelm,=1+1\n").problems[0]

    assert (found.code, found.severity, found.where.line, found.where.column) == ("cell-formula", "advice", 3, 5)
    assert found.says == ("column `note` holds 1 cell that begins as a formula does (first: row 2), which a spreadsheet that "
                          "opens the CSV would run")


def test_many_such_cells_of_a_column_are_one_remark() -> None:
    found = report("note,other\n@here,a\nfine,+x\n=1+1,b\n=1+1,b\n").problems

    assert [each.says.partition(" as ")[0] for each in found] == [
        "column `note` holds 3 cells that begin", "column `other` holds 1 cell that begins"]


@pytest.mark.parametrize("cell", ["-5", "+1.5", "-", "+1 704", "$5", "- 5%", "a=b"])
def test_a_sign_before_an_amount_is_no_formula(cell: str) -> None:
    assert problems(f"note,n\nx,1\n{cell},2\n") == []


def test_a_negative_number_is_no_formula_and_neither_is_a_wrong_one() -> None:
    assert problems("a\n-1\n=2\n", {"a": SENSITIVE}) == [("cell-formula", 3, 1, 2)]
    assert [code for code, *_ in problems("a\n-1\n-2\n")] == []


def test_a_large_file_is_told_of_formulas_as_a_small_one() -> None:
    body = "name,note,other\n" + "oak,fine,a\n" * 30 + "oak,=1+1,a\n" + "oak,fine,@b\n" * 3

    assert in_portions(body.encode(), block=40).problems == report(body).problems
    assert [(each.where.line, each.where.column) for each in report(body).problems] == [(32, 5), (33, 10)]


def test_a_shape_that_is_not_valid_is_told_with_its_row_and_the_reason() -> None:
    found = report(a_map(SOUND, CROSSED), path="trees.geojson").problems

    assert [each.code for each in found] == ["geometry-invalid"]
    assert found[0].says.startswith("1 shape is not valid (row 2: ")


def test_several_shapes_that_are_not_valid_are_one_warning() -> None:
    found = report(a_map(SOUND, CROSSED, SOUND, CROSSED), path="trees.geojson").problems

    assert [each.says.partition(":")[0] for each in found] == ["2 shapes are not valid (first"]


def test_a_map_of_valid_shapes_is_not_remarked_on() -> None:
    assert report(a_map(SOUND, SOUND, None), path="trees.geojson").problems == ()


def test_shapes_in_a_large_map_are_looked_at_too(monkeypatch: pytest.MonkeyPatch) -> None:
    body = a_map(*[CROSSED if at in (7, 9) else SOUND for at in range(12)])
    whole = report(body, path="trees.geojson")
    monkeypatch.setattr("cityfolio.tables.profile.SMALL_CELLS", 0)
    monkeypatch.setattr("cityfolio.tables.table.PORTION_ROWS", 5)
    found = report(body, path="trees.geojson")

    assert found.problems == whole.problems
    assert found.profile is not None
    assert whole.profile is not None
    assert found.profile.shapes == whole.profile.shapes
