"""Addresses in feeds: in full where the site's own is known, because a feed is read far from where it was fetched."""

from __future__ import annotations

import re
from urllib.parse import quote

from cityfolio.model.catalog import Build
from cityfolio.pages.routes import absolute, relative


def address(feed: str, target: str, build: Build) -> str:
    """The address of a page or file as a feed names it: full, or relative to the feed when the site has none yet."""
    return absolute(build.base_url, target) if build.base_url else relative(feed, target, for_folder=build.for_folder)


def uri(url: str) -> str:
    """A full address as RFC 3986 writes it, with every other letter as %XX; "" where it is not full."""
    if "://" not in url:
        return ""
    start, mark, fragment = _STRAY.sub("%25", url).partition("#")
    return quote(start, safe=_URI_SAFE) + mark + quote(fragment, safe=_URI_SAFE)


_STRAY = re.compile("%(?![0-9A-Fa-f]{2})")
_URI_SAFE = "%/:?&=@+$,;!~*'()-._"
