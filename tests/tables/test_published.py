"""What becomes of each local file: its name, its profile, and the bytes that may be published."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cities import TREES, a_bench, a_city, loaded, with_files
from cityfolio.files import MemoryTree, sha256
from cityfolio.model.site import CopyOf, Made
from cityfolio.tables.published import Published, Tables, columns_of, local_files, read_tables
from tables.readers.making_sheets import a_sheet, a_zip, inline, parts

SENSITIVE = TREES + "  owner: {title: Owner, sensitive: true}\n"
OWNED = "species,height,owner\noak,12.5,Jane\n"
Files = Mapping[str, str | bytes | None]


def tables(changed: Files) -> Tables:
    """What is learned from the files of a city."""
    files = with_files(a_city(), {f"datasets/trees/{path}": body for path, body in changed.items()})
    return read_tables(loaded(files), a_bench(MemoryTree(files)))


def listing(*entries: str, dictionary: str = "  species: {title: Kind}\n") -> str:
    """A dataset with these files."""
    return TREES.partition("files:")[0] + "files:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries) + (
        f"columns:\n{dictionary}" if dictionary else "")


def names(found: Tables) -> dict[int, str]:
    """The name of each published file of the dataset, by its place."""
    return {place: each.name for (_, place), each in found.published.items()}


def body_of(found: Published) -> bytes:
    """The bytes of a copy that was made."""
    assert isinstance(found.body, Made)
    with open(found.body.path, "rb") as stream:
        return stream.read()


def test_a_file_without_personal_data_is_published_as_it_is() -> None:
    found = tables({}).published["trees", 0]
    csv = a_city()["datasets/trees/trees.csv"]

    assert isinstance(csv, str)
    assert found.body == CopyOf(path="datasets/trees/trees.csv", bytes=len(csv), sha256=sha256(csv.encode()))
    assert (found.name, found.size_bytes, found.sha256) == ("trees.csv", len(csv), sha256(csv.encode()))


def test_a_file_with_personal_data_is_published_without_it() -> None:
    found = tables({"dataset.yaml": SENSITIVE, "trees.csv": OWNED}).published["trees", 0]

    assert body_of(found) == b"species,height\r\noak,12.5\r\n"
    assert found.name == "trees.csv"


def test_a_file_with_personal_data_that_cannot_be_read_is_not_published() -> None:
    found = tables({"dataset.yaml": SENSITIVE, "trees.csv": OWNED + "elm\n"})

    assert found.published == {}
    assert [problem.code for problem in found.problems] == ["csv-ragged"]


def test_a_file_that_is_no_table_is_published_as_it_is() -> None:
    found = tables({"dataset.yaml": listing("path: trees.csv", "path: about.pdf"), "about.pdf": b"%PDF-1.7"})

    assert isinstance(found.published["trees", 1].body, CopyOf)
    assert list(found.jobs) == [("trees", 0)]


def test_a_table_that_is_not_to_be_looked_into_is_published_as_it_is() -> None:
    found = tables({"dataset.yaml": listing("path: trees.csv, look_inside: false")})

    assert (found.jobs, list(found.published)) == ({}, [("trees", 0)])


def test_files_of_datasets_that_are_not_published_are_not_looked_at() -> None:
    found = tables({"dataset.yaml": f"{TREES}status: planned\nreason: Next year.\n"})

    assert (found.published, found.jobs) == ({}, {})


def test_a_file_that_is_not_there_is_not_published() -> None:
    assert tables({"trees.csv": None}).published == {}


def test_a_file_that_cannot_be_read_is_told() -> None:
    found = read_tables(loaded(a_city()), a_bench(Locked(a_city())))

    assert [(problem.code, problem.where.path, problem.says) for problem in found.problems] == [
        ("folder-unreadable", "datasets/trees/trees.csv", "the file could not be read: Permission denied")]
    assert found.published == {}


class Locked(MemoryTree):
    """A tree of which no file may be opened."""

    def open(self, path: str):  # type: ignore[no-untyped-def]  # it never returns
        """Refuse."""
        raise PermissionError(13, "Permission denied")


def test_a_name_that_two_files_of_folders_would_have_goes_to_the_first() -> None:
    found = tables({"dataset.yaml": listing("path: a/b.csv", "path: a-b.csv"), "trees.csv": None,
                    "a/b.csv": "species\noak\n", "a-b.csv": "species\nelm\n"})

    assert names(found) == {0: "a-b.csv", 1: "a-b-2.csv"}


WORKBOOK = a_zip(parts({
    "Trees": a_sheet(f"<row>{inline('A1', 'species')}</row><row>{inline('A2', 'oak')}</row>"),
    "Owners": a_sheet(f"<row>{inline('A1', 'species')}{inline('B1', 'owner')}</row>"
                      f"<row>{inline('A2', 'oak')}{inline('B2', 'Jane')}</row>"),
}))
OWNERS = "  species: {title: Kind}\n  owner: {title: Owner, sensitive: true}\n"


def test_where_one_sheet_holds_personal_data_each_is_published_by_itself() -> None:
    found = tables({"dataset.yaml": listing("path: trees.xlsx, sheet: Trees", "path: trees.xlsx, sheet: Owners",
                                            dictionary=OWNERS), "trees.csv": None, "trees.xlsx": WORKBOOK})

    assert names(found) == {0: "trees-trees.xlsx", 1: "trees-owners.xlsx"}
    assert all(isinstance(each.body, Made) for each in found.published.values())


def test_where_a_sheet_cannot_be_read_no_sheet_with_personal_data_is_published_as_it_is() -> None:
    found = tables({"dataset.yaml": listing("path: trees.xlsx, sheet: Trees", "path: trees.xlsx, sheet: Owner",
                                            dictionary=OWNERS), "trees.csv": None, "trees.xlsx": WORKBOOK})

    assert names(found) == {0: "trees-trees.xlsx"}


def test_sheets_whose_names_differ_by_signs_alone_have_copies_of_their_own() -> None:
    book = a_zip(parts({name: a_sheet(f"<row>{inline('A1', 'species')}{inline('B1', 'owner')}</row>")
                        for name in ("Big trees", "Big-trees")}))
    found = tables({"dataset.yaml": listing("path: t.xlsx, sheet: Big trees", "path: t.xlsx, sheet: Big-trees",
                                            dictionary=OWNERS), "trees.csv": None, "t.xlsx": book})

    assert names(found) == {0: "t-big-trees.xlsx", 1: "t-big-trees-from-xlsx.xlsx"}


def test_a_copy_never_bears_the_name_of_another_file() -> None:
    lines = '{"species":"oak","owner":"Jane"}\n'
    found = tables({"dataset.yaml": listing("path: t.json, format: JSON", "path: t.json.gz, format: JSON Lines",
                                            "path: t.bin, format: JSON", dictionary=OWNERS), "trees.csv": None,
                    "t.json": f"[{lines}]", "t.json.gz": lines, "t.bin": f"[{lines}]", })

    assert names(found) == {0: "t.json", 1: "t.json.gz", 2: "t.bin"}


def test_a_copy_in_another_format_makes_way_for_a_file_of_that_name() -> None:
    place = '{"type":"FeatureCollection","features":[]}'
    placemark = ("<kml><Placemark><ExtendedData><Data name='owner'><value>Jane</value></Data></ExtendedData>"
                 "<Point><coordinates>1,2</coordinates></Point></Placemark></kml>")
    found = tables({"dataset.yaml": listing("path: t.kml", "path: t.geojson, look_inside: false",
                                            dictionary=OWNERS + "  geometry: {title: Place}\n"),
                    "trees.csv": None, "t.kml": placemark, "t.geojson": place})

    assert names(found) == {0: "t-from-kml.geojson", 1: "t.geojson"}


def test_a_copy_that_its_format_cannot_hold_is_refused_and_nothing_is_published() -> None:
    shapes = ("<kml><Placemark><Point><coordinates>1,2</coordinates></Point></Placemark></kml>")
    found = tables({"dataset.yaml": listing("path: t.kml", dictionary="  geometry: {title: Home, sensitive: true}\n"),
                    "trees.csv": None, "t.kml": shapes})

    assert found.published == {}
    assert [problem.code for problem in found.problems] == ["sensitive-unprotected"]
    assert found.problems[0].says.startswith("a copy without the sensitive columns cannot be made: ")


def test_what_is_known_of_columns_counts_the_sensitive_ones() -> None:
    found = tables({"dataset.yaml": SENSITIVE, "trees.csv": OWNED})

    assert columns_of(found.reports["trees", 0]) == ("species", "height", "owner")
    assert columns_of(tables({"trees.csv": ""}).reports["trees", 0]) == ()


def test_local_files_are_files_and_samples_that_are_there() -> None:
    record = listing("url: https://example.gov/x.csv, sample: trees.csv", "url: https://example.gov/y.csv", "path: none.csv")
    files = with_files(a_city(), {"datasets/trees/dataset.yaml": record})

    assert [(key, path) for key, _, path in local_files(loaded(files))] == [(("trees", 0), "datasets/trees/trees.csv")]


def referring(key: str, kinds: str) -> list[str]:
    """What is wrong with a city whose trees refer to kinds of trees."""
    record = "title: Kinds\nsummary: All.\nfiles: [{path: kinds.csv}]\ncolumns: {name: {title: Name}}\n"
    trees = TREES.replace("{title: What kind of tree it is}", f"{{title: Kind, foreign_key: {key}}}")
    files = with_files(a_city(), {"datasets/trees/dataset.yaml": trees, "datasets/kinds/dataset.yaml": record,
                                  "datasets/kinds/kinds.csv": kinds})
    return [problem.code for problem in read_tables(loaded(files), a_bench(MemoryTree(files))).problems]


@pytest.mark.parametrize(("key", "kinds", "codes"), [
    ("{dataset: kinds, column: name}", "name\noak\nmaple\nelm\n", []),
    ("{dataset: kinds, column: name}", "name\noak\n", ["cell-foreign-key"]),
    ("{dataset: trees, column: species}", "name\noak\n", []),
    ("{dataset: kinds, column: code}", "name\noak\n", []),
    ("{dataset: kinds}", "name\noak\n", []),
    ("{dataset: kinds, column: name}", "name,code\noak\n", ["csv-ragged"]),
], ids=["sound", "a value is lacking", "its own dataset", "no such column", "no column", "a file that cannot be read"])
def test_a_key_is_held_against_the_rows_where_both_can_be_read(key: str, kinds: str, codes: list[str]) -> None:
    assert referring(key, kinds) == codes
