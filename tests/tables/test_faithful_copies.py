"""A copy changes nothing but what it leaves out: digits, types, order, absent keys and the members beside the rows stay."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import assume, given, settings, strategies as st

from cityfolio.model.records import ColumnRecord
from cityfolio.tables.exports.schema import Unfit
from tables.making import SENSITIVE
from tables.making_copies import (
    NAMES,
    SLIPS,
    VALUES,
    arrow_tables,
    as_json,
    copied,
    exact,
    features,
    in_parquet,
    owned,
)
from tables.readers.making_records import POINT, a_geoparquet, wkb
from tables.readers.making_sheets import an_ods, by_openpyxl, ods_number, ods_row, ods_text

Pairs = list[tuple[dict[str, Any], dict[str, Any]]]
INDENTS = st.sampled_from((None, 0, 2))
SHAPE = {"geometry": SENSITIVE}


def a_list(*records: str) -> str:
    """A list of records, given as they stand."""
    return f"[{','.join(records)}]"


def a_map(*features: str, **members: str) -> str:
    """A collection of features, and members of it, given as they stand."""
    more = "".join(f'"{name}":{value},' for name, value in members.items())
    return f'{{"type":"FeatureCollection",{more}"features":[{",".join(features)}]}}'


def a_place(properties: str = '{"owner":"Jane","a":1}', **members: str) -> str:
    """A feature, and members of it, given as they stand."""
    more = "".join(f',"{name}":{value}' for name, value in members.items())
    return f'{{"type":"Feature","geometry":{json.dumps(POINT)},"properties":{properties}{more}}}'


def refusal(body: str | bytes, path: str, **entry: Any) -> str:
    """Why a file cannot be copied."""
    with pytest.raises(Unfit) as caught:
        copied(body, path, **entry)
    return f"{caught.value.says}. {caught.value.fix}"


# JSON


@pytest.mark.parametrize("text", [
    '{"k":[1,"a"],"z":1}', '{"k":5}', '{"k":"5"}', '{"k":1.10}', '{"k":1E+5}', '{"k":12345678901234567890123}', "{}",
    '{"k":null}', '{"b":1,"a":{"d":[],"c":{}}}', '{"k":"n/a"}', '{"k":"\u2028é"}',
])
def test_a_record_stays_as_it_is(text: str) -> None:
    body = copied(a_list('{"owner":"Jane","first":1}', text), "trees.json", empty=("n/a",))

    assert body.decode() == f'[\n{{"first":1}},\n{text}\n]\n'


@given(pairs=st.lists(owned(), min_size=1, max_size=4), indent=INDENTS)
def test_a_list_of_records_says_the_same_without_the_column(pairs: Pairs, indent: int | None) -> None:
    assume(any(whole for whole, _ in pairs))
    whole, rest = ([pair[number] for pair in pairs] for number in (0, 1))

    assert exact(copied(as_json(whole, indent), "trees.json")) == exact(as_json(rest))


@given(pairs=st.lists(owned(), min_size=1, max_size=4))
def test_an_object_a_line_says_the_same_without_the_column(pairs: Pairs) -> None:
    assume(any(whole for whole, _ in pairs))
    body = copied("\n".join(as_json(whole) for whole, _ in pairs), "trees.jsonl")

    assert [exact(line) for line in body.decode().rstrip("\n").split("\n")] == [exact(as_json(rest)) for _, rest in pairs]


@given(pairs=st.lists(owned(), min_size=1, max_size=3),
       members=st.dictionaries(NAMES.filter(lambda name: name != "rows"), VALUES), at=st.integers(0, 3), indent=INDENTS)
def test_what_stands_beside_the_records_stays(pairs: Pairs, members: dict[str, Any], at: int, indent: int | None) -> None:
    assume(any(whole for whole, _ in pairs))
    assume(not any(isinstance(value, list) and value for value in members.values()))
    whole, rest = (dict([*list(members.items())[:at], ("rows", [pair[number] for pair in pairs]), *list(members.items())[at:]])
                   for number in (0, 1))

    assert exact(copied(as_json(whole, indent), "trees.json")) == exact(as_json(rest))


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_the_name_is_left_out_as_well(slip: str) -> None:
    assert json.loads(copied(a_list(json.dumps({slip: "Jane", "a": 1})), "trees.json")) == [{"a": 1}]


@pytest.mark.parametrize(("body", "path", "where"), [
    (a_list('{"owner":1}', '{"a":{"Owner":"Jane"}}'), "trees.json", "a value of record 2 holds `owner`"),
    (a_list('{"owner":1,"a":[[{"b":{"owner":"Jane"}}]]}'), "trees.json", "a value of record 1 holds `owner`"),
    ('{"owner":1,"a":{"own er":"Jane"}}', "trees.jsonl", "a value of record 1 holds `owner`"),
    ('{"owner":"Jane","rows":[{"owner":1,"a":2}]}', "trees.json", "what stands beside the records holds `owner`"),
    ('{"rows":[{"owner":1,"a":2}],"about":{"OWNER":{"leading":["Jane"]}}}', "trees.json", "what stands beside the records"),
    ('{"rows":[{"owner":1,"a":2}],"about":{"fields":[["owner","Jane"]]}}', "trees.json", "what stands beside the records"),
    ('{"rows":[{"owner":1,"a":2}],"about":{"fields":[{"name":"owner"}]}}', "trees.json", "what stands beside the records"),
    (a_map(a_place('{"owner":1,"a":{"owner":"Jane"}}')), "trees.geojson", "feature 1 holds `owner`"),
    (a_map(a_place(), a_place(owner='"Jane"')), "trees.geojson", "feature 2 holds `owner`"),
    (a_map(a_place(about='{"owner":"Jane"}')), "trees.geojson", "feature 1 holds `owner`"),
    (a_map(a_place(), metadata='{"owner":"Jane"}'), "trees.geojson", "what stands beside the records holds `owner`"),
    (a_map(a_place(), owner='"Jane"'), "trees.geojson", "what stands beside the records holds `owner`"),
    (a_map('{"type":"Feature","properties":{"owner":1},"geometry":{"type":"Point","coordinates":[1,2],"owner":"Jane"}}'),
     "trees.geojson", "feature 1 holds `owner`"),
])
def test_a_sensitive_name_where_no_column_can_be_left_out_is_refused(body: str, path: str, where: str) -> None:
    found = refusal(body, path)

    assert where in found
    assert "Jane" not in found


def test_a_text_that_reads_like_the_name_is_no_name_in_a_cell() -> None:
    assert json.loads(copied('[{"owner":"Jane","kind":"owner","all":["owner"]}]', "trees.json")) == [
        {"kind": "owner", "all": ["owner"]}]


def test_a_text_that_is_no_part_of_a_list_beside_the_records_describes_no_column() -> None:
    assert b'"title":"owner"' in copied('{"title":"owner","rows":[{"owner":1,"a":2}]}', "trees.json")


@pytest.mark.parametrize(("path", "text"), [("trees.json", '[{"owner":1,"a":1.50}]'), ("trees.jsonl", '{"owner":1,"a":1.50}'),
                                            ("trees.geojson", a_map(a_place('{"owner":1,"a":1.50}')))])
def test_what_is_packed_stays_packed_and_says_the_same(path: str, text: str) -> None:
    body = copied(gzip.compress(text.encode()), f"{path}.gz")

    assert body[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    assert gzip.decompress(body) == copied(text, path)


# GeoJSON


@given(pairs=st.lists(features(), min_size=1, max_size=3), indent=INDENTS, members=st.fixed_dictionaries({}, optional={
    "name": st.just("trees"), "bbox": st.just([1, 2, 3, 4]), "about": VALUES,
    "crs": st.just({"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})}))
def test_a_collection_says_the_same_without_the_column(pairs: Pairs, indent: int | None, members: dict[str, Any]) -> None:
    names = {name for whole, _ in pairs for name in whole["properties"] or ()}
    assume(not {"geometry", "shape"} <= names)
    whole, rest = ({"type": "FeatureCollection", **members, "features": [pair[number] for pair in pairs], "end": 1}
                   for number in (0, 1))

    assert exact(copied(as_json(whole, indent), "trees.geojson")) == exact(as_json(rest))


def test_without_its_shapes_a_collection_has_no_bounds_either() -> None:
    body = copied(a_map(a_place(bbox="[1,2,3,4]", id="7"), bbox="[1,2,3,4]"), "trees.geojson", SHAPE)

    assert json.loads(body) == {"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": None, "properties": {"owner": "Jane", "a": 1}, "id": 7}]}


@pytest.mark.parametrize("body", [a_map(a_place('{"a":{"bbox":[1,2,3,4]}}')), a_map(a_place(about='{"geometry":1}')),
                                  a_map(a_place(), about='{"bbox":[1,2,3,4]}')])
def test_bounds_that_stand_somewhere_else_are_refused_where_shapes_are_sensitive(body: str) -> None:
    assert "no column can be left out" in refusal(body, "trees.geojson", columns=SHAPE)


def test_a_property_that_is_called_like_the_shape_is_left_out_and_the_shape_is_kept() -> None:
    (found,) = json.loads(copied(a_map(a_place('{"geometry":"Jane","a":1}')), "trees.geojson", SHAPE))["features"]

    assert (found["geometry"], found["properties"]) == (POINT, {"a": 1})


def test_a_shape_that_is_called_shape_is_left_out() -> None:
    (found,) = json.loads(copied(a_map(a_place('{"geometry":"x"}')), "trees.geojson", {"shape": SENSITIVE}))["features"]

    assert (found["geometry"], found["properties"]) == (None, {"geometry": "x"})


def test_the_id_of_features_is_left_out_where_it_is_sensitive() -> None:
    (found,) = json.loads(copied(a_map(a_place(id="7")), "trees.geojson", {"ID": SENSITIVE}))["features"]

    assert found.keys() == {"type", "geometry", "properties"}


@pytest.mark.parametrize("name", ["type", "properties", "name", "coordinates", "features"])
def test_a_sensitive_property_may_be_called_what_geojson_calls_its_own(name: str) -> None:
    system = '{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}'
    found = json.loads(copied(a_map(a_place(f'{{"{name}":"Jane","a":1}}'), crs=system), "trees.geojson", {name: SENSITIVE}))

    assert found == json.loads(a_map(a_place('{"a":1}'), crs=system))


def test_the_name_of_a_layer_goes_with_a_sensitive_column_of_that_name() -> None:
    found = json.loads(copied(a_map(a_place('{"name":"Jane"}'), name='"trees"'), "trees.geojson", {"name": SENSITIVE}))

    assert found == json.loads(a_map(a_place("{}")))


# Parquet


@settings(max_examples=200)
@given(table=arrow_tables())
def test_the_other_columns_of_parquet_keep_their_types_and_values(table: pa.Table) -> None:
    source = in_parquet(table)
    whole, copy = (pq.read_table(BytesIO(body)) for body in (source, copied(source, "trees.parquet")))
    rest = whole.select([name for name in whole.column_names if name not in SLIPS])

    assert copy.schema.equals(rest.schema)
    assert copy.equals(rest)


def test_what_programs_say_of_the_columns_of_parquet_is_not_copied() -> None:
    fields = [pa.field("owner", pa.string()), pa.field("a", pa.string(), metadata={"of": "Jane"})]
    said = {"pandas": '{"columns":["owner"]}', "note": "Jane"}
    source = in_parquet(pa.table([["John"], ["x"]], schema=pa.schema(fields, said)))
    body = copied(source, "trees.parquet")

    assert [word in source for word in (b"Jane", b"John", b"owner", b"pandas")] == [True] * 4
    assert [word in body for word in (b"Jane", b"John", b"owner", b"pandas")] == [False] * 4


INNER = pa.field("b", pa.string(), metadata={"of": "Jane"})


@pytest.mark.parametrize(("kind", "cell"), [
    (pa.struct([INNER]), {"b": "x"}), (pa.list_(INNER), ["x"]), (pa.large_list(INNER), ["x"]), (pa.list_(INNER, 1), ["x"]),
    (pa.map_(pa.string(), INNER), [("y", "x")]), (pa.list_(pa.struct([INNER])), [{"b": "x"}]),
], ids=str)
def test_words_about_a_field_inside_of_a_column_are_not_copied(kind: Any, cell: object) -> None:
    table = pa.table([["J"], pa.array([cell], kind)], schema=pa.schema([("owner", pa.string()), ("a", kind)]))
    source = in_parquet(table)
    files = [pq.ParquetFile(BytesIO(body)) for body in (source, copied(source, "trees.parquet"))]

    assert [b"Jane" in file.schema_arrow.serialize().to_pybytes() for file in files] == [True, False]
    assert files[1].read().to_pylist() == [{"a": cell}]


def test_records_with_parts_that_a_kept_column_is_called_like_are_left_out() -> None:
    table = pa.table({"owner": [{"name": "Jane"}], "owner.name": ["x"]})
    body = copied(in_parquet(table), "trees.parquet")

    assert pq.read_table(BytesIO(body)).to_pydict() == {"owner.name": ["x"]}
    assert b"Jane" not in body


def test_a_copy_of_parquet_has_statistics_and_an_index_of_its_pages() -> None:
    body = copied(in_parquet(pa.table({"owner": ["Jane"], "a": [5]})), "trees.parquet")
    column = pq.ParquetFile(BytesIO(body)).metadata.row_group(0).column(0)

    assert (column.statistics.min, column.has_column_index, column.compression) == (5, True, "SNAPPY")


def test_a_large_file_of_parquet_is_copied_in_groups() -> None:
    body = copied(in_parquet(pa.table({"owner": ["J"] * 25_000, "a": range(25_000)})), "trees.parquet")
    file = pq.ParquetFile(BytesIO(body))

    assert [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)] == [10_000, 10_000, 5_000]
    assert file.read().column("a").to_pylist() == list(range(25_000))


def test_nothing_is_left_of_parquet_of_sensitive_columns_alone() -> None:
    body = copied(in_parquet(pa.table({"owner": ["Jane"]})), "trees.parquet")

    assert pq.read_table(BytesIO(body)).column_names == []


@pytest.mark.parametrize("column", [
    pa.array([{"Owner": "Jane"}]), pa.array([[{"a": {"owner": "Jane"}}]]),
    pa.array([[("owner", "Jane")]], pa.map_(pa.string(), pa.string())),
    pa.array([{"b": [("owner", "Jane")]}], pa.struct({"b": pa.map_(pa.string(), pa.string())})),
    pa.array([[[("owner", "Jane")]]], pa.list_(pa.map_(pa.string(), pa.string()))),
], ids=["record", "list of records", "map", "map in a record", "map in a list"])
def test_a_sensitive_name_inside_of_a_column_of_parquet_is_refused(column: Any) -> None:
    found = refusal(in_parquet(pa.table({"owner": ["Jane"], "a": column})), "trees.parquet")

    assert "column `a` holds `owner`" in found
    assert "Jane" not in found


def test_what_geoparquet_says_of_shapes_that_are_kept_stays() -> None:
    source = a_geoparquet(wkb("POINT (1 2)"), geometry_types=["Point"], edges="planar", note="Jane")
    body = copied(source, "trees.parquet", {"name": SENSITIVE})

    assert json.loads(pq.read_schema(BytesIO(body)).metadata[b"geo"]) == {
        "version": "1.1.0", "primary_column": "place",
        "columns": {"place": {"encoding": "WKB", "geometry_types": ["Point"], "edges": "planar"}}}
    assert pq.read_table(BytesIO(body)).column("place").to_pylist() == wkb("POINT (1 2)")


def test_nothing_is_said_of_shapes_that_are_left_out() -> None:
    body = copied(a_geoparquet(wkb("POINT (1 2)"), bbox=[1, 2, 1, 2]), "trees.parquet", {"place": SENSITIVE})

    assert b"geo" not in (pq.read_schema(BytesIO(body)).metadata or {})


def with_bounds() -> bytes:
    """GeoParquet with a column for the bounds of each shape."""
    paths = {side: ["bounds", side] for side in ("xmin", "ymin", "xmax", "ymax")}
    geo = {"version": "1.1.0", "primary_column": "place",
           "columns": {"place": {"encoding": "WKB", "geometry_types": [], "covering": {"bbox": paths}}}}
    table = pa.table({"place": pa.array(wkb("POINT (1 2)"), pa.binary()), "a": [1],
                      "bounds": [{"xmin": 1.0, "ymin": 2.0, "xmax": 1.0, "ymax": 2.0}]})
    return in_parquet(table.replace_schema_metadata({"geo": json.dumps(geo)}))


def test_the_bounds_of_sensitive_shapes_are_not_published_either() -> None:
    assert refusal(with_bounds(), "trees.parquet", columns={"place": SENSITIVE}) == (
        "column `bounds` holds the bounds of the shapes in `place`, which is sensitive. Mark `bounds` as `sensitive` too.")


@pytest.mark.parametrize(("hidden", "has_covering"), [("a", True), ("bounds", False)])
def test_shapes_name_their_bounds_only_where_these_are_kept(hidden: str, has_covering: bool) -> None:
    said = json.loads(pq.read_schema(BytesIO(copied(with_bounds(), "trees.parquet", {hidden: SENSITIVE}))).metadata[b"geo"])

    assert ("covering" in said["columns"]["place"]) is has_covering


# Spreadsheets


def in_sheet(body: bytes) -> list[tuple[object, ...]]:
    """The cells of the first sheet, as another program reads them."""
    return list(openpyxl.load_workbook(BytesIO(body)).worksheets[0].values)


TEXT_CELLS = ("007", "2026-06-30", "1e5", "true", "12.50", "n/a")


def test_text_of_a_spreadsheet_that_looks_like_something_else_stays_text() -> None:
    body = copied(by_openpyxl([("owner", *map(str, range(6))), ("Jane", *TEXT_CELLS)]), "trees.xlsx", empty=("n/a",))

    assert in_sheet(body)[1] == TEXT_CELLS


def test_text_of_an_open_spreadsheet_stays_text_and_numbers_numbers() -> None:
    cells = (*map(ods_text, ("Jane", "007")), ods_number("12.5"))
    body = copied(an_ods({"Trees": ods_row(*map(ods_text, ("owner", "a", "b"))) + ods_row(*cells)}), "trees.ods")

    assert in_sheet(body)[1] == ("007", 12.5)


def test_a_word_for_no_value_stays_in_a_column_of_numbers() -> None:
    columns = {"owner": SENSITIVE, "a": ColumnRecord(type="integer")}
    body = copied(by_openpyxl([("owner", "a"), ("Jane", "n/a"), ("Jane", "007")]), "trees.xlsx", columns, empty=("n/a",))

    assert in_sheet(body)[1:] == [("n/a",), (7,)]


# Every format


@settings(max_examples=20)
@given(table=arrow_tables())
def test_a_copy_is_the_same_each_time(table: pa.Table) -> None:
    source = in_parquet(table)

    assert copied(source, "trees.parquet") == copied(source, "trees.parquet")
