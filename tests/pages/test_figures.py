"""A number reads the same on a dataset's page and in the explorer: both are held against tables that both read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from markupsafe import Markup

from cityfolio.pages.figures import even_decimals, figure, unit_beside
from cityfolio.pages.words import Words
from house.documents import ROOT

CASES: dict[str, list[dict[str, Any]]] = {     # a list of records, as JSON has them
    name: json.loads((ROOT / "tests" / "browser" / "js" / f"{name}.json").read_text("utf-8")) for name in ("figures", "units")
}


def the_figures(values: list[str], measure: Any) -> list[str]:
    """The values of an answer as they stand on a page: one by itself, or several side by side."""
    decimals = even_decimals(values, measure) if len(values) > 1 else None
    return [figure(value, measure, decimals, Words()).striptags() for value in values]


@pytest.mark.parametrize("case", CASES["figures"], ids=lambda case: case["says"])
def test_a_figure_reads_as_it_does_in_the_explorer(case: dict[str, Any]) -> None:
    assert the_figures(case["values"], case["measure"]) == case["shown"]


@pytest.mark.parametrize("case", CASES["units"], ids=lambda case: case["says"])
def test_a_unit_reads_as_it_does_in_the_explorer(case: dict[str, Any]) -> None:
    assert unit_beside(Markup(case["value"]), case["unit"]) == case["shown"]
