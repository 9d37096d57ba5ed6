"""Pages that others drew, copies of the process or other machines, are the pages that it draws itself."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from cityfolio.files import MemoryTree
from cityfolio.folders import themes_root
from cityfolio.model.catalog import Dataset
from cityfolio.model.site import Output
from cityfolio.pages import drawn_ahead, known_pages, packed_pages
from cityfolio.pages.languages import words_of_language
from cityfolio.pages.pages import Drawing, site_of
from cityfolio.pages.shell import Page, Site
from cityfolio.pages.templates import Theme, load_theme
from cityfolio.tables.workers import Hands
from clusters.making_clusters import a_cluster
from pages.drawing import a_theme, the_theme
from pages.factories import a_build, a_catalog, a_dataset

DATASETS = tuple(a_dataset(f"Trees of district {number:02}") for number in range(30))
FAILING = '{% extends "civic/dataset.html" %}{% block aside %}{{ 1 / (frame.heading != "Trees of district 17") }}{% endblock %}'
SPANISH = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Topics"\nmsgstr "Bajar ya"\n'

forking = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")
BY_OTHERS = [pytest.param(lambda: 2, marks=forking, id="two copies"), pytest.param(lambda: 4, marks=forking, id="four copies"),
             pytest.param(a_cluster, id="another machine")]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have few datasets be worth a copy, whatever threads the tests have."""
    monkeypatch.setattr(drawn_ahead, "LEAST", 20)
    monkeypatch.setattr(drawn_ahead, "BATCH", 3)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def drawn_by(hands: Hands, theme: Theme, datasets: tuple[Dataset, ...] = DATASETS) -> tuple[Drawing, list[Output]]:
    """A site that was drawn to its end, and what it came to."""
    drawing = Drawing(site_of(a_catalog(*datasets), a_build(), theme), hands=hands)
    return drawing, list(drawing.outputs())


def noted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the datasets whose pages this process draws from now on."""
    drawn: list[str] = []
    original = known_pages.own_pages

    def own_pages(dataset: Dataset, site: Site) -> Iterator[Page]:
        drawn.append(dataset.id)
        return original(dataset, site)

    monkeypatch.setattr("cityfolio.pages.known_pages.own_pages", own_pages)
    return drawn


@pytest.mark.parametrize("hands", BY_OTHERS)
def test_pages_are_the_same_whoever_draws_them(hands: Callable[[], Hands], monkeypatch: pytest.MonkeyPatch) -> None:
    alone = drawn_by(1, the_theme())[1]
    here = noted(monkeypatch)

    assert drawn_by(hands(), the_theme())[1] == alone
    assert set(here) <= {DATASETS[0].id}


@pytest.mark.parametrize("hands", BY_OTHERS)
def test_a_template_that_fails_on_one_page_is_told_as_it_would_be(hands: Callable[[], Hands]) -> None:
    theme = a_theme(city={"theme/templates/dataset.html": FAILING})
    (alone, outputs), (drawing, others) = drawn_by(1, theme), drawn_by(hands(), theme)

    assert others == outputs
    assert list(drawing.faults) == list(alone.faults)
    assert [fault.where.path for fault in drawing.faults] == ["theme/templates/dataset.html"]


def test_another_machine_draws_in_the_language_and_the_words_of_the_city() -> None:
    city = {"locale/es/LC_MESSAGES/cityfolio.po": SPANISH}
    theme, _ = load_theme("civic", (themes_root(),), MemoryTree(city), words_of_language("es", MemoryTree(city)))
    assert theme is not None
    cluster = a_cluster()
    outputs = drawn_by(cluster, theme)[1]

    assert outputs == drawn_by(1, theme)[1]
    assert any(b"Bajar ya" in each.body for each in outputs if isinstance(each.body, bytes) and each.kind == "dataset")
    assert cluster.note() == ""


def test_a_machine_with_another_theme_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    theme = replace(the_theme(), digest="another")
    alone, cluster = drawn_by(1, theme)[1], a_cluster()
    here = noted(monkeypatch)

    assert drawn_by(cluster, theme)[1] == alone
    assert here == [each.id for each in DATASETS]
    assert 'the worker has another theme "civic", or other words' in cluster.note()


def test_a_dataset_of_a_measure_is_drawn_here(monkeypatch: pytest.MonkeyPatch) -> None:
    site = replace(site_of(a_catalog(*DATASETS), a_build(), the_theme()), users={DATASETS[3].id: frozenset({"canopy"})})
    here = noted(monkeypatch)
    outputs = list(Drawing(site, hands=a_cluster()).outputs())

    assert here == [DATASETS[3].id]
    assert outputs == list(Drawing(site).outputs())


@forking
def test_what_a_killed_copy_was_to_draw_is_drawn_here(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, process, original = drawn_by(1, the_theme())[1], os.getpid(), packed_pages.own_pages

    def own_pages(dataset: Dataset, site: Site) -> Iterator[Page]:
        if os.getpid() != process and dataset == DATASETS[11]:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(dataset, site)

    monkeypatch.setattr(packed_pages, "own_pages", own_pages)
    here = noted(monkeypatch)

    assert drawn_by(2, the_theme())[1] == alone
    assert {DATASETS[11].id} < set(here) < {each.id for each in DATASETS}


@pytest.mark.parametrize(("may", "count"), [(False, 30), (True, 19)], ids=["where no copy is safe", "few pages"])
def test_pages_are_drawn_by_the_process_itself(may: bool, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn_ahead, "may_copy", lambda: may)
    here = noted(monkeypatch)
    drawn_by(2, the_theme(), DATASETS[:count])

    assert here == [each.id for each in DATASETS[:count]]
