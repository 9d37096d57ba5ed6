"""Checks of the columns of a dataset: that they mean something, and that their cells are filled or may be empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from cityfolio.frozen import Frozen
from cityfolio.load.yaml import Document
from cityfolio.model.catalog import Column, Dataset, File
from cityfolio.model.health import HealthArea, HealthCheck
from cityfolio.model.records import ColumnType
from cityfolio.practice.health_record import has_rows
from cityfolio.problems import Location

MOST_PLACES = 20           # lines that are named for one check; the count says how many there are
MOST_NAMES = 5             # columns that a sentence names
FILLED_PERCENT = 95        # a column that is filled less should say whether it may be empty
# Words in names of columns whose numbers tell things apart, or tell a time or a place, and measure nothing.
NO_AMOUNT = frozenset({"id", "ids", "oid", "fid", "objectid", "gid", "globalid", "key", "code", "number", "num", "no", "nbr",
                       "zip", "zipcode", "zip5", "postal", "fips", "geoid", "year", "yr", "month", "day", "hour", "week",
                       "quarter", "district", "ward", "precinct", "tract", "block", "zone", "beat", "division", "parcel",
                       "pid", "phone", "fax", "lat", "latitude", "lon", "lng", "long", "longitude", "x", "y", "xcoord",
                       "ycoord", "easting", "northing", "version", "rank", "order", "sequence", "seq"})
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+[0-9]*|[0-9]+")


class Seen(Frozen):
    """A column of a table with what was seen of it, and the keys that lead to its entry in the dictionary."""

    column: Column
    file: File
    keys: tuple[str | int, ...]
    type: ColumnType
    filled: int               # of so many rows
    rows: int


def columns_of(dataset: Dataset) -> tuple[Seen, ...]:
    """Every published column that was seen, once for each dictionary that it is in."""
    found: dict[tuple[str | int, ...], Seen] = {}
    for place, file in enumerate(dataset.files):
        if file.profile is None:
            continue
        types, filled, rows = file.profile.types, file.profile.filled, file.profile.rows
        above: tuple[str | int, ...] = ("files", place, "columns") if file.record.columns else ("columns",)
        for column in file.columns:
            if column.name in types:
                keys = (*above, column.name)
                found.setdefault(keys, Seen(column, file, keys, types[column.name], filled[column.name], rows))
    return tuple(found.values())


def column_checks(dataset: Dataset, seen: Sequence[Seen], document: Document,
                  shared: Mapping[str, str]) -> Iterator[HealthCheck]:
    """The checks of a dataset's dictionary. `shared` are the columns of `columns/` by their comparable names."""
    if not seen:
        yield from _unseen(dataset, document)
        return
    yield _counted("dictionary", "documentation", document, seen, [not has_meaning(each.column) for each in seen])
    amounts = [each for each in seen if is_amount(each)]
    if amounts:
        yield _counted("units", "documentation", document, amounts, [not each.column.record.unit for each in amounts])
    yield _counted("types", "documentation", document, seen, [each.column.record.type is None for each in seen])
    standing = [each for each in seen if each.column.record.standard or shared and comparable(each.column.name) in shared]
    if standing:
        lacking = [not each.column.record.standard for each in standing]
        yield _counted("shared-columns", "documentation", document, standing, lacking)


def filling_checks(every: Sequence[Seen], document: Document) -> Iterator[HealthCheck]:
    """The checks of how far the cells of a dataset are filled, over tables that have rows."""
    seen = [each for each in every if each.rows]
    if not seen:
        return
    yield _counted("empty-columns", "completeness", document, seen, [not each.filled for each in seen])
    sparse = [100 * each.filled < FILLED_PERCENT * each.rows for each in seen]
    untold = [is_sparse and each.column.record.required is None for each, is_sparse in zip(seen, sparse, strict=True)]
    yield _counted("gaps-explained", "completeness", document, seen, untold)


def has_meaning(column: Column) -> bool:
    """Whether the dictionary says what a column holds."""
    return column.described and bool(column.record.title or column.record.description)


def is_amount(seen: Seen) -> bool:
    """Whether a column holds amounts, which need a unit: numbers that neither tell rows apart nor are codes."""
    column, record = seen.column, seen.column.record
    if seen.type not in ("integer", "number") or record.type not in (None, "integer", "number"):
        return False
    if record.values or record.foreign_key or record.unique or column.name in seen.file.record.primary_key:
        return False
    return measures_something(column.name)


@lru_cache(maxsize=20_000)
def measures_something(name: str) -> bool:
    """Whether no word in a column's name says that its numbers are codes, times or places."""
    return NO_AMOUNT.isdisjoint(part.lower() for part in _PARTS.findall(name))


@lru_cache(maxsize=20_000)
def comparable(name: str) -> str:
    """A column's name as the ids of shared columns are written: lower case, with "-" between words."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _unseen(dataset: Dataset, document: Document) -> Iterator[HealthCheck]:
    """Where no table was read there may be a dictionary all the same, of rows that are kept elsewhere."""
    if not has_rows(document):
        return
    entries = dataset.record.columns
    told = sum(bool(each.title or each.description) for each in entries.values())
    is_told = bool(entries) and told == len(entries)
    where = () if is_told else (document.at("columns"),)
    yield HealthCheck(id="dictionary", area="documentation", state="passed" if is_told else "failed", count=told,
                      of=len(entries), where=where)


def _counted(identifier: str, area: HealthArea, document: Document, seen: Sequence[Seen],
             lacking: Sequence[bool]) -> HealthCheck:
    at_fault = [each for each, lacks in zip(seen, lacking, strict=True) if lacks]
    if not at_fault:
        return HealthCheck(id=identifier, area=area, state="passed", count=len(seen), of=len(seen))
    places = dict.fromkeys(_place(document, each) for each in at_fault[:MOST_PLACES])
    names = [each.column.name for each in at_fault[:MOST_NAMES]]
    facts = {"names": ", ".join(names), "more": str(len(at_fault) - len(names))}
    return HealthCheck(id=identifier, area=area, state="failed", count=len(seen) - len(at_fault), of=len(seen),
                       where=tuple(places), facts=facts)


def _place(document: Document, seen: Seen) -> Location:
    return document.at_key(*seen.keys) if seen.column.described else document.at(*seen.keys[:-1])
