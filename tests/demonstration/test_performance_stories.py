"""Every figure that a goal or a measure states in words is the one that its rows give."""

from __future__ import annotations

import re

import pytest

from demonstration import performance_figures
from demonstration.performance_catalog import goal, measure


@pytest.mark.parametrize("name", sorted(performance_figures.MEASURES))
def test_a_measure_says_why_it_moved_with_the_figures_of_its_rows(name: str):
    said = re.sub(r"\s+", " ", measure(name)["why"])

    assert [phrase for phrase in performance_figures.MEASURES[name]() if phrase not in said] == []


@pytest.mark.parametrize("name", sorted(performance_figures.GOALS))
def test_a_goal_says_why_it_moved_with_the_figures_of_its_rows(name: str):
    said = re.sub(r"\s+", " ", goal(name)["why"])

    assert [phrase for phrase in performance_figures.GOALS[name]() if phrase not in said] == []
