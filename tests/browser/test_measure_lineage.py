"""Every number over published rows leads to rows that recount to it: each link is followed in the explorer, in Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

import pytest

from bench.wire import wired
from browser.measured_city import measured_files
from cities import a_build, loaded
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.measures.definition import Definition, definition_of
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.measured import Measure, Observation, Series
from cityfolio.pages.measure_rows import RowLinks, linking
from cityfolio.pages.pages import site_of
from cityfolio.pages.routes import measure_url
from cityfolio.publish.folder_sink import FolderSink
from demonstration.built_site import Demonstration
from pages.drawing import the_theme

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.npm]
SAMPLE = 20                       # of the numbers of the demonstration in every run
# What the explorer says at some addresses of one table, asked of the page as its own address would.
ASK = """async ([queries, of]) => {
  const { store, session } = document.querySelector("city-explorer").bench;
  const said = [];
  for (const query of queries) {
    history.replaceState(null, "", `?${query}`);
    const state = store.fromAddress();
    const { rows } = await session.view(state);
    const answer = state.ask && await session.answer(state.ask);
    const cells = of && (await session.rows(0, rows, [of])).cells[0];
    said.push({ rows, filters: state.filters.length, total: answer?.total.value ?? null, groups: answer?.rows.length, cells });
  }
  return said;
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number on the page of a measure, and where it leads."""

    measure: Measure
    series: Series
    observation: Observation
    links: RowLinks

    @property
    def definition(self) -> Definition:
        """How it is made."""
        definition = definition_of(self.measure.record)
        assert definition is not None
        return definition

    @property
    def named(self) -> str:
        """Which number it is, for a reader of a failure."""
        return f"{self.measure.id} {self.series.by}={self.series.group} {self.observation.period}"


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city that is served."""

    address: str
    catalog: Catalog
    numbers: tuple[Number, ...]


def numbers_of(catalog: Catalog, build: Build) -> Iterator[Number]:
    """Every number over published rows on every measure page."""
    site = site_of(catalog, build, the_theme())
    for measure in catalog.measures:
        if measure.computed.is_recountable:
            linked = linking(measure, site, measure_url(measure.id))
            computed = measure.computed
            for series in (computed.overall, *(each for group in computed.groups.values() for each in group)):
                for each in series.observations:
                    if each.value is not None:
                        yield Number(measure=measure, series=series, observation=each, links=linked(series, each))


def recounted(number: Number, every: Mapping[str, Any], good: Mapping[str, Any]) -> Fraction:
    """The value once more, from what the explorer says of the rows that the links lead to."""
    definition, total = number.definition, Fraction(every["total"] or 0)
    if definition.what == "ratio":
        share = Fraction(good["total"] or 0) / total if definition.of else Fraction(good["rows"], every["rows"])
        return share * (100 if number.measure.record.unit == "percent" else 1)
    if definition.what == "count":
        return Fraction(every["rows"])
    if definition.what == "percentile":
        return sorted(map(Fraction, every["cells"]))[max(ceil(definition.share * every["rows"]) - 1, 0)]
    return Fraction(every["groups"]) if definition.what == "distinct" else total


def is_same(number: Number, found: Fraction) -> bool:
    """Whether it is the number, which the explorer rounds to the nearest double where it is a mean or a median."""
    value = number.observation.value
    assert value is not None
    rate = number.measure.record.compute and number.measure.record.compute.rate
    if rate:
        return number.observation.rows is not None   # what it is divided by stands in another file
    if number.definition.what in ("mean", "median"):
        return float(found) == float(value)
    return found == value


def follow(page: Page, address: str, numbers: Sequence[Number]) -> dict[str, object]:
    """The numbers that do not come out again, with what does."""
    wrong: dict[str, object] = {}
    by_table: dict[tuple[str, str], list[Number]] = {}
    for each in numbers:
        assert each.links.all is not None, each.named
        table = each.links.all.href.partition("?")[0]
        of = each.definition.of if each.definition.what == "percentile" else ""
        by_table.setdefault((table, of), []).append(each)
    for (table, of), some in by_table.items():
        page.goto(f"{address}/measures/x/{table}")
        page.locator("city-grid [role=gridcell], city-grid .grid-cards li").first.wait_for()
        every = page.evaluate(ASK, [[query_of(each.links.all) for each in some], of])
        good = page.evaluate(ASK, [[query_of(each.links.good or each.links.all) for each in some], ""])
        for each, rows, of_good in zip(some, every, good, strict=True):
            if rows["rows"] != each.observation.rows or not is_same(each, recounted(each, rows, of_good)):
                wrong[each.named] = (each.observation, {**rows, "cells": None}, of_good)
    return wrong


def query_of(link: Any) -> str:
    """What an address asks."""
    return str(link.href).partition("?")[2]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, bundled: None) -> Iterator[City]:
    """A city whose measures are made in every way."""
    files, folder = measured_files(), tmp_path_factory.mktemp("lineage") / "site"
    build = a_build(base_url="")
    result = build_site(loaded(files), build, Workshop(tree=MemoryTree(files), sink=FolderSink(folder)))
    assert result.catalog is not None
    assert result.is_built, result.problems
    with wired(folder) as served:
        yield City(address=served.address, catalog=result.catalog, numbers=tuple(numbers_of(result.catalog, build)))


@pytest.fixture
def charlotte(demonstration: Demonstration, bundled: None) -> Iterator[City]:
    """The demonstration."""
    assert demonstration.exit_code == 0, demonstration.output
    catalog = demonstration.catalog
    with wired(demonstration.site) as served:
        yield City(address=served.address, catalog=catalog, numbers=tuple(numbers_of(catalog, a_build(base_url=""))))


def test_every_number_of_a_small_city_comes_out_of_the_rows_it_leads_to(small: City,
                                                                         open_page: Callable[..., Page]) -> None:
    wrong = follow(open_page("about:blank"), small.address, small.numbers)

    assert wrong == {}
    assert {each.measure.id for each in small.numbers} == {each.id for each in small.catalog.measures}


@pytest.mark.slow
def test_some_numbers_of_the_demonstration_come_out_of_the_rows_they_lead_to(charlotte: City,
                                                                             open_page: Callable[..., Page]) -> None:
    step = max(1, len(charlotte.numbers) // SAMPLE)

    assert follow(open_page("about:blank"), charlotte.address, charlotte.numbers[::step]) == {}


@pytest.mark.torture
def test_every_number_of_the_demonstration_comes_out_of_the_rows_it_leads_to(charlotte: City,
                                                                            open_page: Callable[..., Page]) -> None:
    assert follow(open_page("about:blank"), charlotte.address, charlotte.numbers) == {}


def test_links_on_the_page_of_a_measure_open_the_rows_that_they_name(small: City, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{small.address}/measures/ratio/")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    links = page.locator("td.num a[href*='where=']")
    said = [(links.nth(at).inner_text(), links.nth(at).get_attribute("href") or "") for at in (0, 1)]
    counts = []
    for _, href in said:
        page.goto(f"{small.address}/measures/ratio/{href}")
        page.locator("city-grid .grid-status", has_text=re.compile(r"\d of 400 rows")).wait_for()
        counts.append(page.locator("city-grid .grid-status").inner_text().split()[0])

    assert counts == [text for text, _ in said]
    assert page.complaints == []  # type: ignore[attr-defined]


def test_a_condition_is_among_the_filters_and_can_be_taken_away(small: City, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{small.address}/data/requests/requests/?where=kind%20!!%3D%20'TRASH'%20and%20days%20%3E%202"
                     "&where=district~is~1&ask=count&by=kind")
    page.locator("city-ask table").wait_for()
    chosen, status = page.locator(".grid-chosen li span"), page.locator("city-grid .grid-status")
    before = (chosen.all_inner_texts(), status.inner_text(), page.locator("city-ask tbody tr").count())
    page.get_by_role("button", name="Remove the filter: Rows of which this holds").click()
    status.filter(has_text=re.compile("^134 of")).wait_for()

    assert "Rows of which this holds: \u2068kind != 'TRASH' and days > 2\u2069" in before[0][0]
    assert 0 < int(before[1].split()[0]) < 134
    assert before[2] == 2
    assert page.url.endswith("?where=district~is~1&ask=count&by=kind")


def test_a_condition_that_cannot_be_understood_shows_no_rows_and_says_where(small: City,
                                                                            open_page: Callable[..., Page]) -> None:
    page = open_page(f"{small.address}/data/requests/requests/?where=days%20%3D%3D%20nobody")
    note = page.locator("city-grid .grid-note").first
    note.filter(has_text="cannot be understood").wait_for()

    assert "nobody" in note.inner_text()
    assert page.locator("city-grid .grid-status").inner_text() == ""
    assert page.locator(".grid-chosen li").count() == 1


def test_an_embedded_table_holds_to_a_condition(small: City, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{small.address}/embed/data/requests/requests/?where=days%20%3D%3D%202&columns=days")
    page.get_by_text("Rows of which this holds").wait_for()

    assert set(page.locator("tbody td").all_inner_texts()) == {"2"}
