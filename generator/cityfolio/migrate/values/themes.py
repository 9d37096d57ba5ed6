"""Subjects and access rights of the European authority lists, which catalogs name by their addresses.

https://op.europa.eu/en/web/eu-vocabularies/dcat-ap
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cityfolio.migrate.values.texts import label_of

DATA_THEMES: Mapping[str, str] = {
    "AGRI": "Agriculture, fisheries, forestry and food", "ECON": "Economy and finance", "EDUC": "Education, culture and sport",
    "ENER": "Energy", "ENVI": "Environment", "GOVE": "Government and public sector", "HEAL": "Health",
    "INTR": "International issues", "JUST": "Justice, legal system and public safety", "REGI": "Regions and cities",
    "SOCI": "Population and society", "TECH": "Science and technology", "TRAN": "Transport",
}
ACCESS: Mapping[str, str] = {"PUBLIC": "public", "RESTRICTED": "restricted public", "NON_PUBLIC": "non-public"}
WORDS_OF_ACCESS: Mapping[str, str] = {
    "public": "public", "open": "public", "restricted": "restricted public", "restricted public": "restricted public",
    "non-public": "non-public", "non public": "non-public", "closed": "non-public",
}
AUTHORITY = re.compile(r"https?://publications\.europa\.eu/resource/authority/([a-z-]+)/([A-Za-z0-9_]+)")


def subject_of(given: str) -> str:
    """A subject as words: what the European list calls it, else the last part of its address."""
    found = AUTHORITY.fullmatch(given)
    if found and found[1] == "data-theme":
        return DATA_THEMES.get(found[2].upper(), given)
    return label_of(re.sub(r"[-_]+", " ", re.split(r"[/#]", given.rstrip("/"))[-1])) if "://" in given else given


def access_of(given: str) -> str:
    """The access level that a right of the European list means, or the plain words for one; "" for other words."""
    found = AUTHORITY.fullmatch(given)
    if found and found[1] == "access-right":
        return ACCESS.get(found[2].upper(), "")
    return WORDS_OF_ACCESS.get(given.strip().lower(), "")


def license_name(given: str) -> str:
    """The name of a license of the European list, as SPDX writes it; other words as they are."""
    found = AUTHORITY.fullmatch(given)
    if not found or found[1] != "licence":
        return given
    return re.sub(r"(?<=\d)-(?=\d)", ".", {"CC0": "CC0-1.0"}.get(found[2], found[2]).replace("_", "-"))
