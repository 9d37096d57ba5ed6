"""Long campaigns against the readers: many examples, each with its seed, so that a fault can be met again."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, seed, settings, strategies as st

from cityfolio.model.records import ColumnRecord
from cityfolio.tables.exports.delimited import write_csv
from cityfolio.tables.exports.json_array import write_json
from cityfolio.tables.exports.parquet import write_parquet
from cityfolio.tables.exports.schema import ExportTable
from cityfolio.tables.exports.workbook import write_xlsx
from cityfolio.tables.readers import reader_for
from cityfolio.tables.table import Cell, Unreadable
from tables.exports.making_exports import Writer, rows, tables as exported, written
from tables.large.test_measure import NO_COLUMNS, RULES, a_file, comparable, files, in_portions, whole
from tables.making import a_job, rows_of
from tables.making_bombs import a_feature, a_geopackage, a_shapefile, attributes, kml_of, ods_of, shp_head
from tables.making_polluted import CLEAN
from tables.readers.making_sheets import by_xlsxwriter

pytestmark = pytest.mark.torture
SEED = 20_261_125
MUTATIONS = 2_000
Rows = list[tuple[Cell, ...]]


def example_geopackage() -> bytes:
    """A GeoPackage of a layer of attributes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        a_geopackage(path, "CREATE TABLE trees (a TEXT, b INTEGER)", "INSERT INTO trees VALUES ('oak', 12), ('elm', 7)")
        return path.read_bytes()


def example_parquet() -> bytes:
    """Parquet with checksums of its pages."""
    stream = BytesIO()
    pq.write_table(pa.table({"a": ["oak", "elm", None, "ash"] * 20, "b": range(80)}), stream, write_page_checksum=True)
    return stream.getvalue()


EXAMPLES: dict[str, Callable[[], bytes]] = {
    "a.csv": CLEAN.encode,
    "a.json": b'[{"a": "oak", "b": 12.50, "c": null}, {"a": "elm \\u00e9", "b": -7, "c": [1, {"d": true}]}]'.__bytes__,
    "a.jsonl": b'{"a": "oak", "b": 12.50}\n{"a": "elm", "b": -7}\n'.__bytes__,
    "a.geojson": a_feature('"a": "oak", "b": 1.50', '{"type": "Point", "coordinates": [-80.84, 35.22]}').encode,
    "a.xlsx": lambda: by_xlsxwriter([["a", "b"], ["oak", 12.5], ["elm", 7], ["ash", None]]),
    "a.ods": lambda: ods_of("", "species"),
    "a.kml": lambda: kml_of("", "oak").encode(),
    "a.parquet": example_parquet,
    "a.gpkg": example_geopackage,
    "a.shp.zip": lambda: a_shapefile(shp_head(50) + b"", attributes(0)),
}
CHECKED = ("a.xlsx", "a.ods", "a.parquet")    # formats that carry checksums of what they hold


def outcome(body: bytes, name: str) -> Rows | None:
    """The table of a file; None where it is refused. Anything else that is raised is a bug."""
    job = a_job(name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")       # zipfile and GDAL warn of what is refused below
            found = reader_for(job)(BytesIO(body), job)
            if found.table is None:
                assert found.problems
                return None
            return [found.table.header, *rows_of(found.table)]
    except Unreadable:
        return None


def mutated(body: bytes, chance: Random) -> bytes:
    """A file with one to four of its bytes changed, put in or taken out, or cut short."""
    changed = bytearray(body)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(max(1, len(changed)))
        match chance.randrange(6):
            case 0 | 1 | 2:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                changed[at:at] = chance.randbytes(chance.randint(1, 4))
            case 4:
                del changed[at : at + chance.randint(1, 8)]
            case _:
                changed[at : at + 1] = bytes([changed[at] ^ (1 << chance.randrange(8))] if changed else b"")
    return bytes(changed[: chance.randrange(len(changed) + 1)] if chance.randrange(20) == 0 else changed)


@pytest.mark.parametrize("name", EXAMPLES)
def test_changed_bytes_make_a_table_or_a_problem(name: str) -> None:
    body, chance = EXAMPLES[name](), Random(SEED)
    outcomes = [outcome(mutated(body, chance), name) for _ in range(MUTATIONS)]
    read = sum(each is not None for each in outcomes)
    print(f"\n{name}: seed {SEED}, {MUTATIONS:,} mutations, {read:,} of them read")

    assert len(outcomes) == MUTATIONS


@pytest.mark.parametrize("name", CHECKED)
def test_no_changed_byte_of_a_part_with_a_checksum_changes_a_cell(name: str) -> None:
    body, chance = EXAMPLES[name](), Random(SEED + 1)
    sound = outcome(body, name)
    spans = packed_spans(body) if name != "a.parquet" else [(4, body.index(b"\x15\x04\x19", len(body) // 2))]
    changed = []
    for _ in range(MUTATIONS):
        start, end = chance.choice(spans)
        at = chance.randrange(start, end)
        made = bytearray(body)
        made[at] ^= 1 << chance.randrange(8)
        changed.append(outcome(bytes(made), name))

    assert [each for each in changed if each not in (None, sound)] == []


def packed_spans(body: bytes) -> list[tuple[int, int]]:
    """Where the packed bytes of a zip's parts lie."""
    with ZipFile(BytesIO(body)) as package:
        heads = [(entry, entry.header_offset + 30 + len(entry.filename.encode())) for entry in package.infolist()]
        return [(start, start + entry.compress_size) for entry, start in heads if entry.compress_size]


@seed(SEED)
@settings(max_examples=20_000, derandomize=False)
@given(files(), st.lists(RULES, min_size=3, max_size=3), st.integers(10, 200), st.sampled_from([0, 3, 20]))
def test_both_ways_to_measure_a_file_agree(lines: list[list[str]], rules: list[ColumnRecord], block: int, counted: int) -> None:
    columns = {f"c{number}": rules[number] for number in range(len(lines[0]))}
    body = a_file(lines)

    assert comparable(in_portions(body, columns, block, counted)) == comparable(whole(body, columns))


@seed(SEED)
@settings(max_examples=5_000, derandomize=False)
@given(files(), st.integers(10, 200), st.sampled_from([0, 3, 20]))
def test_they_agree_without_a_dictionary_too(lines: list[list[str]], block: int, counted: int) -> None:
    body = a_file(lines)

    assert comparable(in_portions(body, NO_COLUMNS, block, counted)) == comparable(whole(body))


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=12)
WRITERS: dict[str, Writer] = {"csv": write_csv, "json": write_json, "parquet": write_parquet}


def comes_back(ending: str, write: Writer, table: ExportTable) -> bool:
    """Whether what was exported is read as it was, or refused."""
    found = outcome(written(write, table), f"a.{ending}")
    return found is None or plain(found[1:]) == plain(rows(table))


@pytest.mark.parametrize("ending", WRITERS)
@seed(SEED)
@settings(max_examples=5_000, derandomize=False)
@given(table=exported(("string",), texts=TEXTS))
def test_texts_that_were_exported_come_back(ending: str, table: ExportTable) -> None:
    assert comes_back(ending, WRITERS[ending], table)


@seed(SEED)
@settings(max_examples=1_000, derandomize=False)     # a workbook takes ten times as long to write
@given(table=exported(("string",), texts=TEXTS))
def test_texts_in_a_workbook_come_back(table: ExportTable) -> None:
    assert comes_back("xlsx", write_xlsx, table)


def plain(lines: list[tuple[Cell, ...]]) -> list[tuple[str, ...]]:
    """Rows without the difference between no value and an empty text, which only some formats know; none at the end."""
    texts = [tuple(cell or "" for cell in line) for line in lines]
    while texts and not any(texts[-1]):
        texts.pop()
    return texts
