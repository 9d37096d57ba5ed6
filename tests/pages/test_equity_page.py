from dataclasses import replace

import pytest

from cityfolio.model.measured import Computation
from cityfolio.model.practice import AnonymityRecord
from cityfolio.model.profile import Count
from cityfolio.model.records import ForeignKey
from cityfolio.pages.equity import PLACES, Cut, seen
from pages.drawing import draw_site
from pages.factories import a_catalog, a_column, a_dataset, a_file, a_profile, a_topic, categories, places, shapes
from pages.measures import a_computation, a_goal, a_measure, a_measure_record, a_priority, a_series, an_observation

EQUITY = "/equity/"
HELD_BACK = an_observation(value=None, rows=None, good=None, is_suppressed=True)


def districts():
    """A map of council districts."""
    table = a_profile(categories("district"), places(), keys=(("district",),),
                      shapes=shapes(kinds=(Count(value="Polygon", rows=7),)))
    return a_dataset("Districts", topics=["Land"], files=[a_file("districts.geojson", profile=table, page="districts")])


def requests(**given):
    """Requests that name the district they are from."""
    table = a_profile(categories("council_district"), categories("age_group"), categories("kind"))
    columns = (a_column("council_district", title="Council district",
                        foreign_key=ForeignKey(dataset="districts", column="district")),
               a_column("age_group"), a_column("kind"))
    return a_dataset(given.pop("title", "Requests"), files=[a_file("requests.csv", profile=table, columns=columns)],
                     **{"anonymity": (AnonymityRecord(quasi_identifiers=("age_group",)),), **given})


def a_shown_measure(title="Repairs", values=((70, 71), (60, 61)), by="council_district", **given):
    """A measure of the requests by a column, of which each group has these values from January on."""
    record = given.pop("record", a_measure_record(title=title))
    record = replace(record, compute=replace(record.compute, dataset="requests", by=(by,) if by else ()))
    groups = {by: tuple(a_series(each, by=by, group=str(at)) for at, each in enumerate(values))} if values else {}
    dataset = given.pop("dataset", type(a_measure().dataset)(id="requests", title="Requests"))
    return a_measure(title, record=record, computed=a_computation(groups=groups), dataset=dataset, **given)


def found(*measures, datasets=()):
    return seen(replace(a_catalog(districts(), requests(), *datasets), measures=measures))


def drawn(*measures, **given):
    goal = a_goal("Streets are smooth", *(each for each in measures if each.goal))
    return draw_site(catalog=replace(a_catalog(districts(), requests(), *given.pop("datasets", ())), measures=measures,
                                     goals=(goal,), priorities=(a_priority("Well-run government", goal),)))


def test_a_measure_by_a_column_of_areas_can_be_seen_by_area():
    measure = found(a_shown_measure()).measures[0]

    assert measure.cuts == (Cut(column="council_district", kind="area", groups=2, hidden=0),)
    assert (measure.shown("area"), measure.shown("group"), measure.lack) == (True, False, None)


def test_a_measure_by_any_other_column_can_be_seen_by_group():
    measure = found(a_shown_measure(by="age_group")).measures[0]

    assert (measure.shown("area"), measure.shown("group")) == (False, True)


def test_groups_are_counted_in_the_newest_period_that_tells_anything():
    measure = found(a_shown_measure(values=((70, 71), (60, None), (50, HELD_BACK)))).measures[0]

    assert measure.cuts == (Cut(column="council_district", kind="area", groups=2, hidden=1),)


@pytest.mark.parametrize(("measure", "lack"), [
    (a_measure("By hand", record=a_measure_record(compute=None), computed=Computation(), dataset=None), "by-hand"),
    (a_shown_measure(by="", values=()), "no-by"),
    (a_shown_measure(values=()), "no-values"),
    (a_shown_measure(values=((HELD_BACK,), (HELD_BACK,))), "hidden"),
], ids=["by hand", "no column named", "no values", "all held back"])
def test_what_cannot_be_seen_says_what_it_lacks(measure, lack):
    assert found(measure).measures[0].lack == lack


def test_a_measure_of_data_without_such_columns_lacks_the_column():
    plain = a_dataset("Plain", files=[a_file("plain.csv", profile=a_profile(categories("kind")))])
    measure = a_shown_measure(by="", values=())
    compute = replace(measure.record.compute, dataset="plain")
    measure = replace(measure, record=replace(measure.record, compute=compute),
                      dataset=replace(measure.dataset, id="plain", title="Plain"))

    assert found(measure, datasets=(plain,)).measures[0].lack == "no-column"


def test_columns_that_a_measure_could_be_shown_by_are_named():
    assert found(a_shown_measure(by="", values=())).measures[0].could == ("council_district", "age_group")


def test_datasets_are_seen_by_columns_of_areas_by_places_and_by_columns_of_people():
    datasets = {each.dataset.id: (each.areas, each.groups) for each in found().datasets}

    assert datasets == {"districts": (("district", PLACES), ()), "requests": (("council_district",), ("age_group",))}


def test_only_what_is_published_can_be_seen():
    hidden = requests(title="Secret", id="secret", status="restricted", reason="By law.")

    assert [each.dataset.id for each in found(datasets=(hidden,)).datasets] == ["districts", "requests"]


def test_a_city_in_which_nothing_can_be_told_has_no_such_page():
    plain = a_dataset("Plain", files=[a_file("plain.csv", profile=a_profile(categories("kind")))])

    assert EQUITY not in draw_site(plain).urls()


def test_every_page_leads_to_it_also_where_there_are_datasets_alone():
    assert drawn().page("/").link("By district and group").address == "equity/"


def test_the_page_counts_measures_by_priority_and_datasets_by_topic():
    page = drawn(a_shown_measure(), a_shown_measure("Calls", by="", values=(), goal=None)).page(EQUITY)

    assert page.table(0) == [["Priority", "Measures", "By area", "By group", "Neither"],
                             ["Well-run government", "1", "1", "0", "0"], ["Of no priority", "1", "0", "0", "1"]]
    assert page.section("Datasets").table(0) == [
        ["Topic", "Datasets", "By area", "By group", "Neither"], ["Land", "1", "1", "0", "0"], ["Streets", "1", "1", "1", "0"]]
    assert "1 of 2 measures can be seen by district or group. 2 of 2 datasets can be seen" in page.main.text


def test_every_count_leads_to_what_it_counts():
    page = drawn(a_shown_measure()).page(EQUITY)

    assert page.link("Well-run government").address == "#measures-well-run-government"
    assert page.by_id("measures-well-run-government").text == "Well-run government"
    assert page.section("Datasets").link("Land").address == "../topics/land/"


def test_a_measure_leads_to_its_groups_and_says_how_many_there_are():
    page = drawn(a_shown_measure()).page(EQUITY)

    assert page.table(1)[1] == ["Repairs", "Council district 2 groups", "No", ""]
    assert page.link("Council district").address == "../measures/repairs/#by-column-council_district"


def test_the_place_that_a_measure_leads_to_is_there():
    site = drawn(a_shown_measure())

    assert "by-column-council_district" in site.page("/measures/repairs/").ids()


def test_the_figures_at_the_top_lead_to_what_they_count():
    page = drawn(a_shown_measure()).page(EQUITY)

    assert page.link("1 of 1").address == "#measures"
    assert {"measures", "datasets"} <= set(page.ids())


def test_groups_that_are_held_back_are_counted():
    page = drawn(a_shown_measure(values=((70,), (HELD_BACK,)))).page(EQUITY)

    assert "1 of 2 groups held back" in page.table(1)[1][1]
    assert page.link("What is not shown, and why").address == "../measures/method/#hidden"


def test_what_cannot_be_seen_says_what_is_missing():
    page = drawn(a_shown_measure(by="", values=())).page(EQUITY)

    assert page.table(1)[1][3] == (
        "Not yet Its file names no column to show it by. It has council_district and age_group, which by could name.")


def test_the_columns_of_a_dataset_lead_to_their_entries():
    site = drawn()
    shown = site.page(EQUITY).section("Datasets")

    assert shown.link("Council district").address == "../data/requests/#column-council_district"
    assert shown.link("age_group").address == "../data/requests/#column-age_group"
    assert "column-council_district" in site.page("/data/requests/").ids()
    assert shown.link("Places on the map").address == "../data/districts/"


def test_a_column_that_no_file_has_leads_to_the_dataset():
    other = requests(title="Others", id="others", anonymity=(AnonymityRecord(quasi_identifiers=("income",)),))

    assert drawn(datasets=(other,)).page(EQUITY).section("Datasets").link("income").address == "../data/others/"


def test_datasets_that_cannot_be_seen_yet_are_named_with_what_it_takes():
    plain = a_dataset("Plain", topics=[], files=[a_file("plain.csv", profile=a_profile(categories("kind")))])
    page = drawn(datasets=(plain,)).page(EQUITY)

    assert page.link("Plain").address == "../data/plain/"
    assert "No column of theirs is known to name areas or groups." in page.main.text
    assert page.section("Datasets").table(0)[-1] == ["Of no topic", "1", "0", "0", "1"]


def test_more_datasets_than_a_page_can_hold_are_in_the_file():
    many = [a_dataset(f"Plain {at}", files=()) for at in range(152)]
    page = drawn(datasets=tuple(many)).page(EQUITY)

    assert "2 more datasets are in the inventory’s file alone." in page.main.text
    assert page.link("Every dataset, and whether it can be seen so").address == "../inventory/inventory.csv"


def test_a_dataset_of_two_topics_is_counted_in_each():
    both = a_dataset("Both", topics=[a_topic("Land"), a_topic("Streets")], files=())

    assert [row[1] for row in drawn(datasets=(both,)).page(EQUITY).section("Datasets").table(0)[1:]] == ["2", "2"]
