"""`/dcat-us.json`: DCAT-US 3.0, as data.gov's harvester reads it: one catalog with its datasets under `dataset`.

https://resources.data.gov/resources/dcat-us3/. As in 1.1 a key that is not known is absent.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, takewhile
from typing import Any

import orjson

from cityfolio.feeds.addresses import address, uri
from cityfolio.feeds.dcat_us import contact_point, holds_data, license_address, offered, package_address
from cityfolio.feeds.facts import Download, Facts, facts, listed
from cityfolio.feeds.mapping import TITLES, named
from cityfolio.feeds.measure_facts import measure_facts
from cityfolio.model.catalog import Build, Catalog, Dataset, PublisherRef
from cityfolio.model.site import Output
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.routes import DCAT_US_3, HOME
from cityfolio.tables.exports.pieces import body_of, json_with

Json = dict[str, Any]   # Any: JSON

STANDARD = "https://resources.data.gov/resources/dcat-us3/"
# The words of the standard for what promises no date.
UNSCHEDULED = {"irregular": "irregular", "never": "notPlanned"}
PACKAGE_TYPE = "application/json"


def dcat_us_3(catalog: Catalog, build: Build, known: KnownParts | None = None) -> Output:
    """The catalog as DCAT-US 3.0, in the order of titles, then the values of each measure."""
    known = known or KnownParts(catalog, build)
    site = catalog.site
    home = uri(address(DCAT_US_3, HOME, build))
    card = contact_point(site.contact, "dcat_us_3", "Kind")
    itself = uri(address(DCAT_US_3, DCAT_US_3, build))
    whole: Json = ({"@id": itself} if itself else {}) | {"@type": "Catalog"} | named("dcat_us_3", "catalog", {
        "title": site.name, "description": site.description or site.tagline,
        "homepage": {"@type": "Document", "title": site.name, "accessURL": home} if home else {},
        "language": _languages(*site.languages), "publisher": {"@type": "Agent", "name": site.name},
        # A card that lacks its name or address would make the whole catalog invalid.
        "contact": [card] if {"fn", "hasEmail"} <= card.keys() else [], "spatial": _place(site.spatial or ""),
        "standard": {"@type": "Standard", "@id": STANDARD, "title": TITLES["dcat_us_3"]},
    })
    datasets = chain(known.listed("dcat-us-3", listed(catalog), _part),
                     (orjson.dumps(_dataset(each, build)) for each in measure_facts(catalog, build, DCAT_US_3)))
    body = body_of(json_with(whole, "dataset", datasets))
    return Output(url=DCAT_US_3, body=body, media_type="application/json", kind="feed", source="dcat-us.json")


def _part(dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
    return orjson.dumps(_dataset(facts(dataset, catalog, build, DCAT_US_3), build))


def _dataset(known: Facts, build: Build) -> Json:
    package = package_address(known, DCAT_US_3, build)
    dictionary = {"@type": "Distribution", "downloadURL": package, "mediaType": PACKAGE_TYPE} if package else {}
    page = uri(known.landing_page or known.page)
    own = uri(known.page)
    return ({"@id": own} if own else {}) | {"@type": "Dataset"} | named("dcat_us_3", "dataset", {
        "title": known.title, "description": known.description, "identifier": known.identifier,
        "keywords": list(known.keywords), "modified": known.modified.isoformat() if known.modified else "",
        "publisher": _publisher(known.publishers), "contact": contact_point(known.contact, "dcat_us_3", "Kind"),
        "access": known.access, "rights": [known.rights] if known.rights else [], "license": license_address(known),
        "frequency": known.repeat or UNSCHEDULED.get(known.frequency, ""),
        "issued": known.issued.isoformat() if known.issued else "", "temporal": _period(known), "spatial": _place(known.place),
        "language": _languages(known.language),
        "landing_page": {"@type": "Document", "title": known.title, "accessURL": page} if page and known.title else {},
        "topics": [{"@type": "Concept", "prefLabel": each} for each in dict.fromkeys(each.title for each in known.topics)],
        "conforms_to": [{"@type": "Standard", "@id": uri(known.conforms_to)}] if known.conforms_to else [],
        "described_by": dictionary, "limits": known.dataset.record.known_limits,
        "files": [_distribution(each, dictionary) for each in offered(known.downloads) if uri(each.url)],
        "samples": [_distribution(each, dictionary) for each in known.downloads if each.is_sample and uri(each.url)],
    })


def _distribution(download: Download, dictionary: Json) -> Json:
    link = uri(download.url)
    is_data = holds_data(download)
    return {"@type": "Distribution"} | named("dcat_us_3", "file", {
        "title": download.title, "description": download.description, "download": link if is_data else "",
        "access": "" if is_data else link, "media_type": download.media_type, "format": download.format,
        "bytes": str(download.bytes) if download.bytes is not None else "",
        "sha256": {"@type": "Checksum", "algorithm": "SHA-256", "checksumValue": download.sha256} if download.sha256 else {},
        "modified": download.modified.isoformat() if download.modified else "",
        "described_by": dictionary if download.path and download.file.columns else {},
    })


def _publisher(publishers: Iterable[PublisherRef]) -> Json:
    """A publisher within what it is part of, as far as these have names."""
    made: Json = {}
    for each in reversed(tuple(takewhile(lambda each: each.has_title, publishers))):
        above = [made] if made else []
        made = {"@type": "Organization"} | named("dcat_us_3", "publisher", {"name": each.title, "parent": above})
    return made


def _period(known: Facts) -> list[Json]:
    said = {name: moment for name, moment in (("startDate", known.start), ("endDate", known.end)) if moment}
    return [{"@type": "PeriodOfTime", **said}] if said else []


def _place(name: str) -> list[Json]:
    return [{"@type": "Location", "prefLabel": name}] if name else []


def _languages(*tags: str) -> list[str]:
    """Languages by the two letters of ISO 639-1, which is all that the standard has room for."""
    return [code for code in dict.fromkeys(tag.partition("-")[0] for tag in tags) if len(code) == 2]
