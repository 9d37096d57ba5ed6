"""The automated rules of axe-core on every page type, in both schemes and at three widths."""

import pytest

from browser.test_reading import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.npm]

RUN = """async (source) => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  const places = (each) => each.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ");
  return found.violations.map((each) => `${each.id}: ${places(each)}`);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_breaks_an_automated_rule(city, open_page, axe, scheme, width):
    page = open_page("about:blank", width=width, color_scheme=scheme, bypass_csp=True)
    broken = {}
    for url in PAGES:
        page.goto(city + url)
        page.evaluate(axe)
        broken[url] = page.evaluate(RUN, None)

    assert {url: rules for url, rules in broken.items() if rules} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_search_breaks_an_automated_rule(city, open_page, axe, scheme, width):
    page = open_page(city + "/search/?q=requests&topic=streets", width=width, color_scheme=scheme, bypass_csp=True)
    page.locator(".results a").first.wait_for()
    page.evaluate(axe)
    results = page.evaluate(RUN, None)
    page.goto(city + "/data/crimes/")
    page.locator("#q").fill("requsts")
    page.locator(".panel a").first.wait_for()
    page.evaluate(axe)

    assert (results, page.evaluate(RUN, None)) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
