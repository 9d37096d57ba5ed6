"""The one table of what others call our facts: DCAT-US, DCAT-AP, schema.org, CKAN, Data Package; and what each requires.

Feeds take their names from it (`feeds.mapping`), checks what is required, and docs/reference/standards.md is drawn from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Standard = Literal["dcat_us", "dcat_us_3", "dcat_ap", "schema_org", "ckan", "data_package"]
About = Literal["catalog", "dataset", "publisher", "contact", "file", "column"]

# The versions that the feeds are written for, as a problem and the reference page name them.
TITLES: Mapping[Standard, str] = {
    "dcat_us": "DCAT-US 1.1", "dcat_us_3": "DCAT-US 3.0", "dcat_ap": "DCAT-AP 3.0.1", "schema_org": "schema.org",
    "ckan": "CKAN", "data_package": "Data Package 2",
}
# What stands within a dataset is named with the property that holds it.
WITHIN: Mapping[About, str] = {"publisher": "publisher.", "contact": "contactPoint."}


class Mapped(NamedTuple):
    """A fact and its names. "" means that a standard has no place for it; "!" after a name that the standard requires it."""

    fact: str             # as the feeds ask for it
    ours: str             # the keys it comes from, as a city writes them; "(…)" for what is worked out
    dcat_us: str
    dcat_us_3: str
    dcat_ap: str
    schema_org: str
    ckan: str
    data_package: str

    def name(self, standard: Standard) -> str:
        """The property of a standard; "" where it has none."""
        return str(getattr(self, standard)).removesuffix("!")

    def is_required(self, standard: Standard) -> bool:
        """Whether a record without it is not valid."""
        return str(getattr(self, standard)).endswith("!")


# schema.org requires nothing itself; what is marked there is what search engines for datasets ask for.
# DCAT-US 1.1 is taken as data.gov reads it from cities, which have no bureau and program codes.
MAPPING: Mapping[About, tuple[Mapped, ...]] = {
    # fact, ours, DCAT-US 1.1, DCAT-US 3.0, DCAT-AP 3, schema.org, CKAN, Data Package
    "catalog": (
        Mapped("title", "name", "", "title", "dct:title!", "name", "site_title", ""),
        Mapped("description", "description, tagline", "", "description", "dct:description!", "description", "", ""),
        Mapped("homepage", "base_url", "@id", "homepage", "foaf:homepage", "url", "site_url", ""),
        Mapped("language", "languages", "", "language", "dct:language", "inLanguage", "locale_default", ""),
        Mapped("contact", "contact", "", "contactPoint", "dcat:contactPoint", "contactPoint", "", ""),
        Mapped("publisher", "name", "", "publisher", "dct:publisher!", "publisher", "", ""),
        Mapped("license", "license", "", "license", "dct:license", "license", "", ""),
        Mapped("spatial", "spatial", "", "spatial", "dct:spatial", "spatialCoverage", "", ""),
        Mapped("datasets", "datasets/", "dataset!", "dataset!", "dcat:dataset", "dataset", "", ""),
        Mapped("standard", "(the version)", "conformsTo!", "conformsTo", "dct:conformsTo", "", "", ""),
        Mapped("schema", "(its address)", "describedBy", "", "", "", "", ""),
    ),
    "dataset": (
        Mapped("id", "(the folder's name)", "", "", "", "", "name", "name"),
        Mapped("title", "title", "title!", "title!", "dct:title!", "name!", "title", "title"),
        Mapped("description", "description, summary", "description!", "description!", "dct:description!",
               "description!", "notes",
               "description"),
        Mapped("identifier", "identifier", "identifier!", "identifier!", "dct:identifier", "identifier", "id", "id"),
        Mapped("page", "(its address)", "", "", "", "url", "", "homepage"),
        Mapped("landing_page", "landing_page", "landingPage", "landingPage", "dcat:landingPage", "sameAs", "url", ""),
        Mapped("publisher", "publisher", "publisher!", "publisher", "dct:publisher", "publisher", "organization",
               "contributors"),
        Mapped("creator", "publisher", "", "", "dct:creator", "creator", "author", ""),
        Mapped("contact", "contact", "contactPoint!", "contactPoint!", "dcat:contactPoint", "", "maintainer", "contributors"),
        Mapped("topics", "topics", "theme", "theme", "dcat:theme", "about", "groups", ""),
        Mapped("keywords", "keywords", "keyword!", "keyword", "dcat:keyword", "keywords", "tags", "keywords"),
        Mapped("license", "license", "license", "license", "dct:license", "license", "license_id", "licenses"),
        Mapped("license_title", "license", "", "", "", "", "license_title", ""),
        Mapped("license_url", "license", "", "", "", "", "license_url", ""),
        Mapped("access", "status", "accessLevel!", "accessRights", "dct:accessRights", "isAccessibleForFree",
               "access_rights", ""),
        Mapped("rights", "rights, reason", "rights", "rights", "dct:rights", "conditionsOfAccess", "rights", ""),
        Mapped("frequency", "frequency", "accrualPeriodicity", "accrualPeriodicity", "dct:accrualPeriodicity", "",
               "frequency", ""),
        Mapped("issued", "issued", "issued", "issued", "dct:issued", "datePublished", "issued", "created"),
        Mapped("modified", "modified, frequency", "modified!", "modified", "dct:modified", "dateModified", "modified", ""),
        Mapped("temporal", "temporal", "temporal", "temporal", "dct:temporal", "temporalCoverage", "temporal_start", ""),
        Mapped("spatial", "spatial", "spatial", "spatial", "dct:spatial", "spatialCoverage", "spatial", ""),
        Mapped("language", "language", "language", "language", "dct:language", "inLanguage", "language", ""),
        Mapped("conforms_to", "conforms_to", "conformsTo", "conformsTo", "dct:conformsTo", "", "conforms_to", ""),
        Mapped("described_by", "columns", "describedBy", "describedBy", "foaf:page", "", "", ""),
        Mapped("described_by_type", "(its type)", "describedByType", "", "", "", "", ""),
        Mapped("columns", "columns", "", "", "", "variableMeasured", "", ""),
        Mapped("files", "files", "distribution", "distribution", "dcat:distribution", "distribution", "resources",
               "resources!"),
        Mapped("samples", "files: sample", "", "sample", "adms:sample", "", "", ""),
        Mapped("related", "related", "", "relation", "dct:relation", "", "related", ""),
        Mapped("sources", "(its catalog)", "", "", "", "includedInDataCatalog", "", ""),
        Mapped("limits", "known_limits", "", "scopeNote", "", "", "known_limits", ""),
    ),
    "publisher": (
        Mapped("name", "title", "name!", "name!", "foaf:name!", "name", "title", "title"),
        Mapped("parent", "parent", "subOrganizationOf", "subOrganizationOf", "org:subOrganizationOf",
               "parentOrganization", "", ""),
        Mapped("url", "url", "", "", "foaf:homepage", "url", "url", "path"),
        Mapped("description", "description", "", "", "", "description", "description", ""),
    ),
    "contact": (
        Mapped("name", "name", "fn!", "fn!", "vcard:fn", "name", "maintainer", "title"),
        Mapped("email", "email", "hasEmail!", "hasEmail!", "vcard:hasEmail", "email", "maintainer_email", "email"),
        Mapped("phone", "phone", "", "tel", "vcard:hasTelephone", "telephone", "contact_phone", ""),
        Mapped("url", "url", "", "", "vcard:hasURL", "url", "contact_url", "path"),
    ),
    "file": (
        Mapped("id", "(its name)", "", "identifier", "dct:identifier", "identifier", "id", "name!"),
        Mapped("title", "title", "title", "title", "dct:title", "name", "name", "title"),
        Mapped("description", "description", "description", "description", "dct:description", "description", "description",
               "description"),
        Mapped("download", "path, url", "downloadURL", "downloadURL", "dcat:downloadURL", "contentUrl!", "url", "path!"),
        Mapped("access", "url", "accessURL", "accessURL", "dcat:accessURL!", "url", "url", ""),
        Mapped("media_type", "format", "mediaType", "mediaType", "dcat:mediaType", "encodingFormat", "mimetype", "mediatype"),
        Mapped("format", "format", "format", "format", "dct:format", "", "format", "format"),
        Mapped("bytes", "(its size)", "", "byteSize", "dcat:byteSize", "contentSize", "size", "bytes"),
        Mapped("sha256", "(its digest)", "", "checksum", "spdx:checksum", "sha256", "hash", "hash"),
        Mapped("modified", "modified", "", "modified", "dct:modified", "dateModified", "last_modified", ""),
        Mapped("license", "license", "", "license", "dct:license", "license", "", "licenses"),
        Mapped("described_by", "columns", "describedBy", "describedBy", "dct:conformsTo", "", "schema", "schema"),
        Mapped("described_by_type", "(its type)", "describedByType", "", "", "", "", ""),
        Mapped("encoding", "encoding", "", "characterEncoding", "", "", "", "encoding"),
    ),
    "column": (
        Mapped("name", "(its name in the file)", "", "", "", "name", "id", "name!"),
        Mapped("title", "title", "", "", "", "alternateName", "label", "title"),
        Mapped("description", "description", "", "", "", "description", "notes", "description"),
        Mapped("type", "type", "", "", "", "", "type", "type"),
        Mapped("unit", "unit", "", "", "", "unitText", "unit", ""),
        Mapped("minimum", "minimum", "", "", "", "minValue", "", "constraints.minimum"),
        Mapped("maximum", "maximum", "", "", "", "maxValue", "", "constraints.maximum"),
        Mapped("source", "source", "", "", "", "propertyID", "", "rdfType"),
    ),
}


def requirement(about: About, fact: str) -> str:
    """Who requires a fact, and under which name: "DCAT-US 1.1 requires `keyword`"."""
    row = next(each for each in MAPPING[about] if each.fact == fact)
    requiring: dict[str, list[str]] = {}
    for standard, title in TITLES.items():
        if row.is_required(standard):
            requiring.setdefault(WITHIN.get(about, "") + row.name(standard), []).append(title)
    return ", ".join(f"{_and(titles)} {'requires' if len(titles) == 1 else 'require'} `{name}`"
                     for name, titles in requiring.items())


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


# What the schemas of DCAT-US have room for.
LONGEST_DESCRIPTION = 10_000
LONGEST_RIGHTS = 255
# Some signs that mail systems accept are not among those that DCAT-US does.
MAILBOX = re.compile(r"[\w~!$&'()*+,;=:.-]+@[\w.-]+\.[\w.-]+", re.ASCII)
