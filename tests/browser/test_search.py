"""The search box on every page, and the page of results: by keyboard, in the address, on bad days, without a script."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from browser.serving import Kept, served, write_large_city
from browser.test_keyboard import focused, tab_to

pytestmark = pytest.mark.browser

DATASET = "/data/service-requests-311/"
INDEX = re.compile("/search/index/")
SCRIPT = re.compile(r"/assets/site-\w+\.js")


def titles(page, kind="dataset"):
    return page.locator(f"[data-kind={kind}] h3 a")


def status(page):
    return page.locator("main").get_by_role("status")


def box(page):
    return page.get_by_label("What are you looking for?")


def requests_of(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url.partition("/search/index/")[2]))
    return asked


def filtered(page, name):
    return page.locator(f"a[data-filter='{name}']")


def test_results_come_as_the_reader_types(city, open_page):
    page = open_page(city + "/search/")
    tab_to(page, "q")
    page.keyboard.type("crim")

    expect(titles(page).first).to_have_text("Crimes")
    expect(status(page)).to_have_text(re.compile(r"^\d+ results?$"))
    expect(page).to_have_url(city + "/search/?q=crim")
    assert page.title().startswith("crim - Search")


@pytest.mark.parametrize(
    "late", [SCRIPT.pattern, r"/assets/search-page-\w+\.js", r"/assets/search-\w+\.js", "/search/index/root"],
    ids=["script", "page of results", "engine", "index"],
)
def test_what_is_typed_before_all_has_come_is_searched_for(city, open_page, late):
    page = open_page("about:blank")
    page.route(re.compile(late), lambda route: None)    # no answer
    page.goto(city + "/search/", wait_until="commit")
    box(page).press_sequentially("crimes")
    page.unroute(re.compile(late))    # which lets it come

    expect(titles(page).first).to_have_text("Crimes")
    expect(page).to_have_url(city + "/search/?q=crimes")
    expect(box(page)).to_have_value("crimes")


def test_what_is_typed_before_the_script_has_come_counts_for_more_than_the_address_whose_filters_stay(city, open_page):
    page = open_page("about:blank")
    page.route(SCRIPT, lambda route: None)    # no answer
    page.goto(city + "/search/?q=words&publisher=public-works", wait_until="commit")
    box(page).press_sequentially("requests")
    page.unroute(SCRIPT)    # which lets it come

    expect(titles(page)).to_have_text(["Service requests (311)"])
    expect(page).to_have_url(city + "/search/?q=requests&publisher=public-works")


def test_the_cursor_stays_where_it_is_when_the_search_has_come(city, open_page):
    page = open_page("about:blank")
    page.route(INDEX, lambda route: None)    # no answer
    page.goto(city + "/search/")
    box(page).press_sequentially("cries")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.unroute(INDEX)    # which lets it come
    expect(page).to_have_url(city + "/search/?q=cries")
    page.keyboard.type("m")

    expect(box(page)).to_have_value("crimes")


def test_results_are_grouped_and_say_where_they_are_from(city, open_page):
    page = open_page(city + "/search/?q=comment")

    expect(titles(page, "column").first).to_have_text("comment")
    expect(titles(page, "column").first).to_have_attribute("href", "../data/service-requests-311/#column-comment")
    expect(page.locator("[data-kind=column] .meta").first).to_have_text("Column of Service requests (311)")
    expect(page.locator("[data-kind=dataset] .meta").first).to_contain_text("Updated 21 November 2025")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("potholes", "Keyword: “potholes”"),
        ("comment", "Column comment"),
        ("repair", "Value “repair” in the column request_type"),
    ],
)
def test_a_match_that_cannot_be_seen_is_explained(city, open_page, words, reason):
    page = open_page(f"{city}/search/?q={words}")

    expect(page.locator("[data-kind=dataset] .why").first).to_contain_text(reason)


def test_words_that_were_found_are_marked(city, open_page):
    page = open_page(city + "/search/?q=requests")

    expect(page.locator("[data-kind=dataset] mark").first).to_have_text("requests")


def test_arrows_lead_through_the_results_and_escape_leads_back(city, open_page):
    page = open_page(city + "/search/?q=service+requests")
    expect(titles(page).first).to_be_visible()
    page.get_by_label("What are you looking for?").focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Service requests (311)"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert focused(page) == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/data/service-requests-311/")


def test_a_filter_narrows_and_every_count_stays_right(city, open_page):
    page = open_page(city + "/search/?q=requests")
    expect(filtered(page, "topic/streets").locator("+ span")).not_to_have_text("1")
    filtered(page, "publisher/public-works").click()

    expect(titles(page)).to_have_text(["Service requests (311)"])
    expect(page).to_have_url(city + "/search/?q=requests&publisher=public-works")
    expect(filtered(page, "publisher/public-works")).to_have_attribute("aria-current", "true")
    expect(filtered(page, "topic/streets").locator("+ span")).to_have_text("1")
    assert focused(page) == "Public Works"


def test_what_a_filter_leaves_is_what_it_said_it_would(city, open_page):
    page = open_page(city + "/search/?q=words+requests")
    late = page.locator("[data-filter='freshness/late'] + span")
    expect(late).to_be_visible()
    count = int(late.inner_text())
    filtered(page, "freshness/late").click()

    expect(titles(page)).to_have_count(count)


def test_a_filter_in_force_can_be_taken_off_and_back_brings_it_again(city, open_page):
    page = open_page(city + "/search/?q=requests&publisher=public-works")
    page.get_by_role("button", name="Take the filter away: Public Works").click()
    expect(page).to_have_url(city + "/search/?q=requests")
    assert focused(page) == "q"
    page.go_back()

    expect(titles(page)).to_have_text(["Service requests (311)"])
    expect(page.get_by_role("button", name="Take the filter away: Public Works")).to_be_visible()


def test_a_filter_may_be_typed(city, open_page):
    page = open_page(city + "/search/?q=requests+publisher%3Apublic")
    expect(titles(page)).to_have_text(["Service requests (311)"])
    page.get_by_role("button", name="Take the filter away: Public Works").click()

    expect(page).to_have_url(city + "/search/?q=requests")


def test_filters_are_folded_on_a_phone_and_cost_nothing_before_they_are_opened(city, open_page):
    page = open_page(city + "/search/?q=requests", width=360)
    expect(titles(page).first).to_be_visible()
    assert not filtered(page, "topic/streets").is_visible()
    page.get_by_text("Filters", exact=True).click()

    expect(page.locator("[data-dimension=status] a").first).to_be_visible()


def test_what_is_not_published_can_be_told_apart(city, open_page):
    page = open_page(city + "/search/?q=a+requests")
    filtered(page, "status/planned").click()

    expect(titles(page)).to_have_text(["A plan"])
    expect(page.locator("[data-kind=dataset] .meta")).to_contain_text("Planned")


def test_the_address_brings_back_everything(city, open_page):
    page = open_page(city + "/search/?q=requests&topic=streets&sort=name")

    expect(page.get_by_label("What are you looking for?")).to_have_value("requests")
    expect(page.get_by_label("Sort by")).to_have_value("name")
    expect(filtered(page, "topic/streets")).to_have_attribute("aria-current", "true")
    expect(titles(page).first).to_have_text("A plan")


def test_results_are_sorted_as_the_reader_likes(city, open_page):
    page = open_page(city + "/search/?q=requests")
    page.get_by_label("Sort by").select_option("last update")

    expect(page).to_have_url(city + "/search/?q=requests&sort=updated")
    expect(page.locator("[data-kind=dataset] li").last).not_to_contain_text("2025")


def test_typing_leaves_no_trail_but_a_filter_can_be_gone_back_from(city, open_page):
    page = open_page(city + "/about/")
    page.goto(city + "/search/")
    page.get_by_label("What are you looking for?").press_sequentially("crimes")
    expect(titles(page).first).to_have_text("Crimes")
    filtered(page, "format/shp").click()
    expect(page).to_have_url(city + "/search/?q=crimes&format=shp")
    page.go_back()
    expect(page).to_have_url(city + "/search/?q=crimes")
    page.go_back()

    expect(page).to_have_url(city + "/about/")


def test_a_mistyped_word_is_understood_and_the_reader_is_told(city, open_page):
    page = open_page(city + "/search/?q=requsts+zzqqxx")

    expect(page.get_by_text("Results for “requests zzqqxx”. Not found anywhere: “zzqqxx”")).to_be_visible()
    expect(titles(page).first).to_be_visible()


def test_who_finds_nothing_is_offered_the_list_and_somebody_to_ask(city, open_page):
    page = open_page(city + "/search/?q=zzqqxx")

    expect(status(page)).to_have_text("0 results")
    expect(page.locator("[data-none]").get_by_role("link", name="All data")).to_be_visible()
    expect(page.get_by_text("If the data you need is not here, ask:")).to_be_visible()


def test_who_finds_nothing_for_a_filter_is_offered_the_same_without_it(city, open_page):
    page = open_page(city + "/search/?q=crimes&freshness=late")
    expect(status(page)).to_have_text("0 results")
    expect(page.get_by_text("Nearest to it")).to_be_visible()
    page.get_by_role("link", name="Search without filters").click()

    expect(page).to_have_url(city + "/search/?q=crimes")
    expect(titles(page).first).to_have_text("Crimes")


def test_nothing_asked_shows_how_to_ask(city, open_page):
    page = open_page(city + "/search/?q=crimes")
    expect(page.get_by_text("Or look through what there is")).not_to_be_visible()
    page.get_by_label("What are you looking for?").fill("")

    expect(page.get_by_text("Or look through what there is")).to_be_visible()
    expect(page).to_have_url(city + "/search/")
    expect(filtered(page, "topic/streets").locator("+ span")).to_have_text("7")


def test_more_results_are_added_where_the_reader_is(many, open_page):
    page = open_page(many + "/search/?q=tree")
    expect(titles(page)).to_have_count(10)
    more = page.get_by_role("button", name="More results (Data)")
    more.click()
    expect(titles(page)).to_have_count(20)
    assert focused(page) == "More results (Data)"
    more.click()

    expect(titles(page)).to_have_count(25)
    assert page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('[data-kind=dataset] li')[20]")


@pytest.mark.parametrize("url", ["/", "/data/", DATASET, "/404.html"])
def test_a_slash_leads_to_the_box_of_any_page(city, open_page, url):
    page = open_page(city + url)
    page.keyboard.press("/")
    assert focused(page) == "q"
    page.keyboard.type("a/b")

    assert page.locator("#q").input_value() == "a/b"


def test_the_slash_can_be_turned_off(city, open_page):
    page = open_page(city + "/accessibility/")
    page.get_by_label("Use the “/” key").uncheck()
    page.locator("#main").focus()
    page.keyboard.press("/")
    assert focused(page) != "q"
    page.goto(city + "/about/")
    page.keyboard.press("/")

    assert focused(page) != "q"


def test_the_first_results_stand_under_the_box_and_can_be_walked_through(city, open_page):
    page = open_page(city + DATASET)
    page.keyboard.press("/")
    page.keyboard.type("crimes")
    expect(page.locator(".panel li").first).to_contain_text("Crimes")
    expect(page.locator("header").get_by_role("status")).to_have_text(re.compile(r"^\d+ results?$"))
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("Crimes")
    page.keyboard.press("Escape")
    assert focused(page) == "q"
    assert not page.locator(".panel").is_visible()
    assert page.locator("#q").input_value() == "crimes"
    page.keyboard.type(" ")
    page.locator(".panel li a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/data/crimes/")


def test_the_first_results_stand_under_the_box_also_where_they_were_asked_for_before_the_script_had_come(city, open_page):
    page = open_page("about:blank")
    page.route(SCRIPT, lambda route: None)    # no answer
    page.goto(city + DATASET, wait_until="commit")
    page.locator("#q").press_sequentially("crimes")
    page.unroute(SCRIPT)    # which lets it come

    expect(page.locator(".panel li").first).to_contain_text("Crimes")


def test_all_results_are_a_page_away(city, open_page):
    page = open_page(city + "/about/")
    page.locator("#q").fill("requests")
    page.get_by_role("link", name=re.compile(r"All \d+ results")).click()

    expect(page).to_have_url(city + "/search/?q=requests")
    expect(titles(page).first).to_be_visible()


def test_enter_leads_to_the_page_of_results(city, open_page):
    page = open_page(city + "/")
    page.locator("#q").fill("crimes")
    page.locator("#q").press("Enter")

    expect(page).to_have_url(city + "/search/?q=crimes")
    expect(titles(page).first).to_have_text("Crimes")


def test_the_panel_goes_when_the_reader_goes_on(city, open_page):
    page = open_page(city + "/about/")
    page.locator("#q").fill("crimes")
    expect(page.locator(".panel")).to_be_visible()
    page.locator("footer").click()

    assert not page.locator(".panel").is_visible()


def test_nothing_is_fetched_before_the_box_has_the_focus_and_the_index_before_anything_is_typed(city, open_page):
    page = open_page("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(city)))
    page.goto(city + DATASET)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "search" in url] == []
    with page.expect_response(INDEX):
        page.locator("#q").focus()
    page.wait_for_load_state("networkidle")

    assert [re.sub("-[0-9a-f]{10}", "", url) for url in asked if "search" in url] == [
        "/search/index/root.bin", "/assets/search-page.js", "/assets/search.js"
    ]


def test_the_page_of_results_fetches_each_file_once_and_nothing_from_elsewhere(city, open_page):
    page = open_page("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(city + "/search/?q=requests")
    expect(titles(page).first).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert len(asked) == len(set(asked))
    assert all(url.startswith(city) for url in asked if not url.endswith("favicon.ico"))


def test_when_the_index_cannot_be_fetched_the_page_says_so(city, open_page):
    page = open_page("about:blank")
    page.route(INDEX, lambda route: route.abort())
    page.goto(city + "/search/?q=crimes")

    expect(status(page)).to_have_text("The search could not be loaded.")


def test_when_the_index_cannot_be_fetched_the_box_still_leads_on(city, open_page):
    page = open_page("about:blank")
    page.route(INDEX, lambda route: route.abort())
    page.goto(city + "/about/")
    page.locator("#q").fill("crimes")
    page.locator("#q").press("Enter")

    expect(page).to_have_url(city + "/search/?q=crimes")


def test_a_site_that_was_published_anew_meanwhile_is_searched_all_the_same(many, open_page):
    page = open_page(many + "/search/")
    page.wait_for_load_state("networkidle")
    page.route(re.compile("/words/"), lambda route: route.fulfill(status=404), times=1)
    page.get_by_label("What are you looking for?").fill("tree")

    expect(titles(page)).to_have_count(10)


def test_a_root_that_the_browser_kept_from_before_a_site_was_published_anew_is_fetched_again(browser, bundled, tmp_path):
    folder = write_large_city(tmp_path / "site", "Tree")
    newer = write_large_city(tmp_path / "newer", "Bridge")
    context = browser.new_context()    # with its cache, which routes would turn off
    page = context.new_page()
    with served(folder, Kept) as address:
        page.goto(address + "/search/?q=tree")
        expect(titles(page)).to_have_count(10)
        shutil.rmtree(folder / "search" / "index")
        shutil.copytree(newer / "search" / "index", folder / "search" / "index")
        page.goto(address + "/search/?q=bridge")

        expect(titles(page).first).to_have_text(re.compile("Bridge list"))
        context.close()


def test_typing_fetches_no_more_than_the_whole_question_pasted(many, open_page):
    pasted, typed = open_page(many + "/search/"), open_page("about:blank", alone=True)
    typed.clock.install(time=0)
    typed.goto(many + "/search/")
    typed.wait_for_load_state("networkidle")
    typed.clock.pause_at(600_000)    # a quick typist: no time passes between keys
    pasted.wait_for_load_state("networkidle")
    of_pasted, of_typed = requests_of(pasted), requests_of(typed)
    box(pasted).fill("tree list 7")
    box(typed).press_sequentially("tree list 7")
    assert of_typed == []
    typed.clock.resume()
    for page in (pasted, typed):
        expect(titles(page).first).to_have_text("Tree list 7")
        expect(titles(page, "column").first).to_be_visible()
        page.wait_for_load_state("networkidle")

    assert set(of_typed) <= set(of_pasted)


def test_datasets_stand_before_columns_are_fetched_and_stay_where_they_are(city, open_page):
    page = open_page(city + "/search/")
    page.wait_for_load_state("networkidle")
    page.evaluate("""() => { const first = document.querySelector("[data-kind=dataset] ul"); window.reasons = [];
        new MutationObserver(() => window.reasons.push(first.querySelector(".why")?.textContent.trim()))
            .observe(first, { childList: true, subtree: true }); }""")
    box(page).press_sequentially("comment")
    expect(page.locator("[data-kind=dataset] .why").first).to_have_text("Column comment")
    expect(titles(page, "column").first).to_have_text("comment")

    assert page.evaluate("[...new Set(window.reasons)].slice(-2)") == ["In its columns: “comment”", "Column comment"]


@pytest.mark.parametrize("word", ["constructor", "__proto__", "toString", "hasOwnProperty"])
def test_words_that_every_object_knows_are_words_like_others(city, open_page, word):
    page = open_page(f"{city}/search/?q={word}+requests")
    expect(titles(page).first).to_be_visible()

    assert "function" not in page.locator("main").inner_text()
    assert page.complaints == []


def test_who_is_offline_sees_no_results_of_another_question_and_can_try_again(many, open_page):
    page = open_page(many + "/search/?q=tree")
    expect(titles(page)).to_have_count(10)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    box(page).fill("7")
    expect(status(page)).to_have_text("The search could not be loaded.")
    expect(titles(page).first).not_to_be_visible()
    expect(page.get_by_text("Or look through what there is")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.context.set_offline(False)    # which the browser tells the page

    expect(titles(page).first).to_have_text("Tree list 7")
    expect(page.get_by_role("button", name="Try again")).not_to_be_visible()


def test_a_search_that_could_not_be_loaded_is_tried_again_by_a_button(city, open_page):
    page = open_page("about:blank")
    page.route(INDEX, lambda route: route.abort())
    page.goto(city + "/search/?q=crimes")
    expect(page.get_by_role("link", name="Topics").last).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()    # however slow the machine is, it has failed
    page.unroute(INDEX)
    page.get_by_role("button", name="Try again").click()

    expect(titles(page).first).to_have_text("Crimes")
    expect(page.get_by_role("button", name="Try again")).not_to_be_visible()


def test_a_search_that_could_not_be_loaded_is_tried_again_at_the_next_key(city, open_page):
    page = open_page("about:blank")
    page.route(INDEX, lambda route: route.abort())
    page.goto(city + "/search/?q=crime")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.unroute(INDEX)
    box(page).press_sequentially("s")

    expect(titles(page).first).to_have_text("Crimes")


def test_a_long_wait_is_announced(many, open_page):
    page = open_page("about:blank")
    page.route(re.compile("/words/"), lambda route: None)    # no answer
    page.goto(many + "/search/?q=tree")
    expect(status(page)).to_have_text("Searching…")
    page.unroute(re.compile("/words/"))    # which lets it come

    expect(status(page)).to_have_text(re.compile("^[0-9]+ results$"))


def test_counts_that_cannot_be_had_are_not_shown_and_results_are(many, open_page):
    page = open_page("about:blank")
    page.route(re.compile("/facets/"), lambda route: route.abort())
    page.goto(many + "/search/?q=tree")
    count = page.locator(".filters li span").first
    expect(count).not_to_be_visible()
    expect(status(page)).to_have_text(re.compile("^[0-9]+ results$"))
    expect(titles(page, "column").first).to_be_visible()
    page.unroute(re.compile("/facets/"))
    box(page).fill("tree list")

    expect(count).to_be_visible()


def test_filters_that_come_to_be_seen_are_counted(city, open_page):
    page = open_page(city + "/search/?q=crimes", width=360)
    expect(titles(page).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": 1280, "height": 800})

    expect(page.locator("[data-dimension=topic] li span").first).to_have_text("1")


def test_who_finds_nothing_is_led_past_filters_that_were_typed_too(city, open_page):
    page = open_page(city + "/search/?q=crimes+column%3Azzqqxx")
    expect(status(page)).to_have_text("0 results")
    page.get_by_role("link", name="Search without filters").click()

    expect(page).to_have_url(city + "/search/?q=crimes")
    expect(titles(page).first).to_have_text("Crimes")


@pytest.mark.parametrize("asked", ["zzqqxx", "column%3Azzqqxx"])
def test_who_finds_nothing_always_has_a_next_step(city, open_page, asked):
    page = open_page(f"{city}/search/?q={asked}")
    expect(status(page)).to_have_text("0 results")

    for name in ("All data", "Topics", "Publishers"):
        expect(page.locator("[data-none]").get_by_role("link", name=name, exact=True)).to_be_visible()


def test_a_filter_that_is_typed_and_chosen_stands_once(city, open_page):
    page = open_page(city + "/search/?q=requests+publisher%3Apublic-works&publisher=public-works")
    expect(titles(page)).to_have_text(["Service requests (311)"])
    expect(page.locator(".chosen button")).to_have_count(1)
    page.locator(".chosen button").click()

    expect(page).to_have_url(city + "/search/?q=requests")


def test_a_filter_that_is_half_typed_takes_nothing_away(city, open_page):
    page = open_page(city + "/search/?q=crimes+topic%3A")

    expect(titles(page).first).to_have_text("Crimes")
    expect(box(page)).to_have_value("crimes topic:")


def test_paper_says_what_was_asked_and_how_it_was_narrowed(city, open_page):
    page = open_page(city + "/search/?q=requests&publisher=public-works")
    expect(titles(page).first).to_be_visible()
    asked = page.get_by_text("Asked: “requests” Filters: Public Works")
    expect(asked).not_to_be_visible()
    page.emulate_media(media="print")

    expect(asked).to_be_visible()


def test_the_box_takes_no_more_than_is_asked(city, open_page):
    page = open_page(city + "/search/?q=" + "crimes+" * 100)
    expect(titles(page).first).to_have_text("Crimes")

    assert len(box(page).input_value()) <= 300
    assert len(page.title()) < 350


def test_a_title_in_another_direction_stands_apart_from_the_words_around_it(city, open_page):
    page = open_page(city + "/search/?q=comment")

    expect(page.locator("[data-kind=column] .meta bdi").first).to_have_text("Service requests (311)")
    expect(page.locator("[data-kind=dataset] .why bdi").first).to_have_text("comment")


def test_columns_join_the_panel_once_the_reader_pauses(city, open_page):
    page = open_page(city + "/about/")
    page.locator("#q").press_sequentially("comment")

    expect(page.locator(".panel li").last).to_contain_text("Column of Service requests (311)")


def test_a_browser_that_cannot_unpack_the_index_fetches_what_can(city, open_page):
    page = open_page("about:blank", alone=True)
    page.add_init_script("delete globalThis.DecompressionStream")
    page.goto(city + "/search/?q=crimes")

    expect(titles(page).first).to_have_text("Crimes")


def test_words_in_the_address_of_the_list_are_searched_for(city, open_page):
    page = open_page(city + "/data/?q=requests&topic=streets")

    expect(page).to_have_url(city + "/search/?q=requests&topic=streets")
    expect(titles(page).first).to_be_visible()


def test_without_a_script_the_box_leads_to_the_whole_list(city, open_page):
    page = open_page(city + "/about/", java_script_enabled=False)
    page.get_by_label("Search the data").fill("crimes")
    page.get_by_role("button", name="Search").click()

    assert page.url == city + "/data/?q=crimes"
    assert page.locator("noscript p").is_visible()
    assert page.get_by_role("link", name="Crimes").first.is_visible()


def test_in_a_folder_the_page_of_results_says_where_to_look(in_folder, open_page):
    page = open_page((in_folder / "search" / "index.html").as_uri())
    page.get_by_role("link", name="All data").first.click()

    assert page.url == (in_folder / "data" / "index.html").as_uri()
    assert page.complaints == []


def test_in_a_folder_words_that_were_typed_before_the_script_came_narrow_the_list(in_folder, open_page):
    page = open_page("about:blank", alone=True)
    page.add_init_script("""new MutationObserver((_, watch) => {
      const box = document.querySelector("#q");
      if (box) { box.value = "crimes"; watch.disconnect(); }
    }).observe(document, { childList: true, subtree: true });""")
    page.goto((in_folder / "data" / "index.html").as_uri())

    expect(page.locator("#q")).to_have_value("crimes")
    expect(page.locator("[data-in]").filter(has_text="Trees")).to_be_hidden()
    expect(page.locator("[data-in]").filter(has_text="Crimes").first).to_be_visible()
    assert page.url.endswith("?q=crimes")


def test_hostile_words_are_only_words(city, open_page):
    page = open_page(city + "/search/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&topic=%22%3E%3Cscript%3E")

    expect(page.get_by_role("button", name='Take the filter away: "><script>')).to_be_visible()
    assert page.complaints == []


@pytest.mark.parametrize("url", ["/search/?q=requests", "/search/?q=requests&publisher=public-works"])
def test_nothing_moves_while_results_come(city, open_page, url):
    page = open_page(city + url)
    page.wait_for_load_state("networkidle")

    assert (
        page.evaluate("""() => new Promise((done) => { let moved = 0;
        new PerformanceObserver((list) => { for (const each of list.getEntries()) moved += each.value; })
            .observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(moved), 400); })""")
        < 0.05
    )
