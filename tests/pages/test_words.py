from datetime import date

import pytest
from hypothesis import given, strategies as st
from markupsafe import Markup

from cityfolio.model.frequency import frequency
from cityfolio.pages.words import Words

WORDS = Words()


@pytest.mark.parametrize(
    ("size_bytes", "expected"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (1_250, "1.2 kB"),
        (26_832, "26.8 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (18_400_000, "18.4 MB"),
        (22_000_000, "22 MB"),
        (999_500_000, "1 GB"),
        (2_340_000_000_000, "2,340 GB"),
    ],
)
def test_a_size_is_in_kb_and_mb(size_bytes, expected):
    assert WORDS.size(size_bytes) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 10, "0%"), (10, 10, "100%"), (999, 1000, "99%"), (1, 1000, "under 1%"), (1, 4, "25%"), (0, 0, "0%"), (5, 1000, "1%")],
)
def test_a_share_is_never_all_or_nothing_when_it_is_not(part, whole, expected):
    assert WORDS.percent(part, whole) == expected


def test_a_date_is_in_words():
    assert WORDS.day(date(2025, 11, 21)) == "21 November 2025"


def test_a_date_is_for_programs_too():
    assert WORDS.time(date(2025, 11, 21)) == '<time datetime="2025-11-21">21 November 2025</time>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016", "2016"),
        ("2016-03", "March 2016"),
        ("2016-03-01", "1 March 2016"),
        ("2016-03-01T08:30:00", "1 March 2016, 08:30"),
        ("2016-03-01 08:30", "1 March 2016, 08:30"),
        ("2021-01-01T23:30:00-05:00", "1 January 2021, 23:30"),
        ("2021-01-01T23:30:00+05:45", "1 January 2021, 23:30"),
        ("2021-01-01T23:30:00Z", "1 January 2021, 23:30 UTC"),
        ("2021-01-01T23:30:00+00:00", "1 January 2021, 23:30 UTC"),
        ("soon", "soon"),
        ("2016-13", "2016-13"),
        ("<b>", "&lt;b&gt;"),
        ("08:15:00", "08:15:00"),
    ],
)
def test_a_moment_is_in_words_as_far_as_it_is_known(text, expected):
    assert WORDS.moment(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("214032", "214,032"), ("-214032", "-214,032"), ("2016", "2016"), ("3.14159", "3.14159"), ("x", "x"), ("", ""),
     ("35800.5", "35,800.5"), ("-28587.40", "-28,587.40"), ("2016.5", "2016.5"), ("01234567", "01234567"), ("1e10", "1e10"),
     ("-", "-"), ("10000.", "10000."), ("1" * 31, "1" * 31)],
)
def test_a_number_of_a_file_is_grouped_from_five_digits_on(text, expected):
    assert WORDS.figure(text) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("0", "35800.5"), ("0", "35,800.5")),
        (("9600", "10800"), ("9,600", "10,800")),
        (("1990", "2024"), ("1990", "2024")),
        (("-1234.5", "10000"), ("-1,234.5", "10,000")),
        (("soon", "10000"), ("soon", "10,000")),
        ((), ()),
    ],
    ids=["a decimal", "four and five digits", "years", "a negative one", "no number", "none"],
)
def test_numbers_side_by_side_are_grouped_alike(texts, expected):
    assert WORDS.figures(*texts) == expected


@pytest.mark.parametrize(
    ("word", "expected"), [("daily", "daily"), ("R/P1M", "monthly"), ("semiannual", "twice a year"), ("R/P5M", "R/P5M")]
)
def test_a_frequency_is_in_the_readers_words(word, expected):
    assert WORDS.frequency(frequency(word)) == expected


def test_what_is_put_into_a_message_is_escaped():
    assert WORDS.gettext("About %(title)s", title="<b>") == "About &lt;b&gt;"


@given(st.text("a<&'\"%") | st.integers() | st.text("a<&").map(Markup) | st.none())
def test_what_is_put_into_a_message_stands_there_as_in_any_markup(value):
    message = "<b>%(value)s</b> 100%% %(value)s"

    assert Words().gettext(message, value=value) == Markup(message) % {"value": value}


def test_counts_are_grouped():
    assert WORDS.ngettext("%(count)s row", "%(count)s rows", 1234) == "1,234 rows"


@pytest.mark.parametrize(
    ("names", "expected"), [([], ""), (["a"], "a"), (["a", "<b>"], "a and &lt;b&gt;"), (["a", "b", "c"], "a, b and c")]
)
def test_names_that_belong_together_end_in_and(names, expected):
    assert WORDS.all_of(names) == expected
