"""One small city, drawn and served once for all browser tests of a process."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser.serving import served, write_city, write_large_city
from cityfolio.pages.templates import SCRIPTS
from pages.catalogs import a_full_catalog, a_hostile_catalog
from pages.drawing import the_theme
from pages.factories import a_build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

ROOT = Path(__file__).resolve().parents[2]


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
    return path.read_text(encoding="utf-8")


STAYING = re.compile(r"\?stay$")


def without_forwarding(route: Route) -> None:
    """Answer with a page that leads nowhere by itself, so that it can be looked at: `/data/old-name/?stay`."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('http-equiv="refresh"', 'name="forward"'))


class Contexts:
    """Contexts of a browser by how they were asked for: a page in one that is there costs a third of one in its own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._made: dict[str, BrowserContext] = {}

    def like(self, **wanted: Any) -> BrowserContext:
        """The context that is as wanted. Nothing but what `cleared` takes away is kept from one test to the next."""
        key = repr(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._browser.new_context(**wanted)
            self._made[key].route(STAYING, without_forwarding)   # with which the browser keeps no answers either
        return self._made[key]

    def cleared(self) -> None:
        """Leave each context as a new one is: no page, nothing kept, and not offline."""
        for context in self._made.values():
            for page in context.pages:
                page.close()
            context.set_offline(False)
            context.clear_cookies()

    def close(self) -> None:
        """Close them all."""
        for context in self._made.values():
            context.close()


def opening(contexts: Contexts) -> Callable[..., Page]:
    """What opens an address: `open_page(url, width=320, color_scheme="dark")`.

    What the browser complained of is in `page.complaints`.
    """

    def open_at(url: str, width: int = 1280, height: int = 800, **context: Any) -> Page:
        page = contexts.like(viewport={"width": width, "height": height}, **context).new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("console", lambda said: page.complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(url)
        return page

    return open_at


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[Contexts]:
    """The contexts that the tests of a module share, one after the other."""
    made = Contexts(browser)
    yield made
    made.close()


@pytest.fixture
def open_page(contexts: Contexts) -> Iterator[Callable[..., Page]]:
    """What opens pages for one test; see `opening`."""
    yield opening(contexts)
    contexts.cleared()


@pytest.fixture(scope="module")
def open_pages(browser: Browser) -> Iterator[Callable[..., Page]]:
    """What opens pages for all tests of a module, in contexts that no other test clears."""
    made = Contexts(browser)
    yield opening(made)
    made.close()
