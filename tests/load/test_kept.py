"""Documents that are kept small say the same as those that are not."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, strategies as st

from cityfolio.load.kept import digest_of_document, kept
from cityfolio.load.yaml import Document, Group, Items, Scalar, Value, read_yaml

BODY = """\
title: Street trees
description: |
  Every tree.

  And its kind.
keywords: [oak, "elm: tall", ~]
empty:
files:
  - path: trees.csv
    columns: {id: {title: Number}, "": {}}
"""
NUMBERS = st.integers(1, 100_000)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
SCALARS = st.builds(Scalar, st.none() | TEXTS, NUMBERS, NUMBERS, NUMBERS)


def a_group(entries: dict[str, Value], place: tuple[int, int]) -> Group:
    return Group(entries, {name: Scalar(name, *place, len(name) + 1) for name in entries}, *place)


VALUES = st.recursive(SCALARS, lambda below: st.one_of(
    st.builds(Items, st.lists(below, max_size=3).map(tuple), NUMBERS, NUMBERS, NUMBERS),
    st.builds(a_group, st.dictionaries(st.sampled_from(["", "a", "title"]), below), st.tuples(NUMBERS, NUMBERS))))


def a_document() -> Document:
    document, problems = read_yaml("datasets/trees/dataset.yaml", BODY.encode())
    assert problems == ()
    assert document is not None
    return document


def test_a_document_that_is_kept_small_holds_the_same() -> None:
    document = a_document()
    small = kept(document)

    assert (small.path, small.root, small.lines) == (document.path, document.root, document.lines)


@given(st.dictionaries(st.sampled_from(["", "a", "b"]), VALUES), st.lists(st.sampled_from(["", "x", "é"])).map(tuple))
def test_any_values_come_back_as_they_were(entries: dict[str, Value], lines: tuple[str, ...]) -> None:
    document = Document("a.yaml", a_group(entries, (1, 1)), lines)
    small = kept(document)

    assert (small.root, small.lines) == (document.root, document.lines)


@given(st.dictionaries(st.sampled_from(["", "a", "title"]), VALUES),
       st.lists(st.sampled_from(["", "a", "title", "none", 0, 1]), min_size=1, max_size=4).map(tuple))
def test_any_places_are_those_of_the_document(entries: dict[str, Value], keys: tuple[str | int, ...]) -> None:
    document = Document("a.yaml", a_group(entries, (1, 1)), ("title: Trees",))
    small = kept(document)

    assert (small.at(*keys), small.at_key(*keys)) == (document.at(*keys), document.at_key(*keys))
    assert (small.value(*keys), small.holds(*keys)) == (document.value(*keys), document.holds(*keys))


@pytest.mark.parametrize("keys", [("title",), ("keywords", 1), ("files", 0, "columns", "id"), ("files", 3), ("empty",)],
                         ids=str)
def test_places_are_those_of_the_document(keys: tuple[str | int, ...]) -> None:
    document = a_document()
    small = kept(document)

    assert (small.at(*keys), small.at_key(*keys)) == (document.at(*keys), document.at_key(*keys))
    assert (small.value(*keys), small.holds(*keys)) == (document.value(*keys), document.holds(*keys))


def test_documents_have_one_digest_where_all_that_is_written_in_them_is_the_same() -> None:
    document, other = a_document(), a_document()
    later, _ = read_yaml("a.yaml", BODY.replace("Every", "Each").encode())
    assert later is not None

    assert digest_of_document(document) == digest_of_document(kept(other))
    assert digest_of_document(document) != digest_of_document(later)


def test_a_document_is_made_small_once() -> None:
    document = a_document()

    assert kept(document) is kept(document) is kept(kept(document))


def test_a_document_goes_to_another_process_small() -> None:
    small = kept(a_document())

    assert pickle.loads(pickle.dumps(small)) == small
