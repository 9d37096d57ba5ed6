"""An import says whether all that a source lists came over."""

from __future__ import annotations

import json

import pytest

from cityfolio.files import MemoryTree
from cityfolio.migrate.arcgis.importer import import_arcgis_hub
from cityfolio.migrate.ckan.importer import import_ckan
from cityfolio.migrate.data_json.importer import import_data_json
from cityfolio.migrate.opendatasoft.importer import import_opendatasoft
from cityfolio.migrate.socrata.importer import import_socrata
from cityfolio.migrate.source import Source, Wishes
from migrate.portals import asking, in_json, portal, source

PACKAGE = {"id": "a", "name": "trees", "title": "Trees", "notes": "x", "resources": []}
ASSET = {"resource": {"id": "abcd-1234", "name": "Trees", "type": "dataset"}, "metadata": {"domain": "example.gov"}}
FEATURE = {"id": "a", "properties": {"title": "Trees", "type": "Feature Service"}}
ODS = {"dataset_id": "trees", "metas": {"default": {"title": "Trees"}}}


def ckan(count, *packages):
    return {"success": True, "result": {"count": count, "results": packages}}


LISTS = {
    "CKAN": (import_ckan, lambda count: ckan(count, PACKAGE)),
    "Socrata": (import_socrata, lambda count: {"resultSetSize": count, "results": [ASSET]}),
    "Hub": (import_arcgis_hub, lambda count: {"numberMatched": count, "features": [FEATURE]}),
    "Hub 3": (import_arcgis_hub, lambda count: {"meta": {"stats": {"totalCount": count}}, "data": [
        {"id": "a", "attributes": FEATURE["properties"]}]}),
    "Opendatasoft": (import_opendatasoft, lambda count: {"total_count": count, "results": [ODS]}),
}


def imported(importer, *answers):
    tree = MemoryTree({f"{number}.json": json.dumps(answer) for number, answer in enumerate(answers)})
    return importer(Source(tree=tree), Wishes())


@pytest.mark.parametrize(("importer", "answer"), LISTS.values(), ids=LISTS)
def test_a_list_in_files_that_is_shorter_than_its_portal_counts_is_not_whole(importer, answer):
    short, whole = imported(importer, answer(3)), imported(importer, answer(1))

    assert (short.is_whole, whole.is_whole) == (False, True)
    assert "2 records counted by the portal, but on none of its pages" in "".join(short.files.values())


def test_pages_of_one_list_in_several_files_are_counted_together():
    found = imported(import_ckan, ckan(2, PACKAGE), ckan(2, PACKAGE | {"id": "b", "name": "parks"}))

    assert found.is_whole


@pytest.mark.parametrize("more", [{"state": "deleted"}, {"type": "showcase"}], ids=str)
def test_what_is_no_dataset_there_either_is_not_missed(more):
    assert imported(import_ckan, ckan(2, PACKAGE, PACKAGE | {"id": "b", **more})).is_whole


def test_a_view_of_a_dataset_is_not_missed():
    view = {"resource": {"id": "wxyz-1234", "name": "Chart", "type": "chart", "parent_fxf": ["abcd-1234"]}}

    assert imported(import_socrata, {"resultSetSize": 2, "results": [ASSET, view]}).is_whole


@pytest.mark.parametrize("importer", [import_ckan, import_socrata, import_arcgis_hub, import_opendatasoft])
def test_what_answers_something_else_than_a_list_is_no_portal_without_datasets(importer, tmp_path):
    with portal(lambda path: in_json({"message": "No such collection."})) as served:
        found = importer(source(served.root, tmp_path), Wishes(), asking())

    assert found.files == {}
    assert [problem.code for problem in found.problems] == ["source-unreadable"]


@pytest.mark.no_cover
@pytest.mark.parametrize("record", [None, {"title": "Large", "description": "x" * 300, "keyword": [
    f"word {number} {'x' * 185}" for number in range(6_000)]}], ids=["nothing", "too large"])
def test_a_record_that_cannot_come_over_is_missed_in_a_list_that_is_whole(record):
    found = imported(import_data_json, {"dataset": [{"title": "Trees", "identifier": "a"}, record]})

    assert ([each.place for each in found.missed], found.is_whole) == (["dataset[2]"], True)


@pytest.mark.parametrize(("importer", "answer", "names"), [
    (import_ckan, ckan(2, PACKAGE, {"identifier": "b", "title": "Racks"}), ("b", "Racks")),
    (import_socrata, {"resultSetSize": 2, "results": [ASSET, {"resource": {"name": "Racks"}}]}, ("Racks",)),
    (import_arcgis_hub, {"numberMatched": 2, "features": [FEATURE, {"id": "b", "owner": "x"}]}, ("b",)),
    (import_opendatasoft, {"total_count": 2, "results": [ODS, {"title": "Racks"}]}, ("Racks",)),
], ids=["CKAN", "Socrata", "Hub", "Opendatasoft"])
def test_a_record_that_is_none_of_the_portals_own_is_known_by_what_it_calls_itself(importer, answer, names):
    found = imported(importer, answer)

    assert ([each.names for each in found.missed], found.is_whole) == ([names], True)
