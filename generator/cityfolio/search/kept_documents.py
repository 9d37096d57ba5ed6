"""What is found of each dataset, kept between builds: what a result shows, and in the place of its texts a digest of them.

Words are cut from the texts, and those are kept too (see `kept_words`). Where they were not, the texts are made again. Those
that were made now lie aside until their words are cut: together they are large, and are asked for once.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from itertools import chain

import orjson

from cityfolio.annex import Annex, Laid
from cityfolio.frozen import replace
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.pages.kept_runs import Kept
from cityfolio.pages.known_parts import KnownParts
from cityfolio.search.documents import Document
from cityfolio.search.kept_words import texts_digest

__all__ = ["KeptDocuments", "MakeDocuments"]

MakeDocuments = Callable[[Dataset], Iterable[Document]]
ASIDE = Annex()


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
            yield from self._made.pop(dataset.id, None) or _read(self.kind, row, partial(self.make, dataset))

    @cached_property
    def _runs(self) -> Sequence[Kept]:
        return tuple(self.known.runs(f"search {self.kind}", self.datasets, self._part))

    def _part(self, dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
        made = [replace(each, digest=texts_digest(each), fields=_Aside(each.fields)) for each in self.make(dataset)]
        self._made[dataset.id] = made
        return orjson.dumps(list(map(_row, made)))


def _row(document: Document) -> tuple[object, ...]:
    return (document.id, document.title, document.url, document.text, document.about, document.detail, document.updated,
            document.standing, document.parent, document.digest, document.facets)


def _read(kind: str, row: bytes, make: Callable[[], Iterable[Document]]) -> Iterator[Document]:
    for at, (identifier, title, url, text, about, detail, updated, standing, parent, digest, facets) in enumerate(
            orjson.loads(row)):
        yield Document(id=identifier, kind=kind, title=title, url=url, text=text, about=about, detail=detail, updated=updated,
                       standing=standing, parent=parent, digest=digest, fields=_Later(make, at),
                       facets={name: tuple(map(tuple, chosen)) for name, chosen in facets.items()})


class _Fields(Mapping[str, tuple[str, ...]]):
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

    __slots__ = ("_laid",)

    def __init__(self, fields: Mapping[str, tuple[str, ...]]) -> None:
        self._laid = ASIDE.laid(orjson.dumps(dict(fields)))

    def had(self) -> Mapping[str, tuple[str, ...]]:
        """The texts."""
        return _read_back(self._laid)


@lru_cache(maxsize=1)     # who asks goes from field to field, and then to the next document
def _read_back(laid: Laid) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(texts) for name, texts in orjson.loads(laid.read()).items()}
