"""What pages came to in the build before, so that those drawn from the same are not drawn again.

These are the own pages of each dataset and those that list datasets, which are most of all. Of a page only its address and
digest are known. Its bytes are those of the former site, if they lie there still as they were; else it is drawn. Where a cache
cannot be written or read, every page is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import orjson

from cityfolio.cache import Keep
from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset
from cityfolio.model.site import Drawn, Manifest, Output
from cityfolio.pages.own_pages import common_digest, line_digest, listing_digest, own_digest, own_pages
from cityfolio.pages.shell import Page, Site
from cityfolio.publish.addresses import path_of

Draw = Callable[[Page], Output | None]     # None: a template of the city's failed on it


class KnownPage(Frozen):
    """A page as it was drawn."""

    url: str
    kind: str
    source: str
    updated: str              # a day, or ""
    bytes: int
    sha256: str


@dataclass(slots=True)
class KnownPages:
    """The pages of the build before by what they were drawn from, and those of this build."""

    cache: Keep
    common: str               # what all of them share; "" where nothing is to be known
    before: Mapping[str, list[KnownPage]]
    tree: str = ""            # the folder that the pages lie below, of a further language
    now: dict[str, list[KnownPage]] = field(default_factory=dict)      # without their digests, before they were written
    _own: dict[str, str] = field(default_factory=dict)      # what the pages of datasets are drawn from, by the dataset's id
    _listed: dict[int, str] = field(default_factory=dict)   # what datasets are listed by, by the identity of what a site keeps

    @classmethod
    def of(cls, site: Site, cache: Keep, program: str) -> KnownPages:
        """What is known of a site's pages. `program` is a digest of the program itself; "" where it is not known."""
        common = common_digest(site, program) if program else ""
        body = cache.get(_key(common)) if common else None
        before = orjson.loads(body) if body else {}
        return cls(cache, common, {key: [KnownPage(*page) for page in pages] for key, pages in before.items()},
                   site.build.tree)

    def forget(self) -> None:
        """Know nothing of the build before: without its site all is drawn, and of what is unknown others draw their share."""
        self.before = {}

    def unknown(self, site: Site) -> Sequence[Dataset]:
        """The datasets whose own pages are to be drawn, in the order that they are drawn in."""
        if not self.before:
            return site.catalog.datasets
        return [each for each in site.catalog.datasets if not self.before.get(self._own_digest(each, site))]

    def outputs(self, dataset: Dataset, site: Site, draw: Draw, ahead: Iterator[Sequence[Output]]) -> Iterator[Output]:
        """The own pages of a dataset, each drawn now or known. `ahead` has those that are unknown and were drawn already."""
        own = self._own_digest(dataset, site)
        known = self.before.get(own)
        if known:
            self.now[own] = known
            yield from (_output(page, partial(_drawn_again, dataset, site, draw, page.url)) for page in known)
            return
        drawn: Sequence[Output | None] = next(ahead, ()) or [draw(page) for page in own_pages(dataset, site)]
        outputs = [each for each in drawn if each]
        if own and len(outputs) == len(drawn):
            self.now[own] = list(map(_known, outputs))
        yield from outputs

    def listing(self, page: Page, site: Site, draw: Draw) -> Iterator[Output]:
        """A page that lists datasets, drawn or known; nothing where it cannot be drawn."""
        own = listing_digest(page, self._lines(page, site), site) if self.common else ""
        if known := self.before.get(own):
            self.now[own] = known
            yield _output(known[0], partial(_body, page, draw))
        elif output := draw(page):
            if own:
                self.now[own] = [_known(output)]
            yield output

    def keep(self, written: Manifest, unfit: AbstractSet[str]) -> None:
        """Keep what was written. `unfit` are pages that are to be looked through again in the next build."""
        if not self.common:
            return
        kept = {own: told for own, pages in self.now.items() if (told := list(self._told(pages, written, unfit)))}
        if kept != self._former():
            self.cache.put(_key(self.common), orjson.dumps(kept))

    def _told(self, pages: Iterable[KnownPage], written: Manifest, unfit: AbstractSet[str]) -> Iterator[list[object]]:
        """The pages of one dataset as they were written; nothing where one of them was not, or is unfit."""
        rows = []
        for page in pages:
            entry = written.entries.get(path_of(self.tree + page.url))
            if entry is None or self.tree + page.url in unfit:
                return
            rows.append([page.url, page.kind, page.source, page.updated, entry.bytes, entry.sha256])
        yield from rows

    def _own_digest(self, dataset: Dataset, site: Site) -> str:
        if dataset.id not in self._own:
            self._own[dataset.id] = own_digest(dataset, site) if self.common else ""
        return self._own[dataset.id]

    def _lines(self, page: Page, site: Site) -> Sequence[str]:
        """What the datasets that a page lists are listed by."""
        listed, known = page.listing.datasets if page.listing else (), self._listed
        known |= {id(each): line_digest(each, site) for each in listed if id(each) not in known}
        return [known[id(each)] for each in listed]

    def _former(self) -> Mapping[str, object]:
        return {own: [_row(page) for page in pages] for own, pages in self.before.items()}


def _known(output: Output) -> KnownPage:
    return KnownPage(output.url, output.kind, output.source, str(output.updated or ""), 0, "")


def _row(page: KnownPage) -> list[object]:
    return [page.url, page.kind, page.source, page.updated, page.bytes, page.sha256]


def _output(page: KnownPage, draw: Callable[[], bytes]) -> Output:
    body = Drawn(bytes=page.bytes, sha256=page.sha256, draw=draw)
    return Output(url=page.url, body=body, media_type="text/html", kind=page.kind, source=page.source,
                  updated=date.fromisoformat(page.updated) if page.updated else None)


def _drawn_again(dataset: Dataset, site: Site, draw: Draw, url: str) -> bytes:
    """A known page that does not lie in the former site."""
    return _body(next(each for each in own_pages(dataset, site) if each.url == url), draw)


def _body(page: Page, draw: Draw) -> bytes:
    output = draw(page)
    assert output is not None     # no template failed on the very same before
    assert isinstance(output.body, bytes)
    return output.body


def _key(common: str) -> str:
    return f"own pages of datasets, {common}"
