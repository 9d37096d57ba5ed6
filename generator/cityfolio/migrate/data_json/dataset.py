"""One dataset of a data.json, key by key; also in the wording of DCAT-US 3.0."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from cityfolio.load.values import IDENTIFIER
from cityfolio.migrate.data_json.own_site import OwnSite
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.drafts.draft import Draft
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.names import comparable
from cityfolio.migrate.values.themes import access_of, license_name, subject_of

Group = Mapping[str, Given]

RESTRICTED = {"restricted public": "The catalog it comes from lists it as restricted public.",
              "non-public": "The catalog it comes from lists it as non-public."}
# An id that a person chose says what it names; one that a machine drew does not.
DRAWN = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?:[-_]\d+)?|[0-9a-f]{20,}|[a-z0-9]{4}-[a-z0-9]{4}|[\d.-]+")
TAKEN = frozenset({
    "@type", "@id", "@context", "title", "description", "identifier", "keyword", "theme", "publisher", "contactPoint",
    "license", "rights", "accessRights", "accessLevel", "accrualPeriodicity", "issued", "modified", "temporal", "spatial",
    "language", "conformsTo", "landingPage", "distribution", "describedBy", "describedByType", "relation",
    "scopeNote",
})
TAKEN_OF_A_FILE = frozenset({"@type", "@id", "title", "description", "format", "mediaType", "downloadURL", "accessURL",
                             "describedBy", "describedByType"})
OF_THE_BYTES = frozenset({"identifier", "byteSize", "checksum", "issued", "modified", "status", "language"})
MOST_ABOVE = 20                   # organizations that one is part of, each of the next
ELSEWHERE = OwnSite()


def dataset_of(given: Group, source: str, draft: Draft, site: OwnSite = ELSEWHERE) -> None:
    """Read one dataset. `site` is the one whose feed this is, where that is known."""
    title, identifier = as_words(given.get("title")), _first(given.get("identifier"))
    addresses = (identifier, *(as_words(_about(given.get(key))) for key in ("@id", "landingPage", "describedBy")))
    each = draft.dataset(source, site.dataset(addresses) or name_of(title, identifier))
    each.text("description", "description", given.get("description"))
    each.words("title", "title", given.get("title"))
    each.words("identifier", "identifier", identifier or given.get("@id"))
    each.keywords("keyword", given.get("keyword"))
    each.topics("theme", _subjects(given.get("theme")))
    _publisher(each, given.get("publisher"), site)
    _contact(each, given.get("contactPoint"))
    _terms(each, given)
    each.frequency("accrualPeriodicity", given.get("accrualPeriodicity"))
    each.day("modified", "modified", given.get("modified"))
    each.day("issued", "issued", given.get("issued"))
    each.temporal("temporal", given.get("temporal"))
    _place(each, given.get("spatial"))
    each.words("language", "language", given.get("language"))
    each.words("conforms_to", "conformsTo", _about(given.get("conformsTo")))
    each.landing_page("landingPage", _about(given.get("landingPage")))
    described_by = as_words(_about(given.get("describedBy")))
    for number, item in enumerate(_items(given.get("distribution")), 1):
        if as_words(item):
            _file(each, f"distribution[{number}]", item, described_by)
        else:
            each.no_file(f"distribution[{number}]")
    each.note("Data dictionary", "describedBy", described_by)
    _access(each, as_words(given.get("accessLevel")) or access_of(as_words(_about(given.get("accessRights")))))
    each.related("relation", _about(given.get("relation")))
    each.text("known_limits", "scopeNote", given.get("scopeNote"))
    each.called |= {name for name in (identifier, as_words(given.get("@id")), source) if name}
    each.rest(given, TAKEN)


def name_of(title: str, identifier: str) -> str:
    """What the id is made of: an identifier that is one already and that a person chose, else the title."""
    last = re.split(r"[/#]", identifier.rstrip("/"))[-1]
    if IDENTIFIER.fullmatch(last) and not DRAWN.fullmatch(last) and 3 <= len(last) <= 100:
        return last
    return title or last


def place_of(given: Given) -> Given:
    """A place as words: its name where a group gives one. Shapes and boxes stay as they are written."""
    if isinstance(given, list):
        return [place_of(each) for each in given]
    if isinstance(given, dict):
        for key in ("prefLabel", "geographicIdentifier", "title", "name", "label", "rdfs:label"):
            if words := as_words(given.get(key)):
                return words
        return next((given[key] for key in ("bbox", "geometry", "centroid") if as_words(given.get(key))), given)
    return given


def _place(each: DatasetDraft, given: Given) -> None:
    """A place in words. A shape (RFC 7946) names none, and is kept as it is."""
    is_shape = isinstance(given, dict) and "coordinates" in given or isinstance(given, str) and given.lstrip().startswith("{")
    if is_shape:
        each.note("Extent", "spatial", given)
    else:
        each.words("spatial", "spatial", place_of(given))


def _first(given: Given) -> str:
    """An identifier as text. DCAT-US 3.0 allows a group: https://www.w3.org/TR/vocab-adms/#adms:Identifier."""
    if isinstance(given, dict):
        names = ("notation", "@value", "@id", "skos:notation")
        return next((words for name in names if (words := as_words(given.get(name)))), "")
    return _first(given[0]) if isinstance(given, list) and given else as_words(given)


def _about(given: Given) -> Given:
    """The address of a thing that may be described: https://www.w3.org/TR/vocab-dcat-3/#Class:Resource."""
    if isinstance(given, list):
        return [_about(each) for each in given]
    if isinstance(given, dict):
        names = ("@id", "accessURL", "downloadURL", "identifier", "url", "title")
        return next((given[name] for name in names if as_words(given.get(name))), None)
    return given


def _items(given: Given) -> list[Given]:
    if isinstance(given, list):
        return given
    return [given] if as_words(given) else []


def _publisher(each: DatasetDraft, given: Given, site: OwnSite) -> None:
    first, *others = _items(given) or [None]
    if others:
        each.note("Other publishers", "publisher", others)
    if not isinstance(first, dict):
        each.publisher("publisher", as_words(first))
        return
    chain = [*_above(first)]
    for name, address in ((_name(first), as_words(first.get("@id"))), *chain):
        each.gathered.publishers.keep_id(name, site.publisher(address), "publisher", each.source)
    names = [name for name, _ in chain]
    each.publisher("publisher", _name(first), url=as_words(first.get("homepage")), parent=names[0] if names else "")
    for below, above in pairwise(names):
        each.part_of("publisher.subOrganizationOf", below, above)
    known = {"@type", "@id", "name", "prefLabel", "fn", "homepage", "subOrganizationOf"}
    each.rest({key: value for key, value in first.items() if key not in known}, (), "publisher")


def _name(given: Group) -> str:
    return next((words for key in ("name", "prefLabel", "fn") if (words := as_words(given.get(key)))), "")


def _above(given: Group) -> Iterator[tuple[str, str]]:
    """What a publisher is part of, from the nearest on: names, each with its address where it has one."""
    at, steps = given.get("subOrganizationOf"), 0
    while isinstance(at, (dict, list)) and at and steps < MOST_ABOVE:
        at = at[0] if isinstance(at, list) else at
        if not isinstance(at, dict):
            break
        if name := _name(at):
            yield name, as_words(at.get("@id"))
        at, steps = at.get("subOrganizationOf"), steps + 1
    if isinstance(at, str) and at:
        yield at, ""


def _contact(each: DatasetDraft, given: Given) -> None:
    first, *others = _items(given) or [None]
    if others:
        each.note("Other contacts", "contactPoint", others)
    if not isinstance(first, dict):
        text = as_words(first)
        each.contact("contactPoint", **{"email" if "@" in text else "name": text})
        return
    name = first.get("fn") or first.get("name") or first.get("organization-name")
    each.contact("contactPoint", name=name, email=first.get("hasEmail") or first.get("email"),
                 phone=_value(first.get("tel") or first.get("hasTelephone") or first.get("telephone")),
                 url=_value(first.get("hasURL") or first.get("url")))
    known = {"@type", "@id", "fn", "name", "hasEmail", "email", "tel", "hasTelephone", "telephone", "hasURL", "url"}
    each.rest({key: value for key, value in first.items() if key not in known}, (), "contactPoint")


def _value(given: Given) -> Given:
    """What a vCard property holds: https://www.w3.org/TR/vcard-rdf/ lets it be a group."""
    return given.get("hasValue") or given.get("@id") or given.get("value") if isinstance(given, dict) else given


def _subjects(given: Given) -> Given:
    if isinstance(given, list):
        return [_subjects(each) for each in given]
    return subject_of(given) if isinstance(given, str) else given


def _terms(each: DatasetDraft, given: Group) -> None:
    """License and rights; where only the files have a license, and all the same, it is the dataset's."""
    license_, rights = _about(given.get("license")), _about(given.get("rights"))
    of_files = [as_words(_about(item.get("license"))) for item in _items(given.get("distribution")) if isinstance(item, dict)]
    if not as_words(license_) and of_files and len(set(of_files)) == 1:
        license_ = of_files[0]
    each.license("license", license_name(license_) if isinstance(license_, str) else license_)
    each.text("rights", "rights", rights)
    access = _about(given.get("accessRights"))
    if as_words(access) != as_words(rights) and not access_of(as_words(access)):
        each.text("rights", "accessRights", access)


def _file(each: DatasetDraft, field: str, item: Given, described_by: str) -> None:
    if not isinstance(item, dict):
        each.file(field, url=item)
        return
    download, access = _about(item.get("downloadURL")), _about(item.get("accessURL"))
    file = each.file(field, url=download if as_words(download) else access, title=item.get("title"),
                     description=item.get("description"), format=_about(item.get("format")), media_type=item.get("mediaType"))
    if as_words(download) and as_words(access) and as_words(access) != as_words(download):
        file.note("Also at", f"{field}.accessURL", access)
    described = as_words(_about(item.get("describedBy")))
    if described and described != described_by:
        file.note("Described by", f"{field}.describedBy", described)
    for key, value in item.items():
        if key == "license" and _is_the_datasets(each, as_words(_about(value))):
            continue
        if key in OF_THE_BYTES and as_words(value):
            each.ledger.note("left-out", f"{field}.{key}", "a detail for which files have no key", as_words(value))
        elif key not in TAKEN_OF_A_FILE:
            file.note(key, f"{field}.{key}", _about(value) if isinstance(value, dict) and "@id" in value else value)


def _is_the_datasets(each: DatasetDraft, given: str) -> bool:
    """Whether words name the very license that a dataset has already."""
    known = each.gathered.licenses
    name = license_name(given)
    own = known.built_in.get(name) or known.room.by_title.get(comparable(name))
    return own is not None and own == each.values.get("license")


def _access(each: DatasetDraft, level: str) -> None:
    said = level.lower().strip()
    reason = RESTRICTED.get(said)
    if reason and (said == "non-public" or not each.files):
        each.status("restricted", as_words(each.values.get("rights")) or reason)
    elif said != "public":
        each.note("Access level", "accessLevel", level)
