"""What holds for every export of a table: the same bytes each time, in memory that does not grow, without hidden columns."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import RawIOBase

import pyarrow as pa
import pytest
from hypothesis import given, settings

from cityfolio.tables.exports.delimited import write_csv
from cityfolio.tables.exports.formats import FORMATS
from cityfolio.tables.exports.geojson import write_geojson
from cityfolio.tables.exports.json_array import write_json
from cityfolio.tables.exports.parquet import write_parquet
from cityfolio.tables.exports.schema import ExportTable, KeptPortions, described, kept
from cityfolio.tables.exports.tiles import write_pmtiles
from cityfolio.tables.exports.workbook import write_xlsx
from cityfolio.tables.table import TextPortion
from tables.exports.making_exports import TEXTS, Writer, a_column, a_table, tables, written
from tables.making_personal import layers

FUNCTIONS = {"csv": write_csv, "json": write_json, "xlsx": write_xlsx, "parquet": write_parquet, "geojson": write_geojson,
             "pmtiles": write_pmtiles}
EVERY_WRITER = pytest.mark.parametrize("writer", FUNCTIONS.values(), ids=FUNCTIONS)
# Each with the portions of a small and of a large table: beyond what is held at a time, and not so many that it takes long.
STREAMING = pytest.mark.parametrize(("name", "few", "many"), [("csv", 5, 25), ("json", 5, 25), ("geojson", 5, 25),
                                                              ("parquet", 20, 60), ("xlsx", 3, 12)])
PORTION = 1_000
SECRET = "555-44-3333"


class Nowhere(RawIOBase):
    """A stream that keeps nothing of what is written to it."""

    def __init__(self) -> None:
        self.size = 0

    def writable(self) -> bool:
        """It is there to be written to."""
        return True

    def tell(self) -> int:
        """How much was written."""
        return self.size

    def write(self, data: object) -> int:
        """Take bytes and forget them."""
        self.size += memoryview(data).nbytes  # type: ignore[arg-type]
        return memoryview(data).nbytes  # type: ignore[arg-type]


@dataclass(frozen=True)
class Made:
    """Portions that are made when they are asked for."""

    count: int

    def __iter__(self) -> Iterator[TextPortion]:
        """Each portion, from the first."""
        for number in range(self.count):
            yield TextPortion((*([f"{row % 80}.{number:03}" for row in range(PORTION)] for _ in range(2)),
                               [f"text {row} of {number}" for row in range(PORTION)]), PORTION)


def a_made_table(portions: int) -> ExportTable:
    """A table of numbers, degrees and text."""
    columns = (a_column("lat", "number"), a_column("lon", "number"), a_column("text"))
    return ExportTable(columns=columns, portions=Made(portions))


def peak_bytes(writer: Writer, table: ExportTable) -> int:
    """The most memory that is in use while a table is written."""
    usual = pa.default_memory_pool()
    counted = pa.proxy_memory_pool(usual)
    pa.set_memory_pool(counted)
    tracemalloc.start()
    writer(table, Nowhere())  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    pa.set_memory_pool(usual)
    return peak + counted.max_memory()


@pytest.mark.no_cover
@STREAMING
def test_memory_does_not_grow_with_the_rows(name: str, few: int, many: int) -> None:
    written(FUNCTIONS[name], a_made_table(1))   # what is loaded then is kept for good

    assert peak_bytes(FUNCTIONS[name], a_made_table(many)) < 1.3 * peak_bytes(FUNCTIONS[name], a_made_table(few))


@EVERY_WRITER
def test_an_export_is_the_same_each_time(writer: Writer) -> None:
    assert written(writer, a_made_table(1)) == written(writer, a_made_table(1))


@settings(max_examples=20)
@given(table=tables(texts=TEXTS.filter(lambda text: "\0" not in text)))
def test_portions_make_no_difference_to_what_is_written(table: ExportTable) -> None:
    twice = replace(table, portions=[portion for portion in table.portions for portion in (portion, TextPortion(
        tuple(() for _ in table.columns), 0))])

    assert [written(each, twice) for each in (write_csv, write_json, write_xlsx)] == [
        written(each, table) for each in (write_csv, write_json, write_xlsx)]


def a_table_of_people() -> ExportTable:
    """A table with places and a secret."""
    return a_table((a_column("lat", "number"), ["1.5"] * 9), (a_column("ssn"), [SECRET] * 9),
                   (a_column("lon", "number"), ["2.5"] * 9))


def told(writer: Writer, table: ExportTable) -> tuple[bool, bool]:
    """Whether the secret, and the name of its column, are anywhere in a file, or in anything that is packed in it."""
    found = [body for _, body in layers("export", written(writer, table))]
    return any(SECRET.encode() in body for body in found), any(b"ssn" in body for body in found)


@EVERY_WRITER
def test_a_column_that_is_left_out_is_in_no_file(writer: Writer) -> None:
    whole = a_table_of_people()
    columns = (whole.columns[0], whole.columns[2])

    assert told(writer, replace(whole, columns=columns, portions=KeptPortions(whole.portions, (0, 2)))) == (False, False)


@EVERY_WRITER
def test_the_search_finds_a_column_that_is_not_left_out(writer: Writer) -> None:
    assert told(writer, a_table_of_people()) == (True, True)


def test_a_view_shows_the_columns_that_are_kept() -> None:
    view = kept(TextPortion((["a"], ["b"], ["c"]), 1), [2, 0])

    assert (view.rows, view.texts(0), view.array(1).to_pylist()) == (1, ["c"], ["a"])


def test_each_writer_is_found_by_the_word_for_its_format() -> None:
    assert {name: each.write for name, each in FORMATS.items()} == FUNCTIONS


def test_an_entry_of_the_dictionary_says_what_is_known() -> None:
    column = a_column("on", "date", format="%m/%d/%Y", description="When.", values={})

    assert described(column) == {"name": "on", "description": "When.", "type": "date", "format": "%m/%d/%Y"}


def test_a_column_without_a_title_is_called_by_its_name() -> None:
    assert (a_column("a").title, a_column("a", title="A").title) == ("a", "A")
