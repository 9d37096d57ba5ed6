"""The addresses of single datasets, their tables, their pages and their news, for programs."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.model.catalog import Build, Catalog
from cityfolio.pages import routes
from cityfolio.pages.described import (
    csv_files,
    has_ckan,
    has_croissant,
    has_csvw,
    has_index,
    has_outline,
    has_package,
    has_record,
    tells_changes,
)
from cityfolio.pages.embedding import oembed_url
from cityfolio.pages.program_address import ATOM, GEO_JSON, JSON, LD_JSON, PARQUET, ProgramAddress, Samples
from cityfolio.pages.review_routes import CHANGES_JSON, changes_feed_url, changes_url
from cityfolio.pages.words import Words


def dataset_addresses(words: Words, given: Samples) -> Iterator[ProgramAddress]:
    """What is beside the page of a dataset, as standards have it."""
    _, sample = words.gettext, given.dataset
    known = sample.id if sample else ""
    csvw = next((each.name for each in csv_files(sample) if has_csvw(sample, each.name)), "") if sample else ""
    has = {"package": sample and has_package(sample), "croissant": sample and has_croissant(sample),
           "record": sample and has_record(sample), "ckan": sample and has_ckan(sample)}
    said = (
        (routes.data_package_url, JSON, _("Files and columns"), _("The files that are here, and what their columns mean."),
         _("Data Package 2"), has["package"], '[each["name"] for each in found["resources"]]'),
        (routes.croissant_url, LD_JSON, _("For machine learning"), _("The tables, as such programs load them."),
         _("Croissant 1.0"), has["croissant"], 'found["name"]'),
        (routes.record_url, GEO_JSON, _("A record"), _("The dataset with the box around its rows."), _("OGC API Records 1.0"),
         has["record"], 'found["properties"]["title"]'),
        (routes.ckan_url, JSON, _("For CKAN: package_show"), _("The dataset as CKAN answers for it."), _("CKAN’s action API"),
         has["ckan"], 'found["result"]["title"]'),
        (routes.stac_collection_url, JSON, _("Places and times of a dataset"), _("Only where its rows have places."),
         _("STAC 1.1"), False, ""),
    )
    twins = ("data-package", "croissant", "record", "ckan", "stac")
    for twin, (route, kind, title, holds, follows, is_there, shows) in zip(twins, said, strict=True):
        if twin not in given.twins:
            continue
        yield ProgramAddress(path=route("{dataset}"), part="dataset", title=title, holds=holds, media_type=kind,
                             follows=follows, shows=shows, example=route(known) if is_there else "",
                             schema="CkanAnswer" if route is routes.ckan_url else "")
    if "csvw" not in given.twins:
        return
    yield ProgramAddress(
        path=routes.csvw_url("{dataset}", "{file}"), part="dataset", title=_("Columns of a CSV file"), media_type=JSON,
        holds=_("What each column is, beside the file itself."), follows=_("CSV on the Web"),
        example=routes.csvw_url(known, csvw) if csvw else "", shows='found["tableSchema"]["columns"][0]["titles"]')


def row_addresses(words: Words, given: Samples, build: Build) -> Iterator[ProgramAddress]:
    """Files, and what is beside the page of a table."""
    _, dataset, file = words.gettext, given.dataset, given.file
    page = (dataset.id, file.page) if dataset and file else None
    csv = next((each.name for each in csv_files(dataset)), "") if dataset else ""
    has_columns = dataset is not None and file is not None and file.profile is not None and has_outline(dataset, file)
    yield ProgramAddress(
        path=routes.file_url("{dataset}", "{file}"), part="rows", title=_("A file"), media_type="*/*",
        holds=_("The data itself: as the department delivered it, or in a further format. Its address never changes."),
        example=routes.file_url(dataset.id, csv) if dataset and csv else "")
    yield ProgramAddress(
        path=routes.outline_url("{dataset}", "{table}"), part="rows", title=_("What a table is"), media_type=JSON,
        holds=_("Its columns, and where its rows are."), schema="Table", shows='[each["name"] for each in found["columns"]]',
        example=routes.outline_url(*page) if page and has_columns else "")
    yield ProgramAddress(
        path="/data/{dataset}/{table}/rows.parquet", part="rows", title=_("Rows in parts"), media_type=PARQUET,
        holds=_("Made where no Parquet file is offered. A table’s own description says where its rows are."))
    if "stac" in given.twins:
        yield ProgramAddress(
            path=routes.stac_item_url("{dataset}", "{table}"), part="rows", title=_("Places and times of a table"),
            media_type=JSON, holds=_("Only where its rows have places, and its time is known."), follows=_("STAC 1.1"))
    if build.base_url and "embed" in given.twins:
        yield ProgramAddress(
            path=oembed_url("{dataset}", "{table}"), part="rows", title=_("A table in other pages"), media_type=JSON,
            holds=_("What a page of others needs to show it."), follows=_("oEmbed 1.0"), shows='found["title"]',
            example=oembed_url(*page) if page else "")
    yield ProgramAddress(path=routes.SQL_TABLES, part="rows", title=_("Tables that can be asked"), media_type=JSON,
                         holds=_("Every table with rows that a browser can read in parts."), shows='len(found["datasets"])',
                         schema="Tables", example=routes.SQL_TABLES)


def page_addresses(words: Words, given: Samples) -> Iterator[ProgramAddress]:
    """What pages say, beside them."""
    _, ids = words.gettext, given.ids
    dataset = given.dataset.id if given.dataset and has_index(given.dataset) else ""
    said = (
        (routes.HOME, _("The home page"), "Home", routes.HOME),
        (routes.DATA, _("All data"), "List", routes.DATA),
        (routes.dataset_url("{dataset}"), _("A dataset"), "Dataset", routes.dataset_url(dataset) if dataset else ""),
        (routes.TOPICS, _("All topics"), "Topics", routes.TOPICS),
        (routes.topic_url("{topic}"), _("A topic"), "Group", routes.topic_url(ids["topic"]) if ids["topic"] else ""),
        (routes.PUBLISHERS, _("All publishers"), "Publishers", routes.PUBLISHERS),
        (routes.publisher_url("{publisher}"), _("A publisher"), "Group",
         routes.publisher_url(ids["publisher"]) if ids["publisher"] else ""),
        (routes.NEW, _("New"), "List", routes.NEW),
        (routes.ABOUT, _("About this site"), "Home", routes.ABOUT),
        (routes.DEVELOPERS, _("For programs"), "Addresses", routes.DEVELOPERS),
        (routes.SEARCH, _("Search"), "Plain", routes.SEARCH),
        (routes.SQL, _("Ask with SQL"), "Plain", routes.SQL),
        (routes.PRIVACY, _("Privacy"), "Plain", routes.PRIVACY),
        (routes.ACCESSIBILITY, _("Accessibility"), "Plain", routes.ACCESSIBILITY),
        *((routes.facet_url(each, "{value}"), _("A part of the data list, by %(what)s", what=title), "List", "")
          for each, title in (("topic", _("topic")), ("publisher", _("publisher")), ("format", _("format")),
                              ("freshness", _("freshness")))),
    )
    for page, title, schema, example in said:
        yield ProgramAddress(path=routes.index_url(page), part="pages", title=title, media_type=JSON, schema=schema,
                             holds=_("What the page says, beside it."), shows='found["title"]',
                             example=routes.index_url(example) if example else "")


def change_addresses(words: Words, given: Samples, catalog: Catalog) -> Iterator[ProgramAddress]:
    """What changed of a dataset, and of all of them."""
    _, told = words.gettext, [each.id for each in catalog.published if tells_changes(each, catalog)]
    known = given.dataset.id if given.dataset and given.dataset.id in told else "".join(told[:1])
    if told or "changes" in given.twins:
        yield ProgramAddress(
            path=routes.index_url(changes_url("{dataset}")), part="dataset", title=_("What changed"), media_type=JSON,
            holds=_("Days of changes with counts of rows, notes about them, and the versions that are kept with their "
                    "digests."),
            schema="DatasetChanges", shows='[each["day"] for each in found["days"]]',
            example=routes.index_url(changes_url(known)) if known else "")
    yield ProgramAddress(
        path="/data/{dataset}/versions/{day}/{file}", part="rows", title=_("A file as it was"), media_type="*/*",
        holds=_("Versions of small files, by the day from which on they were published; the oldest go when newer ones come."))
    yield ProgramAddress(
        path=CHANGES_JSON, part="catalog", title=_("What changed of every dataset"), media_type=JSON, schema="Changes",
        holds=_("Days of changes by dataset, and every note."), shows='len(found["datasets"])', example=CHANGES_JSON)


def news_addresses(words: Words, given: Samples) -> Iterator[ProgramAddress]:
    """The feeds of what is new."""
    _ = words.gettext
    said = [
        ("site", routes.NEW_FEED, _("What is new")),
        ("topic", routes.topic_feed_url("{topic}"), _("What is new in a topic")),
        ("publisher", routes.publisher_feed_url("{publisher}"), _("What is new of a publisher")),
    ]
    if "feed" in given.twins:
        said.append(("dataset", routes.dataset_feed_url("{dataset}"), _("Updates of a dataset")))
    if "changes" in given.twins:
        said.append(("changes", changes_feed_url("{dataset}"), _("What changed of a dataset")))
    for of, path, title in said:
        yield ProgramAddress(path=path, part="news", title=title, media_type=ATOM, follows=_("Atom (RFC 4287)"),
                             holds=_("The newest first, for readers of feeds."), example=given.feeds.get(of, ""))
