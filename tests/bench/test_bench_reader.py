"""How long a reader with an old phone and a slow line waits for the pages of a large site, in Chromium. Nothing is asserted.

The phone is four times slower than this machine; the line takes 150 ms for an answer and moves 200 kB in a second. The site is
built from a seeded catalog of 10,000 datasets, or as many as `CITYFOLIO_BENCH_SIZES` says. Limits are the project's own.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

import pytest
import yaml

from bench.making_catalogs import write_catalog
from bench.page_readers import WATCHING
from bench.readers import held
from bench.wire import Wire, wired

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.bench, pytest.mark.browser]
SIZE = int(os.environ.get("CITYFOLIO_BENCH_SIZES", "10000").split(",")[-1])
SLOWER, LATENCY_MS, BYTES_PER_SECOND = 4, 150, 200_000
LINE = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND}
READERS, QUESTIONS = 12, 6
# What is not seen is endless, as `NOT_SEEN`.
AT_MOST = "Promise.race([firstResult, new Promise((done) => setTimeout(() => done(Infinity), 20_000))])"
PAINT_MS, SHIFT, SEARCH_MS = 1_800, 0.02, 2_500
# Both begin before the page does, and hold what was seen until they are asked.
OBSERVING = """{
  window.painted = Infinity; window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((each) => { window.painted = each.startTime; }))
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => list.getEntries().filter((each) => !each.hadRecentInput)
    .forEach((each) => { window.shifted += each.value; })).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Wire, list[Path]]]:
    """The site, served, and the folders of some of its datasets in the catalog."""
    folder = tmp_path_factory.mktemp("large")
    write_catalog(SIZE, folder / "catalog")
    subprocess.run([sys.executable, "-m", "cityfolio", "build", "--quiet"], cwd=folder, check=True)
    datasets = sorted((folder / "catalog" / "datasets").iterdir())
    with wired(folder / "output") as wire:
        yield wire, random.Random(1).sample(datasets, READERS)


def _a_phone(browser: Browser, *scripts: str) -> Page:
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    for script in scripts:
        page.add_init_script(script)
    told = context.new_cdp_session(page)
    told.send("Network.enable")
    told.send("Network.emulateNetworkConditions", LINE)
    told.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def _told(what: str, values: list[float], limit: float) -> None:
    print(f"{what:<46} {held(values, limit)}")


def _seen(browser: Browser, address: str) -> tuple[float, float]:
    page = _a_phone(browser, OBSERVING)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1_000)
    seen = page.evaluate("[window.painted, window.shifted]")
    page.context.close()
    return seen[0], seen[1]


def test_pages_of_a_large_site_on_an_old_phone(browser: Browser, site: tuple[Wire, list[Path]]) -> None:
    wire, datasets = site
    print(f"\n{SIZE:,} datasets, {SLOWER} times slower, {LATENCY_MS} ms, {BYTES_PER_SECOND // 1_000} kB/s; milliseconds")
    own, others = [f"/data/{each.name}/" for each in datasets], ["/", "/data/", "/topics/", "/health/"]
    for what, urls in (("a dataset", own), ("home, list, topics, health", others)):
        seen = [_seen(browser, wire.address + url) for url in urls]
        _told(f"largest paint of {what}", [paint for paint, _ in seen], PAINT_MS)
        _told(f"layout shift of {what}", [shift for _, shift in seen], SHIFT)


def test_search_of_a_large_site_on_an_old_phone(browser: Browser, site: tuple[Wire, list[Path]]) -> None:
    wire, datasets = site
    linked, ready = list[float](), list[float]()
    for folder in datasets[:QUESTIONS]:
        asked = " ".join(yaml.safe_load((folder / "dataset.yaml").read_text())["title"].split()[:2])
        page = _a_phone(browser, WATCHING)
        page.goto(f"{wire.address}/search/?q={quote_plus(asked)}", wait_until="commit")
        linked.append(float(page.evaluate(AT_MOST)))
        page.context.close()
        page = _a_phone(browser, WATCHING)
        page.goto(f"{wire.address}/search/", wait_until="commit")
        page.wait_for_selector("#q")
        page.fill("#q", asked)
        ready.append(float(page.evaluate(AT_MOST)))
        page.context.close()

    _told("from a link to the first result", linked, SEARCH_MS)
    _told("from the page of results, asked at once", ready, SEARCH_MS)
