"""Addresses in feeds: in full where the site's own is known, because a feed is read far from where it was fetched."""

from __future__ import annotations

from cityfolio.model.catalog import Build
from cityfolio.pages.routes import absolute, relative


def address(feed: str, target: str, build: Build) -> str:
    """The address of a page or file as a feed names it: full, or relative to the feed when the site has none yet."""
    return absolute(build.base_url, target) if build.base_url else relative(feed, target, for_folder=build.for_folder)
