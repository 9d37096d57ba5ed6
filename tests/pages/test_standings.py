import re

import pytest

from cityfolio.model.measured import STATUSES
from cityfolio.pages.standings import (
    SHAPES,
    TONES,
    counted_standings,
    standing_mark,
    standing_view,
    status_meanings,
    status_words,
)
from cityfolio.pages.words import Words

WORDS = Words()


def test_every_status_has_a_word_a_meaning_a_tone_and_a_shape():
    assert set(STATUSES) == set(status_words(WORDS)) == set(status_meanings(WORDS)) == set(TONES) == set(SHAPES)


def test_no_two_statuses_share_a_word_or_a_shape():
    assert len(set(status_words(WORDS).values())) == len(set(SHAPES.values())) == 11


@pytest.mark.parametrize("status", STATUSES)
def test_a_mark_says_the_status_in_words_beside_a_shape_that_is_not_read_out(status):
    mark = standing_mark(status, WORDS)

    assert re.sub("<[^>]*>", "", mark) == status_words(WORDS)[status]
    assert mark.count('<svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true"') == 1


def test_a_stale_measure_is_never_shown_in_the_color_of_a_good_one():
    assert standing_view("stale", WORDS).tone == "warn"


def test_measures_are_counted_by_status_in_the_order_of_the_house():
    counts = counted_standings(["no-data", "near", "achieved", "near"], WORDS)

    assert [(each.view.name, each.count) for each in counts] == [("achieved", 1), ("near", 2), ("no-data", 1)]
    assert re.sub("<[^>]*>", "", counts[1].text) == "Near: 2"
