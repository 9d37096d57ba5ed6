"""Reading GeoJSON: properties are columns, a shape keeps its digits, and what is not in WGS 84 is refused."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.readers.geojson import read_geojson
from cityfolio.tables.table import PORTION_ROWS
from tables.making import a_job, rows_of, table
from tables.readers.making_records import POINT, a_collection, a_feature, columns_of, placed, refused
from tables.readers.test_json import TEXTS, Counted

POINT_TEXT = '{"type":"Point","coordinates":[-80.84,35.22]}'
REFUSED = {
    "an empty file": ("", "table-syntax", 1, 1),
    "a file cut short": ('{"type": "FeatureCollection", "features": [', "table-syntax", 1, 44),
    "a collection of a name twice": ('{"type": "FeatureCollection", "type": 1}', "table-syntax", 1, 31),
    "something behind it": (a_collection(a_feature(POINT)) + "x", "table-syntax", 1, 146),
    "a single feature": (json.dumps(a_feature(POINT)), "table-shape", 1, 1),
    "a single shape": (json.dumps(POINT), "table-shape", 1, 1),
    "TopoJSON": ('{"type": "Topology", "objects": {}}', "table-shape", 1, 1),
    "an object of another kind": ('{"type": 5}', "table-shape", 1, 1),
    "a list": ("[]", "table-shape", 1, 1),
    "a part of a longer answer": (a_collection(a_feature(POINT), exceededTransferLimit=True), "table-shape", 1, 56),
    "a part by its properties": (a_collection(a_feature(POINT), about={"exceededTransferLimit": True}), "table-shape", 1, 40),
    "a part with a link to more": (a_collection(a_feature(POINT), links=[{"rel": "next", "href": "/2"}]), "table-shape", 1, 40),
    "a part by its count": (a_collection(a_feature(POINT), numberMatched=2), "table-shape", 1, 48),
    "a number": ("5", "table-shape", 1, 1),
    "no list of features": ('{"type": "FeatureCollection", "features": {}}', "table-shape", 1, 1),
    "an empty list of features": ('{"type": "FeatureCollection", "features": []}', "table-shape", 1, 1),
    "a number among features": ('{"type": "FeatureCollection", "features": [5]}', "table-shape", 1, 44),
    "an item that is no feature": ('{"type": "FeatureCollection", "features": [{"type": "Point"}]}', "table-shape", 1, 44),
    "a feature without a shape": ('{"features": [{"type": "Feature", "properties": {}}]}', "table-shape", 1, 15),
    "a feature without properties": ('{"features": [{"type": "Feature", "geometry": null}]}', "table-shape", 1, 15),
    "properties that are a list": ('{"features": [{"type": "Feature", "geometry": null, "properties": []}]}',
                                   "table-shape", 1, 15),
    "a shape that is a text": ('{"features": [{"type": "Feature", "properties": {}, "geometry": "x"}]}',
                               "table-shape", 1, 15),
    "an id of its own": (a_collection({**a_feature(), "id": []}), "table-shape", 1, 44),
    "two names taken": (a_collection(a_feature(None, geometry=1, shape=2)), "column-repeated", 1, 79),
}
SYSTEMS = ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326",
           "OGC:CRS84", "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/EPSG/0/4326")
OTHER_SYSTEMS = {
    "state plane": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2264"}},
    "a number that ends so": {"type": "name", "properties": {"name": "EPSG:14326"}},
    "a link": {"type": "link", "properties": {"href": "https://example.gov/crs"}},
    "no name": {"type": "name", "properties": {"name": 4326}},
    "a text": "EPSG:4326",
}


def a_feature_with(geometry: str) -> str:
    """A collection of one feature, of which the shape is given as it is written."""
    return '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": ' + geometry + "}]}"


@pytest.mark.parametrize(("body", "code", "line", "column"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_collection_of_features_is_refused(body: str, code: str, line: int, column: int) -> None:
    assert placed(refused(body, "trees.geojson")) == (code, line, column)


def test_a_feature_is_a_row_of_its_properties_and_its_shape() -> None:
    body = a_collection(a_feature(POINT, name="oak", height=12.5), a_feature(None, planted=2020))

    assert columns_of(table(body, path="trees.geojson")) == {
        "name": ("string", ["oak", None]), "height": ("number", ["12.5", None]), "planted": ("integer", [None, "2020"]),
        "geometry": ("geometry", [POINT_TEXT, None]),
    }


def test_a_feature_without_any_property_is_a_row() -> None:
    body = a_collection({"type": "Feature", "properties": None, "geometry": POINT})

    assert columns_of(table(body, path="trees.geojson")) == {"geometry": ("geometry", [POINT_TEXT])}


@pytest.mark.parametrize("coordinates", ["-80.840,35.220", "1e-7,35", "-80.8400000000000000001,0.0", "-0,35.22,210.50"])
def test_coordinates_keep_every_digit(coordinates: str) -> None:
    body = a_feature_with('{ "type": "Point", "coordinates": [' + coordinates.replace(",", " , ") + "] }")

    assert rows_of(table(body, path="trees.geojson")) == [('{"type":"Point","coordinates":[' + coordinates + "]}",)]


def test_the_id_of_features_is_the_first_column() -> None:
    body = a_collection({**a_feature(name="oak"), "id": 7}, {**a_feature(name="elm"), "id": "b"})

    assert next(iter(columns_of(table(body, path="trees.geojson")).items())) == ("id", ("string", ["7", "b"]))


def test_a_property_named_id_stands_for_the_id_of_features() -> None:
    body = a_collection({**a_feature(name="oak", id="T-1"), "id": 7})

    assert table(body, path="trees.geojson").header == ("name", "id", "geometry")


def test_the_shape_makes_way_for_a_property_named_geometry() -> None:
    body = a_collection(a_feature(POINT, geometry="a point"))

    assert columns_of(table(body, path="trees.geojson")) == {
        "geometry": ("string", ["a point"]), "shape": ("geometry", [POINT_TEXT]),
    }


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_system_that_is_wgs_84_by_any_of_its_names_is_read(name: str) -> None:
    body = a_collection(a_feature(POINT), crs={"type": "name", "properties": {"name": name}})

    assert rows_of(table(body, path="trees.geojson")) == [(POINT_TEXT,)]


def test_a_system_of_null_says_nothing() -> None:
    assert rows_of(table(a_collection(a_feature(POINT), crs=None), path="trees.geojson")) == [(POINT_TEXT,)]


@pytest.mark.parametrize("crs", OTHER_SYSTEMS.values(), ids=OTHER_SYSTEMS)
def test_another_system_is_refused_at_its_place(crs: object) -> None:
    problem = refused(a_collection(a_feature(POINT), crs=crs), "trees.geojson")

    assert (placed(problem), "ogr2ogr -t_srs EPSG:4326" in problem.fix) == (("table-shape", 1, 38), True)


def test_a_system_that_stands_at_the_end_is_refused_too() -> None:
    body = a_collection(a_feature(POINT))[:-1] + ', "crs": {"type": "name", "properties": {"name": "EPSG:2264"}}}'

    assert refused(body, "trees.geojson").code == "table-shape"


def test_names_and_cells_are_traced_to_where_they_stand() -> None:
    first = '{"type": "Feature", "id": 7, "properties": {"name": "oak"}, "geometry": null}'
    second = '{"type": "Feature", "properties": null, "geometry": {"type": "Point", "coordinates": []}}'
    body = '{"type": "FeatureCollection", "features": [' + f"\n{first},\n{second}]}}"
    source = table(body, path="trees.geojson").source

    places = source.cells([(0, 0), (0, 1), (1, 1), (1, 2)])

    assert [(each.line, each.column) for each in source.header()] == [(2, 21), (2, 45), (2, 61)]
    assert {cell: (place.line, place.column) for cell, place in places.items()} == {
        (0, 0): (2, 27), (0, 1): (2, 53), (1, 1): (3, 1), (1, 2): (3, 53),
    }


@given(st.lists(st.dictionaries(TEXTS.filter(lambda name: bool(name.strip()) and name not in ("geometry", "shape")), TEXTS,
                                min_size=1, max_size=3), min_size=1, max_size=4))
def test_any_text_of_a_property_comes_back_as_it_was(properties: list[dict[str, str]]) -> None:
    found = table(a_collection(*({**a_feature(), "properties": each} for each in properties)), path="trees.geojson")

    assert [dict(zip(found.header, row, strict=True)) for row in rows_of(found)] == [
        {**dict.fromkeys(found.header), **each} for each in properties
    ]


def test_a_feature_is_handed_out_before_the_last_is_read() -> None:
    body = a_collection(*[a_feature(POINT, name="oak" * 10)] * (5 * PORTION_ROWS))
    stream = Counted(body.encode())
    found = read_geojson(stream, a_job("trees.geojson")).table
    assert found is not None
    stream.taken = 0

    first = next(iter(found.portions))

    assert (first.rows, stream.taken < len(body) / 2) == (PORTION_ROWS, True)


def test_a_file_that_ends_with_a_broken_feature_has_no_table() -> None:
    found = read_geojson(BytesIO(a_collection(a_feature(POINT))[:-3].encode()), a_job("trees.geojson"))

    assert (found.table, [problem.code for problem in found.problems]) == (None, ["table-syntax"])
