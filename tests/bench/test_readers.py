"""What is said of figures that were measured."""

from __future__ import annotations

from bench.readers import NOT_SEEN, held


def test_a_figure_that_was_not_seen_is_within_no_limit_and_is_counted() -> None:
    assert held([NOT_SEEN, 1_000, 3_000], 2_500) == "median 3,000, p95 inf, most inf; 1 of 3 within 2,500; 1 not seen"


def test_nothing_is_said_of_figures_that_were_all_seen() -> None:
    assert held([2_000, 1_000, 3_000], 2_500) == "median 2,000, p95 2,900, most 3,000; 2 of 3 within 2,500"
