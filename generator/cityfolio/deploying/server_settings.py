"""Settings for a web server of the city's own, made from the site that is to lie there."""

from __future__ import annotations

from pathlib import Path

from cityfolio.files import read_bytes
from cityfolio.publish.addresses import path_of
from cityfolio.publish.deploying.target import Refused
from cityfolio.publish.manifest import manifest_in
from cityfolio.publish.redirects import REDIRECTS, redirects_in
from cityfolio.publish.snippets import Kind, snippet
from cityfolio.publish.snippets_facts import ROOT, Place


def server_settings(kind: Kind, site: Path, root: str | None) -> str:
    """What a server of some kind is told about a built site. Raises Refused where there is none."""
    manifest = manifest_in(site)
    if manifest is None:
        raise Refused(f"{site} holds no site", "Build it first: cityfolio build.")
    path = path_of(REDIRECTS)
    moved = read_bytes(site / path).decode() if path in manifest.entries else ""
    return snippet(kind, manifest, Place(root=root or ROOT, moved=redirects_in(moved)))
