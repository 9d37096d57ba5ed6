"""schema.org's words for a dataset and for the site, as JSON-LD that stands in their pages: what search engines read.

https://schema.org/Dataset, and what https://developers.google.com/search/docs/appearance/structured-data/dataset asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.dcat_us import cut, holds_data, offered
from cityfolio.feeds.facts import Download, Facts, facts, listed
from cityfolio.feeds.mapping import named
from cityfolio.model.catalog import Build, Catalog, Dataset, License, PublisherRef
from cityfolio.model.records import ColumnRecord
from cityfolio.pages.alone import Surroundings, build_around
from cityfolio.pages.routes import HOME, SEARCH, dataset_url, publisher_url

Json = dict[str, Any]   # Any: JSON

CONTEXT = "https://schema.org"
SHORTEST_DESCRIPTION = 50
LONGEST_DESCRIPTION = 5_000
MOST_COLUMNS = 200           # a page is no place for a dictionary longer than that; its Data Package has all


def data_blocks(catalog: Catalog, build: Build) -> Callable[[str], str]:
    """What gives the JSON-LD of the page at a site path: of the home page and of each dataset that feeds list; else ""."""
    told = {dataset_url(each.id): each for each in listed(catalog) if each.status == "published" or _is_described(each)}
    around, little = Surroundings(catalog, {each.id: each for each in catalog.publishers}), build_around(build)

    def block(url: str) -> str:
        if url == HOME:
            return orjson.dumps(_home(catalog, build)).decode()
        if url not in told:
            return ""
        # Of the dataset alone, so that its page can be known by what is told of it.
        return orjson.dumps(_dataset(told[url], around.of(told[url]), little)).decode()

    return block


def _is_described(dataset: Dataset) -> bool:
    """Whether a dataset that cannot be had says what search engines ask of each: a name, and what it is."""
    return dataset.has_title and bool(dataset.record.description or dataset.record.summary)


def _home(catalog: Catalog, build: Build) -> Json:
    site = catalog.site
    home = address(HOME, HOME, build)
    itself = {"@type": "DataCatalog", "@id": f"{home}#catalog"} | named("schema_org", "catalog", {
        "title": site.name, "description": site.description or site.tagline, "homepage": home,
        "language": list(site.languages), "publisher": {"@type": "Organization", "name": site.name},
        "spatial": _place(site.spatial or ""),
    })
    website: Json = {"@type": "WebSite", "name": site.name, "url": home}
    if build.base_url:
        # With its prefix, since it is no property but a note about one (https://schema.org/docs/actions.html).
        website["potentialAction"] = {
            "@type": "SearchAction", "schema:query-input": "required name=search_term_string",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{address(HOME, SEARCH, build)}?q={{search_term_string}}"},
        }
    return {"@context": CONTEXT, "@graph": [itself, website]}


def _dataset(dataset: Dataset, catalog: Catalog, build: Build) -> Json:
    page = dataset_url(dataset.id)
    known = facts(dataset, catalog, build, page)
    publishers = _organization(known.publishers, page, build)
    home = address(page, HOME, build)
    return {"@context": CONTEXT, "@type": "Dataset"} | named("schema_org", "dataset", {
        "title": known.title, "description": description(known, catalog), "identifier": known.identifier, "page": known.page,
        "landing_page": known.landing_page, "keywords": list(known.keywords), "creator": publishers, "publisher": publishers,
        "topics": [{"@type": "Thing", "name": each.title} for each in known.topics],
        "license": _license(known.license), "access": known.access == "public", "rights": known.rights,
        "issued": known.issued.isoformat() if known.issued else "",
        "modified": known.modified.isoformat() if known.modified else "",
        "temporal": f"{known.start or '..'}/{known.end or '..'}" if known.start or known.end else "",
        "spatial": _place(known.place), "language": known.language, "columns": list(_variables(dataset)),
        "files": [_download(each) for each in offered(known.downloads) if holds_data(each)],
        "sources": {"@type": "DataCatalog", "@id": f"{home}#catalog", "name": catalog.site.name, "url": home},
    })


def description(known: Facts, catalog: Catalog) -> str:
    """What a dataset is, in Markdown, which Google takes here; "" where nothing says so.

    Search engines leave out datasets with fewer than 50 characters of it. To such a text is added what else the record says.
    """
    text = known.description
    if known.summary and known.summary not in text:
        text = f"{known.summary} {text}"
    record = known.dataset.record
    more = (record.each_row_is, *(each.title for each in known.publishers[:1]), catalog.site.name, known.place, known.title,
            ", ".join(known.keywords), known.page)
    for each in more if text else ():
        if each and len(text) < SHORTEST_DESCRIPTION:
            text = f"{text.rstrip('.')}. {each.rstrip('.')}."
    return cut(text, LONGEST_DESCRIPTION)


def _organization(publishers: Iterable[PublisherRef], page: str, build: Build) -> Json:
    """A publisher within what it is part of, as far as these have names."""
    made: Json = {}
    for each in reversed(tuple(publishers)):
        url = each.record.url or address(page, publisher_url(each.id), build)
        made = {"@type": "Organization"} | named("schema_org", "publisher", {"name": each.title, "url": url, "parent": made}) \
            if each.has_title else {}
    return made


def _license(terms: License | None) -> str | Json:
    if terms is None:
        return ""
    return terms.url or {"@type": "CreativeWork", "name": terms.title}


def _place(name: str) -> Json:
    return {"@type": "Place", "name": name} if name else {}


def _download(download: Download) -> Json:
    return {"@type": "DataDownload"} | named("schema_org", "file", {
        "title": download.title, "description": download.description, "download": download.url,
        "media_type": download.media_type, "bytes": f"{download.bytes} B" if download.bytes is not None else "",
        "sha256": download.sha256, "modified": download.modified.isoformat() if download.modified else "",
    })


def _variables(dataset: Dataset) -> Iterator[Json]:
    """The columns of all files, each name once; of data that was not read, those of the dictionary."""
    columns: Mapping[str, ColumnRecord] = {column.name: column.record for file in dataset.files for column in file.columns}
    if not columns:
        columns = {name: record for name, record in dataset.record.columns.items() if not record.sensitive}
    for name, record in list(columns.items())[:MOST_COLUMNS]:
        yield {"@type": "PropertyValue"} | named("schema_org", "column", {
            "name": name, "title": record.title, "description": record.description, "unit": record.unit,
            "minimum": _number(record.minimum), "maximum": _number(record.maximum), "source": record.source,
        })


def _number(bound: str | None) -> float | int | None:
    """A bound of numbers; of dates there is no place for one."""
    if not bound:
        return None      # as of most columns, without the price of a fault
    try:
        number = float(bound)
    except ValueError:
        return None
    return int(number) if number.is_integer() else number
