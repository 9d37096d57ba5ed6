"""The search box of every page, and the page of results as it is before its script."""

import re
from dataclasses import replace

import pytest

from cityfolio.publish.weights import gzipped
from pages.catalogs import a_full_catalog
from pages.drawing import draw_site, the_theme
from pages.factories import a_build, a_catalog, a_contact, a_dataset
from pages.reader import read

HASHED = r"-[0-9a-f]{10}\.js"


@pytest.fixture
def bundled():
    if "search.js" not in the_theme().bundle:
        pytest.skip("the theme's scripts are not bundled; `make site` does it")


def box(url, **given):
    return draw_site(catalog=a_full_catalog(), **given).page(url).one("search-box")


def test_every_page_has_one_search_box_but_those_within_pages_of_others():
    site = draw_site(catalog=a_full_catalog())

    assert {output.url: len(read(output).all("form", role="search")) for output in site.html()} == {
        output.url: int(output.kind != "embed") for output in site.html()
    }


@pytest.mark.parametrize(
    ("url", "place"),
    [("/", "main"), ("/404.html", "main"), ("/search/", "main"), ("/data/", "header"), ("/data/crimes/", "header"),
     ("/about/", "header")],
)
def test_the_box_stands_in_the_header_unless_the_page_is_there_for_it(url, place):
    assert len(draw_site(catalog=a_full_catalog()).page(url).one(place).all("search-box")) == 1


@pytest.mark.parametrize("url", ["/", "/data/", "/search/"])
def test_the_box_has_a_name_also_where_it_is_not_seen(url):
    found = box(url)

    assert found.one("label").get("for") == found.one("input").get("id")
    assert found.one("label").text in ("Search the data", "What are you looking for?")


def test_without_a_script_the_form_leads_to_the_list():
    assert (box("/data/crimes/").one("form").get("action"), box("/").one("input").get("name")) == ("../../data/", "q")


def test_the_box_tells_its_script_where_everything_is(bundled):
    found = box("/data/crimes/")

    assert (found.get("data-page"), found.get("data-root")) == ("../../search/", "../../")
    assert re.fullmatch(rf"\.\./\.\./assets/search-page{HASHED}", found.get("data-script"))
    assert re.fullmatch(rf"\.\./\.\./assets/search{HASHED}", found.get("data-engine"))
    assert re.fullmatch(rf"\.\./\.\./assets/inflate{HASHED}", found.get("data-inflate"))


def test_every_file_that_the_box_names_is_on_the_site(bundled):
    site = draw_site(a_dataset())
    found = site.page("/").one("search-box")

    assert {f"/{found.get(f'data-{name}')}" for name in ("page", "script", "engine", "inflate")} <= site.urls()


def test_on_the_page_for_missing_addresses_everything_is_named_from_the_top_of_the_host(bundled):
    found = box("/404.html", build=a_build(base_url="https://example.gov/portal"))

    assert (found.get("data-page"), found.get("data-root")) == ("/portal/search/", "/portal/")
    assert found.get("data-engine").startswith("/portal/assets/")


def test_the_engine_is_at_an_address_that_stays_the_same_to_the_byte(bundled):
    outputs = {output.url: output for output in draw_site(a_dataset()).outputs}
    [hashed] = [url for url in outputs if re.fullmatch(rf"/assets/search{HASHED}", url)]

    assert outputs["/search/search.js"].body == outputs[hashed].body
    assert outputs["/search/search.js"].media_type == "text/javascript"


@pytest.mark.parametrize(
    ("name", "most"), [("search.js", 6_120), ("search-page.js", 10_000), ("site.js", 1_700), ("inflate.js", 3_000)]
)
def test_no_script_of_the_search_weighs_more_than_it_may(bundled, name, most):
    assert gzipped(the_theme().bundle[name]) <= most


def test_in_a_folder_the_box_has_no_script_to_fetch():
    found = box("/data/crimes/", build=a_build(for_folder=True))

    assert found.get("data-page") is None
    assert found.one("form").get("action") == "../../data/index.html"


def test_a_theme_that_is_not_bundled_has_a_box_that_leads_to_the_list():
    found = draw_site(a_dataset(), theme=replace(the_theme(), bundle={})).page("/").one("search-box")

    assert found.get("data-page") is None
    assert found.one("form").get("action") == "data/"


def test_search_engines_leave_the_page_of_results_out():
    assert draw_site(a_dataset()).page("/search/").one("meta", name="robots").get("content") == "noindex"


def test_the_page_of_results_fetches_the_engine_and_the_root_of_the_index_ahead(bundled):
    page = draw_site(a_dataset()).page("/search/")
    ahead = [part.address for part in page.all("link") if part.get("rel") in ("modulepreload", "preload")]

    assert [part for part in ahead if re.search(rf"assets/search(-page)?{HASHED}", part)] == ahead[1:3]
    assert ahead[3] == "../search/index/root.bin"


def test_without_a_script_the_page_of_results_leads_to_the_lists():
    page = draw_site(a_dataset("Trees", topics=["Parks"])).page("/search/")

    assert "Searching by word needs a script" in page.main.text
    assert page.main.link("All data").address == "../data/"
    assert page.main.link("Parks").address == "../data/topic/parks/"
    assert page.main.link("Publishers").address == "../publishers/"


def test_places_for_results_wait_out_of_sight():
    page = draw_site(a_dataset()).page("/search/")
    groups = {part.get("data-kind"): part for part in page.main.all("section") if part.get("data-kind")}

    assert [part.heading(2) for part in groups.values()] == [
        "Data", "Columns", "Measures", "Goals", "Guides", "Rules and meetings"]
    assert [part.get("hidden") for part in groups.values()] == [""] * 6


def test_a_second_try_and_a_line_for_paper_wait_out_of_sight(bundled):
    top = draw_site(a_dataset()).page("/search/").one("div", class_="finder-top")

    assert top.one("button", data_again="").get("hidden") == ""
    assert top.one("p", class_="print-only").text == ""


def test_the_box_takes_as_much_as_is_asked():
    assert box("/").one("input").get("maxlength") == "300"


def test_there_is_a_filter_by_status_only_where_something_is_not_published():
    held = a_dataset("Footage", status="restricted", reason="By law.")
    filters = [draw_site(*datasets).page("/search/").one("details", class_="filters")
               for datasets in ([a_dataset()], [a_dataset(), held])]

    assert [len(part.all("section", data_dimension="status")) for part in filters] == [0, 1]
    assert filters[1].one("section", data_dimension="status").get("hidden") == ""


def test_a_long_filter_is_cut_since_the_script_brings_the_rest():
    site = draw_site(*(a_dataset(f"Set {number}", publisher=f"Department {number:03}") for number in range(60)))
    publishers = site.page("/search/").one("section", data_dimension="publisher")

    assert len(publishers.all("a")) == 40


@pytest.mark.parametrize(
    ("contact", "expected"), [(a_contact(), "Data team"), (None, "Each dataset’s page names a contact.")], ids=["one", "none"]
)
def test_who_finds_nothing_is_told_whom_to_ask(contact, expected):
    page = draw_site(catalog=a_catalog(a_dataset(), contact=contact)).page("/search/")

    assert expected in page.section("Is something missing?").text


def test_in_a_folder_the_page_of_results_says_why_it_cannot_search():
    page = draw_site(a_dataset(), build=a_build(for_folder=True)).page("/search/")

    assert "Searching needs a web server" in page.main.text
    assert "Any of your words may match" not in page.main.text
    assert page.main.link("All data").address == "../data/index.html"
    assert not page.all("link", rel="modulepreload")


def test_the_months_are_given_to_the_script_in_the_language_of_the_page():
    months = draw_site(a_dataset()).page("/search/").one("search-page").get("data-months")

    assert months.split(",")[::11] == ["January", "December"]
