"""A small city that keeps an inventory, answers requests and assesses itself, and every file of the site that it becomes."""

from __future__ import annotations

import pytest

from cityfolio.build import Result
from cityfolio.publish.sinks import MemorySink
from golden_sites import GOLDEN, built_with_stand_ins, compare, settled

PRACTICE = GOLDEN / "practice"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> tuple[Result, MemorySink]:
    """The city, built in memory."""
    return built_with_stand_ins(PRACTICE / "city", monkeypatch)


def test_the_site_is_what_is_expected(made: tuple[Result, MemorySink], rewrite: bool) -> None:
    _, sink = made

    compare(PRACTICE / "expected", settled(sink.site), rewrite=rewrite)


def test_what_is_overdue_is_said(made: tuple[Result, MemorySink]) -> None:
    result, _ = made

    assert [(each.code, each.where.path) for each in result.problems] == [
        ("commitment-overdue", "commitments/lamps.yaml"), ("release-overdue", "datasets/lamps/dataset.yaml")]


def test_no_file_holds_the_name_of_somebody_who_asked(made: tuple[Result, MemorySink]) -> None:
    _, sink = made

    assert [path for path, body in sink.site.items() if b"plow-fan" in body] == []
