"""Every figure that a page states is the one that its rows give."""

from __future__ import annotations

import pytest

from demonstration import city_hall_figures, citywide_figures, neighborhood_figures, travel_figures
from demonstration.charlotte_catalog import published, words

PAGES = neighborhood_figures.PAGES | citywide_figures.PAGES | city_hall_figures.PAGES | travel_figures.PAGES


@pytest.mark.parametrize("dataset", published())
def test_a_page_states_the_figures_that_its_rows_give(dataset: str):
    phrases = list(PAGES[dataset]())

    assert [phrase for phrase in phrases if phrase not in words(dataset)] == []
