"""Records that were written are read back as they were, whatever keys a dataset has."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from cityfolio.load.fields import read_record
from cityfolio.load.known_records import columns_read, columns_told, record_told, told
from cityfolio.load.values import Reading
from cityfolio.load.yaml import read_yaml
from cityfolio.model.keys import Conditions, Kind, ListOf, MapOf, Record, keys_of
from cityfolio.model.records import ColumnRecord, DatasetRecord

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
LANGUAGES = {"one language": ("en",), "two languages": ("en", "es")}


def written(kind: Kind, example: str) -> str:
    """A value of a kind as YAML, with all that can be below it."""
    match kind:
        case Record(type=record):
            return "{" + ", ".join(entries(record)) + "}"
        case ListOf(kind=Record() as inner):
            return f"[{written(inner, '')}, {written(inner, '')}]"
        case MapOf(kind=Record() as inner):
            return f"{{a: {written(inner, '')}, b: {{}}}}"
        case ListOf():
            return example or "[a, b]"
        case MapOf() | Conditions():
            return example or "{a: b}"
    return json.dumps(example or "Some words")


def entries(record: type) -> Iterator[str]:
    """Each key of a record with a value."""
    return (f"{name}: {written(key.kind, key.example)}" for name, key in keys_of(record).items())


def read(text: str, languages: tuple[str, ...] = ("en",)) -> DatasetRecord:
    """The record of a dataset."""
    document, _ = read_yaml("datasets/trees/dataset.yaml", text.encode())
    assert document is not None
    return read_record(DatasetRecord, document.root, Reading(document, languages=languages))


WHOLE = "\n".join(entries(DatasetRecord))
IN_LANGUAGES = """\
title: {en: Trees, es: Arboles}
keywords: {en: [oak], es: [roble]}
columns: {a: {title: {es: Uno}, values: {A: }}}
"""


@pytest.mark.parametrize("languages", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("text", [WHOLE, IN_LANGUAGES], ids=["whole", "in languages"])
def test_a_dictionary_is_read_back_as_it_was(text: str, languages: tuple[str, ...]) -> None:
    columns = read(text, languages).columns

    assert repr(columns_read(columns_told(columns))) == repr(columns) != "{}"


@pytest.mark.parametrize("languages", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("text", ["{}", "title:", "files: x", WHOLE, IN_LANGUAGES, *entries(DatasetRecord)],
                         ids=lambda text: text.partition(":")[0])
def test_a_record_is_read_back_as_it_was(text: str, languages: tuple[str, ...]) -> None:
    record = read(text, languages)
    again = record_told(DatasetRecord, told(record))

    assert again == record
    assert repr(again) == repr(record)       # in types too
    assert type(again.title) is type(record.title)


def test_the_whole_record_has_every_key() -> None:
    record, empty = read(WHOLE), DatasetRecord()

    assert {name for name in keys_of(DatasetRecord) if getattr(record, name) == getattr(empty, name)} == set()


@given(TEXTS, st.dictionaries(TEXTS, st.builds(ColumnRecord, title=st.none() | TEXTS)))
def test_any_texts_and_names_are_read_back(title: str, columns: dict[str, ColumnRecord]) -> None:
    record = DatasetRecord(title=title, columns=columns)

    assert record_told(DatasetRecord, told(record)) == record


def test_records_share_nothing_that_could_be_changed() -> None:
    body = told(DatasetRecord())

    assert record_told(DatasetRecord, body).notes is not record_told(DatasetRecord, body).notes
