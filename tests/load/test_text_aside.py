"""Descriptions that lie aside, as those of very many datasets do: nothing that is made of them tells the difference."""

from __future__ import annotations

import pickle
from dataclasses import fields

import pytest

from cities import a_bench, a_build, a_city, loaded
from cityfolio.files import MemoryTree
from cityfolio.frozen import replace
from cityfolio.link import link
from cityfolio.load import catalog as loading
from cityfolio.load.text_aside import LONG, DescribedAside
from cityfolio.model.catalog import Dataset
from cityfolio.model.digests import Digests
from cityfolio.model.records import DatasetRecord
from cityfolio.tables.published import read_tables

TEXT = "Every tree that the city has planted. " * 10


def trees(description: str = TEXT) -> Dataset:
    """A dataset of a city with such a description, linked."""
    files = a_city(**{"datasets__trees__dataset.yaml": f'title: Trees\nkeywords: [oak, elm]\ndescription: "{description}"\n'})
    city = loaded(files)
    (dataset,) = link(city, read_tables(city, a_bench(MemoryTree(files))), a_build()).datasets
    return dataset


def both(monkeypatch: pytest.MonkeyPatch, description: str = TEXT) -> tuple[Dataset, Dataset]:
    """The dataset with its description at hand, and with it laid aside."""
    at_hand = trees(description)
    monkeypatch.setattr(loading, "MANY_DATASETS", 0)
    return at_hand, trees(description)


@pytest.mark.parametrize("description", [TEXT, "Árboles 🌳. " * 30])
def test_a_dataset_equals_the_one_whose_description_is_at_hand(description: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_hand, aside = both(monkeypatch, description)

    assert type(at_hand.record) is DatasetRecord
    assert type(aside.record) is DescribedAside
    assert aside.record.description == at_hand.record.description
    assert aside == at_hand
    assert at_hand == aside
    assert aside == trees(description)
    assert aside != replace(at_hand, record=replace(at_hand.record, description="Other words"))
    assert repr(aside) == repr(at_hand)
    assert Digests().of_dataset(aside) == Digests().of_dataset(at_hand)


def test_a_record_can_be_changed_beside_its_description(monkeypatch: pytest.MonkeyPatch) -> None:
    at_hand, aside = both(monkeypatch)

    changed = replace(aside.record, title="Oaks")

    assert (changed.title, changed.description) == ("Oaks", TEXT.strip())
    assert changed == replace(at_hand.record, title="Oaks")
    assert [each.name for each in fields(changed)] == [each.name for each in fields(at_hand.record)]


def test_another_process_gets_the_description_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    at_hand, aside = both(monkeypatch)

    sent = pickle.loads(pickle.dumps(aside))

    assert sent == at_hand
    assert type(sent.record) is DatasetRecord


def test_a_short_description_stays_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    _, aside = both(monkeypatch, "t" * (LONG - 1))

    assert type(aside.record) is DatasetRecord


def test_words_that_several_datasets_have_are_held_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MANY_DATASETS", 0)
    text = "title: Trees\npublisher: parks\neach_row_is: One tree\nkeywords: [oak]\nfiles: [{path: trees.csv, title: All}]\n"
    one, other = loaded(a_city(**{"datasets__trees__dataset.yaml": text, "datasets__oaks__dataset.yaml": text,
                                  "datasets__oaks__trees.csv": "id\n1\n"})).datasets.values()

    assert one.record.publisher is other.record.publisher
    assert one.record.each_row_is is other.record.each_row_is
    assert one.record.keywords[0] is other.record.keywords[0]
    assert one.record.files[0] is other.record.files[0]
