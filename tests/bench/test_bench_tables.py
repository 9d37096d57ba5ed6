"""What reading, checking and exporting tables costs, beside other libraries on the same files in the same run.

Nothing is asserted of time. `make bench` prints the figures; docs/reference/performance.md keeps some.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from importlib.util import find_spec
from os import environ
from pathlib import Path
from platform import machine, python_version
from time import process_time

import pytest

from bench.make_requests import write_requests
from bench.making_tables import a_catalog, a_job, in_every_format, small_files, small_maps, to_export
from bench.measuring import Cost, cost_of
from cityfolio.tables.exports.formats import FORMATS
from cityfolio.tables.profile import profile_table
from cityfolio.tables.readers import reader_for

pytestmark = pytest.mark.bench
HERE = Path(__file__).parent
CITYFOLIO, PEERS = [sys.executable, "-m", "cityfolio"], [sys.executable, str(HERE / "table_peers.py")]
LARGE_ROWS, MIDDLE_ROWS, SMALL_FILES, SMALL_MAPS = 10_000_000, 100_000, 1_000, 40
OTHERS = {"CSV": ("pandas_csv",), "XLSX": ("calamine", "openpyxl"), "JSON": ("json_load",), "JSON Lines": ("json_lines",),
          "Parquet": ("pyarrow_parquet",)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where large files are kept: between runs, where CITYFOLIO_BENCH names a folder."""
    named = environ.get("CITYFOLIO_BENCH")
    place = Path(named) if named else tmp_path_factory.mktemp("bench")
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture(scope="module", autouse=True)
def of_this_machine() -> None:
    """Say on what machine and with which versions it was measured."""
    packages = ("pyarrow", "pandas", "numpy", "python-calamine", "openpyxl", "xlsxwriter", "orjson")
    print(f"\n{machine()}, Python {python_version()}, " + ", ".join(f"{each} {version(each)}" for each in packages))


def requests(folder: Path, rows: int) -> Path:
    """A file of requests, written if it is not there."""
    path = folder / f"requests-{rows}.csv"
    if not path.is_file():
        write_requests(rows, path)
    return path


def shown(name: str, cost: Cost, peer: Cost | None = None) -> None:
    ratio = f"  {cost.cpu_seconds / peer.cpu_seconds:6.2f} x the peer" if peer else ""
    print(f"{name:<46} {cost.cpu_seconds:7.2f} CPU s  {cost.wall_seconds:7.2f} s  {cost.peak_mib:7.1f} MiB{ratio}")


def rate(name: str, rows: int, cpu_seconds: float) -> None:
    print(f"{name:<46} {cpu_seconds:7.2f} CPU s  {rows / cpu_seconds:12,.0f} rows a second")


def test_ten_million_rows(folder: Path, tmp_path: Path) -> None:
    source = requests(folder, LARGE_ROWS)
    linked = folder / "linked"
    linked.mkdir(exist_ok=True)
    catalog = a_catalog(linked / tmp_path.name, {"requests": [source]}, "[parquet]")
    print(f"{source.stat().st_size / 1e9:.2f} GB")
    peer = cost_of([*PEERS, "pandas_in_chunks", str(source)], tmp_path)
    shown("pandas in chunks, ranges and sums", peer)
    if find_spec("duckdb"):
        shown("DuckDB, summary and Parquet", cost_of([*PEERS, "duckdb_summary", str(source)], tmp_path), peer)
    else:
        print("DuckDB is not installed, and not measured")
    options = ["-q", "--catalog", str(catalog)]
    shown("check: read, checked, profiled", cost_of([*CITYFOLIO, "check", "--no-cache", *options], tmp_path), peer)
    build = [*CITYFOLIO, "build", *options, "--output", str(linked / f"{tmp_path.name}-site")]
    shown("build: the same, Parquet and the site", cost_of(build, tmp_path), peer)
    shown("build again, nothing changed", cost_of(build, tmp_path), peer)


def test_a_thousand_small_files(tmp_path: Path) -> None:
    files = small_files(tmp_path / "files", SMALL_FILES)
    datasets = {f"d{number:04}": [file] for number, file in enumerate(files)}
    catalog = a_catalog(tmp_path / "catalog", datasets)
    started = process_time()
    for file in files:
        with file.open("rb") as stream:
            profile_table(stream, a_job(file))
    print(f"\n{'in one process: read, checked, profiled':<46} {process_time() - started:7.2f} CPU s")
    peer = cost_of([*PEERS, "pandas_describe", str(tmp_path / "files")], tmp_path)
    shown("pandas, read_csv and describe", peer)
    shown("check", cost_of([*CITYFOLIO, "check", "-q", "--no-cache", "--catalog", str(catalog)], tmp_path), peer)


def test_forty_small_files_that_are_read_in_processes_of_their_own(tmp_path: Path) -> None:
    costs = {}
    for name, files in small_maps(tmp_path / "files", SMALL_MAPS).items():
        catalog = a_catalog(tmp_path / name, {f"d{number:02}": [file] for number, file in enumerate(files)}, "[csv, parquet]")
        words = ["build", "-q", "--no-cache", "--catalog", str(catalog), "--output", str(tmp_path / f"site-{name}")]
        costs[name] = cost_of([*CITYFOLIO, *words], tmp_path)
    print()
    for name, cost in costs.items():
        shown(f"{name}: build, with CSV and Parquet offered", cost, costs["CSV"])


def test_each_reader(folder: Path) -> None:
    print()
    for name, path in in_every_format(requests(folder, MIDDLE_ROWS)).items():
        job = a_job(path)
        started = process_time()
        with path.open("rb") as stream:
            table = reader_for(job)(stream, job).table
            assert table is not None
            assert sum(portion.rows for portion in table.portions) == MIDDLE_ROWS
        rate(f"{name}: read", MIDDLE_ROWS, process_time() - started)
        started = process_time()
        with path.open("rb") as stream:
            assert profile_table(stream, job).profile is not None
        rate(f"{name}: read, checked, profiled", MIDDLE_ROWS, process_time() - started)
        for peer in OTHERS[name]:
            cost = cost_of([*PEERS, peer, str(path)], folder)
            rate(f"{name}: {peer}, with its start", MIDDLE_ROWS, cost.cpu_seconds)


@pytest.mark.parametrize("name", ["csv", "json", "xlsx", "parquet"])
def test_each_export(name: str, folder: Path, tmp_path: Path) -> None:
    table = to_export(requests(folder, MIDDLE_ROWS))
    started = process_time()
    with (tmp_path / f"requests.{name}").open("wb") as target:
        FORMATS[name].write(table, target)
    print()
    rate(f"{FORMATS[name].name}: written, with reading the CSV", MIDDLE_ROWS, process_time() - started)
