"""A catalog folder: which names are read, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from cities import a_city, codes, loaded, problems, with_files
from cityfolio.files import FolderTree, MemoryTree
from cityfolio.load.catalog import load
from cityfolio.load.dictionary import dictionary, filled_in
from cityfolio.model.records import ColumnRecord


def test_a_sound_city_has_no_problem() -> None:
    assert problems(a_city()) == ()


def test_each_record_is_read_into_its_room() -> None:
    city = loaded(a_city())

    assert (list(city.datasets), list(city.publishers), list(city.topics)) == (["trees"], ["parks"], ["nature"])


NAMES = {
    "a file of another kind": ("notes.txt", "file-unexpected"),
    "a folder nobody knows": ("data/x.yaml", "file-unexpected"),
    "the other ending": ("topics/water.yml", "file-unexpected"),
    "a dataset without a folder": ("datasets/bikes.yaml", "file-unexpected"),
    "a name with capitals": ("topics/Water.yaml", "id-invalid"),
    "a name with a space": ("topics/safe water.yaml", "id-invalid"),
    "a name that is too long": (f"topics/{'x' * 101}.yaml", "id-invalid"),
    "a name like another": ("topics/Nature.yaml", "id-collision"),
    "a file no dataset lists": ("datasets/trees/old.csv", "file-unlisted"),
}


@pytest.mark.parametrize(("path", "code"), NAMES.values(), ids=NAMES)
def test_a_name_out_of_place_is_one_problem(path: str, code: str) -> None:
    found = problems(with_files(a_city(), {path: "title: x\n"}))

    assert [(each.code, each.where.path.split("/")[0]) for each in found] == [(code, path.split("/")[0])]


@pytest.mark.parametrize(
    "path", ["README.md", "theme/tokens.css", "scripts/make.py", "reports/import.json", "datasets/trees/README.md"]
)
def test_what_people_and_themes_keep_beside_is_left_alone(path: str) -> None:
    assert problems(with_files(a_city(), {path: "x"})) == ()


def test_a_dataset_folder_without_its_record_is_named() -> None:
    found = problems(with_files(a_city(), {"datasets/bikes/bikes.csv": "a\n1\n"}))

    assert [(each.code, each.where.path) for each in found] == [("file-unexpected", "datasets/bikes")]


def test_a_dataset_cannot_have_the_name_of_a_filter() -> None:
    whole = a_city()
    moved = {path.replace("datasets/trees/", "datasets/format/"): body for path, body in whole.items()}

    assert codes(problems(moved)) == ["id-invalid"]


def test_a_city_without_settings_or_datasets_says_so() -> None:
    assert codes(problems({"topics/nature.yaml": "title: Nature\n"})) == ["catalog-empty", "site-missing"]


def test_a_reference_to_a_file_that_was_refused_is_no_second_fault() -> None:
    found = problems(a_city(publishers__parks__yaml=None, **{"publishers/parks.yaml": "title: 'x\n"}))

    assert codes(found) == ["yaml-syntax"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("name: X\n")
    (tmp_path / "topics").symlink_to("/etc")

    found = load(FolderTree(tmp_path))

    assert [(each.code, each.where.path) for each in found.problems if each.code != "catalog-empty"] == [
        ("file-link", "topics")
    ]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert codes(load(FolderTree(tmp_path / "none")).problems) == ["catalog-missing"]


def test_names_that_start_with_a_dot_are_not_seen(tmp_path: Path) -> None:
    (tmp_path / ".cityfolio").mkdir()
    (tmp_path / ".cityfolio" / "x").write_text("x")

    assert load(FolderTree(tmp_path)).nodes == {}


def test_a_shared_column_fills_in_what_a_column_does_not_say() -> None:
    city = loaded(with_files(a_city(), {"columns/district.yaml": "title: Council district\ntype: integer\nminimum: 1\n"}))

    column = filled_in(city, ColumnRecord(standard="district", title="Where it is"))

    assert (column.title, column.type, column.minimum) == ("Where it is", "integer", "1")


def test_a_shared_column_that_is_sensitive_stays_sensitive() -> None:
    city = loaded(with_files(a_city(), {"columns/phone.yaml": "title: Phone\nsensitive: true\n"}))

    assert filled_in(city, ColumnRecord(standard="phone", sensitive=False)).sensitive


def test_a_file_with_its_own_dictionary_does_not_take_its_datasets() -> None:
    city = loaded(a_city())
    dataset = city.datasets["trees"].record
    own = dataset.files[0].__class__(path="other.csv", columns={"a": ColumnRecord(title="A")})

    assert list(dictionary(city, dataset, own)) == ["a"]
    assert list(dictionary(city, dataset, dataset.files[0])) == ["species", "height"]


def test_names_and_types_of_columns_are_held_once_for_all_datasets():
    record = "title: {0}\ncolumns:\n  when:\n    type: date\n"
    found = load(MemoryTree({f"datasets/{name}/dataset.yaml": record.format(name) for name in ("one", "two")})).datasets
    (one, first), (two, second) = (next(iter(each.record.columns.items())) for each in found.values())

    assert one is two
    assert first.type is second.type
    assert first.values is second.values
