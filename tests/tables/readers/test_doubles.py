"""Doubles that a spreadsheet wrote out in full: the shortest text of the same number, and no other text is touched."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.readers.doubles import shortest

WRITTEN = {
    "552872.06000000006": "552872.06", "0.30000000000000004": "0.30000000000000004", "6.8599999999999994E-2": "0.0686",
    "-0.81000000000000005": "-0.81", "590324.93999999994": "590324.94",
}
KEPT = ["1.10", "0.1", "12345678901234567890", "1.2345678901234567E+19", "1E-05", "0.1234567890123456789",
        "100.0000000000000001", "1234567890123456.5"]


@pytest.mark.parametrize(("stored", "shown"), WRITTEN.items(), ids=WRITTEN)
def test_what_excel_stores_becomes_what_was_typed(stored: str, shown: str) -> None:
    assert shortest(stored) == shown


@pytest.mark.parametrize("stored", KEPT, ids=str)
def test_any_other_text_stays_as_it_is(stored: str) -> None:
    assert shortest(stored) == stored


@given(st.floats(allow_nan=False, allow_infinity=False).map(lambda value: f"{value:.17g}"))
def test_it_is_always_the_same_number(stored: str) -> None:
    assert float(shortest(stored)) == float(stored)


@given(st.decimals(-10**9, 10**9, places=4).map(str))
def test_a_number_of_up_to_fifteen_digits_is_found_again_in_seventeen(typed: str) -> None:
    assert float(shortest(f"{float(typed):.17g}")) == float(typed)
