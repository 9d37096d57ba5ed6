"""The pages of one dataset: drawn from it and the little of the rest that they show, and from nothing else.

What they are drawn from is a site that holds only that, so that a digest of it tells whether they can be as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set as AbstractSet
from hashlib import sha256
from itertools import chain

from cityfolio.frozen import replace
from cityfolio.lately import found_lately
from cityfolio.model.catalog import Dataset
from cityfolio.model.digests import digest_of
from cityfolio.model.history import Changes, History
from cityfolio.model.practised import Practice
from cityfolio.pages.alone import catalog_around, line_of
from cityfolio.pages.columns import FileTables
from cityfolio.pages.dataset_practice import months_of
from cityfolio.pages.datasets import dataset_page
from cityfolio.pages.files import file_pages
from cityfolio.pages.shell import Page, Site

ALONE = "of nobody"       # a publisher that is part of no other


def own_pages(dataset: Dataset, site: Site) -> Iterator[Page]:
    """The page of a dataset, and those of its tables."""
    seen = seen_from(dataset, site)
    of_files = FileTables(site.words)
    yield dataset_page(dataset, seen, of_files)
    yield from file_pages(dataset, seen, of_files)


def seen_from(dataset: Dataset, site: Site) -> Site:
    """A site with no more of the catalog than the pages of one dataset show. One that measures use is shown with all."""
    if dataset.id in site.users:
        return site
    catalog = site.catalog
    told = replace(catalog_around(dataset, catalog, site.publishers), practice=_practice_of(dataset, catalog.practice),
                   changes=_changes_of(dataset, catalog.changes))
    linked_data = site.linked_data.get(dataset.id)
    return replace(
        site, catalog=told, build=replace(site.build, committed={}, past_health=(), past_left_out=0, history=History()),
        datasets={}, titles=_titles_of(dataset, site),
        kept={}, linked_data={dataset.id: linked_data} if linked_data else {}, users={}, taken={},
    )


def _practice_of(dataset: Dataset, practice: Practice) -> Practice:
    health = practice.health.get(dataset.id)
    return Practice(
        uses=tuple(each for each in practice.uses if dataset.id in each.record.datasets),
        guides=tuple(each for each in practice.guides if dataset.id in each.record.datasets),
        requests=tuple(each for each in practice.requests if dataset.id in each.record.datasets),
        usage=tuple(months_of(dataset, practice.usage)), health={dataset.id: health} if health else {},
    )


def _changes_of(dataset: Dataset, changes: Changes) -> Changes:
    found = changes.datasets.get(dataset.id)
    return Changes(datasets={dataset.id: found} if found else {})


def _titles_of(dataset: Dataset, site: Site) -> dict[str, str]:
    return {each: site.titles[each] for each in dataset.related if each in site.titles}


def common_digest(site: Site, program: str) -> str:
    """A digest of what all pages share: the program and the theme, what the city says of its site, and the build."""
    build = site.build
    return digest_of(program, site.theme.digest, site.catalog.site, site.sections, site.keeping, site.has_feed,
                     replace(site.assets, outputs=()), build.today, build.revision, build.revised, build.base_url,
                     build.languages, build.tree, build.for_folder)


@found_lately
def _told_of(practice: Practice) -> AbstractSet[str]:
    """The ids of the datasets of which practice tells more than their health."""
    named = (each.record.datasets for told in (practice.uses, practice.guides, practice.requests) for each in told)
    return {*chain.from_iterable(named), *(each.dataset for each in practice.usage)}


def own_digest(dataset: Dataset, site: Site) -> str:
    """A digest of what the pages of one dataset are drawn from, beside what all pages share; "" where none is.

    The block for search engines needs no place in it: `data_blocks` makes it of the dataset alone.
    """
    if dataset.id in site.users:
        return ""
    catalog = site.catalog
    above = line_of(dataset, site.publishers)
    whole, line = site.digests.of_dataset(dataset), site.digests.of_line(above) if above else ALONE
    health = site.digests.of(catalog.practice.health.get(dataset.id))
    if not whole or not line or not health:
        return ""
    linked_data = site.linked_data.get(dataset.id, "")
    if not dataset.related and dataset.id not in catalog.changes.datasets and dataset.id not in _told_of(catalog.practice):
        return sha256(f"{whole} {line} {health} {linked_data}".encode()).hexdigest()      # as most are, and quickly told
    practice = replace(_practice_of(dataset, catalog.practice), health={})
    return digest_of(whole, line, practice, health, _changes_of(dataset, catalog.changes), _titles_of(dataset, site),
                     linked_data)


def line_digest(dataset: Dataset, site: Site) -> str:
    """A digest of what a dataset is listed by: it and its checks, whether or not measures use it; "" where none is."""
    whole, health = site.digests.of_dataset(dataset), site.digests.of(site.catalog.practice.health.get(dataset.id))
    return whole + health if whole and health else ""


def listing_digest(page: Page, lines: Sequence[str], site: Site) -> str:
    """A digest of what a page is drawn from that lists datasets, beside what all pages share; "" where none is.

    `lines` are the digests of what these are listed by.
    """
    assert page.listing is not None     # as the caller found
    around = digest_of(replace(page, listing=None), page.listing.beside, site.data_block(page.url))
    return digest_of(around, lines) if around and all(lines) else ""
