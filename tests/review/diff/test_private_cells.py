"""What a comparison keeps to itself of rows that nobody has called sensitive."""

from __future__ import annotations

import pytest

from cities import TREES, a_city
from review.diff.comparing import compared

HEADER = "species,height,note\n"
ROWS = "oak,12.5,tall\nmaple,,old\nelm,8,bent\n"
NUMBER, ADDRESS, KEY = "219-09-9999", "jane.roe@mail.example.com", "AKIA" + "IOSFODNN7EXAMPLQ"
NOTED = TREES + "  note: {title: What was noted}\n"


def city(rows, dataset=NOTED):
    return a_city(**{"datasets__trees__dataset.yaml": dataset, "datasets__trees__trees.csv": HEADER + rows})


@pytest.mark.parametrize("cell", [NUMBER, f"ask {ADDRESS}", "call 704-555-0199", KEY],
                         ids=["a number", "an address", "a telephone", "a key"])
@pytest.mark.parametrize("is_there_before", [True, False], ids=["before", "after"])
def test_no_cell_is_told_that_looks_personal_or_like_a_secret(cell, is_there_before):
    both = [city(ROWS), city(ROWS + f"ash,3,{cell}\n")]

    diff = compared(*reversed(both)) if is_there_before else compared(*both)

    assert (cell in repr(diff), "(not shown)" in repr(diff), "ash" in repr(diff)) == (False, True, True)


def test_no_cell_of_a_column_is_told_that_looks_personal_in_one_of_the_states():
    people = "".join(f"oak,{number},{name}\n" for number, name in enumerate((
        "Jane Roe", "John Smith", "Mary Johnson", "Robert Brown", "Linda Davis", "James Miller", "Patricia Wilson",
        "Michael Moore")))
    named = NOTED.replace("note:", "owner_name:")
    before, after = (a_city(**{"datasets__trees__dataset.yaml": named,
                               "datasets__trees__trees.csv": f"species,height,owner_name\n{rows}"})
                     for rows in (people, people.replace("Jane Roe", "nobody")))

    diff = compared(before, after)

    assert ("personal-data" in {each.part for each in diff.changes}, "Jane Roe" in repr(diff), "nobody" in repr(diff)) == (
        False, False, False)


def test_no_key_is_told_that_looks_personal():
    keyed = NOTED.replace("path: trees.csv", "path: trees.csv\n    primary_key: [note]")

    diff = compared(city(f"oak,1,{ADDRESS}\n", keyed), city(f"oak,2,{ADDRESS}\n", keyed))

    assert (ADDRESS in repr(diff), "(not shown)" in repr(diff)) == (False, True)
