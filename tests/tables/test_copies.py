"""A copy without some columns holds every other cell as it stands in the source, in the source's format where that can be."""

from __future__ import annotations

import gzip
import json
from io import BytesIO

import pytest
from hypothesis import given, strategies as st

from cityfolio.files import MemoryTree
from cityfolio.model.formats import format_of
from cityfolio.tables.copies import can_be_copied, copy_name, write_without
from cityfolio.tables.profile import profile_table
from cityfolio.tables.readers import READERS
from tables.making import SENSITIVE, a_job, as_csv, in_bytes, rows, tables
from tables.readers.making_records import WKT, a_collection, a_feature, a_geopackage, a_kml, a_parquet, a_shapefile
from tables.readers.making_sheets import an_ods, by_openpyxl, ods_row, ods_text

OWNER = {"owner": SENSITIVE}
TREES = ("species", "owner"), ("oak", "Jane"), ("piñon", "John")
KEPT = [("species",), ("oak",), ("piñon",)]
POINT = {"type": "Point", "coordinates": [-80.84, 35.22]}
RECORDS = [dict(zip(TREES[0], row, strict=True)) for row in TREES[1:]]
MAP = a_collection(*(a_feature(POINT, **record) for record in RECORDS))
PLACEMARKS = a_kml(*("<Placemark>" + "".join(f'<ExtendedData><Data name="{name}"><value>{text}</value></Data></ExtendedData>'
                                              for name, text in record.items()) + "</Placemark>" for record in RECORDS))
ATTRIBUTES = {name: [record[name] for record in RECORDS] for name in TREES[0]}
SHEET = an_ods({"Trees": "".join(ods_row(*map(ods_text, row)) for row in TREES)})
SOURCES: dict[str, str | bytes] = {
    "trees.csv": as_csv(TREES), "trees.tsv": as_csv(TREES, delimiter="\t"),
    "trees.csv.gz": gzip.compress(as_csv(TREES).encode()),
    "trees.json": json.dumps(RECORDS), "trees.json.gz": gzip.compress(json.dumps(RECORDS).encode()),
    "trees.jsonl": "\n".join(map(json.dumps, RECORDS)),
    "trees.jsonl.gz": gzip.compress("\n".join(map(json.dumps, RECORDS)).encode()), "trees.geojson": MAP,
    "trees.xlsx": by_openpyxl(TREES), "trees.ods": SHEET, "trees.parquet": a_parquet(ATTRIBUTES), "trees.kml": PLACEMARKS,
    "trees.gpkg": a_geopackage(WKT, **ATTRIBUTES), "trees.shp.zip": a_shapefile(WKT, **ATTRIBUTES),
}


def copied(body: str | bytes, path: str = "trees.csv", **entry: object) -> bytes:
    """The copy of a file without its owners."""
    job = a_job(path, OWNER, **entry)
    profile = profile_table(BytesIO(in_bytes(body)), job).profile
    assert profile is not None
    stream = BytesIO()
    write_without(MemoryTree({path: body}), job, profile, stream)
    return stream.getvalue()


@pytest.mark.parametrize("path", SOURCES)
def test_a_copy_holds_what_is_left(path: str) -> None:
    name = copy_name(path, None, format_of(path).name)
    body = copied(SOURCES[path], path)
    header, *lines = rows(body, path=name, sheet="Data" if name.endswith(".xlsx") else None)
    kept = [number for number, column in enumerate(header) if column == "species"]

    assert b"Jane" not in body
    assert [header[number] for number in kept] == ["species"]
    assert [tuple(line[number] for number in kept) for line in lines] == KEPT[1:]


@pytest.mark.parametrize("path", SOURCES)
def test_a_copy_is_the_same_bytes_each_time(path: str) -> None:
    assert copied(SOURCES[path], path) == copied(SOURCES[path], path)


@pytest.mark.parametrize("format_name", READERS)
def test_every_format_that_can_be_read_can_be_copied(format_name: str) -> None:
    assert can_be_copied(format_name)


@pytest.mark.parametrize("format_name", ["PDF", "ZIP", "File", "GZIP"])
def test_what_cannot_be_read_cannot_be_copied(format_name: str) -> None:
    assert not can_be_copied(format_name)


@pytest.mark.parametrize(("name", "sheet", "expected"), [
    ("trees.csv", None, "trees.csv"), ("trees.txt", None, "trees.txt"), ("trees.csv.gz", None, "trees.csv.gz"),
    ("trees.jsonl.gz", None, "trees.jsonl.gz"), ("trees.geojson", None, "trees.geojson"),
    ("trees.json.gz", None, "trees.json.gz"), ("trees.geojson.gz", None, "trees.geojson.gz"),
    ("trees.xlsx", None, "trees.xlsx"), ("trees.xlsx", "Big trees", "trees-big-trees.xlsx"), ("trees.ods", None, "trees.xlsx"),
    ("trees.kmz", None, "trees.geojson"), ("trees.shp.zip", None, "trees.geojson"),
    ("trees.gpkg", "trees", "trees-trees.geojson"), ("trees.zip", None, "trees.geojson"),
    ("trees.PARQUET", None, "trees.PARQUET"),
])
def test_a_copy_bears_the_name_of_its_source_unless_it_is_something_else(name: str, sheet: str | None, expected: str) -> None:
    declared = {"trees.txt": "CSV", "trees.zip": "Shapefile"}.get(name)

    assert copy_name(name, sheet, format_of(name, declared).name) == expected


def test_a_copy_in_gzip_bears_neither_a_time_nor_a_name() -> None:
    assert copied(SOURCES["trees.csv.gz"], "trees.csv.gz")[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"


def test_a_copy_has_the_delimiter_of_its_source_and_is_in_utf_8() -> None:
    body = as_csv([*TREES, ("a;b", "x")], delimiter=";").encode("cp1252")
    more = ("species;owner;height\npiñon;Jane;5\n").encode("cp1252")

    assert copied(more, encoding="cp1252", delimiter=";") == "species;height\r\npiñon;5\r\n".encode()
    assert copied(body, encoding="cp1252", delimiter=";").decode().endswith('"a;b"\r\n')


def test_a_copy_of_a_file_with_lines_above_the_names_begins_with_the_names() -> None:
    assert copied("Trees of the city\n\nspecies,owner\noak,Jane\n", header_row=3) == b"species\r\noak\r\n"


def test_of_a_file_of_which_every_column_is_sensitive_nothing_is_left() -> None:
    assert copied("owner\nJane\n") == b""


def test_a_mark_of_byte_order_that_is_a_part_of_a_name_is_kept() -> None:
    body = copied("\ufeff\ufeffspecies,owner\noak,Jane\n")

    assert rows(body) == [("\ufeffspecies",), ("oak",)]


@given(tables(), st.sampled_from([",", ";", "\t", "|"]))
def test_every_cell_that_is_left_is_the_text_of_the_source(lines: list[list[str]], delimiter: str) -> None:
    with_owner = [[*line, text] for line, text in zip(lines, ["owner", *["x"] * (len(lines) - 1)], strict=True)]
    named = "tab" if delimiter == "\t" else delimiter
    body = copied(as_csv(with_owner, delimiter=delimiter), delimiter=named)

    assert rows(body, delimiter=named) == [tuple(line) for line in lines]
