"""The formats that a city asks for are made where the rows can be in them, each under a name of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from cities import SITE, TREES, a_bench, a_build, a_city, loaded, with_files
from cityfolio.build import Workshop, build_site
from cityfolio.cache import Cache
from cityfolio.files import MemoryTree, sha256
from cityfolio.link import link
from cityfolio.model.catalog import Dataset
from cityfolio.problems import Problem
from cityfolio.publish.sinks import MemorySink
from cityfolio.tables.exports.formats import FORMATS
from cityfolio.tables.offers import Offered, offer
from cityfolio.tables.published import read_tables
from tables.making import rows
from tables.readers.making_records import a_collection, a_feature
from tables.readers.making_sheets import by_openpyxl

ALL = "exports: [csv, json, xlsx, parquet, geojson, pmtiles, zip]\n"
POINT = {"type": "Point", "coordinates": [-80.84, 35.22]}
BOOK = by_openpyxl([["species", "height"], ["oak", 12.5]])
Files = Mapping[str, str | bytes | None]


def offered(changed: Files, site: str = "", **bench: object) -> Offered:
    """What a city offers. Files are named by their path in the dataset of trees."""
    trees = {f"datasets/trees/{path}": body for path, body in changed.items()}
    files = with_files(a_city(), {"site.yaml": SITE + site, **trees})
    tree, city = MemoryTree(files), loaded(files)
    desk = a_bench(tree, **bench)
    tables = read_tables(city, desk)
    return offer(link(city, tables, a_build()), tables, "https://data.example.gov", desk)


def listing(*entries: str) -> str:
    """The dataset of trees with these files."""
    return TREES.partition("files:")[0] + "files:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)


def the_dataset(found: Offered) -> Dataset:
    """The trees."""
    return found.catalog.datasets[0]


def names(found: Offered) -> list[list[str]]:
    """The exports of each file, by name."""
    return [[export.name for export in file.exports] for file in the_dataset(found).files]


def told(found: Offered) -> list[tuple[str, str]]:
    """Each problem: what it is, and in what words."""
    return [(problem.code, problem.says) for problem in found.problems]


def test_nothing_is_made_that_nobody_asked_for() -> None:
    found = offered({})

    assert (names(found), the_dataset(found).archive, dict(found.files)) == ([[]], None, {})


def test_a_table_is_offered_in_the_formats_of_the_site() -> None:
    found = offered({}, ALL)

    assert names(found) == [["trees.json", "trees.xlsx", "trees.parquet"]]
    assert told(found) == []


def test_the_formats_of_a_file_take_the_place_of_the_sites() -> None:
    assert names(offered({"dataset.yaml": listing("path: trees.csv, exports: [json]")}, ALL)) == [["trees.json"]]
    assert names(offered({"dataset.yaml": listing("path: trees.csv, exports: none")}, ALL)) == [[]]
    assert names(offered({"dataset.yaml": listing("path: trees.csv, exports: [xlsx, csv]")})) == [["trees.xlsx"]]


def test_an_export_has_the_size_and_the_digest_of_its_bytes() -> None:
    found = offered({}, "exports: [json]\n")
    export, made = the_dataset(found).files[0].exports[0], found.files["trees", "trees.json"]
    body = Path(made.path).read_bytes()

    assert (export.format, export.bytes, export.sha256) == ("JSON", len(body), sha256(body))
    assert json.loads(body) == [{"species": "oak", "height": 12.5}, {"species": "maple", "height": None},
                                {"species": "elm", "height": 8}]


@pytest.mark.parametrize(("entry", "body", "expected"), [
    ("path: trees.csv", b"species\noak\n", []),
    ("path: trees.csv, encoding: cp1252", "species\npiñon\n".encode("cp1252"), ["trees-from-csv.csv"]),
    ('path: trees.csv, delimiter: ";"', b"species;height\noak;5\n", ["trees-from-csv.csv"]),
    ("path: trees.csv, header_row: 2", b"Trees\nspecies\noak\n", ["trees-from-csv.csv"]),
    ("path: trees.tsv", b"species\theight\noak\t5\n", ["trees.csv"]),
    ("path: trees.txt, format: CSV", b"species\noak\n", []),
], ids=["plain", "another encoding", "another delimiter", "lines above", "tabs", "another ending"])
def test_csv_is_made_of_csv_only_where_that_is_plainer(entry: str, body: bytes, expected: list[str]) -> None:
    name = entry.partition(",")[0].removeprefix("path: ")

    assert names(offered({"dataset.yaml": listing(entry), "trees.csv": None, name: body}, "exports: [csv]\n")) == [expected]


@pytest.mark.parametrize("entry", ["path: trees.csv, encoding: utf-16", "path: trees.csv, header_row: 1, encoding: utf-16"])
def test_a_copy_without_personal_data_is_not_made_a_second_time(entry: str) -> None:
    record = listing(entry) + "columns: {species: {title: Kind}, owner: {title: Owner, sensitive: true}}\n"
    body = "species,owner\noak,Jane\n".encode("utf-16")
    found = offered({"dataset.yaml": record, "trees.csv": body}, "exports: [csv, json]\n")

    assert names(found) == [["trees.json"]]


def test_a_copy_with_other_delimiters_than_commas_is_offered_with_commas_too() -> None:
    record = listing('path: trees.csv, delimiter: ";"') + (
        "columns: {species: {title: Kind}, height: {title: Height}, owner: {title: Owner, sensitive: true}}\n")

    assert names(offered({"dataset.yaml": record, "trees.csv": "species;height;owner\noak;5;Jane\n"},
                         "exports: [csv]\n")) == [["trees-from-csv.csv"]]


@pytest.mark.parametrize(("first", "second", "expected"), [
    ("trees.csv", "trees.xlsx", [["trees-from-csv.xlsx"], ["trees-from-xlsx.csv"]]),
    ("trees.csv", "Trees.XLSX", [["trees-from-csv.xlsx"], ["Trees-from-xlsx.csv"]]),
    ("a/trees.csv", "trees.xlsx", [["a-trees.xlsx"], ["trees.csv"]]),
], ids=["same name", "other capitals", "in a folder"])
def test_an_export_never_takes_the_name_of_a_source(first: str, second: str, expected: list[list[str]]) -> None:
    record = listing(f"path: {first}", f"path: {second}")
    files = {"dataset.yaml": record, "trees.csv": None, first: "species,height\noak,5\n", second: BOOK}

    assert names(offered(files, "exports: [csv, xlsx]\n")) == expected


def test_an_export_never_takes_a_name_that_a_source_had_before() -> None:
    record = listing("path: oaks.csv, formerly: [trees.csv]", "path: trees.xlsx, exports: [csv]")
    found = offered({"dataset.yaml": record, "trees.csv": None, "oaks.csv": "species\noak\n", "trees.xlsx": BOOK})

    assert names(found) == [[], ["trees-from-xlsx.csv"]]


def test_exports_of_two_files_of_one_name_are_told_apart() -> None:
    record = listing("path: trees.tsv", "path: trees.json")
    files = {"dataset.yaml": record, "trees.csv": None, "trees.tsv": "species\theight\noak\t5\n",
             "trees.json": '[{"species":"oak"}]'}

    assert names(offered(files, "exports: [csv]\n")) == [["trees-from-tsv.csv"], ["trees.csv"]]


def test_which_export_has_the_plain_name_does_not_hang_on_the_order_of_the_list() -> None:
    files = {"trees.tsv": "species\theight\noak\t5\n", "trees.json": '[{"species":"oak"}]'}
    one, other = (offered({"dataset.yaml": listing(*order), **files}, "exports: [xlsx]\n") for order in (
        ("path: trees.csv", "path: trees.tsv", "path: trees.json"), ("path: trees.json", "path: trees.tsv", "path: trees.csv")))

    assert names(one) == names(other)[::-1] == [["trees.xlsx"], ["trees-from-tsv.xlsx"], ["trees-from-json.xlsx"]]


def test_each_sheet_of_a_workbook_is_exported_under_its_own_name() -> None:
    record = listing("path: trees.xlsx, sheet: Sheet")
    found = offered({"dataset.yaml": record, "trees.csv": None, "trees.xlsx": BOOK}, "exports: [csv, xlsx]\n")

    assert names(found) == [["trees-sheet.csv", "trees-sheet.xlsx"]]


MAP = a_collection(a_feature(POINT, species="oak"))


def test_places_are_offered_as_maps_and_tables() -> None:
    found = offered({"dataset.yaml": listing("path: trees.geojson"), "trees.csv": None, "trees.geojson": MAP}, ALL)

    assert names(found) == [["trees.csv", "trees.json", "trees.xlsx", "trees.parquet", "trees.pmtiles"]]


def test_who_asks_for_a_map_of_what_has_no_place_is_told_why_there_is_none() -> None:
    found = offered({"dataset.yaml": listing("path: trees.csv, exports: [geojson, json]")})

    assert names(found) == [["trees.json"]]
    assert [code for code, _ in told(found)] == ["export-unfit"]
    assert told(found)[0][1].startswith("trees.geojson was not made: ")
    assert found.problems[0].where.path == "datasets/trees/trees.csv"


def test_what_a_format_cannot_hold_is_told_and_the_others_are_made() -> None:
    found = offered({"trees.csv": f"species,height\n{'x' * 33_000},5\n"}, "exports: [json, xlsx]\n")

    assert names(found) == [["trees.json"]]
    assert [(code, says.partition(": ")[0]) for code, says in told(found)] == [("export-unfit", "trees.xlsx was not made")]
    assert found.problems[0].fix


def test_a_package_that_is_not_installed_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(FORMATS["xlsx"]), "write", property(lambda _: lacking))
    found = offered({}, "exports: [xlsx]\n")

    assert told(found) == [("extra-missing", "trees.xlsx cannot be made without the optional package `xlsx`")]
    assert found.problems[0].fix == "Install it: pip install 'cityfolio[xlsx]'"


def lacking(*_: object) -> None:
    """A format whose package is not installed."""
    from cityfolio.tables.exports.schema import ExtraMissing

    raise ExtraMissing("xlsx")


def test_a_file_that_could_not_be_read_has_no_exports() -> None:
    assert names(offered({"trees.csv": "species,height\noak\n"}, ALL)) == [[]]


def test_a_file_of_which_nothing_may_be_shown_has_no_exports() -> None:
    record = listing("path: trees.csv") + "columns: {owner: {title: Owner, sensitive: true}}\n"

    assert names(offered({"dataset.yaml": record, "trees.csv": "owner\nJane\n"}, ALL)) == [[]]


def test_the_catalog_knows_its_exports_wherever_a_dataset_stands_in_it() -> None:
    found = offered({}, "exports: [json]\n").catalog

    assert found.publishers[0].datasets[0] is found.datasets[0]
    assert found.topics[0].datasets[0] is found.datasets[0]


def test_words_that_are_empty_in_the_source_are_empty_in_an_export() -> None:
    record = listing('path: trees.csv, empty: ["NA"]')
    found = offered({"dataset.yaml": record, "trees.csv": "species,height\noak,NA\nNA,5\n"}, "exports: [json]\n")

    assert json.loads(Path(found.files["trees", "trees.json"].path).read_bytes()) == [
        {"species": "oak", "height": None}, {"species": None, "height": 5}]


# In a finished site


def a_site(changed: Files, site: str, **workshop: object) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files of a site, and what was said while it was built."""
    files = with_files(a_city(), {"site.yaml": SITE + site, **changed})
    sink = MemorySink()
    work = Workshop(tree=MemoryTree(files), sink=sink, **workshop)  # type: ignore[arg-type]
    result = build_site(loaded(files), a_build(), work)
    return dict(sink.site), result.problems


def test_exports_are_published_beside_their_source() -> None:
    files, _ = a_site({}, "exports: [json, zip]\n")

    assert {"data/trees/trees.csv", "data/trees/trees.json", "data/trees/trees.zip"} <= files.keys()
    assert files["data/trees/trees.csv"] == a_city()["datasets/trees/trees.csv"].encode()  # type: ignore[union-attr]


def test_exports_of_a_renamed_dataset_answer_at_its_old_address_too() -> None:
    files, _ = a_site({"datasets/trees/dataset.yaml": TREES + "formerly: [bushes]\n"}, "exports: [json, zip]\n")

    assert files["data/bushes/trees.json"] == files["data/trees/trees.json"]
    assert files["data/bushes/trees.zip"] == files["data/trees/trees.zip"]


def test_a_former_name_of_a_source_and_an_export_do_not_collide_in_a_site() -> None:
    record = listing("path: oaks.csv, formerly: [trees.csv]", "path: trees.xlsx, exports: [csv]")
    files, problems = a_site({"datasets/trees/dataset.yaml": record, "datasets/trees/trees.csv": None,
                              "datasets/trees/oaks.csv": "species\nelm\n", "datasets/trees/trees.xlsx": BOOK}, "")

    assert [problem.code for problem in problems if problem.severity == "error"] == []
    assert files["data/trees/trees.csv"] == files["data/trees/oaks.csv"] == b"species\nelm\n"
    assert rows(files["data/trees/trees-from-xlsx.csv"])[0] == ("species", "height")


def test_who_asks_for_formats_of_what_is_no_table_is_told() -> None:
    found = offered({"dataset.yaml": listing("path: trees.csv", "path: map.pdf, exports: [csv]"), "map.pdf": b"%PDF-1.7"})

    assert told(found) == [("export-unfit", "map.pdf is not offered in further formats, because it is not read as a table")]
    assert told(offered({"dataset.yaml": listing("path: map.pdf"), "map.pdf": b"%PDF-1.7"}, ALL)) == []


# Formats that are offered no more


def a_second(site: str, changed: Files | None = None, first: str = "exports: [json, zip]\n") -> tuple[set[str], list[str]]:
    """What a city publishes no more after a second build, and what is said about it."""
    before, after = MemorySink(), MemorySink()
    for sink, line, more in ((before, first, {}), (after, site, changed or {})):
        files = with_files(a_city(), {"site.yaml": SITE + line, **more})
        work = Workshop(tree=MemoryTree(files), sink=sink, previous=before.manifest)
        problems = build_site(loaded(files), a_build(), work).problems
    return before.site.keys() - after.site.keys(), [each.code for each in problems if each.code != "assets-unbundled"]


def test_a_city_may_stop_to_offer_a_format_and_is_told_what_breaks() -> None:
    assert a_second("exports: [json]\n") == ({"data/trees/trees.zip"}, ["export-withdrawn"])
    assert a_second("") == ({"data/trees/trees.zip", "data/trees/trees.json"}, ["export-withdrawn"] * 2)


def test_a_format_that_is_offered_still_is_not_told_of() -> None:
    assert a_second("exports: [json, zip]\n") == (set(), [])


def test_a_source_may_not_go_although_it_bears_the_name_of_an_export() -> None:
    record = TREES.replace("  - path: trees.csv\n", "  - path: trees.csv\n  - path: trees.json\n")
    files = {"datasets/trees/dataset.yaml": record, "datasets/trees/trees.json": '[{"species":"oak","height":1}]'}
    before = MemorySink()
    tree = MemoryTree(with_files(a_city(), files))
    build_site(loaded(tree.files), a_build(), Workshop(tree=tree, sink=before))
    work = Workshop(tree=MemoryTree(a_city()), sink=MemorySink(), previous=before.manifest)

    assert "address-dropped" in [each.code for each in build_site(loaded(a_city()), a_build(), work).problems]


def test_a_format_that_cannot_hold_the_rows_any_more_does_not_stop_the_build() -> None:
    long = {"datasets/trees/trees.csv": f"species,height\n{'x' * 33_000},5\n"}
    gone, said = a_second("exports: [xlsx]\n", long, "exports: [xlsx]\n")

    assert (gone, sorted(said)) == ({"data/trees/trees.xlsx"}, ["export-unfit", "export-withdrawn"])


def test_what_is_kept_gives_the_same_site(tmp_path: Path) -> None:
    cold, _ = a_site({}, ALL, cache=Cache(tmp_path))
    warm, _ = a_site({}, ALL, cache=Cache(tmp_path))

    assert cold == warm == a_site({}, ALL)[0]


def test_exports_that_were_spoiled_in_the_cache_are_made_anew(tmp_path: Path) -> None:
    cold, _ = a_site({}, ALL, cache=Cache(tmp_path))
    for path in list(tmp_path.glob("??/*")):
        body = path.read_bytes()
        path.unlink()
        path.write_bytes(body[:-1] + bytes([body[-1] ^ 1]))

    assert a_site({}, ALL, cache=Cache(tmp_path))[0] == cold
