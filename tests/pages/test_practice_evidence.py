import pytest

from pages.assessments import an_assessed_catalog
from pages.drawing import draw_site
from pages.factories import a_build

EVIDENCE = "/practice/charter/evidence/"


@pytest.fixture(scope="module")
def page():
    return draw_site(catalog=an_assessed_catalog()).page(EVIDENCE)


def test_the_cover_says_what_it_is_of_whom_and_of_which_day(page):
    cover = page.main.text.partition("Contents")[0]

    assert page.heading(1) == "Evidence for the self-assessment: Data charter"
    assert "Example City open data" in cover
    assert "Nobody else has checked or certified it." in cover
    assert page.main.facts()["Answered on"] == "22 November 2025"
    assert "https://data.example.gov/practice/charter/evidence/, revision 0123456789ab" in cover


def test_without_a_known_address_none_is_printed():
    page = draw_site(catalog=an_assessed_catalog(), build=a_build(base_url="", revision="")).page(EVIDENCE)

    assert "revision" not in page.main.text


def test_its_contents_lead_to_every_criterion(page):
    contents = page.main.one("nav", aria_labelledby="contents")

    assert {each.address for each in contents.all("a")} >= {f"#criterion-{each}" for each in (
        "inventory", "dictionaries", "topics", "licenses", "board", "training", "engagement", "survey")}


def test_nothing_is_folded_away(page):
    assert page.main.all("details") == []
    assert "gone-13" in page.main.text


def test_the_same_with_all_rows_is_one_file(page):
    assert page.link("The same with all rows").address.endswith("/practice/charter/evidence.zip")


def test_search_engines_are_led_to_the_page_of_the_standard(page):
    assert page.one("meta", name="robots").get("content") == "noindex"
    assert page.one("link", rel="canonical").address == "https://data.example.gov/practice/charter/"
