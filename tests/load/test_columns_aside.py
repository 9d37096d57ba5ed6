"""Dictionaries that lie aside, as those of very many datasets do: nothing that is made of them tells the difference."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from cities import a_bench, a_build, a_city, loaded
from cityfolio.files import FolderTree, MemoryTree
from cityfolio.link import link
from cityfolio.load import catalog as loading
from cityfolio.load.columns_aside import ASKED, Asked, ColumnsAside, has_any
from cityfolio.model.catalog import Dataset
from cityfolio.model.digests import Digests
from cityfolio.tables.published import read_tables
from golden_sites import GOLDEN, built_with_stand_ins

CITIES = sorted(each.parent for each in GOLDEN.glob("*/*/site.yaml"))


@pytest.fixture
def lay_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every catalog has too many datasets for their columns to stay at hand."""
    monkeypatch.setattr(loading, "MANY_DATASETS", 0)


def trees() -> Dataset:
    """The dataset of the sound city, linked."""
    files = a_city()
    city = loaded(files)
    (dataset,) = link(city, read_tables(city, a_bench(MemoryTree(files))), a_build()).datasets
    return dataset


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.parent.name)
def test_a_city_becomes_the_same_site_and_has_the_same_problems(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result, sink = built_with_stand_ins(city, monkeypatch)
    monkeypatch.setattr(loading, "MANY_DATASETS", 0)
    other, aside = built_with_stand_ins(city, monkeypatch)

    assert any(isinstance(each.record.columns, ColumnsAside) for each in loading.load(FolderTree(city)).datasets.values())
    assert other.problems == result.problems
    assert aside.site == sink.site


def test_a_dataset_equals_the_one_whose_columns_are_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    at_hand = trees()
    monkeypatch.setattr(loading, "MANY_DATASETS", 0)
    aside = trees()

    assert isinstance(aside.record.columns, ColumnsAside)
    assert not isinstance(aside.files[0].columns, tuple)
    assert aside.files[0].columns[0].record is aside.record.columns[aside.files[0].columns[0].name]
    assert aside == at_hand
    assert at_hand == aside
    assert Digests().of_dataset(aside) == Digests().of_dataset(at_hand)
    assert repr(aside) == repr(at_hand)


@pytest.mark.usefixtures("lay_aside")
def test_another_process_gets_the_columns_themselves() -> None:
    sent = pickle.loads(pickle.dumps(trees()))

    assert sent == trees()
    assert type(sent.record.columns) is dict
    assert type(sent.files[0].columns) is tuple


@pytest.mark.usefixtures("lay_aside")
def test_a_dictionary_is_asked_as_one_that_is_at_hand() -> None:
    columns = trees().record.columns

    assert len(columns) == len([*columns])
    assert columns[next(iter(columns))] == next(iter(columns.values()))
    assert "no such column" not in columns
    assert columns.get("no such column") is None


@pytest.mark.usefixtures("lay_aside")
@pytest.mark.parametrize(("key", "asked"), [
    ("foreign_key: {dataset: trees, column: id}", "foreign_key"), ("sensitive: true", "sensitive"),
    ("standard: species", "standard"),
])
def test_what_few_columns_say_is_known_of_those_that_lie_aside(key: str, asked: Asked) -> None:
    text = f"title: Trees\ncolumns: {{a: {{}}, b: {{{key}}}}}\n"
    columns = loaded(a_city(**{"datasets__trees__dataset.yaml": text})).datasets["trees"].record.columns

    assert isinstance(columns, ColumnsAside)
    assert [each for each in ASKED if has_any(columns, each)] == [asked]
    assert has_any(columns, *ASKED)
    assert not has_any(columns)


def test_few_datasets_keep_their_columns_at_hand() -> None:
    assert type(trees().record.columns) is dict
    assert type(trees().files[0].columns) is tuple
