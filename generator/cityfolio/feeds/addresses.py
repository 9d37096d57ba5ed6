"""Addresses in feeds: in full where the site's own is known, because a feed is read far from where it was fetched."""

from __future__ import annotations

import re
from urllib.parse import quote

from cityfolio.model.catalog import Build
from cityfolio.pages.trees import absolute, relative


def address(feed: str, target: str, build: Build) -> str:
    """The address of a page or file as a feed names it: full, or relative to the feed when the site has none yet."""
    return absolute(target, build) if build.base_url else relative(feed, target, build)


def uri(url: str) -> str:
    """A full address as RFC 3986 writes it, with every other letter as %XX; "" where it is not full."""
    if "://" not in url:
        return ""
    if _AS_IT_IS.fullmatch(url):
        return url
    start, mark, fragment = _STRAY.sub("%25", url).partition("#")
    return quote(start, safe=_URI_SAFE) + mark + quote(fragment, safe=_URI_SAFE)


_STRAY = re.compile("%(?![0-9A-Fa-f]{2})")
# What most addresses are made of: nothing in them is written as %XX, and to see that takes less than to look for it.
_AS_IT_IS = re.compile(r"[A-Za-z0-9/:?&=._~-]*(?:#[A-Za-z0-9/._~-]*)?")
_URI_SAFE = "%/:?&=@+$,;!~*'()-._"
