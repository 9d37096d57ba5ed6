"""What a table's page says to its script about maps, and what its policy must allow for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset, File
from cityfolio.model.records import SiteRecord
from cityfolio.pages.routes import file_url, relative
from cityfolio.pages.trees import Linking

GEOJSON = "GeoJSON"
MAPPED = ("file", "embed")         # types of page that show maps
PLAIN_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


class Boundary(Frozen, kw_only=True):
    """A file of shapes whose outlines are drawn on every map."""

    title: str
    url: str                      # site path


def boundaries(site: SiteRecord, datasets: Mapping[str, Dataset]) -> Iterator[Boundary]:
    """The boundaries that a city names, as far as they are published as GeoJSON."""
    for name in site.map.boundaries if site.map else ():
        identifier, _, path = name.partition("/")
        dataset = datasets.get(identifier)
        files = dataset.files if dataset and dataset.status == "published" else ()
        found = [_geojson(file) for file in files if path in ("", file.record.path)]
        published = next((each for each in found if each), "")
        if dataset and published:
            yield Boundary(title=dataset.title, url=file_url(dataset.id, published))


def _geojson(file: File) -> str:
    """The published name of a file's shapes; "" where they are not published."""
    if file.format == GEOJSON and file.name:
        return file.name
    return next((each.name for each in file.exports if each.format == GEOJSON and not each.plugin), "")


def map_base(page_url: str, site: SiteRecord, datasets: Mapping[str, Dataset],
             link: Linking = relative) -> dict[str, object]:
    """What lies below the rows of a map and where it opens, as JSON for the script; links are relative to the page."""
    said: dict[str, object] = {
        "boundaries": [{"title": each.title, "url": link(page_url, each.url)} for each in boundaries(site, datasets)],
    }
    settings = site.map
    if settings and settings.center:
        said["center"] = [settings.center.latitude, settings.center.longitude]
    if settings and settings.zoom is not None:
        said["zoom"] = round(settings.zoom)
    if settings and settings.tiles and tile_host(site):
        said["tiles"] = {"url": settings.tiles.url, "attribution": settings.tiles.attribution or ""}
    return said


def tile_host(site: SiteRecord) -> str:
    """The host that maps fetch pictures from, as a policy names it: "https://tiles.example.gov"; "" when there is none."""
    parts = urlsplit(site.map.tiles.url or "" if site.map and site.map.tiles else "")
    # A policy ends a rule at ";" and an address need not, so only a plain host is let in.
    if parts.scheme != "https" or not PLAIN_HOST.fullmatch(parts.hostname or ""):
        return ""
    return f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else "")


def map_policy(policy: str, site: SiteRecord) -> str:
    """A page's policy, with the tile server's pictures allowed where the city names one."""
    host = tile_host(site)
    return policy.replace("img-src 'self'", f"img-src 'self' {host}") if host else policy
