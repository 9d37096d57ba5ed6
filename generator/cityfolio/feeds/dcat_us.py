"""`/data.json`: DCAT-US 1.1 (Project Open Data), as data.gov's harvester reads a city's.

https://resources.data.gov/resources/dcat-us/. A key that is not known is absent, never null and never made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, takewhile
from typing import Any

import orjson

from cityfolio.feeds.addresses import address, uri
from cityfolio.feeds.facts import Download, Facts, facts, listed
from cityfolio.feeds.mapping import named
from cityfolio.feeds.measure_facts import measure_facts
from cityfolio.model.catalog import Build, Catalog, Dataset, PublisherRef
from cityfolio.model.records import Contact
from cityfolio.model.site import Output
from cityfolio.model.standards import LONGEST_DESCRIPTION, LONGEST_RIGHTS, MAILBOX, Standard
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.routes import DCAT_US, data_package_url
from cityfolio.tables.exports.pieces import body_of, json_with

Json = dict[str, Any]   # Any: JSON

CONTEXT = "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld"
CONFORMS_TO = "https://project-open-data.cio.gov/v1.1/schema"
DESCRIBED_BY = "https://project-open-data.cio.gov/v1.1/schema/catalog.json"
PACKAGE_TYPE = "application/json"   # the pattern of the standard has no place for a profile, and its readers know this one


def dcat_us(catalog: Catalog, build: Build, known: KnownParts | None = None) -> Output:
    """The catalog as DCAT-US 1.1, in the order of titles, then the values of each measure."""
    known = known or KnownParts(catalog, build)
    datasets = chain(known.listed("dcat-us", listed(catalog), _part),
                     (orjson.dumps(_dataset(each, build)) for each in measure_facts(catalog, build, DCAT_US)))
    whole = {"@context": CONTEXT, "@type": "dcat:Catalog"}
    whole |= named("dcat_us", "catalog", {
        "homepage": uri(address(DCAT_US, DCAT_US, build)), "standard": CONFORMS_TO, "schema": DESCRIBED_BY})
    body = body_of(json_with(whole, "dataset", datasets))
    return Output(url=DCAT_US, body=body, media_type="application/json", kind="feed", source="data.json")


def _part(dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
    return orjson.dumps(_dataset(facts(dataset, catalog, build, DCAT_US), build))


def _dataset(known: Facts, build: Build) -> Json:
    package = package_address(known, DCAT_US, build)
    return {"@type": "dcat:Dataset"} | named("dcat_us", "dataset", {
        "title": known.title, "description": cut(known.description, LONGEST_DESCRIPTION), "identifier": known.identifier,
        "keywords": list(known.keywords),
        # For data that is renewed on a schedule the standard takes its repeat, where no day is known.
        "modified": known.modified.isoformat() if known.modified else known.repeat,
        "publisher": _publisher(known.publishers), "contact": contact_point(known.contact, "dcat_us", "vcard:Contact"),
        "access": known.access, "rights": cut(known.rights, LONGEST_RIGHTS), "license": license_address(known),
        "frequency": known.repeat or ("irregular" if known.frequency == "irregular" else ""),
        "issued": known.issued.isoformat() if known.issued else "", "temporal": interval(known), "spatial": known.place,
        "language": [known.language], "landing_page": uri(known.landing_page or known.page),
        "topics": list(dict.fromkeys(each.title for each in known.topics)), "conforms_to": uri(known.conforms_to),
        "described_by": package, "described_by_type": PACKAGE_TYPE if package else "",
        "files": [_distribution(each, package) for each in offered(known.downloads) if uri(each.url)],
    })


def _distribution(download: Download, package: str) -> Json:
    link = uri(download.url)
    is_data = holds_data(download)
    describes = package if download.path and download.file.columns else ""
    return {"@type": "dcat:Distribution"} | named("dcat_us", "file", {
        "title": download.title, "description": cut(download.description, LONGEST_DESCRIPTION),
        "download": link if is_data else "", "access": "" if is_data else link,
        "media_type": download.media_type, "format": download.format,
        "described_by": describes, "described_by_type": PACKAGE_TYPE if describes else "",
    })


def offered(downloads: Iterable[Download]) -> Iterator[Download]:
    """What can be had of the whole data, each address once. A sample is not the data."""
    met = {""}
    for each in downloads:
        if not each.is_sample and each.url not in met:
            met.add(each.url)
            yield each


def holds_data(download: Download) -> bool:
    """Whether its address gives the data itself, not a page or a service through which they are had."""
    return bool(download.path or (download.media_type and download.format != "HTML"))


def package_address(known: Facts, feed: str, build: Build) -> str:
    """The full address of the dataset's Data Package, which holds the dictionary; "" where there is none."""
    has_files = known.dataset.status == "published" and any(each.name for each in known.dataset.files)
    has_one = has_files and "data-package" in known.dataset.twins
    return uri(address(feed, data_package_url(known.dataset.id), build)) if has_one else ""


def license_address(known: Facts) -> str:
    """The license by its address; "" where it has none, or nothing is published."""
    return uri(known.license.url or "") if known.license else ""


def contact_point(contact: Contact | None, standard: Standard, kind: str) -> Json:
    """Whom to ask, as a vCard (RFC 6350): what is known of it."""
    if contact is None:
        return {}
    email = contact.email if contact.email and MAILBOX.fullmatch(contact.email) else ""
    said = {"name": contact.name, "email": f"mailto:{email}" if email else ""}
    card = named(standard, "contact", said | ({"phone": contact.phone} if standard == "dcat_us_3" else {}))
    return {"@type": kind} | card if card else {}


def _publisher(publishers: Iterable[PublisherRef]) -> Json:
    """A publisher within what it is part of, as far as these have names."""
    made: Json = {}
    for each in reversed(tuple(takewhile(lambda each: each.has_title, publishers))):
        made = {"@type": "org:Organization"} | named("dcat_us", "publisher", {"name": each.title, "parent": made})
    return made


def interval(known: Facts) -> str:
    """The time covered as an interval of ISO 8601. What goes on is repeated from its start, as often as it is renewed."""
    if known.start and known.end:
        return f"{known.start}/{known.end}"
    return f"R/{known.start}/{known.repeat.removeprefix('R/')}" if known.start and known.repeat else ""


def cut(text: str, longest: int) -> str:
    """A text that fits a standard's place for it: whole, or up to a word with an ellipsis."""
    if len(text) <= longest:
        return text
    return re.sub(r"\s+\S*$", "", text[:longest - 1]) + "…"
