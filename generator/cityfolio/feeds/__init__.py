"""What machines read: the catalog as JSON, Atom feeds, the sitemap, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from cityfolio.feeds.atom import atom_feeds
from cityfolio.feeds.briefs_json import brief_files
from cityfolio.feeds.calendars import calendars
from cityfolio.feeds.catalog_json import catalog_json
from cityfolio.feeds.catalog_tables import catalog_tables
from cityfolio.feeds.changes_atom import changes_feeds, entries_of
from cityfolio.feeds.changes_json import changes_files
from cityfolio.feeds.ckan import ckan
from cityfolio.feeds.croissant import croissants
from cityfolio.feeds.csvw import csvw
from cityfolio.feeds.data_package import data_packages
from cityfolio.feeds.dcat_ap import dcat_ap
from cityfolio.feeds.dcat_us import dcat_us
from cityfolio.feeds.dcat_us_3 import dcat_us_3
from cityfolio.feeds.equity_json import equity_file
from cityfolio.feeds.evidence_zip import evidence_packs
from cityfolio.feeds.facts_csv import facts_files
from cityfolio.feeds.goals_json import goal_files
from cityfolio.feeds.health_json import health_files
from cityfolio.feeds.index_json import indexes
from cityfolio.feeds.index_plain import plain_indexes
from cityfolio.feeds.index_texts import text_indexes
from cityfolio.feeds.llms import llms
from cityfolio.feeds.measure_atom import measure_feed
from cityfolio.feeds.measure_calendar import measure_calendar
from cityfolio.feeds.measure_pictures import measure_pictures
from cityfolio.feeds.observations import observations
from cityfolio.feeds.oembed import oembeds
from cityfolio.feeds.ogc_records import ogc_records
from cityfolio.feeds.openapi import openapi
from cityfolio.feeds.outlines import outlines
from cityfolio.feeds.practice_json import practice_files
from cityfolio.feeds.promises_json import promise_files
from cityfolio.feeds.release_calendar import release_calendar
from cityfolio.feeds.sitemap import robots, sitemap
from cityfolio.feeds.stac import stac
from cityfolio.feeds.well_known import api_catalog
from cityfolio.lately import forget_found
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages.change_news import news_of
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.trees import is_shared
from cityfolio.pages.words import Words

__all__ = ["feeds"]

ENGLISH = Words()


def feeds_of_tree(catalog: Catalog, build: Build, words: Words, known: KnownParts | None = None) -> Iterator[Output]:
    """The feeds of a further language: those that say the words of its pages again. What has no words is there once."""
    known = known or KnownParts(catalog, build)
    yield from atom_feeds(catalog, build, partial(entries_of, news_of(catalog, words)))
    yield from changes_feeds(catalog, build, words)
    yield from measure_feed(catalog, build, words)
    yield from measure_calendar(catalog, build, words)
    yield from measure_pictures(catalog, words)
    yield from release_calendar(catalog, build, words, known)
    yield from outlines(catalog, build, known)
    for in_parts in (indexes, health_files):
        yield from (each for each in in_parts(catalog, build, words, known) if not is_shared(each.url))
    for several in (plain_indexes, text_indexes, goal_files):
        yield from (each for each in several(catalog, build, words) if not is_shared(each.url))
    yield from (each for each in promise_files(catalog, build, words, known) if not is_shared(each.url))
    for of_catalog in (changes_files, brief_files, practice_files, equity_file):
        yield from (each for each in of_catalog(catalog, build) if not is_shared(each.url))


def feeds(catalog: Catalog, build: Build, pages: Iterable[Output], words: Words = ENGLISH,
          known: KnownParts | None = None) -> Iterator[Output]:
    """Every feed, made when it is asked for. The sitemap lists the pages that it is given; people read `words`."""
    known = known or KnownParts(catalog, build)
    yield catalog_json(catalog, build, known)
    yield from atom_feeds(catalog, build, partial(entries_of, news_of(catalog, words)))
    yield from changes_feeds(catalog, build, words)
    yield from changes_files(catalog, build)
    yield from outlines(catalog, build, known)
    yield from oembeds(catalog, build)
    yield dcat_us(catalog, build, known)
    yield dcat_us_3(catalog, build, known)
    for in_parts in (dcat_ap, ogc_records, data_packages, csvw, croissants):
        yield from in_parts(catalog, build, known)
    yield from stac(catalog, build)
    yield from catalog_tables(catalog, build, known)
    yield from ckan(catalog, build, known)
    yield from indexes(catalog, build, words, known)
    for in_words in (plain_indexes, text_indexes):
        yield from in_words(catalog, build, words)
    yield from observations(catalog, build)
    yield from goal_files(catalog, build, words)
    for several in (brief_files, calendars):
        yield from several(catalog, build)
    for of_goals in (measure_feed, measure_calendar):
        yield from of_goals(catalog, build, words)
    yield from measure_pictures(catalog, words)
    yield from promise_files(catalog, build, words, known)
    yield from release_calendar(catalog, build, words, known)
    yield from health_files(catalog, build, words, known)
    yield from facts_files(catalog, build, known)
    yield from practice_files(catalog, build)
    yield from equity_file(catalog, build)
    yield from evidence_packs(catalog, build, words)
    yield openapi(catalog, build)
    yield llms(catalog, build)
    yield from api_catalog(build)
    yield from sitemap(pages, build, catalog.site.languages)
    yield robots(build)
    forget_found()      # pages and feeds asked for it, and what follows does not
