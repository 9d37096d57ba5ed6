from dataclasses import replace
from decimal import Decimal

import pytest

from cityfolio.model.measured import Computation, Ref, Trend
from cityfolio.model.performance import BaselineRecord, BenchmarkRecord, ComputeRecord, PeriodRecord
from pages.catalogs import a_full_catalog
from pages.drawing import DrawnSite, draw_site
from pages.factories import a_catalog, a_contact, a_dataset, a_file, a_publisher, a_repository
from pages.measures import (
    a_computation,
    a_full_measure,
    a_measure,
    a_measure_record,
    a_measured_catalog,
    a_series,
    a_standing,
    a_target,
    an_observation,
)

URL = "/measures/potholes-repaired-in-time/"


@pytest.fixture(scope="module")
def full() -> DrawnSite:
    return draw_site(catalog=a_measured_catalog())


def page_of(measure, *datasets, **settings):
    return draw_site(catalog=replace(a_catalog(*datasets, **settings), measures=(measure,))).page(f"/measures/{measure.id}/")


def test_the_page_opens_with_the_way_up_the_title_the_answer_and_the_status(full):
    assert full.page(URL).main.text.startswith(
        "Goals Streets are smooth Potholes repaired in time 80% in October 2025. The target is 85% by June 2026, and 82% was "
        "expected in October 2025: off track. Off track How status is decided Improving since January 2025")


def test_the_sections_are_in_the_order_of_a_readers_questions(full):
    assert full.page(URL).main.headings(2) == [
        "Over time", "Why it moved", "What this tells", "By council_district", "How this number is made", "Every target",
        "Revisions", "What others reach", "What is being done", "Reviews", "Show it on another page", "Take part"]


def test_the_numbers_of_the_chart_are_in_a_table_below_it(full):
    table = full.page(URL).section("Over time").table()

    assert table[0] == ["Period", "Value", "Expected", "Target", "Status", "Rows", "Notes"]
    assert table[1] == ["October 2025", "80%", "82%", "85%", "Off track", "160 of 200", ""]
    assert table[8] == ["March 2025", "73%", "75%", "80%", "Off track", "146 of 200", "Revised: was 75% until 2 May 2025"]


def test_the_arithmetic_of_the_status_can_be_done_again(full):
    table = full.page(URL).section("Over time").table(1)

    assert table[1] == ["Value", "100 × good ÷ rows", "100 × 160 ÷ 200", "80"]
    assert table[2] == ["Expected by now", "start + (end − start) × passed ÷ whole", "80 + (85 − 80) × 4 ÷ 12", "≈ 81.6667"]
    assert table[-1] == ["Status", "", "", "Off track"]


def test_groups_are_shown_as_a_table_and_as_small_charts(full):
    part = full.page(URL).section("By council_district")

    assert part.table()[1:3] == [["Without a value", "80%", "71%", "160 of 200"], ["District 1", "75%", "66%", "150 of 200"]]
    assert [each.text for each in part.all("figcaption")] == [
        "Without a value 80%", "District 1 75%", "District 2 70%", "District 3 65%"]
    assert part.table(1)[1] == ["October 2025", "80%", "75%", "70%", "65%"]


def test_how_the_number_is_made_is_said_in_words_and_as_written(full):
    part = full.page(URL).section("How this number is made")

    assert "the share in which the working days from “When” to closed_at is at most 3" in part.text
    assert "October 2025: 200 rows take part, 160 good and 40 not." in part.text
    assert part.facts()["Good rows"] == "business_days(received_at, closed_at) <= 3"
    assert part.facts()["Checksum of the data (SHA-256)"] == "ab" * 32


def test_every_target_is_told_with_who_set_it_and_whether_it_stands(full):
    assert full.page(URL).section("Every target").table()[1:] == [
        ["85%", "June 2026", "In force", "1 February 2025", "City council", "Adopted in the budget"],
        ["80%", "June 2025", "Its time is over", "1 July 2024", "City council", "First try"]]


def test_a_target_that_another_took_the_place_of_is_said_to_be_replaced():
    record = a_measure_record(targets=(a_target("80"), a_target("85"), a_target("90", "2028-06")))

    rows = page_of(a_measure(record=record)).section("Every target").table()[1:]

    assert [row[2] for row in rows] == ["Set ahead", "In force", "Replaced"]


def test_both_values_of_a_revised_period_stay_visible(full):
    assert full.page(URL).section("Revisions").table()[1] == [
        "March 2025", "75%", "73%", "2 May 2025", "311 data team", "Twelve requests were closed twice."]


def test_overdue_actions_and_follow_ups_come_first_and_are_marked(full):
    page = full.page(URL)

    assert page.section("What is being done").headings(3)[0] == "Second crew on weekends"
    assert "Overdue, due 30 September 2025" in page.section("What is being done").text
    assert "Bring costs Overdue, due 15 September 2025" in page.section("Reviews").text
    assert "Count crews Done on 1 September 2025" in page.section("Reviews").text


def test_what_others_reach_has_its_source(full):
    assert full.page(URL).section("What others reach").link("Median of ten peer cities").address == (
        "https://example.org/benchmarks")


def test_an_address_of_a_benchmark_that_could_run_something_leads_nowhere():
    record = a_measure_record(benchmarks=(BenchmarkRecord(title="Peers", source="javascript:alert(1)"),))

    assert page_of(a_measure(record=record)).link("Peers").address == "#"


def test_values_entered_by_hand_say_by_whom_and_where_the_evidence_is(full):
    part = full.page("/measures/residents-who-are-content/").section("How this number is made")

    assert "entered by hand" in part.text
    assert part.table()[1] == ["January 2025", "61%", "Budget office", "1 March 2025", "Evidence for January 2025A *survey*."]


def test_a_measure_over_rows_that_are_not_published_says_so(full):
    part = full.page("/measures/calls-for-help/").section("How this number is made")

    assert "The rows behind these numbers are not published." in part.text


def test_a_measure_over_published_data_with_a_hidden_column_says_so_too():
    measure = a_measure(computed=a_computation(is_recountable=False))

    assert "Not every row or column behind these numbers is published" in page_of(measure, a_dataset()).text


def test_a_measure_without_any_value_has_a_page_all_the_same(full):
    page = full.page("/measures/not-counted-yet/")

    assert "There is no value yet." in page.main.text
    assert "Over time" not in page.main.headings(2)


def test_the_key_facts_lead_to_goal_owner_and_data(full):
    facts = full.page(URL).main.facts()

    assert facts["Target"] == "85% by June 2026"
    assert facts["So far in November 2025"] == "83%"
    assert facts["Data"] == "Service requests (311)"


def test_programs_find_their_twins_in_the_head(full):
    assert full.page(URL).alternates()["text/csv"] == (
        "https://data.example.gov/measures/potholes-repaired-in-time/observations.csv")


def test_a_measure_that_shows_no_goal_leads_up_to_the_list(full):
    page = full.page("/measures/residents-who-are-content/")

    assert page.all("nav", aria_label="Breadcrumb")[0].links() == {"Measures": "../../measures/"}


@pytest.mark.parametrize(
    ("settings", "words", "address"),
    [
        ({"contact": a_contact()}, "Report a problem by e-mail",
         "mailto:data@example.gov?subject=Problem%20with%20Potholes%20repaired%20in%20time"),
        ({"repository": a_repository()}, "Report a problem", "https://code.example.gov/city/data/issues"),
    ],
)
def test_a_problem_can_be_reported(settings, words, address):
    assert page_of(a_measure(), **settings).link(words).address == address


def test_the_owner_is_whom_to_report_to_before_the_site():
    owner = a_publisher("Customer Service Center", contact=a_contact(email="owner@example.gov"))
    page = page_of(a_measure(), a_dataset(publisher=owner), contact=a_contact())

    assert page.link("Report a problem by e-mail").address.startswith("mailto:owner@example.gov")


def test_the_file_is_named_where_a_dataset_has_several():
    dataset = a_dataset(files=[a_file("a.csv", title="This year"), a_file("b.csv", title="Last year")])

    assert "Service requests (311), file “This year”" in page_of(a_measure(), dataset).main.text


def test_the_clock_and_the_fiscal_year_are_told():
    record = a_measure_record(compute=ComputeRecord(dataset="service-requests-311", count="rows", date="closed_at"),
                              period=PeriodRecord(grain="fiscal-year", timezone="America/New_York"))
    computed = a_computation(overall=a_series((), start="FY2025"), status="no-data", trend=Trend(word="too-short"))

    text = page_of(a_measure(record=record, computed=computed)).main.text

    assert "Days begin by the clock of America/New_York." in text
    assert "A fiscal year begins on 1 July and bears the number of the year it ends in." in text


def test_many_groups_and_periods_are_cut_and_that_is_said():
    values = [50 + at % 7 for at in range(30)]
    groups = {"ward": tuple(a_series(values, start="2023-05", by="ward", group=str(at)) for at in range(1, 15))}
    computed = replace(a_computation(overall=a_series(values, start="2023-05")), groups=groups)

    part = page_of(a_measure(computed=computed)).section("By ward")

    assert len(part.all("figure")) == 12
    assert len(part.table()) == 15
    assert ("Only the last 24 periods are shown here. Only the first 12 groups are drawn. All of them are in the download."
            in part.text)


def test_a_measure_whose_newest_period_is_suppressed_shows_no_value_for_it():
    computed = a_computation(standing=a_standing("suppressed", value=None))

    assert "so few rows stand behind it" in page_of(a_measure(computed=computed)).main.text


def test_rows_that_are_neither_good_nor_bad_are_counted_alone():
    record = a_measure_record(unit="requests", compute=ComputeRecord(dataset="service-requests-311", count="rows", date="d"))
    overall = a_series([an_observation(value=200, good=None)], start="2025-10")
    page = page_of(a_measure(record=record, computed=a_computation(overall=overall)), a_dataset())

    assert "200 rows stand behind the value for October 2025." in page.section("How this number is made").text
    assert page.section("Over time").table()[:2] == [
        ["Period", "Value, in requests", "Expected", "Target", "Status", "Rows"],
        ["October 2025", "200", "84", "85 requests", "Near", "200"]]


def test_the_source_of_a_baseline_is_told():
    record = a_measure_record(baseline=BaselineRecord(period="2023", value=Decimal(70), source="Survey of 2023"))

    assert "The way to the targets begins at 70% in 2023. Source: Survey of 2023" in page_of(
        a_measure(record=record)).section("Every target").text


def test_a_measure_of_unknown_data_is_drawn():
    measure = a_measure(dataset=None, computed=Computation(), goal=Ref(id="x", title="X"))

    assert page_of(measure).heading(1) == "Potholes repaired in time"


def test_a_site_without_measures_has_no_pages_of_measures():
    assert not any(url.startswith("/measures/") for url in draw_site(catalog=a_full_catalog()).urls())


def test_no_heading_is_skipped_and_no_id_stands_twice(full):
    pages = [full.page(url) for url in full.urls() if url.startswith("/measures/")]

    assert [page.heading(1) for page in pages if len(page.ids()) != len(set(page.ids()))] == []
    assert all(len(page.headings(1)) == 1 for page in pages)


def test_what_a_city_wrote_cannot_run():
    measure = a_full_measure("<script>alert(1)</script>")

    page = page_of(replace(measure, id="potholes"), a_dataset())

    assert page.heading(1) == "<script>alert(1)</script>"
    assert "<script>alert(1)" not in page.source
