"""The HTTP headers that a site is meant to be sent with. `serve` sends them, so that what works there works in public.

What a host of files cannot know by the endings of names stands in `/_headers`, for hosts that read such a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from cityfolio.model.formats import format_of
from cityfolio.model.site import Output

ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# For what is not a page of ours: a picture or a document from the catalog that is opened by itself may run nothing.
CLOSED_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"
# A worker has the policy that its script is sent with, whatever that of the page is. The second one runs WebAssembly.
WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
WORKER_POLICIES: Mapping[str, str] = {
    "explorer-worker": WORKER_POLICY, "sql-worker": WORKER_POLICY.replace("'self';", "'self' 'wasm-unsafe-eval';", 1),
}
EMBED = "embed/"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

TEXT_TYPES: Mapping[str, str] = {
    "html": "text/html", "css": "text/css", "js": "text/javascript", "mjs": "text/javascript", "txt": "text/plain",
    "svg": "image/svg+xml", "atom": "application/atom+xml", "xml": "application/xml",
}
OTHER_TYPES: Mapping[str, str] = {
    "gif": "image/gif", "ico": "image/x-icon", "jpeg": "image/jpeg", "webp": "image/webp", "woff2": "font/woff2",
    "ics": "text/calendar", "jsonld": "application/ld+json", "rdf": "application/rdf+xml", "ttl": "text/turtle",
    "pmtiles": "application/vnd.pmtiles", "sqlite": "application/vnd.sqlite3",
    "wasm": "application/wasm", "webmanifest": "application/manifest+json",
}
# Standards give these addresses, which have no ending that tells.
TYPES_BY_PATH: Mapping[str, str] = {
    "api/3/action/": "application/json",
    ".well-known/api-catalog": 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
}
HASHED = re.compile(r"assets/.*[.-][0-9a-f]{8,64}\.[a-z0-9]+|(?:[a-z0-9-]+/)?search/index/[0-9a-f]{8,64}/.*")
ALL_HASHED = "assets/"      # the folder in which every file is named by its content
WORKER = re.compile(r"assets/([a-z-]+)-[0-9a-f]{8,64}\.js")
HEADERS = "/_headers"
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def headers_file() -> Output:
    """What Netlify, Cloudflare Pages and others alike read: a path on a line, and below it the headers for what is there.

    Headers that several rules name are joined into one, so what differs within the site, as policies do, is not among them.
    """
    rules: dict[str, Mapping[str, str]] = {"/*": ALWAYS}
    rules[f"/{ALL_HASHED}*"] = {"Cache-Control": FOR_EVER}
    rules |= {f"/{path}*" if path.endswith("/") else f"/{path}": {"Content-Type": kind} for path, kind in TYPES_BY_PATH.items()}
    lines = [line for path, said in rules.items() for line in (path, *(f"  {name}: {value}" for name, value in said.items()))]
    return Output(url=HEADERS, body="\n".join([*lines, ""]).encode(), media_type="text/plain", kind="asset", source="headers")


def media_type(path: str) -> str:
    """The Content-Type of a file of the site. Data files may be in any encoding, so none is claimed for them."""
    if named := next((kind for start, kind in TYPES_BY_PATH.items() if path.startswith(start)), ""):
        return named
    ending = path.rpartition("/")[2].rpartition(".")[2].lower()
    if ending in TEXT_TYPES:
        return f"{TEXT_TYPES[ending]}; charset=utf-8"
    return OTHER_TYPES.get(ending) or format_of(path).media_type


def cache_control(path: str) -> str:
    """How long a file may be kept: for ever where its name changes with its content, else until asked again."""
    return FOR_EVER if HASHED.fullmatch(path) else ASK_AGAIN


def policy_beside(path: str) -> str:
    """The Content-Security-Policy of a file that is no page."""
    named = WORKER.fullmatch(path)
    return WORKER_POLICIES.get(named[1], CLOSED_POLICY) if named else CLOSED_POLICY


def framing(path: str) -> str:
    """Who may show a page within theirs: everybody what is made for it, nobody else what is not."""
    return "frame-ancestors *" if path.startswith(EMBED) else "frame-ancestors 'self'"


def policy_of(page: bytes) -> str | None:
    """The Content-Security-Policy that a page carries; None for what is not a page of ours."""
    found = POLICY.search(page)
    return unescape(found[1].decode()) if found else None
