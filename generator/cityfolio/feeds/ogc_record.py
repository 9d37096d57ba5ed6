"""A dataset as a record of OGC API Records 1.0: a feature of GeoJSON whose place is the box around the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cityfolio.feeds.addresses import address, uri
from cityfolio.feeds.dcat_us import holds_data, offered
from cityfolio.feeds.facts import Facts
from cityfolio.model.catalog import Build
from cityfolio.model.records import Contact
from cityfolio.model.standards import MAILBOX
from cityfolio.pages.bounds import dataset_bounds, geometry
from cityfolio.pages.described import has_record
from cityfolio.pages.periods import covered
from cityfolio.pages.routes import OGC_DATASETS, TOPICS, record_url, topic_url

Json = dict[str, Any]   # Any: JSON

JSON, GEO_JSON = "application/json", "application/geo+json"
CONFORMS_TO = ("http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core",)
INTERNATIONAL = re.compile(r"\+[1-9][0-9]{3,14}")      # contact.yaml of the standard


def ogc_record(known: Facts, build: Build, feed: str) -> Json:
    """The record of a dataset. Where its place is not known it is null, as GeoJSON writes it; what else is not is absent."""
    start, end = covered(known.dataset)
    box = dataset_bounds(known.dataset)
    return {
        "id": known.dataset.id, "type": "Feature", "conformsTo": CONFORMS_TO,
        **({"time": {"interval": [start or "..", end or ".."]}} if start or end else {}),
        "geometry": geometry(box) if box else None, **({"bbox": box} if box else {}),
        "properties": {key: value for key, value in _properties(known, build, feed).items() if value},
        "links": list(_links(known, build, feed)),
    }


def _properties(known: Facts, build: Build, feed: str) -> Json:
    formats = {each.format: each.media_type for each in offered(known.downloads)}
    concepts = [{"id": each.id, "title": each.title, "url": address(feed, topic_url(each.id), build)} for each in known.topics]
    return {
        "type": "dataset", "title": known.title, "description": known.description, "keywords": known.keywords,
        "themes": [{"concepts": concepts, "scheme": address(feed, TOPICS, build)}] if concepts else [],
        "resourceLanguages": [{"code": known.language}], "externalIds": [{"value": known.identifier}],
        "formats": [{"name": name} | ({"mediaType": kind} if kind else {}) for name, kind in formats.items()],
        "contacts": list(_contacts(known)), "license": (known.license.spdx or "other") if known.license else "",
        "rights": known.rights,
    }


def _contacts(known: Facts) -> Iterator[Json]:
    named = next((each for each in known.publishers if each.has_title), None)
    if named:
        links = [_page(uri(named.record.url))] if named.record.url else []
        yield {"organization": named.title, "roles": ["publisher"]} | ({"links": links} if links else {})
    # The standard wants a name for everyone who can be asked.
    if known.contact and (known.contact.name or named):
        team = {"name": known.contact.name} if known.contact.name else {}
        yield team | ({"organization": named.title} if named else {}) | _reached(known.contact) | {"roles": ["pointOfContact"]}


def _reached(contact: Contact) -> Json:
    digits = re.sub(r"[ ().-]", "", contact.phone or "")
    said = {
        "emails": [{"value": contact.email}] if contact.email and MAILBOX.fullmatch(contact.email) else [],
        "phones": [{"value": digits}] if INTERNATIONAL.fullmatch(digits) else [],
        # The standard takes numbers with the code of their country alone.
        "contactInstructions": contact.phone if contact.phone and not INTERNATIONAL.fullmatch(digits) else "",
        "links": [_page(uri(contact.url))] if contact.url else [],
    }
    return {key: value for key, value in said.items() if value}


def _page(url: str) -> Json:
    return {"rel": "about", "href": url, "type": "text/html"}


def _links(known: Facts, build: Build, feed: str) -> Iterator[Json]:
    if has_record(known.dataset):
        yield {"rel": "self", "href": address(feed, record_url(known.dataset.id), build), "type": GEO_JSON}
    yield {"rel": "collection", "href": address(feed, OGC_DATASETS, build), "type": JSON}
    yield {"rel": "alternate", "href": known.page, "type": "text/html", "title": known.dataset.title}
    if known.landing_page:
        yield _page(uri(known.landing_page))
    if known.license and known.license.url:
        yield {"rel": "license", "href": uri(known.license.url), "title": known.license.title}
    for each in offered(known.downloads):
        more = {"type": each.media_type} if each.media_type else {}
        size = {"length": each.bytes} if each.bytes is not None else {}
        # In a record itself the word means the day on which the record changed, and that is not known.
        updated = {"updated": f"{each.modified}T00:00:00Z"} if each.modified else {}
        yield {"rel": "enclosure" if holds_data(each) else "item", "href": uri(each.url) or each.url,
               "title": f"{each.title} ({each.format})"} | more | size | updated
