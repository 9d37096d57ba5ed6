"""What is new, as far as days are known: what feeds tell, and where there is one to be named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cityfolio.model.catalog import Dataset


def known_days(dataset: Dataset) -> tuple[date, ...]:
    """The days on which a dataset that can be had is known to have changed and to have come, the latest first, each once."""
    known = {day for day in (dataset.updated, dataset.record.issued) if day}
    return tuple(sorted(known, reverse=True)) if dataset.status == "published" else ()


def has_news(datasets: Iterable[Dataset]) -> bool:
    """Whether a day is known of any. Without one there is no feed: Atom wants the day of each entry, and of the whole."""
    return any(known_days(each) for each in datasets)
