"""The automated rules of axe-core on a page that is open, and at which widths pages are judged by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Only what plays is fetched beforehand: no rule that is asked reads style sheets.
RUN = """async () => {
  const found = await axe.run(document, { ASKED preload: { assets: ["media"] }, resultTypes: ["violations"] });
  const places = (each) => each.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ");
  return found.violations.map((each) => `${each.id}: ${places(each)}`);
}"""
ALL = RUN.replace("ASKED ", "")
OF_COLOR = RUN.replace("ASKED", 'runOnly: ["color-contrast", "link-in-text-block"],')
SCHEMES = ("light", "dark")
PHONE = 320     # pixels


def at_widths(*wider: int, some: int) -> pytest.MarkDecorator:
    """For the `width` of a test of many pages and the `count` of those that it judges there.

    Most residents hold a phone: on one every page is judged. What is wider shows some of them, and under torture all.
    """
    cases = [pytest.param(PHONE, None, id=f"{PHONE}")]
    for width in wider:
        cases.append(pytest.param(width, some, id=f"{width}"))
        cases.append(pytest.param(width, None, id=f"{width}-all", marks=pytest.mark.campaign))
    return pytest.mark.parametrize(("width", "count"), cases)


def at_phone_width() -> pytest.MarkDecorator:
    """For the `width` of a test of one page: that of a phone, and under torture that of a desk too."""
    return pytest.mark.parametrize("width", [PHONE, pytest.param(1280, marks=pytest.mark.campaign)])


def broken_rules(page: Page, axe: str) -> list[str]:
    """What of a page breaks a rule, in the scheme of colors that it has now."""
    bring(page, axe)
    broken: list[str] = page.evaluate(ALL)
    return broken


def broken_in_both_schemes(page: Page, axe: str) -> dict[str, list[str]]:
    """What of a page breaks a rule: all of them where it is light, those of colors where it is dark. Leaves it light.

    The scheme changes nothing but colors, and a page follows it while it is open; to open it again costs the most.
    """
    broken = {}
    bring(page, axe)
    for scheme, asked in zip(SCHEMES, (ALL, OF_COLOR), strict=True):
        page.emulate_media(color_scheme=scheme)
        if found := page.evaluate(asked):
            broken[scheme] = found
    page.emulate_media(color_scheme="light")
    return broken


def bring(page: Page, axe: str) -> None:
    """Bring axe-core into a page, unless it is there: half a megabyte takes a while."""
    if page.evaluate("!globalThis.axe"):
        page.evaluate(axe)
