"""Names of other systems as identifiers, and two spellings as one name."""

import pytest
from hypothesis import given, strategies as st

from cityfolio.load.values import IDENTIFIER
from cityfolio.migrate.values.names import MAX_ID_LENGTH, comparable, slug, unused


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("crime-incidents", "crime-incidents"),
        ("boost_business", "boost-business"),
        ("athenæum-of-philadelphia", "athenaeum-of-philadelphia"),
        ("Ettevõtete ajaloo võrdlus", "ettevotete-ajaloo-vordlus"),
        ("Straßenbäume (Øst)", "strassenbaume-ost"),
        ("  Parks / Recreation  ", "parks-recreation"),
        ("sub/folder.name", "sub-folder-name"),
    ],
    ids=str,
)
def test_a_name_becomes_an_identifier_that_looks_like_it(name, identifier):
    assert slug(name, "datasets") == identifier


def test_a_name_without_latin_letters_becomes_an_identifier_that_is_always_the_same():
    assert slug("上海公安", "datasets") == slug("上海公安", "datasets")
    assert slug("上海公安", "datasets") != slug("城市交通事故", "datasets")


@given(st.text(max_size=300))
def test_every_name_becomes_an_identifier_that_the_loader_takes(name):
    identifier = slug(name, "datasets")

    assert IDENTIFIER.fullmatch(identifier)
    assert len(identifier) <= MAX_ID_LENGTH


def test_an_identifier_that_is_taken_gets_a_number():
    assert unused("trees", {"parks"}) == "trees"
    assert unused("trees", {"trees", "trees-2"}) == "trees-3"


def test_a_long_identifier_that_is_taken_stays_short_enough():
    long = "a" * MAX_ID_LENGTH

    assert len(unused(long, {long})) <= MAX_ID_LENGTH


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("City of Philadelphia", "city of  philadelphia"),
        ("U.S. Census Bureau", "US Census Bureau"),
        ("Philly KEYSPOTS", "philly keyspots."),
        ("Parks & Recreation", "Parks and Recreation"),
        ("Health / Human Services", "Health and Human Services"),
        ("Athenæum", "Athenaeum"),
        ("Café Statistics", "CAFE\u0301 Statistics"),
        ("Mayor's Office", "Mayor’s Office"),
    ],
    ids=str,
)
def test_two_spellings_of_one_name_are_alike(first, second):
    assert comparable(first) == comparable(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Economy", "Economy / Business"),
        ("Department of Health", "Department of Water"),
        ("PA Department of Health", "Department of Health"),
        ("&", "/"),
    ],
    ids=str,
)
def test_two_names_are_not_alike(first, second):
    assert comparable(first) != comparable(second)
