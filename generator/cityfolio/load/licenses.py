"""Licenses that need no file in a catalog, and how other catalogs write them.

Identifiers follow the SPDX License List in lower case; `spdx` is absent where that list has no entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from unicodedata import normalize

from cityfolio.model.catalog import License

CC = "https://creativecommons.org"
ODC = "https://opendatacommons.org/licenses"

_LICENSES: tuple[License, ...] = (
    License(id="cc0-1.0", title="Creative Commons Zero 1.0 (public domain dedication)", url=f"{CC}/publicdomain/zero/1.0/",
            spdx="CC0-1.0"),
    License(id="cc-by-4.0", title="Creative Commons Attribution 4.0", url=f"{CC}/licenses/by/4.0/", spdx="CC-BY-4.0"),
    License(id="cc-by-sa-4.0", title="Creative Commons Attribution-ShareAlike 4.0", url=f"{CC}/licenses/by-sa/4.0/",
            spdx="CC-BY-SA-4.0"),
    License(id="cc-by-nc-4.0", title="Creative Commons Attribution-NonCommercial 4.0", url=f"{CC}/licenses/by-nc/4.0/",
            spdx="CC-BY-NC-4.0"),
    License(id="cc-by-nd-4.0", title="Creative Commons Attribution-NoDerivatives 4.0", url=f"{CC}/licenses/by-nd/4.0/",
            spdx="CC-BY-ND-4.0"),
    License(id="cc-by-nc-sa-4.0", title="Creative Commons Attribution-NonCommercial-ShareAlike 4.0",
            url=f"{CC}/licenses/by-nc-sa/4.0/", spdx="CC-BY-NC-SA-4.0"),
    License(id="cc-by-nc-nd-4.0", title="Creative Commons Attribution-NonCommercial-NoDerivatives 4.0",
            url=f"{CC}/licenses/by-nc-nd/4.0/", spdx="CC-BY-NC-ND-4.0"),
    License(id="cc-by-3.0", title="Creative Commons Attribution 3.0", url=f"{CC}/licenses/by/3.0/", spdx="CC-BY-3.0"),
    License(id="cc-by-sa-3.0", title="Creative Commons Attribution-ShareAlike 3.0", url=f"{CC}/licenses/by-sa/3.0/",
            spdx="CC-BY-SA-3.0"),
    License(id="cc-pdm-1.0", title="Public Domain Mark 1.0", url=f"{CC}/publicdomain/mark/1.0/", spdx="CC-PDM-1.0"),
    License(id="odc-by-1.0", title="Open Data Commons Attribution License 1.0", url=f"{ODC}/by/1-0/", spdx="ODC-By-1.0"),
    License(id="odbl-1.0", title="Open Data Commons Open Database License 1.0", url=f"{ODC}/odbl/1-0/", spdx="ODbL-1.0"),
    License(id="pddl-1.0", title="Open Data Commons Public Domain Dedication and License 1.0", url=f"{ODC}/pddl/1-0/",
            spdx="PDDL-1.0"),
    License(id="ogl-uk-3.0", title="Open Government Licence 3.0 (United Kingdom)",
            url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", spdx="OGL-UK-3.0"),
    License(id="ogl-canada-2.0", title="Open Government Licence 2.0 (Canada)",
            url="https://open.canada.ca/en/open-government-licence-canada", spdx="OGL-Canada-2.0"),
    License(id="us-pd", title="United States government work (public domain)", url="https://www.usa.gov/government-works"),
    License(id="cdla-permissive-2.0", title="Community Data License Agreement, Permissive 2.0",
            url="https://cdla.dev/permissive-2-0/", spdx="CDLA-Permissive-2.0"),
    License(id="mit", title="MIT License", url="https://opensource.org/license/mit", spdx="MIT"),
    License(id="apache-2.0", title="Apache License 2.0", url="https://www.apache.org/licenses/LICENSE-2.0", spdx="Apache-2.0"),
)

# Short ids that people write, for licenses of which only one version exists.
SHORT_IDS: Mapping[str, str] = MappingProxyType(
    {"cc0": "cc0-1.0", "odc-by": "odc-by-1.0", "odbl": "odbl-1.0", "pddl": "pddl-1.0", "us-gov": "us-pd"})

_BY_ID = {each.id: each for each in _LICENSES}
BUILT_IN: Mapping[str, License] = MappingProxyType(_BY_ID | {short: _BY_ID[full] for short, full in SHORT_IDS.items()})

# Names as CKAN, JKAN, Socrata, ArcGIS Hub and data.json catalogs write them. A name that leaves the version open, such as
# "Creative Commons Attribution", is not among them: which text holds would be a guess.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "cc0-1.0": ("CC Zero", "CCZero", "Creative Commons CCZero", "Creative Commons CC Zero", "Creative Commons Zero",
                "Creative Commons CC0", "CC0 1.0 Universal", "CC0 1.0 Universal Public Domain Dedication",
                "Creative Commons 1.0 Universal", "Creative Commons Zero v1.0 Universal",
                "Creative Commons CC Zero License (cc-zero)"),
    "cc-by-4.0": ("CC BY 4.0", "Creative Commons Attribution 4.0 International",
                  "Creative Commons Attribution 4.0 International License", "Attribution 4.0 International"),
    "cc-by-sa-4.0": ("CC BY-SA 4.0", "Creative Commons Attribution-ShareAlike 4.0 International",
                     "Creative Commons Attribution Share-Alike 4.0"),
    "cc-by-nc-4.0": ("CC BY-NC 4.0", "Creative Commons Attribution-NonCommercial 4.0 International"),
    "cc-by-3.0": ("CC BY 3.0", "Creative Commons Attribution 3.0 Unported"),
    "cc-by-sa-3.0": ("CC BY-SA 3.0", "Creative Commons Attribution-ShareAlike 3.0 Unported"),
    "cc-pdm-1.0": ("Public Domain Mark", "Creative Commons Public Domain Mark 1.0"),
    "odc-by-1.0": ("ODC-BY", "Open Data Commons Attribution License", "Open Data Commons Attribution License (ODC-By)",
                   "Open Data Commons Attribution License v1.0"),
    "odbl-1.0": ("ODbL", "Open Database License", "Open Data Commons Open Database License",
                 "Open Data Commons Open Database License (ODbL)", "Open Data Commons Open Database License v1.0"),
    "pddl-1.0": ("PDDL", "ODC-PDDL-1.0", "ODC PDDL", "Open Data Commons Public Domain Dedication and License",
                 "Open Data Commons Public Domain Dedication and License (PDDL)"),
    "ogl-uk-3.0": ("OGL v3", "OGL 3", "Open Government Licence v3.0", "Open Government Licence 3.0",
                   "UK Open Government Licence v3.0"),
    "us-pd": ("U.S. Public Domain", "U.S. Government Work", "U.S. Government Works", "United States Government Work"),
    "mit": ("MIT", "The MIT License"),
    "apache-2.0": ("Apache 2", "Apache License, Version 2.0"),
}
_ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "cc0-1.0": ("opendefinition.org/licenses/cc-zero",),
    "odc-by-1.0": ("opendefinition.org/licenses/odc-by", "opendatacommons.org/licenses/by",
                   "opendatacommons.org/licenses/by/summary"),
    "odbl-1.0": ("opendefinition.org/licenses/odc-odbl", "opendatacommons.org/licenses/odbl",
                 "opendatacommons.org/licenses/odbl/summary"),
    "pddl-1.0": ("opendefinition.org/licenses/odc-pddl", "opendatacommons.org/licenses/pddl",
                 "opendatacommons.org/licenses/pddl/summary"),
    "us-pd": ("usa.gov/publicdomain/label/1.0", "usa.gov/government-copyright"),
    "mit": ("opensource.org/licenses/mit", "opensource.org/licenses/mit-license.php"),
    "apache-2.0": ("apache.org/licenses/license-2.0.html", "opensource.org/licenses/apache-2.0"),
}


def license_id_for(name_or_url: str) -> str | None:
    """The id of the built-in license that a name, an id, an SPDX identifier or an address certainly means."""
    given = name_or_url.strip()
    if "://" in given or given.lower().startswith(("www.", "//")):
        return _BY_ADDRESS.get(_address_key(given))
    return _BY_NAME.get(_name_key(given))


@lru_cache(maxsize=1_000)
def means_no_license(name: str) -> bool:
    """Whether the name or title of a license says that there is none. Catalogs that are imported bring such along."""
    return _name_key(name).strip(" .") in _NO_LICENSE


def _name_key(name: str) -> str:
    plain = normalize("NFKC", name).casefold().replace("licence", "license").replace("u.s.", "us")
    return " ".join(re.sub(r"[^a-z0-9.]+", " ", plain).split())


def _address_key(url: str) -> str:
    bare = re.sub(r"^(?:[a-z]+:)?//|[?#].*$", "", url.casefold())
    bare = re.sub(r"/(?:legalcode|deed)(?:\.[a-z-]+)?/?$", "", bare.removeprefix("www."))
    return bare.rstrip("/")


_BY_NAME: dict[str, str] = {
    _name_key(name): each.id
    for each in _LICENSES
    for name in (each.id, each.title, each.spdx or each.id, *_NAMES.get(each.id, ()))
} | {_name_key(short): full for short, full in SHORT_IDS.items()}
_BY_ADDRESS: dict[str, str] = {
    _address_key(url): each.id for each in _LICENSES for url in (each.url or "", *_ADDRESSES.get(each.id, ()))
}
_NO_LICENSE = frozenset(_name_key(each) for each in (
    "License Not Specified", "Not Specified", "notspecified", "No License Specified", "No License", "License not available",
    "Not Available", "Unspecified", "Unknown", "None", "Other", "Not Applicable", "N/A"))
