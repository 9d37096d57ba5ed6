"""The own pages of datasets on their way from one process to another: a line of JSON with what each is, then their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import orjson

from cityfolio.model.catalog import Dataset
from cityfolio.model.site import Output
from cityfolio.pages.own_pages import own_pages
from cityfolio.pages.shell import Site, drawn


def pages_of(dataset: Dataset, site: Site) -> Sequence[Output]:
    """The own pages of a dataset; none where one of them cannot be drawn."""
    try:
        return [drawn(page, site) for page in own_pages(dataset, site)]
    except Exception:  # noqa: BLE001 - nothing is swallowed: they are drawn again by the process that waits, which tells or raises it
        return ()


def packed(pages: Iterable[Sequence[Output]]) -> bytes:
    """The pages of some datasets as they travel."""
    heads, bodies = list[list[object]](), list[bytes]()
    for of_dataset in pages:
        heads.append([[each.url, each.kind, each.source, str(each.updated or ""), len(each.body)] for each in of_dataset
                      if isinstance(each.body, bytes)])
        bodies += [each.body for each in of_dataset if isinstance(each.body, bytes)]
    return b"".join([orjson.dumps(heads), b"\n", *bodies])


def unpacked(body: bytes) -> Iterator[Sequence[Output]]:
    """The pages of some datasets, as they were packed."""
    head, _, rest = body.partition(b"\n")
    at = 0
    for of_dataset in orjson.loads(head):
        pages = []
        for url, kind, source, updated, size in of_dataset:
            pages.append(Output(url=url, body=rest[at:at + size], media_type="text/html", kind=kind, source=source,
                                updated=date.fromisoformat(updated) if updated else None))
            at += size
        yield pages
