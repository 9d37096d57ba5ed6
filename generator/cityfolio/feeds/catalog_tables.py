"""The metadata of the whole catalog as tables: `/catalog.csv`, `/catalog.sqlite`, and `/catalog/*.parquet`.

Three tables, joined by `dataset` and `file`: the datasets, what can be had of each, and the columns with what their rows show.
Other programs may rely on their names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice, pairwise

import orjson

from cityfolio import files
from cityfolio.annex import Annex, Laid
from cityfolio.feeds.catalog_columns import DATASET_COLUMNS, FILE_COLUMNS, TABLE_COLUMNS
from cityfolio.feeds.facts import Download, Facts, facts
from cityfolio.frozen import Frozen
from cityfolio.memory import give_back
from cityfolio.model.catalog import Build, Catalog, Column, Dataset
from cityfolio.model.profile import ColumnProfile
from cityfolio.model.site import InPieces, Output
from cityfolio.pages.known_parts import KnownParts, Whole
from cityfolio.pages.routes import CATALOG_CSV, CATALOG_SQLITE, catalog_parquet_url
from cityfolio.tables.exports.merged_rows import merged, parquet_of_merged, sqlite_of_merged
from cityfolio.tables.exports.pieces import body_of
from cityfolio.tables.exports.typed_rows import TypedTable, Value, csv_head, csv_lines, parquet_in_groups, sqlite_of

BETWEEN = "; "    # the items of a list within a cell
PARQUET, SQLITE = "application/vnd.apache.parquet", "application/vnd.sqlite3"
FEED = "catalog tables"
ASIDE = Annex()
LAID_TOGETHER = 64            # datasets: to know where each one's rows lie takes as much as a short text
URLS = (CATALOG_CSV, CATALOG_SQLITE, *map(catalog_parquet_url, ("datasets", "files", "columns")))


class _Rows(Frozen):
    """The rows of one of the tables, from what each dataset came to: read anew each time, for together they are large."""

    parts: Sequence[Laid]

    def __iter__(self) -> Iterator[list[Value]]:
        for part in self.parts:
            yield from orjson.loads(part.read())


def catalog_tables(catalog: Catalog, build: Build, known: KnownParts | None = None) -> Iterator[Output]:
    """The tables in each format. Addresses are full, or relative to `/catalog.csv`, beside which the others lie.

    Rows that are as they were are those of the files of the former site, where these still lie and most rows are so.
    """
    known = known or KnownParts(catalog, build)
    keys, former = known.of_each(FEED, catalog.datasets), known.whole(FEED)
    before = former.keys if former else {}
    new = {each for each, key in keys.items() if not key or before.get(each) != key}
    if former is None or len(new) > len(keys) // 2:
        former, new = None, set(keys)
    tables = _tables(known.part(each, _part) for each in catalog.datasets if each.id in new)
    body, sizes = _spreadsheet(tables[0], keys, _lines_before(former, new) if former else {})
    known.note(FEED, keys, sizes, URLS)
    yield _output(CATALOG_CSV, body, "text/csv")
    del body
    if former is None:
        yield _output(CATALOG_SQLITE, sqlite_of(tables), SQLITE)
        for table in tables:
            yield _output(catalog_parquet_url(table.name), parquet_in_groups(table), PARQUET)
            give_back()      # of Arrow's table, which takes many times what is written of it
        return
    both = [merged(each, former.files[catalog_parquet_url(each.name)], tuple(keys), new) for each in tables]
    yield _output(CATALOG_SQLITE, sqlite_of_merged(both, former.files[CATALOG_SQLITE]), SQLITE)
    yield from (_output(catalog_parquet_url(each.table.name), parquet_of_merged(each), PARQUET) for each in both)


def _spreadsheet(table: TypedTable, order: Collection[str], before: Mapping[str, bytes]) -> tuple[bytes | InPieces, list[int]]:
    """The lines of the datasets in their order, those that are made now and those from before, and how long each is."""
    new, sizes = iter(table.rows), list[int]()

    def lines() -> Iterator[bytes]:
        yield csv_head(table)
        for each in order:
            line = before.get(each) or csv_lines([next(new)])
            sizes.append(len(line))
            yield line

    return body_of(lines()), sizes


def _lines_before(former: Whole, new: Collection[str]) -> dict[str, bytes]:
    """The lines of the former spreadsheet by dataset, without those that are made again."""
    body = files.read_bytes(former.files[CATALOG_CSV])
    ends = list(accumulate(former.sizes, initial=len(body) - sum(former.sizes)))
    return {each: body[one:two] for each, (one, two) in zip(former.keys, pairwise(ends), strict=True) if each not in new}


def _part(dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
    """The rows of a dataset, in a line of JSON for each table."""
    known = facts(dataset, catalog, build, CATALOG_CSV)
    files = [_file(dataset, download, place) for place, download in enumerate(known.downloads, 1)]
    return b"\n".join(map(orjson.dumps, ([_dataset(known, build)], files, list(_columns(dataset)))))


def _tables(parts: Iterable[bytes]) -> tuple[TypedTable, ...]:
    """The datasets, files and columns of a catalog, in the order of the titles of datasets."""
    laid = [tuple(ASIDE.laid(_together(lists)) for lists in zip(*(part.split(b"\n") for part in some), strict=True))
            for some in _some(parts)]
    datasets, files, columns = zip(*laid, strict=True) if laid else ((), (), ())
    return (
        TypedTable(name="datasets", says="Every dataset that the catalog lists.", columns=DATASET_COLUMNS, key=("id",),
                   rows=_Rows(datasets)),
        TypedTable(name="files", says="What can be had of the datasets: files, files elsewhere, and what is made of them.",
                   columns=FILE_COLUMNS, key=("dataset", "position"), rows=_Rows(files)),
        TypedTable(name="columns", says="The data dictionary, with what the rows of each column show.", columns=TABLE_COLUMNS,
                   key=("dataset", "file", "position"), rows=_Rows(columns)),
    )


def _some(parts: Iterable[bytes]) -> Iterator[list[bytes]]:
    left = iter(parts)
    while some := list(islice(left, LAID_TOGETHER)):
        yield some


def _together(lists: Iterable[bytes]) -> bytes:
    """Lists in JSON as one."""
    return b"[%b]" % b",".join(each[1:-1] for each in lists if each != b"[]")


def _output(url: str, body: bytes | InPieces, media_type: str) -> Output:
    return Output(url=url, body=body, media_type=media_type, kind="feed", source="catalog tables")


def _dataset(known: Facts, build: Build) -> tuple[Value, ...]:
    dataset, record, terms, contact = known.dataset, known.dataset.record, known.license, known.contact
    publisher = dataset.publisher
    # Where the site's address is not known, that of the page is no name for the dataset.
    identifier = known.identifier if record.identifier or build.base_url else None
    return (
        dataset.id, dataset.title, dataset.status, record.reason, known.page, identifier,
        known.summary or None, known.description or None,
        publisher.id if publisher else None, publisher.title if publisher else None,
        BETWEEN.join(each.title for each in known.topics) or None, BETWEEN.join(known.keywords) or None,
        terms.id if terms else None, terms.url if terms else None, known.access, known.rights or None,
        contact.name if contact else None, contact.email if contact else None, contact.phone if contact else None,
        contact.url if contact else None, known.frequency or None, known.repeat or None,
        known.issued.isoformat() if known.issued else None, known.modified.isoformat() if known.modified else None,
        known.start or None, known.end or None, known.place or None, known.language, known.landing_page or None,
        known.conforms_to or None, record.each_row_is, record.known_limits,
        BETWEEN.join(dict.fromkeys(each.format for each in known.downloads)) or None, len(dataset.files),
    )


def _file(dataset: Dataset, download: Download, place: int) -> tuple[Value, ...]:
    profile = download.file.profile
    # What is known of the rows does not hold for a sample of a file that was fetched whole.
    is_seen = profile is not None and not (download.is_sample and download.file.is_fetched)
    return (
        dataset.id, place, download.file.id, download.id, download.title, download.description or None, download.format,
        download.media_type or None, download.url or None, bool(download.path), download.export is not None,
        download.is_sample, download.bytes, download.sha256 or None, profile.rows if profile and is_seen else None,
        len(profile.header) if profile and is_seen else None, download.page or None,
    )


def _columns(dataset: Dataset) -> Iterator[tuple[Value, ...]]:
    """The columns of each file that was read, then those that are described and in no file that was."""
    met = set[str]()
    for file in dataset.files:
        profiles = {each.name: each for each in file.profile.columns} if file.profile else {}
        for place, column in enumerate(file.columns, 1):
            met.add(column.name)
            yield _column(dataset, file.id, place, column, profiles.get(column.name))
        met.update(file.left_out)
    unseen = [(name, record) for name, record in dataset.record.columns.items() if name not in met and not record.sensitive]
    for place, (name, record) in enumerate(unseen, 1):
        yield _column(dataset, "", place, Column(name=name, record=record, described=True), None)


def _column(dataset: Dataset, file: str, place: int, column: Column, profile: ColumnProfile | None) -> tuple[Value, ...]:
    record = column.record
    first, middle, third = (profile.quartiles if profile else None) or (None, None, None)
    return (
        dataset.id, file, place, column.name, record.title, record.description,
        (profile.type if profile else record.type), record.unit, column.described,
        _json(dict(record.values)), record.required or False, record.unique or False, record.source,
        profile.rows if profile else None, profile.filled if profile else None, profile.distinct if profile else None,
        profile.minimum if profile else None, profile.maximum if profile else None, profile.mean if profile else None,
        first, middle, third, profile.shortest if profile else None, profile.longest if profile else None,
        _json([[each.value, each.rows] for each in profile.top] if profile else []),
        profile.sampled if profile else None,
    )


def _json(value: object) -> str | None:
    return orjson.dumps(value).decode() if value else None
