"""A dataset in one archive: the files that are published of it, as they are, with what the dictionary says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from cities import SITE, TREES, a_bench, a_build, a_city, loaded, with_files
from cityfolio.cache import Cache, Keep, NoCache
from cityfolio.files import MemoryTree, sha256
from cityfolio.link import link
from cityfolio.model.catalog import Dataset
from cityfolio.tables import packages
from cityfolio.tables.offers import Offered, offer
from cityfolio.tables.published import read_tables
from tables.readers.making_sheets import a_sheet, a_zip, inline, parts

Files = Mapping[str, str | bytes | None]
ZIP = "exports: [zip]\n"


def offered(changed: Files, site: str = ZIP, cache: Keep | None = None) -> Offered:
    """What a city offers. Files are named by their path in the dataset of trees."""
    trees = {f"datasets/trees/{path}": body for path, body in changed.items()}
    files = with_files(a_city(), {"site.yaml": SITE + site, **trees})
    tree, city = MemoryTree(files), loaded(files)
    desk = a_bench(tree, cache=cache or NoCache())
    tables = read_tables(city, desk)
    return offer(link(city, tables, a_build()), tables, "https://data.example.gov", desk)


def the_dataset(found: Offered) -> Dataset:
    """The trees."""
    return found.catalog.datasets[0]


def unpacked(found: Offered) -> dict[str, bytes]:
    """What is in the archive of the trees."""
    archive = the_dataset(found).archive
    assert archive is not None
    with ZipFile(BytesIO(Path(found.files["trees", archive.name].path).read_bytes())) as package:
        return {name: package.read(name) for name in package.namelist()}


def described(found: Offered) -> list[dict[str, Any]]:
    """What the archive says of its files."""
    resources: list[dict[str, Any]] = json.loads(unpacked(found)["datapackage.json"])["resources"]
    return resources


def listing(*entries: str, dictionary: str = "") -> str:
    """The dataset of trees with these files."""
    return TREES.partition("files:")[0] + "files:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries) + dictionary


def test_an_archive_holds_the_files_as_they_are_published() -> None:
    csv = a_city()["datasets/trees/trees.csv"]
    files = unpacked(offered({"dataset.yaml": listing("path: trees.csv", "path: map.pdf"), "map.pdf": b"%PDF-1.7"}))

    assert list(files) == ["datapackage.json", "data/trees.csv", "data/map.pdf"]
    assert files["data/trees.csv"].decode() == csv
    assert files["data/map.pdf"] == b"%PDF-1.7"


def test_an_archive_says_what_its_files_are() -> None:
    (resource,) = described(offered({}))
    csv = a_city()["datasets/trees/trees.csv"]
    assert isinstance(csv, str)

    assert (resource["path"], resource["format"], resource["encoding"]) == ("data/trees.csv", "csv", "utf-8")
    assert (resource["bytes"], resource["hash"]) == (len(csv), f"sha256:{sha256(csv.encode())}")
    assert [(field["name"], field["type"]) for field in resource["schema"]["fields"]] == [
        ("species", "string"), ("height", "number")]


def test_an_archive_has_its_size_and_digest() -> None:
    found = offered({})
    export, made = the_dataset(found).archive, found.files["trees", "trees.zip"]
    assert export is not None
    body = Path(made.path).read_bytes()

    assert (export.name, export.format, export.bytes, export.sha256) == ("trees.zip", "ZIP", len(body), sha256(body))


@pytest.mark.parametrize(("site", "entry", "wanted"), [
    ("", "", False), (ZIP, "", True), ("", ", exports: [zip]", True), (ZIP, ", exports: [csv]", False),
    (ZIP, ", exports: none", False),
], ids=["nobody", "the site", "a file", "a file that asks for other formats", "a file that asks for none"])
def test_an_archive_is_made_where_it_is_asked_for(site: str, entry: str, wanted: bool) -> None:
    found = offered({"dataset.yaml": listing(f"path: trees.csv{entry}")}, site)

    assert (the_dataset(found).archive is not None) is wanted


@pytest.mark.parametrize("record", [
    f"{TREES}status: planned\nreason: Next year.\n", listing("url: https://example.gov/trees"),
    listing("missing: It was lost."),
], ids=["planned", "kept elsewhere", "missing"])
def test_where_nothing_is_published_there_is_no_archive(record: str) -> None:
    found = offered({"dataset.yaml": record, "trees.csv": None})

    assert (the_dataset(found).archive, dict(found.files)) == (None, {})


@pytest.mark.parametrize(("entries", "files", "expected"), [
    (["path: trees.csv", "path: trees.zip"], {"trees.zip": b"PK"}, "trees-all-files.zip"),
    (["path: trees.csv"], {}, "trees.zip"),
], ids=["a source has the name", "nobody has it"])
def test_an_archive_never_takes_the_name_of_a_source(entries: list[str], files: Files, expected: str) -> None:
    archive = the_dataset(offered({"dataset.yaml": listing(*entries), **files})).archive

    assert archive is not None
    assert archive.name == expected


OWNER = "{title: Owner, sensitive: true, foreign_key: {dataset: trees, column: owner}}"
OWNED = listing("path: trees.csv, primary_key: [species, owner]",
                dictionary=f"columns: {{species: {{title: Kind}}, owner: {OWNER}}}\n")


def test_a_copy_is_described_and_packed_without_personal_data() -> None:
    found = offered({"dataset.yaml": OWNED, "trees.csv": "species,owner\noak,Jane\nelm,Jane\n"})

    assert unpacked(found)["data/trees.csv"] == b"species\r\noak\r\nelm\r\n"
    assert b"owner" not in b"".join(unpacked(found).values())
    assert described(found)[0]["schema"] == {"fields": [{"name": "species", "type": "string", "title": "Kind"}],
                                             "missingValues": [""]}


def test_a_primary_key_that_is_there_whole_is_described() -> None:
    (resource,) = described(offered({"dataset.yaml": listing("path: trees.csv, primary_key: [species]")}))

    assert resource["schema"]["primaryKey"] == ["species"]


def test_the_dialect_of_a_source_is_described_and_that_of_a_copy_is_plain() -> None:
    body = "Trees\nspecies;owner\npiñon;Jane\n".encode("cp1252")
    entry = 'path: trees.csv, encoding: cp1252, delimiter: ";", header_row: 2'
    source = described(offered({"dataset.yaml": listing(entry), "trees.csv": body}))[0]
    columns = "columns: {species: {title: Kind}, owner: {title: Owner, sensitive: true}}\n"
    copy = described(offered({"dataset.yaml": listing(entry, dictionary=columns), "trees.csv": body}))[0]

    assert (source["encoding"], source["dialect"]["delimiter"], source["dialect"]["headerRows"]) == ("windows-1252", ";", [2])
    assert (copy["encoding"], copy["dialect"]["delimiter"], copy["dialect"].get("headerRows")) == ("utf-8", ";", None)


BOOK = a_zip(parts({
    "Trees": a_sheet(f"<row>{inline('A1', 'species')}</row><row>{inline('A2', 'oak')}</row>"),
    "Parks": a_sheet(f"<row>{inline('A1', 'park')}</row><row>{inline('A2', 'First Ward')}</row>"),
}))


def test_a_workbook_of_two_sheets_is_packed_once_and_described_as_none_of_them() -> None:
    record = listing("path: trees.xlsx, sheet: Trees", "path: trees.xlsx, sheet: Parks")
    found = offered({"dataset.yaml": record, "trees.csv": None, "trees.xlsx": BOOK})

    assert list(unpacked(found)) == ["datapackage.json", "data/trees.xlsx"]
    assert "columns" not in described(found)[0]


def test_a_workbook_of_one_sheet_is_described_by_its_columns() -> None:
    record = listing("path: trees.xlsx, sheet: Trees")
    found = offered({"dataset.yaml": record, "trees.csv": None, "trees.xlsx": BOOK})

    assert [column["name"] for column in described(found)[0]["columns"]] == ["species"]


def test_a_dataset_that_is_too_large_to_pack_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_BYTES", 5)
    found = offered({})
    (problem,) = found.problems

    assert the_dataset(found).archive is None
    assert (problem.code, problem.where.path) == ("export-unfit", "datasets/trees/dataset.yaml")
    assert problem.says.startswith("trees.zip was not made: ")


def test_an_archive_that_was_kept_is_not_packed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = unpacked(offered({}, cache=Cache(tmp_path)))
    monkeypatch.setattr(packages, "write_zip", lambda *_: pytest.fail("it was packed again"))

    assert unpacked(offered({}, cache=Cache(tmp_path))) == cold


def test_an_archive_that_was_spoiled_in_the_cache_is_packed_anew(tmp_path: Path) -> None:
    cold = unpacked(offered({}, cache=Cache(tmp_path)))
    for path in [path for path in tmp_path.glob("??/*") if path.read_bytes().startswith(b"PK")]:
        path.unlink()
        path.write_bytes(b"PK")

    assert unpacked(offered({}, cache=Cache(tmp_path))) == cold


@pytest.mark.parametrize("changed", [
    {"trees.csv": "species,height\nash,3\n"}, {"dataset.yaml": TREES.replace("How tall it is", "Its height")},
], ids=["the rows", "the dictionary"])
def test_what_an_archive_holds_makes_it_anew(tmp_path: Path, changed: Files) -> None:
    cold = unpacked(offered({}, cache=Cache(tmp_path)))

    assert unpacked(offered(changed, cache=Cache(tmp_path))) != cold
    assert unpacked(offered(changed, cache=Cache(tmp_path))) == unpacked(offered(changed))
