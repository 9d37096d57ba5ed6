import pytest

from cityfolio.model.profile import Count
from cityfolio.pages.places import places_words
from cityfolio.pages.words import Words
from pages.factories import shapes

WORDS = Words()
CHARLOTTE = "between 35.05° and 35.34° north and between 80.69° and 80.99° west"


def said_of(**given):
    return places_words(shapes(**given), WORDS)


def test_shapes_are_counted_placed_and_told_how_fine_they_are():
    assert said_of() == f"300 points, {CHARLOTTE}. Coordinates have up to 5 decimals."


@pytest.mark.parametrize(
    ("kind", "one", "many"),
    [
        ("Point", "1 point", "1,200 points"),
        ("MultiPoint", "1 group of points", "1,200 groups of points"),
        ("LineString", "1 line", "1,200 lines"),
        ("MultiLineString", "1 group of lines", "1,200 groups of lines"),
        ("Polygon", "1 area", "1,200 areas"),
        ("MultiPolygon", "1 area of several parts", "1,200 areas of several parts"),
        ("GeometryCollection", "1 group of different shapes", "1,200 groups of different shapes"),
        ("Curve", "1 Curve", "1,200 Curve"),
    ],
)
def test_each_kind_of_shape_has_a_name_in_plain_words(kind, one, many):
    said = [said_of(kinds=(Count(value=kind, rows=rows),)) for rows in (1, 1_200)]

    assert [each.partition(", between")[0] for each in said] == [one, many]


def test_several_kinds_are_named_in_the_order_of_their_number():
    kinds = (Count(value="Polygon", rows=7), Count(value="MultiPolygon", rows=2))

    assert said_of(kinds=kinds).startswith("7 areas, 2 areas of several parts, between")


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (("12", "-34.5", "18.25", "-33"), "between 33.00° and 34.50° south and between 12.00° and 18.25° east"),
        (("-0.5", "-1", "0.25", "1.5"), "between 1.00° south and 1.50° north and between 0.50° west and 0.25° east"),
        (("-1", "-1", "0", "0"), "between 0.00° and 1.00° south and between 0.00° and 1.00° west"),
        (("0", "0", "1", "1"), "between 0.00° and 1.00° north and between 0.00° and 1.00° east"),
        (("-180", "-90", "180", "90"), "between 90.00° south and 90.00° north and between 180.00° west and 180.00° east"),
    ],
    ids=["south and east", "across both lines", "up to the lines", "from the lines", "the whole earth"],
)
def test_places_are_told_by_their_hemisphere(bounds, expected):
    assert expected in said_of(bounds=bounds)


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (("10.1234567", "50.1", "10.1834567", "50.2"), "50.100° and 50.200° north and between 10.123° and 10.184° east"),
        (("10.12345", "50.12345", "10.12355", "50.12355"), "50.12345° and 50.12355° north"),
        (("10.123", "50.123", "10.123", "50.123"), "50.12° and 50.13° north and between 10.12° and 10.13° east"),
    ],
    ids=["a district", "a garden", "a single place"],
)
def test_ends_are_rounded_away_from_the_shapes_and_no_finer_than_their_extent(bounds, expected):
    assert expected in said_of(bounds=bounds)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"invalid": 1}, "Coordinates have up to 5 decimals. 1 shape is not valid."),
        ({"invalid": 3, "decimals": 1}, "Coordinates have up to 1 decimal. 3 shapes are not valid."),
        ({"invalid": 3, "bounds": None}, "300 points. 3 shapes are not valid."),
        ({"kinds": (), "bounds": None}, ""),
    ],
    ids=["one", "several", "without a place", "no shapes"],
)
def test_shapes_that_are_not_valid_are_counted(given, expected):
    assert said_of(**given).endswith(expected)


def test_nothing_is_said_where_there_is_no_shape():
    assert said_of(kinds=(), bounds=None, filled=0) == ""
