"""Documents that are kept small say the same as those that are not."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, strategies as st

from cityfolio.load.kept import kept
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
    whole = a_document()
    small = kept(whole)

    assert (small.path, small.root, small.lines) == (whole.path, whole.root, whole.lines)


@given(st.dictionaries(st.sampled_from(["", "a", "b"]), VALUES), st.lists(st.sampled_from(["", "x", "é"])).map(tuple))
def test_any_values_come_back_as_they_were(entries: dict[str, Value], lines: tuple[str, ...]) -> None:
    whole = Document("a.yaml", a_group(entries, (1, 1)), lines)
    small = kept(whole)

    assert (small.root, small.lines) == (whole.root, whole.lines)


@given(st.dictionaries(st.sampled_from(["", "a", "title"]), VALUES),
       st.lists(st.sampled_from(["", "a", "title", "none", 0, 1]), min_size=1, max_size=4).map(tuple))
def test_any_places_are_those_of_the_document(entries: dict[str, Value], keys: tuple[str | int, ...]) -> None:
    whole = Document("a.yaml", a_group(entries, (1, 1)), ("title: Trees",))
    small = kept(whole)

    assert (small.at(*keys), small.at_key(*keys)) == (whole.at(*keys), whole.at_key(*keys))
    assert (small.value(*keys), small.holds(*keys)) == (whole.value(*keys), whole.holds(*keys))


@pytest.mark.parametrize("keys", [("title",), ("keywords", 1), ("files", 0, "columns", "id"), ("files", 3), ("empty",)],
                         ids=str)
def test_places_are_those_of_the_document(keys: tuple[str | int, ...]) -> None:
    whole = a_document()
    small = kept(whole)

    assert (small.at(*keys), small.at_key(*keys)) == (whole.at(*keys), whole.at_key(*keys))
    assert (small.value(*keys), small.holds(*keys)) == (whole.value(*keys), whole.holds(*keys))


def test_a_document_is_made_small_once() -> None:
    whole = a_document()

    assert kept(whole) is kept(whole) is kept(kept(whole))


def test_a_document_goes_to_another_process_small() -> None:
    small = kept(a_document())

    assert pickle.loads(pickle.dumps(small)) == small
