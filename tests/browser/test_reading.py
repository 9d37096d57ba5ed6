"""Every page type as it is met: narrow, dark, printed, without a script, from a folder."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WITHOUT_SCRIPT = (
    "/",
    "/search/",
    "/data/",
    "/data/topic/streets/",
    "/data/service-requests-311/",
    "/data/crimes/",
    "/data/no-promise/",
    "/data/a-plan/",
    "/topics/",
    "/topics/streets/",
    "/publishers/",
    "/publishers/city-of-example/",
    "/new/",
    "/developers/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/404.html",
    "/data/old-name/?stay",   # a page that forwards, held still by open_page
)
PAGES = (*WITHOUT_SCRIPT, "/search/?q=streets&sort=name", "/search/?q=zzqq&topic=streets")
DATASET = "/data/service-requests-311/"


@pytest.fixture(scope="module")
def narrow(open_pages):
    """A page 320 px wide that goes from address to address, as a reader does: a context for each would cost half a second."""
    return open_pages("about:blank", width=320)


@pytest.fixture(scope="module")
def without_script(open_pages):
    """A page that runs no script, and goes from address to address."""
    return open_pages("about:blank", width=320, java_script_enabled=False)


@pytest.fixture(scope="module")
def met(request, city, narrow):
    """The page of an address, opened once for all tests that look at it, when it has come to rest."""
    narrow.complaints.clear()
    narrow.goto(city + request.param)
    narrow.wait_for_load_state("networkidle")
    return narrow


@pytest.mark.parametrize("met", PAGES, indirect=True)
def test_no_page_scrolls_sideways_at_320_px_nor_has_the_browser_anything_to_complain_of(met):
    page = met
    width = page.evaluate("document.documentElement.scrollWidth")
    page.evaluate("""() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }'
            + ' p { margin-block-end: 2em !important }');
        document.adoptedStyleSheets = [sheet]; }""")

    assert width <= 320
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, "with text that is spaced out"
    assert page.complaints == []


@pytest.mark.parametrize("url", ["/", "/data/", DATASET, "/search/", "/404.html"])
def test_the_search_box_is_near_the_top_of_a_phone_and_large_enough_for_a_thumb(city, open_page, url):
    page = open_page(city + url, width=360, height=640)
    box = page.locator("#q").bounding_box()

    assert box["y"] + box["height"] < 400
    assert box["height"] >= 44


def test_the_button_is_inside_the_first_phone_screen(city, open_page):
    page = open_page(city + DATASET, width=360, height=640)
    box = page.locator(".button").bounding_box()

    assert box["y"] + box["height"] < 640


@pytest.mark.parametrize("met", WITHOUT_SCRIPT, indirect=True)
def test_every_page_is_read_without_a_script(city, met, without_script, request):
    without_script.goto(city + request.node.callspec.params["met"])

    assert without_script.locator("h1").inner_text() == met.locator("h1").inner_text()
    assert without_script.locator("main a").count() == met.locator("main a").count()


def test_without_a_script_there_is_no_control_that_does_nothing(city, open_page):
    page = open_page(city + "/data/", java_script_enabled=False)

    assert not page.locator("scheme-switch").is_visible()
    assert not open_page(city + "/accessibility/", java_script_enabled=False).locator("key-switch").is_visible()


def test_without_a_script_filters_are_pages(city, open_page):
    page = open_page(city + "/data/", java_script_enabled=False)
    page.get_by_role("link", name="Streets").first.click()

    assert page.url == city + "/data/topic/streets/"


def test_filters_are_folded_on_a_phone_and_open_on_a_desk(city, open_page):
    phone, desk = open_page(city + "/data/", width=390), open_page(city + "/data/", width=1280)

    assert not phone.get_by_role("link", name="Streets").first.is_visible()
    assert desk.get_by_role("link", name="Streets").first.is_visible()
    assert not desk.get_by_text("Filters", exact=True).first.is_visible()


def test_a_dark_device_gets_a_dark_page(city, open_page):
    page = open_page(city + DATASET, color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(16, 20, 25)"


def test_the_readers_choice_of_colors_is_kept(city, open_page):
    page = open_page(city + "/")
    page.get_by_label("Dark").check()
    page.goto(city + DATASET)

    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(16, 20, 25)"
    assert page.get_by_label("Dark").is_checked()


def test_following_the_device_again_forgets_the_choice(city, open_page):
    page = open_page(city + "/", color_scheme="light")
    page.get_by_label("Dark").check()
    page.get_by_label("As my device").check()

    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(254, 253, 251)"
    assert page.evaluate("localStorage.length") == 0


def test_print_keeps_facts_columns_and_rows_and_drops_controls(city, open_page):
    page = open_page(city + DATASET)
    page.emulate_media(media="print")

    assert [page.locator(part).first.is_visible() for part in (".facts", ".dictionary", "#first-rows", ".cite")] == [True] * 4
    assert [page.locator(part).first.is_visible() for part in (".site-header", ".crumbs", "scheme-switch")] == [False] * 3
    assert page.get_by_text("https://example.gov/portal/data/service-requests-311/").last.is_visible()


def test_printed_results_take_the_width_of_the_paper(city, open_page):
    page = open_page(city + "/search/?q=requests")
    page.locator(".results a").first.wait_for()
    page.emulate_media(media="print")

    assert page.locator(".results h3").first.bounding_box()["width"] > 800
    assert [page.locator(part).first.is_visible() for part in (".search", ".filters", "select")] == [False] * 3


def test_print_is_dark_ink_on_light_paper_whatever_the_screen(city, open_page):
    page = open_page(city + DATASET, color_scheme="dark")
    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(27, 34, 43)"


def test_states_are_framed_where_colors_are_forced(city, open_page):
    page = open_page(city + DATASET, forced_colors="active")

    assert page.evaluate("getComputedStyle(document.querySelector('.status')).borderTopWidth") == "1px"
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).borderTopWidth") == "1px"


def test_columns_are_stacked_on_a_phone(city, open_page):
    page = open_page(city + DATASET, width=390)
    name, meaning = (
        page.locator("#column-received_at th").bounding_box(),
        page.locator("#column-received_at td").first.bounding_box(),
    )

    assert meaning["y"] >= name["y"] + name["height"]
    assert page.get_by_text("Filled in:").first.is_visible()


def test_a_site_in_a_folder_works_without_a_server(in_folder, open_page):
    page = open_page((in_folder / "index.html").as_uri())
    page.get_by_label("Search the data").fill("crimes")
    page.get_by_label("Search the data").press("Enter")
    page.get_by_role("link", name="Crimes").click()

    assert page.locator("h1").inner_text() == "Crimes"
    assert page.url == (in_folder / "data" / "crimes" / "index.html").as_uri()
    assert page.complaints == []


@pytest.mark.parametrize("word", ["potholes", "comment"], ids=["a keyword", "a column"])
@pytest.mark.parametrize("page_of_list", ["data", "data/topic/streets"])
def test_words_that_rows_do_not_show_are_found_in_a_folder(in_folder, open_page, page_of_list, word):
    page = open_page((in_folder / page_of_list / "index.html").as_uri())
    page.get_by_label("Search the data").fill(word)

    expect(page.locator("[data-in]:not([hidden]) h3")).to_have_text(["Service requests (311)"])
    assert page.get_by_role("status").inner_text() == "1 dataset"
    assert page.complaints == []


def test_an_old_address_takes_the_reader_on(city, open_page):
    page = open_page(city + "/data/old-name/")
    page.wait_for_url(city + DATASET)

    assert page.locator("h1").inner_text() == "Service requests (311)"


def test_a_dataset_page_asks_for_six_files_at_most_and_weighs_little(city, open_page):
    page = open_page("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(city + DATASET)
    page.wait_for_load_state("networkidle")

    assert len([url for url in asked if not url.endswith("favicon.ico")]) <= 6
    assert all(url.startswith(city) for url in asked if not url.endswith("favicon.ico"))


def test_nothing_moves_while_a_page_loads(city, open_page):
    page = open_page(city + DATASET)
    page.wait_for_load_state("networkidle")

    assert (
        page.evaluate("""() => new Promise((done) => { let moved = 0;
        new PerformanceObserver((list) => { for (const each of list.getEntries()) moved += each.value; })
            .observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(moved), 200); })""")
        < 0.02
    )


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "{{ 7 * 7 }}"]
)
def test_hostile_text_does_nothing_in_a_browser(hostile, open_page, text):
    address = hostile(text)
    page = open_page(address + "/data/a/")
    for url in ("/", "/data/", "/topics/t/", "/publishers/p/", "/about/"):
        page.goto(address + url)

    assert [said for said in page.complaints if "dialog" in said or "Content Security Policy" in said] == []
    assert "49" not in page.locator("main").inner_text()
