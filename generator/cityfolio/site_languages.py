"""The trees of a site's further languages: the pages of the first once more, each below a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from cityfolio.cache import Keep
from cityfolio.feeds import feeds_of_tree
from cityfolio.feeds.schema_org import data_blocks
from cityfolio.frozen import Frozen, replace
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.records import SiteRecord
from cityfolio.model.site import Manifest, Output
from cityfolio.pages.known_pages import KnownPages
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.localized import in_language
from cityfolio.pages.pages import Drawing, site_of
from cityfolio.pages.plain import moved_page
from cityfolio.pages.shell import Page, Site, drawn
from cityfolio.pages.templates import Theme
from cityfolio.pages.trees import former_trees, is_shared, tree_of, trees_beside_first
from cityfolio.pages.words import Words
from cityfolio.search import search
from cityfolio.search.documents import Document
from cityfolio.tables.workers import Hands

ENGLISH_ALONE = ("en",)
Found = Callable[[Site], Iterable[Document]]      # what the search of a site finds that comes from elsewhere than the catalog


class Tree(Frozen):
    """The pages, feeds and search of a further language."""

    drawing: Drawing
    known: KnownPages
    parts: KnownParts
    found: Found

    def outputs(self, cache: Keep) -> Iterator[Output]:
        """All of it, at the addresses where it lies."""
        yield from self.drawing.outputs()
        site = self.drawing.site
        for output in (*feeds_of_tree(site.catalog, site.build, site.words, self.parts),
                       *search(site, cache, tuple(self.found(site)), self.parts)):
            yield replace(output, url=site.build.tree + output.url)


def sites_of_languages(catalog: Catalog, build: Build, themes: Iterable[Theme],
                       further: Callable[[Site], Iterable[Page]] = lambda site: (),
                       kinds: Callable[[Words], Mapping[str, str]] = lambda words: {}) -> tuple[Site, ...]:
    """A site for each language, by the theme that speaks it; the first language's comes first.

    `further` adds pages to each, and `kinds` says what else the search finds, each kind with its heading.
    """
    sites: list[Site] = []
    spoken = tuple(themes)
    for theme in spoken:
        language, languages = theme.words.language, catalog.site.languages
        told = replace(build, tree=tree_of(language, languages),
                       languages=(language, *(each for each in languages if each != language)))
        said = catalog if languages == ENGLISH_ALONE else in_language(catalog, language)
        site = site_of(said, told, theme, sites[0].assets if sites else None)
        # Two regions may have the same words, which are in one file.
        written = {output.url for each in sites for output in each.assets.outputs}
        assets = replace(site.assets, outputs=tuple(each for each in site.assets.outputs if each.url not in written))
        sites.append(replace(site, assets=assets, data_block=data_blocks(said, told), further=further, kinds=kinds(theme.words),
                             others=tuple(each.words for each in spoken if each is not theme)))
    return tuple(sites)


def in_every_tree(previous: Manifest | None, site: SiteRecord,
                  found: Callable[[Manifest | None], frozenset[str]]) -> frozenset[str]:
    """The addresses of a former site that something is found of, each tree looked at as if it were the first."""
    urls = found(previous)
    trees = (*trees_beside_first(site.languages), *former_trees(site.languages, site.former_languages))
    for tree in trees if previous else ():
        assert previous is not None     # as just asked
        below = f"{tree.removeprefix('/')}/"
        entries = {path.removeprefix(below): entry for path, entry in previous.entries.items() if path.startswith(below)}
        urls |= {tree + url for url in found(replace(previous, entries=entries))}
    return urls


def at_former_languages(outputs: Iterable[Output], site: Site) -> Iterator[Output]:
    """Every output, then pages and feeds of the first tree once more where languages had them that are gone.

    A page leads to that of the first language; a file must answer.
    """
    record = site.catalog.site
    trees, others = former_trees(record.languages, record.former_languages), trees_beside_first(record.languages)
    if not trees:
        yield from outputs
        return
    again: list[Output] = []
    for output in outputs:
        yield output
        if not is_shared(output.url) and not output.url.startswith(tuple(f"{each}/" for each in others)):
            again.append(replace(output, body=b"") if output.media_type == "text/html" else output)
        del output      # or its body would be there still while the next is made
    for tree in trees:
        for output in again:
            is_page = output.media_type == "text/html"
            yield drawn(moved_page(tree + output.url, output.url, site), site) if is_page else replace(
                output, url=tree + output.url)


def further_trees(sites: Iterable[Site], cache: Keep, program: str, found: Found = lambda site: (), hands: Hands = 1,
                  ) -> tuple[Tree, ...]:
    """The trees of sites other than the first."""
    made = ((site, KnownPages.of(site, cache, program), KnownParts.of(site, cache, program)) for site in sites)
    return tuple(Tree(Drawing(site, known, hands), known, parts, found) for site, known, parts in made)
