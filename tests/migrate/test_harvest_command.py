"""`cityfolio harvest` changes the catalog as a person would, and says what it did."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from cities import SITE, a_city, with_files
from cityfolio.cli import main
from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from cityfolio.migrate.formats import FORMATS
from cityfolio.migrate.yaml.edit import values_of
from cityfolio.model.records import SOURCE_FORMATS

SOURCE = "sources:\n  matthews: {title: Town of Matthews, format: jkan, path: ../matthews}\n"
BIKES = "---\ntitle: {title}\norganization: Streets\nresources:\n- name: All\n  url: https://example.org/b.csv\n---\n"


@pytest.fixture
def folder(tmp_path):
    """A city's catalog, and the portal of another town beside it."""
    for path, body in with_files(a_city(), {"site.yaml": SITE + SOURCE}).items():
        (tmp_path / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "catalog" / path).write_text(body)
    (tmp_path / "matthews/_datasets").mkdir(parents=True)
    listed(tmp_path, "Bike racks")
    return tmp_path


def listed(folder, title):
    """What the other town says now."""
    (folder / "matthews/_datasets/bikes.md").write_text(BIKES.replace("{title}", title))


def run(folder, *arguments):
    """Harvest into the folder's catalog."""
    return CliRunner().invoke(main, ["harvest", *arguments, "--catalog", str(folder / "catalog")], catch_exceptions=False)


def test_what_another_portal_lists_becomes_part_of_the_catalog(folder):
    result = run(folder)

    record = values_of((folder / "catalog/datasets/bikes/dataset.yaml").read_text())
    assert (result.exit_code, "bikes: new" in result.output) == (0, True)
    assert record["source"] == {"id": "matthews"}
    assert [each for each in load(FolderTree(folder / "catalog")).problems if each.severity == "error"] == []
    assert "# Harvest of Town of Matthews" in (folder / "catalog/reports/harvest-matthews.md").read_text()


def test_a_second_run_changes_nothing(folder):
    run(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    result = run(folder, "matthews")

    assert "1  Unchanged" in result.output
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_conflict_is_shown_at_its_line_until_it_is_settled(folder):
    run(folder)
    home = folder / "catalog/datasets/bikes/dataset.yaml"
    home.write_text(home.read_text().replace("Bike racks", "Racks"))
    listed(folder, "Bicycle racks")

    shown = run(folder)
    run(folder, "--settle")
    after = run(folder)

    assert "datasets/bikes/dataset.yaml:1:8: warning" in shown.output
    assert "[harvest-conflict]" not in after.output
    assert home.read_text().startswith("title: Racks\n")


def test_a_dry_run_writes_nothing(folder):
    result = run(folder, "--dry-run")

    assert "bikes: new" in result.output
    assert not (folder / "catalog/datasets/bikes").exists()


def test_a_source_that_is_not_there_is_named(folder):
    (folder / "matthews").rename(folder / "elsewhere")

    result = run(folder)

    assert (result.exit_code, "[source-unreadable]" in result.output) == (1, True)


def test_problems_are_printed_for_programs(folder):
    (folder / "matthews").rename(folder / "elsewhere")

    result = CliRunner().invoke(main, ["harvest", "--catalog", str(folder / "catalog"), "--format", "json", "-q"])

    assert [each["code"] for each in json.loads(result.stdout)["problems"]] == ["source-unreadable"]


@pytest.mark.parametrize(("site", "arguments", "says"), [
    (SITE, (), "site.yaml names no sources"),
    (SITE + SOURCE, ("mathews",), 'site.yaml has no source "mathews"; it has matthews.'),
], ids=["none", "another"])
def test_a_source_that_is_not_in_the_settings_is_wrong_usage(folder, site, arguments, says):
    (folder / "catalog/site.yaml").write_text(site)

    result = run(folder, *arguments)

    assert (result.exit_code, says in result.output) == (2, True)


@pytest.mark.parametrize("source", [
    "sources: {../../up: {title: Up, format: jkan, path: ../matthews}}\n",
    "sources: {up: {title: Up, format: jkan, path: ../matthews, prefix: ../up}}\n",
    "sources: {up: {title: Up, format: jkan}}\n",
    "sources: {up: {title: Up, format: jkan, path: ../matthews, url: https://example.org/}}\n",
    "sources: {up: {title: Up, path: ../matthews}}\n",
    "sources: {up: {title: Up, format: jkan, path: ../matthews, publisher: nobody}}\n",
], ids=["an id that climbs", "a prefix that climbs", "no place", "two places", "no format", "no such publisher"])
def test_settings_that_cannot_be_right_stop_it(folder, source):
    (folder / "catalog/site.yaml").write_text(SITE + source)

    result = run(folder)

    assert result.exit_code == 1
    assert not (folder / "catalog/sources").exists()
    assert not (folder / "up").exists()


def test_a_site_can_harvest_every_format_that_can_be_imported():
    assert set(SOURCE_FORMATS) == set(FORMATS)
