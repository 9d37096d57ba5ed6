"""A source is brought in again and again, and nothing that the city wrote is lost."""

from __future__ import annotations

import json
from datetime import date

import pytest

from cities import a_city
from cityfolio.migrate.harvest.report import as_markdown, as_text
from cityfolio.migrate.yaml.edit import values_of
from cityfolio.problems import Location, Problem
from migrate.harvests import BIKES, HOME, bring, site, what

WITH_DATA = BIKES | {HOME: BIKES[HOME] + "  - path: racks.csv\n"}
COPIES = {"datasets/bikes/racks.csv": "racks.csv"}
DATA = "datasets/bikes/racks.csv"


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


def test_what_was_brought_in_is_kept_in_the_order_of_the_file(city):
    kept = json.loads(city["sources/matthews/datasets/bikes.json"])["values"]

    assert [*kept] == [*values_of(city[HOME])]


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
    files = a_city() | {"site.yaml": site(*(f"city-{number}" for number in range(27)))}
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


def bring_data(files, body, listed=WITH_DATA, **order):
    """The catalog after a harvest that brings a data file along, and the harvest."""
    return bring(files, listed, copies=COPIES, bodies={"racks.csv": body}, **order)


def test_data_that_comes_along_is_renewed_unless_it_was_changed_here():
    first, _ = bring_data(a_city(), b"id\n1\n")
    second, found = bring_data(first, b"id\n2\n")
    kept, shown = bring_data({**second, DATA: b"mine\n"}, b"id\n3\n")

    assert second[DATA] == b"id\n2\n"
    assert what(found) == {"bikes": "changed"}
    assert kept[DATA] == b"mine\n"
    assert [each.code for each in shown.problems] == ["harvest-conflict"]


def test_data_that_the_city_deleted_stays_deleted():
    files, _ = bring_data(a_city(), b"id\n1\n")
    del files[DATA]

    same, _ = bring_data(files, b"id\n1\n")
    changed, found = bring_data(files, b"id\n2\n")

    assert (same, changed, found.problems) == (files, files, ())


def test_data_that_the_record_here_names_no_longer_is_not_brought_along():
    files, _ = bring_data(a_city(), b"id\n1\n")
    del files[DATA]
    files[HOME] = files[HOME].replace("  - path: racks.csv\n", "")

    without, _ = bring_data(files, b"id\n2\n")
    again, _ = bring_data({**without, HOME: files[HOME] + "notes: {Data: racks.csv}\n"}, b"id\n2\n")

    assert DATA not in without
    assert again[DATA] == b"id\n2\n"


def test_data_is_written_before_the_memory_that_says_it_is_there():
    _, found = bring_data(a_city(), b"id\n1\n")

    assert [path for path in found.writes if "bikes" in path] == [HOME, DATA, "sources/matthews/datasets/bikes.json"]


def test_a_conflict_about_data_that_was_settled_comes_up_no_more():
    files, _ = bring_data(a_city(), b"id\n1\n")
    files[DATA] = b"mine\n"

    settled, found = bring_data(files, b"id\n2\n", settles=True)
    _, later = bring_data(settled, b"id\n2\n")
    _, another = bring_data(settled, b"id\n3\n")

    assert (settled[DATA], found.problems, later.problems) == (b"mine\n", (), ())
    assert [each.code for each in another.problems] == ["harvest-conflict"]


def test_a_source_that_lost_a_record_on_the_way_retires_nothing(city):
    files, found = bring(city, {"datasets/x/dataset.yaml": "title: X\n"}, is_whole=False)
    _, nothing = bring(city, {}, is_whole=False)

    assert what(found) == {"x": "new", "bikes": "unseen"}
    assert files[HOME] == city[HOME]
    assert what(nothing) == {"bikes": "unseen"}


@pytest.mark.parametrize("identifier", ["identifier: bikes-1\n", ""], ids=["by identifier", "by title"])
def test_a_source_that_has_another_id_in_the_settings_goes_on_with_the_same_datasets(identifier):
    listed = BIKES | {HOME: BIKES[HOME].replace("identifier: bikes-1\n", identifier)}
    files, _ = bring(a_city() | {"site.yaml": site("matthews")}, listed)
    files |= {"site.yaml": site("town"), HOME: files[HOME].replace("Every rack.", "Every rack we know of.")}

    renamed, found = bring(files, listed, id="town")
    again, _ = bring(renamed, listed, id="town")

    assert (what(found), found.problems) == ({"bikes": "changed"}, ())
    assert values_of(renamed[HOME])["source"]["id"] == "town"
    assert values_of(renamed[HOME])["summary"] == "Every rack we know of."
    assert again == renamed


def test_a_source_that_was_given_up_retires_nothing_of_its_own(city):
    files, found = bring(city | {"site.yaml": site("other")}, {"datasets/x/dataset.yaml": "title: X\n"}, id="other")

    assert what(found) == {"x": "new"}
    assert files[HOME] == city[HOME]


@pytest.mark.parametrize("moving", [False, True], ids=["of another portal", "of the portal that is replaced"])
def test_a_dataset_whose_folder_was_renamed_here_goes_on_being_harvested(moving):
    files, _ = bring(a_city(), BIKES, source={"moving": moving})
    files["datasets/racks/dataset.yaml"] = files.pop(HOME)
    listed = BIKES | {HOME: BIKES[HOME].replace("Bike racks", "Bicycle racks")}

    first, found = bring(files, listed, source={"moving": moving})
    second, later = bring(first, BIKES, source={"moving": moving})
    same, _ = bring(second, BIKES, source={"moving": moving})

    assert (what(found), what(later)) == ({"racks": "changed"}, {"racks": "changed"})
    assert values_of(first["datasets/racks/dataset.yaml"])["title"] == "Bicycle racks"
    assert values_of(second["datasets/racks/dataset.yaml"])["title"] == "Bike racks"
    assert (HOME in second, same) == (False, second)


def test_a_folder_that_was_renamed_back_is_followed_back(city):
    city["datasets/racks/dataset.yaml"] = city.pop(HOME)
    there, _ = bring(city, BIKES)
    there[HOME] = there.pop("datasets/racks/dataset.yaml")

    back, found = bring(there, BIKES | {HOME: BIKES[HOME].replace("Bike racks", "Bicycle racks")})

    assert what(found) == {"bikes": "changed"}
    assert values_of(back[HOME])["title"] == "Bicycle racks"


def twins(**files):
    """Datasets of one title without identifiers, in the order that is given: address of the file -> summary."""
    return {f"datasets/{name}/dataset.yaml": f"title: Trees\nsummary: {summary}\nfiles:\n  - url: https://example.org/{url}\n"
            for name, (url, summary) in zip(("elms", "elms-2", "elms-3"), files.items(), strict=False)}


def test_datasets_of_one_title_keep_their_places_when_the_source_lists_them_in_another_order():
    files, _ = bring(a_city(), twins(north="North.", south="South."))

    swapped, found = bring(files, twins(south="South.", north="North."))
    changed, _ = bring(files, twins(south="All of the south.", north="North."))
    again, later = bring(swapped, twins(south="South.", north="North."))

    assert what(found) == {"elms": "unchanged", "elms-2": "unchanged"}
    assert swapped["datasets/elms/dataset.yaml"] == files["datasets/elms/dataset.yaml"]
    assert values_of(changed["datasets/elms/dataset.yaml"])["summary"] == "North."
    assert values_of(changed["datasets/elms-2/dataset.yaml"])["summary"] == "All of the south."
    assert (again, later.problems) == (swapped, ())


def test_the_first_of_several_datasets_of_one_title_can_go():
    files, _ = bring(a_city(), twins(north="North.", south="South.", west="West."))

    after, found = bring(files, twins(south="South.", west="West."))

    assert what(found) == {"elms": "retired", "elms-2": "unchanged", "elms-3": "unchanged"}
    assert values_of(after["datasets/elms-2/dataset.yaml"])["summary"] == "South."


def test_the_report_says_that_a_value_was_deleted_there(city):
    city[HOME] = city[HOME].replace("Every rack.", "Ours.")

    _, found = bring(city, BIKES | {HOME: BIKES[HOME].replace("summary: Every rack.\n", "")})

    assert "not taken over, because it was changed here: summary, there deleted" in as_text("matthews", found.outcomes)


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
