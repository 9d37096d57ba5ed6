"""What a web server has to be told of a site, whatever its language: types, policies, how long a file stays, what moved."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from cityfolio.frozen import Frozen
from cityfolio.model.site import Manifest
from cityfolio.publish.headers import (
    ASK_AGAIN,
    CLOSED_POLICY,
    EMBED,
    FOR_EVER,
    HASHED,
    HEADERS,
    TYPES_BY_PATH,
    WORKER_POLICIES,
    framing,
    media_type,
)
from cityfolio.publish.redirects import REDIRECTS, Moved

ROOT = "/var/www/site"
HTML = ".html"


class Place(Frozen, kw_only=True):
    """Where a server has the site."""

    root: str = ROOT                     # the folder on the server
    moved: tuple[Moved, ...] = ()


class Rule(Frozen, kw_only=True):
    """A header for the addresses that a pattern fits, in the language of PCRE; "" fits every address."""

    pattern: str
    value: str


class Facts(Frozen, kw_only=True):
    """What stands in every snippet."""

    host: str                            # "data.example.gov"; "" where the site's address is not known
    prefix: str                          # "" or "/portal", where the site is not alone at its host
    root: str
    types: Mapping[str, str]             # ending -> media type
    bare_types: Mapping[str, str]        # the beginning of an address -> media type, of files without an ending
    cache: tuple[Rule, ...]              # of several that fit, the last one holds
    policies: tuple[Rule, ...]
    moved: Mapping[str, str]             # an address as it is -> one in percent-encoding
    not_found: str
    for_hosts: tuple[str, ...]           # addresses of files that some hosts read, and that no server of one's own shows


def facts(manifest: Manifest, place: Place) -> Facts:
    """Gather them from the manifest of a site."""
    parts = urlsplit(manifest.base_url)
    prefix = parts.path.rstrip("/")
    endings = {path.rpartition(".")[2].lower() for path in manifest.entries if "." in path.rpartition("/")[2]}
    return Facts(
        host=parts.hostname or "", prefix=prefix, root=place.root,
        types={ending: media_type(f"any.{ending}") for ending in sorted(endings) if ending.isalnum()},
        bare_types={f"{prefix}/{start}": kind for start, kind in TYPES_BY_PATH.items()
                    if any(path.startswith(start) for path in manifest.entries)},
        cache=(Rule(pattern="", value=ASK_AGAIN), Rule(pattern=f"^{prefix}/(?:{HASHED.pattern})$", value=FOR_EVER)),
        policies=_policies(prefix),
        moved={f"{prefix}{each.old}": quote(f"{prefix}{each.new}") for each in place.moved},
        not_found=f"{prefix}/404.html",
        for_hosts=tuple(f"{prefix}{address}" for address in (HEADERS, REDIRECTS)),
    )


def _policies(prefix: str) -> tuple[Rule, ...]:
    """A page carries its own policy and is told only who may frame it; what is no page may do nothing."""
    page = r"(?:/|\.html)$"
    workers = (Rule(pattern=f"^{prefix}/assets/{name}-[0-9a-f]{{8,64}}\\.js$", value=policy)
               for name, policy in sorted(WORKER_POLICIES.items()))
    return (Rule(pattern="", value=CLOSED_POLICY), *workers, Rule(pattern=page, value=framing("index.html")),
            Rule(pattern=f"^{prefix}/{EMBED}.*{page}", value=framing(EMBED)))
