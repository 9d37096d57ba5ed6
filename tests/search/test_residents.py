"""Residents find what they mean with their own words: the right dataset is among the first three."""

import pytest

from search.resident_words import asked_by_residents, missed
from search.searched_cities import philadelphia, the_demonstration

pytestmark = pytest.mark.npm


def test_residents_of_the_demonstration_city_find_what_they_mean(demonstration):
    asked = asked_by_residents("demonstration", the_demonstration(demonstration))

    assert len(asked) >= 60
    assert missed(asked) == []


def test_residents_of_philadelphia_find_what_they_mean(inputs):
    asked = asked_by_residents("philadelphia", philadelphia(inputs))

    assert len(asked) >= 60
    assert missed(asked) == []
