"""The site as it would be now, in memory: each page is drawn when it is asked for, so that an edit shows at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

from cityfolio.build import Prepared
from cityfolio.files import MemoryTree, Tree
from cityfolio.folders import themes_root
from cityfolio.frozen import replace
from cityfolio.load.languages import SOURCE
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.records import SiteRecord
from cityfolio.model.site import CopyOf, Drawn, InPieces, Output
from cityfolio.pages.datasets import dataset_page
from cityfolio.pages.edit_routes import EDIT_KNOWN, EDIT_RULES, SOURCE_NAME
from cityfolio.pages.languages import words_of_language
from cityfolio.pages.pages import all_pages, site_of
from cityfolio.pages.plain import moved_page, plain_pages
from cityfolio.pages.routes import NOT_FOUND, dataset_url
from cityfolio.pages.shell import Page, Site, drawn
from cityfolio.pages.templates import Theme, fault_of, load_theme
from cityfolio.pages.trees import former_trees, is_shared
from cityfolio.plugins.applied import Additions
from cityfolio.problems import Problem
from cityfolio.review.edit_files import edit_files
from cityfolio.site_files import data_files
from cityfolio.site_languages import sites_of_languages


@dataclass(slots=True, eq=False)
class Edition:
    """A catalog that is ready to be drawn. One page is drawn at a time: what renders Markdown is shared."""

    site: Site
    theme: Theme
    catalog: Path                                   # the folder, for files that are published as they are
    files: Mapping[str, Output]                     # by site path: what is no page and needs no building
    drafts: frozenset[str] = frozenset()            # ids of datasets that residents do not see
    draft_measures: frozenset[str] = frozenset()
    forms: Callable[[], Mapping[str, Output]] = dict    # what the forms fetch, by site path: made once somebody opens one
    further: Mapping[str, Edition] = field(default_factory=dict)   # in the site's further languages, by the folder of each
    former: tuple[str, ...] = ()                    # the folders of languages that are gone
    _ways: Mapping[str, Callable[[], Page]] = field(default_factory=dict)   # to pages that need not be looked for
    _rest: Iterator[Page] = field(default_factory=lambda: iter(()))
    _pages: dict[str, Page] = field(default_factory=dict)
    _bodies: dict[str, bytes] = field(default_factory=dict)

    def page(self, url: str) -> bytes | Problem | None:
        """The page at a site path, the fault of the city's template that it cannot be drawn with, or None."""
        for tree, edition in self.further.items():
            if url.startswith(f"{tree}/"):
                return edition.page(url.removeprefix(tree))
        for tree in self.former:
            if url.startswith(f"{tree}/"):
                return self._moved(url, url.removeprefix(tree))
        if url not in self._bodies:
            body = self._drawn(partial(self._found, url))
            if not isinstance(body, bytes):
                return body
            self._bodies[url] = body
        return self._bodies[url]

    def file(self, url: str) -> bytes | Path | None:
        """What is at a site path and is no page; None for what only a build makes."""
        output = self.files.get(url) or (self.forms().get(url) if is_of_forms(url) else None)
        body = output.body if output else None
        if isinstance(body, InPieces):
            return b"".join(body.read())
        if body is None or isinstance(body, (bytes, Drawn)):
            return body  # type: ignore[return-value]  # bytes, as nothing here is known from before
        return self.catalog / body.path if isinstance(body, CopyOf) else Path(body.path)

    def _moved(self, old: str, new: str) -> bytes | Problem | None:
        """What a build writes at an address of a language that the site does not speak any more."""
        there = None if is_shared(new) else self.page(new)
        return self._drawn(partial(moved_page, old, new, self.site)) if isinstance(there, bytes) else there

    def _drawn(self, found: Callable[[], Page | None]) -> bytes | Problem | None:
        """A page that is to be found, as it is sent; the fault of the city's template that it cannot be drawn with, or None."""
        try:
            page = found()
            body = drawn(page, self.site).body if page else None
        except Exception as error:   # as when the whole site is drawn: what is not the city's is raised again
            fault = fault_of(error, self.theme)
            if fault is None:
                raise
            return fault
        assert body is None or isinstance(body, bytes)      # as every page
        return body

    def _found(self, url: str) -> Page | None:
        if url in self._pages:
            return self._pages[url]
        if url in self._ways:
            return self._ways[url]()
        for page in self._rest:
            self._pages[page.url] = page
            if page.url == url:
                return page
        return None


def is_of_forms(url: str) -> bool:
    """Whether a form may fetch what is at a site path."""
    return url in (EDIT_RULES, EDIT_KNOWN) or url.endswith(f"/{SOURCE_NAME}")


def edition_of(prepared: Prepared, catalog: Path, loaded: Loaded, draft_measures: frozenset[str]) -> Edition:
    """The site that a build would make, drafts included. `loaded` still tells them from the rest."""
    additions = Additions(prepared.plugins)
    sites = sites_of_languages(prepared.catalog, prepared.build, prepared.themes, additions.pages, additions.headings)
    first, *others = (_of_language(site, catalog, loaded, draft_measures) for site in sites)
    outputs = chain(*(site.assets.outputs for site in sites), data_files(prepared.offered, prepared.otherwise))
    record = prepared.catalog.site
    return replace(first, files={each.url: each for each in outputs},
                   former=former_trees(record.languages, record.former_languages),
                   forms=lru_cache(maxsize=1)(partial(_forms, loaded, prepared.workshop.tree, prepared.build)),
                   further={each.site.build.tree: each for each in others})


def _of_language(site: Site, catalog: Path, loaded: Loaded, draft_measures: frozenset[str]) -> Edition:
    """The pages of one language, without files."""
    return Edition(site=site, theme=site.theme, catalog=catalog, files={}, drafts=loaded.drafts,
                   draft_measures=draft_measures, _rest=all_pages(site),
                   _ways={dataset_url(each.id): partial(dataset_page, each, site) for each in site.catalog.datasets},
                   _pages={page.url: page for page in plain_pages(site)})


def frame_of(loaded: Loaded, build: Build, tree: Tree, catalog: Path) -> Edition | None:
    """The look of the site without its content, for what the server has to say while errors leave nothing else to show."""
    record = loaded.site.record if loaded.site else SiteRecord()
    empty = Catalog(site=replace(record, name=record.name or catalog.resolve().name), datasets=(), publishers=(), topics=())
    for name, city_tree in ((record.theme, tree), (SiteRecord().theme, MemoryTree({}))):   # the error may be in the theme
        words = words_of_language(next(iter(record.languages), SOURCE), city_tree)
        theme, _ = load_theme(name, (themes_root(),), city_tree, words)
        if theme is None:
            continue
        site = site_of(empty, build, theme)
        frame = Edition(site=site, theme=theme, catalog=catalog, files={each.url: each for each in site.assets.outputs},
                        _pages={page.url: page for page in plain_pages(site)})
        if isinstance(frame.page(NOT_FOUND), bytes):
            return frame
    return None


def _forms(loaded: Loaded, tree: Tree, build: Build) -> Mapping[str, Output]:
    """The files of drafts are among them: whoever edits a draft sees it."""
    made: dict[str, Output] = {}
    with suppress(OSError):      # a folder that is renamed while it is read: the rest is there after the next look
        for output in edit_files(loaded, tree, build):
            made[output.url] = output
    return made
