"""Reading map files: shapefiles, GeoPackage and KML give the same rows as the program that wrote them was given."""

from __future__ import annotations

import json
import sqlite3
import struct
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

from cityfolio.tables.readers import layers
from cityfolio.tables.readers.dbf import ENCODINGS, Attributes
from cityfolio.tables.table import Unreadable
from tables.making import a_job, reading, rows_of, table
from tables.making_bombs import a_geopackage as a_database
from tables.readers.making_records import (
    WKT,
    a_geopackage,
    a_kml,
    a_shapefile,
    columns_of,
    map_files,
    placed,
    refused,
    zipped,
)

POINTS = ('{"type":"Point","coordinates":[-80.84,35.22]}', '{"type":"Point","coordinates":[-80.9,35.1]}')
SHAPES = ("POLYGON ((0 0, 0 4, 4 4, 0 0), (0.5 2, 1 3, 1 2, 0.5 2))",
          "MULTIPOLYGON (((0 0, 0 1, 1 1, 0 0)), ((5 5, 5 6, 6 6, 5 5)))")
STATE_PLANE = "EPSG:2264"
# Text that a database or an XML file can hold: no NUL, no other control character, no half of a character.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cn")), max_size=9)


def a_dbf(*fields: tuple[str, str, int, int], rows: tuple[bytes, ...] = (), page: int = 0) -> bytes:
    """Attributes by hand: fields as name, type, length and decimals; each row with its mark of deletion before it."""
    described = b"".join(struct.pack("<11sc4xBB14x", name.encode("cp1252"), letter.encode(), length, decimals)
                         for name, letter, length, decimals in fields)
    length = 1 + sum(each[2] for each in fields)
    head = struct.pack("<B3xIHH17xB2x", 3, len(rows), 32 + len(described) + 1, length, page)
    return head + described + b"\r" + b"".join(rows) + b"\x1a"


def with_dbf(body: bytes, cpg: bytes | None = None, shapes: tuple[str, ...] = WKT) -> bytes:
    """A shapefile with other attributes."""
    files = {name: each for name, each in map_files(".shp", shapes).items() if not name.endswith(".cpg")}
    return zipped({**files, "trees.dbf": body, **({} if cpg is None else {"trees.cpg": cpg})})


def attributes(body: bytes, encoding: str | None = None) -> Attributes:
    """Attributes as they are read."""
    return Attributes(body, encoding, a_job("trees.shp.zip"))


def changed_geopackage(*statements: str) -> bytes:
    """A GeoPackage on which some SQL was run."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(a_geopackage(name=["oak", "elm"], height=np.array([12, 8])))
        # They call functions that only programs for maps have.
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for statement in (*(f"DROP TRIGGER {name}" for (name,) in triggers), *statements):
            database.execute(statement)
        database.commit()
        return database.serialize()


def a_placemark(inside: str) -> str:
    """A placemark."""
    return f"<Placemark>{inside}</Placemark>"


def shape_of(inside: str) -> str | None:
    """The shape of a placemark, given as KML."""
    return columns_of(table(a_kml(a_placemark(inside)), path="trees.kml"))["geometry"][1][0]


# Shapefiles


def test_a_shapefile_is_a_row_for_each_record() -> None:
    body = a_shapefile(name=["oak", "piñon"], height=np.array([12, 8]))

    assert columns_of(table(body, path="trees.shp.zip")) == {
        "name": ("string", ["oak", "piñon"]), "height": ("integer", ["12", "8"]), "geometry": ("geometry", list(POINTS)),
    }


def test_polygons_keep_their_holes_and_parts() -> None:
    cells = columns_of(table(a_shapefile(SHAPES, name=["one", "two"]), path="trees.shp.zip"))["geometry"][1]

    assert list(shapely.equals(shapely.from_geojson(cells), shapely.from_wkt(SHAPES))) == [True, True]


def test_a_record_without_a_shape_has_none() -> None:
    assert columns_of(table(a_shapefile((WKT[0], None), n=[1, 2]), path="trees.shp.zip"))["geometry"][1] == [POINTS[0], None]


def test_a_zip_is_a_shapefile_when_it_is_declared_so() -> None:
    assert table(a_shapefile(n=[1, 2]), path="trees.zip", format="Shapefile").sheet == "trees"


def test_attributes_are_the_text_of_their_fields() -> None:
    first = b" oak  12345678901234567890 12.50   1e-0320260630T"
    second = b"    0 " + b" " * 20 + b"******" + b" " * 8 + b"00000000?"
    found = attributes(a_dbf(("name", "C", 5, 0), ("id", "N", 20, 0), ("h", "N", 6, 2), ("f", "F", 8, 3), ("day", "D", 8, 0),
                             ("ok", "L", 1, 0), rows=(first, second)))

    assert [field.kind for field in found.fields] == ["string", "integer", "number", "number", "date", "boolean"]
    assert list(found.rows()) == [
        ["oak", "12345678901234567890", "12.50", "1e-03", "2026-06-30", "true"], ["   0", None, None, None, None, None],
    ]


def test_spaces_before_a_text_are_kept_and_those_behind_fill_the_field() -> None:
    assert list(attributes(a_dbf(("a", "C", 6, 0), rows=(b"  oak  ", b"       "))).rows()) == [[" oak"], [None]]


def test_a_text_may_be_longer_than_255_bytes() -> None:
    body = a_dbf(("a", "C", 44, 1), rows=(b" " + b"x" * 300,))
    longer = bytearray(body)
    longer[10:12] = struct.pack("<H", 301)

    assert list(attributes(bytes(longer)).rows()) == [["x" * 300]]


@pytest.mark.parametrize(("letter", "text", "cell"), [
    ("L", b"F", "false"), ("L", b"y", "true"), ("L", b" ", None), ("L", b"x", "x"),
    ("D", b"2026", "2026"), ("D", b"    ", None),
])
def test_a_value_that_its_field_does_not_allow_is_kept_as_text(letter: str, text: bytes, cell: str | None) -> None:
    assert list(attributes(a_dbf(("a", letter, len(text), 0), rows=(b" " + text,))).rows()) == [[cell]]


def test_a_record_that_is_deleted_is_no_row_and_its_shape_is_not_shown() -> None:
    body = with_dbf(a_dbf(("name", "C", 3, 0), rows=(b"*oak", b" elm")))

    assert rows_of(table(body, path="trees.shp.zip")) == [("elm", POINTS[1])]


@pytest.mark.parametrize(("cpg", "page", "declared"), [
    (b"UTF-8", 0, None), (b"65001", 0, None), (None, 0, "utf-8"), (b"1252", 0, "utf-8"), (None, 0x57, "utf-8"),
], ids=["its .cpg", "a number", "its entry", "entry, not .cpg", "entry, not code page"])
def test_letters_are_read_in_the_encoding_that_is_told(cpg: bytes | None, page: int, declared: str | None) -> None:
    body = with_dbf(a_dbf(("name", "C", 6, 0), rows=(" piñon".encode(), b" elm   "), page=page), cpg)

    assert rows_of(table(body, path="trees.shp.zip", encoding=declared))[0][0] == "piñon"


def test_a_code_page_is_an_encoding() -> None:
    assert list(attributes(a_dbf(("a", "C", 5, 0), rows=(" piñon".encode("cp1252"),), page=0x57)).rows()) == [["piñon"]]


BROKEN_DBF = {
    "letters of an encoding that is not told": (a_dbf(("a", "C", 6, 0), rows=(b" elm   ", " piñon".encode())), None, 2),
    "letters of another encoding": (a_dbf(("a", "C", 5, 0), rows=(" piñon".encode("cp1252"),)), "utf-8", 1),
    "an encoding that nobody knows": (a_dbf(("a", "C", 1, 0)), "klingon", 1),
    "a codec of no letters": (a_dbf(("a", "C", 1, 0)), "uu", 1),
    "another one": (a_dbf(("a", "C", 1, 0)), "hex", 1),
    "escapes of programs": (a_dbf(("a", "C", 1, 0)), "unicode_escape", 1),
    "an encoding with a NUL": (a_dbf(("a", "C", 1, 0)), "utf\0", 1),
    "a name of an encoding that is not told": (a_dbf(("año", "C", 1, 0)), None, 1),
    "nothing": (b"", None, 1),
    "only a head": (a_dbf(("a", "C", 6, 0), rows=(b" elm   ",))[:40], None, 1),
    "rows that are cut short": (a_dbf(("a", "C", 6, 0), rows=(b" elm   ",))[:-3], None, 1),
    "fields that are longer than a row": (a_dbf(("a", "C", 6, 0))[:10] + b"\2\0" + a_dbf(("a", "C", 6, 0))[12:], None, 1),
    "fields without an end": (a_dbf(("a", "C", 6, 0)).replace(b"\r", b"x"), None, 1),
}


@pytest.mark.parametrize(("body", "encoding", "line"), BROKEN_DBF.values(), ids=BROKEN_DBF)
def test_attributes_that_cannot_be_trusted_are_refused(body: bytes, encoding: str | None, line: int) -> None:
    with pytest.raises(Unreadable) as caught:
        list(attributes(body, encoding).rows())

    assert placed(caught.value.problems[0]) == ("table-syntax", line, 1)


@pytest.mark.parametrize("letter", ["M", "B", "@", "I"])
def test_a_field_of_another_type_is_refused(letter: str) -> None:
    with pytest.raises(Unreadable) as caught:
        attributes(a_dbf(("a", letter, 8, 0)))

    assert caught.value.problems[0].code == "table-shape"


@pytest.mark.parametrize("part", [".shx", ".dbf", ".prj"])
def test_a_shapefile_that_lacks_a_part_is_refused(part: str) -> None:
    problem = refused(a_shapefile(without=[part], n=[1, 2]), "trees.shp.zip")

    assert (problem.code, part in problem.says) == ("table-syntax", True)


def test_a_system_of_which_the_name_is_no_text_is_refused_before_gdal_reads_it() -> None:
    files = map_files(".shp", n=[1, 2])
    body = zipped({**files, "trees.prj": files["trees.prj"].replace(b"WGS", b"W\xbeS")})

    assert ".prj" in refused(body, "trees.shp.zip").says


def test_every_encoding_of_a_shapefile_makes_letters_of_bytes() -> None:
    assert {name for name in ENCODINGS if b"oak".decode(name) != "oak"} == set()


def test_a_zip_without_a_shapefile_holds_no_layer() -> None:
    assert refused(zipped({"trees.csv": b"a\n1\n", "trees.dbf": b""}), "trees.shp.zip").code == "table-shape"


def test_files_that_a_mac_adds_are_no_layer() -> None:
    files = map_files(".shp", n=[1, 2])

    assert table(zipped({**files, "__MACOSX/._trees.shp": b"x"}), path="trees.shp.zip").sheet == "trees"


def test_a_zip_with_two_layers_asks_which_is_meant() -> None:
    files = map_files(".shp", n=[1, 2])
    others = {name.replace("trees", "map/bushes"): body for name, body in files.items()}
    body = zipped({**files, **others})

    assert refused(body, "trees.shp.zip").says == "the file has 2 layers, and none is named"
    assert table(body, path="trees.shp.zip", sheet="bushes").sheet == "bushes"
    assert refused(body, "trees.shp.zip", sheet="bush").fix == 'Did you mean "bushes"? Known: bushes, trees.'


def test_shapes_and_attributes_have_to_be_equally_many() -> None:
    assert refused(with_dbf(a_dbf(("a", "C", 1, 0), rows=(b" x",))), "trees.shp.zip").code == "table-syntax"


@pytest.mark.parametrize("names", [("geometry", "geometry"), ("shape", "geometry2")], ids=["the shape makes way", "no need to"])
def test_the_column_of_shapes_has_a_name_of_its_own(names: tuple[str, str]) -> None:
    header = table(with_dbf(a_dbf((names[0], "C", 1, 0), rows=(b" x", b" x"))), path="trees.shp.zip").header

    assert len(set(header)) == 2


def test_fields_of_both_names_leave_none_for_the_shape() -> None:
    body = with_dbf(a_dbf(("geometry", "C", 1, 0), ("shape", "C", 1, 0), rows=(b" xx", b" xx")))

    assert refused(body, "trees.shp.zip").code == "column-repeated"


def test_shapes_in_feet_are_refused_with_the_way_to_convert_them() -> None:
    problem = refused(a_shapefile(crs=STATE_PLANE, n=[1, 2]), "trees.shp.zip")

    assert (problem.code, "North_Carolina" in problem.says, "ogr2ogr" in problem.fix) == ("table-shape", True, True)


def test_a_layer_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "LIMIT_BYTES", 100)

    assert refused(a_shapefile(n=[1, 2]), "trees.shp.zip").code == "file-large"


def test_without_its_package_a_shapefile_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    body = a_shapefile(n=[1, 2])
    monkeypatch.setitem(sys.modules, "pyogrio", None)

    problem = refused(body, "trees.shp.zip")

    assert (problem.code, problem.fix) == ("extra-missing", "Install it: `pip install 'cityfolio[geo]'`.")


@pytest.mark.parametrize("part", [".shp", ".shx", ".dbf"])
def test_a_shapefile_with_bytes_changed_anywhere_is_read_or_refused(part: str) -> None:
    chance, files = Random(1), map_files(".shp", SHAPES, name=["oak", "elm"])

    outcomes = {outcome_of(zipped(with_change(files, f"trees{part}", chance)), "trees.shp.zip") for _ in range(60)}

    assert outcomes <= {"read", "table-syntax", "table-shape", "column-unnamed", "column-repeated"}


def with_change(files: dict[str, bytes], name: str, chance: Random) -> dict[str, bytes]:
    """Files of which one has three bits turned."""
    copy = bytearray(files[name])
    for _ in range(3):
        copy[chance.randrange(len(copy))] ^= 1 << chance.randrange(8)
    return {**files, name: bytes(copy)}


def outcome_of(body: bytes, path: str) -> str:
    """The code with which a file is refused, or that it is read."""
    try:
        return refused(body, path).code
    except AssertionError:
        return "read"


# GeoPackage


def test_a_geopackage_is_a_row_for_each_feature_with_the_shape_as_the_last_column() -> None:
    body = a_geopackage((WKT[0], SHAPES[1], None), name=["oak", "", None], height=np.array([12.5, 8, 0.1]),
                        count=np.array([2**62, 1, 0]), planted=np.array(["2026-06-30"] * 3, "datetime64[D]"),
                        checked=np.array([True, False, True]))

    found = columns_of(table(body, path="trees.gpkg"))

    assert {name: kind for name, (kind, _) in found.items()} == {
        "fid": "integer", "name": "string", "height": "number", "count": "integer", "planted": "date", "checked": "boolean",
        "geom": "geometry",
    }
    assert [cells for name, (_, cells) in found.items() if name != "geom"] == [
        ["1", "2", "3"], ["oak", "", None], ["12.5", "8", "0.1"], [str(2**62), "1", "0"], ["2026-06-30"] * 3,
        ["true", "false", "true"],
    ]
    assert (found["geom"][1][0], json.loads(found["geom"][1][1] or "")["type"], found["geom"][1][2]) == (
        POINTS[0], "MultiPolygon", None)


@pytest.mark.parametrize(("value", "kind", "cells"), [
    ("'n/a'", "string", ["n/a", "8"]), ("12.5", "number", ["12.5", "8"]), ("NULL", "integer", [None, "8"]),
], ids=["a text among numbers", "a decimal among whole numbers", "nothing"])
def test_a_value_that_a_column_was_not_made_for_is_kept(value: str, kind: str, cells: list[str | None]) -> None:
    body = changed_geopackage(f"UPDATE trees SET height = {value} WHERE fid = 1")

    assert columns_of(table(body, path="trees.gpkg"))["height"] == (kind, cells)


def test_a_column_without_a_value_has_no_kind() -> None:
    body = changed_geopackage("UPDATE trees SET height = NULL")

    assert columns_of(table(body, path="trees.gpkg"))["height"] == (None, [None, None])


def test_true_and_false_may_be_other_numbers() -> None:
    body = changed_geopackage("ALTER TABLE trees ADD COLUMN ok BOOLEAN", "UPDATE trees SET ok = fid")

    assert columns_of(table(body, path="trees.gpkg"))["ok"] == ("boolean", ["true", "2"])


def test_a_table_without_shapes_is_a_layer_too() -> None:
    body = changed_geopackage(
        "CREATE TABLE codes (code TEXT, meaning TEXT)", "INSERT INTO codes VALUES ('A', 'oak')",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('codes', 'attributes', 'codes')")

    assert rows_of(table(body, path="trees.gpkg", sheet="codes")) == [("A", "oak")]
    assert refused(body, "trees.gpkg").code == "sheet-unknown"


def test_a_database_that_keeps_a_log_beside_it_is_read() -> None:
    body = a_geopackage(n=[1, 2])

    assert len(rows_of(table(body[:18] + b"\2\2" + body[20:], path="trees.gpkg"))) == 2


REFUSED_GEOPACKAGES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a CSV file": (lambda: b"a,b\n1,2\n", "table-syntax"),
    "only its mark": (lambda: b"SQLite format 3\0" + b"\0" * 200, "table-syntax"),
    "a file cut short": (lambda: a_geopackage(n=[1, 2])[:20_000], "table-syntax"),
    "another database": (lambda: changed_geopackage("DROP TABLE gpkg_geometry_columns"), "table-shape"),
    "no layer": (lambda: changed_geopackage("DELETE FROM gpkg_contents"), "table-shape"),
    "a layer that is not there": (lambda: changed_geopackage("UPDATE gpkg_contents SET table_name = 'bushes'"), "table-shape"),
    "a layer that computes for ever": (lambda: changed_geopackage(
        "ALTER TABLE trees RENAME TO bushes",
        "CREATE VIEW trees AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"), "table-shape"),
    "a column of bytes": (lambda: changed_geopackage("UPDATE trees SET name = x'00ff'"), "table-shape"),
    "a text that is no shape": (lambda: changed_geopackage("UPDATE trees SET geom = 'POINT (1 2)'"), "table-shape"),
    "a shape without its mark": (lambda: changed_geopackage("UPDATE trees SET geom = x'0011223344556677'"), "table-shape"),
    "a shape with an unknown head": (lambda: changed_geopackage("UPDATE trees SET geom = x'4750000f00000000'"), "table-shape"),
    "shapes in feet": (lambda: a_geopackage(crs=STATE_PLANE, n=[1, 2]), "table-shape"),
}


@pytest.mark.parametrize(("make", "code"), REFUSED_GEOPACKAGES.values(), ids=REFUSED_GEOPACKAGES)
def test_a_geopackage_that_cannot_be_trusted_is_refused(make: Callable[[], bytes], code: str) -> None:
    assert refused(make(), "trees.gpkg").code == code


def test_a_shape_that_cannot_be_kept_is_refused_with_its_row() -> None:
    body = changed_geopackage("UPDATE trees SET geom = x'00' WHERE fid = 2")

    assert placed(refused(body, "trees.gpkg")) == ("table-shape", 2, 4)


def test_a_geopackage_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "LIMIT_BYTES", 100)

    assert refused(b"x" * 101, "trees.gpkg").code == "file-large"


@settings(max_examples=20)
@given(st.lists(TEXTS, min_size=2, max_size=2))
def test_any_text_of_a_geopackage_comes_back_as_it_was(texts: list[str]) -> None:
    assert columns_of(table(a_geopackage(name=texts), path="trees.gpkg"))["name"][1] == texts


def test_a_geopackage_with_bytes_changed_anywhere_is_read_or_refused() -> None:
    chance, files = Random(1), map_files(".gpkg", name=["oak", "elm"])

    outcomes = {outcome_of(with_change(files, "trees.gpkg", chance)["trees.gpkg"], "trees.gpkg") for _ in range(100)}

    assert outcomes <= {"read", "table-syntax", "table-shape", "sheet-unknown", "column-unnamed", "column-repeated"}


# KML


def test_kml_is_a_row_for_each_placemark() -> None:
    body = map_files(".kml", name=["oak", "piñon"], height=np.array([12, 8]))["trees.kml"]

    found = columns_of(table(body, path="trees.kml"))

    assert ([cells for _, cells in found.values()][-2:], list(found)) == (
        [["12", "8"], ['{"type":"Point","coordinates":[-80.84,35.22,0]}', '{"type":"Point","coordinates":[-80.9,35.1,0]}']],
        ["id", "name", "height", "geometry"],
    )


def test_a_placemark_has_its_own_texts_first_and_then_its_data() -> None:
    body = a_kml('<Placemark id="p1"><ExtendedData><Data name="code"><displayName>Code</displayName><value>01234</value></Data>'
                 '<SchemaData><SimpleData name="height"> 12.50</SimpleData></SchemaData><x:ward xmlns:x="urn:x">7</x:ward>'
                 "</ExtendedData><name>Oak &amp; elm</name><description><![CDATA[<b>old</b>]]></description><styleUrl/>"
                 "<TimeSpan><begin>2020</begin></TimeSpan><address/></Placemark>", a_placemark(""))

    assert columns_of(table(body, path="trees.kml")) == {
        "id": (None, ["p1", None]), "name": (None, ["Oak & elm", None]), "description": (None, ["<b>old</b>", None]),
        "address": (None, ["", None]), "begin": (None, ["2020", None]), "code": (None, ["01234", None]),
        "height": (None, [" 12.50", None]), "ward": (None, ["7", None]), "geometry": ("geometry", [None, None]),
    }


POSITIONS = {
    "as it is": ("-80.8400,35.220", "[-80.8400,35.220]"),
    "with a height": ("-80.84,35.22,0", "[-80.84,35.22,0]"),
    "with a plus sign": ("+80.84,+0", "[80.84,0]"),
    "without a zero": ("-.5,.5", "[-0.5,0.5]"),
    "with nothing behind the point": ("5.,-00.50", "[5,-0.50]"),
    "with an exponent": ("1E-7,1e1", "[1E-7,1e1]"),
    "between spaces": ("\n  1,2\n  ", "[1,2]"),
    "nothing": ("", "[]"),
}
ONE_TWO, THREE_FOUR = (f"<Point><coordinates>{place}</coordinates></Point>" for place in ("1,2", "3,4"))
A_LINE = "<coordinates>1,2 3,4</coordinates>"
HOLE_FIRST = ("<Polygon><innerBoundaryIs><LinearRing><coordinates>1,1</coordinates></LinearRing></innerBoundaryIs>"
              "<outerBoundaryIs><LinearRing><coordinates>0,0 4,4</coordinates></LinearRing></outerBoundaryIs></Polygon>")
KML_SHAPES = {
    "a line": (f"<LineString>{A_LINE}</LineString>", '{"type":"LineString","coordinates":[[1,2],[3,4]]}'),
    "a ring": (f"<LinearRing>{A_LINE}</LinearRing>", '{"type":"LineString","coordinates":[[1,2],[3,4]]}'),
    "a polygon whose hole comes first": (HOLE_FIRST, '{"type":"Polygon","coordinates":[[[0,0],[4,4]],[[1,1]]]}'),
    "several of a kind": (f"<MultiGeometry>{ONE_TWO}{THREE_FOUR}</MultiGeometry>",
                          '{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}'),
    "several kinds": (
        f"<MultiGeometry>{ONE_TWO}<LineString/></MultiGeometry>",
        '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[]}]}'),
    "nothing in several": ("<MultiGeometry/>", '{"type":"GeometryCollection","geometries":[]}'),
}


@pytest.mark.parametrize(("written", "position"), POSITIONS.values(), ids=POSITIONS)
def test_a_position_keeps_its_digits(written: str, position: str) -> None:
    assert shape_of(f"<Point><coordinates>{written}</coordinates></Point>") == f'{{"type":"Point","coordinates":{position}}}'


@pytest.mark.parametrize(("inside", "shape"), KML_SHAPES.values(), ids=KML_SHAPES)
def test_a_shape_of_kml_is_one_of_geojson(inside: str, shape: str) -> None:
    assert shape_of(inside) == shape


def data(name: str, value: str = "<value>b</value>") -> str:
    """Extended data of a placemark."""
    return f'<ExtendedData><Data name="{name}">{value}</Data></ExtendedData>'


REFUSED_KML = {
    "nothing": ("", "table-syntax", 1),
    "no XML": ("species,height\n", "table-syntax", 1),
    "elements that are not closed": ("<kml><Document>", "table-syntax", 1),
    "a document type": ('<!DOCTYPE kml [<!ENTITY a "b">]><kml/>', "table-syntax", 1),
    "an external entity": ('<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml>&a;</kml>', "table-syntax", 1),
    "no placemark": ("<kml><Document/></kml>", "table-shape", 1),
    "markup in a text": (a_kml(a_placemark("\n<name>Old <b>oak</b></name>")), "table-syntax", 2),
    "markup in a value": (a_kml(a_placemark(data("a", "<value><b/></value>"))), "table-syntax", 1),
    "a value twice": (a_kml(a_placemark("<name>a</name>\n" + data("name"))), "column-repeated", 2),
    "a value named as the shape": (a_kml(a_placemark(data("geometry"))), "column-repeated", 1),
    "a value without a name": (a_kml(a_placemark("<ExtendedData><Data><value>b</value></Data></ExtendedData>")),
                               "column-unnamed", 1),
    "one number": (a_kml(a_placemark("<Point><coordinates>1</coordinates></Point>")), "table-shape", 1),
    "a space behind the comma": (a_kml(a_placemark("<Point><coordinates>1, 2</coordinates></Point>")), "table-shape", 1),
    "words": (a_kml(a_placemark("<Point><coordinates>north,west</coordinates></Point>")), "table-shape", 1),
    "no digit": (a_kml(a_placemark("<Point><coordinates>.,-</coordinates></Point>")), "table-shape", 1),
    "two points in one": (a_kml(a_placemark("<Point><coordinates>1,2 3,4</coordinates></Point>")), "table-shape", 1),
    "two shapes": (a_kml(a_placemark("<Point/><Point/>")), "table-shape", 1),
    "a polygon with a hole alone": (a_kml(a_placemark(
        "<Polygon><innerBoundaryIs><LinearRing/></innerBoundaryIs></Polygon>")), "table-shape", 1),
    "a model": (a_kml(a_placemark("<Model/>")), "table-shape", 1),
    "a track": (a_kml(a_placemark('<gx:Track xmlns:gx="http://www.google.com/kml/ext/2.2"/>')), "table-shape", 1),
    "two folders of one name": ("<kml>" + "<Folder><name>a</name><Placemark/></Folder>\n" * 2 + "</kml>", "table-shape", 2),
}


@pytest.mark.parametrize(("body", "code", "line"), REFUSED_KML.values(), ids=REFUSED_KML)
def test_kml_that_cannot_be_trusted_is_refused(body: str, code: str, line: int) -> None:
    assert placed(refused(body, "trees.kml")) == (code, line, 1)


def test_a_value_that_stands_twice_and_is_the_same_is_one() -> None:
    body = a_kml(a_placemark("<name>b</name>" + data("name")))

    assert rows_of(table(body, path="trees.kml")) == [("b", None)]


def test_folders_are_layers() -> None:
    folders = "".join(f"<Folder><name>{name}</name>{a_placemark('<name>E</name>')}</Folder>" for name in ("Oaks", "Elms"))
    body = f"<kml><Document><name>Trees</name>{folders}<Folder>{a_placemark('<name>x</name>')}</Folder></Document></kml>"

    assert rows_of(table(body, path="trees.kml", sheet="Elms")) == [("E", None)]
    assert '"Oaks", "Elms", "Layer 3"' in refused(body, "trees.kml").fix


def test_a_cell_is_traced_to_the_line_of_its_placemark() -> None:
    body = a_kml("\n", a_placemark("<name>a</name>"), "\r\n\r\n", a_placemark("<name>b</name>"))

    source = table(body, path="trees.kml").source

    assert ([each.line for each in source.header()], source.cells([(1, 0)])[1, 0].line) == ([2, 2], 4)


def test_kmz_is_kml_in_a_zip() -> None:
    body = zipped({"images/a.png": b"", "doc.kml": a_kml(a_placemark("<name>oak</name>")).encode()})

    assert rows_of(table(body, path="trees.kmz")) == [("oak", None)]


def test_a_kmz_that_expands_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    body = zipped({"doc.kml": a_kml(a_placemark(" " * 10_000)).encode()})
    monkeypatch.setattr(layers, "LIMIT_BYTES", 1_000)

    assert refused(body, "trees.kmz").code == "file-large"


def test_a_kmz_without_kml_is_refused() -> None:
    assert refused(zipped({"images/a.png": b""}), "trees.kmz").code == "table-syntax"


@settings(max_examples=30)
@given(st.lists(TEXTS, min_size=2, max_size=2))
def test_any_text_of_kml_comes_back_as_it_was(texts: list[str]) -> None:
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in texts]
    body = a_kml(*(a_placemark(f"<description>{text}</description>") for text in escaped))

    assert columns_of(table(body, path="trees.kml"))["description"][1] == texts


def test_a_column_that_the_database_computes_is_named_and_not_lost(tmp_path: Path) -> None:
    a_database(tmp_path / "a.gpkg", "CREATE TABLE trees (a TEXT, b AS (upper(a)))", "INSERT INTO trees (a) VALUES ('oak')")
    (problem,) = reading((tmp_path / "a.gpkg").read_bytes(), "a.gpkg").problems

    assert (problem.code, problem.says) == ("table-shape", "column `b` is computed by the database and not stored in it")
