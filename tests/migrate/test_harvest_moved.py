"""A harvest goes on with a dataset whose folder was renamed here, and with a source that has another id."""

from __future__ import annotations

import pytest

from cities import a_city
from cityfolio.migrate.yaml.edit import values_of
from migrate.harvests import BIKES, HOME, bring, site, what

NAMELESS = BIKES | {HOME: BIKES[HOME].replace("identifier: bikes-1\n", "")}
PLAIN = NAMELESS | {HOME: NAMELESS[HOME].replace("landing_page: https://data.example.org/bikes\n", "")}
CHANGED = {"title": "Bicycle racks"}
RACKS = "datasets/racks/dataset.yaml"


def renamed(files, text=lambda text: text):
    """The city's files with the folder of the dataset renamed, and its record edited."""
    return {path: body for path, body in files.items() if path != HOME} | {RACKS: text(files[HOME])}


@pytest.mark.parametrize(("listed", "edit", "moving"), [
    (NAMELESS, lambda text: text.replace("Bike racks", "Racks"), False),
    (PLAIN, lambda text: text, False),
    (PLAIN, lambda text: text.replace("Bike racks", "Racks") + "formerly: [bikes]\n", False),
    (PLAIN, lambda text: text.replace("Bike racks", "Racks") + "formerly: /datasets/bikes/\n", True),
    (PLAIN, lambda text: text, True),
], ids=["by its page", "by its title", "by its former id", "by its former address", "by title and file"])
def test_a_dataset_without_an_identifier_is_followed_into_its_new_folder(listed, edit, moving):
    files, _ = bring(a_city(), listed, source={"moving": moving})
    files = renamed(files, edit)

    first, found = bring(files, listed | {HOME: listed[HOME].replace("Every rack.", "All racks.")}, source={"moving": moving})
    again, later = bring(first, listed, source={"moving": moving})

    assert (what(found), found.problems, what(later)) == ({"racks": "changed"}, (), {"racks": "changed"})
    assert values_of(first[RACKS])["summary"] == "All racks."
    assert values_of(again[RACKS])["summary"] == "Every rack."
    assert sorted(path for path in again if path.startswith("sources/matthews/datasets/")) == [
        "sources/matthews/datasets/racks.json"]


@pytest.mark.parametrize(("record", "moving"), [
    ("title: Parking\nsource: {id: matthews}\n", False),
    ("title: Bike racks\nsource: {id: other}\n", False),
    ("title: Bike racks\nidentifier: other\nformerly: [bikes]\nsource: {id: matthews}\n", False),
    ("title: Bike racks\nsummary: Ours.\n", True),
], ids=["of another title", "of another source", "of another identifier", "the city's own"])
def test_what_is_another_dataset_is_not_taken_for_the_one_that_was_deleted(record, moving):
    files, _ = bring(a_city(), BIKES, source={"moving": moving})
    files = renamed(files, lambda _: record)

    after, found = bring(files, BIKES, source={"moving": moving})

    assert (what(found), after) == ({"bikes": "deleted-here"}, files)


def test_two_datasets_that_it_can_be_are_left_to_a_person():
    files, _ = bring(a_city(), PLAIN)
    files = renamed(files) | {"datasets/stands/dataset.yaml": files[HOME]}

    after, found = bring(files, PLAIN)

    assert (what(found), after) == ({"bikes": "deleted-here"}, files)


def test_a_dataset_that_is_gone_there_is_retired_in_its_new_folder():
    others = {"datasets/paths/dataset.yaml": "title: Paths\n"}
    files = renamed(bring(a_city(), NAMELESS | others)[0])

    after, found = bring(files, others)

    assert what(found) == {"paths": "unchanged", "racks": "retired"}
    assert values_of(after[RACKS])["status"] == "retired"


def three(*names):
    """Datasets that a source lists."""
    return {f"datasets/{name}/dataset.yaml": f"title: {name.title()}\n" for name in names}


@pytest.fixture
def town():
    """A city whose source had another id when it was last harvested; one of its datasets was deleted since."""
    files, _ = bring(a_city() | {"site.yaml": site("matthews")}, three("bikes", "paths", "lanes", "parks"))
    del files["datasets/parks/dataset.yaml"]
    return files | {"site.yaml": site("town")}


def test_what_a_source_brought_in_under_another_id_moves_with_it(town):
    files, found = bring(town, three("bikes", "paths", "parks"), id="town")
    again, later = bring(files, three("bikes", "paths", "parks"), id="town")

    assert what(found) == {"bikes": "changed", "paths": "changed", "lanes": "retired", "parks": "deleted-here"}
    assert [path for path in files if path.startswith("sources/matthews/")] == []
    assert (again, what(later)["parks"]) == (files, "deleted-here")


def test_a_list_in_part_moves_what_the_source_brought_in_and_retires_nothing(town):
    files, found = bring(town, three("bikes", "paths", "parks"), id="town", is_whole=False)

    assert what(found)["lanes"] == "unseen"
    assert "sources/town/datasets/lanes.json" in files
    assert [path for path in files if path.startswith("sources/matthews/")] == []


def test_a_source_that_is_another_one_leaves_what_was_brought_in_before(town):
    files, found = bring(town, three("trees-2", "benches"), id="town")

    assert what(found) == {"trees-2": "new", "benches": "new"}
    assert "sources/matthews/datasets/lanes.json" in files
