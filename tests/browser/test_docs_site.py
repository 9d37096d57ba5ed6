"""The documents in a browser: every width, both schemes, without a script, searched and printed."""

import pytest

import docs_site
from browser.rules import at_widths, broken_in_both_schemes
from browser.serving import served
from campaigns import chosen
from cityfolio.publish.folder_sink import FolderSink

pytestmark = [pytest.mark.browser, pytest.mark.npm]
SHOWN = ["/", "/tutorial/first-portal/", "/reference/catalog/", "/how-to/", "/how-to/release/", "/problems/",
         "/problems/key-unknown/", "/reference/theme-blocks/", "/search/"]


@pytest.fixture(scope="module")
def documents(tmp_path_factory, bundled):
    folder = tmp_path_factory.mktemp("documents")
    docs_site.write_docs_site(FolderSink(folder / "site"))
    with served(folder / "site") as address:
        yield address


@at_widths(1280, some=3)
def test_no_document_breaks_a_rule_or_is_wider_than_the_page(documents, open_page, axe, width, count):
    page = open_page("about:blank", width=width, bypass_csp=True)
    found = {}
    for url in chosen(SHOWN, count):
        page.goto(documents + url)
        found[url] = (broken_in_both_schemes(page, axe), page.evaluate("document.documentElement.scrollWidth") <= width)

    assert {url: each for url, each in found.items() if each != ({}, True)} == {}


def test_a_document_is_found_by_its_words(documents, open_page):
    page = open_page(f"{documents}/search/?q=deploy")
    page.locator(".results h3 a").first.wait_for()

    assert page.locator(".results h3 a").first.inner_text() == "Deploy the site"


def test_the_box_on_every_page_offers_documents(documents, open_page):
    page = open_page(f"{documents}/how-to/deploy/")
    page.locator("#q").fill("your first portal")
    page.locator(".panel li a").first.click()
    page.wait_for_url("**/tutorial/first-portal/")

    assert page.locator("h1").inner_text() == "Your first portal"


def test_documents_ask_nobody_else_and_complain_of_nothing(documents, open_page):
    page, asked = open_page("about:blank"), []
    page.on("request", lambda request: asked.append(request.url))
    for url in SHOWN:
        page.goto(documents + url)

    assert [url for url in asked if not url.startswith(documents)] == []
    assert page.complaints == []


def test_a_document_in_print_is_its_text_alone(documents, open_page):
    page = open_page(f"{documents}/how-to/deploy/")
    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert not page.locator(".contents").is_visible()
    assert not page.locator("search-box").is_visible()
