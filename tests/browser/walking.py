"""Somebody who has a keyboard alone: presses keys, and knows of the page what the browser tells a screen reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

# What the live parts of the page say is noted before a key is pressed: only what they say anew is told to anybody.
NOTE = """() => {
  const live = document.querySelectorAll("[role=status], [role=alert], [aria-live]:not([aria-live=off])");
  window.noted = new Map([...live].map((each) => [each, each.textContent]));
}"""
SAID = """() => {
  const live = document.querySelectorAll("[role=status], [role=alert], [aria-live]:not([aria-live=off])");
  return [...live].filter((each) => each.checkVisibility() && each.textContent !== window.noted?.get(each))
    .map((each) => each.textContent);
}"""
ISOLATES = re.compile("[\u2066-\u2069]")
STEP_MS = 50
LOST = ("RootWebArea", "none", "generic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Walker:
    """One page and who walks through it."""

    page: Page
    tree: CDPSession

    def told(self, part: str) -> str:
        """The role, the name or the description of what has the focus, as the browser reckons it."""
        found = self.tree.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
        nodes = self.tree.send("Accessibility.getPartialAXTree", {"objectId": found, "fetchRelatives": False})["nodes"]
        return ISOLATES.sub("", str(nodes[0].get(part, {}).get("value", "")))

    def focus(self) -> tuple[str, str]:
        """The role and the name of what has the focus."""
        return self.told("role"), self.told("name")

    @property
    def name(self) -> str:
        """The name of what has the focus. Fails where nothing has it."""
        role, name = self.focus()
        assert role not in LOST, f"the focus is lost: {role} {name!r}"
        return name

    @property
    def description(self) -> str:
        """What else is told of what has the focus."""
        return self.told("description")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.page.evaluate(NOTE)
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, name: str, most: int = 60, key: str = "Tab") -> int:
        """Press Tab until what has this name, or begins with it, has the focus, and say how often that took."""
        passed = []
        for count in range(1, most + 1):
            self.press(key)
            passed.append(self.told("name"))
            if passed[-1].startswith(name):
                return count
        raise AssertionError(f"{name!r} is not reached with {most} times {key}, which passed {passed}")

    def back_to(self, name: str, most: int = 60) -> int:
        """Press Shift and Tab until what has this name has the focus."""
        return self.tab_to(name, most, "Shift+Tab")

    def pick(self, text: str, most: int = 20) -> None:
        """Press the down arrow in a list of choices until this one is chosen."""
        chosen = self.page.locator(":focus option:checked")
        self.press("Home")
        for _ in range(most):
            if chosen.inner_text() == text:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{text!r} is not among the choices of {self.focus()}")

    def hears(self, words: str, patience_ms: int = 5_000) -> None:
        """Fail unless a screen reader is told this after the last keys: a live part that is not hidden comes to say it."""
        pattern = spoken(words)
        for _ in range(patience_ms // STEP_MS + 1):
            said = [ISOLATES.sub("", text) for text in self.page.evaluate(SAID)]
            if any(pattern.search(text.strip()) for text in said):
                return
            self.page.wait_for_timeout(STEP_MS)
        raise AssertionError(f"{words!r} is told to nobody; what is told is {said}")

    def waits_for(self, name: str) -> None:
        """Fail unless what has the focus comes to have this name."""
        for _ in range(50):
            if self.told("name").startswith(name):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"the focus does not come to {name!r}: it is on {self.focus()}")


def spoken(words: str) -> re.Pattern[str]:
    """A pattern of whole words; where they begin with a number, nothing stands before it: 12 of 40 rows are not 40 rows."""
    return re.compile(rf"^{re.escape(words)}(?!\w)" if words[0].isdigit() else rf"(?<!\w){re.escape(words)}")


def walker(page: Page) -> Walker:
    """Somebody at the beginning of a page."""
    return Walker(page=page, tree=page.context.new_cdp_session(page))
