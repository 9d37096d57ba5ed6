"""Outputs that a copy of the process makes meanwhile are those that it would make itself, whatever becomes of the copy."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest

from cities import SITE, TREES, a_build, a_city, loaded, with_files
from cityfolio import build as building, outputs_beside
from cityfolio.build import Workshop, build_site
from cityfolio.cache import Cache, NoCache
from cityfolio.files import MemoryTree
from cityfolio.model.site import Output
from cityfolio.outputs_beside import packed, unpacked, with_those_beside
from cityfolio.pages.known_parts import KnownParts
from cityfolio.publish.sinks import MemorySink
from pages.factories import a_build as build_of_pages, a_catalog

forking = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")
OURS = os.getpid()


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests may have left threads in the process that runs these too."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def an_output(name: str, body: bytes = b"") -> Output:
    return Output(url=f"/{name}", body=body or name.encode(), media_type="text/plain", kind="feed", source=name,
                  updated=date(2026, 1, 2))


PAGES = [an_output(f"page-{number}") for number in range(20)]
FEEDS = [an_output(f"feed-{number}", b"x" * 5_000) for number in range(200)]


def some_parts() -> KnownParts:
    return KnownParts(a_catalog(), build_of_pages())


def made(fault_at: int = -1, kill: bool = False, where: list[bool] | None = None) -> Iterator[Output]:
    """All feeds; in a copy there may be a fault at one of them."""
    for number, each in enumerate(FEEDS):
        if os.getpid() != OURS and number == fault_at:
            if kill:
                os.kill(os.getpid(), signal.SIGKILL)
            raise ValueError("as if this could not be made there")
        if os.getpid() == OURS and where is not None:
            where.append(True)
        yield each


@forking
def test_all_come_each_kind_in_its_order() -> None:
    here: list[bool] = []
    found = list(with_those_beside(PAGES, partial(made, where=here), some_parts(), is_worth=True))

    assert [each for each in found if each.url.startswith("/page")] == PAGES
    assert [each for each in found if each.url.startswith("/feed")] == FEEDS
    assert here == []


def test_where_it_is_not_worth_a_copy_they_come_after_the_others() -> None:
    assert list(with_those_beside(PAGES, made, some_parts(), is_worth=False)) == [*PAGES, *FEEDS]


@forking
@pytest.mark.parametrize("kill", [False, True], ids=["it fails", "it is ended"])
@pytest.mark.parametrize("at", [0, 1, 64, 65, 130, 199])
def test_what_a_copy_does_not_bring_is_made_here(at: int, kill: bool) -> None:
    found = list(with_those_beside(PAGES, partial(made, at, kill), some_parts(), is_worth=True))

    assert [each for each in found if each.url.startswith("/feed")] == FEEDS


@forking
def test_a_fault_of_what_is_made_is_told_here() -> None:
    def failing() -> Iterator[Output]:
        yield FEEDS[0]
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        list(with_those_beside(PAGES, failing, some_parts(), is_worth=True))


@forking
def test_nobody_waits_for_a_copy_whose_outputs_are_not_asked_for_to_the_end() -> None:
    outputs = with_those_beside(PAGES, made, some_parts(), is_worth=True)
    next(outputs)
    outputs.close()


@pytest.mark.parametrize("outputs", [[], FEEDS[:1], [an_output("empty", b"\n"), *FEEDS[:3]]], ids=["none", "one", "some"])
def test_outputs_travel_as_they_are(outputs: list[Output]) -> None:
    assert list(unpacked(packed(outputs))) == outputs


def a_catalog_of(number: int) -> dict[str, str | bytes]:
    files = {f"datasets/trees-{each:02}/{name}": body for each in range(number)
             for name, body in (("dataset.yaml", TREES.replace("Street trees", f"Street trees {each}")),
                                ("trees.csv", f"species,height\noak,{each}\n"))}
    return with_files(a_city(), {"site.yaml": f"{SITE}base_url: https://data.example.gov\n", **files})


@forking
@pytest.mark.parametrize("keeps", [False, True], ids=["without a cache", "with one"])
def test_a_site_is_the_same_with_a_copy_and_without(tmp_path, monkeypatch: pytest.MonkeyPatch, keeps: bool) -> None:
    monkeypatch.setattr(outputs_beside, "LEAST", 20)
    asked: list[bool] = []
    original = outputs_beside.with_those_beside

    def noted(*args, is_worth: bool):
        asked.append(is_worth)
        return original(*args, is_worth=is_worth)

    monkeypatch.setattr(building, "with_those_beside", noted)

    def built(number: int, workers: int, files: dict[str, str | bytes]) -> dict[str, bytes]:
        sink, cache = MemorySink(), Cache(tmp_path / str(number), 1 << 26) if keeps else NoCache()
        workshop = Workshop(tree=MemoryTree(files), sink=sink, workers=workers, cache=cache, program="1")
        assert build_site(loaded(files), a_build(), workshop).is_built
        return sink.site

    files = a_catalog_of(30)
    edited = {**files, "datasets/trees-07/trees.csv": "species,height\nelm,3\n"}
    assert built(2, 2, files) == built(1, 1, files)
    assert asked == [True, False]
    assert built(2, 2, edited) == built(1, 1, edited)
