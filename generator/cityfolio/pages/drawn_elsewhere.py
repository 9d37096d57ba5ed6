"""The own pages of datasets drawn by another machine: what is sent to it, and what it does with that.

A theme holds templates that were made ready, which cannot be sent. It is made again there, of the theme that came along with
the program and of the city's own files, and has to be the same. What is sent of a dataset is what its pages are drawn from.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Mapping, Sequence

from cityfolio.files import MemoryTree, Tree
from cityfolio.folders import themes_root
from cityfolio.frozen import Frozen, replace
from cityfolio.load.languages import CITY_FOLDER as CITY_WORDS
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.site import Output
from cityfolio.pages.assets import Assets
from cityfolio.pages.city_theme import CITY_FOLDER as CITY_THEME
from cityfolio.pages.languages import words_of_language
from cityfolio.pages.own_pages import seen_from
from cityfolio.pages.packed_pages import packed, pages_of, unpacked
from cityfolio.pages.routes import dataset_url
from cityfolio.pages.shell import Site
from cityfolio.pages.templates import Theme, load_theme
from cityfolio.tables.workers import PART, SHARED

QUICK = 1                         # of zlib's levels: pages are six times smaller, for a tenth of what drawing them takes


class OtherTheme(Exception):
    """The theme of this machine is not the one that pages are to be drawn with."""


class Kit(Frozen, kw_only=True):
    """What all pages share."""

    theme: str
    language: str
    digest: str                   # of the theme as it was made where the kit is from
    city: Mapping[str, bytes]     # the city's own templates and words, by path in the catalog
    assets: Assets                # without the files themselves
    sections: tuple[str, ...]
    keeping: tuple[str, ...]
    has_feed: bool


class Told(Frozen, kw_only=True):
    """What the pages of one dataset are drawn from, beside what all pages share."""

    dataset: Dataset
    catalog: Catalog              # no more of it than they show
    build: Build
    titles: Mapping[str, str]
    linked_data: Mapping[str, str]
    data_block: str


def kit_of(site: Site) -> bytes:
    """What all pages of a site share, as it is sent."""
    theme, city = site.theme, site.theme.city
    own = {node.path: city.read(node.path) for node in city.nodes()
           if node.kind == "file" and node.path.startswith((f"{CITY_THEME}templates/", CITY_WORDS))}
    return pickle.dumps(Kit(
        theme=theme.name, language=theme.words.language, digest=theme.digest, city=own,
        assets=replace(site.assets, outputs=()), sections=site.sections, keeping=site.keeping, has_feed=site.has_feed,
    ), protocol=5)


def told_of(datasets: Sequence[Dataset], site: Site) -> bytes:
    """What the pages of some datasets are drawn from, as it is sent. Of one that is shown with the whole catalog nothing is."""
    return pickle.dumps([None if dataset.id in site.users else _told(dataset, site) for dataset in datasets], protocol=5)


def _told(dataset: Dataset, site: Site) -> Told:
    seen = seen_from(dataset, site)
    return Told(dataset=dataset, catalog=seen.catalog, build=seen.build, titles=seen.titles, linked_data=seen.linked_data,
                data_block=site.data_block(dataset_url(dataset.id)))


def drawn_there(tree: Tree) -> bytes:
    """The pages of the datasets that were sent, as a worker sends them back. Raises OtherTheme."""
    # What the build sends that the worker works for.
    kit: Kit = pickle.loads(tree.read(SHARED))  # noqa: S301
    told: list[Told | None] = pickle.loads(tree.read(PART))  # noqa: S301
    theme = _theme(kit)
    return zlib.compress(packed(pages_of(each.dataset, _site(each, kit, theme)) if each else () for each in told), QUICK)


def inflated(body: bytes) -> Iterator[Sequence[Output]]:
    """The pages that came back."""
    return unpacked(zlib.decompress(body))


def _theme(kit: Kit) -> Theme:
    city = MemoryTree(kit.city)
    theme, _ = load_theme(kit.theme, (themes_root(),), city, words_of_language(kit.language, city))
    if theme is None or theme.digest != kit.digest:
        raise OtherTheme(f'the worker has another theme "{kit.theme}", or other words')
    return theme


def _site(told: Told, kit: Kit, theme: Theme) -> Site:
    block = {dataset_url(told.dataset.id): told.data_block}
    return Site(
        told.catalog, told.build, theme, kit.assets, {}, titles=told.titles,
        publishers={each.id: each for each in told.catalog.publishers}, sections=kit.sections, keeping=kit.keeping,
        data_block=lambda url: block.get(url, ""), linked_data=told.linked_data, has_feed=kit.has_feed,
    )
