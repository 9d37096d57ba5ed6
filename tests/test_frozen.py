"""Values that never change are to others what frozen dataclasses are."""

from __future__ import annotations

import copy
import dataclasses
import gc
import math
import pickle
import pprint
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, Generic, TypeVar

import orjson
import pytest

from cityfolio.frozen import Frozen, field, replace

T = TypeVar("T")


def of_one() -> list[int]:
    return [1]


class Tree(Frozen, kw_only=True):
    species: str
    height: float = 1.5
    names: dict[str, str] = field(default_factory=dict)
    leaves: list[int] = field(default_factory=of_one)


class Oak(Tree, kw_only=True):
    age: int
    height: float = 30.0


class Place(Frozen):
    line: int
    column: int = 0


class Held(Frozen, Generic[T]):
    value: T


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TreeOfBefore:
    species: str
    height: float = 1.5
    names: dict[str, str] = dataclasses.field(default_factory=dict)
    leaves: list[int] = dataclasses.field(default_factory=of_one)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OakOfBefore(TreeOfBefore):
    age: int
    height: float = 30.0


@dataclasses.dataclass(frozen=True, slots=True)
class PlaceOfBefore:
    line: int
    column: int = 0


PAIRS = pytest.mark.parametrize(("kind", "before"), [(Tree, TreeOfBefore), (Oak, OakOfBefore), (Place, PlaceOfBefore)],
                                ids=["named", "derived", "in order"])


def told(kind: Any) -> list[tuple[object, ...]]:
    return [(each.name, each.type, each.default, each.default_factory, each.init, each.compare,
             each.repr, each.kw_only, dict(each.metadata)) for each in dataclasses.fields(kind)]


@PAIRS
def test_fields_are_those_of_a_dataclass(kind: type, before: type) -> None:
    assert told(kind) == told(before)
    assert kind.__match_args__ == before.__match_args__


@PAIRS
def test_what_is_told_of_one_class_is_not_taken_for_another(kind: type, before: type) -> None:
    dataclasses.fields(Tree)

    assert [each.name for each in dataclasses.fields(kind)] == [each.name for each in dataclasses.fields(before)]


def test_a_value_is_a_dataclass_and_so_is_its_class():
    assert dataclasses.is_dataclass(Place)
    assert dataclasses.is_dataclass(Place(1))


def test_a_value_is_told_with_what_it_holds_as_json_and_as_a_dictionary():
    oak = Oak(species="robur", age=3, names={"en": "oak"})

    assert orjson.loads(orjson.dumps([oak])) == [dataclasses.asdict(oak)]
    assert list(dataclasses.asdict(oak).items()) == list(dataclasses.asdict(
        OakOfBefore(species="robur", age=3, names={"en": "oak"})).items())


@pytest.mark.parametrize("by", [replace, dataclasses.replace], ids=["our own", "of dataclasses"])
def test_a_value_is_replaced_by_one_with_other_members(by: Any) -> None:
    oak = Oak(species="robur", age=3, names={"en": "oak"})
    older = by(oak, age=4)

    assert (older.age, older.species, type(older)) == (4, "robur", Oak)
    assert older.names is oak.names
    assert oak.age == 3


def test_a_dataclass_is_replaced_as_well():
    assert replace(PlaceOfBefore(1), column=2) == PlaceOfBefore(1, 2)


@pytest.mark.parametrize("by", [replace, dataclasses.replace], ids=["our own", "of dataclasses"])
def test_a_member_that_is_not_there_cannot_be_replaced(by: Any) -> None:
    with pytest.raises(TypeError):
        by(Place(1), row=2)


def test_a_value_that_python_does_not_look_through_takes_less():
    class Leaf(Frozen, gc=False):
        line: int
        column: int = 0

    assert (gc.is_tracked(Leaf(1)), replace(Leaf(1), column=2)) == (False, Leaf(1, 2))
    assert sys.getsizeof(Leaf(1)) == sys.getsizeof(Place(1)) - 16


def test_no_member_can_be_set_or_taken_away():
    place = Place(1)
    with pytest.raises(AttributeError):
        place.line = 2      # type: ignore[misc]
    with pytest.raises(AttributeError):
        del place.line
    with pytest.raises(AttributeError):
        place.other = 2     # type: ignore[attr-defined]

    assert place == Place(1)


def test_members_that_are_named_are_not_given_in_order():
    with pytest.raises(TypeError):
        Tree("robur")       # type: ignore[misc]
    with pytest.raises(TypeError):
        Tree()              # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Tree(species="robur", width=2)      # type: ignore[call-arg]


def test_what_a_member_is_by_default_is_made_for_each_value():
    assert Tree(species="robur").names is not Tree(species="robur").names


def test_values_are_equal_where_class_and_members_are():
    assert Place(1) == Place(1, 0)
    assert hash(Place(1)) == hash(Place(1, 0))
    assert len({Place(1), Place(1), Place(2)}) == 2
    assert Place(1) != Place(2)
    assert Place(1) != (1, 0)
    assert Tree(species="robur", height=30.0) != Oak(species="robur", age=1)
    assert Held(math.nan) == Held(math.nan)
    assert Held(float("nan")) != Held(float("nan"))


def test_what_holds_a_list_has_no_hash():
    with pytest.raises(TypeError):
        hash(Held([]))


def test_a_value_is_shown_as_a_dataclass_is():
    assert repr(Oak(species="robur", age=3)) == repr(OakOfBefore(species="robur", age=3)).replace("OfBefore", "")
    assert pprint.pformat(Place(1)) == "Place(line=1, column=0)"


def test_a_value_is_copied():
    oak = Oak(species="robur", age=3, names={"en": "oak"})

    assert copy.copy(oak) == copy.deepcopy(oak) == pickle.loads(pickle.dumps(oak)) == oak
    assert copy.copy(oak).names is oak.names
    assert copy.deepcopy(oak).names is not oak.names


def test_a_value_goes_to_another_process_and_comes_back():
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        assert pool.submit(copy.copy, Held((1, "a"))).result() == Held((1, "a"))


def test_a_value_is_matched_by_its_members():
    match Place(1, 2):
        case Place(line, column):
            found = line, column
    match Oak(species="robur", age=3):
        case Tree(species=species):
            also = species

    assert (found, also) == ((1, 2), "robur")
