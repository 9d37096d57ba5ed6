"""Settings for web servers of a city's own, made from the site that they are to show: nginx, Apache and Caddy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from cityfolio.model.site import Manifest
from cityfolio.publish.snippets_apache import apache
from cityfolio.publish.snippets_caddy import caddy
from cityfolio.publish.snippets_facts import Facts, Place, facts
from cityfolio.publish.snippets_nginx import nginx

Kind = Literal["nginx", "apache", "caddy"]
KINDS: Mapping[Kind, Callable[[Facts], str]] = {"nginx": nginx, "apache": apache, "caddy": caddy}


def snippet(kind: Kind, manifest: Manifest, place: Place | None = None) -> str:
    """What a server of some kind is told: security headers, types, how long files stay, packed forms, 404, what moved."""
    return KINDS[kind](facts(manifest, place or Place()))
