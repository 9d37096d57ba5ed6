"""GeoJSON: each row a feature, its shape or its point with the digits of the source."""

from __future__ import annotations

import json
from decimal import Decimal

import pyogrio
import pytest
import shapely
from hypothesis import given, strategies as st

from cityfolio.model.records import ColumnType
from cityfolio.tables.exports.geojson import write_geojson
from cityfolio.tables.exports.places import places
from cityfolio.tables.exports.schema import ExportTable, Unfit
from tables.exports.making_exports import DEGREES, NO_VALUE, a_column, a_table, numbers, shapes, written

POINT = '{"type":"Point","coordinates":[-80.10,35.20]}'


def read(table: ExportTable) -> list[dict[str, object]]:
    collection = json.loads(written(write_geojson, table), parse_float=str, parse_int=str)
    assert collection["type"] == "FeatureCollection"
    return collection["features"]


def with_degrees(latitudes: list[str | None], longitudes: list[str | None]) -> ExportTable:
    return a_table((a_column("latitude", "number"), latitudes), (a_column("longitude", "number"), longitudes))


def test_a_feature_is_a_line_with_its_shape_and_its_properties() -> None:
    table = a_table((a_column("name"), ["Oak", "Elm"]), (a_column("geometry", "geometry"), [POINT, None]))

    assert written(write_geojson, table).decode().splitlines() == [
        '{"type":"FeatureCollection","features":[',
        '{"type":"Feature","geometry":{"type":"Point","coordinates":[-80.10,35.20]},"properties":{"name":"Oak"}},',
        '{"type":"Feature","geometry":null,"properties":{"name":"Elm"}}',
        "]}",
    ]


def test_latitude_and_longitude_make_points_with_the_digits_as_written() -> None:
    (feature,) = read(with_degrees(["35.20"], ["-080.10"]))

    assert feature["geometry"] == {"type": "Point", "coordinates": ["-80.10", "35.20"]}
    assert feature["properties"] == {"latitude": "35.20", "longitude": "-80.10"}


def test_a_row_that_lacks_one_of_the_two_has_no_geometry() -> None:
    table = with_degrees(["35", None, "1"], [None, "-80", "2"])

    assert [feature["geometry"] is None for feature in read(table)] == [True, True, False]


@pytest.mark.parametrize(("latitude", "longitude"), [
    ("135", "0"), ("-90.1", "0"), ("35", "-280"), ("35", "180.5"), ("1e300", "0"),
])
def test_degrees_that_there_are_not_make_no_point(latitude: str, longitude: str) -> None:
    with pytest.raises(Unfit, match="outside of the degrees of the globe"):
        read(with_degrees([latitude], [longitude]))


def test_the_ends_of_the_globe_are_on_it() -> None:
    assert len(read(with_degrees(["90", "-90.0"], ["-180", "+180"]))) == 2


def test_a_word_for_no_value_makes_no_point() -> None:
    table = a_table((a_column("lat", "number"), ["NA"]), (a_column("lon", "number"), ["1"]), empty=NO_VALUE | {"NA"})

    assert read(table)[0]["geometry"] is None


FOUND: dict[str, tuple[tuple[tuple[str, ColumnType], ...], tuple[int, int] | None]] = {
    "full names": ((("a", "string"), ("Latitude", "number"), ("LONGITUDE", "number")), (1, 2)),
    "short names": ((("lng", "number"), ("lat", "number")), (1, 0)),
    "whole degrees": ((("lat", "integer"), ("long", "integer")), (0, 1)),
    "text": ((("lat", "string"), ("lon", "number")), None),
    "one alone": ((("lat", "number"), ("height", "number")), None),
    "two of a kind": ((("lat", "number"), ("latitude", "number"), ("lon", "number")), None),
    "a name that only begins so": ((("latest", "number"), ("lon", "number")), None),
}


@pytest.mark.parametrize(("columns", "expected"), FOUND.values(), ids=FOUND)
def test_columns_of_degrees_are_found_by_their_names(columns: tuple[tuple[str, ColumnType], ...],
                                                     expected: tuple[int, int] | None) -> None:
    found = places([a_column(name, kind) for name, kind in columns])

    assert (found and (found.latitude, found.longitude)) == expected


def test_columns_that_follow_the_shared_ones_go_before_names() -> None:
    found = places([a_column("lat", "number"), a_column("y", "number", standard="latitude"),
                    a_column("x", "number", standard="longitude")])

    assert found is not None
    assert (found.latitude, found.longitude) == (1, 2)


def test_a_column_of_shapes_goes_before_degrees() -> None:
    found = places([a_column("lat", "number"), a_column("lon", "number"), a_column("geometry", "geometry")])

    assert found is not None
    assert found.shape == 2


def test_a_table_without_places_cannot_be_written() -> None:
    with pytest.raises(Unfit, match="no place on the map"):
        written(write_geojson, a_table((a_column(), ["1"])))


def test_a_table_of_nothing_but_shapes_has_features_without_properties() -> None:
    assert read(a_table((a_column("geometry", "geometry"), [POINT, POINT])))[1]["properties"] == {}


def test_a_table_without_rows_is_an_empty_collection() -> None:
    assert read(a_table((a_column("geometry", "geometry"), []))) == []


@given(text=shapes())
def test_a_shape_is_the_same_shape(text: str) -> None:
    (feature,) = read(a_table((a_column("geometry", "geometry"), [text])))

    assert feature["geometry"] == json.loads(text, parse_float=str, parse_int=str)


@given(latitude=numbers().filter(lambda text: abs(Decimal(text)) <= 90),
       longitude=numbers().filter(lambda text: abs(Decimal(text)) <= 180))
def test_a_point_keeps_its_numbers_exactly(latitude: str, longitude: str) -> None:
    (feature,) = read(with_degrees([latitude], [longitude]))

    assert [Decimal(each) for each in feature["geometry"]["coordinates"]] == [Decimal(longitude), Decimal(latitude)]


@given(latitudes=st.lists(DEGREES, min_size=1, max_size=4))
def test_gdal_sees_every_point(latitudes: list[str]) -> None:
    body = written(write_geojson, with_degrees(list(latitudes), ["1.5"] * len(latitudes)))

    found = pyogrio.raw.read(body)
    assert shapely.get_y(shapely.from_wkb(found[2])).tolist() == list(map(float, latitudes))
