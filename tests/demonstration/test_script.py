"""The seeded script and the files it leaves in the catalog."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from demonstration.charlotte_catalog import CATALOG, FILES, PRIVATE, ROOT, TABLES
from unmeasured import unmeasured

SCRIPT = CATALOG / "scripts" / "make_demonstration.py"
PACKED = (".gz", ".parquet", ".xlsx")      # their bytes may differ between releases of the libraries that write them
ELSEWHERE = {"PYTHONHASHSEED": "77", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script from a folder, as a machine with other habits would."""
    return subprocess.run([sys.executable, "-W", "error", str(SCRIPT), *arguments], cwd=folder, env=os.environ | ELSEWHERE,
                          capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    with unmeasured():
        run("--to", str(folder), folder=folder).check_returncode()
    return folder


def of_kind(ending: str) -> list[str]:
    """The files whose names end so."""
    return [file for file in FILES if file.endswith(ending)]


def cells(path: Path) -> dict[str, list[list[tuple[object, str]]]]:
    """What stands in each cell of each sheet, and how it is shown."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[(cell.value, cell.number_format) for cell in row] for row in sheet.rows] for sheet in book}


@pytest.mark.parametrize("file", [file for file in FILES if not file.endswith(PACKED)])
def test_the_script_writes_each_file_byte_for_byte(made: Path, file: str):
    expected = (CATALOG / "datasets" / file).read_bytes()

    assert (made / file).read_bytes() == expected


def test_the_script_writes_every_file_of_the_catalog_and_no_other(made: Path):
    written = sorted(str(path.relative_to(made)) for path in made.rglob("*") if path.is_file())

    assert written == list(FILES)


def test_every_file_is_published_but_those_that_are_only_measured():
    assert {table.partition("#")[0] for table in TABLES} == set(FILES) - set(PRIVATE)


@pytest.mark.parametrize("file", of_kind(".gz"))
def test_a_compressed_file_holds_the_same_bytes_and_no_date(made: Path, file: str):
    packed = (made / file).read_bytes()

    assert gzip.decompress(packed) == gzip.decompress((CATALOG / "datasets" / file).read_bytes())
    assert packed[4:8] == bytes(4)


@pytest.mark.parametrize("file", of_kind(".parquet"))
def test_a_parquet_file_holds_the_same_values_of_the_same_types(made: Path, file: str):
    expected = pq.read_table(CATALOG / "datasets" / file)

    assert pq.read_table(made / file).equals(expected)
    assert pq.read_schema(made / file).equals(expected.schema)


@pytest.mark.parametrize("file", of_kind(".xlsx"))
def test_a_spreadsheet_holds_the_same_cells_shown_in_the_same_way(made: Path, file: str):
    assert cells(made / file) == cells(CATALOG / "datasets" / file)


@pytest.mark.parametrize("file", [file for file in FILES if file.endswith(PACKED)])
def test_a_file_is_written_twice_with_the_same_bytes(made: Path, tmp_path: Path, file: str):
    run(file.split("/")[0], "--to", str(tmp_path), folder=tmp_path).check_returncode()

    assert (tmp_path / file).read_bytes() == (made / file).read_bytes()


def test_one_dataset_can_be_written_by_its_name(tmp_path: Path):
    finished = run("street-trees", "--to", str(tmp_path), folder=tmp_path)

    assert finished.stdout.startswith("street-trees/street-trees.csv: 9,400 rows, ")
    assert [path.name for path in tmp_path.iterdir()] == ["street-trees"]


def test_a_dataset_that_does_not_exist_is_refused(tmp_path: Path):
    finished = run("street-lamps", "--to", str(tmp_path), folder=tmp_path)

    assert finished.returncode == 2
    assert "no such dataset: street-lamps" in finished.stderr


def test_the_script_is_imported_with_the_standard_library_alone():
    finished = subprocess.run([sys.executable, "-S", "-c", "import sys; sys.path[0] = sys.argv[1]; import make_demonstration",
                               str(SCRIPT.parent)], cwd=ROOT, capture_output=True, text=True)

    assert finished.stderr == ""
