"""`/.well-known/api-catalog` (RFC 9727): where programs look for what a site offers them, as a set of links (RFC 9264).

Of the names that are registered for this folder no other fits: `void` is about RDF in a form that DCAT has replaced, and
`security.txt` is for a city to write, who alone knows whom to tell of a hole.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.model.catalog import Build
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.program_address import GEO_JSON, JSON, LD_JSON, LINKS, TURTLE

SERVICES = ((routes.CATALOG_JSON, JSON), (routes.DCAT_US, JSON), (routes.DCAT_US_3, JSON), (routes.DCAT_AP, TURTLE),
            (routes.DCAT_AP_JSON, LD_JSON), (routes.OGC, JSON), (routes.OGC_RECORDS, GEO_JSON), (routes.STAC, JSON),
            (routes.ckan_action_url("package_search"), JSON))


def api_catalog(build: Build) -> Iterator[Output]:
    """The links. Their addresses have to be full, so without the site's own there is none."""
    if not build.base_url:
        return

    def full(url: str) -> str:
        return address(routes.API_CATALOG, url, build)

    items = [{"href": full(url), "type": media_type} for url, media_type in SERVICES]
    described = {"service-desc": [{"href": full(routes.OPENAPI), "type": "application/vnd.oai.openapi+json"}],
                 "service-doc": [{"href": full(routes.DEVELOPERS), "type": "text/html"}]}
    linkset = [{"anchor": full(routes.API_CATALOG), "item": items}, {"anchor": full(routes.HOME), **described}]
    yield Output(url=routes.API_CATALOG, body=orjson.dumps({"linkset": linkset}), media_type=LINKS, kind="feed",
                 source="api-catalog")
