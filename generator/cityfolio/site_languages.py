"""The trees of a site's further languages: the pages of the first once more, each below a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from cityfolio.cache import Keep
from cityfolio.feeds import feeds_of_tree
from cityfolio.feeds.schema_org import data_blocks
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Manifest, Output
from cityfolio.pages.known_pages import KnownPages
from cityfolio.pages.localized import in_language
from cityfolio.pages.pages import Drawing, site_of
from cityfolio.pages.shell import Page, Site
from cityfolio.pages.templates import Theme
from cityfolio.pages.trees import tree_of, trees_beside_first
from cityfolio.search import search

ENGLISH_ALONE = ("en",)


@dataclass(frozen=True, slots=True)
class Tree:
    """The pages, feeds and search of a further language."""

    drawing: Drawing
    known: KnownPages

    def outputs(self, cache: Keep) -> Iterator[Output]:
        """All of it, at the addresses where it lies."""
        yield from self.drawing.outputs()
        site = self.drawing.site
        for output in (*feeds_of_tree(site.catalog, site.build, site.words), *search(site, cache)):
            yield replace(output, url=site.build.tree + output.url)


def sites_of_languages(catalog: Catalog, build: Build, themes: Iterable[Theme],
                       further: Callable[[Site], Iterable[Page]] = lambda site: ()) -> tuple[Site, ...]:
    """A site for each language, by the theme that speaks it; the first language's comes first. `further` adds pages to each."""
    sites: list[Site] = []
    for theme in themes:
        language, languages = theme.words.language, catalog.site.languages
        told = replace(build, tree=tree_of(language, languages),
                       languages=(language, *(each for each in languages if each != language)))
        said = catalog if languages == ENGLISH_ALONE else in_language(catalog, language)
        site = site_of(said, told, theme, sites[0].assets if sites else None)
        sites.append(replace(site, data_block=data_blocks(said, told), further=further))
    return tuple(sites)


def in_every_tree(previous: Manifest | None, languages: tuple[str, ...],
                  found: Callable[[Manifest | None], frozenset[str]]) -> frozenset[str]:
    """The addresses of a former site that something is found of, each tree looked at as if it were the first."""
    urls = found(previous)
    for tree in trees_beside_first(languages) if previous else ():
        assert previous is not None     # as just asked
        below = f"{tree.removeprefix('/')}/"
        entries = {path.removeprefix(below): entry for path, entry in previous.entries.items() if path.startswith(below)}
        urls |= {tree + url for url in found(replace(previous, entries=entries))}
    return urls


def further_trees(sites: Iterable[Site], cache: Keep, program: str) -> tuple[Tree, ...]:
    """The trees of sites other than the first."""
    made = ((site, KnownPages.of(site, cache, program)) for site in sites)
    return tuple(Tree(Drawing(site, known), known) for site, known in made)
