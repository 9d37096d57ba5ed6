"""The one browser of a test process: a start takes a second of a processor, and there are forty modules that need one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import chromium

if TYPE_CHECKING:
    import pytest
    from playwright.sync_api import Browser

# How long what a page is to show may take. Playwright's own 5 seconds are too few where all processors are busy.
PATIENCE_MS = 20_000


def launched(until: ExitStack) -> Browser:
    """A browser that runs until then."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    playwright = until.enter_context(sync_playwright())
    # Chromium's own sandbox cannot be made inside many containers, and root may not use it.
    options = ["--no-sandbox", "--disable-dev-shm-usage"]
    program = os.environ.get("CITYFOLIO_BROWSER") or chromium.chromium_on_path()
    browser = playwright.chromium.launch(executable_path=program, args=options)
    until.callback(browser.close)
    return browser


class Chromium:
    """A browser that is started when the first test asks for it, and ended when the next module has none that does."""

    def __init__(self, launch: Callable[[ExitStack], Browser] = launched) -> None:
        self._launch = launch
        self._needing: frozenset[Path] = frozenset()
        self._browser: Browser | None = None
        self._until = ExitStack()

    def note_who_needs_it(self, items: Iterable[pytest.Item]) -> None:
        """Note the modules with a test that asks for the browser."""
        self._needing = frozenset(item.path for item in items if "browser" in getattr(item, "fixturenames", ()))

    def started(self) -> Browser:
        """The browser, which runs from now on if it did not."""
        self._browser = self._browser or self._launch(self._until)
        return self._browser

    def end_unless_needed_by(self, item: pytest.Item | None) -> None:
        """End it, unless the test that comes next is of a module that needs it."""
        if item is None or item.path not in self._needing:
            self._browser = None
            self._until.close()
