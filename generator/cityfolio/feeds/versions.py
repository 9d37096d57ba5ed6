"""Former files of datasets that are kept, each under an address with the day from which on it was published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.history import Version
from cityfolio.model.site import Output
from cityfolio.pages.described import tells_changes
from cityfolio.pages.review_routes import former_names, version_url

MOST_HELD = 16_000_000     # bytes that are read at a time

Contents = Callable[[Iterable[str]], Mapping[str, bytes]]    # what git has under its names for contents


def version_files(catalog: Catalog, contents: Contents) -> Iterator[Output]:
    """Every version that is kept, also at the addresses that its dataset and its file had before. Some are read at a time.

    Of a dataset without a page of changes there is none but the present file, which nobody is told of as a version.
    """
    held: list[tuple[Dataset, Version]] = []
    for dataset in catalog.published:
        if not tells_changes(dataset, catalog):
            continue
        held += [(dataset, each) for each in catalog.changes.of(dataset.id).versions]
        if sum(each.bytes for _, each in held) > MOST_HELD:
            yield from _written(held, contents)
            held = []
    yield from _written(held, contents)


def _written(held: Sequence[tuple[Dataset, Version]], contents: Contents) -> Iterator[Output]:
    bodies = contents(each.content for _, each in held) if held else {}
    for dataset, each in held:
        names = dict.fromkeys((each.name, *former_names(dataset.record).get(each.name, ())))
        folders = (dataset.id, *(name for name in dataset.record.formerly if not name.startswith("/")))
        for folder, name in product(folders, names):
            yield Output(url=version_url(folder, each.day, name), body=bodies[each.content], kind="version",
                         media_type=each.media_type, source=dataset.source_path, updated=each.day)
