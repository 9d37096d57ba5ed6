"""What programs for CKAN ask a site, as far as it can be answered without a query: files below `/api/3/action/`.

A host of files gives the same bytes whatever stands after "?". So a package is not had with `package_show?id=trees` but at
`/data/trees/ckan.json`, and `package_search` answers with the first thousand packages, whatever is searched for. Harvesters,
which ask for page after page, end at the first package that they have met before. https://docs.ckan.org/en/2.11/api/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import orjson

from cityfolio.feeds.addresses import address, uri
from cityfolio.feeds.ckan_columns import table_schema
from cityfolio.feeds.dcat_us import offered
from cityfolio.feeds.facts import Access, Download, Facts, facts, listed
from cityfolio.feeds.filled import filled
from cityfolio.feeds.mapping import named
from cityfolio.model.catalog import Build, Catalog, Dataset, License, PublisherRef, TopicRef
from cityfolio.model.site import Output
from cityfolio.pages.described import has_ckan
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.routes import DEVELOPERS, HOME, ckan_action_url, ckan_url

Json = dict[str, Any]   # Any: JSON

MOST_PACKAGES = 1_000   # as CKAN itself answers at most
SHA_256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
ACCESS_RIGHTS = "http://publications.europa.eu/resource/authority/access-right/"   # as ckanext-dcat says it
ACCESS: dict[Access, str] = {"public": "PUBLIC", "restricted public": "RESTRICTED", "non-public": "NON_PUBLIC"}
NO_QUERY = ("This site is made of files and cannot look at a query. Each package is at data/ID/ckan.json, where ID is one of "
            "those that package_list names.")
NO_PACKAGE = "This site is made of files and cannot look at a query. Packages are among the results of package_search."


def ckan(catalog: Catalog, build: Build, known: KnownParts | None = None) -> Iterator[Output]:
    """The answers about the whole catalog, then each package."""
    known, datasets = known or KnownParts(catalog, build), listed(catalog)
    own = [each for each in datasets if has_ckan(each)]
    # Where the site's address is known, a package says the same wherever it stands.
    beside = dict(zip((each.id for each in own), known.made("ckan", own, partial(_part, "")), strict=True))
    for dataset in own:
        url = ckan_url(dataset.id)
        yield _output(url, _answer(url, orjson.Fragment(beside[dataset.id]), build), dataset.source_path)
    others = [each for each in datasets[:MOST_PACKAGES] if not build.base_url or each.id not in beside]
    search = ckan_action_url("package_search")
    made = dict(zip((each.id for each in others), known.made("ckan search", others, partial(_part, search)), strict=True))
    packages = [orjson.Fragment(made.get(each.id) or beside[each.id]) for each in datasets[:MOST_PACKAGES]]
    results: dict[str, object] = {
        "package_list": [each.id for each in datasets],
        "package_search": {"count": len(datasets), "sort": "title asc", "results": packages, "facets": {}, "search_facets": {}},
        "current_package_list_with_resources": packages,
        "organization_list": [each.id for each in catalog.publishers],
        "group_list": [each.id for each in catalog.topics],
        "tag_list": sorted({keyword for each in datasets for keyword in each.record.keywords}),
        "license_list": [_license(each) for each in _licenses(catalog)],
        "status_show": _status(catalog, build),
    }
    for action, result in results.items():
        url = ckan_action_url(action)
        yield _output(url, _answer(url, result, build), "CKAN")
    url = ckan_action_url("package_show")
    message = NO_QUERY if any(map(has_ckan, datasets)) else NO_PACKAGE
    said = {"help": address(url, DEVELOPERS, build), "success": False,
            "error": {"__type": "Not Found Error", "message": message}}
    yield _output(url, said, "CKAN")


def _part(feed: str, dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
    """A package as a feed has it, or as it lies beside its dataset."""
    return orjson.dumps(_package(facts(dataset, catalog, build, feed or ckan_url(dataset.id)), build))


def _output(url: str, body: Json, source: str) -> Output:
    return Output(url=url, body=orjson.dumps(body), media_type="application/json", kind="feed", source=source)


def _answer(url: str, result: object, build: Build) -> Json:
    return {"help": address(url, DEVELOPERS, build), "success": True, "result": result}


def _status(catalog: Catalog, build: Build) -> Json:
    # Which version of CKAN this is, it does not say: it is none.
    url = ckan_action_url("status_show")
    said = named("ckan", "catalog", {"title": catalog.site.name, "homepage": address(url, HOME, build),
                                     "language": catalog.site.languages[0]})
    return said | ({"site_description": catalog.site.tagline} if catalog.site.tagline else {}) | {"extensions": []}


def _package(known: Facts, build: Build) -> Json:
    dataset, publisher, terms = known.dataset, next(iter(known.publishers), None), known.license
    resources = [_resource(each, dataset, place) for place, each in enumerate(offered(known.downloads))]
    own = named("ckan", "dataset", {
        # Where the site's address is not known, that of the page is no name for the dataset.
        "identifier": known.identifier if dataset.record.identifier or build.base_url else dataset.id,
        "id": dataset.id, "title": dataset.title, "description": known.description,
        "landing_page": uri(known.landing_page or known.page), "creator": publisher.title if publisher else "",
        "license": terms.id if terms else "", "license_title": terms.title if terms else "",
        "license_url": uri(terms.url or "") if terms else "", "publisher": _organization(publisher) if publisher else {},
        "topics": [_group(each) for each in known.topics], "files": resources,
        "keywords": [{"name": each, "display_name": each, "state": "active", "vocabulary_id": None} for each in known.keywords],
    })
    contact = known.contact
    own |= named("ckan", "contact", {"name": contact.name, "email": contact.email}) if contact else {}
    # When its metadata changed is not known. Said to be older than it is, a change would be passed over by harvesters.
    return own | {
        "type": "dataset", "state": "active", "private": False, "num_resources": len(resources),
        "num_tags": len(known.keywords), **({"owner_org": publisher.id} if publisher else {}),
        "resources": resources, "extras": [{"key": key, "value": value} for key, value in _extras(known).items()],
    }


def _extras(known: Facts) -> dict[str, str]:
    said = {
        "access": ACCESS_RIGHTS + ACCESS[known.access], "frequency": known.repeat or known.frequency,
        "issued": known.issued.isoformat() if known.issued else "", "temporal": known.start,
        "modified": known.modified.isoformat() if known.modified else "", "spatial": known.place,
        "language": known.language, "conforms_to": known.conforms_to, "rights": known.rights,
    }
    made = named("ckan", "dataset", said) | ({"temporal_end": known.end} if known.end else {}) | _own_extras(known)
    # A note of the city stands under its own name, unless that is the name of something else.
    return made | {label: text for label, text in known.dataset.record.notes.items() if label not in made}


def _own_extras(known: Facts) -> dict[str, str]:
    """What CKAN has no key for, under our own names; `cityfolio import ckan` reads them."""
    record, contact = known.dataset.record, known.contact
    is_open = known.dataset.status == "published"
    return filled({
        "summary": record.summary or "", "each_row_is": record.each_row_is or "", "known_limits": record.known_limits or "",
        "status": "" if is_open else known.dataset.status, "reason": "" if is_open else record.reason or "",
        "related": orjson.dumps(known.dataset.related).decode() if known.dataset.related else "",
        "contact_phone": (contact.phone if contact else "") or "", "contact_url": (contact.url if contact else "") or "",
    })


def _resource(download: Download, dataset: Dataset, place: int) -> Json:
    said = named("ckan", "file", {
        # The rooms of CKAN know a resource by its id alone, whatever package it is in.
        "id": f"{dataset.id}-{download.id}", "title": download.title, "description": download.description,
        "download": uri(download.url) or download.url, "media_type": download.media_type, "format": download.format,
        "bytes": download.bytes, "sha256": download.sha256,
        "modified": download.modified.isoformat() if download.modified else "",
    })
    schema = table_schema(dataset, download.file) if download.export is None else {}
    return said | ({"hash_algorithm": SHA_256} if download.sha256 else {}) | {"state": "active", "position": place} | filled(
        {"schema": schema})


def _organization(publisher: PublisherRef) -> Json:
    said = named("ckan", "publisher", {"name": publisher.title, "description": publisher.record.description,
                                       "url": publisher.record.url})
    own = {"id": publisher.id, "name": publisher.id, "type": "organization", "is_organization": True, "state": "active"}
    return own | said


def _group(topic: TopicRef) -> Json:
    said = {"id": topic.id, "name": topic.id, "title": topic.title, "display_name": topic.title}
    return said | ({"description": topic.description} if topic.description else {})


def _licenses(catalog: Catalog) -> Iterable[License]:
    named_by = {each.license.id: each.license for each in listed(catalog) if each.license}
    return (named_by[each] for each in sorted(named_by))


def _license(terms: License) -> Json:
    return {"id": terms.id, "title": terms.title} | ({"url": terms.url} if terms.url else {})
