"""What every standard asks of a dataset, found once: the feeds differ in names and shapes, never in facts.

Nothing is invented. What a record does not say is "" or None here, and absent in every feed; `check.standards` names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from cityfolio.feeds.addresses import address
from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Build, Catalog, Dataset, Export, File, License, PublisherRef, TopicRef
from cityfolio.model.formats import BY_NAME, format_of
from cityfolio.model.records import Contact
from cityfolio.pages.routes import dataset_url, file_page_url, file_url

Access = Literal["public", "restricted public", "non-public"]

# DCAT-US 1.1, accessLevel: what the public can have, can have under conditions, or cannot have.
ACCESS: Mapping[str, Access] = {"published": "public", "planned": "non-public", "restricted": "non-public"}


class Download(Frozen, kw_only=True):
    """Something that can be had of a dataset: a file, one elsewhere, or what is made of a file."""

    id: str                       # unique in its dataset: the file's, or the name of what is made of it
    title: str
    description: str              # Markdown
    format: str                   # as readers know it
    media_type: str               # "" where the format is not one of ours
    url: str                      # of the data itself; "" where nothing can be linked to
    path: str                     # site path of what is published here; "" for what is kept elsewhere
    page: str                     # of the rows, for people; "" where there is none
    bytes: int | None             # None: not known, as of what is kept elsewhere
    sha256: str
    is_sample: bool               # only some rows of what is at the file's own `url`
    modified: date | None
    file: File                    # whose rows these are
    export: Export | None = None  # None: the file itself


class Facts(Frozen, kw_only=True):
    """One dataset as standards ask for it. Addresses are full where the site's own is known, else relative to the feed."""

    dataset: Dataset
    path: str                     # site path of its page
    identifier: str               # never changes: the record's own, else the address of its page
    page: str
    title: str                    # "" where the record has none
    summary: str
    description: str              # Markdown, the summary where there is none
    language: str                 # BCP 47
    keywords: tuple[str, ...]
    topics: tuple[TopicRef, ...]
    publishers: tuple[PublisherRef, ...]   # its own first, then whom that is part of
    contact: Contact | None
    access: Access
    rights: str                   # Markdown: its conditions; why it is not public
    license: License | None
    landing_page: str             # elsewhere; "" where the dataset's own page is all there is
    conforms_to: str              # address of a standard
    issued: date | None
    modified: date | None
    repeat: str                   # ISO 8601 repeat; "" where none is promised
    frequency: str                # the word: "monthly", "irregular"; "" where nothing is said
    start: str                    # of the time covered: a year, month or day
    end: str
    place: str
    downloads: tuple[Download, ...]


def listed(catalog: Catalog) -> tuple[Dataset, ...]:
    """The datasets that feeds of standards list: all but the retired, which a harvester then takes for deleted."""
    return tuple(each for each in catalog.datasets if each.status in ACCESS)


def facts(dataset: Dataset, catalog: Catalog, build: Build, feed: str) -> Facts:
    """What is known of a dataset. `feed` is the site path of what it is written into."""
    record = dataset.record
    page = address(feed, dataset_url(dataset.id), build)
    return Facts(
        dataset=dataset, path=dataset_url(dataset.id), identifier=record.identifier or page, page=page,
        title=dataset.title if dataset.has_title else "",
        summary=record.summary or "", description=record.description or record.summary or "",
        language=record.language or catalog.site.languages[0], keywords=record.keywords, topics=dataset.topics,
        publishers=tuple(publishers(dataset.publisher, catalog)), contact=dataset.contact,
        access=ACCESS.get(dataset.status, "non-public"),
        rights=record.rights or (record.reason if dataset.status != "published" else "") or "", license=dataset.license,
        landing_page=record.landing_page or "", conforms_to=record.conforms_to or "", issued=record.issued,
        modified=dataset.updated, repeat=record.frequency.iso if record.frequency else "",
        frequency=record.frequency.word if record.frequency else "",
        start=(record.temporal.start if record.temporal else None) or "",
        end=(record.temporal.end if record.temporal else None) or "",
        place=record.spatial or "",
        downloads=tuple(_downloads(dataset, build, feed)) if dataset.status == "published" else (),
    )


def publishers(first: PublisherRef | None, catalog: Catalog) -> Iterator[PublisherRef]:
    """A publisher, then whom it is part of, and so on."""
    known = {each.id: each for each in catalog.publishers}
    at, met = first, set[str]()
    while at is not None and at.id not in met:      # a circle of parents is reported elsewhere
        yield at
        met.add(at.id)
        above = known.get(at.record.parent or "")
        at = PublisherRef(id=above.id, title=above.title, has_title=above.has_title, record=above.record) if above else None


def _downloads(dataset: Dataset, build: Build, feed: str) -> Iterator[Download]:
    for file in dataset.files:
        page = address(feed, file_page_url(dataset.id, file.page), build) if file.page else ""
        if file.name:
            yield _download(dataset, file, None, address(feed, file_url(dataset.id, file.name), build), page)
        if file.url:
            yield _elsewhere(file, page if not file.name else "")
        for export in file.exports:
            yield _download(dataset, file, export, address(feed, file_url(dataset.id, export.name), build), page)


def _download(dataset: Dataset, file: File, export: Export | None, url: str, page: str) -> Download:
    name = export.name if export else file.name
    return Download(
        id=export.name if export else file.id, title=file.title, description=file.record.description or "",
        format=export.format if export else file.format,
        media_type=export.media_type if export else format_of(name, file.record.format).media_type, url=url,
        path=file_url(dataset.id, name), page=page, bytes=export.bytes if export else file.bytes,
        sha256=export.sha256 if export else file.sha256 or "", is_sample=file.shows_sample if export else file.is_sample,
        modified=dataset.updated, file=file, export=export,
    )


def _elsewhere(file: File, page: str) -> Download:
    known = BY_NAME.get(file.format.casefold())
    return Download(
        id=f"{file.id}-whole" if file.name else file.id, title=file.title, description=file.record.description or "",
        format=file.format, media_type=known.media_type if known else "", url=file.url or "", path="", page=page, bytes=None,
        sha256="", is_sample=False, modified=None, file=file,
    )
