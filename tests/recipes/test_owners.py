"""Who is asked about a change of which file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cities import SITE, a_measured_city
from cityfolio.cli import main
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.recipes.owners import owners_text

OWNED = {"publishers__parks.yaml": 'title: Parks\nowners: ["@city/parks", trees@example.gov]\n'}


def lines(folder: str = "catalog", **files: str) -> list[str]:
    return owners_text(load(MemoryTree(a_measured_city(**files))), folder).splitlines()[1:]


def test_each_record_of_a_publisher_is_that_of_its_owners() -> None:
    found = lines(**OWNED)

    assert "/catalog/datasets/trees/ @city/parks trees@example.gov" in found
    assert "/catalog/publishers/parks.yaml @city/parks trees@example.gov" in found


def test_a_publisher_without_owners_has_those_of_its_parent() -> None:
    found = lines(**OWNED, **{"publishers__foresters.yaml": "title: Foresters\nparent: parks\n"})

    assert "/catalog/publishers/foresters.yaml @city/parks trees@example.gov" in found


def test_publishers_that_are_part_of_each_other_end_nowhere() -> None:
    assert lines(**{"publishers__parks.yaml": "title: Parks\nparent: trees\n",
                    "publishers__trees.yaml": "title: Trees\nparent: parks\n"}) == []


@pytest.mark.parametrize(("folder", "path"), [(".", "/datasets/trees/"), ("our data", "/our\\ data/datasets/trees/"),
                                              ("a/b", "/a/b/datasets/trees/")])
def test_paths_begin_at_the_root_of_the_repository(folder: str, path: str) -> None:
    assert f"{path} @city/parks trees@example.gov" in lines(folder, **OWNED)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, body in a_measured_city(**OWNED).items():
        (tmp_path / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "catalog" / path).write_bytes(body if isinstance(body, bytes) else body.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_file_is_written_and_then_as_it_should_be(here: Path) -> None:
    before = CliRunner().invoke(main, ["owners", "--check"])
    CliRunner().invoke(main, ["owners"])
    after = CliRunner().invoke(main, ["owners", "--check"])

    assert (before.exit_code, after.exit_code) == (1, 0)
    assert "/catalog/datasets/trees/ @city/parks" in (here / "CODEOWNERS").read_text()


def test_of_a_catalog_that_cannot_be_read_nothing_is_written(here: Path) -> None:
    (here / "catalog/publishers/parks.yaml").write_text("title: [")

    result = CliRunner().invoke(main, ["owners"])

    assert (result.exit_code, (here / "CODEOWNERS").exists()) == (1, False)


def test_a_name_that_no_code_host_knows_is_written_nowhere() -> None:
    found = lines(**{"publishers__parks.yaml": 'title: Parks\nowners: ["@city/parks\\n* @evil", "x y", "@city/trees"]\n'})

    assert found
    assert {line.split(" ", 1)[1] for line in found} == {"@city/trees"}


def test_what_all_share_is_that_of_the_owners_of_the_site_and_stands_before_all_others() -> None:
    found = lines(**OWNED, **{"site.yaml": SITE + 'owners: ["@city/data"]\n'})

    assert found[:2] == ["/catalog/ @city/data", "/.github/ @city/data"]
    assert found.index("/catalog/datasets/trees/ @city/parks trees@example.gov") > found.index("/CODEOWNERS @city/data")


@pytest.mark.parametrize("folder", [".github", ".gitlab", "docs"])
def test_paths_begin_at_the_root_wherever_the_file_lies(here: Path, folder: str) -> None:
    CliRunner().invoke(main, ["owners", "--output", f"{folder}/CODEOWNERS"])

    assert "\n/catalog/datasets/trees/ " in (here / folder / "CODEOWNERS").read_text()
