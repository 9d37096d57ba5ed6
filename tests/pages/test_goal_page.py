import re
from dataclasses import replace
from itertools import pairwise
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest

from cityfolio.model.performance import ComputeRecord, PopulationRecord, RateRecord
from pages.drawing import DrawnSite, draw_site
from pages.factories import a_build, a_catalog, a_contact, a_dataset, a_publisher, a_repository
from pages.goals import a_goal_catalog, a_goal_record
from pages.measures import a_goal, a_measure, a_measure_record
from pages.reader import read

URL = "/goals/streets-are-smooth/"


@pytest.fixture(scope="module")
def full() -> DrawnSite:
    return draw_site(catalog=a_goal_catalog())


def page_of(goal, *datasets, build=None, **settings):
    catalog = replace(a_catalog(*datasets, **settings), goals=(goal,), measures=goal.measures)
    return draw_site(catalog=catalog, build=build).page(f"/goals/{goal.id}/")


def test_the_page_opens_with_the_way_up_the_statement_the_headline_and_its_status(full):
    assert full.page(URL).main.text.startswith(
        "Goals Well-run government Streets are smooth Potholes repaired in time 80% in October 2025. The target is 85% by "
        "June 2026, and 82% was expected in October 2025: off track. Off track Improving since January 2025")


def test_the_sections_are_in_the_order_of_a_readers_questions(full):
    assert full.page(URL).main.headings(2) == [
        "Over time", "Why it moved", "What is being done", "Measures", "The data behind each number", "About this goal",
        "Reviews", "What we heard", "Take part"]


def test_the_way_up_leads_to_the_goals_priority(full):
    address = full.page(URL).link("Well-run government").address

    assert address == "../../goals/#priority-well-run-government"
    assert full.page("/goals/").by_id("priority-well-run-government").text == "Well-run government"


def test_the_key_facts_name_target_owner_plan_topic_and_next_report(full):
    assert full.page(URL).main.facts() == {
        "Target": "85% by June 2026", "What is wanted": "More is better", "Who answers for it": "Public Works",
        "Next report": "15 February 2026", "Plan": "example.gov/plan", "Topics": "Streets"}


def test_the_chart_of_the_headline_has_its_numbers_in_a_table(full):
    assert full.page(URL).section("Over time").table()[1][:5] == ["October 2025", "80%", "82%", "85%", "Off track"]


def test_why_it_moved_is_said_of_the_goal_and_of_its_measures(full):
    part = full.page(URL).section("Why it moved")

    assert part.text == "Why it moved Rain in May. Potholes repaired in time A second crew."


def test_actions_of_the_goal_and_its_measures_stand_together_the_overdue_first(full):
    part = full.page(URL).section("What is being done")

    assert part.headings(3) == ["Second crew on weekends", "Ask the state for money", "Buy a grader", "New asphalt plant",
                                "Hotline"]
    assert "Ask the state for money Overdue, due 1 November 2025, Public Works" in part.text
    assert "Buy a grader Under way, due 31 January 2026, Public Works" in part.text


def test_measures_are_counted_by_status_and_listed_with_theirs(full):
    part = full.page(URL).section("Measures")

    assert [each.text for each in part.one("ul", class_="counts").all("li")] == [
        "Off track: 1", "No data: 1", "Watched, without a target: 1"]
    assert [row[:2] for row in part.table()[1:]] == [
        ["Potholes repaired in time", "Off track"], ["Calls for help", "Watched, without a target"],
        ["Not counted yet", "No data"]]


def test_each_number_names_the_data_behind_it(full):
    assert full.page(URL).section("The data behind each number").table()[1:3] == [
        ["Potholes repaired in time", "Service requests (311)", "21 November 2025"],
        ["Calls for help", "A secret Its rows are not published", "21 November 2025"]]


def test_the_population_of_a_rate_is_data_behind_a_number_too():
    rate = RateRecord(per=1_000, population=PopulationRecord(dataset="people", value="count"))
    measure = a_measure(record=a_measure_record(compute=ComputeRecord(dataset="service-requests-311", rate=rate)))

    page = page_of(a_goal("Streets", measure), a_dataset(), a_dataset("People"))

    assert page.section("The data behind each number").table()[1][1] == "Service requests (311), People"


def test_values_that_were_entered_by_hand_say_so():
    measure = a_measure(record=a_measure_record(compute=None), dataset=None)

    assert page_of(a_goal("Streets", measure)).section("The data behind each number").table()[1][1] == "Entered by hand"


def test_what_residents_said_has_its_date_and_its_answer_the_newest_first(full):
    part = full.page(URL).section("What we heard")

    assert part.headings(3) == ["9 September 2025", "2 April 2025: Meeting at the library"]
    assert "Trucks break it. Not answered yet" in part.text
    assert "The alley is forgotten. What the city answered: It was paved." in part.text


def test_reviews_of_the_goal_and_its_measures_stand_together_with_what_was_agreed(full):
    part = full.page(URL).section("Reviews")

    assert part.headings(3) == ["10 November 2025: City manager", "14 August 2025: City manager"]
    assert "Bring the budget Open, due 10 January 2026, Customer Service Center" in part.text
    assert "Bring costs Overdue, due 15 September 2025" in part.text


def test_a_comment_by_mail_names_the_goal_and_its_page():
    page = page_of(a_goal("Streets & alleys", id="streets"), contact=a_contact())

    address = urlsplit(page.link("Comment by e-mail").address)

    assert address.path == "data@example.gov"
    assert parse_qs(address.query) == {
        "subject": ["Comment on the goal: Streets & alleys"],
        "body": ["Goal: Streets & alleys\r\nhttps://data.example.gov/goals/streets/\r\n\r\nWhat I want to say:\r\n"]}


def test_who_answers_for_a_goal_is_written_to_before_the_site():
    owner = a_publisher("Customer Service Center", contact=a_contact(email="owner@example.gov"))

    page = page_of(a_goal(), a_dataset(publisher=owner), contact=a_contact())

    assert page.link("Comment by e-mail").address.startswith("mailto:owner@example.gov?")


@pytest.mark.parametrize(
    ("url", "begins", "title", "body"),
    [
        ("https://code.example.gov/city/data", "https://code.example.gov/city/data/issues/new", "title", "body"),
        ("https://gitlab.example.gov/city/data", "https://gitlab.example.gov/city/data/-/issues/new", "issue[title]",
         "issue[description]"),
    ],
)
def test_a_comment_in_public_is_a_new_entry_of_the_repository_with_title_and_text(url, begins, title, body):
    page = page_of(a_goal(), repository=a_repository(url=url), build=a_build(base_url=""))

    address = page.link("Comment in public").address

    assert address.partition("?")[0] == begins
    assert parse_qs(urlsplit(address).query) == {
        title: ["Comment on the goal: Streets are smooth"], body: ["Goal: Streets are smooth\n\nWhat I want to say:\n"]}


def test_a_goal_that_nobody_can_be_asked_about_offers_no_comment():
    assert "Take part" not in page_of(a_goal()).main.headings(2)


def test_a_goal_without_a_measure_says_so(full):
    page = full.page("/goals/everybody-can-read/")

    assert "Nothing is measured for this goal yet." in page.main.text
    assert page.main.facts() == {"Who answers for it": "Customer Service Center"}


def test_a_headline_without_a_value_has_no_chart():
    page = page_of(a_goal("Streets", replace(a_measure(values=()), title="None")))

    assert "Over time" not in page.main.headings(2)


def test_a_plan_that_could_run_something_leads_nowhere():
    page = page_of(a_goal(record=a_goal_record(plan="javascript:alert(1)")))

    assert "javascript" not in page.source


def test_what_a_city_wrote_cannot_run():
    harm = "<script>alert(1)</script>"

    page = page_of(a_goal(harm, a_measure(harm), id="harm", record=a_goal_record(harm)))

    assert page.heading(1) == harm
    assert "<script>alert(1)" not in page.source


def test_no_id_stands_twice_and_every_page_has_one_first_heading(full):
    pages = [read(each) for each in full.html()]

    assert [page.title for page in pages if len(page.ids()) != len(set(page.ids()))] == []
    assert {len(page.headings(1)) for page in pages} == {1}


def test_no_heading_is_skipped(full):
    levels = {output.url: [int(each) for each in re.findall(r"<h([1-6])[ >]", read(output).source)] for output in full.html()}

    assert [url for url, found in levels.items() if any(after > before + 1 for before, after in pairwise([0, *found]))] == []


def test_every_link_between_pages_leads_somewhere(full):
    targets = {(output.url, urljoin(output.url, part.address).partition("#")[0].partition("?")[0])
               for output in full.html() for part in read(output).all("a")
               if not urlsplit(part.address).scheme and output.url.startswith(("/goals/", "/briefs/"))}

    assert [each for each in targets if each[1].endswith("/") and each[1] not in full.urls()] == []


def test_every_place_in_a_page_that_is_linked_to_is_there(full):
    places = {(urljoin(output.url, part.address).partition("#")[0], part.address.partition("#")[2])
              for output in full.html() if output.url.startswith(("/goals/", "/briefs/"))
              for part in read(output).all("a") if "#" in part.address}

    assert [(url, place) for url, place in places if place not in full.page(url).ids()] == []
