"""One small city, drawn and served once for all browser tests of a process."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error as PlaywrightError

from browser import evidence
from browser.serving import served, write_city, write_large_city
from cityfolio.pages.theme_layers import SCRIPTS
from pages.catalogs import a_full_catalog, a_hostile_catalog
from pages.drawing import the_theme
from pages.factories import a_build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
IN_HERE = f"{HERE.relative_to(ROOT).as_posix()}/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Note no lines while the browser works: what it shows was drawn before, and what talks to it is not ours."""
    for item in items:
        if item.nodeid.startswith(IN_HERE):
            item.add_marker(pytest.mark.no_cover)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note for the report on access what came of each test, where that is asked for."""
    report = yield
    evidence.note_test(item, report)
    return report


@pytest.fixture(scope="session")
def bundled() -> None:
    """The theme's scripts, or a skip that says how to get them."""
    if not set(SCRIPTS) <= set(the_theme().bundle):
        pytest.skip("the theme's scripts are not bundled; `make site` does it")


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory, bundled: None) -> Iterator[str]:
    """The address of a city in which every page type has all it can show, published below a sub-path."""
    folder = tmp_path_factory.mktemp("city")
    write_city(a_full_catalog(), a_build(base_url="https://example.gov/portal"), folder / "portal")
    with served(folder) as address:
        yield f"{address}/portal"


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory, bundled: None) -> Iterator[str]:
    """The address of a city whose index is too large for one file."""
    with served(write_large_city(tmp_path_factory.mktemp("many"))) as address:
        yield address


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, bundled: None) -> Iterator[Callable[[str], str]]:
    """A function from a text to the address of a city that has it in every field."""
    folder = tmp_path_factory.mktemp("hostile")
    with served(folder) as address:

        def make(text: str) -> str:
            name = text.encode().hex()
            write_city(a_hostile_catalog(text), a_build(), folder / name)
            return f"{address}/{name}"

        yield make


@pytest.fixture(scope="session")
def in_folder(tmp_path_factory: pytest.TempPathFactory, bundled: None) -> Path:
    """The folder of a city that is opened without a server."""
    return write_city(a_full_catalog(), a_build(for_folder=True), tmp_path_factory.mktemp("folder"))


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    path = Path(os.environ.get("CITYFOLIO_AXE") or ROOT / "node_modules" / "axe-core" / "axe.min.js")
    if not path.is_file():
        pytest.skip(f"axe-core is not at {path}; `make test` installs it")
    return path.read_text(encoding="utf-8") + (evidence.SAYING if evidence.folder() else "")


STAYING = re.compile(r"\?stay$")


def without_forwarding(route: Route) -> None:
    """Answer with a page that leads nowhere by itself, so that it can be looked at: `/data/old-name/?stay`."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('http-equiv="refresh"', 'name="forward"'))


class Pages:
    """Pages of a browser, by how they were asked for, each used by one test after the other.

    A process that draws pages takes the most of what a test costs; a page that is used again starts none. How large it is,
    is no such difference: any page comes to be as large as is wanted.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: dict[str, BrowserContext] = {}
        self._idle: dict[str, Page] = {}
        self._taken: list[tuple[str, Page]] = []

    def take(self, alone: bool, viewport: ViewportSize, **wanted: Any) -> Page:
        """A page that is as wanted, and in which nothing is to be seen of what went on before."""
        key = f"{len(self._taken)} alone" if alone else repr(sorted(wanted.items()))
        if key not in self._contexts:
            self._contexts[key] = self._browser.new_context(viewport=viewport, **wanted)
            self._contexts[key].route(STAYING, without_forwarding)   # with which the browser keeps no answers either
        page = self._idle.pop(key, None) or listened_to(self._contexts[key].new_page())
        page.set_viewport_size(viewport)
        page.complaints = []  # type: ignore[attr-defined]
        if not alone:
            page.add_init_script = refuse_to_mark  # type: ignore[method-assign]
        self._taken.append((key, page))
        return page

    def give_back(self) -> None:
        """Keep one page of each kind for the next test, as it was when it was new. Closes all others."""
        for key, page in self._taken:
            if key.endswith("alone") or page.is_closed() or key in self._idle or not emptied(page):
                page.close()
            else:
                self._idle[key] = page
        self._taken.clear()
        for key in [each for each in self._contexts if each.endswith("alone")]:
            self._contexts.pop(key).close()
        for context in self._contexts.values():
            for page in set(context.pages) - set(self._idle.values()):
                page.close()                     # a window that a page opened
            context.clear_cookies()

    def close(self) -> None:
        """Close them all."""
        for context in self._contexts.values():
            context.close()


def listened_to(page: Page) -> Page:
    """A new page, which notes what the browser complains of."""
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("console", lambda said: evidence.note_page(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("dialog", lambda dialog: (page.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
    return page


def emptied(page: Page) -> bool:
    """Take away what a test left in a page. Whether that could be done."""
    try:
        page.unroute_all(behavior="ignoreErrors")
        page.context.set_offline(False)
        page.evaluate("try { localStorage.clear() } catch { /* a page without an origin keeps nothing */ }")
        page.emulate_media(media="null")
        page.goto("about:blank")
        page.mouse.move(0, 0)
    except PlaywrightError:                      # such as a page whose script never ends
        return False
    return True


def refuse_to_mark(*_: object, **__: object) -> None:
    """What stays in a page must not be done to one that the next test uses."""
    raise AssertionError("open the page with alone=True")


def opening(pages: Pages) -> Callable[..., Page]:
    """What opens an address: `open_page(url, width=320, color_scheme="dark")`.

    What the browser complained of is in `page.complaints`. A test that changes what lasts as long as the page does, such as
    its clock or the number of its history, asks for one that is `alone`.
    """

    def open_at(url: str, width: int = 1280, height: int = 800, *, alone: bool = False, **context: Any) -> Page:
        page = pages.take(alone, viewport={"width": width, "height": height}, **context)
        page.goto(url)
        return page

    return open_at


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[Pages]:
    """The pages that the tests of a module use, one after the other."""
    made = Pages(browser)
    yield made
    made.close()


@pytest.fixture
def open_page(pages: Pages) -> Iterator[Callable[..., Page]]:
    """What opens pages for one test; see `opening`."""
    yield opening(pages)
    pages.give_back()


@pytest.fixture(scope="module")
def open_pages(browser: Browser) -> Iterator[Callable[..., Page]]:
    """What opens pages for all tests of a module, none of which is emptied between them."""
    made = Pages(browser)
    yield opening(made)
    made.close()
