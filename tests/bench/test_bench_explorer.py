"""What the explorer fetches of a file of a million rows, and how long a reader waits, in Chromium on hosts of this machine.

Nothing is asserted. Limits are the project's own; memory is that of the page's process.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.wire import wired
from browser.explorer_reading import Visit, by_nginx, nginx, visitor, write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.bench, pytest.mark.browser]
ROWS = 1_000_000
FIRST = "await session.view({}); await session.rows(0, 30, names);"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a reader does, and within what it has to be done."""

    body: str
    milliseconds: int | None = None
    requests: int | None = None
    bytes: int | None = None


def sorted_by(column: str, is_down: str) -> str:
    return f"await session.view({{sort: [{{column: '{column}', isDown: {is_down}}}]}}); await session.rows(0, 30, names);"


def filtered(conditions: str) -> str:
    return f"await session.view({{filters: [{{{conditions}}}]}}); await session.rows(0, 30, names);"


STEPS = {
    "first rows, with the footer": Step(body=FIRST, requests=4, bytes=600_000),
    "sort by a date": Step(body=sorted_by("closed_on", "false"), milliseconds=2_000),
    "sort by a moment, latest first": Step(body=sorted_by("received_at", "true"), milliseconds=2_000),
    "filter on the column of order": Step(
        body=filtered("column: 'request_id', test: 'between', low: '1455555', high: '1655555'"),
        milliseconds=1_000, requests=2),
    "count by a category": Step(
        body="await session.answer({measure: 'count', by: [{column: 'request_type'}]});", milliseconds=1_500),
    "median by month": Step(
        body="await session.answer({measure: 'median', of: 'days_open', by: [{column: 'received_at', per: 'month'}]});"),
    "sum of decimals by a number": Step(
        body="await session.answer({measure: 'sum', of: 'cost', by: [{column: 'council_district'}]});"),
    "find a word in a long column": Step(body=filtered("column: 'address', test: 'contains', text: 'kings'")),
    "summaries of all columns": Step(body="await session.summaries(names);"),
    "places of all rows": Step(body="await session.shapes(['latitude', 'longitude']);"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, node: str) -> Path:
    return write_site(tmp_path_factory.mktemp("million") / "site", node, ROWS)


@pytest.fixture(scope="module")
def hosts(site: Path) -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        found = {"a server that notes what it sends": stack.enter_context(wired(site)).address}
        if program := nginx():
            found["nginx"] = stack.enter_context(by_nginx(site, program))
        yield found


@contextmanager
def a_visit(browser: Browser, site: Path, address: str) -> Iterator[Visit]:
    context = browser.new_context()
    try:
        yield visitor(lambda url: _at(context.new_page(), url), site, address)
    finally:
        context.close()


def _at(page: Page, url: str) -> Page:
    page.goto(url)
    return page


def footprint_mib(page: Page) -> tuple[float, float]:
    """Of the process that draws the page, the larger of several: its private memory, and all that is resident of it.

    Private is what Chromium's own task manager shows ("memory footprint"; on Linux RssAnon and VmSwap of /proc/PID/status,
    proc(5)). Resident memory counts the browser's program too, which all of its processes share.
    """
    page.wait_for_timeout(500)
    said = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout.splitlines()
    sizes = [_sizes(int(line.split()[0])) for line in said if "--type=renderer" in line]
    return max(((each["RssAnon"] + each["VmSwap"], each["VmRSS"]) for each in sizes if each), default=(0, 0))


def _sizes(process: int) -> dict[str, float]:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return {name: int(value.split()[0]) / 1024 for name, _, value in (line.partition(":") for line in lines)
            if name in ("RssAnon", "VmSwap", "VmRSS")}


def within(value: float, limit: float | None) -> str:
    return "" if limit is None else f" ({'within' if value <= limit else 'BEYOND'} {limit:,})"


def test_what_a_reader_waits_for(browser: Browser, site: Path, hosts: dict[str, str]) -> None:
    for host, address in hosts.items():
        print(f"\n{host}, {ROWS:,} rows; but for the first, each by a reader who has the first rows")
        for what, step in STEPS.items():
            with a_visit(browser, site, address) as visit:
                is_first = step.body == FIRST
                before = visit.do("" if is_first else FIRST)
                done = visit.do(step.body)
            waited = done.milliseconds + (before.milliseconds if is_first else 0)
            asked, weight = done.requests + is_first, done.bytes + is_first * visit.outline["file"]["footer"]
            print(f"{what:<34} {waited:6.0f} ms{within(waited, step.milliseconds)} {asked:4} requests"
                  f"{within(asked, step.requests)} {weight:11,} bytes{within(weight, step.bytes)}")


def test_what_a_page_takes_up(browser: Browser, site: Path, hosts: dict[str, str]) -> None:
    with a_visit(browser, site, [*hosts.values()][-1]) as visit:
        print(f"\n{ROWS:,} rows, one step after the other on one page, MiB of its process: its own (limit 400), all resident")
        print(f"{'an empty page':<34} {_both(visit.page)}")
        for what, step in STEPS.items():
            visit.do(step.body)
            print(f"{what:<34} {_both(visit.page)}")


def _both(page: Page) -> str:
    private, resident = footprint_mib(page)
    return f"{private:6.0f} {resident:6.0f}"
