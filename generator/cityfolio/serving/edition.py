"""The site as it would be now, in memory: each page is drawn when it is asked for, so that an edit shows at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from cityfolio.build import Prepared, data_files
from cityfolio.feeds.schema_org import data_blocks
from cityfolio.model.site import CopyOf, Output
from cityfolio.pages.datasets import dataset_page
from cityfolio.pages.pages import all_pages, site_of
from cityfolio.pages.plain import plain_pages
from cityfolio.pages.routes import dataset_url
from cityfolio.pages.shell import Page, Site, drawn
from cityfolio.pages.templates import Theme, fault_of
from cityfolio.problems import Problem


@dataclass(slots=True, eq=False)
class Edition:
    """A catalog that is ready to be drawn. One page is drawn at a time: what renders Markdown is shared."""

    site: Site
    theme: Theme
    catalog: Path                                   # the folder, for files that are published as they are
    files: Mapping[str, Output]                     # by site path: what is no page and needs no building
    drafts: frozenset[str] = frozenset()            # ids of datasets that residents do not see
    draft_measures: frozenset[str] = frozenset()
    _ways: Mapping[str, Callable[[], Page]] = field(default_factory=dict)   # to pages that need not be looked for
    _rest: Iterator[Page] = field(default_factory=lambda: iter(()))
    _pages: dict[str, Page] = field(default_factory=dict)
    _bodies: dict[str, bytes] = field(default_factory=dict)

    def page(self, url: str) -> bytes | Problem | None:
        """The page at a site path, the fault of the city's template that it cannot be drawn with, or None."""
        if url in self._bodies:
            return self._bodies[url]
        try:
            found = self._found(url)
            if found is None:
                return None
            body = drawn(found, self.site).body
        except Exception as error:   # as when the whole site is drawn: what is not the city's is raised again
            fault = fault_of(error, self.theme)
            if fault is None:
                raise
            return fault
        assert isinstance(body, bytes)      # as every page
        self._bodies[url] = body
        return body

    def file(self, url: str) -> bytes | Path | None:
        """What is at a site path and is no page; None for what only a build makes."""
        output = self.files.get(url)
        if output is None or isinstance(output.body, bytes):
            return output.body if output else None  # type: ignore[return-value]  # bytes, by the test above
        return self.catalog / output.body.path if isinstance(output.body, CopyOf) else Path(output.body.path)

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


def edition_of(prepared: Prepared, catalog: Path, drafts: frozenset[str], draft_measures: frozenset[str]) -> Edition:
    """The site that a build would make, drafts included."""
    known, build = prepared.catalog, prepared.build
    site = replace(site_of(known, build, prepared.theme), data_block=data_blocks(known, build))
    outputs = chain(site.assets.outputs, data_files(prepared.offered, prepared.tables))
    return Edition(site=site, theme=prepared.theme, catalog=catalog, files={each.url: each for each in outputs}, drafts=drafts,
                   draft_measures=draft_measures, _rest=all_pages(site),
                   _ways={dataset_url(each.id): partial(dataset_page, each, site) for each in known.datasets},
                   _pages={page.url: page for page in plain_pages(site)})
