"""A harvest that broke off goes on where it was, and leaves nothing behind when it is through."""

from __future__ import annotations

import json
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from cityfolio.migrate.ckan.importer import import_ckan
from cityfolio.migrate.harvest.kept_answers import drop_others
from cityfolio.migrate.harvest.source import Place, brought
from cityfolio.model.records import SourceRecord
from migrate.portals import Said, asking, in_json, portal

TODAY = date(2026, 6, 30)
COUNT = 250                       # datasets of the portal: three pages


def pages(asked):
    """A CKAN site."""
    address = urlsplit(asked)
    records = [{"id": f"id-{number}", "name": f"set-{number}", "title": f"Set {number}", "resources": []}
               for number in range(COUNT)]
    if address.path.endswith("package_search"):
        start = int(parse_qs(address.query)["start"][0])
        return in_json({"success": True, "result": {"count": COUNT, "results": records[start:start + 100]}})
    if address.path.endswith("status_show"):
        return in_json({"success": True, "result": {"site_title": "Town"}})
    return Said(status=404)


def bring(served, folder, today=TODAY):
    """Read the portal for a catalog, each question asked once."""
    source = SourceRecord(title="Town", format="ckan", url=served.root)
    return brought(source, Place(catalog=folder, id="town", spare=folder / "spare"), today=today,
                   how=lambda _: lambda given, wishes: import_ckan(given, wishes, asking(tries=1)))


def harvested(served, folder, today=TODAY):
    """The same to its end."""
    found = bring(served, folder, today)
    found.end()
    return found


def files(found):
    """The datasets that came."""
    return {path for path in found.imported.files if path.startswith("datasets/")}


@pytest.mark.parametrize("number", range(4))
def test_a_harvest_that_breaks_off_at_any_request_goes_on_from_there(tmp_path, number):
    with portal(pages, dict.fromkeys([number], "cut")) as served:
        first = harvested(served, tmp_path)
        asked = served.asked[:number]
        second = harvested(served, tmp_path)

    assert (files(first), [each.code for each in first.imported.problems]) == (set(), ["source-unreadable"])
    assert len(files(second)) == COUNT
    assert [each for each in served.asked[number + 1:] if each in asked] == []
    assert list(tmp_path.iterdir()) == []


def test_a_harvest_that_breaks_off_at_every_request_comes_through_in_as_many_runs(tmp_path):
    with portal(pages, dict.fromkeys(range(0, 8, 2), "dropped")) as served:
        runs = [harvested(served, tmp_path) for _ in range(5)]

    assert [len(files(each)) for each in runs] == [0, 0, 0, 0, COUNT]
    assert [each.kept.goes_on for each in runs] == [False, False, True, True, True]


def test_a_run_that_goes_on_says_so_and_takes_nothing_for_gone(tmp_path):
    with portal(pages, {2: "cut"}) as served:
        first, second, third = (harvested(served, tmp_path, TODAY + timedelta(days=days)) for days in (0, 1, 1))

    assert (first.says, third.says) == ("", "")
    assert second.says == "goes on from 2 answers of the run that broke off on 2026-06-30"
    assert [each.is_of_one_time for each in (first, second, third)] == [True, False, True]


@pytest.mark.parametrize("days", [2, 400, -1])
def test_answers_that_are_too_old_are_asked_for_anew_and_a_person_is_told(tmp_path, days):
    with portal(pages, {2: "cut"}) as served:
        harvested(served, tmp_path)
        found = harvested(served, tmp_path, TODAY + timedelta(days=days))

    assert found.says == ("asks for everything anew: 2 answers of the run that broke off on 2026-06-30 "
                          "are too old to go on from")
    assert (found.is_of_one_time, len(served.asked)) == (True, 3 + 4)


def test_answers_of_another_address_are_not_taken(tmp_path):
    with portal(pages, {2: "cut"}) as one, portal(pages) as other:
        harvested(one, tmp_path)
        found = harvested(other, tmp_path)

    assert found.says.endswith("are of another address")
    assert len(other.asked) == 4


def test_what_the_portal_refused_is_asked_again(tmp_path):
    refusing = {"/api/3/action/status_show": Said(status=403)}
    with portal(lambda asked: refusing.get(asked) or pages(asked), {2: "cut"}) as served:
        harvested(served, tmp_path)
        refusing.clear()
        found = harvested(served, tmp_path)

    assert served.asked.count("/api/3/action/status_show") == 2
    assert len(files(found)) == COUNT


def test_what_would_fail_again_is_not_kept_for_the_next_run(tmp_path):
    answers = [in_json({"success": False, "error": "Down"})]
    with portal(lambda _: answers[0]) as served:
        found = harvested(served, tmp_path)

    assert [each.code for each in found.imported.problems] == ["source-unreadable"]
    assert list(tmp_path.iterdir()) == []


def test_the_answers_lie_where_no_site_and_no_commit_has_them(tmp_path):
    with portal(pages, {3: "cut"}) as served:
        harvested(served, tmp_path)
    (tmp_path / "site.yaml").write_text("name: Town\n")

    assert (tmp_path / ".harvest/.gitignore").read_text() == "*\n"
    assert json.loads((tmp_path / ".harvest/town/begun.json").read_text()) == {"began": "2026-06-30"}
    assert [node.path for node in FolderTree(tmp_path).nodes()] == ["site.yaml"]
    assert [each.code for each in load(FolderTree(tmp_path)).problems] == ["catalog-empty"]


def test_answers_stay_until_what_they_say_is_written(tmp_path):
    with portal(pages) as served:
        found = bring(served, tmp_path)
        kept = (tmp_path / ".harvest/town/answers").is_dir()
        found.end()

    assert (kept, list(tmp_path.iterdir())) == (True, [])


def test_a_link_in_the_place_of_the_answers_is_removed_and_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/mine.txt").write_text("mine")
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog/.harvest").symlink_to(tmp_path / "elsewhere")
    with portal(pages) as served:
        found = harvested(served, tmp_path / "catalog")

    assert len(files(found)) == COUNT
    assert [each.name for each in (tmp_path / "elsewhere").iterdir()] == ["mine.txt"]


def test_answers_go_aside_where_the_catalog_cannot_be_written_to(tmp_path):
    (tmp_path / ".harvest").write_text("a file, not a folder")
    with portal(pages) as served:
        found = harvested(served, tmp_path)

    assert (len(files(found)), found.kept) == (COUNT, None)


def test_answers_of_a_source_that_the_settings_name_no_longer_are_removed(tmp_path):
    with portal(pages, {3: "cut"}) as served:
        harvested(served, tmp_path)

    drop_others(tmp_path, ["town"])
    before = (tmp_path / ".harvest/town").is_dir()
    drop_others(tmp_path, ["city"])

    assert (before, list(tmp_path.iterdir())) == (True, [])
