"""Reading Parquet: every value is written out exactly, and what no cell can hold is refused with its column and row."""

from __future__ import annotations

import struct
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, RawIOBase
from random import Random
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, strategies as st

from cityfolio.tables.readers.parquet import read_parquet
from cityfolio.tables.readers.wkb import ShapeUnfit, geojson_text
from cityfolio.tables.table import PORTION_ROWS, Cell, Table, Unreadable
from cityfolio.tables.types import parse
from tables.making import a_job, rows_of, table
from tables.readers.making_records import a_geoparquet, a_parquet, columns_of, placed, refused, utc, wkb

DAY = datetime(2026, 6, 30, 14, 5)  # noqa: DTZ001 - a column without a zone
LATE = datetime(9999, 12, 31)       # noqa: DTZ001
NEW_YORK = "America/New_York"
VALUES = {
    "whole numbers": (pa.array([1, None, -5]), "integer", ["1", None, "-5"]),
    "the largest of all": (pa.array([2**64 - 1], pa.uint64()), "integer", ["18446744073709551615"]),
    "small ones": (pa.array([-128], pa.int8()), "integer", ["-128"]),
    "numbers": (pa.array([1.0, 0.1, 1e300, -0.0, None]), "number", ["1", "0.1", "1e+300", "-0", None]),
    "numbers of half the bits": (pa.array([0.1, 16777216.0], pa.float32()), "number", ["0.1", "16777216"]),
    "no numbers": (pa.array([float("nan"), float("inf"), float("-inf")]), "number", ["NaN", "inf", "-inf"]),
    "decimals": (pa.array([Decimal("1.10"), Decimal("-0.05"), None], pa.decimal128(20, 2)), "number", ["1.10", "-0.05", None]),
    "fine decimals": (pa.array([Decimal(0), Decimal("1e-10")], pa.decimal128(20, 10)), "number",
                      ["0.0000000000", "0.0000000001"]),
    "decimals without a point": (pa.array([Decimal(10) ** 37], pa.decimal128(38, 0)), "integer", ["1" + "0" * 37]),
    "wide decimals": (pa.array([Decimal("1" * 70)], pa.decimal256(76, 0)), "integer", ["1" * 70]),
    "true and false": (pa.array([True, False, None]), "boolean", ["true", "false", None]),
    "texts": (pa.array(["", "NA", "01234", None]), "string", ["", "NA", "01234", None]),
    "large texts": (pa.array(["oak"], pa.large_string()), "string", ["oak"]),
    "categories": (pa.array(["oak", None, "oak"]).dictionary_encode(), "string", ["oak", None, "oak"]),
    "days": (pa.array([date(2026, 6, 30), date(1, 1, 1), None]), "date", ["2026-06-30", "0001-01-01", None]),
    "days in milliseconds": (pa.array([date(2026, 6, 30)], pa.date64()), "date", ["2026-06-30"]),
    "moments": (pa.array([DAY, DAY.replace(microsecond=120), None], pa.timestamp("us")), "datetime",
                ["2026-06-30T14:05:00", "2026-06-30T14:05:00.00012", None]),
    "moments in seconds": (pa.array([DAY], pa.timestamp("s")), "datetime", ["2026-06-30T14:05:00"]),
    "moments in nanoseconds": (pa.array([DAY.replace(microsecond=5)], pa.timestamp("ns")), "datetime",
                               ["2026-06-30T14:05:00.000005"]),
    "moments in UTC": (pa.array([utc(2026, 6, 30, 14, 5)], pa.timestamp("ms", "UTC")), "datetime", ["2026-06-30T14:05:00Z"]),
    "moments of a zone": (pa.array([utc(2026, 6, 30), utc(2026, 1, 1), None], pa.timestamp("us", NEW_YORK)), "datetime",
                          ["2026-06-29T20:00:00-04:00", "2025-12-31T19:00:00-05:00", None]),
    "moments of an offset": (pa.array([utc(2026, 6, 30)], pa.timestamp("s", "+05:30")), "datetime",
                             ["2026-06-30T05:30:00+05:30"]),
    "moments around the hour that is twice": (
        pa.array([utc(2026, 11, 1, 5, 59, 59), utc(2026, 11, 1, 6)], pa.timestamp("us", NEW_YORK)), "datetime",
        ["2026-11-01T01:59:59-04:00", "2026-11-01T01:00:00-05:00"]),
    "moments around a change before 1970": (
        pa.array([utc(1966, 4, 24, 6, 59, 59, 500_000), utc(1966, 4, 24, 7)], pa.timestamp("us", NEW_YORK)), "datetime",
        ["1966-04-24T01:59:59.5-05:00", "1966-04-24T03:00:00-04:00"]),
    "moments in which clocks were set by a second": (
        pa.array([utc(1972, 1, 7, 0, 44, 29), utc(1972, 1, 7, 0, 44, 30)], pa.timestamp("us", "Africa/Monrovia")), "datetime",
        ["1972-01-07T00:44:29+00:00", "1972-01-07T00:44:30+00:00"]),
    "moments of the last year": (pa.array([utc(9999, 12, 31, 23)], pa.timestamp("us", "Asia/Tokyo")), "datetime",
                                 ["9999-12-31T23:00:00+00:00"]),
    "moments before zones": (pa.array([utc(1843, 7, 2, 1), utc(2026, 1, 1)], pa.timestamp("s", NEW_YORK)), "datetime",
                             ["1843-07-02T01:00:00+00:00", "2025-12-31T19:00:00-05:00"]),
    "times": (pa.array([time(14, 5), time(1, 2, 3, 40), None], pa.time64("us")), "time", ["14:05:00", "01:02:03.00004", None]),
    "times in nanoseconds": (pa.array([3_723_000_400_000], pa.int64()).cast(pa.time64("ns")), "time", ["01:02:03.0004"]),
    "lists": (pa.array([[1, None], [], None]), "string", ["[1,null]", "[]", None]),
    "records": (pa.array([{"a": Decimal("1.10"), "b": date(2026, 6, 30), "c": 'x"'}]), "string",
                ['{"a":1.10,"b":"2026-06-30","c":"x\\""}']),
    "numbers in lists": (pa.array([[1.0, 1e-7], [True]][:1]), "string", ["[1,1e-07]"]),
    "pairs": (pa.array([[("k", True)], []], pa.map_(pa.string(), pa.bool_())), "string", ['[["k",true]]', "[]"]),
    "categories in lists": (pa.array([["oak"]], pa.list_(pa.dictionary(pa.int32(), pa.string()))), "string", ['["oak"]']),
    "identifiers": (pa.ExtensionArray.from_storage(pa.uuid(), pa.array([bytes(range(16)), None], pa.binary(16))), "string",
                    ["00010203-0405-0607-0809-0a0b0c0d0e0f", None]),
    "nothing": (pa.nulls(2), None, [None, None]),
}
UNFIT = {
    "bytes": pa.array([b"x"]),
    "bytes of a length": pa.array([b"xy"], pa.binary(2)),
    "stretches of time": pa.array([5], pa.duration("s")),
    "times of a zone that nobody knows": pa.array([0], pa.timestamp("s", "Mars/Olympus")),
    "lists of bytes": pa.array([[b"x"]]),
    "records of fine times": pa.array([{"a": 0}], pa.struct({"a": pa.timestamp("ns")})),
}
TOO_FINE = {
    "moments": pa.array([1_000, 1_001], pa.int64()).cast(pa.timestamp("ns")),
    "moments of a zone": pa.array([1_000, 1_001], pa.int64()).cast(pa.timestamp("ns", "UTC")),
    "times": pa.array([1_000, 1_001], pa.int64()).cast(pa.time64("ns")),
    "numbers in lists": pa.array([[1.0], [float("nan")]]),
}
ZONES = st.sampled_from(["America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/London"])
MOMENTS = st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1))  # noqa: DTZ001
GEOMETRIES = ("POINT (-80.84 35.22)", "POINT Z (1 2 3)", "LINESTRING (0 0, 1 1e-07)", "MULTIPOINT ((1 2), (3 4))",
              "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))", "POLYGON ((0 0, 4 0, 4 4, 0 0), (1 0.5, 2 0.5, 2 1, 1 0.5))",
              "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))", "POLYGON EMPTY", "POINT EMPTY",
              "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (LINESTRING (0 0, 1 1)))", "GEOMETRYCOLLECTION EMPTY")
BROKEN_SHAPES = {
    "nothing": b"",
    "text": b"POINT (1 2)",
    "a shape cut short": shapely.to_wkb(shapely.Point(1, 2))[:-1],
    "something behind a shape": shapely.to_wkb(shapely.Point(1, 2)) + b"\0",
    "a count that lies": struct.pack("<BII", 1, 2, 0xFFFF_FFFF),
    "a count without its number": struct.pack("<BIH", 1, 2, 0),
    "rings that are cut short": struct.pack("<BIII", 1, 3, 1, 1) + b"\0" * 8,
    "measures": struct.pack("<BIddd", 1, 2001, 1, 2, 3),
    "measures as PostGIS writes them": struct.pack("<BIddd", 1, 0x4000_0001, 1, 2, 3),
    "another system": struct.pack("<BIIdd", 1, 0x2000_0001, 2264, 1, 2),
    "a curve": struct.pack("<BII", 1, 8, 0),
    "a kind that nobody knows": struct.pack("<BII", 1, 99, 0),
    "points among lines": struct.pack("<BII", 1, 5, 1) + shapely.to_wkb(shapely.Point(1, 2)),
    "infinity": struct.pack("<BIdd", 1, 1, float("inf"), 2),
    "a height that is no number": struct.pack("<BIddd", 1, 1001, 1, 2, float("nan")),
    "collections without end": struct.pack("<BII", 1, 7, 1) * 40,
}


def read(array: pa.Array, **options: object) -> tuple[object, list[Cell]]:
    """Kind and cells of a column."""
    return columns_of(table(a_parquet({"a": array}, **options), path="trees.parquet"))["a"]


@pytest.mark.parametrize(("array", "kind", "texts"), VALUES.values(), ids=VALUES)
def test_a_value_is_written_out_exactly(array: pa.Array, kind: str, texts: Sequence[Cell]) -> None:
    assert read(array) == (kind, texts)


@pytest.mark.parametrize("array", UNFIT.values(), ids=UNFIT)
def test_a_column_that_no_cell_can_hold_is_refused_by_its_name(array: pa.Array) -> None:
    problem = refused(a_parquet({"name": ["oak"], "odd": array}), "trees.parquet")

    assert (placed(problem), "`odd`" in problem.says) == (("table-shape", 1, 2), True)


@pytest.mark.parametrize("array", TOO_FINE.values(), ids=TOO_FINE)
def test_a_value_that_would_lose_something_is_refused_with_its_row(array: pa.Array) -> None:
    assert placed(refused(a_parquet({"name": ["oak", "elm"], "odd": array}), "trees.parquet")) == ("table-shape", 2, 2)


def test_text_that_is_no_text_is_refused_with_its_row() -> None:
    offsets = pa.array([0, 3, 4], pa.int32()).buffers()[1]
    broken = pa.StringArray.from_buffers(2, offsets, pa.py_buffer(b"oak\xff"))

    assert placed(refused(a_parquet({"name": broken}), "trees.parquet")) == ("table-shape", 2, 1)


def test_times_in_the_old_form_may_lie_beyond_nanoseconds() -> None:
    array = pa.array([LATE, DAY], pa.timestamp("us"))

    assert read(array, use_deprecated_int96_timestamps=True) == ("datetime", ["9999-12-31T00:00:00", "2026-06-30T14:05:00"])


def test_times_in_the_old_form_that_are_too_fine_are_refused_with_their_row() -> None:
    body = a_parquet({"name": ["oak", "elm", "fir"], "odd": pa.array([None, 1_000, 1_001], pa.timestamp("ns"))},
                     use_deprecated_int96_timestamps=True)

    assert placed(refused(body, "trees.parquet")) == ("table-shape", 3, 2)


def test_times_in_the_old_form_are_looked_at_under_any_name() -> None:
    body = a_parquet({"seen.at": pa.array([1_000, 1_001], pa.timestamp("ns"))}, use_deprecated_int96_timestamps=True)

    assert placed(refused(body, "trees.parquet")) == ("table-shape", 2, 1)


def test_times_in_the_old_form_inside_of_lists_are_refused_by_name() -> None:
    body = a_parquet({"seen": pa.array([[DAY]], pa.list_(pa.timestamp("us")))}, use_deprecated_int96_timestamps=True)

    assert "`seen." in refused(body, "trees.parquet").says


def test_a_zone_of_which_the_name_is_no_text_is_refused() -> None:
    body = a_parquet({"seen": pa.array([DAY], pa.timestamp("us", NEW_YORK))})
    schema = pq.read_metadata(BytesIO(body)).metadata[b"ARROW:schema"]
    broken = b64encode(b64decode(schema).replace(b"America/New_York", b"America/New\xefYork"))

    assert placed(refused(body.replace(schema, broken), "trees.parquet")) == ("table-syntax", 1, 1)


def test_a_column_of_which_the_name_is_no_text_is_refused() -> None:
    body = a_parquet({"seen_at": [1]}, store_schema=False).replace(b"seen_at", b"seen\xefat")

    assert placed(refused(body, "trees.parquet")) == ("table-syntax", 1, 1)


@pytest.mark.parametrize(("names", "found"), [
    (["a", ""], ("column-unnamed", 1, 2)), (["a", "a"], ("column-repeated", 1, 2)), ([], ("table-shape", 1, 1)),
], ids=["a column without a name", "two columns of one name", "no column"])
def test_columns_need_names_of_their_own(names: list[str], found: tuple[str, int, int]) -> None:
    body = a_parquet(pa.Table.from_arrays([pa.array([1])] * len(names), names=names))

    assert placed(refused(body, "trees.parquet")) == found


@pytest.mark.parametrize("body", [b"", b"PAR1", b"species,height\n", a_parquet({"a": [1]})[:-20]],
                         ids=["an empty file", "only its mark", "a CSV file", "a file cut short"])
def test_what_is_no_parquet_is_refused(body: bytes) -> None:
    assert placed(refused(body, "trees.parquet")) == ("table-syntax", 1, 1)


def test_a_damaged_page_is_refused_when_it_is_reached() -> None:
    body = bytearray(a_parquet({"a": [f"oak {number}" for number in range(1_000)]}, write_page_checksum=True))
    body[len(body) // 3] ^= 0xFF

    assert placed(refused(bytes(body), "trees.parquet")) == ("table-syntax", 1, 1)


def test_a_file_with_bytes_changed_anywhere_is_read_or_refused() -> None:
    chance = Random(1)
    sound = a_parquet({"a": list(range(500)), "s": [str(each) for each in range(500)]}, write_page_checksum=True)

    outcomes = {outcome_of(changed(sound, chance)) for _ in range(150)}

    assert outcomes <= {"read", "table-syntax", "table-shape", "column-unnamed"}


def changed(body: bytes, chance: Random) -> bytes:
    """Bytes with three bits turned."""
    copy = bytearray(body)
    for _ in range(3):
        copy[chance.randrange(len(copy))] ^= 1 << chance.randrange(8)
    return bytes(copy)


def outcome_of(body: bytes) -> str:
    """The code with which a file is refused, or that it is read."""
    try:
        return refused(body, "trees.parquet").code
    except AssertionError:
        return "read"


class Tracked(RawIOBase):
    """A stream that counts what was read of it, and breaks when it is told to."""

    def __init__(self, body: bytes) -> None:
        self.body, self.taken, self.is_broken = BytesIO(body), 0, False

    def read(self, size: int | None = -1, /) -> bytes:
        if self.is_broken:
            raise OSError(5, "Input/output error")
        body = self.body.read(size)
        self.taken += len(body)
        return body

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self.body.seek(offset, whence)

    def tell(self) -> int:
        return self.body.tell()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


def opened(stream: Tracked) -> Table:
    """The table in a stream."""
    found = read_parquet(stream, a_job("trees.parquet")).table  # type: ignore[arg-type]
    assert found is not None
    return found


def test_an_error_of_the_disk_is_no_fault_of_the_file() -> None:
    stream = Tracked(a_parquet({"a": [1]}))
    found = opened(stream)
    stream.is_broken = True

    with pytest.raises(OSError, match="Input/output error"):
        next(iter(found.portions))


def test_rows_come_in_portions_without_the_file_being_read_whole() -> None:
    body = a_parquet({"name": [f"oak {number}" for number in range(3 * PORTION_ROWS)]}, row_group_size=PORTION_ROWS)
    stream = Tracked(body)
    found = opened(stream)
    stream.taken = 0

    first = next(iter(found.portions))

    assert (first.rows, 0 < stream.taken < len(body) / 2) == (PORTION_ROWS, True)


def test_cells_of_arrow_are_those_of_python() -> None:
    found = table(a_parquet({"a": [1, None], "b": ["oak", ""]}), path="trees.parquet")
    (portion,) = found.portions

    assert [portion.array(number).to_pylist() for number in (0, 1)] == [portion.texts(0), portion.texts(1)]


def test_a_column_becomes_text_once() -> None:
    (portion,) = table(a_parquet({"a": [1, 2]}), path="trees.parquet").portions

    assert portion.array(0) is portion.array(0)


def test_the_place_of_a_cell_is_its_row_and_column() -> None:
    source = table(a_parquet({"a": [1], "b": [2]}), path="trees.parquet").source

    place = source.cells([(0, 1)])[0, 1]

    assert ((place.line, place.column), [each.column for each in source.header()]) == ((1, 2), [1, 2])


@given(st.lists(st.one_of(st.none(), st.text(st.characters(codec="utf-8"), max_size=9)), max_size=6))
def test_any_text_comes_back_as_it_was(texts: list[str | None]) -> None:
    assert rows_of(table(a_parquet({"a": pa.array(texts, pa.string())}), path="trees.parquet")) == [(text,) for text in texts]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=6))
def test_any_number_comes_back_to_the_bit(numbers: list[float]) -> None:
    assert [float(text or "") for text in read(pa.array(numbers))[1]] == numbers


@given(st.lists(st.decimals(places=9, min_value=-(10**20), max_value=10**20), min_size=1))
def test_any_decimal_comes_back_exactly(numbers: list[Decimal]) -> None:
    assert [Decimal(text or "") for text in read(pa.array(numbers, pa.decimal128(38, 9)))[1]] == numbers


@given(MOMENTS, ZONES)
def test_any_moment_comes_back_with_the_offset_of_its_zone(moment: datetime, zone: str) -> None:
    local = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))

    (text,) = read(pa.array([local], pa.timestamp("us", zone)))[1]

    value = parse(text or "", "datetime")
    assert isinstance(value, datetime)
    assert (value, value.utcoffset()) == (local, local.utcoffset())


@pytest.mark.parametrize("text", GEOMETRIES)
def test_a_shape_is_the_one_that_was_written(text: str) -> None:
    shape = shapely.from_wkt(text)

    (place,) = columns_of(table(a_geoparquet(wkb(text)), path="trees.parquet"))["place"][1]

    assert shapely.from_geojson(place).equals(shape)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=5), st.sampled_from([0, 1]))
def test_coordinates_of_bytes_keep_every_bit(places: list[tuple[float, float]], order: int) -> None:
    line = shapely.LineString(places)

    text = geojson_text(shapely.to_wkb(line, byte_order=order))

    assert shapely.get_coordinates(shapely.from_geojson(text)).tolist() == [list(place) for place in places]


def test_a_coordinate_is_the_shortest_text_of_its_number() -> None:
    body = shapely.to_wkb(shapely.Point(-80.0, 0.1 + 0.2))

    assert geojson_text(body) == '{"type":"Point","coordinates":[-80,0.30000000000000004]}'


@pytest.mark.parametrize("flavor", ["iso", "extended"])
def test_heights_are_kept_however_they_are_flagged(flavor: str) -> None:
    body = shapely.to_wkb(shapely.set_srid(shapely.Point(1, 2, 3), 4326), include_srid=flavor == "extended", flavor=flavor)

    assert geojson_text(body) == '{"type":"Point","coordinates":[1,2,3]}'


@pytest.mark.parametrize("body", BROKEN_SHAPES.values(), ids=BROKEN_SHAPES)
def test_bytes_that_are_no_shape_of_geojson_are_refused(body: bytes) -> None:
    with pytest.raises(ShapeUnfit):
        geojson_text(body)


def test_a_shape_that_cannot_be_kept_is_refused_with_its_row() -> None:
    body = a_geoparquet([None, BROKEN_SHAPES["measures"]])

    assert placed(refused(body, "trees.parquet")) == ("table-shape", 2, 2)


def test_a_row_without_a_shape_has_none() -> None:
    assert columns_of(table(a_geoparquet([None]), path="trees.parquet"))["place"] == ("geometry", [None])


SYSTEMS = {
    "the one of GeoJSON": {"crs": {"id": {"authority": "OGC", "code": "CRS84"}}},
    "its number": {"crs": {"id": {"authority": "EPSG", "code": 4326}}},
    "nothing said": {},
}
OTHERS = {
    "another system": {"crs": {"name": "NAD83", "id": {"authority": "EPSG", "code": 4269}}},
    "a system that is not known": {"crs": None},
    "a system without a number": {"crs": {"name": "local"}},
    "another form": {"encoding": "point"},
}


@pytest.mark.parametrize("about", SYSTEMS.values(), ids=SYSTEMS)
def test_shapes_in_degrees_are_read(about: dict[str, object]) -> None:
    found = table(a_geoparquet(wkb("POINT (1 2)"), **about), path="trees.parquet")

    assert found.kinds == ("string", "geometry")


@pytest.mark.parametrize("about", OTHERS.values(), ids=OTHERS)
def test_shapes_of_another_system_or_form_are_refused(about: dict[str, object]) -> None:
    assert refused(a_geoparquet(wkb("POINT (1 2)"), **about), "trees.parquet").code == "table-shape"


@pytest.mark.parametrize("metadata", [b"x", b"{}", b"[]", b'{"columns": []}'])
def test_metadata_that_are_not_those_of_geoparquet_are_refused(metadata: bytes) -> None:
    body = a_parquet(pa.table({"a": [1]}).replace_schema_metadata({"geo": metadata}))

    assert refused(body, "trees.parquet").code == "table-syntax"


def test_a_damaged_page_that_arrow_takes_for_the_end_loses_no_row_in_silence() -> None:
    stream = BytesIO()
    pq.write_table(pa.table({"a": ["oak", "elm", "ash"] * 20, "b": range(60)}), stream, write_page_checksum=True)
    body = stream.getvalue()
    outcomes = [_outcome(body[:at] + bytes([body[at] ^ 1 << bit]) + body[at + 1 :]) for at in range(4, 60) for bit in range(8)]

    assert {rows for rows in outcomes if rows is not None} <= {60}


def _outcome(body: bytes) -> int | None:
    """How many rows are read; None where the file is refused."""
    job = a_job("trees.parquet")
    try:
        found = read_parquet(BytesIO(body), job).table
        return None if found is None else sum(portion.rows for portion in found.portions)
    except Unreadable:
        return None


def test_a_name_that_is_no_text_is_damage() -> None:
    stream = BytesIO()
    pq.write_table(pa.table({"species": ["oak"]}), stream)
    found = read_parquet(BytesIO(stream.getvalue().replace(b"species", b"\x94pecies")), a_job("trees.parquet"))

    assert [problem.code for problem in found.problems] == ["table-syntax"]
