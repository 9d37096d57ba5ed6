from datetime import date

import pytest

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
    [("214032", "214,032"), ("-214032", "-214,032"), ("2016", "2016"), ("3.14159", "3.14159"), ("x", "x"), ("", "")],
)
def test_a_number_of_a_file_is_grouped_from_five_digits_on(text, expected):
    assert WORDS.figure(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"), [("daily", "daily"), ("R/P1M", "monthly"), ("semiannual", "twice a year"), ("R/P5M", "R/P5M")]
)
def test_a_frequency_is_in_the_readers_words(word, expected):
    assert WORDS.frequency(frequency(word)) == expected


def test_what_is_put_into_a_message_is_escaped():
    assert WORDS.gettext("About %(title)s", title="<b>") == "About &lt;b&gt;"


def test_counts_are_grouped():
    assert WORDS.ngettext("%(count)s row", "%(count)s rows", 1234) == "1,234 rows"
