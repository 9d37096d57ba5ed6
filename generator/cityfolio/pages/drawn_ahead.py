"""The own pages of many datasets, drawn by copies of this process while it writes those that came before.

Pages of one dataset are drawn from it and the little of the rest that they show, so it does not matter where. A dataset on
whose pages a template fails is drawn by this process, which tells the fault.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from functools import partial

from cityfolio.copies import done_ahead, may_copy
from cityfolio.model.catalog import Dataset
from cityfolio.model.site import Output
from cityfolio.pages.own_pages import own_pages
from cityfolio.pages.shell import Site, drawn
from cityfolio.tables.workers import Hands

LEAST = 200                       # datasets: below that, copies cost more than they save
BATCH = 16                        # half a megabyte of pages or so


def drawn_ahead(datasets: Sequence[Dataset], site: Site, workers: Hands) -> Iterator[Sequence[Output]]:
    """The own pages of each of some datasets, in order; none for one that is to be drawn by whoever asks."""
    if isinstance(workers, int) and workers > 1 and len(datasets) >= LEAST and may_copy():
        yield ()      # the first is drawn here, so that copies find templates that were loaded
        batches = [datasets[at:at + BATCH] for at in range(1, len(datasets), BATCH)]
        for batch, body in zip(batches, done_ahead(partial(_drawn, batches, site), len(batches), workers), strict=True):
            yield from _outputs(body) if body else ((),) * len(batch)


def _drawn(batches: Sequence[Sequence[Dataset]], site: Site, number: int) -> bytes:
    return pickle.dumps([_pages(dataset, site) for dataset in batches[number]], protocol=5)


def _pages(dataset: Dataset, site: Site) -> list[tuple[object, ...]]:
    try:
        outputs = [drawn(page, site) for page in own_pages(dataset, site)]
    except Exception:  # noqa: BLE001 - it is drawn again by the process that waits, where it is told or raised
        return []
    return [(each.url, each.body, each.media_type, each.kind, each.source, each.updated) for each in outputs]


def _outputs(body: bytes) -> Iterator[Sequence[Output]]:
    for pages in pickle.loads(body):  # noqa: S301 - from a copy of this very process
        yield [Output(url=url, body=own, media_type=media_type, kind=kind, source=source, updated=updated)
               for url, own, media_type, kind, source, updated in pages]
