"""Every address that programs can rely on: the developers' page, llms.txt, OpenAPI and the API catalog are drawn from here.

A path with `{…}` stands for many. Each has an example in this very catalog, where it has one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from markupsafe import Markup

from cityfolio.lately import found_lately
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.twins import twins_asked
from cityfolio.pages import routes
from cityfolio.pages.described import csv_files, has_croissant, has_feed, has_package
from cityfolio.pages.news import has_news
from cityfolio.pages.program_address import (
    CSV,
    GEO_JSON,
    JSON,
    LD_JSON,
    LINKS,
    PARQUET,
    SQLITE,
    TEXT,
    TURTLE,
    XML,
    ProgramAddress,
    Samples,
)
from cityfolio.pages.program_datasets import change_addresses, dataset_addresses, news_addresses, page_addresses, row_addresses
from cityfolio.pages.program_facts import facts_addresses
from cityfolio.pages.program_goals import goal_addresses
from cityfolio.pages.program_health import health_addresses
from cityfolio.pages.program_practice import practice_addresses
from cityfolio.pages.program_promises import promise_addresses
from cityfolio.pages.program_texts import text_addresses
from cityfolio.pages.words import Words

__all__ = ["ProgramAddress", "program_addresses"]


@found_lately
def program_addresses(catalog: Catalog, build: Build, words: Words) -> tuple[ProgramAddress, ...]:
    """Every address in the order in which it is shown. Some are there only where the site's own address is known."""
    given = _samples(catalog)
    return (*_catalog(words), *_ckan(words), *_tables(words), *facts_addresses(catalog, words),
            *dataset_addresses(words, given), *change_addresses(words, given, catalog),
            *row_addresses(words, given, build), *page_addresses(words, given),
            *text_addresses(catalog, words), *health_addresses(catalog, words), *promise_addresses(catalog, build, words),
            *practice_addresses(catalog, words), *goal_addresses(catalog, build, words), *news_addresses(words, given),
            *_site(words, build))


def _samples(catalog: Catalog) -> Samples:
    """The dataset with the most to show, and a topic and a publisher that have datasets."""
    dataset = _most_to_show(catalog.published)
    file = next((each for each in dataset.files if each.page), None) if dataset else None
    ids = {"topic": next((each.id for each in catalog.topics if each.datasets), ""),
           "publisher": next((each.id for each in catalog.publishers if each.datasets), "")}
    return Samples(dataset=dataset, file=file, twins=twins_asked(catalog.site.twins), ids=ids,
                   feeds=dict(_feeds(catalog, dataset)))


def _most_to_show(published: Sequence[Dataset]) -> Dataset | None:
    """The first of the datasets that show most. Nobody looks further than to one that shows all that any could."""
    written = frozenset[str]().union(*{each.twins for each in published})
    all_that_any_could = len(SHOWN) + len(SHOWN_TWINS.keys() & written)
    most, found = -1, None
    for each in published:
        worth = _worth(each)
        if worth > most:
            most, found = worth, each
        if most == all_that_any_could:
            break
    return found


def _feeds(catalog: Catalog, dataset: Dataset | None) -> Iterator[tuple[str, str]]:
    """A feed of each kind that the catalog has."""
    topic = next((each for each in catalog.topics if has_news(each.datasets)), None)
    publisher = next((each for each in catalog.publishers if has_news(each.datasets)), None)
    if has_news(catalog.datasets):
        yield "site", routes.NEW_FEED
    if topic:
        yield "topic", routes.topic_feed_url(topic.id)
    if publisher:
        yield "publisher", routes.publisher_feed_url(publisher.id)
    if dataset and has_feed(dataset):
        yield "dataset", routes.dataset_feed_url(dataset.id)


def _worth(dataset: Dataset) -> int:
    return sum(bool(shows(dataset)) for shows in (*SHOWN, *SHOWN_TWINS.values()))


def _has_table(dataset: Dataset) -> bool:
    return any(each.page and each.profile and each.rows for each in dataset.files)


# What an example is best of, and the same of kinds of files that no dataset has where a city does not ask for them.
SHOWN: tuple[Callable[[Dataset], object], ...] = (_has_table, csv_files)
SHOWN_TWINS: Mapping[str, Callable[[Dataset], object]] = {"data-package": has_package, "croissant": has_croissant,
                                                          "feed": has_feed}


def _catalog(words: Words) -> Iterator[ProgramAddress]:
    _ = words.gettext
    said = (
        (routes.CATALOG_JSON, JSON, _("Datasets and their files"), _("Every dataset with its files, in a form of this site."),
         "", "Catalog", '[each["title"] for each in found["datasets"]]'),
        (routes.DCAT_US, JSON, _("For data.gov"), _("Every dataset, as federal harvesters read it."), _("DCAT-US 1.1"), "",
         '[each["title"] for each in found["dataset"]]'),
        (routes.DCAT_US_3, JSON, _("For data.gov, the coming version"), _("Every dataset, with digests and sizes of files."),
         _("DCAT-US 3.0"), "", '[each["title"] for each in found["dataset"]]'),
        (routes.DCAT_AP, TURTLE, _("Linked data"), _("Every dataset in RDF, as European catalogs read it."), _("DCAT-AP 3.0.1"),
         "", ""),
        (routes.DCAT_AP_JSON, LD_JSON, _("Linked data as JSON"), _("The same as JSON-LD."), _("DCAT-AP 3.0.1"), "",
         "list(found)"),
        ("/dcat-ap/{number}.ttl", TURTLE, _("Linked data, further pages"), _("What does not fit on the first page, from 2 on."),
         _("DCAT-AP 3.0.1"), "", ""),
        ("/dcat-ap/{number}.jsonld", LD_JSON, _("Linked data as JSON, further pages"),
         _("What does not fit on the first page, from 2 on."), _("DCAT-AP 3.0.1"), "", ""),
        (routes.OGC, JSON, _("For map programs: where to start"), _("The landing page of the records."),
         _("OGC API Records 1.0"), "", 'found["title"]'),
        (routes.OGC_CONFORMANCE, JSON, _("For map programs: what is kept to"), _("The parts of the standard that hold here."),
         _("OGC API Records 1.0"), "", 'found["conformsTo"]'),
        (routes.OGC_COLLECTIONS, JSON, _("For map programs: collections"), _("The one collection that there is."),
         _("OGC API Records 1.0"), "", 'len(found["collections"])'),
        (routes.OGC_DATASETS, JSON, _("For map programs: the collection"), _("What the collection of datasets is."),
         _("OGC API Records 1.0"), "", 'found["id"]'),
        (routes.OGC_RECORDS, GEO_JSON, _("For map programs: records"), _("Every dataset as a record with the box around it."),
         _("OGC API Records 1.0"), "", '[each["id"] for each in found["features"]]'),
        ("/ogc/collections/datasets/items/{number}.geojson", GEO_JSON, _("For map programs: further records"),
         _("What does not fit on the first page, from 2 on."), _("OGC API Records 1.0"), "", ""),
        (routes.OGC_CATALOG, JSON, _("For map programs: a catalog to crawl"), _("Every record by its address."),
         _("OGC API Records 1.0"), "", 'len(found["links"])'),
        (routes.STAC, JSON, _("Places and times"), _("The datasets whose rows have places."), _("STAC 1.1"), "", 'found["id"]'),
    )
    for path, kind, title, holds, follows, schema, shows in said:
        yield ProgramAddress(path=path, part="catalog", title=title, holds=holds, media_type=kind, follows=Markup(follows),
                             schema=schema, shows=shows, example="" if "{" in path else path)


def _ckan(words: Words) -> Iterator[ProgramAddress]:
    _ = words.gettext
    said = (
        ("package_list", _("The ids of all datasets."), "len"),
        ("package_search", _("All datasets, whatever is searched for: the first 1,000, and how many there are."), "count"),
        ("current_package_list_with_resources", _("The first 1,000 datasets with their files."), "len"),
        ("package_show", _("Says where each dataset is, since a query cannot be answered."), ""),
        ("organization_list", _("The ids of publishers."), "len"),
        ("group_list", _("The ids of topics."), "len"),
        ("tag_list", _("All keywords."), "len"),
        ("license_list", _("The licenses that datasets have."), "len"),
        ("status_show", _("The name of the site."), "title"),
    )
    shown = {"len": 'len(found["result"])', "count": 'found["result"]["count"]', "title": 'found["result"]["site_title"]',
             "": 'found["error"]["message"]'}
    for action, holds, shows in said:
        path = routes.ckan_action_url(action)
        yield ProgramAddress(path=path, part="catalog", title=_("For CKAN: %(action)s", action=action), holds=holds,
                             media_type=JSON, follows=_("CKAN’s action API"), schema="CkanAnswer", shows=shown[shows],
                             example=path)


def _tables(words: Words) -> Iterator[ProgramAddress]:
    _ = words.gettext
    said = (
        (routes.CATALOG_CSV, CSV, _("A spreadsheet of datasets"),
         _("A row for each dataset. A text that a spreadsheet would take for a formula has an apostrophe before it.")),
        (routes.CATALOG_SQLITE, SQLITE, _("A database of the catalog"),
         _("The tables datasets, files and columns, with what the rows of each column show.")),
        (routes.catalog_parquet_url("datasets"), PARQUET, _("Datasets as Parquet"), _("The table datasets of the database.")),
        (routes.catalog_parquet_url("files"), PARQUET, _("Files as Parquet"), _("The table files of the database.")),
        (routes.catalog_parquet_url("columns"), PARQUET, _("Columns as Parquet"), _("The table columns of the database.")),
    )
    for path, kind, title, holds in said:
        yield ProgramAddress(path=path, part="tables", title=title, holds=holds, media_type=kind, example=path)


def _site(words: Words, build: Build) -> Iterator[ProgramAddress]:
    _ = words.gettext
    yield ProgramAddress(path=routes.OPENAPI, part="site", title=_("These addresses"), media_type=JSON,
                         holds=_("Every address of this page with the form of its answer."), follows=_("OpenAPI 3.1"),
                         shows='list(found["paths"])', example=routes.OPENAPI)
    yield ProgramAddress(path=routes.SEARCH_JSON, part="site", title=_("Words to search"), media_type=JSON,
                         holds=_("The words by which each dataset, goal and measure is found."), shows='len(found["datasets"])',
                         example=routes.SEARCH_JSON)
    yield ProgramAddress(path=routes.LLMS, part="site", title=_("For language models"), media_type=TEXT,
                         holds=_("What is here and where to look, in a page of Markdown."), follows=_("llms.txt"),
                         example=routes.LLMS)
    yield ProgramAddress(path=routes.ROBOTS, part="site", title=_("For crawlers"), media_type=TEXT,
                         holds=_("What may be read: everything."), follows=_("RFC 9309"), example=routes.ROBOTS)
    if build.base_url:
        yield ProgramAddress(path=routes.API_CATALOG, part="site", title=_("A catalog of what programs can ask"),
                             media_type=LINKS, holds=_("Links to these descriptions, where programs look for them."),
                             follows=_("RFC 9727"), shows='len(found["linkset"])', example=routes.API_CATALOG)
        yield ProgramAddress(path=routes.SITEMAP, part="site", title=_("All pages"), media_type=XML,
                             holds=_("The pages of this site; past 50,000, the parts that list them."),
                             follows=_("Sitemaps 0.9"), example=routes.SITEMAP)
        yield ProgramAddress(path="/sitemap-{number}.xml", part="site", title=_("All pages, in parts"), media_type=XML,
                             holds=_("A part of a long list of pages."), follows=_("Sitemaps 0.9"))
    yield ProgramAddress(path="/manifest.json", part="site", title=_("All files"), media_type=JSON,
                         holds=_("Every file of this site with its size and digest."), shows='len(found["files"])',
                         example="/manifest.json")
