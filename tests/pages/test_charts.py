import pytest

from cityfolio.model.profile import Bin, Count
from cityfolio.pages.charts import bars, spread_chart, spread_words
from cityfolio.pages.words import Words
from pages.factories import categories, dates, numbers, texts

WORDS = Words()


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (numbers(), "Most often 0 to 41 (43%)"),
        (categories(), "Most common: Bulky item 40%; Missed pickup 30%; Nuisance 17%"),
        (dates(), "Fairly even from 1 January 2016 to 1 January 2026"),
        (texts(), "Most often 3 to 22 characters long (18%)"),
        (
            numbers(bins=(Bin(low="0", high="123456", rows=5), Bin(low="123456", high="246912", rows=1))),
            "Most often 0 to 123,456 (83%)",
        ),
        (categories(top=()), ""),
        (numbers(bins=()), ""),
    ],
    ids=["numbers", "categories", "even dates", "lengths", "large numbers", "no categories", "no numbers"],
)
def test_a_chart_says_in_words_what_it_shows(profile, expected):
    assert spread_words(profile, WORDS) == expected


def test_a_chart_has_its_words_as_its_name():
    assert 'role="img" aria-label="Most often 0 to 41 (43%)"' in spread_chart(numbers(), WORDS)


def test_a_chart_is_drawn_in_the_color_of_the_text_and_in_whole_numbers():
    assert bars([4, 2, 0, 1], "x") == (
        '<svg class="bars" viewBox="0 0 39 32" preserveAspectRatio="none" fill="currentColor" role="img" aria-label="x">'
        '<path d="M0 32v-32h9v32zM10 32v-16h9v16zM30 32v-8h9v8z"/></svg>'
    )


def test_empty_bins_at_the_ends_are_not_drawn():
    counts = (0, 0, 8, 0, 4, 0)
    profile = numbers(bins=tuple(Bin(low=str(at), high=str(at + 1), rows=rows) for at, rows in enumerate(counts)))

    assert 'd="M0 32v-32h9v32zM20 32v-16h9v16z"' in spread_chart(profile, WORDS)


def test_what_occurs_once_in_a_million_is_still_seen():
    assert "M10 32v-1h9v1z" in bars([1_000_000, 1], "x")


def test_all_other_categories_are_a_bar_set_apart():
    chart = spread_chart(categories(top=(Count(value="a", rows=200),), filled=300), WORDS)

    assert 'viewBox="0 0 24 32"' in chart
    assert '<path opacity=".5" d="M15 32v-16h9v16z"/>' in chart


@pytest.mark.parametrize(
    "counts", [[], [0, 0], [7], [0, 7]], ids=["no bars", "empty bars", "one bar", "one bar that is not empty"]
)
def test_nothing_is_drawn_where_there_is_nothing_to_compare(counts):
    assert bars(counts, "x") == ""


def test_a_value_with_markup_in_it_is_words_in_a_chart():
    profile = categories(top=(Count(value='"><script>', rows=200), Count(value="x", rows=100)))

    assert "&#34;&gt;&lt;script&gt;" in spread_chart(profile, WORDS)
