"""PMTiles: every place is on the map, with its properties, and the file is the same each time."""

from __future__ import annotations

import sys
from pathlib import Path

import pyogrio
import pytest
import shapely
from hypothesis import given, settings

from cityfolio.tables.exports.schema import About, ExportTable, ExtraMissing, KeptPortions, Unfit
from cityfolio.tables.exports.tiles import write_pmtiles
from cityfolio.tables.table import TextPortion
from tables.exports.making_exports import a_column, a_table, tables, written

POINT = '{"type":"Point","coordinates":[-80.1,35.2]}'
METERS = 20_037_508.342789 / 180   # of a degree on the maps of the web
NORTH = 4_191_093                  # of the equator in meters there, at 35.2 degrees
PLACE = "wkb_geometry"             # GDAL's name for the column of shapes
SQUARE = '{"type":"Polygon","coordinates":[[[-80,35],[-79,35],[-79,36],[-80,36],[-80,35]]]}'


def with_shapes(*texts: str | None) -> ExportTable:
    numbers = [str(number) for number in range(len(texts))]
    return a_table((a_column("id", "integer"), numbers), (a_column("geometry", "geometry"), texts))


def features(folder: Path, table: ExportTable) -> list[dict[str, object]]:
    """What GDAL finds at the deepest level, each feature with its properties."""
    path = folder / "x.pmtiles"
    path.write_bytes(written(write_pmtiles, table))
    _, found = pyogrio.read_arrow(path)
    return [{name: value for name, value in row.items() if name != "mvt_id"} for row in found.to_pylist()]


def test_a_shape_is_on_the_map_where_it_should_be(tmp_path: Path) -> None:
    (found,) = features(tmp_path, with_shapes(None, POINT, None))

    assert found["id"] == 1
    assert shapely.from_wkb(found[PLACE]).distance(shapely.Point(-80.1 * METERS, NORTH)) < 10


def test_a_shape_of_many_tiles_is_in_each_of_them(tmp_path: Path) -> None:
    assert {feature["id"] for feature in features(tmp_path, with_shapes(SQUARE, POINT))} == {0, 1}


def test_properties_are_typed_where_no_digit_is_lost(tmp_path: Path) -> None:
    table = a_table(
        (a_column("cost", "number"), ["12.50"]), (a_column("long", "number"), ["0.12345678901234567"]),
        (a_column("open", "boolean"), ["true"]), (a_column("on", "date", format="%m/%d/%Y"), ["06/30/2026"]),
        (a_column("key", "integer"), ["12345678901234567890"]), (a_column("name"), ["Oak"]), (a_column("none"), [None]),
        (a_column("geometry", "geometry"), [POINT]),
    )
    (found,) = features(tmp_path, table)

    assert {name: found.get(name) for name in ("cost", "long", "open", "on", "key", "name", "none")} == {
        "cost": 12.5, "long": "0.12345678901234567", "open": True, "on": "2026-06-30", "key": "12345678901234567890",
        "name": "Oak", "none": None,
    }


def test_latitude_and_longitude_make_points(tmp_path: Path) -> None:
    table = a_table((a_column("lat", "number"), ["35.2", None]), (a_column("lon", "number"), ["-80.1", "-80"]))

    assert [feature["lat"] for feature in features(tmp_path, table)] == [35.2]


def test_a_property_may_be_called_as_shapes_are(tmp_path: Path) -> None:
    table = a_table((a_column("geometry"), ["text"]), (a_column("shape", "geometry"), [POINT]))

    assert [feature["geometry"] for feature in features(tmp_path, table)] == ["text"]


def test_the_map_says_what_it_is(tmp_path: Path) -> None:
    table = with_shapes(POINT)
    path = tmp_path / "x.pmtiles"
    path.write_bytes(written(write_pmtiles, ExportTable(columns=table.columns, portions=table.portions,
                                                        about=About(name="trees", title="Street trees"))))

    assert pyogrio.list_layers(path).tolist()[0][0] == "trees"


def test_a_file_is_the_same_each_time() -> None:
    table = with_shapes(*[f'{{"type":"Point","coordinates":[{-80 - at / 997},{35 + at / 991}]}}' for at in range(500)], SQUARE)

    assert written(write_pmtiles, table) == written(write_pmtiles, table)


@settings(max_examples=10)
@given(table=tables(("geometry", "number", "string")))
def test_any_table_with_places_can_be_drawn(table: ExportTable) -> None:
    width = len(table.columns)
    placed = [TextPortion((*(portion.texts(number) for number in range(width)), [POINT] * portion.rows), portion.rows)
              for portion in [*table.portions, TextPortion(((None,),) * width, 1)]]
    numbers = (width, *range(width))
    table = ExportTable(columns=(a_column("the place", "geometry"), *table.columns), portions=KeptPortions(placed, numbers))

    assert written(write_pmtiles, table).startswith(b"PMTiles")


def test_what_gdal_was_told_before_holds_after() -> None:
    pyogrio.set_gdal_config_options({"GDAL_NUM_THREADS": "3"})
    written(write_pmtiles, with_shapes(POINT))

    assert pyogrio.get_gdal_config_option("GDAL_NUM_THREADS") == 3
    pyogrio.set_gdal_config_options({"GDAL_NUM_THREADS": None})


@pytest.mark.parametrize("texts", [(), (None,), ('{"type":"Point","coordinates":[]}',)], ids=["no row", "no shape", "empty"])
def test_a_table_in_which_no_row_has_a_place_cannot_be_drawn(texts: tuple[str | None, ...]) -> None:
    with pytest.raises(Unfit, match="none of its rows has a place"):
        written(write_pmtiles, with_shapes(*texts))


def test_places_outside_of_the_globe_cannot_be_drawn() -> None:
    with pytest.raises(Unfit, match="outside of the degrees of the globe"):
        written(write_pmtiles, with_shapes('{"type":"Point","coordinates":[1450000,540000]}'))


def test_a_table_without_places_cannot_be_drawn() -> None:
    with pytest.raises(Unfit, match="no place on the map"):
        written(write_pmtiles, a_table((a_column(), ["1"])))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyogrio", None)

    with pytest.raises(ExtraMissing, match=r"cityfolio\[geo\]") as raised:
        written(write_pmtiles, with_shapes(POINT))
    assert raised.value.extra == "geo"
