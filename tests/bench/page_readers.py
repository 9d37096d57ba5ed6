"""Readers of the page of results, in Chromium: what their questions move, and how long they wait for an answer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from bench.readers import FACETS
from bench.wire import Sent, Wire, weight
from browser.serving import write_city
from pages.catalogs import a_full_catalog
from pages.factories import a_build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BOX = "#q"
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
QUIET_AFTER_MS, LOOK_EVERY_MS = 400, 50
BETWEEN_KEYS_MS = 120
# A second frame begins when the first one is on the screen.
WATCHING = """{
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const painted = async () => { await frame(); await frame(); return performance.now(); };
  const once = (holds) => new Promise((done) => {
    const watcher = new MutationObserver((changes) => { if (holds(changes)) { watcher.disconnect(); done(painted()); } });
    watcher.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden"] });
  });
  const isSeen = (element) => element.getClientRects().length > 0;
  const isList = ({ type, target }) => type === "childList" && target.matches?.("[data-kind] ul, .panel ul");
  window.firstResult = once(() => [...document.querySelectorAll(".results h3 a, .panel li a")].some(isSeen));
  addEventListener("input", ({ timeStamp }) => {
    window.firstKey ??= timeStamp;
    window.answered = once((changes) => changes.some(isList)).then((at) => at - timeStamp);
  }, true);
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What one question moved."""

    sent: tuple[Sent, ...]

    @property
    def scripts(self) -> int:
        """The bytes of scripts."""
        return weight([each for each in self.sent if each.is_script])

    @property
    def for_results(self) -> int:
        """The bytes of scripts and index without which no results would stand there."""
        return weight(self._for_results())

    @property
    def requests(self) -> int:
        """How often scripts and index were asked for until the results stood there."""
        return len(self._for_results())

    @property
    def three_facets(self) -> int:
        """The bytes of topics, publishers and formats."""
        return weight([each for each in self.sent if each.facet in FACETS])

    @property
    def other_facets(self) -> int:
        """The bytes of whatever else the page counts."""
        return weight([each for each in self.sent if each.facet and each.facet not in FACETS])

    @property
    def page(self) -> int:
        """The bytes that any page moves: HTML, styles, a font, an icon."""
        return weight([each for each in self.sent if not each.is_script and not each.is_of_index])

    def _for_results(self) -> list[Sent]:
        return [each for each in self.sent if (each.is_script or each.is_of_index) and not each.facet]


def searched_site(index: Path, folder: Path) -> Path:
    """Write the site of a small city, with an index in the place of its own."""
    write_city(a_full_catalog(), a_build(), folder)
    shutil.rmtree(folder / "search" / "index")
    (folder / "search" / "index").symlink_to(index, target_is_directory=True)
    return folder


@dataclass(slots=True)
class Reader:
    """Somebody with an empty cache."""

    page: Page
    wire: Wire

    def come_asking(self, asked: str) -> Moved:
        """Follow a link to the results of a question that has some, and wait for them: a busy machine takes breaks."""
        self.page.goto(f"{self.wire.address}/search/?q={quote_plus(asked)}")
        self.page.evaluate("firstResult")
        return self._moved()

    def come(self, url: str = "/search/") -> Moved:
        """Open a page, and wait until it is all there."""
        self.page.goto(self.wire.address + url)
        return self._moved()

    def ask(self, asked: str) -> Moved:
        """Put a question into the box at once, as who pastes it."""
        self.page.fill(BOX, asked)
        return self._moved()

    def type(self, asked: str) -> Moved:
        """Type a question key by key."""
        self.hit(asked)
        return self._moved()

    def hit(self, keys: str) -> None:
        """Type at the speed of a quick typist, and wait for nothing."""
        self.page.focus(BOX)
        self.page.keyboard.type(keys, delay=BETWEEN_KEYS_MS)

    def waited_from_link(self, asked: str) -> float:
        """Milliseconds from following a link until the first result stands on the screen."""
        self.page.goto(f"{self.wire.address}/search/?q={quote_plus(asked)}", wait_until="commit")
        return float(self.page.evaluate("firstResult"))

    def waited_from_first_key(self) -> float:
        """Milliseconds from the first key in the box until the first result stood on the screen."""
        return float(self.page.evaluate("firstResult.then((at) => at - firstKey)"))

    def waits_for_keys(self, asked: str) -> list[float]:
        """Milliseconds from each key until its results stand on the screen; the next key is hit then."""
        self.page.fill(BOX, "")
        self.page.focus(BOX)
        return [self._waited_for_key(key) for key in asked]

    def _waited_for_key(self, key: str) -> float:
        self.page.keyboard.type(key)
        return float(self.page.evaluate("answered"))

    def _moved(self) -> Moved:
        quiet = 0
        while quiet < QUIET_AFTER_MS:
            before = len(self.wire.sent)
            self.page.wait_for_timeout(LOOK_EVERY_MS)
            quiet = quiet + LOOK_EVERY_MS if len(self.wire.sent) == before else 0
        return Moved(sent=tuple(self.wire.taken()))


@contextmanager
def a_reader(browser: Browser, wire: Wire, *, is_slow: bool = False) -> Iterator[Reader]:
    """A reader who has just come, at a desk, perhaps with 150 ms to the server and 200 kB a second."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(WATCHING)
    page = context.new_page()
    if is_slow:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW)
    wire.taken()
    yield Reader(page, wire)
    context.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a reader moved who came asking, and asked once more."""

    first: Moved
    following: Moved


def visits(browser: Browser, wire: Wire, asked: Sequence[str]) -> list[Visit]:
    """Half as many readers as there are questions, one after another."""
    return [_visit(browser, wire, one, two) for one, two in zip(asked[::2], asked[1::2], strict=True)]


def _visit(browser: Browser, wire: Wire, one: str, two: str) -> Visit:
    with a_reader(browser, wire) as reader:
        return Visit(first=reader.come_asking(one), following=reader.ask(two))
