"""What a build holds in memory grows slowly with its datasets: far more slowly than by all that is known of each."""

from __future__ import annotations

import ctypes
import gc
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench.making_catalogs import write_catalog
from cities import NOW, a_build
from cityfolio import annex
from cityfolio.build import Prepared, Workshop, prepare
from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from cityfolio.memory import LARGE_BYTES, gaps_filled, give_back, part_large_from_small
from cityfolio.publish.sinks import MemorySink

FEWEST, FEW, MANY = 2, 10, 30
MOST_LOADED, MOST_PREPARED = 9_500, 18_000     # bytes a dataset, beside what lies aside; as objects they were 34,000 and 91,000


def held(catalog: Path, scratch: Path) -> tuple[int, int]:
    """How many bytes are held of a catalog that was loaded, and then prepared."""
    scratch.mkdir()
    gc.collect()
    tracemalloc.start()
    tree = FolderTree(catalog)
    loaded = load(tree)
    gc.collect()
    of_loaded, _ = tracemalloc.get_traced_memory()
    prepared = prepare(loaded, a_build(now=NOW), Workshop(tree=tree, sink=MemorySink()), (), scratch)
    gc.collect()
    of_prepared, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(prepared, Prepared)
    return of_loaded, of_prepared


@pytest.fixture(scope="module")
def a_dataset(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, float]:
    """Bytes that each dataset adds, once loaded and once prepared. What is imported on the way is held before."""
    folder = tmp_path_factory.mktemp("catalogs")
    fewest, few, many = (write_catalog(count, folder / str(count)) for count in (FEWEST, FEW, MANY))
    gc.collect()
    gc.freeze()       # else each of nine looks goes through all that other tests left
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(annex, "AT_ONCE", 1)      # what a large catalog lays aside is not in memory
        held(fewest, folder / "imported")
        low, high = held(few, folder / "few"), held(many, folder / "many")
    return (high[0] - low[0]) / (MANY - FEW), (high[1] - low[1]) / (MANY - FEW)


def test_a_dataset_that_was_read_is_held_small(a_dataset: tuple[float, float]) -> None:
    assert a_dataset[0] < MOST_LOADED


def test_a_dataset_that_pages_are_drawn_of_is_held_small(a_dataset: tuple[float, float]) -> None:
    assert a_dataset[1] < MOST_PREPARED


def test_free_memory_is_given_back_where_the_system_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace(malloc_trim=asked.append))

    give_back()

    assert asked == [0]


def test_so_is_what_arrow_holds_once_there_is_any(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()
    pool = SimpleNamespace(release_unused=lambda: asked.append("released"))
    monkeypatch.setitem(sys.modules, "pyarrow", SimpleNamespace(default_memory_pool=lambda: pool))

    give_back()

    assert asked == ["released"]


def test_nothing_is_asked_of_a_library_that_cannot_give_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())

    give_back()


def test_what_is_large_is_parted_from_what_is_small_where_the_library_can(monkeypatch: pytest.MonkeyPatch) -> None:
    told = dict[int, int]()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace(mallopt=told.__setitem__))

    part_large_from_small()

    assert told == {-3: LARGE_BYTES, -1: 2 * LARGE_BYTES}


def test_a_library_that_cannot_part_them_is_asked_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())

    part_large_from_small()


@pytest.mark.skipif(not getattr(sys, "getallocatedblocks", int)(), reason="another allocator is at work")
@pytest.mark.parametrize("make", [object, lambda: float("1"), lambda: bytes(60), lambda: bytes(220), lambda: bytes(470)],
                         ids=["16", "32", "96", "256", "512"])
def test_once_the_gaps_are_filled_what_is_new_lies_by_itself(make: Callable[[], object]) -> None:
    made = [make() for _ in range(20_000)]
    gaps = {id(made.pop(at)) for at in range(len(made) - 1, 0, -3)}

    filled = gaps_filled()
    new = [make() for _ in range(5_000)]

    assert filled
    assert len(gaps.intersection(map(id, new))) < 50      # of 5,000: Python keeps some places for itself


def test_where_another_allocator_is_at_work_nothing_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "getallocatedblocks", lambda: 0)

    assert gaps_filled() == []
