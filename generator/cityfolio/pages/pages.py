"""Every page and asset of the site, from one catalog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cityfolio.cache import NoCache
from cityfolio.frozen import replace
from cityfolio.memory import give_back
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.site import Output
from cityfolio.pages.assets import Assets, assets, assets_with_words
from cityfolio.pages.briefs import brief_pages
from cityfolio.pages.calendar import calendar_page
from cityfolio.pages.calendar_days import has_calendar
from cityfolio.pages.changes import changes_pages
from cityfolio.pages.commitments import commitments_page, has_commitments
from cityfolio.pages.described import linked_data_pages
from cityfolio.pages.developers import developers_page
from cityfolio.pages.drawn_ahead import drawn_ahead
from cityfolio.pages.edit import edit_pages
from cityfolio.pages.equity import has_equity
from cityfolio.pages.equity_page import equity_pages
from cityfolio.pages.goal import goal_pages
from cityfolio.pages.goal_parts import users_of_datasets
from cityfolio.pages.goals import goals_page, has_goals
from cityfolio.pages.guides import guide_pages
from cityfolio.pages.health import health_page
from cityfolio.pages.health_lines import forget_places
from cityfolio.pages.health_lists import health_check_pages, health_publisher_pages
from cityfolio.pages.home import home_page
from cityfolio.pages.inventory import inventory_pages
from cityfolio.pages.inventory_rows import downloads
from cityfolio.pages.known_pages import KnownPages
from cityfolio.pages.lists import list_pages, new_page, publisher_pages, topic_pages
from cityfolio.pages.measure import measure_pages
from cityfolio.pages.measure_changes import changes_page
from cityfolio.pages.measure_embedding import measure_embeds
from cityfolio.pages.measures_list import measures_page
from cityfolio.pages.method import method_page
from cityfolio.pages.news import has_news
from cityfolio.pages.own_pages import own_pages
from cityfolio.pages.pages_drawn import PagesDrawn
from cityfolio.pages.plain import forward_pages, plain_pages
from cityfolio.pages.practice import practice_pages
from cityfolio.pages.requests import requests_page
from cityfolio.pages.results import search_page
from cityfolio.pages.routes import DCAT_AP, numbered
from cityfolio.pages.rules import rule_pages
from cityfolio.pages.shell import Page, Site, drawn, keeping_of, sections_of
from cityfolio.pages.sql import sql_page, sql_tables
from cityfolio.pages.templates import Theme, fault_of
from cityfolio.pages.uses import use_pages
from cityfolio.problems import Problem
from cityfolio.tables.workers import Hands


@dataclass(slots=True, eq=False)
class Drawing:
    """A site as it is drawn: page by page as each is asked for, so that no more than one body is held at a time.

    What it came to is known once every output was asked for.
    """

    site: Site
    known: KnownPages | None = None
    hands: Hands = 1              # who draws the own pages of datasets
    pages: PagesDrawn = field(default_factory=PagesDrawn)        # those drawn
    faults: dict[Problem, None] = field(default_factory=dict)    # of the city's own templates, each said once

    def outputs(self) -> Iterator[Output]:
        """Every page and asset. Pages that a template of the city's fails on are left out."""
        tree = self.site.build.tree
        yield from self.site.assets.outputs
        yield from (replace(each, url=tree + each.url) for each in (sql_tables(self.site.catalog),))
        known = self.known or KnownPages(NoCache(), "", {})
        ahead = drawn_ahead(known.unknown(self.site), self.site, self.hands)
        for part in _parts(self.site):
            if isinstance(part, Dataset):
                outputs = known.outputs(part, self.site, self._drawn, ahead)
            elif part.listing:
                outputs = known.listing(part, self.site, self._drawn)
            else:
                drawn_now = self._drawn(part)
                outputs = iter((drawn_now,) if drawn_now else ())
            for output in outputs:
                placed = replace(output, url=tree + output.url) if tree else output
                self.pages.add(placed)
                yield placed
        self.site.kept.clear()      # feeds ask for none of it
        forget_places()
        give_back()

    def _drawn(self, page: Page) -> Output | None:
        try:
            return drawn(page, self.site)
        except Exception as error:   # whatever a template's expressions may raise; what is not the city's is raised again
            fault = fault_of(error, self.site.theme)
            if fault is None:
                raise
            self.faults[fault] = None
            return None


def pages(catalog: Catalog, build: Build, theme: Theme) -> tuple[Output, ...]:
    """Every page and asset, in the order of a reader's way through the site. Errors of templates are raised."""
    site = site_of(catalog, build, theme)
    return (*site.assets.outputs, sql_tables(catalog), *(drawn(page, site) for page in all_pages(site)))


def site_of(catalog: Catalog, build: Build, theme: Theme, shared: Assets | None = None) -> Site:
    """Everything that drawing needs. A further language has the assets of the first, and words of its own for scripts."""
    linked_data = dict[str, str]()
    for number, told in enumerate(linked_data_pages(catalog), start=1):
        linked_data |= dict.fromkeys((dataset.id for dataset in told), numbered(DCAT_AP, number))
    keeping = keeping_of(catalog, has_calendar=has_calendar(catalog, build.today), has_equity=has_equity(catalog))
    return Site(catalog, build, theme, assets_with_words(shared, theme) if shared else assets(theme, catalog.site),
                {dataset.id: dataset for dataset in catalog.datasets},
                titles={dataset.id: dataset.title for dataset in catalog.datasets},
                publishers={publisher.id: publisher for publisher in catalog.publishers},
                sections=sections_of(catalog), keeping=keeping, linked_data=linked_data,
                users=users_of_datasets(catalog.measures), taken=downloads(catalog), has_feed=has_news(catalog.datasets))


def all_pages(site: Site) -> Iterator[Page]:
    """Every page that the catalog gives rise to."""
    for part in _parts(site):
        if isinstance(part, Page):
            yield part
        else:
            yield from own_pages(part, site)


def _parts(site: Site) -> Iterator[Page | Dataset]:
    """The same, with a dataset in place of its own pages."""
    yield home_page(site)
    yield search_page(site)
    yield sql_page(site)
    yield from list_pages(site)
    yield from site.catalog.datasets
    yield from changes_pages(site)
    yield from topic_pages(site)
    yield from publisher_pages(site)
    if has_goals(site):
        yield goals_page(site)
        yield from goal_pages(site)
        yield from brief_pages(site)
    if site.catalog.measures:
        yield measures_page(site)
        yield from measure_pages(site)
        yield from measure_embeds(site)
        yield method_page(site)
        yield changes_page(site)
    for of_practice in (rule_pages, guide_pages, use_pages):
        yield from of_practice(site)
    yield from practice_pages(site)
    yield from equity_pages(site)
    yield health_page(site)
    yield from health_check_pages(site)
    yield from health_publisher_pages(site)
    yield from inventory_pages(site)
    yield from calendar_page(site)
    yield requests_page(site)
    if has_commitments(site):
        yield commitments_page(site)
    yield new_page(site)
    yield from edit_pages(site)
    yield developers_page(site)
    yield from plain_pages(site)
    yield from site.further(site)
    yield from forward_pages(site)
