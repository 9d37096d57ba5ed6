"""A small city with a goal, and every file of the site that it becomes."""

from __future__ import annotations

import pytest

from cityfolio.build import Result
from cityfolio.publish.sinks import MemorySink
from golden_sites import GOLDEN, built_with_stand_ins, compare, settled

GOALS = GOLDEN / "goals"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> tuple[Result, MemorySink]:
    """The city, built in memory."""
    return built_with_stand_ins(GOALS / "city", monkeypatch)


def test_the_site_is_what_is_expected(made: tuple[Result, MemorySink], rewrite: bool) -> None:
    _, sink = made

    compare(GOALS / "expected", settled(sink.site), rewrite=rewrite)


def test_nothing_is_a_problem(made: tuple[Result, MemorySink]) -> None:
    result, _ = made

    assert [(each.code, each.where.path) for each in result.problems] == []


def test_every_row_behind_a_measure_that_is_not_published_stays_private(made: tuple[Result, MemorySink]) -> None:
    _, sink = made

    assert [path for path in sink.site if "shut-offs.csv" in path] == []
    assert [path for path, body in sink.site.items() if b"2026-04-01,N" in body] == []
