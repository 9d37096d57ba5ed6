"""What is found of each dataset, kept between builds: what a result shows, and in the place of its texts a digest of them.

Words are cut from the texts, and those are kept too (see `kept_words`). Where they were not, the texts are made again. Those
that were made now lie aside until their words are cut: together they are large, and are asked for once. Of very many datasets
all lies aside, until whoever makes an index of it reads it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from itertools import accumulate, chain, islice, pairwise
from typing import Any

import orjson

from cityfolio.annex import Annex, Laid
from cityfolio.frozen import Frozen, replace
from cityfolio.load.columns_aside import MANY_DATASETS
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.pages.kept_runs import Kept
from cityfolio.pages.known_parts import KnownParts
from cityfolio.search.documents import Document
from cityfolio.search.kept_words import texts_digest

__all__ = ["KeptDocuments", "LaidDocuments", "MakeDocuments"]

MakeDocuments = Callable[[Dataset], Iterable[Document]]
ASIDE = Annex()
Fields = Mapping[str, tuple[str, ...]]


@dataclass     # without slots, so that the runs are found once
class KeptDocuments:
    """The documents of a kind that each dataset comes to, in the order of the datasets. They are read when somebody asks."""

    kind: str
    datasets: Sequence[Dataset]
    make: MakeDocuments
    known: KnownParts
    _made: dict[str, list[Document]] = field(default_factory=dict)      # now, with all their texts

    @property
    def is_known(self) -> bool:
        """Whether all that is said of them can be told without reading them."""
        return bool(self.known.common)

    def digest(self) -> str:
        """A digest of all that is said of them."""
        digest = sha256(self.kind.encode())
        for run in self._runs:
            digest.update(run.joined())
        return digest.hexdigest()

    def __iter__(self) -> Iterator[Document]:
        rows = chain.from_iterable(run.parts() for run in self._runs)
        for dataset, row in zip(self.datasets, rows, strict=True):
            yield from self._made.pop(dataset.id, None) or _read(self.kind, orjson.loads(row),
                                                                 _later(partial(self.make, dataset)), {})

    @property
    def are_many(self) -> bool:
        """Whether they take much memory where all are read."""
        return len(self.datasets) > MANY_DATASETS

    def laid(self) -> LaidDocuments:
        """All of them, laid aside."""
        aside, runs, first = Annex(), list[_LaidRun](), 0
        for run in self._runs:
            rows = run.parts()
            datasets = self.datasets[first:first + len(rows)]
            first += len(rows)
            made = [[_written(each) for each in self._made.pop(dataset.id, ())] for dataset in datasets]
            # Where the texts of each document end, for those datasets of which documents were made now.
            ends, spans = accumulate((len(each) for texts in made for each in texts), initial=0), list[list[int]]()
            last = next(ends)
            for texts in made:
                spans.append([last, *islice(ends, len(texts))] if texts else [])
                last = spans[-1][-1] if texts else last
            told = b"".join((orjson.dumps(spans)[:-1], b",", b",".join(rows), b"]"))
            runs.append(_LaidRun(datasets, aside.laid(told), aside.laid(b"".join(chain.from_iterable(made)))))
        return LaidDocuments(self.kind, self.make, runs)

    @cached_property
    def _runs(self) -> Sequence[Kept]:
        return tuple(self.known.runs(f"search {self.kind}", self.datasets, self._part))

    def _part(self, dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
        # Where nothing is known of a build before nobody asks for a digest, and what is laid as a whole is not laid twice.
        lay = Laid if self.are_many and not self.is_known else ASIDE.laid
        made = [replace(each, digest=texts_digest(each) if self.is_known else "",
                        fields=_Aside(lay(orjson.dumps(dict(each.fields))))) for each in self.make(dataset)]
        self._made[dataset.id] = made
        return orjson.dumps(list(map(_row, made)))


def _written(document: Document) -> bytes:
    """The texts of a document that was made now, as they lie aside."""
    assert isinstance(document.fields, _Aside)
    return document.fields.laid.read()


class _LaidRun(Frozen):
    """The documents of datasets that follow one another: what is told of them, and the further texts of those made now."""

    datasets: Sequence[Dataset]
    told: Laid
    texts: Laid


class LaidDocuments(Frozen):
    """The documents of a kind, which lie aside. Those who read them have values that are equal once."""

    kind: str
    make: MakeDocuments
    runs: Sequence[_LaidRun]

    def __iter__(self) -> Iterator[Document]:
        once = dict[Any, Any]()       # Any: texts, and facets by their text
        for run in self.runs:
            told = orjson.loads(run.told.read())
            count = len(run.datasets)
            for at, (ends, rows) in enumerate(zip(told[:count], told[count:], strict=True)):
                laid = [_Aside(run.texts.part(one, two - one)) for one, two in pairwise(ends)]
                # A copy of this process has a page of memory of its own for every dataset that it takes into its hand.
                later = None if laid else _later(partial(self.make, run.datasets[at]))
                yield from _read(self.kind, rows, later or laid.__getitem__, once)


def _row(document: Document) -> tuple[object, ...]:
    return (document.id, document.title, document.url, document.text, document.about, document.detail, document.updated,
            document.standing, document.parent, document.digest, document.facets)


def _read(kind: str, rows: Iterable[Any], fields: Callable[[int], Fields], once: dict[Any, Any]) -> Iterator[Document]:
    """Documents as they were told. What many of them have in common is there `once`."""
    for at, (identifier, title, url, text, about, detail, updated, standing, parent, digest, facets) in enumerate(rows):
        chosen = orjson.dumps(facets)
        if chosen not in once:
            once[chosen] = {name: tuple(map(tuple, each)) for name, each in facets.items()}
        yield Document(id=identifier, kind=kind, title=title, url=url, text=text, about=once.setdefault(about, about),
                       detail=once.setdefault(detail, detail), updated=once.setdefault(updated, updated), standing=standing,
                       parent=parent, digest=digest, fields=fields(at), facets=once[chosen])


def _later(make: Callable[[], Iterable[Document]]) -> Callable[[int], Fields]:
    """The texts of documents that are not made by now."""
    return partial(_Later, make)


class _Fields(Fields):
    """The further texts of a document, had when somebody asks for them."""

    __slots__ = ()

    @abstractmethod
    def had(self) -> Mapping[str, tuple[str, ...]]:
        """The texts."""

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self.had()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.had())

    def __len__(self) -> int:
        return len(self.had())


class _Later(_Fields):
    """Texts that are made then."""

    def __init__(self, make: Callable[[], Iterable[Document]], at: int) -> None:
        self._make, self._at = make, at

    def had(self) -> Mapping[str, tuple[str, ...]]:
        """The texts."""
        return self._fields

    @cached_property
    def _fields(self) -> Mapping[str, tuple[str, ...]]:
        return list(self._make())[self._at].fields


class _Aside(_Fields):
    """Texts that lie aside."""

    __slots__ = ("laid",)

    def __init__(self, laid: Laid) -> None:
        self.laid = laid

    def had(self) -> Mapping[str, tuple[str, ...]]:
        """The texts."""
        return _read_back(self.laid)


@lru_cache(maxsize=1)     # who asks goes from field to field, and then to the next document
def _read_back(laid: Laid) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(texts) for name, texts in orjson.loads(laid.read()).items()}
