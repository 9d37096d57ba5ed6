"""What is said of the shapes of a map file is exact, and a shape that is not valid is named with its row and the reason."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
import shapely
from hypothesis import given, strategies as st
from shapely.geometry import mapping

from cityfolio.model.profile import Count, ShapesProfile
from cityfolio.tables.shapes import InvalidShape, Shapes, decimals, shortest

SQUARE = "[[0,0],[4,0],[4,4],[0,4],[0,0]]"
BROKEN = {
    "text that is none": ("oak", "it is not a geometry object of GeoJSON"),
    "WKT": ("POINT (1 2)", "it is not a geometry object of GeoJSON"),
    "a list": ("[1, 2]", "it is not a geometry object of GeoJSON"),
    "a feature": ('{"type":"Feature","properties":{},"geometry":null}', "it is not a geometry object of GeoJSON"),
    "an unknown kind": ('{"type":"Curve","coordinates":[1,2]}', "it is not a geometry object of GeoJSON"),
    "lists without end": ("[" * 100_000, "it is not a geometry object of GeoJSON"),
    "no coordinates": ('{"type":"Point"}', "it has no list of coordinates"),
    "no geometries": ('{"type":"GeometryCollection","coordinates":[]}', "it has no list of geometries"),
    "one number": ('{"type":"Point","coordinates":[1]}', "a position is not a list of two or three numbers"),
    "four numbers": ('{"type":"Point","coordinates":[1,2,3,4]}', "a position is not a list of two or three numbers"),
    "numbers as texts": ('{"type":"Point","coordinates":["1","2"]}', "a position is not a list of two or three numbers"),
    "true for a number": ('{"type":"Point","coordinates":[true,2]}', "a position is not a list of two or three numbers"),
    "null for a number": ('{"type":"Point","coordinates":[null,2]}', "a position is not a list of two or three numbers"),
    "not a number": ('{"type":"Point","coordinates":[NaN,2]}', "a position is not a list of two or three numbers"),
    "too few lists": ('{"type":"MultiPoint","coordinates":[1,2]}', "a position is not a list of two or three numbers"),
    "far too few lists": ('{"type":"Polygon","coordinates":[1,2]}', "its coordinates are not those of a Polygon"),
    "a line of one position": ('{"type":"LineString","coordinates":[[1,2]]}', "a line has 1 position, and 2 are the least"),
    "a ring of three": ('{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}',
                        "a border has 3 positions, and 4 are the least"),
    "an open ring": ('{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}', "a border does not end where it begins"),
    "a longitude too far": ('{"type":"Point","coordinates":[181,2]}',
                            "the position 181, 2 is not a longitude from -180 to 180 and a latitude from -90 to 90"),
    "feet for degrees": ('{"type":"LineString","coordinates":[[1450000.5,540000.1],[1,2]]}',
                         "the position 1450000.5, 540000.1 is not a longitude from -180 to 180 and a latitude from -90 to 90"),
    "an exponent without bounds": ('{"type":"Point","coordinates":[1e-999999999,2]}',
                                   "the coordinate 1e-999999999 is longer than any place on Earth needs"),
    "a part of a collection": ('{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1]}]}',
                               "a position is not a list of two or three numbers"),
}
BOW_TIE = '{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,1],[1,0],[0,0]]]}'
CROSSED = {
    "a bow tie": (BOW_TIE, "its border crosses itself, at 0.5, 0.5"),
    "a hole outside": ('{"type":"Polygon","coordinates":[' + SQUARE + ",[[5,5],[6,5],[6,6],[5,5]]]}",
                       "a hole lies outside of it, at 5, 5"),
    "a part in another": ('{"type":"MultiPolygon","coordinates":[[' + SQUARE + "],[[[1,1],[2,1],[2,2],[1,1]]]]}",
                          "one part of it lies in another, at 1, 1"),
    "a line of one place": ('{"type":"LineString","coordinates":[[1,2],[1,2]]}',
                            "a line or border of it has too few different points, at 1, 2"),
    "a bow tie in a collection": ('{"type":"GeometryCollection","geometries":[' + BOW_TIE + "]}",
                                  "its border crosses itself, at 0.5, 0.5"),
}
SHAPES = {
    "a point with a height": '{"type":"Point","coordinates":[1,2,300]}',
    "points": '{"type":"MultiPoint","coordinates":[[1,2],[1,2]]}',
    "a line": '{"type":"LineString","coordinates":[[1,2],[3,4]]}',
    "lines": '{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[0,0],[1,1]]]}',
    "a polygon with a hole": '{"type":"Polygon","coordinates":[' + SQUARE + ",[[1,1],[2,1],[2,2],[1,1]]]}",
    "a ring that closes with other digits": '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0.0,0e1]]]}',
    "polygons": '{"type":"MultiPolygon","coordinates":[[' + SQUARE + "]]}",
    "a collection": '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}',
    "a point with other members": '{"bbox":[1,2,1,2],"coordinates":[1,2],"type":"Point"}',
}
DEGREES = st.decimals(min_value=-90, max_value=90, places=6)


def a_point(x: object, y: object) -> str:
    """A point as readers write it."""
    return f'{{"type":"Point","coordinates":[{x},{y}]}}'


def shapes_of(*portions: list[str | None]) -> Shapes:
    """What was gathered of some portions."""
    gathered = Shapes()
    for portion in portions:
        gathered.add(portion)
    return gathered


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_a_valid_shape_is_counted_by_its_kind(text: str) -> None:
    gathered = shapes_of([text])

    assert (gathered.first_invalid, gathered.profile().kinds) == (None, (Count(value=json.loads(text)["type"], rows=1),))


@pytest.mark.parametrize(("text", "reason"), [*BROKEN.values(), *CROSSED.values()], ids=[*BROKEN, *CROSSED])
def test_a_shape_that_is_not_valid_is_named_with_its_row_and_the_reason(text: str, reason: str) -> None:
    gathered = shapes_of([None, a_point(1, 2)], [a_point(3, 4), text, text])

    assert (gathered.first_invalid, gathered.profile().invalid) == (InvalidShape(3, reason), 2)


@pytest.mark.parametrize(("text", "_"), BROKEN.values(), ids=BROKEN)
def test_a_shape_that_is_written_wrongly_does_not_widen_the_bounds(text: str, _: str) -> None:
    profile = shapes_of([a_point(1, 2), text]).profile()

    assert (profile.bounds, profile.filled) == (("1", "2", "1", "2"), 2)


def test_a_border_that_crosses_itself_still_lies_somewhere() -> None:
    assert shapes_of([CROSSED["a bow tie"][0]]).profile().bounds == ("0", "0", "1", "1")


@pytest.mark.parametrize("text", [
    '{"type":"Point","coordinates":[]}', '{"type":"MultiPolygon","coordinates":[]}', '{"type":"Polygon","coordinates":[[]]}',
    '{"type":"GeometryCollection","geometries":[]}',
])
def test_an_empty_shape_has_no_place_and_is_valid(text: str) -> None:
    assert shapes_of([text, None]).profile() == ShapesProfile(rows=2, filled=0)


def test_a_word_that_is_declared_as_empty_is_no_shape() -> None:
    gathered = Shapes(frozenset((None, "", "NA")))
    gathered.add(["", "NA", None])

    assert gathered.profile() == ShapesProfile(rows=3, filled=0)


def test_kinds_come_with_the_most_frequent_first_then_by_name() -> None:
    line = '{"type":"LineString","coordinates":[[1,2],[3,4]]}'

    kinds = shapes_of([line, '{"type":"MultiPoint","coordinates":[[1,2]]}', a_point(1, 2), line]).profile().kinds

    assert [(each.value, each.rows) for each in kinds] == [("LineString", 2), ("MultiPoint", 1), ("Point", 1)]


def test_bounds_are_told_apart_by_digits_that_a_binary_number_does_not_have() -> None:
    profile = shapes_of([a_point("1.00000000000000001", "2"), a_point("1.00000000000000002", "2.50")]).profile()

    assert profile.bounds == ("1.00000000000000001", "2", "1.00000000000000002", "2.5")


def test_decimals_are_those_that_are_written() -> None:
    assert shapes_of([a_point("-80.8400", "35.2"), a_point("-80", "35.25")]).profile().decimals == 4


@pytest.mark.parametrize(("digits", "expected"), [("1", 0), ("-1.50", 2), ("1e-7", 7), ("1.5E-3", 4), ("1e5", 0), ("1.5e1", 0)])
def test_an_exponent_moves_the_point(digits: str, expected: int) -> None:
    assert decimals(digits) == expected


@pytest.mark.parametrize(("digits", "expected"), [("1.50", "1.5"), ("-0.0", "0"), ("1E+2", "100"), ("1e-7", "0.0000001")])
def test_a_bound_is_in_its_shortest_form(digits: str, expected: str) -> None:
    assert shortest(Decimal(digits)) == expected


@given(st.lists(st.tuples(DEGREES, DEGREES), min_size=1, max_size=8), st.integers(0, 8))
def test_bounds_do_not_depend_on_how_rows_are_cut_into_portions(places: list[tuple[Decimal, Decimal]], cut: int) -> None:
    texts: list[str | None] = [a_point(format(x, "f"), format(y, "f")) for x, y in places]

    bounds = shapes_of(texts[:cut], texts[cut:]).profile().bounds

    assert bounds is not None
    assert [Decimal(each) for each in bounds] == [
        min(x for x, _ in places), min(y for _, y in places), max(x for x, _ in places), max(y for _, y in places),
    ]


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=4, max_size=7))
def test_a_polygon_is_valid_when_the_library_for_shapes_says_so(ring: list[tuple[int, int]]) -> None:
    polygon = shapely.Polygon(ring)

    gathered = shapes_of([json.dumps(mapping(polygon))])

    assert (gathered.first_invalid is None) == polygon.is_valid


def test_a_point_is_the_same_whether_it_is_read_at_a_glance_or_with_care() -> None:
    spread = '{ "type": "Point", "coordinates": [-80.84, 35.2] }'

    assert shapes_of([spread]).profile() == shapes_of([spread.replace(" ", "")]).profile()
