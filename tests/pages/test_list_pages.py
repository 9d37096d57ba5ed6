from dataclasses import replace
from datetime import date

import pytest

from cityfolio.pages import lists
from cityfolio.pages.passing_routes import is_view
from pages.drawing import draw_site
from pages.factories import (
    a_build,
    a_catalog,
    a_contact,
    a_dataset,
    a_file,
    a_profile,
    a_publisher,
    a_repository,
    a_topic,
    numbers,
)

SHP = a_file(None, url="https://example.gov/a.shp", format="SHP")


def titles(page):
    return page.main.headings(3)


def test_the_list_has_every_dataset_with_its_sentence_publisher_date_and_formats():
    page = draw_site(a_dataset("Trees", files=[a_file(), SHP, a_file("b.csv")]), a_dataset("Bridges")).page("/data/")

    assert page.heading(1) == "Data"
    assert titles(page) == ["Bridges", "Trees"]
    assert page.link("Trees").address == "../data/trees/"
    assert page.main.one("ul", class_="rows").all("li")[1].text == (
        "TreesEvery non-emergency request residents made to the city since 2016."
        "Customer Service Center Updated 21 November 2025 CSV, SHP"
    )


def test_a_late_dataset_says_so_in_the_list():
    page = draw_site(a_dataset(updated=date(2025, 11, 9))).page("/data/")

    assert page.main.one("b", data_state="late").text == "Late by 12 days"


def test_what_is_not_published_is_listed_in_its_own_place():
    page = draw_site(a_dataset("Trees"), a_dataset("Footage", status="restricted", reason="By law.")).page("/data/")

    assert page.section("Not published").headings(3) == ["Footage"]
    assert page.section("Not published").one("b", class_="mark").text == "Restricted"
    assert page.by_id("not-published").text == "Not published"


def test_the_first_sentence_of_the_description_stands_in_for_a_summary():
    page = draw_site(a_dataset("Trees", summary=None, description="Every **tree**. More.")).page("/data/")

    assert "Every tree." in page.main.text


def test_filters_are_links_to_pages_built_ahead_with_counts():
    site = draw_site(a_dataset("Trees", topics=["Parks"], files=[a_file(), SHP]), a_dataset("Bridges", frequency=None))
    groups = {
        part.heading(2): [item.text for item in part.all("li")]
        for part in site.page("/data/").one("details", class_="filters").all("section")
    }

    assert groups == {
        "Topic": ["Parks 1", "Streets 1"],
        "Publisher": ["Customer Service Center 2"],
        "Format": ["CSV 2", "SHP 1"],
        "Freshness": ["Not known 1", "On time 1"],
    }


@pytest.mark.parametrize(
    ("url", "heading", "expected"),
    [
        ("/data/topic/parks/", "Data about Parks", ["Trees"]),
        ("/data/publisher/customer-service-center/", "Data from Customer Service Center", ["Bridges", "Trees"]),
        ("/data/format/shp/", "Data as SHP", ["Trees"]),
        ("/data/freshness/on-time/", "Data that is on time", ["Trees"]),
        ("/data/freshness/late/", "Data that is late", ["Bridges"]),
    ],
)
def test_each_filter_is_a_page(url, heading, expected):
    site = draw_site(
        a_dataset("Trees", topics=["Parks"], files=[a_file(), SHP]), a_dataset("Bridges", updated=date(2020, 1, 1))
    )

    assert site.page(url).heading(1) == heading
    assert titles(site.page(url)) == expected


def test_the_page_of_a_filter_marks_it_and_leads_back_to_everything():
    page = draw_site(a_dataset("Trees", topics=["Parks"])).page("/data/topic/parks/")

    assert page.main.one("a", aria_current="true").text == "Parks"
    assert page.main.one("a", aria_current="true").address == "../../../data/"
    assert page.link("All data").address == "../../../data/"


def test_the_rarer_values_of_a_filter_are_folded():
    datasets = [a_dataset(f"Set {number}", publisher=f"Department {number:02}") for number in range(12)]
    filters = draw_site(*datasets).page("/data/").one("details", class_="filters")

    assert [part.one("summary").text for part in filters.all("details")[1:]] == ["More (Publisher)"]


def test_spellings_of_a_format_that_make_one_address_share_a_page():
    files = [a_file(None, url=f"https://example.gov/{at}", format=name) for at, name in enumerate(("gdb", "GDB", "GDB"))]
    site = draw_site(a_dataset(files=files))

    assert site.page("/data/format/gdb/").heading(1) == "Data as GDB"


def test_a_plan_has_neither_format_nor_freshness():
    site = draw_site(a_dataset(status="planned", reason="Later."))

    assert not [url for url in site.urls() if url.startswith(("/data/format/", "/data/freshness/"))]


def test_the_list_tells_its_script_what_to_say_and_where_words_are_searched():
    finder = draw_site(a_dataset()).page("/data/").one("list-filter")

    assert [finder.get(f"data-{name}") for name in ("say-one", "say-many", "search", "whole")] == [
        "1 dataset", "{n} datasets", "../search/", None
    ]


def test_a_topic_has_its_words_and_its_data():
    topic = a_topic("Parks", description="Where the city is **green**.\n\n## Trees\n\nMany.")
    page = draw_site(a_dataset("Trees", topics=[topic]), a_dataset("Bridges")).page("/topics/parks/")

    assert page.heading(1) == "Parks"
    assert "Where the city is green." in page.main.text
    assert titles(page) == ["Trees"]
    assert page.link("Search and filter").address == "../../data/topic/parks/"
    assert page.alternates()["application/atom+xml"] == "https://data.example.gov/new.atom"
    assert page.link("What is new in Parks").address == "feed.atom"


def test_a_topic_without_data_offers_no_filter():
    catalog = a_catalog(topics=[a_topic("Parks")])
    page = draw_site(catalog=catalog).page("/topics/parks/")

    assert "0 datasets" in page.main.text
    assert "Search and filter these datasets" not in page.links()


def test_topics_are_listed_with_their_first_sentence_and_count():
    page = draw_site(a_dataset(topics=[a_topic("Parks", description="Green. More.")])).page("/topics/")

    assert [item.text for item in page.main.one("ul", class_="entries").all("li")] == ["Parks 1 datasetGreen."]


def test_a_publisher_says_who_answers():
    parent = a_publisher("City of Example")
    parks = a_publisher(
        "Parks",
        description="Keeps parks.",
        url="https://example.gov/parks",
        parent="city-of-example",
        contact=a_contact(name="Park office"),
    )
    site = draw_site(catalog=a_catalog(a_dataset("Trees", publisher=parks), publishers=[parent]))

    assert site.page("/publishers/parks/").main.facts() == {
        "Part of": "City of Example",
        "Contact": "Park office",
        "Website": "https://example.gov/parks",
    }
    assert site.page("/publishers/city-of-example/").main.facts() == {"Its parts": "Parks"}
    assert titles(site.page("/publishers/parks/")) == ["Trees"]


def test_an_empty_catalog_says_that_nothing_is_listed():
    assert "Nothing is listed here yet." in draw_site().page("/publishers/").main.text


def test_pages_of_topics_and_publishers_can_be_edited():
    site = draw_site(catalog=a_catalog(a_dataset(), repository=a_repository()))

    assert site.page("/topics/streets/").link("Edit this page").address.endswith("/edit/main/catalog/topics/streets.yaml")
    assert site.page("/publishers/customer-service-center/").link("Edit").address.endswith("/customer-service-center.yaml")


def test_what_is_new_is_grouped_by_day_the_newest_first():
    site = draw_site(
        a_dataset("A", updated=date(2025, 1, 2)),
        a_dataset("B", updated=date(2025, 3, 4)),
        a_dataset("C", updated=date(2025, 1, 2)),
        a_dataset("D", updated=None),
        a_dataset("E", status="planned"),
    )
    page = site.page("/new/")

    assert page.main.headings(2) == ["4 March 2025", "2 January 2025"]
    assert titles(page) == ["B", "A", "C"]
    assert "The day of the last update is not known for 1 dataset." in page.main.text


def test_a_date_still_to_come_is_no_news():
    site = draw_site(a_dataset("A", updated=date(2027, 1, 2)), a_dataset("B"))

    assert titles(site.page("/new/")) == ["B"]
    assert "not known" not in site.page("/new/").main.text


def test_a_site_for_a_folder_links_to_files():
    site = draw_site(a_dataset("Trees"), build=a_build(for_folder=True))

    assert site.page("/data/").link("Trees").address == "../data/trees/index.html"
    assert site.page("/data/").one("form").get("action") == "index.html"


def test_a_list_in_a_folder_brings_along_the_words_it_is_found_by():
    file = a_file(profile=a_profile(numbers("height_ft")))
    site = draw_site(a_dataset("Trees", keywords=["Arbor"], files=[file]), build=a_build(for_folder=True))
    finder = site.page("/data/").one("list-filter")

    assert finder.get("data-search") is None
    assert {"arbor", "height_ft"} <= set(finder.one("ul", class_="rows").one("li").get("data-words").split())
    assert site.page("/data/topic/streets/").one("ul", class_="rows").one("li").get("data-words")


@pytest.mark.parametrize("url", ["/", "/new/", "/topics/streets/"])
def test_rows_that_are_not_searched_bring_no_words_along(url):
    site = draw_site(a_dataset("Trees"), build=a_build(for_folder=True))

    assert site.page(url).main.one("ul", class_="rows").one("li").get("data-words") is None


def test_a_list_that_is_served_leaves_words_to_the_search():
    assert draw_site(a_dataset()).page("/data/").one("ul", class_="rows").one("li").get("data-words") is None


def test_an_id_that_stands_in_for_a_title_is_marked_in_lists():
    page = draw_site(a_dataset("trees-v2", has_title=False), a_dataset("Bridges")).page("/data/")

    assert [part.text for part in page.main.all("b", data_state="untitled")] == ["No title yet; this is its id"]
    assert "No title yet" in page.main.one("ul", class_="rows").all("li")[1].text


def test_a_publisher_without_a_title_is_marked_on_its_page_and_among_all():
    site = draw_site(a_dataset(publisher=replace(a_publisher("parks-dept"), has_title=False)), a_dataset("Trees"))

    assert site.page("/publishers/parks-dept/").main.one("b", data_state="untitled").text == "No title yet; this is its id"
    assert [item.text for item in site.page("/publishers/").main.one("ul", class_="entries").all("li")] == [
        "Customer Service Center 1 dataset", "parks-dept No title yet; this is its id 1 dataset"
    ]


def test_data_of_unknown_freshness_is_called_so_whether_or_not_it_has_a_schedule():
    site = draw_site(a_dataset("Trees", updated=None), a_dataset("Bridges", frequency=None))

    assert site.page("/data/freshness/unknown/").heading(1) == "Freshness not known"
    assert titles(site.page("/data/freshness/unknown/")) == ["Bridges", "Trees"]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["published", "published"], "2 datasets"),
        (["published", "published", "retired"], "2 datasets and 1 not published"),
        (["planned"], "1 dataset, not published"),
        (["planned", "restricted"], "2 datasets, none published"),
    ],
    ids=["all published", "one held back", "one alone", "none"],
)
@pytest.mark.parametrize("url", ["/topics/", "/publishers/", "/topics/streets/", "/publishers/customer-service-center/"])
def test_what_is_not_published_is_counted_apart(url, statuses, expected):
    site = draw_site(*(a_dataset(f"Set {at}", status=status, reason="Why.") for at, status in enumerate(statuses)))
    counts = [part.text for name in ("span", "p") for part in site.page(url).main.all(name)]

    assert expected in [text.removesuffix(" Search and filter these datasets") for text in counts]


def test_a_long_summary_is_cut_to_its_first_sentence_in_lists():
    page = draw_site(a_dataset(summary=f"Every tree. {'More words. ' * 20}")).page("/data/")

    assert page.main.one("ul", class_="rows").one("li").all("p")[0].text == "Every tree."


@pytest.fixture
def short_pages(monkeypatch):
    """Lists with two datasets a page, and groups that show two."""
    monkeypatch.setattr(lists, "MOST_ON_A_PAGE", 2)
    monkeypatch.setattr(lists, "MOST_OF_A_GROUP", 2)


FIVE = [a_dataset("Asphalt", topics=["Parks"], status="planned", reason="Soon."),
        *(a_dataset(title, topics=["Parks"]) for title in ("Bridges", "Curbs", "Drains", "Elms"))]


@pytest.mark.parametrize(("url", "expected"), [
    ("/data/", ["Bridges", "Curbs"]), ("/data/page/2/", ["Drains", "Elms"]), ("/data/page/3/", ["Asphalt"]),
    ("/data/topic/parks/", ["Bridges", "Curbs"]), ("/data/topic/parks/3/", ["Asphalt"]),
])
def test_a_long_list_is_divided_and_what_is_not_published_comes_last(short_pages, url, expected):
    assert titles(draw_site(*FIVE).page(url)) == expected


def test_the_pages_of_a_list_lead_to_each_other_and_say_which_they_are(short_pages):
    page = draw_site(*FIVE).page("/data/page/2/")

    pages = page.main.one("nav", aria_label="Pages of this list")
    assert [link.address for link in pages.all("a")] == ["../../../data/", "./", "../../../data/page/3/"]
    assert pages.one("a", aria_current="page").text == "2"
    assert page.heading(1) == "Data, page 2"
    assert "5 datasets" in page.main.text


def test_a_divided_list_is_narrowed_by_its_filters_and_the_search_alone(short_pages):
    page = draw_site(*FIVE).page("/data/topic/parks/2/")

    assert not page.main.all("list-filter")
    assert "use the search" in page.main.text
    assert page.main.one("a", aria_current="true").address == "../../../../data/"


def test_a_list_that_is_whole_has_no_page_numbers():
    assert not draw_site(*FIVE).page("/data/").main.all("nav", aria_label="Pages of this list")


def test_a_large_topic_shows_its_first_datasets_and_leads_to_all(short_pages):
    page = draw_site(*FIVE).page("/topics/parks/")

    assert len(titles(page)) == 2
    assert page.link("The first 2 are here. See them all, with filters").address == "../../data/topic/parks/"


def test_no_further_page_of_a_list_must_stay():
    assert all(is_view(url) for url in ("/data/page/2/", "/data/topic/parks/3/"))
    assert not is_view("/data/trees/trees/")
