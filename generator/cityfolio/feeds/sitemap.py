"""`/sitemap.xml` as sitemaps.org 0.9 defines it, and `/robots.txt` (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from cityfolio.model.catalog import Build
from cityfolio.model.site import Output
from cityfolio.pages.routes import absolute
from cityfolio.pages.trees import tree_of

MAX_URLS = 50_000
UNLISTED = frozenset({"forward", "404", "search", "embed"})  # pages that nobody should find by searching


def sitemap(pages: Iterable[Output], build: Build, languages: tuple[str, ...] = ()) -> tuple[Output, ...]:
    """The sitemap, in parts with an index past 50,000 pages; nothing without a base URL, since full addresses are required.

    Where a site has several languages, each page names itself in all of them.
    """
    if not build.base_url:
        return ()
    entries = [
        _entry(page, build, languages)
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


def _entry(page: Output, build: Build, languages: tuple[str, ...]) -> str:
    modified = f"<lastmod>{page.updated}</lastmod>" if page.updated else ""
    alternates = _alternates(page.url, build, languages)
    return f"<url><loc>{escape(absolute(build.base_url, page.url))}</loc>{modified}{alternates}</url>"


def _alternates(url: str, build: Build, languages: tuple[str, ...]) -> str:
    if len(languages) < 2:
        return ""
    folders = {language: tree_of(language, languages) for language in languages}
    own = next((folder for folder in folders.values() if folder and url.startswith(f"{folder}/")), "")
    named = {**{language: folder + url[len(own):] for language, folder in folders.items()}, "x-default": url[len(own):]}
    links = {name: quoteattr(absolute(build.base_url, each)) for name, each in named.items()}
    return "".join(f'<xhtml:link rel="alternate" hreflang="{name}" href={link}/>' for name, link in links.items())


def _namespaces(entries: Sequence[str]) -> str:
    return ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' if entries and "<xhtml:link" in entries[0] else ""


def _file(url: str, root: str, entries: Sequence[str]) -> Output:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{_namespaces(entries)}>',
        *entries,
        f"</{root}>\n",
    ]
    return Output(url=url, body="\n".join(lines).encode(), media_type="application/xml", kind="feed", source="sitemap")
