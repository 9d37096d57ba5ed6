"""Lists of datasets on pages, put into words only when a page is drawn: after an edit, most are as they were."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset


class Listing(Frozen):
    """The datasets that a page lists.

    What is written of each may depend on it, on its checks, on what all pages share and on what stands `beside`. All else that
    the page shows is in its view already.
    """

    datasets: Sequence[Dataset]
    beside: tuple[object, ...]
    view: Callable[[], object]      # the page's own with the lists in it
