"""The inventory: what a row about a dataset lacks, and which publishers list anything."""

from __future__ import annotations

from typing import Literal

from cityfolio.model.catalog import Catalog, Dataset, Publisher

Needed = Literal["title", "publisher", "description", "sensitivity", "system_of_record"]
NEEDED: tuple[Needed, ...] = ("title", "publisher", "description", "sensitivity", "system_of_record")


def missing(dataset: Dataset) -> tuple[Needed, ...]:
    """What the row of a dataset lacks to be complete. Its status is always known."""
    record = dataset.record
    known: dict[Needed, bool] = {
        "title": dataset.has_title, "publisher": dataset.publisher is not None,
        "description": bool(record.summary or record.description), "sensitivity": record.sensitivity is not None,
        "system_of_record": bool(record.system_of_record)}
    return tuple(each for each in NEEDED if not known[each])


def listing(catalog: Catalog) -> tuple[tuple[Publisher, ...], tuple[Publisher, ...]]:
    """The publishers that list at least one dataset, published or not, and those that list none."""
    return (tuple(each for each in catalog.publishers if each.datasets),
            tuple(each for each in catalog.publishers if not each.datasets))
