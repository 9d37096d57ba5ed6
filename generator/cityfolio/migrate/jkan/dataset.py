"""One JKAN dataset as a dataset of ours, field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cityfolio.migrate.jkan.contact import contact
from cityfolio.migrate.jkan.dates import coverage, dates
from cityfolio.migrate.jkan.files import Files, files_of
from cityfolio.migrate.jkan.record import DatasetImport, Rooms
from cityfolio.migrate.jkan.rooms import HIDDEN, MACHINERY, old_paths
from cityfolio.migrate.jkan.schema import Schema, Taking
from cityfolio.migrate.jkan.source import Document
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.rooms import NOBODY
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.texts import NO_WORDS, fitted, limit_of, markdown, plain
from cityfolio.model.records import DatasetRecord

KEYWORD_LENGTH = 200              # characters of a keyword; see DatasetRecord.keywords
MISSING = {"title": "no title", "publisher": "no organization", "description": "no description", "license": "no license",
           "modified": "no date of the last change", "files": "nothing to download"}


def dataset_of(document: Document, identifier: str, schema: Schema, rooms: Rooms) -> DatasetImport:
    """Read one dataset."""
    taking = Taking(document.matter.values, schema.dataset)
    taking.taken |= MACHINERY
    each = DatasetImport(document, schema, rooms, taking, Ledger(list(document.entries)), {}, {}, Files())
    if identifier != document.stem:
        each.ledger.note("mended", "(file name)", "made into an id that can be part of an address", document.stem, identifier)
    _words(each)
    _points_to(each)
    contact(each)
    dates(each)
    coverage(each)
    each.values["formerly"] = rooms.addresses.formerly(old_paths(document), f"/data/{identifier}/")
    _files(each)
    for name, value in taking.rest().items():
        _keep_rest(each, name, value)
    each.values["notes"] = each.notes
    for key, why in MISSING.items():
        if not each.values.get(key) and not (key == "modified" and each.values.get("frequency")):
            each.ledger.note("missing", schema.dataset.names[key][0], why)
    return each


def _words(each: DatasetImport) -> None:
    # The description first: words that are too long for their own key may be put behind it.
    name, given = each.taking.take("description")
    body = each.document.matter.body
    if body:
        each.ledger.note("noted", "(text below the front matter)", "put behind the description", body, "description")
    text = "\n\n".join(part for part in (as_words(given), body) if part)
    limit = limit_of(DatasetRecord, "description") - 2
    if len(text) > limit:
        each.ledger.note("left-out", name, "longer than a description can be", text[limit:])
    each.values["description"] = markdown(text[:limit], each.ledger, name) if text else None
    name, text = each.words("title")
    if len(text) > limit_of(DatasetRecord, "title"):
        each.keep(name, text, "the whole of a title that is too long")
    each.values["title"] = fitted(text, DatasetRecord, "title", each.ledger)


def _points_to(each: DatasetImport) -> None:
    rooms, path = each.rooms, each.document.path
    name, text = each.words("publisher")
    if text and text.lower() not in NOBODY:
        each.values["publisher"] = rooms.publishers.find(text, each.ledger, name, path).id
    name, listed = _listed(each, "topics")
    each.values["topics"] = list(dict.fromkeys(rooms.topics.find(word, each.ledger, name, path).id for word in listed))
    _, each.values["keywords"] = _listed(each, "keywords")
    name, text = each.words("license")
    if text:
        each.values["license"] = rooms.licenses.find(text, each.ledger, name, path)


def _listed(each: DatasetImport, role: str) -> tuple[str, list[str]]:
    """The words of a list: trimmed, each once; empty ones and those too long are written down."""
    name, given = each.taking.take(role)
    if given is None:
        given = each.document.matter.values.get(name)   # a list of empty words, which says nothing and is still counted
    if isinstance(given, str) and re.search(r"[,;]", given):
        each.ledger.note("mended", name, "a list written as one text divided", given)
        given = [*re.split(r"\s*[,;]\s*", given)]
    listed: dict[str, None] = {}
    for number, item in enumerate(given if isinstance(given, list) else [given] if given else [], 1):
        word = plain(item, each.ledger, f"{name}[{number}]")
        if not word or word.lower() in NO_WORDS:
            each.ledger.note("left-out", f"{name}[{number}]", "an empty word of a list", word)
        elif word in listed:
            each.ledger.note("left-out", f"{name}[{number}]", "a word that the list has already", word)
        elif len(word) > KEYWORD_LENGTH:
            each.keep(name, word, "too long for its key")
        else:
            listed[word] = None
    return name, list(listed)


def _files(each: DatasetImport) -> None:
    name, given = each.taking.take("files")
    each.files = files_of(given, name, each.schema.file, each.ledger, each.rooms.sources)
    each.values["files"] = each.files.records
    for place, values in each.document.matter.hidden:
        text = as_words(dict(values))
        if text:
            each.keep(place, text, HIDDEN, f"Hidden in {place or 'the record'}")


def _keep_rest(each: DatasetImport, name: str, value: Given) -> None:
    text = as_words(value)
    if text.lower() in NO_WORDS:
        each.ledger.note("left-out", name, "a word that stands for nothing", text)
    else:
        each.keep(name, text, "a fact without a key of its own, kept under notes")


def settings_of(document: Document) -> Mapping[str, int]:
    """The keys of a record that only Jekyll reads."""
    return dict.fromkeys(MACHINERY & document.matter.values.keys(), 1)
