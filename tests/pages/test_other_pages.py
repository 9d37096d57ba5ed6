from datetime import date

import pytest

from pages.drawing import draw_site
from pages.factories import a_build, a_catalog, a_contact, a_dataset, a_forward, a_publisher, a_repository, a_site


def test_home_opens_with_a_sentence_and_a_search_box():
    page = draw_site(a_dataset("Trees")).page("/")

    assert page.title == "Example City open data"
    assert page.main.text.startswith(
        "Example City open data What the city knows, for everyone to use. Search the data Search 1 dataset"
    )
    assert page.main.one("form").get("action") == "data/"


def test_home_says_how_much_there_is():
    assert "1 dataset with 1 file from 1 publisher." in draw_site(a_dataset()).page("/").main.text


def test_home_lists_topics_with_counts():
    page = draw_site(a_dataset("A", topics=["Parks"]), a_dataset("B", topics=["Parks", "Money"])).page("/")

    assert [item.text for item in page.section("Topics").all("li")] == ["Money 1 dataset", "Parks 2 datasets"]


def test_home_counts_what_a_topic_has_published_and_says_so_when_that_is_nothing():
    held = {"status": "planned", "reason": "Later."}
    site = draw_site(a_dataset("A", topics=["Parks"]), a_dataset("B", topics=["Parks"], **held), a_dataset("C", **held))

    assert [item.text for item in site.page("/").section("Topics").all("li")] == [
        "Parks 1 dataset", "Streets 1 dataset, not published"
    ]


def test_home_lists_what_was_updated_last():
    datasets = [a_dataset(f"Set {month}", updated=date(2025, month, 1)) for month in range(1, 9)]

    assert draw_site(*datasets).page("/").section("Recently updated").headings(3) == [
        "Set 8",
        "Set 7",
        "Set 6",
        "Set 5",
        "Set 4",
        "Set 3",
    ]


def test_home_tells_what_is_held_and_not_published():
    site = draw_site(catalog=a_catalog(a_dataset(status="planned", reason="Later."), contact=a_contact()))
    section = site.page("/").section("Is something missing?")

    assert "1 more dataset is listed and not published: it is planned, restricted or retired." in section.text
    assert section.links() == {"Not published": "data/#not-published", "Data team": "mailto:data@example.gov"}


def test_home_of_an_empty_catalog_still_stands():
    page = draw_site(catalog=a_catalog(site=a_site(tagline=None))).page("/")

    assert page.heading(1) == "Example City open data"
    assert page.main.headings(2) == []


def test_home_counts_only_publishers_of_what_is_published():
    site = draw_site(a_dataset("A", publisher="Parks"), a_dataset("B", publisher="Police", status="restricted", reason="Law."))

    assert "1 dataset with 1 file from 1 publisher." in site.page("/").main.text


def test_home_names_no_publishers_where_there_are_none():
    assert "1 dataset with 1 file. All data" in draw_site(a_dataset(publisher=None)).page("/").main.text


ASKED = a_publisher("Parks", contact=a_contact())
UNASKED = a_publisher("Police")
REPORTS = ("/", "/accessibility/", "/privacy/")


@pytest.mark.parametrize(
    ("datasets", "expected"),
    [
        ([a_dataset("A", publisher=ASKED)], "Each publisher’s page names a contact."),
        ([a_dataset("A", publisher=UNASKED)], "Each dataset’s page names a contact."),
        ([a_dataset("A", publisher=ASKED), a_dataset("B", publisher=UNASKED, contact=None)],
         "Pages of datasets name a contact where one is known."),
    ],
    ids=["every publisher", "every dataset", "some datasets"],
)
@pytest.mark.parametrize("url", REPORTS)
def test_a_reader_is_sent_where_contacts_are(url, datasets, expected):
    assert expected in draw_site(*datasets).page(url).main.text


@pytest.mark.parametrize("url", REPORTS)
def test_a_reader_is_sent_nowhere_when_nobody_is_named(url):
    text = draw_site(a_dataset(publisher=UNASKED, contact=None)).page(url).main.text

    assert "a contact" not in text
    assert "ask the department" not in text


def test_about_has_the_citys_own_words():
    page = draw_site(
        catalog=a_catalog(
            a_dataset(), description="We are **open**.\n\n# Why\n\nBecause.", contact=a_contact(), repository=a_repository()
        )
    ).page("/about/")

    assert page.main.headings(2) == ["Why", "What is here", "How to use it", "Contact", "How it is made"]
    assert page.link("https://code.example.gov/city/data").address == "https://code.example.gov/city/data"


def test_about_without_the_citys_words_says_what_the_site_is():
    assert "Example City open data publishes data" in draw_site(a_dataset()).page("/about/").main.text


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"contact": a_contact()}, "Data team"),
        ({"repository": a_repository()}, "https://code.example.gov/city/data/issues"),
        ({}, "Each dataset’s page names a contact."),
    ],
    ids=["contact", "repository", "neither"],
)
def test_the_accessibility_page_says_how_to_report_a_barrier(settings, expected):
    text = draw_site(catalog=a_catalog(a_dataset(), **settings)).page("/accessibility/").main.text

    assert text.partition("Report a barrier")[2].partition("Criterion by criterion")[0].strip().endswith(expected)


def test_the_accessibility_page_owns_up_when_nobody_can_be_told():
    text = draw_site(a_dataset(contact=None)).page("/accessibility/").main.text

    assert "Report a barrier This site names nobody yet who could be told." in text


def test_the_accessibility_page_says_what_needs_a_script_and_what_to_do_without():
    page = draw_site(a_dataset()).page("/accessibility/")
    text = page.main.text

    assert page.main.headings(2) == [
        "What we aim for", "How far they meet it", "What needs a script", "What is tested", "Report a barrier",
        "Criterion by criterion"]
    assert "Without a script, the search box leads to the list of all data, which is complete" in text
    assert "Without a script, colors follow your device." in text


def test_about_names_the_place_that_the_data_is_about():
    page = draw_site(catalog=a_catalog(a_dataset(), spatial="Charlotte, North Carolina")).page("/about/")

    assert page.section("What is here").text.count("1 dataset about Charlotte, North Carolina. All data") == 1


def test_the_privacy_page_says_what_is_not_done():
    assert "They set no cookies and count no visitors." in draw_site(a_dataset()).page("/privacy/").main.text


def test_the_page_for_missing_addresses_links_from_the_top_of_the_host():
    page = draw_site(a_dataset(), build=a_build(base_url="https://example.gov/portal")).page("/404.html")

    assert page.link("All data").address == "/portal/data/"
    assert page.one("link", rel="stylesheet").address.startswith("/portal/assets/site-")
    assert page.one("form").get("action") == "/portal/data/"
    assert page.one("meta", name="robots").get("content") == "noindex"


def test_the_page_for_missing_addresses_in_a_folder_links_relatively():
    page = draw_site(a_dataset(), build=a_build(for_folder=True)).page("/404.html")

    assert page.link("All data").address == "data/index.html"


def test_an_old_address_forwards_without_a_script():
    page = draw_site(catalog=a_catalog(a_dataset(), forwards=[a_forward()])).page("/data/old-name/")

    assert page.one("meta", http_equiv="refresh").get("content") == "0; url=../../data/service-requests-311/"
    assert page.one("link", rel="canonical").address == "https://data.example.gov/data/service-requests-311/"
    assert page.link("Service requests (311)").address == "../../data/service-requests-311/"
    assert page.one("meta", name="robots").get("content") == "noindex"
    assert page.heading(1) == "Service requests (311) has moved"


def test_an_old_address_may_be_a_file():
    site = draw_site(catalog=a_catalog(a_dataset(), forwards=[a_forward(old="/datasets/311.html")]))

    assert site.page("/datasets/311.html").link("Service").address == "../data/service-requests-311/"
