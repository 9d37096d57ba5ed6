"""What can be found on a site, kind by kind. A kind is registered here; one without documents shows nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Column, Dataset
from cityfolio.pages import routes
from cityfolio.pages.datasets import summary_of
from cityfolio.pages.freshness import freshness_word, status_word
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.markdown import excerpt
from cityfolio.pages.shell import Site
from cityfolio.pages.words import Words
from cityfolio.search.documents import Document
from cityfolio.search.goal_kinds import goals, measures
from cityfolio.search.kept_documents import KeptDocuments
from cityfolio.search.plain_words import plain
from cityfolio.search.text import name_words
from cityfolio.search.text_kinds import guides, rules

__all__ = ["KINDS", "MOST_COLUMNS", "Kind", "documents_of", "plain"]

MOST_COLUMNS = 30_000     # with more, an index of columns would outweigh that of datasets, which knows their words too
MOST_VALUES = 60          # of one column
LONGEST_VALUE = 200       # characters: what is longer is no name for anything
MOST_FORMATS = 6
UNPUBLISHED = 0.9         # the standing of what only has a page: of two equals, what can be had comes first


class Kind(Frozen, kw_only=True):
    """A kind of things that can be found."""

    name: str
    documents: Callable[[Site], Iterable[Document]] = lambda site: ()
    of_dataset: Callable[[Dataset, Words], Iterable[Document]] | None = None     # where it is of each dataset alone
    most: int | None = None       # with more of them the kind is left out
    count: Callable[[Site], Iterable[int]] = lambda site: ()    # how many there are, portion by portion, where that is known


Portion = Sequence[Document] | KeptDocuments      # of all documents, those of a kind


def documents_of(site: Site, further: Iterable[Document] = (), known: KnownParts | None = None) -> tuple[Document, ...]:
    """Everything of a site that can be found, kind by kind. `further` are of kinds that are none of these."""
    return tuple(chain.from_iterable(portions_of(site, further, known)))


def portions_of(site: Site, further: Iterable[Document] = (), known: KnownParts | None = None) -> Sequence[Portion]:
    """The same, of which those that are kept are not read by now."""
    *wholes, columns_last = KINDS
    known = known or KnownParts(site.catalog, site.build)
    return (*(_few_enough(kind, site, known) for kind in wholes), tuple(further), _few_enough(columns_last, site, known))


def _few_enough(kind: Kind, site: Site, known: KnownParts) -> Portion:
    """The documents of a kind; none where there are too many, of which no more are made than it takes to see that."""
    if kind.most is None:
        found = _documents(kind, site, known)
        return found if isinstance(found, KeptDocuments) else tuple(found)
    if any(sum_so_far > kind.most for sum_so_far in accumulate(kind.count(site))):
        return ()
    documents = tuple(islice(_documents(kind, site, known), kind.most + 1))
    return documents if len(documents) <= kind.most else ()


def _documents(kind: Kind, site: Site, known: KnownParts) -> Iterable[Document] | KeptDocuments:
    make = kind.of_dataset
    if make is None:
        return kind.documents(site)
    return KeptDocuments(kind.name, site.catalog.datasets, lambda dataset: make(dataset, site.words), known)


def whole(dataset: Dataset, words: Words) -> Iterator[Document]:
    """A dataset itself, one that is only planned, restricted or retired too."""
    record, columns = dataset.record, list(_columns(dataset))
    # A sentence that was taken from the description is not counted twice.
    said = plain(record.description or "").removeprefix("" if record.summary else summary_of(dataset).rstrip("…"))
    prose = (said, record.each_row_is, record.known_limits, _names_of_files(dataset),
             *(file.record.description for file in dataset.files))
    formats = list(dict.fromkeys(file.format for file in dataset.files))
    fields = {
        "keywords": record.keywords,
        "about": (*(topic.title for topic in dataset.topics), record.spatial or "", *formats),
        "description": tuple(plain(text) for text in prose if text),
        "columns": tuple(text for column, _ in columns
                         for text in (*_names(column), plain(column.record.description or ""))),
        "values": tuple(text for column, leading in columns for text in _values(column, leading)),
    }
    yield Document(
        id=dataset.id, kind="dataset", title=dataset.title, url=routes.dataset_url(dataset.id), text=summary_of(dataset),
        about=dataset.publisher.title if dataset.publisher else "", fields=fields,
        facets=dict(_facets(dataset, words)),
        detail=", ".join(formats[:MOST_FORMATS]) if dataset.status == "published"
        else str(status_word(dataset.status, words)),
        updated=dataset.updated.isoformat() if dataset.updated else "",
        standing=1.0 if dataset.status == "published" else UNPUBLISHED,
    )


def columns(dataset: Dataset, words: Words) -> Iterator[Document]:
    """Every column that has a place of its own on a dataset's page."""
    page = routes.dataset_url(dataset.id)
    for column, leading in _columns(dataset):
        values, name = tuple(_values(column, leading)), name_words(column.name)
        described = column.record.description or ""
        yield Document(
            id=f"{dataset.id}/{column.name}", kind="column", title=column.record.title or name,
            url=f"{page}#{routes.column_anchor(column.name)}",
            text=excerpt(described) if described else ", ".join(values), about=dataset.title, detail=column.name,
            parent=dataset.id,
            fields={"title": (name,), "description": (plain(described),), "values": values},
        )


def counts_of_columns(site: Site) -> Iterator[int]:
    """How many columns each dataset has a document for."""
    for dataset in site.catalog.datasets:
        names = {column.name for file in dataset.files for column in file.columns}
        yield len(names) or sum(not record.sensitive for record in dataset.record.columns.values())


# Datasets come first, since the index tells them apart by their places; columns last, each beside those of its dataset.
KINDS = (Kind(name="dataset", of_dataset=whole), Kind(name="goal", documents=goals), Kind(name="measure", documents=measures),
         Kind(name="guide", documents=guides), Kind(name="rule", documents=rules),
         Kind(name="column", of_dataset=columns, most=MOST_COLUMNS, count=counts_of_columns))


def _columns(dataset: Dataset) -> Iterator[tuple[Column, Sequence[str]]]:
    """The columns that a dataset's page describes, each name once, with the values that lead among the rows of its table.

    Where no table was read they are those of the dictionary.
    """
    seen = set[str]()
    for file in dataset.files:
        leading = file.profile.leading if file.profile else {}
        for column in file.columns:
            if column.name not in seen:
                seen.add(column.name)
                yield column, leading.get(column.name, ())
    if not seen:
        for name, record in dataset.record.columns.items():
            if not record.sensitive:
                yield Column(name=name, record=record, described=True), ()


def _names_of_files(dataset: Dataset) -> str:
    """What the files are called, each word once: a dataset in ten formats says its name ten times over."""
    return " ".join(dict.fromkeys(word for file in dataset.files for word in file.title.split()))


def _names(column: Column) -> Iterator[str]:
    yield name_words(column.name)
    if column.record.title:
        yield column.record.title


def _values(column: Column, leading: Sequence[str]) -> Iterator[str]:
    """The values that the dictionary lists with their meanings, or those that lead among the rows."""
    for code, meaning in islice(column.record.values.items(), MOST_VALUES):
        yield meaning if meaning.casefold() == code.casefold() else f"{name_words(code)}: {meaning}"
    if not column.record.values:
        yield from (value for value in leading if len(value) <= LONGEST_VALUE)


def _facets(dataset: Dataset, words: Words) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    yield "topic", tuple((topic.id, topic.title) for topic in dataset.topics)
    yield "publisher", ((dataset.publisher.id, dataset.publisher.title),) if dataset.publisher else ()
    is_published = dataset.status == "published"
    formats = {routes.format_id(file.format): file.format for file in dataset.files} if is_published else {}
    yield "format", tuple(formats.items())
    state = dataset.freshness.state
    yield "freshness", ((state, str(freshness_word(state, words))),) if is_published else ()
    yield "status", ((dataset.status, str(status_word(dataset.status, words))),)
