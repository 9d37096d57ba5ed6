"""What the page of results moves, and how long readers wait for it, in Chromium over made-up records. Nothing is asserted.

Bytes are those of bodies on the wire, scripts packed by the server. Limits are the project's own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.making_records import read_records, write_records
from bench.page_readers import a_reader, searched_site, visits
from bench.readers import held, questions, spread
from bench.wire import Wire, wired

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.bench, pytest.mark.browser]
HERE = Path(__file__).parent
READERS, WAITING = 30, 12
FIRST = {1_000: 55_000, 10_000: 60_000, 100_000: 70_000}
NEXT, THREE_FACETS, WAIT_MS, KEY_MS = 50_000, 130_000, 1_300, 50


def told(what: str, values: Sequence[float], limit: int) -> None:
    print(f"{what:<44} {held(values, limit)}")


@pytest.fixture(scope="module")
def site_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], tuple[Wire, list[str]]]]:
    """A function from a number of records to the site that searches them, served, and what its readers ask."""
    folder, made = tmp_path_factory.mktemp("records"), dict[int, tuple[Wire, list[str]]]()
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{HERE.parent}:{HERE.parents[1] / 'tools'}")

        def make(count: int) -> tuple[Wire, list[str]]:
            records, index = folder / f"{count}.jsonl", folder / f"index-{count}"
            write_records(count, records)
            subprocess.run([sys.executable, "-m", "bench.index_records", str(records), str(index)], check=True)
            wire = stack.enter_context(wired(searched_site(index, folder / f"site-{count}")))
            return wire, questions(tuple(read_records(records)), 2 * READERS)

        yield lambda count: made.get(count) or made.setdefault(count, make(count))


@pytest.mark.parametrize("count", [1_000, 10_000, 100_000])
def test_what_the_page_moves(browser: Browser, site_of: Callable[[int], tuple[Wire, list[str]]], count: int) -> None:
    wire, asked = site_of(count)
    found = visits(browser, wire, asked)

    print(f"\n{count:,} records, bytes; scripts {found[0].first.scripts:,}, HTML, styles and font {found[0].first.page:,} more")
    told("first question, with scripts", [each.first.for_results for each in found], FIRST[count])
    told("next question", [each.following.for_results for each in found], NEXT)
    told("topics, publishers and formats more", [each.first.three_facets for each in found], THREE_FACETS)
    print(f"{'other facets that the page counts':<44} {found[0].first.other_facets:,}")
    print(f"{'requests of a first question':<44} {spread([each.first.requests for each in found])}")


@pytest.mark.parametrize("count", [1_000, 10_000, 100_000])
def test_what_typing_key_by_key_moves(browser: Browser, site_of: Callable[[int], tuple[Wire, list[str]]], count: int) -> None:
    wire, asked = site_of(count)
    moved = []
    for question in asked[:WAITING]:
        with a_reader(browser, wire) as reader:
            before = reader.come().for_results
            moved.append(before + reader.type(question).for_results)

    print()
    told(f"{count:,} records, first question key by key", moved, FIRST[count])


def test_waiting_on_a_slow_line(browser: Browser, site_of: Callable[[int], tuple[Wire, list[str]]]) -> None:
    wire, asked = site_of(100_000)
    linked, pasted, elsewhere, typed = list[float](), list[float](), list[float](), list[float]()
    for question in asked[:WAITING]:
        with a_reader(browser, wire, is_slow=True) as reader:
            linked.append(reader.waited_from_link(question))
        for url, waits in (("/search/", pasted), ("/", elsewhere)):
            with a_reader(browser, wire, is_slow=True) as reader:
                reader.come(url)
                reader.page.fill("#q", question)
                waits.append(reader.waited_from_first_key())
        with a_reader(browser, wire, is_slow=True) as reader:
            reader.come()
            reader.hit(question)
            typed.append(reader.waited_from_first_key())

    print("\n100,000 records, 150 ms and 200 kB/s, milliseconds to the first result on the screen")
    told("from a link to results, cold", linked, WAIT_MS)
    told("a whole question on the page of results", pasted, WAIT_MS)
    told("a whole question on another page", elsewhere, WAIT_MS)
    told("from the first of many keys", typed, WAIT_MS)


def test_waiting_for_a_key(browser: Browser, site_of: Callable[[int], tuple[Wire, list[str]]]) -> None:
    wire, asked = site_of(10_000)
    cold, warm = list[float](), list[float]()
    for question in asked[:WAITING]:
        with a_reader(browser, wire) as reader:
            reader.come()
            cold += reader.waits_for_keys(question)
            warm += reader.waits_for_keys(question)

    print("\n10,000 records, milliseconds from a key to its results on the screen")
    told("warm", warm, KEY_MS)
    told("words not fetched before, from this machine", cold, KEY_MS)
