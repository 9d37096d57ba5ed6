from dataclasses import replace
from datetime import date

import pytest

from cityfolio.model.catalog import License
from cityfolio.model.records import Temporal
from pages.drawing import draw_site
from pages.factories import (
    a_build,
    a_catalog,
    a_column,
    a_contact,
    a_dataset,
    a_file,
    a_profile,
    a_publisher,
    a_repository,
    a_topic,
    categories,
    numbers,
)

URL = "/data/service-requests-311/"


def page_of(dataset, **settings):
    return draw_site(catalog=a_catalog(dataset, **settings)).page(f"/data/{dataset.id}/")


def test_the_page_opens_with_title_summary_and_freshness_in_this_order():
    page = page_of(a_dataset())

    assert page.title == "Service requests (311) - Example City open data"
    assert page.heading(1) == "Service requests (311)"
    assert page.main.text.startswith(
        "Data Streets Service requests (311) Every non-emergency request residents made to the city since 2016. "
        "On time: updated 21 November 2025, due daily What changed Download CSV 18.4 MB"
    )


def test_the_sections_are_in_the_order_of_a_readers_questions():
    dataset = a_dataset(
        known_limits="Few.", description="Many words.", notes={"Source": "CRM"}, related=["service-requests-311"]
    )

    assert page_of(dataset).main.headings(2) == [
        "Know before you use it",
        "About this data",
        "Columns",
        "First rows",
        "Related data",
        "Further facts",
        "Cite and take part",
        "Checksums",
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "On time: updated 21 November 2025, due daily"),
        ({"updated": date(2025, 11, 9)}, "Late by 12 days: updated 9 November 2025, due daily"),
        ({"updated": date(2025, 11, 20)}, "Late by 1 day: updated 20 November 2025, due daily"),
        ({"frequency": "never"}, "Last updated 21 November 2025; not updated any more"),
        ({"frequency": "irregular"}, "Last updated 21 November 2025; updated from time to time"),
        ({"frequency": "continual"}, "On time: updated 21 November 2025, due at least daily"),
        ({"frequency": None}, "Updated 21 November 2025, with no promised schedule"),
        ({"updated": None}, "Due daily; the day of the last update is not known"),
        ({"updated": None, "frequency": None}, "The day of the last update is not known"),
        ({"updated": None, "frequency": "irregular"}, "Updated from time to time; the day of the last update is not known"),
        ({"updated": None, "frequency": "never"}, "Not updated any more; the day of the last update is not known"),
    ],
    ids=["on time", "late", "a day late", "never", "irregular", "all the time", "no schedule", "no date", "neither",
         "irregular without a date", "never without a date"],
)
def test_the_freshness_line_says_age_and_promise(given, expected):
    assert expected in page_of(a_dataset(**given)).main.text


def test_the_key_facts_stand_beside_the_opening():
    dataset = a_dataset(
        temporal=Temporal(start="2016-01-01", end="2025-11"),
        spatial="Charlotte, North Carolina",
        issued=date(2016, 3, 1),
        topics=["Streets", "Parks"],
        contact=a_contact(phone="704-555-0100"),
    )
    facts = page_of(dataset).main.one("dl", class_="facts").facts()

    assert facts == {
        "Each row is": "One service request",
        "Rows": "300",
        "Covers": "1 January 2016 to November 2025 Charlotte, North Carolina",
        "Published by": "Customer Service Center",
        "Topics": "Streets, Parks",
        "First published": "1 March 2016",
        "License": "Public domain (CC0 1.0) CC0-1.0",
        "Contact": "Data team 704-555-0100",
    }


@pytest.mark.parametrize(
    ("temporal", "expected"),
    [(Temporal(start="2016"), "From 2016 on"), (Temporal(end="2024-05"), "Up to May 2024"), (Temporal(), None), (None, None)],
    ids=["open end", "open start", "empty", "none"],
)
def test_time_covered_may_be_open(temporal, expected):
    facts = page_of(a_dataset(temporal=temporal)).main.one("dl", class_="facts").facts()

    assert facts.get("Covers") == expected


def test_facts_lead_to_publisher_topic_license_and_contact():
    links = page_of(a_dataset()).main.one("dl", class_="facts").links()

    assert links == {
        "Customer Service Center": "../../publishers/customer-service-center/",
        "Streets": "../../topics/streets/",
        "Public domain (CC0 1.0)": "https://creativecommons.org/publicdomain/zero/1.0/",
        "Data team": "mailto:data@example.gov",
    }


def test_a_dataset_without_publisher_license_or_contact_says_so_or_leaves_it_out():
    facts = page_of(a_dataset(publisher=None, license=None, contact=None)).main.one("dl", class_="facts").facts()

    assert facts["License"] == "None stated"
    assert not {"Published by", "Contact"} & set(facts)


@pytest.mark.parametrize(
    ("terms", "fact", "address", "text"),
    [
        ({"url": "https://example.gov/terms"}, "Terms", "https://example.gov/terms", None),
        ({"description": "Name *us*."}, "Terms", "#license", "License Name us."),
        ({"url": "https://example.gov/terms", "description": "Name us.", "spdx": "X-1"}, "Terms X-1",
         "https://example.gov/terms", "License Name us."),
        ({}, "Terms", None, None),
    ],
    ids=["an address", "its own words", "both, and an identifier", "a name alone"],
)
def test_a_license_is_named_with_its_identifier_and_leads_to_its_words(terms, fact, address, text):
    page = page_of(a_dataset(license=License(id="terms", title="Terms", **terms), publisher=None, topics=(), contact=None))
    facts = page.main.one("dl", class_="facts")

    assert facts.facts()["License"] == fact
    assert facts.links().get("Terms") == address
    assert [part.text for part in page.main.all("section", aria_labelledby="license")] == ([text] if text else [])


def test_an_identifier_of_a_license_is_set_as_code():
    assert page_of(a_dataset()).main.one("dl", class_="facts").one("code").text == "CC0-1.0"


@pytest.mark.parametrize("status", ["planned", "restricted", "retired"])
def test_what_is_not_published_has_no_license(status):
    terms = License(id="terms", title="Terms", description="Name us.")
    page = page_of(a_dataset(status=status, reason="Later.", license=terms))

    assert "License" not in page.main.one("dl", class_="facts").facts()
    assert "License" not in page.main.headings(2)


def test_an_id_that_stands_in_for_a_title_is_marked_in_words():
    page = page_of(a_dataset("trees-v2", has_title=False))

    assert page.main.one("b", data_state="untitled").text == "No title yet; this is its id"
    assert not page_of(a_dataset("Trees")).main.all("b")


def test_a_publisher_without_a_title_is_marked_among_the_facts():
    publisher = replace(a_publisher("parks-dept"), has_title=False)
    facts = page_of(a_dataset(publisher=publisher)).main.one("dl", class_="facts").facts()

    assert facts["Published by"] == "parks-dept No title yet; this is its id"


def test_rows_of_several_files_are_added_and_counted():
    files = [
        a_file("2024.csv", profile=a_profile(numbers(rows=214_032))),
        a_file("2025.csv", profile=a_profile(numbers(rows=18))),
    ]

    assert page_of(a_dataset(files=files)).main.one("dl", class_="facts").facts()["Rows"] == "214,050 in 2 files"


def test_known_limits_are_shown_and_not_folded():
    page = page_of(a_dataset(known_limits="Requests before **2018** have no location."))

    assert page.section("Know before you use it").text == "Know before you use it Requests before 2018 have no location."
    assert not page.section("Know before you use it").all("details")


def test_columns_that_were_left_out_are_named():
    file = a_file(profile=a_profile(left_out=("caller_phone", "caller_name")), left_out=("caller_phone", "caller_name"))

    assert (
        page_of(a_dataset(files=[file]))
        .section("Know before you use it")
        .text.endswith("2 columns hold personal data and are left out of every file here: caller_phone, caller_name.")
    )


@pytest.mark.parametrize(("status", "word"), [("planned", "Planned"), ("restricted", "Restricted"), ("retired", "Retired")])
def test_what_is_not_published_says_why_in_place_of_the_download(status, word):
    page = page_of(a_dataset(status=status, reason="The survey ends in spring.\n\nThen it comes."))

    assert page.main.one("span", class_="status").text == word
    assert page.section("Why this cannot be downloaded").text == (
        "Why this cannot be downloaded The survey ends in spring. Then it comes."
    )
    assert not page.main.all("a", class_="button")
    assert page.main.one("dl", class_="facts").facts()["Contact"] == "Data team"


def test_a_published_dataset_with_no_file_says_so():
    assert "Nothing can be downloaded yet." in page_of(a_dataset(files=[])).main.text


def test_the_citation_names_who_what_where_when_and_the_address():
    cite = page_of(a_dataset()).main.one("p", class_="cite").text

    assert cite == (
        "Customer Service Center. Service requests (311) [data set]. Example City open data. "
        "Updated 21 November 2025. https://data.example.gov/data/service-requests-311/"
    )


def test_the_citation_leaves_out_what_is_not_known():
    site = draw_site(a_dataset(publisher=None, updated=None), build=a_build(base_url=""))

    assert site.page(URL).main.one("p", class_="cite").text == "Service requests (311) [data set]. Example City open data"


def test_a_problem_is_reported_by_mail_with_the_title_as_its_subject():
    link = page_of(a_dataset()).link("Report a problem by e-mail")

    assert link.address == "mailto:data@example.gov?subject=Problem%20with%20Service%20requests%20%28311%29"


def test_without_an_address_a_problem_is_reported_in_the_repository():
    page = page_of(a_dataset(contact=None), repository=a_repository())

    assert page.link("Report a problem").address == "https://code.example.gov/city/data/issues"


def test_without_either_nothing_is_offered():
    assert "Report a problem" not in page_of(a_dataset(contact=None)).links()


@pytest.mark.parametrize(
    ("repository", "expected"),
    [
        ({}, "https://code.example.gov/city/data/edit/main/catalog/datasets/service-requests-311/dataset.yaml"),
        (
            {"url": "https://gitlab.example.gov/data/"},
            "https://gitlab.example.gov/data/-/edit/main/catalog/datasets/service-requests-311/dataset.yaml",
        ),
        (
            {"url": "https://codeberg.org/city/data", "path": ".", "branch": "live"},
            "https://codeberg.org/city/data/_edit/live/datasets/service-requests-311/dataset.yaml",
        ),
    ],
    ids=["any host", "GitLab", "Forgejo, at the top"],
)
def test_the_file_behind_the_page_is_edited_at_the_code_host(repository, expected):
    page = page_of(a_dataset(), repository=a_repository(**repository))

    assert page.link("Edit its file at the code host").address == expected


def test_edit_this_page_opens_its_form():
    page = page_of(a_dataset(), repository=a_repository())

    assert page.link("Edit this page").address == "../../edit/dataset/?id=service-requests-311"


def test_without_a_repository_there_is_nothing_to_edit():
    assert "Edit this page" not in page_of(a_dataset()).links()


def test_related_data_is_linked_by_its_title():
    site = draw_site(a_dataset(related=["trees"]), a_dataset("Trees"))

    assert site.page(URL).section("Related data").links() == {"Trees": "../../data/trees/"}


def test_files_are_told_with_their_checksums():
    page = page_of(a_dataset(files=[a_file("trees.csv", sha256="ab" * 32), a_file(None, url="https://example.gov/x")]))

    assert page.section("Checksums").facts() == {"trees.csv": "ab" * 32}


def test_keywords_and_further_facts_are_shown_as_they_are():
    page = page_of(a_dataset(keywords=["311", "<b>"], notes={"Source": "CRM <4>"}))

    assert "Also found by: 311, <b>" in page.main.text
    assert page.section("Further facts").facts() == {"Source": "CRM <4>"}


def test_the_description_of_the_page_is_its_summary_or_the_first_sentence():
    site = draw_site(a_dataset(), a_dataset("Trees", summary=None, description="Every tree. And more."))

    assert site.page(URL).one("meta", name="description").get("content") == (
        "Every non-emergency request residents made to the city since 2016."
    )
    assert site.page("/data/trees/").one("meta", name="description").get("content") == "Every tree."


def test_the_columns_can_be_linked_to():
    page = page_of(a_dataset(files=[a_file(profile=a_profile(categories(), numbers("Days open")))]))

    assert page.by_id("column-request_type").text.startswith("request_type")
    assert page.by_id("column-Days-20-open").text.startswith("Days open")


def test_two_tables_with_a_column_of_the_same_name_have_two_places():
    files = [
        a_file("a.csv", title="First", profile=a_profile(numbers())),
        a_file("b.csv", title="Second", profile=a_profile(numbers(), categories())),
    ]
    page = page_of(a_dataset(files=files))

    assert page.section("Columns").headings(3) == ["First", "Second"]
    assert [each for each in page.ids() if each.startswith(("column-", "of-"))] == [
        "column-days_open",
        "of-b-2e-csv-column-days_open",
        "column-request_type",
    ]


def test_what_the_page_lists_first_is_what_a_reader_comes_for():
    columns = (a_column("request_type", title="What was asked for"), a_column("days_open", title="Days", unit="days"))
    file = a_file(profile=a_profile(categories(), numbers()), columns=columns)

    assert page_of(a_dataset(files=[file])).table(0) == [
        ["Name", "Meaning", "Type and range", "Spread", "Filled in"],
        [
            "request_type",
            "What was asked for",
            ("One of 5 categories Bulky item 40%, Missed pickup 30%, Nuisance 17%, others 13%"),
            "",
            "Filled in: 100%",
        ],
        ["days_open", "Days", "Whole number, days 0 to 410, middle value 4", "", "Filled in: 93%"],
    ]


def test_publishers_and_topics_with_odd_names_are_shown_as_they_are():
    dataset = a_dataset(publisher=a_publisher("Parks & <Recreation>", id="parks"), topics=[a_topic("A & B", id="ab")])
    page = page_of(dataset)

    assert page.link("Parks & <Recreation>").address == "../../publishers/parks/"
    assert page.link("A & B").address == "../../topics/ab/"


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Trees", "Trees - Example City open data"), ("x" * 60, "x" * 60), ("x" * 71, "x" * 69 + "…")],
    ids=["with the name of the site", "alone", "cut"],
)
def test_a_tab_shows_as_much_of_the_title_as_has_room(title, expected):
    assert page_of(a_dataset(title)).title == expected
