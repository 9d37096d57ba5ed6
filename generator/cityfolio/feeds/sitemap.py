"""`/sitemap.xml` as sitemaps.org 0.9 defines it, and `/robots.txt` (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from cityfolio.model.catalog import Build
from cityfolio.model.site import Output
from cityfolio.pages.routes import absolute

MAX_URLS = 50_000
UNLISTED = frozenset({"forward", "404", "search", "embed"})  # pages that nobody should find by searching


def sitemap(pages: Iterable[Output], build: Build) -> tuple[Output, ...]:
    """The sitemap, in parts with an index past 50,000 pages; nothing without a base URL, since full addresses are required."""
    if not build.base_url:
        return ()
    entries = [
        _entry(page, build)
        for page in sorted(pages, key=lambda page: page.url)
        if page.media_type == "text/html" and page.kind not in UNLISTED
    ]
    parts = [entries[at : at + MAX_URLS] for at in range(0, len(entries), MAX_URLS)] or [[]]
    if len(parts) == 1:
        return (_file("/sitemap.xml", "urlset", parts[0]),)
    names = [f"/sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    listed = [f"<sitemap><loc>{escape(build.base_url + name)}</loc></sitemap>" for name in names]
    return (
        _file("/sitemap.xml", "sitemapindex", listed),
        *(_file(name, "urlset", part) for name, part in zip(names, parts, strict=True)),
    )


def robots(build: Build) -> Output:
    """Everything may be read; the sitemap says where to start."""
    body = "User-agent: *\nAllow: /\n" + (f"Sitemap: {build.base_url}/sitemap.xml\n" if build.base_url else "")
    return Output(url="/robots.txt", body=body.encode(), media_type="text/plain", kind="feed", source="robots.txt")


def _entry(page: Output, build: Build) -> str:
    modified = f"<lastmod>{page.updated}</lastmod>" if page.updated else ""
    return f"<url><loc>{escape(absolute(build.base_url, page.url))}</loc>{modified}</url>"


def _file(url: str, root: str, entries: Iterable[str]) -> Output:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *entries,
        f"</{root}>\n",
    ]
    return Output(url=url, body="\n".join(lines).encode(), media_type="application/xml", kind="feed", source="sitemap")
