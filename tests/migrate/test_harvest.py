"""A source is brought in again and again, and nothing that the city wrote is lost."""

from __future__ import annotations

from datetime import date

import pytest

from cities import a_city, with_files
from cityfolio.files import MemoryTree
from cityfolio.migrate.harvest import Order, harvest
from cityfolio.migrate.harvest_report import as_markdown, as_text
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.report import Report
from cityfolio.migrate.yaml_edit import values_of
from cityfolio.model.records import SourceRecord
from cityfolio.problems import Location, Problem

BIKES = {
    "datasets/bikes/dataset.yaml": "title: Bike racks\nsummary: Every rack.\npublisher: streets\ntopics: [nature]\n"
                                   "identifier: bikes-1\nlanding_page: https://data.example.org/bikes\n"
                                   "files:\n  - url: https://data.example.org/bikes.csv\n    title: All racks\n",
    "publishers/streets.yaml": "title: Streets\n",
    "topics/nature.yaml": "title: Nature\n",
    "site.yaml": "name: Other city\n",
    "reports/import-x.md": "# Report\n",
}
HOME = "datasets/bikes/dataset.yaml"


def bring(files, listed, *, copies=None, bodies=None, **order):
    """The catalog after one harvest, and the harvest."""
    source = SourceRecord(title="Matthews", format="data-json", url="https://data.example.org/data.json",
                          **order.pop("source", {}))
    imported = Imported(files=listed, copies=copies or {}, report=Report(format="x", totals=(), records=()),
                        problems=order.pop("problems", ()))
    found = harvest(MemoryTree(files), imported, (bodies or {}).__getitem__,
                    Order(**{"id": "matthews", "source": source, "today": date(2026, 6, 30), **order}))
    return with_files(files, found.writes), found


def what(found):
    """What became of each dataset."""
    return {each.key[1]: each.what for each in found.outcomes if each.key[0] == "datasets"}


@pytest.fixture
def city():
    """A city after its first harvest."""
    return bring(a_city(), BIKES)[0]


def test_a_dataset_that_is_new_there_gets_a_folder_and_says_where_it_is_at_home():
    files, found = bring(a_city(), BIKES)

    assert what(found) == {"bikes": "new"}
    assert values_of(files[HOME])["source"] == {"id": "matthews", "url": "https://data.example.org/bikes"}
    assert files["publishers/streets.yaml"] == "title: Streets\n"
    assert files["site.yaml"] == a_city()["site.yaml"]
    assert "reports/import-x.md" not in files


def test_addresses_of_another_portal_remain_its_own_and_those_of_one_that_is_replaced_forward():
    listed = BIKES | {HOME: BIKES[HOME].replace("landing_page: https://data.example.org/bikes", "formerly: /d/bikes")}

    kept, _ = bring(a_city(), listed)
    moved, _ = bring(a_city(), listed, source={"moving": True})
    elsewhere, _ = bring(a_city(), listed, source={"home": "https://open.example.org"})

    assert values_of(kept[HOME])["source"] == {"id": "matthews", "url": "https://data.example.org/d/bikes"}
    assert "formerly" not in values_of(kept[HOME])
    assert values_of(moved[HOME])["formerly"] == "/d/bikes"
    assert "source" not in values_of(moved[HOME])
    assert values_of(elsewhere[HOME])["source"]["url"] == "https://open.example.org/d/bikes"


def test_a_source_that_did_not_change_changes_no_byte(city):
    files, found = bring(city, BIKES)

    assert (files, found.problems, what(found)) == (city, (), {"bikes": "unchanged"})


def test_what_changed_there_is_taken_and_comments_here_are_kept(city):
    city[HOME] = city[HOME].replace("title: Bike racks", "title: Bike racks   # as signs say").replace(
        "summary: Every rack.", "summary: Every rack we know of.")
    listed = BIKES | {HOME: BIKES[HOME].replace("Bike racks", "Bicycle racks")}

    files, found = bring(city, listed)

    assert files[HOME] == city[HOME].replace("title: Bike racks ", "title: Bicycle racks ")
    assert found.problems == ()


def test_what_both_changed_is_shown_at_its_line_and_not_overwritten(city):
    city[HOME] = city[HOME].replace("Bike racks", "Racks for bikes")
    listed = BIKES | {HOME: BIKES[HOME].replace("Bike racks", "Bicycle racks")}

    files, found = bring(city, listed)
    _, again = bring(files, listed)

    assert files[HOME] == city[HOME]
    assert [(each.code, each.where.path, each.where.line) for each in found.problems] == [("harvest-conflict", HOME, 1)]
    assert '"Bicycle racks"' in found.problems[0].says
    assert '"Racks for bikes"' in found.problems[0].says
    assert again.problems == found.problems


def test_a_conflict_that_was_settled_comes_up_no_more(city):
    city[HOME] = city[HOME].replace("Bike racks", "Racks for bikes")
    listed = BIKES | {HOME: BIKES[HOME].replace("Bike racks", "Bicycle racks")}

    settled, _ = bring(city, listed, settles=True)
    files, found = bring(settled, listed)

    assert (files, found.problems) == (settled, ())
    assert settled[HOME] == city[HOME]


def test_a_dataset_that_is_gone_there_is_retired_and_never_deleted(city):
    files, found = bring(city, {"datasets/x/dataset.yaml": "title: X\n"})

    assert what(found) == {"x": "new", "bikes": "retired"}
    assert files[HOME].startswith("title: Bike racks\n")
    assert values_of(files[HOME])["status"] == "retired"
    assert values_of(files[HOME])["reason"] == "Matthews no longer lists it; noticed on 2026-06-30."


def test_a_retired_dataset_stays_as_it_is_on_later_days_and_comes_back_as_it_was(city):
    gone = {"datasets/x/dataset.yaml": "title: X\n"}
    first, _ = bring(city, gone)
    later, _ = bring(first, gone, today=date(2026, 7, 4))
    back, found = bring(later, BIKES | gone)

    assert later == first
    assert what(found) == {"bikes": "back", "x": "unchanged"}
    assert back[HOME] == city[HOME]


def test_a_dataset_that_the_city_deleted_stays_deleted(city):
    del city[HOME]

    files, found = bring(city, BIKES)

    assert (files, what(found)) == (city, {"bikes": "deleted-here"})


def test_a_source_that_lists_nearly_nothing_is_taken_for_broken(city):
    files, found = bring(city, {})
    _, allowed = bring(city, {}, may_shrink=True)

    assert (files, [each.code for each in found.problems]) == (city, ["harvest-shrunk"])
    assert what(allowed) == {"bikes": "retired"}


def test_a_source_that_was_read_in_part_retires_nothing(city):
    broken = Problem(code="source-unreadable", where=Location(path="page 2", in_catalog=False), says="the connection was cut")

    files, found = bring(city, {"datasets/x/dataset.yaml": "title: X\n"}, problems=(broken,))
    _, nothing = bring(city, {}, problems=(broken,))

    assert what(found) == {"x": "new", "bikes": "unseen"}
    assert files[HOME] == city[HOME]
    assert nothing.problems == (broken,)


def test_an_id_that_the_catalog_has_already_gets_the_prefix_of_the_source():
    trees = {"datasets/trees/dataset.yaml": "title: Trees of Matthews\npublisher: parks\nrelated: [trees]\n",
             "publishers/parks.yaml": "title: Parks of Matthews\n"}

    files, found = bring(a_city(), trees)
    again, _ = bring(files, trees)

    assert what(found) == {"matthews-trees": "new"}
    assert values_of(files["datasets/matthews-trees/dataset.yaml"])["publisher"] == "matthews-parks"
    assert values_of(files["datasets/matthews-trees/dataset.yaml"])["related"] == ["matthews-trees"]
    assert files["datasets/trees/dataset.yaml"] == a_city()["datasets/trees/dataset.yaml"]
    assert again == files


def test_twenty_seven_cities_with_the_same_ids_keep_them_apart():
    files = a_city()
    for number in range(27):
        files, _ = bring(files, BIKES, id=f"city-{number}")
    homes = [values_of(body)["source"]["id"] for path, body in files.items() if "bikes/dataset.yaml" in path]

    assert sorted(homes) == sorted(f"city-{number}" for number in range(27))
    assert [path for path in files if path.startswith("topics/")] == ["topics/nature.yaml"]


def test_a_dataset_that_was_renamed_there_is_known_again_by_its_identifier(city):
    listed = BIKES | {"datasets/bicycle-racks/dataset.yaml": BIKES[HOME].replace("Bike racks", "Bicycle racks")}
    del listed[HOME]

    files, found = bring(city, listed)

    assert what(found) == {"bikes": "changed"}
    assert values_of(files[HOME])["title"] == "Bicycle racks"


def test_a_dataset_that_was_imported_before_bases_were_kept_is_taken_for_the_same():
    files, found = bring(a_city() | {HOME: "title: Bike racks\nsummary: Ours.\n"}, BIKES)

    assert what(found) == {"bikes": "changed"}
    assert [each.says[:9] for each in found.problems] == ['"summary"']
    assert values_of(files[HOME])["identifier"] == "bikes-1"


def test_the_publisher_of_a_source_is_above_those_that_it_names():
    files, _ = bring(a_city(), BIKES | {"datasets/x/dataset.yaml": "title: X\n"}, source={"publisher": "parks"})

    assert values_of(files["publishers/streets.yaml"])["parent"] == "parks"
    assert values_of(files["datasets/x/dataset.yaml"])["publisher"] == "parks"


def test_data_that_comes_along_is_renewed_unless_it_was_changed_here():
    copies = {"datasets/bikes/racks.csv": "racks.csv"}
    first, _ = bring(a_city(), BIKES, copies=copies, bodies={"racks.csv": b"id\n1\n"})
    second, found = bring(first, BIKES, copies=copies, bodies={"racks.csv": b"id\n2\n"})
    ours, third = {**second, "datasets/bikes/racks.csv": b"mine\n"}, {"racks.csv": b"id\n3\n"}
    kept, shown = bring(ours, BIKES, copies=copies, bodies=third)

    assert second["datasets/bikes/racks.csv"] == b"id\n2\n"
    assert what(found) == {"bikes": "changed"}
    assert kept["datasets/bikes/racks.csv"] == b"mine\n"
    assert [each.code for each in shown.problems] == ["harvest-conflict"]


def test_a_record_that_cannot_be_read_here_is_left_alone(city):
    city[HOME] = "title: [\n"

    files, found = bring(city, BIKES | {HOME: BIKES[HOME].replace("Bike", "Bicycle")})

    assert (files, what(found)) == (city, {"bikes": "unreadable-here"})


def test_a_damaged_memory_is_named_and_differences_are_shown(city):
    city["sources/matthews/datasets/bikes.json"] = "{"
    city[HOME] = city[HOME].replace("Bike racks", "Racks")

    files, found = bring(city, BIKES)

    assert files[HOME] == city[HOME]
    assert sorted(each.code for each in found.problems) == ["harvest-base", "harvest-conflict"]


def test_the_report_names_what_was_taken_and_what_was_not(city):
    city[HOME] = city[HOME].replace("Bike racks", "Racks")
    listed = BIKES | {HOME: BIKES[HOME].replace("Bike racks", "Bicycle *racks*").replace("Every rack", "All racks")}

    _, found = bring(city, listed)

    assert "taken over: summary" in as_text("matthews", found.outcomes)
    assert "- `datasets/bikes/dataset.yaml`: Bicycle \\*racks\\*" in as_markdown("Matthews", found.outcomes)
    assert "not taken over, because it was changed here: title" in as_markdown("Matthews", found.outcomes)
