"""Drawing a small site in a test: `site = draw_site(a_dataset())`, then `site.page("/data/trees/")`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations

from cityfolio.files import MemoryTree
from cityfolio.folders import themes_root
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.site import Output
from cityfolio.pages.pages import pages
from cityfolio.pages.templates import Theme, load_theme
from cityfolio.pages.words import Words
from pages.factories import a_build, a_catalog
from pages.reader import ReadPage, page_at


@dataclass(frozen=True)
class DrawnSite:
    """The outputs of a build, with their pages at hand."""

    outputs: tuple[Output, ...]

    def page(self, url: str) -> ReadPage:
        """The page at an address."""
        return page_at(self.outputs, url)

    def html(self) -> list[Output]:
        """Every page."""
        return [output for output in self.outputs if output.media_type == "text/html"]

    def style(self) -> str:
        """The style sheet that every page has."""
        found = [output.body for output in self.outputs if output.media_type == "text/css" and "/site-" in output.url]
        assert len(found) == 1
        assert isinstance(found[0], bytes)
        return found[0].decode()

    def urls(self) -> set[str]:
        """Every address of the site."""
        return {output.url for output in self.outputs}


@cache
def the_theme(name: str = "civic") -> Theme:
    """A theme that comes along, loaded once."""
    return a_theme(name)


def a_theme(name: str = "civic", city: dict[str, str | bytes] | None = None,
            translations: NullTranslations | None = None) -> Theme:
    """A theme with a city's files over it."""
    words = Words(translations) if translations else None
    theme, problems = load_theme(name, (themes_root(),), MemoryTree(city or {}), words)
    assert theme is not None, problems
    return theme


def draw_site(*datasets: Dataset, catalog: Catalog | None = None, build: Build | None = None,
              theme: Theme | None = None) -> DrawnSite:
    """Draw a site of some datasets, or of a whole catalog."""
    return DrawnSite(pages(catalog or a_catalog(*datasets), build or a_build(), theme or the_theme()))
