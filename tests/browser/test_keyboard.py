"""The list and a dataset's page by keyboard alone, with what a screen reader is told."""

import pytest

pytestmark = pytest.mark.browser

DATASET = "/data/service-requests-311/"


def focused(page):
    """The words of what has the focus."""
    words = page.evaluate("document.activeElement.innerText || document.activeElement.name || ''")
    return " ".join(words.split())


def tab_to(page, words, most=80):
    """Press Tab until something has the focus, and say how many times that took."""
    for count in range(1, most + 1):
        page.keyboard.press("Tab")
        if focused(page) == words:
            return count
    raise AssertionError(f"{words} is not reached with {most} tabs; the focus is on {focused(page)!r}")


def shown(page):
    return page.locator("[data-in]:not([hidden]) h3").all_inner_texts()


def test_the_skip_link_is_first_and_leads_to_the_content(city, open_page):
    page = open_page(city + "/data/")
    page.keyboard.press("Tab")

    assert focused(page) == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_list_is_filtered_and_left_by_keyboard(city, open_page):
    page = open_page(city + "/data/")
    tab_to(page, "Late")
    page.keyboard.press("Enter")
    assert shown(page) == ["Late one"]
    page.keyboard.press("Shift+Tab")
    tab_to(page, "Late one")
    page.keyboard.press("Enter")
    page.wait_for_url("**/data/late-one/")

    assert page.locator("h1").inner_text() == "Late one"


def test_taking_all_filters_away_shows_everything_again(city, open_page):
    page = open_page(city + "/data/?freshness=late")
    tab_to(page, "Clear search and filters")
    page.keyboard.press("Enter")

    assert len(shown(page)) == 7
    assert focused(page) == "Streets"


def test_a_filter_narrows_in_place_and_a_second_one_further(city, open_page):
    page = open_page(city + "/data/")
    tab_to(page, "City of Example")
    page.keyboard.press("Enter")
    assert shown(page) == ["Crimes"]
    assert page.url == city + "/data/?publisher=city-of-example"
    assert focused(page) == "City of Example"
    page.keyboard.press("Enter")

    assert len(shown(page)) == 7
    assert page.url == city + "/data/"


def test_the_count_is_told_to_a_screen_reader(city, open_page):
    page = open_page(city + "/data/")
    assert page.get_by_role("status").inner_text() == "7 datasets"
    page.locator("[data-filter='format/shp']").click()

    assert page.get_by_role("status").inner_text() == "1 dataset"


def test_when_nothing_is_found_the_page_says_what_to_do(in_folder, open_page):
    page = open_page((in_folder / "data" / "index.html").as_uri())
    page.get_by_label("Search the data").fill("zebra")

    assert page.get_by_role("status").inner_text() == "0 datasets"
    assert page.get_by_text("Try fewer words, or take a filter away.").is_visible()
    assert not page.get_by_text("Not published", exact=True).is_visible()


def test_a_filtered_list_can_be_sent_to_someone(city, open_page):
    page = open_page(city + "/data/?format=shp")

    assert shown(page) == ["Crimes"]
    assert page.locator("[data-filter='format/shp']").get_attribute("aria-current") == "true"


def test_going_back_undoes_a_filter(city, open_page):
    page = open_page(city + "/data/")
    page.locator("[data-filter='format/shp']").click()
    assert shown(page) == ["Crimes"]
    page.go_back()

    assert len(shown(page)) == 7


def test_filters_that_would_leave_nothing_are_put_away(city, open_page):
    page = open_page(city + "/data/")
    page.locator("[data-filter='publisher/city-of-example']").click()

    assert not page.locator("[data-filter='freshness/late']").is_visible()
    assert page.locator("[data-filter='format/shp'] + span").inner_text() == "1"


def test_on_the_page_of_a_filter_another_one_adds_to_it(city, open_page):
    page = open_page(city + "/data/format/shp/")
    page.locator("[data-filter='publisher/city-of-example']").click()
    page.wait_for_url("**/data/?**")

    assert page.url == city + "/data/?publisher=city-of-example&format=shp"
    assert shown(page) == ["Crimes"]


def test_a_dataset_page_is_walked_in_the_order_it_is_read(city, open_page):
    page = open_page(city + DATASET)
    stops = [
        tab_to(page, words)
        for words in (
            "q",
            "Data",
            "Streets",
            "Download CSV 18.4 MB",
            "Public Works",
            "1 code (request_type)",
            "Report a problem by e-mail",
            "Edit this page",
            "Privacy",
        )
    ]

    assert stops


def test_wide_tables_can_be_scrolled_by_keyboard(city, open_page):
    page = open_page(city + DATASET, width=320)
    region = page.get_by_role("region", name="The first 5 of 300 rows")
    region.first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)

    assert region.first.evaluate("each => each.scrollLeft") > 0


@pytest.mark.parametrize("url", ["/", "/data/", DATASET])
def test_whatever_has_the_focus_can_be_seen_to_have_it(city, open_page, url):
    page = open_page(city + url)
    unseen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        if not page.evaluate("""() => { const on = document.activeElement, style = getComputedStyle(on);
                return on === document.body || style.boxShadow !== 'none' || style.outlineStyle !== 'none'; }"""):
            unseen.append(focused(page))

    assert unseen == []


@pytest.mark.parametrize("url", ["/", "/data/", DATASET, "/about/"])
def test_targets_are_large_enough(city, open_page, url):
    page = open_page(city + url, width=390)
    small = page.evaluate("""() => [...document.querySelectorAll('button, input, summary, nav a, .button, .files a')]
        .filter((each) => each.getClientRects().length && !each.closest('label'))
        .map((each) => [each.innerText || each.name, Math.round(each.getBoundingClientRect().height)])
        .filter(([, height]) => height < 24)""")

    assert small == []
