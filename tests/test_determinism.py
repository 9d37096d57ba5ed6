"""One commit, one moment, one site: whatever the machine, byte for byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cities import SITE, TREES, a_city, with_files
from tables.readers.making_records import a_collection, a_feature
from tables.readers.making_sheets import by_openpyxl
from unmeasured import unmeasured

# More rows than a portion has, a sensitive column, a text that Markdown touches, two formers.
MANY = "species,height,owner\n" + "".join(f"{kind},{at % 90}.5,owner {at}\n" for at in range(6_000) for kind in ("oak", "élm"))
EXPORTS = "exports: [csv, json, xlsx, parquet, geojson, pmtiles, zip]"
PARKS = a_collection(*(
    a_feature({"type": "Point", "coordinates": [at / 90, at / 80]}, species="élm", height=at / 4, owner=f"owner {at}")
    for at in range(400)))
FLEET = by_openpyxl([["species", "height"], *(["truck", at / 8] for at in range(400))])
ENTRY = "  - path: trees.csv\n"
OWNER = "  owner: {title: Who owns it, sensitive: true}\n"
CITY = with_files(
    a_city(),
    {
        "site.yaml": SITE + "as_of: 2026-06-30\nbase_url: https://data.example.gov/open\naccent: '#0b4c92'\n",
        "datasets/trees/dataset.yaml": TREES
        + "  owner: {title: Who owns it, sensitive: true}\nformerly: [bushes, /old/trees/]\n"
        + "description: |\n  *Every* tree, [with a link](https://example.gov).\n",
        "datasets/trees/trees.csv": MANY,
        "datasets/shrubs/dataset.yaml": TREES.replace("Street trees", "Shrubs"),
        "datasets/parks/dataset.yaml": TREES.replace("Street trees", "Parks").replace(
            ENTRY, f"  - {{path: parks.geojson, {EXPORTS}}}\n") + OWNER + "  geometry: {title: Where it is}\n",
        "datasets/parks/parks.geojson": PARKS,
        "datasets/fleet/dataset.yaml": TREES.replace("Street trees", "Fleet").replace(
            ENTRY, f"  - {{path: fleet.xlsx, sheet: Sheet, {EXPORTS.replace('geojson, pmtiles, ', '')}}}\n"),
        "datasets/fleet/fleet.xlsx": FLEET,
        "datasets/shrubs/trees.csv": "species,height\n" + "".join(f"box,{at}\n" for at in range(12_000)),
    },
)
# The command as `python -m cityfolio` runs it, where tables of any size are worth a process of their own.
PROGRAM = "from cityfolio.tables import workers; workers.LARGE_BYTES = 0; from cityfolio.cli import main; main()"
ELSEWHERE = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"}
MACHINES = {
    "one process": ({}, ["--workers", "1"], "here"),
    "another machine, in three processes that fill a cache and then use it": (
        ELSEWHERE, ["--workers", "3", "cached"], "some where/else é"),
}


def built(folder: Path, environment: dict[str, str], more: list[str]) -> dict[str, bytes]:
    """The site as a build in a process of its own leaves it."""
    catalog, output = folder / "catalog", folder / "site"
    for path, body in CITY.items():
        (catalog / path).parent.mkdir(parents=True, exist_ok=True)
        (catalog / path).write_bytes(body.encode() if isinstance(body, str) else body)
    cache = [] if "cached" in more else ["--no-cache"]
    command = [sys.executable, "-c", PROGRAM, "build", "-q", "--catalog", str(catalog), "--output", str(output), *cache]
    command += [each for each in more if each != "cached"]
    for _ in range(2 if "cached" in more else 1):
        shutil.rmtree(output, ignore_errors=True)
        with unmeasured():
            surroundings = {**os.environ, "PYTHONHASHSEED": "1", **environment}
            done = subprocess.run(command, env=surroundings, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site to compare with."""
    return built(tmp_path_factory.mktemp("reference"), {"TZ": "UTC"}, ["--workers", "2"])


@pytest.mark.parametrize(("environment", "more", "where"), MACHINES.values(), ids=MACHINES)
def test_a_build_is_the_same_on(
    reference: dict[str, bytes], tmp_path: Path, environment: dict[str, str], more: list[str], where: str
) -> None:
    site = built(tmp_path / where, environment, more)

    assert [path for path in site.keys() | reference.keys() if site.get(path) != reference.get(path)] == []


@pytest.mark.parametrize("path", [
    "parks/parks.geojson", "parks/parks.csv", "parks/parks.json", "parks/parks.xlsx", "parks/parks.parquet",
    "parks/parks.pmtiles", "parks/parks.zip", "fleet/fleet.xlsx", "fleet/fleet-sheet.csv", "fleet/fleet-sheet.xlsx",
    "fleet/fleet.zip",
])
def test_every_kind_of_file_that_is_made_is_among_those_compared(reference: dict[str, bytes], path: str) -> None:
    assert len(reference[f"data/{path}"]) > 100


def test_the_sensitive_column_is_in_no_file(reference: dict[str, bytes]) -> None:
    assert [path for path, body in reference.items() if b"owner 1" in body] == []


def test_the_renamed_dataset_answers_at_its_old_addresses(reference: dict[str, bytes]) -> None:
    assert reference["data/bushes/trees.csv"] == reference["data/trees/trees.csv"]
    assert b"data/trees/" in reference["old/trees/index.html"]
    assert b"data/trees/" in reference["data/bushes/index.html"]
