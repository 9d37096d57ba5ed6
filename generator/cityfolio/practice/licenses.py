"""Which licenses are named, and which are open: what has them anybody may use, change and share for any purpose."""

from __future__ import annotations

from cityfolio.load.licenses import BUILT_IN, means_no_license
from cityfolio.model.catalog import License

# Built-in licenses that meet the Open Definition 2.1 (opendefinition.org/licenses, or works in the public domain).
OPEN = frozenset({
    "cc0-1.0", "cc-by-4.0", "cc-by-sa-4.0", "cc-by-3.0", "cc-by-sa-3.0", "cc-pdm-1.0", "odc-by-1.0", "odbl-1.0", "pddl-1.0",
    "ogl-uk-3.0", "ogl-canada-2.0", "us-pd", "cdla-permissive-2.0", "mit", "apache-2.0",
})
_BY_SPDX = {each.spdx.lower(): each.id for each in BUILT_IN.values() if each.spdx}


def is_open(terms: License | None) -> bool:
    """Whether a license is open. A city's own is where its SPDX identifier is that of an open one."""
    if terms is None:
        return False
    own = BUILT_IN.get(terms.id) != terms
    return (_BY_SPDX.get((terms.spdx or "").lower()) if own else terms.id) in OPEN


def is_named(terms: License | None) -> bool:
    """Whether there is a license. One whose title says that there is none is none; catalogs that are imported bring such."""
    return terms is not None and not means_no_license(terms.title)
