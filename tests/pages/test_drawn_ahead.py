"""Pages that copies of the process drew are the pages that it draws itself."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from cityfolio.model.catalog import Dataset
from cityfolio.model.site import Output
from cityfolio.pages import drawn_ahead
from cityfolio.pages.pages import Drawing, site_of
from cityfolio.pages.shell import Page, Site
from cityfolio.pages.templates import Theme
from pages.drawing import a_theme, the_theme
from pages.factories import a_build, a_catalog, a_dataset

DATASETS = tuple(a_dataset(f"Trees of district {number:02}") for number in range(30))
FAILING = '{% extends "civic/dataset.html" %}{% block aside %}{{ 1 / (frame.heading != "Trees of district 17") }}{% endblock %}'

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have few datasets be worth a copy, whatever threads the tests have."""
    monkeypatch.setattr(drawn_ahead, "LEAST", 20)
    monkeypatch.setattr(drawn_ahead, "BATCH", 3)
    monkeypatch.setattr(drawn_ahead, "may_copy", lambda: True)


def drawn_by(workers: int, theme: Theme, datasets: tuple[Dataset, ...] = DATASETS) -> tuple[Drawing, list[Output]]:
    """A site that was drawn to its end, and what it came to."""
    drawing = Drawing(site_of(a_catalog(*datasets), a_build(), theme), workers=workers)
    return drawing, list(drawing.outputs())


def noted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the datasets whose pages this process draws from now on."""
    drawn: list[str] = []
    original = drawn_ahead.own_pages

    def own_pages(dataset: Dataset, site: Site) -> Iterator[Page]:
        drawn.append(dataset.id)
        return original(dataset, site)

    monkeypatch.setattr("cityfolio.pages.known_pages.own_pages", own_pages)
    return drawn


@pytest.mark.parametrize("workers", [2, 4])
def test_pages_are_the_same_whoever_draws_them(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = drawn_by(1, the_theme())[1]
    here = noted(monkeypatch)

    assert drawn_by(workers, the_theme())[1] == alone
    assert here == [DATASETS[0].id]


@pytest.mark.parametrize("workers", [2, 4])
def test_a_template_that_fails_on_one_page_is_told_as_it_would_be(workers: int) -> None:
    theme = a_theme(city={"theme/templates/dataset.html": FAILING})
    (alone, outputs), (drawing, others) = drawn_by(1, theme), drawn_by(workers, theme)

    assert others == outputs
    assert list(drawing.faults) == list(alone.faults)
    assert [fault.where.path for fault in drawing.faults] == ["theme/templates/dataset.html"]


def test_what_a_killed_copy_was_to_draw_is_drawn_here(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, process, original = drawn_by(1, the_theme())[1], os.getpid(), drawn_ahead.own_pages

    def own_pages(dataset: Dataset, site: Site) -> Iterator[Page]:
        if os.getpid() != process and dataset == DATASETS[11]:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(dataset, site)

    monkeypatch.setattr(drawn_ahead, "own_pages", own_pages)
    here = noted(monkeypatch)

    assert drawn_by(2, the_theme())[1] == alone
    assert {DATASETS[11].id} < set(here) < {each.id for each in DATASETS}


@pytest.mark.parametrize(("may", "count"), [(False, 30), (True, 19)], ids=["where no copy is safe", "few pages"])
def test_pages_are_drawn_by_the_process_itself(may: bool, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn_ahead, "may_copy", lambda: may)
    here = noted(monkeypatch)
    drawn_by(2, the_theme(), DATASETS[:count])

    assert here == [each.id for each in DATASETS[:count]]
