"""`cityfolio harvest` changes the catalog as a person would, and says what it did."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from cities import SITE, a_city, with_files
from cityfolio.cli import main
from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from cityfolio.migrate.formats import FORMATS, ONCE
from cityfolio.migrate.yaml.edit import values_of
from cityfolio.model.records import SOURCE_FORMATS
from migrate.portals import Said, in_json, portal

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


def test_a_catalog_that_is_not_there_is_a_problem(tmp_path):
    result = run(tmp_path)

    assert (result.exit_code, "[catalog-missing]" in result.output) == (1, True)


def test_a_record_that_was_broken_there_is_named_and_retires_nothing(folder):
    (folder / "matthews/_datasets/paths.md").write_text("---\ntitle: Paths\n---\n")
    (folder / "matthews/_datasets/lanes.md").write_text("---\ntitle: Lanes\n---\n")
    run(folder)
    (folder / "matthews/_datasets/bikes.md").write_text("No front matter.\n")
    (folder / "matthews/_datasets/lanes.md").unlink()

    result = run(folder)

    assert "bikes: not among what could be read of the source" in result.output
    assert "lanes: no longer listed by the source, and retired here" in result.output
    assert '_datasets/bikes.md ("bikes")' in result.output


def test_a_run_that_broke_off_is_gone_on_from_and_leaves_no_answers(folder):
    later = Said(status=503, headers={"Retry-After": "100000"})
    answers = {"/api/3/action/status_show": in_json({"success": True, "result": {}})}
    bikes = {"name": "bikes", "title": "Bikes", "resources": []}
    listed = in_json({"success": True, "result": {"count": 1, "results": [bikes]}})
    with portal(lambda asked: answers.get(asked, later)) as served:
        named = f"sources:\n  town: {{title: Town, format: ckan, url: {served.root}}}\n"
        (folder / "catalog/site.yaml").write_text(SITE + named)
        first = run(folder)
        served.pages = lambda asked: answers.get(asked, listed)
        second = run(folder)

    assert (first.exit_code, "what has come is kept" in first.output) == (1, True)
    assert (second.exit_code, "town: goes on from 1 answer of the run" in second.output) == (0, True)
    assert "Nothing is taken for gone this time." in second.output
    assert (folder / "catalog/datasets/bikes/dataset.yaml").is_file()
    assert not (folder / "catalog/.harvest").exists()


def test_a_source_with_another_id_leaves_nothing_under_the_former_one(folder):
    run(folder)
    (folder / "catalog/site.yaml").write_text(SITE + SOURCE.replace("  matthews:", "  town:"))

    result = run(folder)

    assert result.exit_code == 0
    assert [each.name for each in (folder / "catalog/sources").iterdir()] == ["town"]
    assert values_of((folder / "catalog/datasets/bikes/dataset.yaml").read_text())["source"] == {"id": "town"}


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


def test_a_site_can_harvest_every_format_that_brings_datasets_alone():
    assert set(SOURCE_FORMATS) == set(FORMATS) - ONCE
