"""Former files of datasets that are kept, each under an address with the day from which on it was published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.history import Version
from cityfolio.model.site import Output
from cityfolio.pages.review_routes import version_url

MOST_HELD = 16_000_000     # bytes that are read at a time

Contents = Callable[[Iterable[str]], Mapping[str, bytes]]    # what git has under its names for contents


def version_files(catalog: Catalog, contents: Contents) -> Iterator[Output]:
    """Every version that is kept, also at the addresses that its dataset had before. Some are read at a time."""
    held: list[tuple[Dataset, Version]] = []
    for dataset in catalog.published:
        held += [(dataset, each) for each in catalog.changes.of(dataset.id).versions]
        if sum(each.bytes for _, each in held) > MOST_HELD:
            yield from _written(held, contents)
            held = []
    yield from _written(held, contents)


def _written(held: Sequence[tuple[Dataset, Version]], contents: Contents) -> Iterator[Output]:
    bodies = contents(each.content for _, each in held) if held else {}
    for dataset, each in held:
        former = (name for name in dataset.record.formerly if not name.startswith("/"))
        for name in (dataset.id, *former):
            yield Output(url=version_url(name, each.day, each.name), body=bodies[each.content], kind="version",
                         media_type=each.media_type, source=dataset.source_path, updated=each.day)
