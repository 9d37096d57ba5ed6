"""CKAN comes over whole, in each of its dialects, from its API and from files."""

from __future__ import annotations

import json
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from cityfolio.files import FolderTree, MemoryTree
from cityfolio.load.catalog import load
from cityfolio.migrate.ckan import listing as ckan_list
from cityfolio.migrate.ckan.importer import import_ckan
from cityfolio.migrate.ckan.listing import root_of
from cityfolio.migrate.source import Source, Wishes
from cityfolio.problems import stops
from migrate.portals import BUSY_SECONDS, TROUBLES, Said, in_json
from migrate.troubled import EVERY_OTHER, run, stopped_at

TREES = "species,height\noak,12.5\nelm,9\n"


def a_package(name="trees", **more):
    return {"id": f"id-{name}", "name": name, "title": name.title(), "notes": "Every tree.", "resources": [], **more}


def imported(*packages, **wishes):
    tree = MemoryTree({"answer.json": json.dumps({"success": True, "result": {"count": len(packages), "results": packages}})})
    return import_ckan(Source(tree=tree), Wishes(**wishes))


def record(found, name="trees"):
    return yaml.load(found.files[f"datasets/{name}/dataset.yaml"], yaml.CBaseLoader)


def record_of(**more):
    return record(imported(a_package(**more)))


def totals(found):
    return {total.what: (total.found, total.written) for total in found.report.totals}


def test_a_package_becomes_a_dataset():
    assert record_of(tags=[{"name": "oak"}], license_id="cc-by-4.0", url="https://example.gov/trees") == {
        "title": "Trees", "description": "Every tree.", "keywords": ["oak"], "license": "cc-by-4.0",
        "landing_page": "https://example.gov/trees", "formerly": ["/dataset/trees", "/dataset/id-trees"],
        "identifier": "id-trees"}


@pytest.mark.parametrize("extras", [{"dcat_issued": "2024-05-01"}, [{"key": "issued", "value": "2024-05-01"}],
                                    [{"key": "dcat_issued", "value": '["2024-05-01"]'}]], ids=["group", "list", "JSON in text"])
def test_extras_count_as_keys_in_every_form(extras):
    assert record_of(extras=extras)["issued"] == "2024-05-01"


def test_an_extra_that_is_given_twice_keeps_both_values():
    found = record_of(extras=[{"key": "Surveyor", "value": "Ann"}, {"key": "Surveyor", "value": "Bo"}])

    assert found["notes"] == {"Surveyor": "Ann, Bo"}


def test_an_answer_that_says_that_it_failed_is_a_problem():
    tree = MemoryTree({"answer.json": json.dumps({"success": False, "error": {"message": "Not authorized"}})})

    found = import_ckan(Source(tree=tree), Wishes())

    assert [(each.code, "Not authorized" in each.says) for each in found.problems] == [("source-unreadable", True)]
    assert found.files == {}


def test_what_is_said_in_several_languages_is_taken_in_the_site_s_own_and_kept_in_the_others():
    found = record_of(title_translated={"es": "Árboles", "en": "All trees"}, notes={"en": "Each one.", "es": "Cada uno."},
                      tags_translated={"en": ["oak"], "es": ["roble"]})

    assert (found["title"], found["description"], found["keywords"]) == ("All trees", "Each one.", ["oak"])
    assert found["notes"] == {"Title (es)": "Árboles", "Notes (es)": "Cada uno.", "Tags (es)": "roble"}


def test_texts_by_language_can_be_json_in_a_text():
    assert record_of(title='{"fr": "Arbres", "en": "All trees"}')["title"] == "All trees"


def test_an_organization_is_the_publisher_and_its_page_forwards():
    found = imported(a_package(organization={"name": "parks", "title": "Parks Department", "description": "Parks."}))

    assert record(found)["publisher"] == "parks"
    assert yaml.load(found.files["publishers/parks.yaml"], yaml.CBaseLoader) == {
        "title": "Parks Department", "description": "Parks.", "formerly": ["/organization/parks"]}


def test_an_author_is_a_note_where_it_is_somebody_else_than_the_organization():
    parks = {"name": "parks", "title": "Parks Department"}

    assert "notes" not in record_of(organization=parks, author="PARKS department")
    assert record_of(organization=parks, author="Ann Lee")["notes"] == {"Author": "Ann Lee"}


def test_groups_are_topics_and_their_pages_forward():
    found = imported(a_package(groups=[{"name": "green", "title": "Green city"}, "water"]))

    assert record(found)["topics"] == ["green", "water"]
    assert "/group/green" in found.files["topics/green.yaml"]


def test_the_oldest_packages_have_one_address():
    assert record_of(resources=None, download_url="https://example.gov/trees.csv")["files"] == [
        {"url": "https://example.gov/trees.csv"}]


def test_answers_of_the_search_index_list_resources_side_by_side():
    found = record_of(resources=None, res_url=["https://example.gov/a.csv", "https://example.gov/b"],
                      res_name=["A", "B"], res_format=["CSV", "PDF"])

    assert found["files"] == [{"url": "https://example.gov/a.csv", "title": "A", "format": "CSV"},
                              {"url": "https://example.gov/b", "title": "B", "format": "PDF"}]


def test_a_private_package_is_planned():
    assert record_of(private=True)["status"] == "planned"


@pytest.mark.parametrize("more", [{"state": "deleted"}, {"type": "harvest"}, {"type": "showcase"}])
def test_what_is_no_dataset_is_named_in_the_report(more):
    found = imported(a_package(), a_package("other", **more))

    assert totals(found)["datasets"] == (2, 1)


def test_records_of_another_format_are_pointed_to_their_importer():
    tree = MemoryTree({"data.json": json.dumps({"dataset": [{"title": "A", "identifier": "a"}]}),
                       "one.json": json.dumps({"title": "B", "distribution": []}), "trees.json": json.dumps(a_package())})

    found = import_ckan(Source(tree=tree), Wishes())

    assert totals(found)["datasets"] == (3, 1)
    assert "import data-json" in found.files["reports/import-ckan.md"]


@pytest.mark.parametrize("package", [
    {"notes": None, "resources": None}, {"tags": "oak, elm", "resources": "x"}, {"resources": [None, 3, [], {}]},
    {"extras": ["x", None, {"key": None}], "notes": ["a"]}, {"organization": "parks", "tags": [None, {}]},
    {"name": "../../etc/passwd", "notes": "x"}, {"url": "javascript:alert(1)", "notes": "<script>alert(1)</script>"},
], ids=str)
def test_what_is_strange_comes_over_all_the_same(package):
    found = imported({"title": "Odd", **package})

    assert totals(found)["datasets"] == (1, 1)
    assert not [path for path in found.files if ".." in path]
    assert "<script" not in "".join(text for path, text in found.files.items() if path.endswith(".yaml"))
    assert not stops(load(MemoryTree(found.files)).problems, strict=False)


@pytest.mark.parametrize(("address", "root"), [
    ("https://a.example/", "https://a.example"), ("https://a.example/data/dataset/trees?x=1", "https://a.example/data"),
    ("https://a.example/data/api/3/action/package_search?q=x", "https://a.example/data"),
    ("https://dataset.example/", "https://dataset.example"), ("https://groups.example/group/parks", "https://groups.example"),
    ("https://a.example/datasets-of-ours/dataset", "https://a.example/datasets-of-ours"),
])
def test_any_address_of_a_site_leads_to_its_api(address, root):
    assert root_of(address) == root


# From the API.

COUNT = 5


def packages():
    found = [a_package(f"set-{number}", tags=[{"name": "oak"}], resources=[
        {"id": f"r{number}", "url": "https://elsewhere.example/x.pdf", "format": "PDF"}]) for number in range(COUNT)]
    found[0]["resources"] = [{"id": "table", "url": "http://portal/files/trees.csv", "format": "CSV", "datastore_active": True}]
    return found


def site(path):
    parts = urlsplit(path)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    action = parts.path.rpartition("/")[2]
    if action == "package_search":
        start = int(asked["start"])
        return answer({"count": COUNT, "results": packages()[start: start + int(asked["rows"])]})
    if action == "status_show":
        return answer({"site_title": "Open Trees", "site_description": "Trees for all.", "locale_default": "en"})
    if action == "datastore_search":
        return answer({"fields": [{"id": "_id", "type": "int"}, {"id": "species", "type": "text", "info": {"label": "Species"}},
                                  {"id": "height", "type": "numeric", "info": {"notes": "In meters.", "unit": "m"}}]})
    return Said(body=TREES.encode()) if parts.path == "/files/trees.csv" else Said(status=404)


def answer(result):
    return in_json({"success": True, "result": result})


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    monkeypatch.setattr(ckan_list, "ROWS", 2)


@pytest.fixture
def undisturbed(tmp_path):
    return run(import_ckan, site, tmp_path / "undisturbed")


@pytest.fixture
def without_rows(tmp_path):
    return run(import_ckan, site, tmp_path / "without-rows", with_data=False)


def test_a_site_comes_over_from_its_api(without_rows):
    assert totals(without_rows.imported)["datasets"] == (COUNT, COUNT)
    assert totals(without_rows.imported)["columns"] == (2, 2)
    assert yaml.load(without_rows.files["site.yaml"], yaml.CBaseLoader)["name"] == "Open Trees"
    assert record(without_rows.imported, "set-0")["columns"] == {
        "species": {"title": "Species", "type": "string"},
        "height": {"description": "In meters.", "type": "number", "unit": "m"}}


def test_rows_come_along_where_they_are_wished(undisturbed, tmp_path):
    [path] = undisturbed.imported.copies.values()

    assert (tmp_path / "undisturbed" / path).read_text() == TREES
    assert record(undisturbed.imported, "set-0")["files"] == [
        {"path": "trees.csv", "description": f"Copied from {undisturbed.root}/files/trees.csv", "format": "CSV"}]


def test_rows_that_are_too_many_come_as_a_sample(tmp_path):
    found = run(import_ckan, site, tmp_path, most_rows_bytes=10).imported

    [path] = found.copies.values()
    assert (tmp_path / path).read_text() == TREES
    assert [*record(found, "set-0")["files"][0]] == ["url", "sample", "format"]


def test_rows_that_are_a_web_page_do_not_come_along(tmp_path):
    found = run(import_ckan, lambda path: Said(body=b"<html>") if path.endswith(".csv") else site(path), tmp_path).imported

    assert not found.copies
    assert "could not be brought along" in found.files["reports/import-ckan.md"]


def test_the_api_is_asked_page_by_page_in_the_order_of_ids(undisturbed):
    assert [path for path in undisturbed.asked if "package_search" in path] == [
        f"/api/3/action/package_search?rows=2&start={start}&sort=id%20asc" for start in (0, 2, 4)]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_whatever_fails_at_every_request_the_outcome_is_the_same(trouble, undisturbed, tmp_path):
    troubled = run(import_ckan, site, tmp_path / trouble, dict.fromkeys(EVERY_OTHER, trouble))

    assert troubled.files == undisturbed.files
    assert troubled.asked == [path for path in undisturbed.asked for _ in range(2)]


def test_a_site_that_asks_to_wait_is_left_alone_as_long_each_time(undisturbed, tmp_path):
    troubled = run(import_ckan, site, tmp_path / "busy", dict.fromkeys(EVERY_OTHER, "busy"))

    assert Counter(troubled.slept)[BUSY_SECONDS] == len(undisturbed.asked)


@pytest.mark.parametrize("number", range(6))
def test_a_run_that_is_broken_off_goes_on_where_it_was(number, undisturbed, tmp_path):
    broken, resumed = stopped_at(import_ckan, site, tmp_path / "resumed", number)

    assert [problem.code for problem in broken.imported.problems] == ["source-unreadable"]
    assert broken.files == {}
    assert resumed.files == undisturbed.files
    assert broken.asked[:-1] + resumed.asked == undisturbed.asked


def test_recorded_answers_give_the_same_without_the_site(undisturbed, tmp_path):
    folder = tmp_path / "undisturbed"
    replayed = import_ckan(Source(tree=FolderTree(folder), folder=f"{folder}"), Wishes(with_data=True))

    assert [*replayed.files] == [*undisturbed.imported.files]
    assert replayed.files == undisturbed.imported.files


def test_a_site_that_answers_no_searches_is_asked_for_each_package(tmp_path):
    def pages(path):
        parts = urlsplit(path)
        named = {each["name"]: each for each in packages()}
        if parts.path.endswith("package_list"):
            return answer([*named, "gone"])
        if parts.path.endswith("package_show"):
            name = parse_qs(parts.query)["id"][0]
            return answer(named[name]) if name in named else Said(status=404)
        return Said(status=403)

    found = run(import_ckan, pages, tmp_path).imported

    assert totals(found)["datasets"] == (COUNT + 1, COUNT)


def test_a_site_that_answers_every_search_alike_is_asked_for_the_packages_it_left_out(tmp_path):
    def pages(path):
        parts, named = urlsplit(path), {each["name"]: each for each in packages()}
        if parts.path.endswith("package_search"):
            return answer({"count": COUNT, "results": packages()[:2]})
        if parts.path.endswith("package_list"):
            return answer([*named])
        return answer(named[parse_qs(parts.query)["id"][0]]) if "package_show" in path else site(path)

    found = run(import_ckan, pages, tmp_path)

    assert totals(found.imported)["datasets"] == (COUNT, COUNT)
    assert len([path for path in found.asked if "package_search" in path]) == 2
    assert len([path for path in found.asked if "package_show" in path]) == COUNT - 2


def test_a_site_that_shows_no_package_at_all_is_not_asked_for_each(tmp_path, monkeypatch):
    monkeypatch.setattr(ckan_list, "MOST_REFUSED", 1)

    def pages(path):
        return answer([f"set-{number}" for number in range(9)]) if "package_list" in path else Said(status=404)

    found = run(import_ckan, pages, tmp_path)

    assert len([path for path in found.asked if "package_show" in path]) == 2
    assert totals(found.imported)["datasets"] == (9, 0)


def test_packages_that_are_counted_and_not_given_are_named(tmp_path):
    def pages(path):
        return answer({"count": 7, "results": packages()}) if "start=0" in path else answer({"count": 7, "results": []})

    found = run(import_ckan, pages, tmp_path).imported

    assert totals(found)["datasets"] == (7, 5)


# The real ones.

def test_everything_in_the_real_answers_comes_over_or_is_named(inputs):
    records = []
    for path in sorted((inputs / "ckan").glob("*.json")):
        value = json.loads(path.read_text())
        records += value if isinstance(value, list) else value.get("results") or value.get("dataset") or [value]
    kept = [each for each in records if {"notes", "tags", "resources"} & each.keys()]

    found = import_ckan(Source(tree=FolderTree(inputs / "ckan")), Wishes())

    assert totals(found)["datasets"] == (len(records), len(kept))
    assert totals(found)["files"] == (n := sum(len(each.get("resources") or []) for each in kept), n)
    words = [each["tags_translated"]["en"] if "tags_translated" in each else each.get("tags") or [] for each in kept]
    assert totals(found)["keywords"] == (n := sum(map(len, words)), n)
    assert not stops(load(MemoryTree(found.files)).problems, strict=False)


def test_a_place_that_is_named_twice_is_named_once():
    found = record_of(spatial_coverage=[{"text": "Charlotte"}], spatial="charlotte")

    assert (found["spatial"], "notes" in found) == ("Charlotte", False)


def test_an_author_that_is_the_publisher_says_nothing_more_beside_a_maintainer():
    parks = {"name": "parks", "title": "Parks"}

    assert "notes" not in record_of(organization=parks, author="Parks", maintainer="Ann", maintainer_email="a@example.gov")


def test_nothing_in_a_list_of_resources_is_no_file():
    found = imported(a_package(resources=[None, {"url": "https://example.gov/a.csv"}]))

    assert [each["url"] for each in record(found)["files"]] == ["https://example.gov/a.csv"]
    assert totals(found)["files"] == (2, 1)


def test_what_our_own_feed_keeps_as_extras_returns_to_its_keys():
    extras = {"summary": "Every tree.", "each_row_is": "One tree", "known_limits": "Few.", "status": "restricted",
              "reason": "By law.", "rights": "By law.", "related": '["bikes"]', "contact_phone": "311"}
    found = record(imported(a_package(extras=extras, maintainer="Ann", maintainer_email="a@example.gov"), a_package("bikes")))

    assert {key: found[key] for key in ("summary", "each_row_is", "known_limits", "status", "reason", "related")} == {
        "summary": "Every tree.", "each_row_is": "One tree", "known_limits": "Few.", "status": "restricted",
        "reason": "By law.", "related": ["bikes"]}
    assert (found["contact"]["phone"], "description" in found, "rights" in found) == ("311", False, False)


def test_a_status_of_other_words_stays_a_note():
    assert record_of(extras={"status": "Up to date"})["notes"] == {"Status": "Up to date"}


@pytest.mark.parametrize("pack", [lambda schema: schema, json.dumps], ids=["group", "JSON in text"])
def test_a_table_schema_of_a_resource_is_a_dictionary_with_its_key(pack):
    schema = {"fields": [{"name": "height", "title": "How tall", "type": "number", "unit": "feet", "rdfType": "https://a.gov/h",
                          "constraints": {"minimum": "0"}, "categories": [{"value": "1", "label": "One"}]},
                         {"name": "at", "type": "string", "info": {"type_override": "geometry"}}], "primaryKey": ["at"]}

    found = record_of(resources=[{"url": "https://example.gov/a.csv", "schema": pack(schema)}])

    assert found["columns"] == {
        "height": {"title": "How tall", "type": "number", "unit": "feet", "minimum": "0", "values": {"1": "One"},
                   "source": "https://a.gov/h"},
        "at": {"type": "geometry"}}
    assert found["files"][0]["primary_key"] == ["at"]
