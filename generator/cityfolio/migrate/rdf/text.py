"""RDF documents as text that may be parsed: nothing in them defines entities, and nothing leads to another host.

A document type can make a few lines stand for gigabytes, or for files of this machine, so one that has any is refused before
it is parsed. A JSON-LD context at an address would be fetched, so the terms of DCAT stand in for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from cityfolio.frozen import Frozen
from cityfolio.migrate.report import Ledger

MAX_BYTES = 200_000_000
ENCODING = re.compile(r"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"'][^>]*\?>", re.ASCII)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
DEFINES = re.compile(r"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "utf-16",
                       "utf-16le", "utf-16be"})
# https://www.w3.org/TR/vocab-dcat-3/ and https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld
CONTEXT: Mapping[str, object] = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/", "vcard": "http://www.w3.org/2006/vcard/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "org": "http://www.w3.org/ns/org#", "schema": "http://schema.org/", "adms": "http://www.w3.org/ns/adms#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "locn": "http://www.w3.org/ns/locn#",
    "dataset": {"@id": "dcat:dataset", "@type": "@id"}, "distribution": {"@id": "dcat:distribution", "@type": "@id"},
    "title": "dct:title", "description": "dct:description", "identifier": "dct:identifier", "keyword": "dcat:keyword",
    "theme": "dcat:theme", "publisher": "dct:publisher", "name": "foaf:name", "contactPoint": "dcat:contactPoint",
    "fn": "vcard:fn", "hasEmail": "vcard:hasEmail", "issued": "dct:issued", "modified": "dct:modified",
    "license": "dct:license", "rights": "dct:rights", "spatial": "dct:spatial", "temporal": "dct:temporal",
    "language": "dct:language",
    "accrualPeriodicity": "dct:accrualPeriodicity", "conformsTo": {"@id": "dct:conformsTo", "@type": "@id"},
    "landingPage": {"@id": "dcat:landingPage", "@type": "@id"}, "accessURL": {"@id": "dcat:accessURL", "@type": "@id"},
    "downloadURL": {"@id": "dcat:downloadURL", "@type": "@id"}, "mediaType": "dcat:mediaType", "format": "dct:format",
    "homepage": {"@id": "foaf:homepage", "@type": "@id"}, "startDate": "dcat:startDate", "endDate": "dcat:endDate",
}


class Refused(Exception):
    """A document that is not parsed, and why."""


class RdfText(Frozen):
    """A text and the name of its syntax, as rdflib calls it."""

    text: str
    syntax: str


def rdf_text(content: bytes, ledger: Ledger) -> RdfText:
    """The text of a document that may be parsed. Raises Refused."""
    if len(content) > MAX_BYTES:
        raise Refused(f"it has more than {MAX_BYTES:,} bytes")
    text = _decoded(content)
    start = text.lstrip()[:200]
    if start.startswith("<") and not re.match(r"<[a-z][a-z0-9+.-]*:[^<>\s]*>", start):
        if DEFINES.search(text):
            raise Refused("it defines entities or a document type, which a catalog has no use for and which can do harm")
        return RdfText(DECLARATION.sub("", text), "xml")
    if re.match(r"\{|\[\s*\{", start):   # Turtle begins with neither, and a name may say anything
        return RdfText(_json_ld(text, ledger), "json-ld")
    return RdfText(text, "turtle")   # N-Triples is Turtle too


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\x00" in content[:4]:
        raise Refused("it is written in an encoding that is not read here")
    text = content.decode("utf-8-sig", "surrogateescape")
    declared = ENCODING.match(text)
    encoding = declared[1].lower() if declared else "utf-8"
    if encoding not in ENCODINGS:
        raise Refused(f"it is written in {encoding}, which is not read here")
    return content.decode("cp1252" if encoding in ("iso-8859-1", "latin1", "windows-1252") else "utf-8-sig", "replace")


def _json_ld(text: str, ledger: Ledger) -> str:
    try:
        root: object = json.loads(text, strict=False)
        _localized(root, ledger)
        return json.dumps(root)
    except RecursionError:
        raise Refused("its values are nested too deeply") from None
    except ValueError as error:
        raise Refused(f"it is not JSON: {error}") from None


def _localized(root: object, ledger: Ledger) -> None:
    """Put the terms of DCAT in the place of every context that would have to be fetched."""
    for group in _groups(root):
        context = group.get("@context")
        listed = context if isinstance(context, list) else [context] if context is not None else []
        far = [each for each in listed if isinstance(each, str)]
        near = [{key: value for key, value in each.items() if key != "@import"} for each in listed if isinstance(each, dict)]
        if context is not None:
            group["@context"] = [dict(CONTEXT), *near] if far or not near else near
        for address in far:
            ledger.note("mended", "@context", "a context that would have to be fetched; the terms of DCAT stand in", address)
    if isinstance(root, dict) and "@context" not in root:
        root["@context"] = dict(CONTEXT)


def _groups(value: object) -> Iterator[dict[str, object]]:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield each
            waiting += [below for key, below in each.items() if key != "@context"]
            # Contexts inside contexts, which terms may have, are not followed at all.
            waiting += [term for term in _terms(each.get("@context")) if isinstance(term, dict)]
        elif isinstance(each, list):
            waiting += each


def _terms(context: object) -> Iterator[object]:
    for each in context if isinstance(context, list) else [context]:
        if isinstance(each, dict):
            yield from each.values()
