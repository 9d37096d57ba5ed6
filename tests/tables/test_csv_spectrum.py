"""The files of csv-spectrum, a collection of what CSV allows, each with its meaning as JSON beside it."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from cityfolio.tables.readers.csv import read_csv
from cityfolio.tables.readers.csv_large import read_large_csv
from cityfolio.tables.table import Cell, Reader
from tables.making import a_job, rows_of

pytestmark = pytest.mark.npm
SPECTRUM = Path(__file__).parents[2] / "node_modules" / "csv-spectrum"
NAMES = ("comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "location_coordinates", "newlines",
         "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8")


@pytest.fixture
def spectrum() -> Path:
    """The folder of the collection."""
    if not SPECTRUM.is_dir():
        pytest.skip(f"csv-spectrum is not at {SPECTRUM}; `make test` installs it")
    return SPECTRUM


def records(body: bytes, read: Reader) -> list[dict[str, Cell]]:
    """The rows of a file, each by the names of its columns."""
    found = read(BytesIO(body), a_job())
    assert found.table is not None
    assert {problem.code for problem in found.problems} <= {"csv-mark"}
    header = found.table.header
    return [dict(zip(header, row, strict=True)) for row in rows_of(found.table)]


def meaning(spectrum: Path, name: str) -> list[dict[str, str]]:
    """What the collection says of a file."""
    found = json.loads((spectrum / "json" / f"{name}.json").read_bytes())
    # Of one file the only record is given without a list, and with another telephone number than stands in the CSV.
    return [{**found, "Contact Phone Number": "2095257564"}] if isinstance(found, dict) else found


@pytest.mark.parametrize("read", [read_csv, read_large_csv], ids=["small", "large"])
@pytest.mark.parametrize("name", NAMES)
def test_a_file_means_what_is_said_of_it(name: str, read: Reader, spectrum: Path) -> None:
    body = (spectrum / "csvs" / f"{name}.csv").read_bytes()

    assert records(body, read) == meaning(spectrum, name)


@pytest.mark.parametrize("size", [1, 7, 64], ids="{} bytes".format)
@pytest.mark.parametrize("name", NAMES)
def test_so_it_does_however_it_is_cut_into_blocks(name: str, size: int, spectrum: Path,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    body = (spectrum / "csvs" / f"{name}.csv").read_bytes()
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", size)

    assert records(body, read_large_csv) == records(body, read_csv)


def test_no_file_of_the_collection_is_left_out(spectrum: Path) -> None:
    assert sorted(path.stem for path in (spectrum / "csvs").iterdir()) == sorted(NAMES)
