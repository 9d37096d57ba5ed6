import pytest

from cityfolio.model.profile import Bin, Count
from cityfolio.pages.charts import bars, spread_chart, spread_words
from cityfolio.pages.words import Words
from pages.factories import categories, dates, numbers, places, texts

WORDS = Words()
MONTHS = ["2024-01-01", "2024-05-01", "2024-09-01", "2025-01-01"]


def in_bins(edges, rows):
    return tuple(Bin(low=low, high=high, rows=count) for low, high, count in zip(edges[:-1], edges[1:], rows, strict=True))


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (numbers(), "Most often 0 to 40 (43%)"),
        (categories(), "Most common: Bulky item 40%; Missed pickup 30%; Nuisance 17%"),
        (dates(), "Fairly even from 4 January 2016 to 21 November 2025"),
        (dates(minimum="2016-01-01", maximum="2025-12-31"), "Fairly even from 2016 to 2025"),
        (texts(), "Most often 3 to 21 characters long (18%)"),
        (
            numbers(bins=(Bin(low="0", high="123456", rows=5), Bin(low="123456", high="246912", rows=1))),
            "Most often 0 to 123,455 (83%)",
        ),
        (numbers(bins=in_bins(["0", "1", "2", "3"], [5, 1, 1])), "Most often 0 (71%)"),
        (
            numbers(type="number", minimum="0.1", bins=in_bins(["0", "0.5", "1"], [5, 1])),
            "Most often 0.1 to under 0.5 (83%)",
        ),
        (texts(shortest=1, bins=in_bins(["1", "2", "3"], [5, 1])), "Most often 1 character long (83%)"),
        (texts(shortest=4, bins=in_bins(["4", "5", "6"], [5, 1])), "Most often 4 characters long (83%)"),
        (
            dates(minimum="2024-01-01", maximum="2024-12-31", bins=in_bins(MONTHS, [9, 9, 8])),
            "Fairly even through 2024",
        ),
        (dates(minimum="2024-01-02", bins=in_bins(MONTHS, [1, 9, 2])), "Most often May 2024 to August 2024 (75%)"),
        (categories(top=()), ""),
        (numbers(bins=()), ""),
    ],
    ids=[
        "whole numbers",
        "categories",
        "even dates",
        "even years",
        "lengths",
        "large numbers",
        "one whole number",
        "decimals",
        "one character",
        "one length",
        "one even year",
        "months",
        "no categories",
        "no numbers",
    ],
)
def test_a_chart_says_in_words_what_it_shows(profile, expected):
    assert spread_words(profile, WORDS) == expected


def test_a_chart_has_its_words_as_its_name():
    assert 'role="img" aria-label="Most often 0 to 40 (43%)"' in spread_chart(numbers(), WORDS)


def test_yes_and_no_are_told_in_words():
    profile = categories(type="boolean", top=(Count(value="true", rows=225), Count(value="false", rows=75)))

    assert spread_words(profile, WORDS) == "Most common: yes 75%; no 25%"


def test_codes_are_named_by_their_meaning_where_the_dictionary_has_one():
    profile = categories(top=(Count(value="PH", rows=150), Count(value="1", rows=100), Count(value="x", rows=50)))
    meanings = {"PH": "Acidity & more", "1": "North", "x": ""}

    assert spread_words(profile, WORDS, meanings) == "Most common: Acidity &amp; more 50%; North 33%; x 17%"
    assert 'aria-label="Most common: Acidity &amp; more 50%; North 33%; x 17%"' in spread_chart(profile, WORDS, meanings)


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


def test_the_length_of_coordinates_is_not_drawn():
    assert spread_chart(places(bins=in_bins(["40", "50", "60"], [5, 5])), WORDS) == ""
