"""A dataset and what can be had of it, as DCAT-AP 3.0.1 describes them."""

from __future__ import annotations

from datetime import date

from cityfolio.feeds import eu_vocabularies
from cityfolio.feeds.addresses import address, uri
from cityfolio.feeds.dcat_ap_parts import agent, concept, contact_card, document, languages, license_document, location, text
from cityfolio.feeds.dcat_us import holds_data, offered
from cityfolio.feeds.facts import Download, Facts
from cityfolio.feeds.mapping import named
from cityfolio.feeds.rdf import Iri, Literal, Node, node
from cityfolio.model.catalog import Build, Catalog
from cityfolio.pages.bounds import dataset_bounds
from cityfolio.pages.described import has_package
from cityfolio.pages.routes import data_package_url, dataset_url

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
GZIP, ZIP = f"{MEDIA_TYPES}application/gzip", f"{MEDIA_TYPES}application/zip"
PACKED = " (gzip)"      # after the name of a format
MOMENTS = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}     # by the length of what is written


def ap_dataset(known: Facts, catalog: Catalog, build: Build, feed: str) -> Node:
    """A dataset with everything that it points to."""
    site, dataset = catalog.site, known.dataset
    language = site.languages[0]
    said = named("dcat_ap", "dataset", {
        "title": text(known.title, language), "description": text(known.description, language),
        "identifier": Literal(known.identifier), "publisher": agent(known.publishers, build, feed, language),
        "contact": contact_card(known.contact), "topics": [concept(each, site, build, feed) for each in known.topics],
        "keywords": [Literal(each, language=language) for each in dict.fromkeys(known.keywords)],
        "license": license_document(known.license),
        "access": node(eu_vocabularies.access_right(known.access), "dct:RightsStatement", {}),
        "rights": node("", "dct:RightsStatement", {"rdfs:label": text(known.rights, language)}) if known.rights else None,
        "frequency": _frequency(known), "issued": _day(known.issued), "modified": _day(known.modified),
        "temporal": _period(known), "spatial": location(known.place, language, dataset_bounds(dataset)),
        "language": languages([known.language]), "conforms_to": _standard(uri(known.conforms_to)),
        "landing_page": [each for each in (document(known.page), document(uri(known.landing_page))) if each],
        "described_by": document(_package(known, build, feed)),
        "files": [_distribution(each, known, build, feed, language) for each in offered(known.downloads)],
        "related": [Iri(_address(dataset_url(each), build, feed)) for each in dataset.related],
    })
    samples = [_distribution(each, known, build, feed, language) for each in known.downloads if each.is_sample]
    return node(_address(known.path, build, feed), "dcat:Dataset", said | {"adms:sample": samples})


def _address(page: str, build: Build, feed: str, part: str = "dataset") -> str:
    """A thing that a page is about. It is not the page, so it has an address of its own within it."""
    return address(feed, f"{page}#{part}", build)


def _package(known: Facts, build: Build, feed: str) -> str:
    has_one = known.access == "public" and has_package(known.dataset)
    return address(feed, data_package_url(known.dataset.id), build) if has_one else ""


def _distribution(download: Download, known: Facts, build: Build, feed: str, language: str) -> Node:
    link = Iri(uri(download.url) or download.url)
    described = _package(known, build, feed) if download.path and download.file.columns else ""
    size = Literal(str(download.bytes), datatype="xsd:nonNegativeInteger") if download.bytes is not None else None
    said = named("dcat_ap", "file", {
        "id": Literal(download.id), "title": text(download.title, language),
        "description": text(download.description, language), "access": link,
        "download": link if holds_data(download) else None, "format": _format(download.format),
        "bytes": size, "sha256": _checksum(download.sha256), "modified": _day(download.modified),
        "license": license_document(known.license), "described_by": _standard(described),
    })
    return node(_address(known.path, build, feed, f"file-{download.id}"), "dcat:Distribution", said | _kinds(download))


def _kinds(download: Download) -> dict[str, Node | None]:
    """The media types: of the data, and of what they are packed in."""
    kind = download.media_type
    if download.format.endswith(PACKED):
        return {"dcat:compressFormat": _media_type(GZIP)}
    if download.format == "Shapefile":
        return {"dcat:packageFormat": _media_type(ZIP)}
    # What is not registered has no address; what is served for want of a better type says nothing.
    is_registered = kind and "/x-" not in kind and kind != "application/octet-stream"
    return {"dcat:mediaType": _media_type(MEDIA_TYPES + kind) if is_registered else None}


def _media_type(iri: str) -> Node:
    return node(iri, "dct:MediaType", {})


def _format(name: str) -> Node:
    plain = name.removesuffix(PACKED)
    iri = eu_vocabularies.file_type(plain)
    return node(iri, "dct:MediaTypeOrExtent", {} if iri else {"rdfs:label": Literal(plain)})


def _checksum(sha256: str) -> Node | None:
    algorithm = node("http://spdx.org/rdf/terms#checksumAlgorithm_sha256", "spdx:ChecksumAlgorithm", {})
    said = {"spdx:algorithm": algorithm, "spdx:checksumValue": Literal(sha256, datatype="xsd:hexBinary")}
    return node("", "spdx:Checksum", said) if sha256 else None


def _standard(iri: str) -> Node | None:
    return node(iri, "dct:Standard", {}) if iri else None


def _frequency(known: Facts) -> Node | None:
    iri = eu_vocabularies.update_frequency(known.frequency, known.repeat)
    return node(iri, "dct:Frequency", {}) if iri else None


def _day(day: date | None) -> Literal | None:
    return Literal(day.isoformat(), datatype="xsd:date") if day else None


def _period(known: Facts) -> Node | None:
    said = {"dcat:startDate": _moment(known.start), "dcat:endDate": _moment(known.end)}
    return node("", "dct:PeriodOfTime", said) if known.start or known.end else None


def _moment(written: str) -> Literal | None:
    return Literal(written, datatype=MOMENTS.get(len(written), "")) if written else None
