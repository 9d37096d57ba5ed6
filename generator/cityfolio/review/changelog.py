"""What the site tells of changes: what git knows, what the former site told, and what the city wrote about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cityfolio.frozen import replace
from cityfolio.load.loaded import Loaded
from cityfolio.load.notes import notes
from cityfolio.model.catalog import Build, Catalog, Dataset, Forward
from cityfolio.model.history import ChangeDay, Changelog, Changes, DatasetHistory, FileChange, Note
from cityfolio.model.site import Manifest
from cityfolio.pages.described import tells_changes
from cityfolio.review.history import MOST_DAYS
from cityfolio.review.history_words import without_unsafe_words


def with_changes(catalog: Catalog, loaded: Loaded, build: Build, previous: Manifest | None) -> Catalog:
    """The catalog with the changelog of each published dataset, and every note up to the day of the build.

    What a dataset's page of changes was called before forwards to it.
    """
    told = notes(loaded, build.today)
    alike = dict[Changelog, Changelog]()      # most tell the same of nothing
    found = {each.id: alike.setdefault(log, log) for each in catalog.published
             for log in [_changelog(each, told, build, previous)]}
    catalog = replace(catalog, changes=Changes(datasets=found, notes=told))
    forwards = (forward for each in catalog.published if tells_changes(each, catalog) for forward in _forwards(each))
    return replace(catalog, forwards=(*catalog.forwards, *forwards))


def _forwards(dataset: Dataset) -> Iterator[Forward]:
    for former in dataset.record.formerly:
        if not former.startswith("/"):
            yield Forward(old=f"/data/{former}/changes/", new=f"/data/{dataset.id}/changes/", title=dataset.title,
                          source_path=dataset.source_path)


def _changelog(dataset: Dataset, told: Iterable[Note], build: Build, previous: Manifest | None) -> Changelog:
    history = build.history.datasets.get(dataset.id, DatasetHistory())
    days, since = history.days, build.history.since
    if build.history.known == "shallow":
        days = _with_kept(dataset, history.days, build, previous)
    is_cut = history.is_cut or len(days) > MOST_DAYS
    days = days[:MOST_DAYS]
    if days and since and days[-1].day < since:
        since = days[-1].day
    return Changelog(known=build.history.known if since else "unknown", since=since, days=days, is_cut=is_cut,
                     notes=tuple(each for each in told if dataset.id in each.datasets), versions=history.versions)


def _with_kept(dataset: Dataset, found: tuple[ChangeDay, ...], build: Build,
               previous: Manifest | None) -> tuple[ChangeDay, ...]:
    """What the former site told beside what a shallow clone knows, and files that differ from those of the former site."""
    told = map(without_unsafe_words, build.history.kept.get(dataset.id, ()))
    known = {each.day: each for each in told if each and each.day <= build.today}
    known |= {each.day: each for each in found}
    differing = _differing(dataset, previous) if previous else ()
    day = dataset.updated or build.today
    if differing and day <= build.today and day not in known and not found:
        known[day] = ChangeDay(day=day, files=differing)
    return tuple(known[each] for each in sorted(known, reverse=True))


def _differing(dataset: Dataset, previous: Manifest) -> tuple[FileChange, ...]:
    """The files whose bytes are others than those of the former site. It knows no more of them than how many there were."""
    found = []
    for file in dataset.files:
        former = previous.entries.get(f"data/{dataset.id}/{file.name}") if file.name else None
        if former is not None and file.sha256 and former.sha256 != file.sha256:
            found.append(FileChange(name=file.record.path or file.name, happened="changed", before_bytes=former.bytes,
                                    after_bytes=file.bytes))
    return tuple({each.name: each for each in found}.values())
