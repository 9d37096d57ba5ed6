"""Rules between data files and dictionaries: columns are described and there, keys lead somewhere, nothing personal slips."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cities import TREES, a_build, a_city, loaded, with_files
from cityfolio.build import Workshop, inspect
from cityfolio.files import MemoryTree
from cityfolio.problems import Problem
from cityfolio.publish.sinks import MemorySink
from tables.readers.making_records import a_collection, a_feature

KINDS = """\
title: Kinds
summary: All.
publisher: parks
keywords: shade
modified: 2026-01-01
frequency: yearly
files: [{path: kinds.csv}]
columns: {name: {title: Name}}
"""
Files = Mapping[str, str | bytes | None]


def found(changed: Files) -> tuple[Problem, ...]:
    """What is wrong with a city of which some files were changed, apart from reviews, which have rules of their own."""
    files = with_files(a_city(), changed)
    told = inspect(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=MemorySink()))[2]
    return tuple(each for each in told if each.code != "review-absent")


def trees(record: str, csv: str | None = None, **more: str) -> tuple[Problem, ...]:
    """What is wrong with a city of which the trees were changed."""
    rows = {"datasets/trees/trees.csv": csv} if csv is not None else {}
    return found({"datasets/trees/dataset.yaml": record, **rows, **more})


def with_kinds(key: str, kinds: str | None = "name\noak\nmaple\nelm\n") -> tuple[Problem, ...]:
    """What is wrong with a city whose trees refer to kinds of trees."""
    return found({"datasets/trees/dataset.yaml": TREES.replace("{title: What kind of tree it is}",
                                                               f"{{title: Kind, foreign_key: {key}}}"),
                  "datasets/kinds/dataset.yaml": KINDS, "datasets/kinds/kinds.csv": kinds})


def shown(problems: tuple[Problem, ...]) -> list[tuple[str, str, int | None, int | None]]:
    """What each problem is and where."""
    return [(each.code, each.where.path, each.where.line, each.where.column) for each in problems]


def test_a_primary_key_of_columns_that_are_there_is_sound() -> None:
    assert trees(TREES.replace("- path: trees.csv", "- {path: trees.csv, primary_key: [species, height]}"),
                 "species,height\noak,1\noak,2\n") == ()


def test_a_primary_key_of_a_column_that_is_not_there_is_told_at_its_place() -> None:
    (problem,) = trees(TREES.replace("- path: trees.csv", "- {path: trees.csv, primary_key: [species, heigth]}"))

    assert shown((problem,)) == [("primary-key-unknown", "datasets/trees/dataset.yaml", 9, 46)]
    assert (problem.says, problem.fix) == ("the file has no column `heigth`", 'Did you mean "height"? Known: height, species.')


def test_a_primary_key_may_be_of_a_sensitive_column() -> None:
    record = TREES.replace("- path: trees.csv", "- {path: trees.csv, primary_key: [species]}")

    assert trees(record.replace("What kind of tree it is", "Kind, sensitive: true")) == ()


def test_the_primary_key_of_a_file_that_cannot_be_read_is_not_looked_at() -> None:
    record = TREES.replace("- path: trees.csv", "- {path: trees.csv, primary_key: [number]}")

    assert [each.code for each in trees(record, "species,height\noak\n")] == ["csv-ragged"]


def test_a_foreign_key_to_a_column_that_is_there_is_sound() -> None:
    assert with_kinds("{dataset: kinds, column: name}") == ()


def test_a_foreign_key_to_a_column_that_is_not_there_is_told_at_its_place() -> None:
    (problem,) = with_kinds("{dataset: kinds, column: nam}")

    assert shown((problem,)) == [("foreign-key-unknown", "datasets/trees/dataset.yaml", 11, 64)]
    assert problem.says == "no file of the dataset kinds that can be read has a column `nam`"
    assert problem.fix == 'Did you mean "name"? Known: name.'


def test_a_foreign_key_to_a_dataset_that_does_not_exist_is_told_once() -> None:
    (problem,) = with_kinds("{dataset: kind, column: name}")

    assert shown((problem,)) == [("dataset-unknown", "datasets/trees/dataset.yaml", 11, 49)]
    assert 'Did you mean "kinds"?' in problem.fix


@pytest.mark.parametrize("key", ["{dataset: kinds}", "{column: name}"], ids=["no column", "no dataset"])
def test_a_foreign_key_that_lacks_a_part_is_told_once(key: str) -> None:
    assert [each.code for each in with_kinds(key)] == ["key-missing"]


def test_a_foreign_key_to_a_file_that_cannot_be_read_waits_until_it_can() -> None:
    assert [each.code for each in with_kinds("{dataset: kinds, column: nam}", "name,code\noak\n")] == ["csv-ragged"]


def test_a_foreign_key_to_a_dataset_without_tables_leads_nowhere() -> None:
    assert "foreign-key-unknown" in [each.code for each in with_kinds("{dataset: kinds, column: name}", None)]


def test_a_foreign_key_may_lead_to_a_sensitive_column() -> None:
    problems = found({
        "datasets/trees/dataset.yaml": TREES.replace("{title: What kind of tree it is}",
                                                     "{title: Kind, foreign_key: {dataset: kinds, column: name}}"),
        "datasets/kinds/dataset.yaml": KINDS.replace("{title: Name}", "{title: Name, sensitive: true}, code: {title: Code}"),
        "datasets/kinds/kinds.csv": "name,code\noak,1\nmaple,2\nelm,3\n"})

    assert problems == ()


def test_a_column_that_the_dictionary_does_not_describe_is_told_with_what_may_be_meant() -> None:
    (problem,) = trees(TREES, "species,height,hight\noak,1,2\n")

    assert shown((problem,)) == [("column-undescribed", "datasets/trees/trees.csv", 1, 16)]
    assert 'Did you mean "height"?' in problem.fix


def test_a_column_that_no_file_has_is_told_with_what_may_be_meant() -> None:
    absent, undescribed = trees(TREES, "species,hight\noak,1\n")

    assert (absent.code, undescribed.code) == ("column-absent", "column-undescribed")
    assert 'Did you mean "hight"?' in absent.fix


OWNED = TREES + "  owner: {title: Owner, sensitive: true}\n"


def test_beside_personal_data_every_column_has_to_be_described() -> None:
    problems = trees(OWNED, "species,height,owner,note\noak,1,Jane,x\n")

    assert [each.code for each in problems] == ["column-undescribed", "sensitive-unprotected"]
    assert problems[1].says.startswith("the column `note` is not in the dictionary")


@pytest.mark.parametrize("csv", ["oak,1.5,Jane Doe\nelm,2.5,John Roe\n", "oak,tall,Jane Doe\nelm,low,John Roe\n"],
                         ids=["looks like data", "words alone"])
def test_where_personal_data_stands_in_place_of_names_no_message_shows_it(csv: str) -> None:
    problems = trees(OWNED, csv)

    assert "sensitive-unprotected" in [each.code for each in problems]
    assert [each for each in problems if "Jane" in f"{each.says} {each.fix} {each.where.excerpt}"] == []


def test_what_stands_in_place_of_names_is_shown_where_nothing_is_personal() -> None:
    assert any("oak" in each.says for each in trees(TREES, "oak,tall\nelm,low\n"))


def test_personal_data_in_a_guessed_encoding_is_refused() -> None:
    problems = found({"datasets/trees/dataset.yaml": OWNED,
                      "datasets/trees/trees.csv": "species,height,owner\npiñon,1,Jane\n".encode("cp1252")})

    assert [each.code for each in problems] == ["sensitive-unprotected", "csv-encoding-guessed"]


def test_files_that_share_a_dictionary_may_each_have_a_part_of_it() -> None:
    record = TREES.replace("files:\n", "files:\n  - path: kinds.csv\n")

    assert trees(record, "species,height\noak,1\n", **{"datasets/trees/kinds.csv": "species\noak\n"}) == ()


def test_a_file_with_a_dictionary_of_its_own_has_to_have_all_of_it() -> None:
    own = "{species: {title: A}, height: {title: B}, age: {title: C}}"
    record = TREES.replace("- path: trees.csv", f"- {{path: trees.csv, columns: {own}}}")
    problems = trees(record)

    assert ("column-absent", "no file has a column `age`") in [(each.code, each.says) for each in problems]


def test_where_a_file_cannot_be_read_no_column_is_said_to_be_absent() -> None:
    record = TREES.replace("files:\n", "files:\n  - path: kinds.csv\n") + "  age: {title: Age}\n"

    assert [each.code for each in trees(record, **{"datasets/trees/kinds.csv": "age,x\n1\n"})] == ["csv-ragged"]


def test_that_a_map_has_shapes_goes_without_saying() -> None:
    place = a_collection(a_feature({"type": "Point", "coordinates": [1, 2]}, species="oak", height=1))

    assert found({"datasets/trees/dataset.yaml": TREES.replace("trees.csv", "trees.geojson"), "datasets/trees/trees.csv": None,
                  "datasets/trees/trees.geojson": place}) == ()
