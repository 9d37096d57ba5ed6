"""Cells that a spreadsheet would run are counted; numbers, telephone numbers and dashes are not among them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.exports.formulas import FormulaLike, formula_like
from tables.exports.making_exports import TEXTS, numbers

FORMULAS = ["=1+1", "=", "@SUM(A1)", "+1-704-555-0100", "-2+3", "-cmd|'/C calc'!A0", "\t=1", "\r=1",
            "+A1", "- none", "--", "=\u00e9"]
HARMLESS = ["", "a", "1", "-5", "+5", "-1,234.50", "+1 704 555 0100", "-12 %",
            "-$5.00", "-", "+", "-1e5", "a=b", " =1", "x@y.gov", None]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_begins_as_a_formula_does_is_counted(text: str) -> None:
    assert formula_like(["x", text, text]) == FormulaLike(count=2, first=1)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_no_spreadsheet_would_run_is_not_counted(text: str | None) -> None:
    assert formula_like([text]) == FormulaLike()


@given(text=numbers())
def test_a_number_is_no_formula(text: str) -> None:
    assert formula_like([text]).count == 0


@given(texts=st.lists(st.one_of(st.none(), TEXTS)), more=st.lists(st.one_of(st.none(), TEXTS)))
def test_portions_come_to_the_same_as_the_whole(texts: list[str | None], more: list[str | None]) -> None:
    assert formula_like(texts).then(formula_like(more), len(texts)) == formula_like(texts + more)
