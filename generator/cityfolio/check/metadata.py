"""Rules for what a dataset says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from itertools import chain
from operator import attrgetter
from typing import Any

from cityfolio.check.registry import rule
from cityfolio.load.dictionary import dictionary_entries, filled_in
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.yaml import Group
from cityfolio.model.catalog import Build
from cityfolio.model.records import ColumnRecord, ColumnType, DatasetRecord, PublisherRecord, SiteRecord
from cityfolio.model.standards import requirement
from cityfolio.problems import Problem

ORDERED = frozenset({"integer", "number", "date", "datetime", "time", "year"})
TEXTUAL = frozenset({"string", "any"})
DATED = frozenset({"date", "datetime", "time"})
CONSTRAINTS = attrgetter("minimum", "maximum", "min_length", "max_length", "pattern", "format")
UNBOUND = (None,) * 6
Asked = Sourced[DatasetRecord] | Sourced[PublisherRecord] | Sourced[SiteRecord]


@rule("publisher-missing", of_each=True)
def somebody_publishes_it(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A dataset names its publisher."""
    for each in loaded.datasets.values():
        if not each.record.publisher and not each.document.holds("publisher"):
            yield Problem(
                code="publisher-missing",
                where=each.document.at(),
                says=f"no publisher is named; {requirement('dataset', 'publisher')}",
                fix="Add `publisher:` with the id of a file in publishers/.",
            )


@rule("license-missing", of_each=True)
def somebody_may_use_it(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A published dataset has a license, its own or the site's."""
    if loaded.site is None or loaded.site.document.holds("license"):
        return  # without site.yaml nobody knows what it would have said; that it is missing is reported
    for each in loaded.published:
        if not each.record.license and not each.document.holds("license"):
            yield Problem(
                code="license-missing",
                where=each.document.at(),
                says="there is no license, so nobody knows what may be done with the data",
                fix="Add `license:`, such as cc0-1.0, here or in site.yaml.",
            )


@rule("description-missing", of_each=True)
def it_is_described(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A dataset has a summary or a description."""
    for each in loaded.datasets.values():
        is_told = each.record.summary or each.record.description
        if not is_told and not each.document.holds("summary") and not each.document.holds("description"):
            yield Problem(
                code="description-missing",
                where=each.document.at(),
                says=f"neither summary nor description says what it is; {requirement('dataset', 'description')}",
                fix="Add `summary:` with one sentence.",
            )


@rule("contact-missing", of_each=True)
def somebody_answers(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A dataset that is not retired has a contact: its own, its publisher's or the site's."""
    if loaded.site is None:
        return  # as above
    for each in loaded.listed:
        publisher = loaded.publishers.get(each.record.publisher or "")
        is_unknown = each.record.publisher is not None and publisher is None  # and that is reported
        asked: tuple[Asked, ...] = (each, loaded.site, *([publisher] if publisher else []))
        if not is_unknown and not any(map(_answers, asked)):
            yield Problem(
                code="contact-missing",
                where=each.document.at(),
                says=f"nobody is named who answers questions; {requirement('dataset', 'contact')}",
                fix="Add `contact:` here, to the publisher or to site.yaml.",
            )


@rule("dictionary-missing", of_each=True)
def its_columns_are_described(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A table in the catalog has a dictionary."""
    for each in loaded.published:
        for place, file in enumerate(each.record.files):
            name = file.path or file.sample or ""
            if name.lower().endswith((".csv", ".tsv")) and not (file.columns or _has_dictionary(each)):
                yield Problem(
                    code="dictionary-missing",
                    where=each.document.at("files", place),
                    says=f"{name} is published without a word about its columns",
                    fix="Add `columns:` with a title for each.",
                )


@rule("meaning-missing", of_each=True)
def each_column_has_a_meaning(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A column of the dictionary says what it holds."""
    for document, keys, column in dictionary_entries(loaded):
        full = filled_in(loaded, column)
        is_elsewhere = column.standard is not None and column.standard not in loaded.columns  # and that is reported
        if full.title or full.description or full.sensitive or is_elsewhere:
            continue
        has_words = any(document.holds(*keys, key) for key in ("title", "description"))
        is_refused = document.holds(*keys) and not isinstance(document.value(*keys), Group)
        if not (has_words or is_refused):
            yield Problem(
                code="meaning-missing",
                where=document.at_key(*keys),
                says=f"column `{keys[-1]}` has neither title nor description",
                fix="Add `title:` with what it holds, in a resident's words.",
            )


@rule("reason-missing", of_each=True)
def what_is_withheld_has_a_reason(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A dataset that cannot be had says why."""
    for each in loaded.datasets.values():
        if each.record.status != "published" and not each.record.reason and not each.document.holds("reason"):
            yield Problem(
                code="reason-missing",
                where=each.document.at("status"),
                says=f"it is {each.record.status}, and no reason is given",
                fix="Add `reason:` with a sentence that residents will read.",
            )


@rule("constraint-unfit", of_each=True)
def constraints_fit_their_types(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A constraint can be applied to its column's type, and its bounds are values of that type."""
    shared = ((each.document, (), each.record) for each in loaded.columns.values())
    for document, keys, column in chain(dictionary_entries(loaded), shared):      # those of very many are not held at a time
        if CONSTRAINTS(column) == UNBOUND:
            continue
        kind = filled_in(loaded, column).type
        if kind is not None:
            for name, says in _unfit(column, kind):
                yield Problem(
                    code="constraint-unfit", where=document.at(*keys, name), says=says, fix="Change the type or the constraint."
                )


def _unfit(column: ColumnRecord, kind: ColumnType) -> Iterator[tuple[str, str]]:
    for name, types in (       # all of `CONSTRAINTS`
        ("minimum", ORDERED),
        ("maximum", ORDERED),
        ("min_length", TEXTUAL),
        ("max_length", TEXTUAL),
        ("pattern", TEXTUAL),
        ("format", DATED),
    ):
        if getattr(column, name) is not None and kind not in types:
            yield name, f'"{name}" does not fit a column of type {kind}'
    if kind not in ORDERED:
        return
    bounds = {name: _bound(getattr(column, name), kind) for name in ("minimum", "maximum") if getattr(column, name) is not None}
    for name, bound in bounds.items():
        if bound is None:
            yield name, f'"{getattr(column, name)}" is not a value of type {kind}'
    low, high = bounds.get("minimum"), bounds.get("maximum")
    if low is not None and high is not None and _exceeds(low, high):
        yield "maximum", f"the maximum {column.maximum} is less than the minimum {column.minimum}"


def _exceeds(low: Any, high: Any) -> bool:  # Any: two bounds of one type
    try:
        return bool(low > high)
    except TypeError:
        return False   # one names its offset and the other does not: which is later depends on where one is


def _bound(text: str, kind: ColumnType) -> object | None:
    """A bound as a value of its column's type; None when it is not one. Bounds are written in ISO 8601."""
    try:
        if kind in ("integer", "number", "year"):
            number = Decimal(text)
            return number if number.is_finite() else None
        if kind == "date":
            return date.fromisoformat(text)
        return datetime.fromisoformat(text) if kind == "datetime" else time.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return None


def _answers(asked: Asked) -> bool:
    """Whether a contact that can be reached is written, be it right or wrong."""
    read, document = asked.record.contact, asked.document
    if read is not None and (read.email or read.phone or read.url):
        return True
    contact = document.value("contact")
    if not isinstance(contact, Group):
        return document.holds("contact")
    return any(document.holds("contact", key) for key in ("email", "phone", "url"))


def _has_dictionary(dataset: Sourced[DatasetRecord]) -> bool:
    if dataset.record.columns:
        return True
    columns = dataset.document.value("columns")
    return dataset.document.holds("columns") and not (isinstance(columns, Group) and not columns.entries)
