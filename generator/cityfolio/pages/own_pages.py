"""The pages of one dataset: drawn from it and the little of the rest that they show, and from nothing else.

What they are drawn from is a site that holds only that, so that a digest of it tells whether they can be as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from hashlib import sha256
from typing import Any

import orjson

from cityfolio.model.catalog import Catalog, Dataset, Publisher
from cityfolio.model.history import Changes, History
from cityfolio.model.practised import Practice
from cityfolio.model.said import Said
from cityfolio.pages.columns import FileTables
from cityfolio.pages.dataset_practice import months_of
from cityfolio.pages.datasets import dataset_page
from cityfolio.pages.files import file_pages
from cityfolio.pages.routes import dataset_url
from cityfolio.pages.shell import Page, Site

OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_SUBCLASS


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
    catalog, practice = site.catalog, site.catalog.practice
    health = practice.health.get(dataset.id)
    own = Practice(
        uses=tuple(each for each in practice.uses if dataset.id in each.record.datasets),
        guides=tuple(each for each in practice.guides if dataset.id in each.record.datasets),
        requests=tuple(each for each in practice.requests if dataset.id in each.record.datasets),
        usage=tuple(months_of(dataset, practice.usage)), health={dataset.id: health} if health else {},
    )
    changes = catalog.changes.datasets.get(dataset.id)
    told = Catalog(site=catalog.site, datasets=(), publishers=_line_of(dataset, site), topics=(), practice=own,
                   changes=Changes(datasets={dataset.id: changes} if changes else {}))
    linked_data = site.linked_data.get(dataset.id)
    return replace(
        site, catalog=told, build=replace(site.build, committed={}, past_health=(), past_left_out=0, history=History()),
        datasets={}, titles={each: site.titles[each] for each in dataset.related if each in site.titles},
        kept={}, linked_data={dataset.id: linked_data} if linked_data else {}, users={}, taken={},
    )


def _line_of(dataset: Dataset, site: Site) -> tuple[Publisher, ...]:
    """Who publishes a dataset, and whom that is part of, as far as it is known; without their datasets."""
    known, line = site.publishers, dict[str, Publisher]()
    at = (dataset.publisher.record.parent if dataset.publisher else None) or ""
    while at in known and at not in line:
        line[at] = replace(known[at], datasets=())
        at = known[at].record.parent or ""
    return tuple(line.values())


def common_digest(site: Site, program: str) -> str:
    """A digest of what all pages share: the program and the theme, what the city says of its site, and the build."""
    build = site.build
    said = {"program": program, "theme": site.theme.digest, "site": site.catalog.site, "sections": site.sections,
            "keeping": site.keeping, "has_feed": site.has_feed, "assets": replace(site.assets, outputs=()),
            "build": [build.today, build.revision, build.revised, build.base_url, build.languages, build.tree,
                      build.for_folder]}
    return sha256(_bytes(said)).hexdigest()


def own_digest(dataset: Dataset, site: Site) -> str:
    """A digest of what the pages of one dataset are drawn from, beside what all pages share; "" where none is."""
    if dataset.id in site.users:
        return ""
    seen = seen_from(dataset, site)
    said = [dataset, seen.catalog.practice, seen.catalog.changes, seen.catalog.publishers, seen.titles, seen.linked_data,
            site.data_block(dataset_url(dataset.id))]
    try:
        return sha256(_bytes(said)).hexdigest()
    except orjson.JSONEncodeError:      # a whole number of more than 64 bits, say: its pages are drawn each time
        return ""


def _bytes(value: object) -> bytes:
    return orjson.dumps(value, default=_plain, option=OPTIONS)


def _plain(value: object) -> Any:   # Any: what JSON can hold
    """What JSON has no form for, so that no two values of different kinds are written alike."""
    if isinstance(value, Said):
        return {"said": str(value), "in": value.language, "foreign": value.foreign}
    if isinstance(value, str):       # markup
        return {type(value).__name__: str(value)}
    if isinstance(value, (date, datetime)):
        return {"day": value.isoformat()}
    if isinstance(value, AbstractSet):
        return {"set": sorted(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Fraction):
        return {"fraction": str(value)}
    raise TypeError(f"{type(value).__name__} is told in no form that can be compared")
