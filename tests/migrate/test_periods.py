"""The time that data covers, read only where there is one way to read it."""

import pytest
from hypothesis import given, strategies as st

from cityfolio.load.values import MOMENT
from cityfolio.migrate.values.periods import moment, period


@pytest.mark.parametrize(
    ("words", "covered"),
    [
        ("2022", {"start": "2022", "end": "2022"}),
        ("March 2024", {"start": "2024-03", "end": "2024-03"}),
        ("Sept. 2012", {"start": "2012-09", "end": "2012-09"}),
        ("May 5, 2020", {"start": "2020-05-05", "end": "2020-05-05"}),
        ("2012 - 2017", {"start": "2012", "end": "2017"}),
        ("1901-2000", {"start": "1901", "end": "2000"}),
        ("2012–2017", {"start": "2012", "end": "2017"}),
        ("2012 to 2017", {"start": "2012", "end": "2017"}),
        ("2011 - present", {"start": "2011"}),
        ("2016-Present", {"start": "2016"}),
        ("1974 - Current", {"start": "1974"}),
        ("January 2014 - Present", {"start": "2014-01"}),
        ("  2012   -\n2017 ", {"start": "2012", "end": "2017"}),
        ("01/01/1950 - 12/31/2004", {"start": "1950-01-01", "end": "2004-12-31"}),
        ("31/12/2004", {"start": "2004-12-31", "end": "2004-12-31"}),
        ("05/05/2004", {"start": "2004-05-05", "end": "2004-05-05"}),
        ("2016-03", {"start": "2016-03", "end": "2016-03"}),
        ("2016-03-01/2017-01-31", {"start": "2016-03-01", "end": "2017-01-31"}),
        ("2016-03-01/..", {"start": "2016-03-01"}),
        ("2016/", {"start": "2016"}),
        ("2016 - March 2016", {"start": "2016", "end": "2016-03"}),
    ],
    ids=str,
)
def test_words_with_one_reading_are_read(words, covered):
    assert period(words) == covered


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Current",
        "Real-time updates",
        "Varies by dataset",
        "FY2016",
        "2000 and 2012",
        "06/02/2005",
        "12/10/2009 - Present",
        "2016-13",
        "February 30, 2020",
        "2017 - 2012",
        "2010 - 2011 - 2012",
        "13/13/2013",
        "M 2020",
        "J 2020",
        "present",
        "present - 2020",
        "13/01/2004 - 01/13/2005",
    ],
    ids=str,
)
def test_words_that_could_mean_two_things_or_nothing_are_not_read(words):
    assert period(words) is None


@given(st.text(st.sampled_from(list("0123456789-/ ,.marchpresntoFY–")), max_size=24))
def test_whatever_is_read_is_something_that_the_loader_takes(words):
    covered = period(words) or {"start": "2000"}

    assert all(MOMENT.fullmatch(each) for each in covered.values())


def test_a_slashed_date_is_read_once_its_order_is_known():
    assert moment("06/02/2005", "month-first") == "2005-06-02"
    assert moment("06/02/2005", "day-first") == "2005-02-06"
