"""Paths of the old site that pages of the new one forward from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cityfolio.load.values import is_site_path
from cityfolio.migrate.report import OldAddress

# First parts of addresses that the new site answers itself.
OURS = frozenset({
    "", "data", "topics", "publishers", "new", "about", "accessibility", "privacy", "assets", "index.html", "404.html",
    "catalog.json", "search.json", "sitemap.xml", "robots.txt", "new.atom", "manifest.json", "search", "sql", "embed", "api",
    "catalog", "catalog.csv", "catalog.sqlite", "data.json", "dcat-us.json", "developers", "index.json", "llms.txt",
    "openapi.json", ".well-known", "ogc", "stac",
})


@dataclass(slots=True)
class Addresses:
    """Old paths that were given to a page, so that none is promised twice."""

    given: set[str] = field(default_factory=set)
    lost: list[OldAddress] = field(default_factory=list)

    def formerly(self, paths: Iterable[str], page: str) -> list[str]:
        """Those of the old paths of a record that its page can forward from."""
        kept = []
        for path in dict.fromkeys(paths):
            if not path or path == page:
                continue
            if why := self._unfit(path):
                self.lose(path, page, why)
            else:
                self.given.add(_as_compared(path))
                kept.append(path)
        return kept

    def lose(self, path: str, page: str, why: str) -> None:
        """Write down an old address that nothing forwards from."""
        self.lost.append(OldAddress(old=path, instead=page, why=why))

    def _unfit(self, path: str) -> str:
        """Why a path cannot be forwarded from; "" when it can."""
        if _as_compared(path) in self.given:
            return "another record has it too"
        if not is_site_path(path):
            return "it holds characters that a former path cannot have"
        return "the new site has a page of its own there" if path.strip("/").partition("/")[0] in OURS else ""


def _as_compared(path: str) -> str:
    # With and without a "/" at the end is one page, and on some disks capital and small letters are.
    return path.rstrip("/").casefold()
