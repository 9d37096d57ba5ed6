"""What a site says of how accessible it is comes from what tests found out, and says when."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from cityfolio.pages import conformance as said
from cityfolio.pages.words import ENGLISH
from pages.drawing import draw_site
from pages.factories import a_dataset


@pytest.fixture
def evidence(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:     # Any: JSON
    """The evidence that is kept, to be changed by a test."""
    changed: dict[str, Any] = copy.deepcopy(dict(said.found()))
    monkeypatch.setattr(said, "found", lambda: changed)
    return changed


def statement() -> str:
    """The words of the page on access."""
    text: str = draw_site(a_dataset()).page("/accessibility/").main.text
    return text


def test_a_statement_counts_the_results_of_all_criteria_and_names_version_and_day(evidence: dict[str, Any]) -> None:
    counts = said.conformance(ENGLISH).counts

    assert sum(int(number) for number, _ in counts) == len(evidence["criteria"]) == 55
    assert f"Cityfolio {evidence['version']}, was tested on " in statement()
    assert f'<time datetime="{evidence["to"]}">' in said.conformance(ENGLISH).when


def test_a_criterion_that_a_test_found_not_met_is_named_at_the_top(evidence: dict[str, Any]) -> None:
    assert "Tests found that these are not met" not in statement()
    evidence["criteria"][0]["result"] = said.FAILS

    top = statement().partition("What needs a script")[0]

    assert "1 not supported" in top
    assert "Tests found that these are not met: 1.1.1 Non-text Content (level A)" in top


def test_tests_of_several_days_are_told_from_the_first_to_the_last(evidence: dict[str, Any]) -> None:
    evidence |= {"from": "2026-11-02", "to": "2026-11-03"}

    assert "was tested on 2 November 2026 to 3 November 2026." in statement()
    assert "Tested on" in statement()


def test_where_all_was_tested_on_one_day_no_line_says_it_again(evidence: dict[str, Any]) -> None:
    evidence |= {"from": "2026-11-03", "to": "2026-11-03"}

    assert "Tested on" not in statement()


def test_a_group_of_tests_that_failed_is_said_to_have_failed(evidence: dict[str, Any]) -> None:
    evidence["checks"]["paper"]["result"] = said.FAILED

    assert "Paper has what the screen had.failed" in statement()


def test_each_criterion_says_what_no_test_looks_at() -> None:
    page = draw_site(a_dataset()).page("/accessibility/")

    rows = {row.all("th")[0].text: [cell.text for cell in row.all("td")] for row in page.main.all("tr") if row.all("td")}

    assert rows["3.3.2 Labels or Instructions (level A)"][-1] == "Whether a label says what is wanted."
    assert rows["2.4.1 Bypass Blocks (level A)"][0] == "supported"
