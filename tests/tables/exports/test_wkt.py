"""Well-Known Text: the same shape to a program that knows both forms, with the digits of the source."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given

from cityfolio.tables.exports.schema import Unfit
from cityfolio.tables.exports.wkt import wkt
from tables.exports.making_exports import shapes

SHAPES = {
    "a point": ('{"type":"Point","coordinates":[-80.10,35.2]}', "POINT (-80.10 35.2)"),
    "a point with a height": ('{"type":"Point","coordinates":[1,2,3.0]}', "POINT Z (1 2 3.0)"),
    "a point with a height and a measure": ('{"type":"Point","coordinates":[1,2,3,4]}', "POINT ZM (1 2 3 4)"),
    "an empty point": ('{"type":"Point","coordinates":[]}', "POINT EMPTY"),
    "a line": ('{"type":"LineString","coordinates":[[1,2],[3,4]]}', "LINESTRING (1 2, 3 4)"),
    "points": ('{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}', "MULTIPOINT ((1 2), (3 4))"),
    "lines": ('{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}',
              "MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))"),
    "a polygon with a hole": (
        '{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}',
        "POLYGON ((0 0, 9 0, 9 9, 0 0), (1 1, 2 1, 2 2, 1 1))"),
    "polygons": ('{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9],[0,0]]]]}',
                 "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)))"),
    "an empty polygon": ('{"type":"Polygon","coordinates":[]}', "POLYGON EMPTY"),
    "a collection": ('{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1E2,2]}]}',
                     "GEOMETRYCOLLECTION (POINT (1E2 2))"),
    "an empty collection": ('{"type":"GeometryCollection","geometries":[]}', "GEOMETRYCOLLECTION EMPTY"),
    "more members, and spaces": ('{ "bbox": [1, 2, 1, 2], "coordinates": [1.0, 2], "type": "Point" }', "POINT (1.0 2)"),
    "more digits than a double has": ('{"type":"Point","coordinates":[0.12345678901234567890,1]}',
                                      "POINT (0.12345678901234567890 1)"),
}


@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=SHAPES)
def test_a_shape_keeps_every_digit(text: str, expected: str) -> None:
    assert wkt(text) == expected


@given(text=shapes())
def test_shapely_sees_the_same_shape_in_both_forms(text: str) -> None:
    assert shapely.equals_exact(shapely.from_wkt(wkt(text)), shapely.from_geojson(text), 0, normalize=False)


def test_positions_with_and_without_a_height_cannot_be_mixed() -> None:
    with pytest.raises(Unfit, match="with and without a height"):
        wkt('{"type":"LineString","coordinates":[[1,2],[3,4,5]]}')


BROKEN = {
    "no kind": "{}",
    "an unknown kind": '{"type":"Circle","coordinates":[1,2]}',
    "a position of texts": '{"type":"Point","coordinates":["1","2"]}',
    "a position half of text": '{"type":"Point","coordinates":[1,"2"]}',
    "a line that is a point": '{"type":"LineString","coordinates":[1,2]}',
    "a point that is a line": '{"type":"Point","coordinates":[[1,2]]}',
    "a polygon that is a line": '{"type":"Polygon","coordinates":[[1,2],[3,4]]}',
    "an empty position in a line": '{"type":"LineString","coordinates":[[1,2],[]]}',
    "no coordinates": '{"type":"Point"}', "coordinates of text": '{"type":"Point","coordinates":"1 2"}',
    "a collection without parts": '{"type":"GeometryCollection"}',
    "a collection of nothing known": '{"type":"GeometryCollection","geometries":[null]}',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_shape_that_lacks_its_parts_cannot_be_written(text: str) -> None:
    with pytest.raises(Unfit, match="does not have the parts"):
        wkt(text)


@pytest.mark.parametrize("text", ["POINT (1 2)", "", "[1,2]", "null", '{"type":"Point","coordinates":[NaN,1]}', "[" * 100_000],
                         ids=["Well-Known Text", "nothing", "an array", "null", "no number", "brackets"])
def test_a_text_that_is_no_object_cannot_be_written(text: str) -> None:
    with pytest.raises(Unfit, match="something else than an object"):
        wkt(text)


def test_positions_of_five_numbers_cannot_be_written() -> None:
    with pytest.raises(Unfit, match="position of 5 numbers"):
        wkt('{"type":"Point","coordinates":[1,2,3,4,5]}')
