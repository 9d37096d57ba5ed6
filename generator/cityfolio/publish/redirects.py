"""Addresses that moved, as hosts are told them: the site has a page at each, which forwards; a host can do it at once.

The file is read by Netlify, Cloudflare Pages and others. They differ in one thing: Netlify shows a page that lies at an address
unless the status ends in "!", which Cloudflare takes for a slip and passes over. So each move stands on two lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, unquote

from cityfolio.frozen import Frozen
from cityfolio.model.site import Output

REDIRECTS = "/_redirects"
STATUSES = ("301!", "301")
FIELDS = 3
MOST = 2_000           # that Cloudflare Pages reads; the rest have their pages
PATTERNS = (":", "*")  # such a host takes these for places to fill in
HEAD = "# Where addresses went. Each stands twice: the first line is for Netlify, the second for others.\n"


class Moved(Frozen, kw_only=True):
    """An address that leads elsewhere, for good. Both are site paths, written as themselves."""

    old: str
    new: str


def redirects_file(moved: Iterable[Moved]) -> Output | None:
    """The file for hosts; None where nothing has moved that can be told them."""
    told = sorted((each.old, each.new) for each in moved if not any(sign in each.old for sign in PATTERNS))[:MOST]
    if not told:
        return None
    lines = (f"{quote(old)} {quote(new)} {status}\n" for old, new in told for status in STATUSES)
    body = HEAD + "".join(lines)
    return Output(url=REDIRECTS, body=body.encode(), media_type="text/plain", kind="asset", source="redirects")


def redirects_in(text: str) -> tuple[Moved, ...]:
    """The addresses that such a file names."""
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    found = {unquote(line[0]): unquote(line[1]) for line in lines if len(line) == FIELDS}
    return tuple(Moved(old=old, new=new) for old, new in found.items())
