"""Which file of a dataset before is which after: by name, by content, by title, by place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields

from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Sourced
from cityfolio.model.records import DatasetRecord, FileRecord
from cityfolio.review.compare_records import NOWHERE, At, name_of
from cityfolio.review.diff_state import States
from cityfolio.tables.exports.names import stem_of

Dataset = Sourced[DatasetRecord]
WHERE = frozenset({"path", "url", "sample", "missing", "format"})   # keys that say where a file is, not what is in it


class FilePair(Frozen, kw_only=True):
    """A file before and after; None on the side that does not have it. Places count from 0."""

    dataset_before: Dataset
    dataset_after: Dataset
    before: int | None
    after: int | None

    @property
    def one(self) -> FileRecord:
        """The file before."""
        return self.dataset_before.record.files[self.before or 0]

    @property
    def two(self) -> FileRecord:
        """The file after."""
        return self.dataset_after.record.files[self.after or 0]

    @property
    def about(self) -> str:
        """The dataset."""
        return f"datasets/{self.dataset_after.id}"

    @property
    def name(self) -> str:
        """What the file is called now, or was called."""
        file = self.two if self.after is not None else self.one
        name = name_of(file) or str((self.after if self.after is not None else self.before or 0) + 1)
        return f"{name}#{file.sheet}" if file.sheet else name

    @property
    def at(self) -> At:
        """Where its record stands."""
        places = (NOWHERE if each is None else each for each in (self.before, self.after))
        return At(names=("files",), before=("files",), after=("files",)).entry(self.name, *places)

    @property
    def paths(self) -> tuple[str, str]:
        """Where it lies in the catalog before and after; "" where it does not."""
        return _path(self.dataset_before, self.one), _path(self.dataset_after, self.two)


def _path(dataset: Dataset, file: FileRecord) -> str:
    return f"datasets/{dataset.id}/{name}" if (name := local_name(file)) else ""


def local_name(file: FileRecord) -> str:
    """The name of a file that lies in the catalog; "" of one that is elsewhere."""
    return file.path or file.sample or ""


def file_pairs(states: States, before: Dataset, after: Dataset) -> tuple[FilePair, ...]:
    """Which file is which: by name, by a name it had before, by content, by title, and by place where all else is alike."""
    olds, news = before.record.files, after.record.files
    found = _by_name(olds, news)
    for alike in _LIKENESSES:
        for two in (place for place in range(len(news)) if place not in found):
            free = (FilePair(dataset_before=before, dataset_after=after, before=one, after=two)
                    for one in range(len(olds)) if one not in found.values())
            match = next((pair.before for pair in free if alike(states, pair)), None)
            if match is not None:
                found[two] = match
    gone = (FilePair(dataset_before=before, dataset_after=after, before=one, after=None)
            for one in range(len(olds)) if one not in found.values())
    kept = (FilePair(dataset_before=before, dataset_after=after, before=found.get(two), after=two) for two in range(len(news)))
    return (*gone, *kept)


def _by_name(olds: Sequence[FileRecord], news: Sequence[FileRecord]) -> dict[int, int]:
    """Those that are called the same in all ways: place now -> place before."""
    places: dict[tuple[object, ...], list[int]] = {}
    for place, file in reversed([*enumerate(olds)]):
        places.setdefault(_names(file), []).append(place)
    return {place: places[_names(file)].pop() for place, file in enumerate(news) if places.get(_names(file))}


def _names(file: FileRecord) -> tuple[object, ...]:
    return file.path, file.sample, file.url, file.sheet, file.title


def _placed(states: States, pair: FilePair) -> bool:
    one, two = pair.one, pair.two
    names = ((local_name(one), one.sheet), (local_name(two), two.sheet))
    return names[0] == names[1] if names[0][0] else one.url == two.url and bool(one.url)


def _formerly(states: States, pair: FilePair) -> bool:
    return bool(local_name(pair.one)) and local_name(pair.one).replace("/", "-") in pair.two.formerly


def _filled(states: States, pair: FilePair) -> bool:
    one, two = pair.paths
    return bool(one and two) and one in states.before.loaded.nodes and two in states.after.loaded.nodes \
        and states.is_same(one, two)


def _titled(states: States, pair: FilePair) -> bool:
    return bool(pair.one.title) and pair.one.title == pair.two.title


def _stemmed(states: States, pair: FilePair) -> bool:
    names = [local_name(each) for each in (pair.one, pair.two)]
    return all(names) and stem_of(names[0]) == stem_of(names[1])


def _alike(states: States, pair: FilePair) -> bool:
    """Both are at one place, and differ only in where the file is."""
    said = (each.name for each in fields(FileRecord) if each.name not in WHERE)
    return pair.before == pair.after and all(getattr(pair.one, name) == getattr(pair.two, name) for name in said)


def _missed(states: States, pair: FilePair) -> bool:
    """Neither can be had, and both say so at one place."""
    return pair.before == pair.after and bool(pair.one.missing and pair.two.missing)


_LIKENESSES: tuple[Callable[[States, FilePair], bool], ...] = (
    _placed, _formerly, _filled, _titled, _stemmed, _alike, _missed)
