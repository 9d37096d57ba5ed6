"""Builds docs/ into static pages with Cityfolio's own Markdown, theme, search and verification: `make docs-site`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cityfolio import __version__
from cityfolio.cache import NoCache
from cityfolio.files import FolderTree, MemoryTree
from cityfolio.folders import themes_root
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.records import SiteRecord
from cityfolio.model.site import Output
from cityfolio.pages.assets import assets
from cityfolio.pages.routes import SEARCH
from cityfolio.pages.shell import POLICY, Frame, Link, Page, Site, frame
from cityfolio.pages.templates import load_theme
from cityfolio.problems import count
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.scan import Scan, met_in
from cityfolio.publish.sinks import Sink
from cityfolio.publish.write import Edition, Written, write_site
from cityfolio.search import INDEX, speech_of
from cityfolio.search.documents import Document as Found
from cityfolio.search.index import index_files
from cityfolio.search.plain_words import plain
from cityfolio.speech import Speech
from docs_pages import (
    KINDS,
    ROOT,
    Document,
    Heading,
    documents,
    headings,
    linked_places,
    path_of,
    picture_of,
    rendered_document,
    summary_of,
)

THEME = ROOT / "tools" / "docs_theme"
PICTURES = ROOT / "docs" / "pictures"
NOW = datetime(2026, 1, 1, tzinfo=UTC)      # no page shows a day
OWN_FRONT = ("problems", "decisions")       # their README lists them
# What the words of a kind count for in the search: a page on one code does not stand before the guide to the whole matter.
STANDING = {"reference": 0.9, "decisions": 0.6, "problems": 0.5, "project": 0.5}
MEDIA_TYPES = {".png": "image/png", ".webp": "image/webp", ".json": "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document in a list."""

    link: Link
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """What `document.html` shows."""

    title: str
    crumbs: tuple[Link, ...]
    headings: tuple[Heading, ...]     # those of the second level, where there are some
    text: Markup
    entries: tuple[Entry, ...]        # the documents of a kind, on the page of the kind


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """What `docs_search.html` shows."""

    kinds: tuple[Link, ...]
    months: str


def docs_site(base_url: str = "", for_folder: bool = False) -> Iterator[Output]:
    """Every page, asset and file of the site."""
    site, all_documents = _site(base_url, for_folder), documents()
    pictures = {path.name: picture_of(f"/pictures/{path.name}", path.read_bytes()) for path in sorted(PICTURES.glob("*.*"))}
    yield from site.assets.outputs
    for document in all_documents:
        text = rendered_document(document, _linking(document.url, site), pictures)
        listed = _entries(all_documents, document.kind, document.url, site) if _is_front_of_kind(document) else ()
        yield _drawn(_document_page(document, text, () if document.kind in OWN_FRONT else listed, site), site)
    fronts = {document.url for document in all_documents}
    for kind in KINDS:
        if f"/{kind}/" not in fronts:
            yield _drawn(_kind_page(kind, all_documents, site), site)
    yield _drawn(_search_page(site), site)
    places = {place for each in all_documents for place in linked_places(each.text)} - fronts
    for folder in sorted(place for place in places if place.endswith("/")):
        files = [path.name for path in sorted((ROOT / path_of(folder)).glob("*.*"))]
        yield _drawn(_folder_page(folder, files, site), site)
        places |= {folder + name for name in files}
    yield from (_file(place) for place in sorted(places) if not place.endswith("/"))
    if not for_folder:
        yield from _index(all_documents, site)


def write_docs_site(sink: Sink, base_url: str = "", for_folder: bool = False) -> Written:
    """Write the site, verified as that of a city is: every link, no other host, no script or style in a page."""
    edition = Edition(made_by=f"cityfolio {__version__} docs", base_url=base_url, policy=POLICY,
                      scan=Scan(harmless=_examples()))
    return write_site(docs_site(base_url, for_folder), MemoryTree({}), sink, edition)


def _examples() -> frozenset[bytes]:
    """What the pages about problems show on purpose: invented secrets and numbers that a build would refuse."""
    return frozenset(met.text for each in documents() if each.kind == "problems" for met in met_in(each.text.encode()))


def _site(base_url: str, for_folder: bool) -> Site:
    record = SiteRecord(name="Cityfolio documents")
    theme, problems = load_theme("civic", (themes_root(),), FolderTree(THEME))
    assert theme, problems
    assert not count(problems, "error"), problems
    catalog = Catalog(site=record, datasets=(), publishers=(), topics=())
    return Site(catalog, Build(now=NOW, base_url=base_url, for_folder=for_folder), theme, assets(theme, record), {}, titles={},
                publishers={}, sections=(), keeping=(), has_feed=False)


def _linking(page: str, site: Site) -> Any:   # Any: a function with a name is none for the type checker's `Callable`
    return lambda url: site.link(page, url)


def _is_front_of_kind(document: Document) -> bool:
    return document.url == f"/{document.kind}/"


def _document_page(document: Document, text: Markup, entries: tuple[Entry, ...], site: Site) -> Page:
    up = () if not document.kind or _is_front_of_kind(document) else (f"/{document.kind}/",)
    crumbs = tuple(Link(href=site.link(document.url, url), text=KINDS[document.kind][0]) for url in up)
    second = tuple(each for each in headings(text) if each.level == 2)
    view = DocumentView(title=document.title, crumbs=crumbs, headings=second if len(second) > 2 else (), text=text,
                        entries=entries)
    return Page(url=document.url, kind="document", template="document.html", title=document.title, view=view,
                source=document.path, description=summary_of(document), section=f"/{document.kind}/")


def _kind_page(kind: str, all_documents: Iterable[Document], site: Site) -> Page:
    url, (title, purpose) = f"/{kind}/", KINDS[kind]
    view = DocumentView(title=title, crumbs=(), headings=(), text=Markup("<p>{}</p>").format(purpose),
                        entries=_entries(all_documents, kind, url, site))
    return Page(url=url, kind="document", template="document.html", title=title, view=view, source=f"docs/{kind}",
                description=purpose, section=url)


def _entries(all_documents: Iterable[Document], kind: str, page: str, site: Site) -> tuple[Entry, ...]:
    return tuple(Entry(link=Link(href=site.link(page, each.url), text=each.title), summary=summary_of(each))
                 for each in all_documents if each.kind == kind and each.url != page)


def _search_page(site: Site) -> Page:
    view = SearchView(kinds=_navigation(SEARCH, "", site), months=",".join(site.words.months()))
    return Page(url=SEARCH, kind="search", template="docs_search.html", title="Search", view=view, source="docs", listed=False)


def _drawn(page: Page, site: Site) -> Output:
    template = site.theme.environment.get_template(page.template)
    text = template.render(frame=_frame(page, site), view=page.view, version=__version__)
    return Output(url=page.url, body=text.encode(), media_type="text/html", kind=page.kind, source=page.source)


def _frame(page: Page, site: Site) -> Frame:
    """The frame of a city's page, with the kinds of documents in its navigation and without what tells of data."""
    drawn = frame(page, site)
    box = replace(drawn.search, action=site.link(page.url, "/how-to/"))
    return replace(drawn, navigation=_navigation(page.url, page.section, site), search=box, keeping=(), help=(), twins=(),
                   twin_types=())


def _navigation(page: str, section: str, site: Site) -> tuple[Link, ...]:
    return tuple(Link(href=site.link(page, f"/{kind}/"), text=title, current=f"/{kind}/" == section)
                 for kind, (title, _) in KINDS.items())


def _folder_page(url: str, files: Iterable[str], site: Site) -> Page:
    entries = tuple(Entry(link=Link(href=site.link(url, url + name), text=name), summary="") for name in files)
    view = DocumentView(title=path_of(url), crumbs=(), headings=(), text=Markup(""), entries=entries)
    return Page(url=url, kind="document", template="document.html", title=path_of(url), view=view, source=path_of(url))


def _file(url: str) -> Output:
    """A picture, a schema, or whatever else documents lead to."""
    path = ROOT / path_of(url)
    return Output(url=url, body=path.read_bytes(), media_type=MEDIA_TYPES.get(path.suffix, "text/plain"), kind="data",
                  source=path_of(url))


def _index(all_documents: Iterable[Document], site: Site) -> Iterator[Output]:
    found = [_found(each, site) for each in all_documents if each.kind]
    files: Mapping[str, bytes] = index_files(found, speech_of(site.catalog), None, NoCache())
    for path, body in files.items():
        yield Output(url=INDEX + path, body=body, media_type="application/octet-stream", kind="search", source="docs")


def _found(document: Document, site: Site) -> Found:
    """A document as the search finds it: by its title, its headings, and all its words.

    It goes for a dataset, the kind that the box on every page offers while somebody types.
    """
    words = tuple(each.text for each in headings(rendered_document(document, _linking(document.url, site), _AnyPicture())))
    return Found(id=document.path, kind="dataset", title=document.title, url=document.url, text=summary_of(document),
                 about=KINDS[document.kind][0], standing=STANDING.get(document.kind, 1.0),
                 fields={"keywords": words, "description": (plain(document.text),)})


class _AnyPicture(dict[str, Any]):   # Any: a picture of no size, where only words are looked at
    def __missing__(self, name: str) -> Any:
        return picture_of(name, b"\x89PNG" + bytes(20))


def main(words: list[str]) -> int:
    """Build the site into a folder, and say where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "build" / "docs-site")
    parser.add_argument("--base-url", default="", help="where it will be published")
    parser.add_argument("--for-folder", action="store_true",
                        help="make links that work without a web server; then nothing is searched")
    given = parser.parse_args(words)
    given.output.parent.mkdir(parents=True, exist_ok=True)
    written = write_docs_site(FolderSink(given.output), given.base_url, given.for_folder)
    Speech.of("text", quiet=False, verbose=False).report(written.problems, "")
    if written.manifest is None:
        return 1
    print(f"{given.output}: {len(written.manifest.entries)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
