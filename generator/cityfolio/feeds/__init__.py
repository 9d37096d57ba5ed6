"""What machines read: the catalog as JSON, Atom feeds, the sitemap, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable

from cityfolio.feeds.atom import atom_feeds
from cityfolio.feeds.catalog_json import catalog_json
from cityfolio.feeds.oembed import oembeds
from cityfolio.feeds.outlines import outlines
from cityfolio.feeds.sitemap import robots, sitemap
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output

__all__ = ["feeds"]


def feeds(catalog: Catalog, build: Build, pages: Iterable[Output]) -> tuple[Output, ...]:
    """Every feed. The sitemap lists the pages that it is given."""
    return (catalog_json(catalog, build), *atom_feeds(catalog, build), *outlines(catalog, build), *oembeds(catalog, build),
            *sitemap(pages, build),
            robots(build))
