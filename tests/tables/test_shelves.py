"""Small values of many files are kept some dozens together, and one edit touches one entry."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from cityfolio.cache import Cache, NoCache
from cityfolio.tables.shelves import FEW, LARGE_BYTES, Item, Shelves

ITEMS = [Item(f"datasets/{at}/rows.csv", f"key {at}") for at in range(300)]
BODIES = {at: b"value %d" % at for at in range(300)}


def filled(root: Path, items: list[Item] = ITEMS, bodies: Mapping[int, bytes] = BODIES) -> Shelves:
    """Shelves on which something was put."""
    shelves = Shelves(Cache(root), "values")
    shelves.keep(items, bodies)
    return shelves


def entries(root: Path) -> dict[Path, bytes]:
    """What lies in a cache."""
    return {path: path.read_bytes() for path in root.glob("??/*")}


def test_what_was_put_is_found(tmp_path: Path) -> None:
    assert dict(filled(tmp_path).found(ITEMS)) == BODIES


def test_many_values_are_few_entries(tmp_path: Path) -> None:
    filled(tmp_path)

    assert 2 < len(entries(tmp_path)) < 30


def test_few_values_are_an_entry_each(tmp_path: Path) -> None:
    few = ITEMS[:FEW - 1]
    shelves = filled(tmp_path, few, {0: b"one", 3: b"other"})

    assert dict(shelves.found(few)) == {0: b"one", 3: b"other"}
    assert (shelves.cache.get("key 0"), len(entries(tmp_path))) == (b"one", 2)


def test_an_edit_touches_one_entry(tmp_path: Path) -> None:
    shelves = filled(tmp_path)
    before = entries(tmp_path)
    edited = [*ITEMS[:40], Item(ITEMS[40].place, "new"), *ITEMS[41:]]
    missing = set(BODIES) - dict(shelves.found(edited)).keys()
    shelves.keep(edited, {40: b"edited"})
    after = entries(tmp_path)

    assert missing == {40}
    assert (before.keys() == after.keys(), sum(before[path] != after[path] for path in before)) == (True, 1)
    assert dict(shelves.found(edited)) == BODIES | {40: b"edited"}


def test_who_takes_an_edit_back_finds_what_was_there(tmp_path: Path) -> None:
    shelves = filled(tmp_path)
    shelves.keep([*ITEMS[:40], Item(ITEMS[40].place, "new"), *ITEMS[41:]], {40: b"edited"})

    assert dict(shelves.found(ITEMS)) == BODIES


def test_what_nobody_asks_for_any_more_is_let_go(tmp_path: Path) -> None:
    shelves = filled(tmp_path)
    for edit in range(20):
        shelves.keep([Item(each.place, f"{each.key} {edit}") for each in ITEMS], BODIES)

    assert sum(map(len, entries(tmp_path).values())) < 2.5 * sum(map(len, entries_of_one(tmp_path / "one").values()))


def entries_of_one(root: Path) -> dict[Path, bytes]:
    """What lies in a cache after the first time, with keys of the same length."""
    filled(root, [Item(each.place, f"{each.key} 19") for each in ITEMS])
    return entries(root)


def test_what_goes_takes_no_more_than_one_other_along_on_average(tmp_path: Path) -> None:
    shelves = filled(tmp_path)
    found = [len(dict(shelves.found([*ITEMS[:at], *ITEMS[at + 1:]]))) for at in range(300)]

    assert sum(299 - each for each in found) <= 300
    assert min(found) > 150


def test_what_comes_takes_no_more_than_one_other_along_on_average(tmp_path: Path) -> None:
    shelves = filled(tmp_path)
    found = [len(dict(shelves.found([*ITEMS, Item(f"datasets/{at}/b.csv", "new")]))) for at in range(300)]

    assert sum(300 - each for each in found) <= 300
    assert min(found) > 150


def test_the_order_of_the_items_does_not_matter(tmp_path: Path) -> None:
    assert dict(filled(tmp_path).found(ITEMS[::-1])) == {299 - at: body for at, body in BODIES.items()}


def test_a_large_value_stands_alone(tmp_path: Path) -> None:
    large = b"x" * (LARGE_BYTES + 1)
    shelves = filled(tmp_path, ITEMS, BODIES | {7: large})

    assert dict(shelves.found(ITEMS)) == BODIES | {7: large}
    assert shelves.cache.get("key 7") == large
    assert max(len(body) for body in entries(tmp_path).values() if large not in body) < LARGE_BYTES


def test_a_large_value_that_is_gone_is_missing_alone(tmp_path: Path) -> None:
    shelves = filled(tmp_path, ITEMS, BODIES | {7: b"x" * (LARGE_BYTES + 1)})
    next(path for path, body in entries(tmp_path).items() if len(body) > LARGE_BYTES).unlink()

    assert set(BODIES) - dict(shelves.found(ITEMS)).keys() == {7}


@pytest.mark.parametrize("spoil", [lambda body: b"", lambda body: body[:-1], lambda body: body + b"x", lambda body: b"shelf",
                                   lambda body: body[:60] + bytes((body[60] ^ 1,)) + body[61:]],
                         ids=["empty", "cut short", "longer", "foreign", "one bit"])
def test_a_spoiled_shelf_is_empty_and_nothing_else_is(tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    shelves = filled(tmp_path)
    entry = min(entries(tmp_path))
    entry.write_bytes(spoil(entry.read_bytes()))
    found = dict(shelves.found(ITEMS))

    assert found.items() < BODIES.items()
    assert len(found) > 200


def test_another_shelf_in_its_place_is_empty(tmp_path: Path) -> None:
    shelves = filled(tmp_path)
    one, other, *_ = sorted(entries(tmp_path))
    one.write_bytes(other.read_bytes())

    assert dict(shelves.found(ITEMS)).items() < BODIES.items()


def test_values_of_another_kind_are_not_met(tmp_path: Path) -> None:
    filled(tmp_path)

    assert dict(Shelves(Cache(tmp_path), "others").found(ITEMS)) == {}


def test_what_has_no_key_is_not_kept(tmp_path: Path) -> None:
    items = [Item("datasets/0", ""), *ITEMS]

    shelves = filled(tmp_path, items, {at + 1: body for at, body in BODIES.items()})

    assert dict(shelves.found(items)).keys() == set(range(1, 301))
    assert dict(Shelves(Cache(tmp_path), "values").found([Item("a", "")])) == {}


def test_two_values_of_one_place_are_both_kept(tmp_path: Path) -> None:
    items = [*ITEMS, Item(ITEMS[0].place, "another sheet")]

    assert dict(filled(tmp_path, items, BODIES | {300: b"sheet"}).found(items)) == BODIES | {300: b"sheet"}


def test_two_catalogs_with_the_same_places_do_not_drive_each_other_out(tmp_path: Path) -> None:
    shelves = filled(tmp_path)
    others = [Item(each.place, f"other {each.key}") for each in ITEMS]
    shelves.keep(others, BODIES)

    assert (dict(shelves.found(ITEMS)), dict(shelves.found(others))) == (BODIES, BODIES)


def test_without_a_cache_nothing_is_found() -> None:
    shelves = Shelves(NoCache(), "values")
    shelves.keep(ITEMS, BODIES)

    assert dict(shelves.found(ITEMS)) == {}


@pytest.mark.parametrize("wide", [1, 256], ids=["a shelf each", "wide shelves"])
def test_what_was_put_on_packed_shelves_is_found_and_takes_less(tmp_path: Path, wide: int) -> None:
    alike = {at: b"a text that they all have, and %d" % at * 20 for at in range(300)}
    for name, is_packed in (("plain", False), ("packed", True)):
        Shelves(Cache(tmp_path / name), "values", wide, is_packed).keep(ITEMS, alike)
    plain, packed = (sum(map(len, entries(tmp_path / name).values())) for name in ("plain", "packed"))

    assert dict(Shelves(Cache(tmp_path / "packed"), "values", wide, is_packed=True).found(ITEMS)) == alike
    assert packed < plain / 2


def test_what_was_packed_is_not_read_as_if_it_was_not(tmp_path: Path) -> None:
    Shelves(Cache(tmp_path), "values", is_packed=True).keep(ITEMS, BODIES)

    assert dict(Shelves(Cache(tmp_path), "values").found(ITEMS)) == {}
