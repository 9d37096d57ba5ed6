"""What holds for every page of a site, whatever its type."""

import re
from dataclasses import replace
from gettext import NullTranslations
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from cityfolio.pages.shell import POLICY
from cityfolio.pages.sql import SQL_POLICY
from pages.catalogs import a_full_catalog, a_greek_catalog, a_hostile_catalog
from pages.drawing import DrawnSite, a_theme, draw_site
from pages.factories import a_build, a_dataset
from pages.reader import read

# Made by the feeds, the search and the build, not by the pages.
MADE_ELSEWHERE = re.compile(
    r"/(search/index/root\.bin|new\.atom|data/changes\.json|data/[^/]+/changes/changes\.atom|(topics|publishers|data)/[^/]+/feed\.atom"
    r"|([^/]+/){0,4}(index|oembed)\.json|data/[^/]+/[^/]+\.(csv|xlsx|json|geojson|pmtiles|zip)"
    r"|[^/]+\.(json|jsonld|ttl|csv|sqlite|xml|txt)|catalog/[^/]+\.parquet|api/3/action/[^/]+|ogc/.*|stac/[^/]+\.json"
    r"|inventory/inventory\.csv|request/requests\.json|calendar/calendar\.ics|health/health\.json|\.well-known/api-catalog)"
)


@pytest.fixture(scope="module")
def full() -> DrawnSite:
    return draw_site(catalog=a_full_catalog())


@pytest.fixture(scope="module")
def in_folder() -> DrawnSite:
    return draw_site(catalog=a_full_catalog(), build=a_build(for_folder=True))


def test_every_page_type_is_there(full):
    assert {output.kind for output in full.html()} == {
        "home",
        "search",
        "sql",
        "edit",
        "edit-form",
        "file",
        "changes",
        "embed",
        "list",
        "dataset",
        "equity",
        "calendar",
        "inventory",
        "inventory-part",
        "requests",
        "health",
        "health-check",
        "health-publisher",
        "index",
        "topic",
        "publisher",
        "new",
        "developers",
        "about",
        "accessibility",
        "privacy",
        "404",
        "forward",
    }


def test_every_page_is_read_without_mending(full):
    assert all(read(output).title for output in full.html())


def test_every_page_has_one_first_heading(full):
    assert {output.url: len(read(output).headings(1)) for output in full.html() if len(read(output).headings(1)) != 1} == {}


def test_headings_never_descend_by_more_than_one(full):
    assert {output.url: levels for output in full.html() if _skips(levels := _levels(read(output)))} == {}


def test_every_page_has_its_language_landmarks_and_skip_link(full):
    page = full.page("/data/service-requests-311/")

    assert page.one("html").get("lang") == "en"
    assert [len(page.all(name)) for name in ("header", "main", "footer")] == [1, 1, 1]
    assert page.all("a")[0].text == "Skip to main content"
    assert page.all("a")[0].address == "#main"
    assert page.by_id("main").element is page.one("main").element


def policy_of(output):
    """The policy of a page: one for all, but for the one that runs WebAssembly."""
    return SQL_POLICY if output.url == "/sql/" else POLICY


def test_only_the_sql_page_may_run_webassembly(full):
    assert [output.url for output in full.html() if b"wasm" in output.body.partition(b"</head>")[0]] == ["/sql/"]


def test_the_strict_policy_comes_right_after_the_character_set(full):
    assert all(
        _start(output).startswith(
            f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_quoted(policy_of(output))}">'
        )
        for output in full.html()
    )


def test_no_page_has_a_script_or_style_in_it(full):
    text = "".join(read(output).source for output in full.html())

    assert not re.findall(r"<script(?! src=)|<style|\sstyle=|\son[a-z]+=", text)


def test_no_page_asks_anything_of_another_host(full):
    loaded = [address for output in full.html() for address in _loaded(read(output))]

    assert loaded
    assert not [address for address in loaded if urlsplit(address).netloc]


def test_ids_are_used_once(full):
    assert {output.url for output in full.html() if len(read(output).ids()) != len(set(read(output).ids()))} == set()


@pytest.mark.parametrize("made", ["full", "in_folder"])
def test_every_link_leads_somewhere(made, request):
    site = request.getfixturevalue(made)
    known = site.urls() | {f"{url}index.html" for url in site.urls() if url.endswith("/")}
    links = {(output.url, target) for output in site.html() for target in _targets(output.url, read(output))}

    assert {link for link in links if link[1] not in known and not MADE_ELSEWHERE.fullmatch(link[1])} == set()


def test_every_place_in_a_page_that_is_linked_to_is_there(full):
    pages = {output.url: read(output) for output in full.html()}
    places = {
        (urljoin(url, part.address).partition("#")[0], part.address.partition("#")[2])
        for url, page in pages.items()
        for part in page.all("a")
        if "#" in part.address and not urlsplit(part.address).netloc
    }

    assert {(url, place) for url, place in places if url in pages and place not in pages[url].ids()} == set()


def test_the_notice_is_on_every_page(full):
    assert all("Invented records." in read(output).body.text for output in full.html())


def test_the_foot_names_the_build_and_the_twins(full):
    foot = full.page("/data/service-requests-311/").one("footer")

    assert "Built 22 November 2025, revision 0123456789ab" in foot.text
    assert foot.link("The whole catalog").address == "../../catalog.json"
    assert foot.link("What is new").address == "../../new.atom"


def test_a_catalog_outside_any_repository_has_no_revision():
    page = draw_site(a_dataset(), build=a_build(revision="")).page("/")

    assert "revision" not in page.one("footer").text


def test_canonical_links_are_whole_when_the_address_is_known(full):
    assert (
        full.page("/data/topic/streets/").one("link", rel="canonical").address == "https://data.example.gov/data/topic/streets/"
    )


def test_without_an_address_links_stay_relative():
    page = draw_site(a_dataset(), build=a_build(base_url="")).page("/data/")

    assert not page.all("link", rel="canonical")
    assert page.alternates() == {"application/json": "../catalog.json", "application/atom+xml": "../new.atom"}


def test_the_navigation_marks_where_one_is(full):
    assert full.page("/data/service-requests-311/").one("header").one("a", aria_current="true").text == "Data"


def test_the_font_is_fetched_ahead_except_from_a_folder(full, in_folder):
    assert len(full.page("/").all("link", rel="preload")) == 1
    assert not in_folder.page("/").all("link", rel="preload")


def test_only_pages_with_a_list_load_its_script(full):
    assert [len(full.page(url).all("script")) for url in ("/", "/data/", "/data/topic/streets/", "/about/")] == [1, 2, 2, 1]


def test_two_drawings_are_the_same_to_the_byte(full):
    assert full.outputs == draw_site(catalog=a_full_catalog()).outputs


class Brackets(NullTranslations):
    """A translation that puts every message into brackets."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, one, many, count):
        return f"⟦{one if count == 1 else many}⟧"

    def pgettext(self, context, message):
        return f"⟦{message}⟧"


def test_every_word_of_the_interface_can_be_translated():
    site = draw_site(catalog=a_greek_catalog(), theme=a_theme(translations=Brackets()), build=a_build(revision="", base_url=""))
    spoken = {text for output in site.html() for text in read(replace(output, body=_without_code(output.body))).spoken()}

    assert {word for text in spoken for word in re.findall(".*[A-Za-z].*", _unbracketed(text))} == set()


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "'-alert(1)-'",
    "</title><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
)


@pytest.mark.no_cover
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_only_text(text):
    site = draw_site(catalog=a_hostile_catalog(text))
    pages = [read(output) for output in site.html()]

    assert not [part for page in pages for part in page.all("script") if part.get("src") is None]
    assert not [
        part
        for page in pages
        for name in ("img", "iframe", "object", "style", "form")
        for part in page.all(name)
        if part.get("role") != "search"
    ]
    assert not [
        part for page in pages for part in page.all("a") if part.address.lower().startswith(("javascript", "data:", "vbscript"))
    ]
    assert not [name for page in pages for element in page.element.iter() for name in element if str(name).startswith("on")]
    assert not any("49" in page.main.text for page in pages)


def _without_code(body):
    """A page without what stands in it for programs, which is the same in every language."""
    return re.sub(b"<code[ >].*?</code>", b"", body)


def _unbracketed(text):
    """The text without its messages, innermost first, without addresses and formats, which are the city's, and without what a
    search takes as a filter, which is the same in every language.
    """
    while (less := re.sub("⟦[^⟦⟧]*⟧", "", text)) != text:
        text = less
    return re.sub(r"https://\S+|HTML|\b(column|topic|publisher|format):", "", text)


def _start(output):
    return output.body.decode().partition("<head>")[2].replace("\n", "")


def _quoted(text):
    return text.replace("'", "&#39;")


def _levels(page):
    return [int(element.tag[-1]) for element in page.element.iter() if re.fullmatch(r"\{.*\}h[1-6]", str(element.tag))]


def _skips(levels):
    return any(after > before + 1 for before, after in zip([0, *levels], levels, strict=False))


def _loaded(page):
    links = [part.address for part in page.all("link") if part.get("rel") in ("stylesheet", "preload")]
    return links + [part.get("src") for name in ("script", "img", "iframe") for part in page.all(name)]


def _targets(url, page):
    """The site paths that a page links to, whichever way."""
    written = [part.address for name in ("a", "link") for part in page.all(name) if not urlsplit(part.address).scheme]
    written += [part.get("src") for part in page.all("script")] + [part.get("action") for part in page.all("form")]
    return {unquote(urlsplit(urljoin(url, address)).path) for address in written}
