"""What results can be narrowed and sorted by: columns of numbers, one for each document, fetched when they are needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np

from cityfolio.search.coding import Columns, with_header
from cityfolio.search.documents import Document
from cityfolio.search.occurrences import Numbers

__all__ = ["facet_column", "facet_names", "name_ranks", "update_days"]


def facet_names(documents: Sequence[Document]) -> tuple[str, ...]:
    """The facets that any document has, in the order in which they are first met."""
    return tuple(dict.fromkeys(name for document in documents for name in document.facets))


def facet_column(name: str, documents: Sequence[Document]) -> Columns:
    """One facet: its values as (id, title), every combination of them that occurs, and each document's combination.

    Values are in the order of how many documents have them, so are combinations; both then by id.
    """
    each = [document.facets.get(name, ()) for document in documents]
    values = Counter(value for chosen in each for value in chosen)
    order = sorted(values, key=lambda value: (-values[value], value))
    number = {value: at for at, value in enumerate(order)}
    sets = Counter(each)
    combinations = sorted(sets, key=lambda chosen: (-sets[chosen], chosen))
    place = {chosen: at for at, chosen in enumerate(combinations)}
    width, column = _planes(np.array([place[chosen] for chosen in each], dtype=np.int64))
    header = {"values": order, "sets": [[number[value] for value in chosen] for chosen in combinations], "width": width}
    return with_header(header), column


def update_days(documents: Sequence[Document]) -> Columns:
    """The day of each document's last update, counted from 1970-01-01; 0 where it is not known."""
    days = [max(0, date.fromisoformat(each.updated[:10]).toordinal() - 719_163) if each.updated else 0 for each in documents]
    return _sort_column(np.array(days, dtype=np.int64))


def name_ranks(documents: Sequence[Document]) -> Columns:
    """The place of each document in the order of the titles."""
    order = sorted(range(len(documents)), key=lambda at: (documents[at].title.casefold(), documents[at].id))
    ranks = np.zeros(len(documents), dtype=np.int64)
    ranks[order] = np.arange(len(documents))
    return _sort_column(ranks)


def _sort_column(numbers: Numbers) -> Columns:
    width, column = _planes(numbers)
    return with_header({"width": width}), column


def _planes(numbers: Numbers) -> tuple[int, bytes]:
    """How many bytes a number takes, and the lowest bytes of all numbers, then their next ones, and so on."""
    width = max(1, (int(numbers.max(initial=0)).bit_length() + 7) // 8)
    return width, b"".join((numbers >> 8 * step & 255).astype(np.uint8).tobytes() for step in range(width))
