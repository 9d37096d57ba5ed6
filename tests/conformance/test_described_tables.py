"""Data Packages, CSVW and Croissant metadata, as other people's programs judge them and the data with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cityfolio.cli import main

pytestmark = pytest.mark.conformance

PROFILE = "datapackage/profiles-2.0/datapackage.json"
MOST_BYTES = 5_000_000       # of a CSV whose every row is judged: the validator of CSVW takes a minute for so many
TREES = """\
title: Trees
publisher: parks
issued: 2020-01-01
modified: 2026-01-01
files:
  - {path: kinds.csv, title: Kinds, primary_key: [Kind code]}
  - {path: trees.csv, title: Trees, empty: [NA, "-"], primary_key: [_id]}
  - {path: semi.csv, title: Semicolons, encoding: cp1252, delimiter: ";", header_row: 3}
  - {path: tabs.tsv, title: Tabs}
  - {path: marked.csv, title: With a mark}
  - {path: deep/trees.csv, title: Deep}
  - {path: places.geojson, title: Places}
  - {url: "https://example.gov/all.csv", sample: sample.csv, title: Sampled, format: CSV}
columns:
  Kind code: {title: The code, type: string, required: true, unique: true}
  kind: {title: Its kind, required: true, foreign_key: {dataset: trees, column: Kind code}}
  _id: {type: integer, unique: true, required: true, minimum: 1}
  "a b.c-d%": {type: number, unit: "%", minimum: 0, maximum: 1e3}
  planted: {type: date, format: "%m/%d/%Y"}
  seen: {type: datetime, format: "%d.%m.%Y %H:%M"}
  odd: {type: date, format: "%b %d, %Y"}
  when: {type: datetime}
  zoned: {type: datetime}
  at: {type: time}
  yes: {type: boolean}
  state: {type: string, values: {A+B: Plus, "C|D": Bar, E: ""}}
  level: {type: integer, values: {1: Low, 2: High}}
  year: {type: year, minimum: 2000}
  code: {type: string, pattern: "([A-Z])\\\\1|Z", min_length: 1, max_length: 3}
  day: {type: date, minimum: 2000-01-01}
"""
HARD: dict[str, str | bytes] = {
    "site.yaml": "name: Example City\nlicense: cc0-1.0\nas_of: 2026-06-30\nexports: [csv, json, xlsx, parquet]\ntwins: all\n",
    "publishers/parks.yaml": 'title: Parks & "Recreation"\n',
    "datasets/trees/dataset.yaml": TREES,
    "datasets/trees/kinds.csv": "Kind code,label\nx,Ex\ny,Wy\n",
    "datasets/trees/trees.csv": (
        "_id,kind,a b.c-d%,planted,seen,odd,when,zoned,at,yes,state,level,year,code,day\n"
        '1,x,1.5,3/4/2024,03.04.2024 08:30,"Mar 4, 2024",2024-01-01 08:30,2024-01-01T08:30:00-05:00,08:30,True,A+B,1,2024,AA,'
        "2024-01-01\n"
        "2,y,NA,12/14/2024,-,,2024-01-01 09:30,2024-01-01T08:30:00.5Z,09:30,False,C|D,2,2023,Z,2024-01-02\n"
        '3,x,1e2,,13.04.2024 18:30,"Apr 4, 2024",NA,,,,E,,2022,,\n'),
    "datasets/trees/semi.csv": "Über alles\n\nname;grün;when\nä;1;2024-01-01T10:00\nö;2;2024-01-01T11:00:30\n".encode("cp1252"),
    "datasets/trees/tabs.tsv": 'name\tflag\n"a ""b"""\tTRUE\nc\ttrue\n',
    "datasets/trees/marked.csv": "\ufeffname,n\n#a,1\n b ,2\n",
    "datasets/trees/deep/trees.csv": 'name,n\r\na,1.50\r\n"b\r\nb",-2\r\n',
    "datasets/trees/places.geojson": (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "a", "n": 1, "t": true}, '
        '"geometry": {"type": "Point", "coordinates": [1, 2]}}, {"type": "Feature", "properties": {"name": null, "n": 2, '
        '"t": false}, "geometry": null}]}'),
    "datasets/trees/sample.csv": "name,n\na,1\n",
    "datasets/people/dataset.yaml": (
        "title: People\npublisher: parks\nfiles: [{path: people.csv, delimiter: ';', header_row: 2, primary_key: [person]}]\n"
        "columns:\n  name: {title: Name}\n  person: {sensitive: true}\n"),
    "datasets/people/people.csv": "top\nname;person\na;Ann\nb;Bob\n",
}


@pytest.fixture(params=["the demonstration", "files that are hard to describe"])
def folder(request: pytest.FixtureRequest, site: Callable[..., Path], tmp_path: Path) -> Path:
    """A site's folder of datasets."""
    return (site() if request.param == "the demonstration" else _built(tmp_path)) / "data"


def _built(folder: Path) -> Path:
    for name, body in HARD.items():
        path = folder / "catalog" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
    arguments = ["build", "--catalog", str(folder / "catalog"), "--output", str(folder / "site"), "-q"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder / "site"


def test_data_packages_and_their_rows_are_valid(folder: Path, judge: Callable[..., object]) -> None:
    found = sorted(folder.glob("*/datapackage.json"))
    verdicts = {path.parent.name: judge("frictionless", "validate", path.name, within=path.parent) for path in found}

    assert verdicts
    assert {name: verdict for name, verdict in verdicts.items() if not verdict.passed} == {}


def test_data_packages_are_of_the_second_version(folder: Path, judge: Callable[..., object]) -> None:
    verdict = judge("check-jsonschema", "--schemafile", PROFILE, *sorted(folder.glob("*/datapackage.json")))

    assert verdict.passed, verdict.says


def test_csvw_metadata_and_its_rows_are_valid(folder: Path, judge: Callable[..., object]) -> None:
    found = [path for path in sorted(folder.glob("*/*-metadata.json"))
             if Path(str(path).removesuffix("-metadata.json")).stat().st_size <= MOST_BYTES]
    verdicts = {path.name: judge("csvwcheck.py", path) for path in found}

    assert verdicts
    assert {name: verdict for name, verdict in verdicts.items() if not verdict.passed} == {}


def test_croissant_metadata_is_valid(folder: Path, judge: Callable[..., object]) -> None:
    found = sorted(folder.glob("*/croissant.json"))
    verdicts = {path.parent.name: judge("mlcroissant", "validate", "--jsonld", path) for path in found}

    assert verdicts
    assert {name: verdict for name, verdict in verdicts.items() if not verdict.passed} == {}
