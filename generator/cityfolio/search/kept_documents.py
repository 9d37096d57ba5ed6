"""What is found of each dataset, kept between builds: what a result shows, and in the place of its texts a digest of them.

Words are cut from the texts, and those are kept too (see `kept_words`). Where they were not, the texts are made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial

import orjson

from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.pages.known_parts import KnownParts
from cityfolio.search.documents import Document
from cityfolio.search.kept_words import texts_digest

__all__ = ["MakeDocuments", "kept_documents"]

MakeDocuments = Callable[[Dataset], Iterable[Document]]


def kept_documents(kind: str, datasets: Iterable[Dataset], make: MakeDocuments, known: KnownParts) -> Iterator[Document]:
    """The documents of a kind that each dataset comes to, in the order of the datasets."""
    datasets = tuple(datasets)
    made = dict[str, list[Document]]()      # now, with all their texts

    def part(dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
        made[dataset.id] = [replace(each, digest=texts_digest(each)) for each in make(dataset)]
        return orjson.dumps(list(map(_row, made[dataset.id])))

    for dataset, row in zip(datasets, known.made(f"search {kind}", datasets, part), strict=True):
        yield from made.pop(dataset.id, None) or _read(kind, row, partial(make, dataset))


def _row(document: Document) -> tuple[object, ...]:
    return (document.id, document.title, document.url, document.text, document.about, document.detail, document.updated,
            document.standing, document.parent, document.digest, document.facets)


def _read(kind: str, row: bytes, make: Callable[[], Iterable[Document]]) -> Iterator[Document]:
    for at, (identifier, title, url, text, about, detail, updated, standing, parent, digest, facets) in enumerate(
            orjson.loads(row)):
        yield Document(id=identifier, kind=kind, title=title, url=url, text=text, about=about, detail=detail, updated=updated,
                       standing=standing, parent=parent, digest=digest, fields=_Later(make, at),
                       facets={name: tuple(map(tuple, chosen)) for name, chosen in facets.items()})


class _Later(Mapping[str, tuple[str, ...]]):
    """The further texts of a document, made when somebody asks for them."""

    def __init__(self, make: Callable[[], Iterable[Document]], at: int) -> None:
        self._make, self._at = make, at

    @cached_property
    def _fields(self) -> Mapping[str, tuple[str, ...]]:
        return list(self._make())[self._at].fields

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)
