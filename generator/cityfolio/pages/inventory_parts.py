"""The parts of the inventory that its figures lead to: by status, by what a row lacks, by publisher where it is divided."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.lately import found_lately
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.records import Status
from cityfolio.pages import routes
from cityfolio.pages.freshness import status_word
from cityfolio.pages.inventory_rows import needed_words
from cityfolio.pages.words import Words
from cityfolio.practice.inventory import missing

MOST_WHOLE = 250         # datasets on one page: 250 long rows are some 100 kB, 15 kB compressed
STATUSES: tuple[Status, ...] = ("published", "planned", "restricted", "retired")


class InventoryPart(Frozen, kw_only=True):
    """Datasets that share a status, a gap or a publisher, with the first address of their list."""

    dimension: str           # "status", "missing" or "publisher"
    value: str
    title: Markup
    datasets: tuple[Dataset, ...]

    @property
    def url(self) -> str:
        """Its first page."""
        return routes.inventory_url(self.dimension, self.value)

    @property
    def pages(self) -> tuple[tuple[str, tuple[Dataset, ...]], ...]:
        """Its pages with what is on each."""
        cuts = range(0, len(self.datasets), MOST_WHOLE)
        return tuple((routes.inventory_url(self.dimension, self.value, at), self.datasets[start:start + MOST_WHOLE])
                     for at, start in enumerate(cuts, start=1))


def is_divided(catalog: Catalog) -> bool:
    """Whether the inventory is too long for one page."""
    return len(catalog.datasets) > MOST_WHOLE


@found_lately
def inventory_parts(catalog: Catalog, words: Words) -> tuple[InventoryPart, ...]:
    """By status and by what is missing; by publisher where the inventory is divided."""
    return tuple(_parts(catalog, words))


def _parts(catalog: Catalog, words: Words) -> Iterator[InventoryPart]:
    datasets, lacks = catalog.datasets, {each.id: missing(each) for each in catalog.datasets}
    for status in STATUSES:
        found = tuple(each for each in datasets if each.status == status)
        if found:
            yield InventoryPart(dimension="status", value=status, datasets=found,
                                title=words.gettext("Inventory: %(part)s", part=status_word(status, words)))
    for needed, name in needed_words(words).items():
        found = tuple(each for each in datasets if needed in lacks[each.id])
        if found:
            yield InventoryPart(dimension="missing", value=needed.replace("_", "-"), datasets=found,
                                title=words.gettext("Inventory: rows without %(name)s", name=name[:1].lower() + name[1:]))
    complete = tuple(each for each in datasets if not lacks[each.id])
    if complete:
        yield InventoryPart(dimension="missing", value="nothing", datasets=complete,
                            title=words.gettext("Inventory: complete rows"))
    for each in catalog.publishers if is_divided(catalog) else ():
        if each.datasets:
            yield InventoryPart(dimension="publisher", value=each.id, datasets=each.datasets,
                                title=words.gettext("Inventory: %(part)s", part=each.title))
