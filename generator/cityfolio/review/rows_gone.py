"""Pages and files of rows that a former site had, of tables of which only the first rows are read now."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Catalog, Dataset, Forward
from cityfolio.model.site import Manifest
from cityfolio.pages.described import has_croissant, has_places
from cityfolio.pages.routes import dataset_url
from cityfolio.problems import Location, Problem
from cityfolio.publish.addresses import url_of

# What there is of a table: its page, and what is made of its rows for scripts and for pages of others.
OF_A_TABLE = re.compile(r"((?:/embed)?)(/data/[^/]+/)([^/]+)/((?:index\.json|rows\.parquet|oembed\.json|stac-item\.json)?)")
# And beside the page of its dataset.
METADATA = "-metadata.json"
BESIDE = re.compile(rf"(/data/[^/]+/)(?:[^/]+{re.escape(METADATA)}|stac-collection\.json|croissant\.json)")
OTHER_PAGES = frozenset({"changes", "versions"})


class GoneRows(Frozen, kw_only=True):
    """What becomes of the addresses: a page leads to that of its dataset, a file is taken back."""

    forwards: tuple[Forward, ...] = ()
    withdrawn: frozenset[str] = frozenset()

    @property
    def problems(self) -> Iterator[Problem]:
        """What is said of files that are taken back, once."""
        if self.withdrawn:
            addresses = f"{len(self.withdrawn):,} address{'es' if len(self.withdrawn) > 1 else ''}"
            yield Problem(
                code="rows-withdrawn", where=Location(path="site.yaml"),
                says=f"{addresses} of rows went, such as {min(self.withdrawn)}, because `tables:` asks for no more than first "
                     "rows",
                fix="Write `tables: whole` to keep them, or accept it: the next build will not say it any more.")


def gone_rows(catalog: Catalog, previous: Manifest | None) -> GoneRows:
    """What a former site had of the rows of tables of which only the first are shown now."""
    homes = {dataset_url(each.id): each for each in catalog.published if any(file.first_rows for file in each.files)}
    if previous is None or not homes:
        return GoneRows()
    moved = {forward.old: forward.new for forward in catalog.forwards}
    forwards, withdrawn = list[Forward](), set[str]()
    for url in map(url_of, previous.entries):
        if parts := OF_A_TABLE.fullmatch(url):
            dataset = homes.get(moved.get(parts[2], parts[2]))
            if dataset is None or parts[3] in OTHER_PAGES or parts[3] in {file.page for file in dataset.files}:
                continue
            if parts[1] or parts[4]:
                withdrawn.add(url)
            elif url not in moved:
                forwards.append(Forward(old=url, new=dataset_url(dataset.id), title=dataset.title,
                                        source_path=dataset.source_path, is_alone=True))
        elif parts := BESIDE.fullmatch(url):
            dataset = homes.get(moved.get(parts[1], parts[1]))
            if dataset and not _is_there(url.rpartition("/")[2], dataset):
                withdrawn.add(url)
    return GoneRows(forwards=tuple(forwards), withdrawn=frozenset(withdrawn))


def _is_there(name: str, dataset: Dataset) -> bool:
    """Whether something is still made of the rows of a dataset: of those of the tables that are read whole."""
    if name == "croissant.json":
        return has_croissant(dataset)
    if name == "stac-collection.json":
        return has_places(dataset)
    return any(file.profile and f"{file.name}{METADATA}" == name for file in dataset.files)
