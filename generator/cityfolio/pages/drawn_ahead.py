"""The own pages of many datasets, drawn by others while this process writes those that came before.

Pages of one dataset are drawn from it and the little of the rest that they show, so it does not matter where. A dataset on
whose pages a template fails is drawn by this process, which tells the fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from cityfolio.copies import done_ahead, may_copy
from cityfolio.model.catalog import Dataset
from cityfolio.model.site import Output
from cityfolio.pages.drawn_elsewhere import drawn_there, inflated, kit_of, told_of
from cityfolio.pages.packed_pages import packed, pages_of, unpacked
from cityfolio.pages.shell import Site
from cityfolio.tables.workers import Crew, Hands

LEAST = 200                       # datasets: below that, others cost more than they save
BATCH = 16                        # for a copy: half a megabyte of pages or so
FEWEST_SENT, MOST_SENT = 128, 512     # to another machine, which starts a process for them: that takes as long as drawing 200
SHARES = 8                        # at least, if that does not make too small ones


def drawn_ahead(datasets: Sequence[Dataset], site: Site, hands: Hands) -> Iterator[Sequence[Output]]:
    """The own pages of each of some datasets, in order; none for one that is to be drawn by whoever asks."""
    if len(datasets) < LEAST:
        return
    if not isinstance(hands, int):
        yield from _by_crew(datasets, site, hands)
    elif hands > 1 and may_copy():
        yield ()      # the first is drawn here, so that copies find templates that were loaded
        yield from _by_copies(datasets[1:], site, hands)


def _by_copies(datasets: Sequence[Dataset], site: Site, hands: int) -> Iterator[Sequence[Output]]:
    batches = _batches(datasets, BATCH)
    for batch, body in zip(batches, done_ahead(partial(_drawn, batches, site), len(batches), hands), strict=True):
        yield from unpacked(body) if body else ((),) * len(batch)


def _drawn(batches: Sequence[Sequence[Dataset]], site: Site, number: int) -> bytes:
    return packed(pages_of(dataset, site) for dataset in batches[number])


def _by_crew(datasets: Sequence[Dataset], site: Site, crew: Crew) -> Iterator[Sequence[Output]]:
    kit = kit_of(site)
    batches = _batches(datasets, min(MOST_SENT, max(FEWEST_SENT, len(datasets) // SHARES)))
    bodies = crew.brought(drawn_there, kit, (told_of(batch, site) for batch in batches))
    for batch, body in zip(batches, bodies, strict=True):
        yield from inflated(body) if body else ((),) * len(batch)


def _batches(datasets: Sequence[Dataset], size: int) -> list[Sequence[Dataset]]:
    return [datasets[at:at + size] for at in range(0, len(datasets), size)]
