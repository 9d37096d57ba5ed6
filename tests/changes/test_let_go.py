"""Addresses that a note lets go, and those that it does not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from cities import CSV, MEASURED, NOW, TREES, a_build, a_city
from cityfolio.build import Result, Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.sinks import MemorySink
from cityfolio.review.let_go import let_go
from cityfolio.review.policy import REASON, TITLE, notes_for
from review.diff.comparing import compared

DAY = "changes__2026-06-29-{}.md"
GONE = {"datasets__trees__dataset.yaml": None, "datasets__trees__trees.csv": None}
LOST = {"datasets__trees__dataset.yaml": TREES.replace("path: trees.csv", "missing: It was lost."),
        "datasets__trees__trees.csv": None}
UNMEASURED = {path: body for path, body in {**a_city(), **MEASURED}.items() if not path.startswith(("measures/", "goals/"))}


def built(files, previous=None) -> Result:
    tree = MemoryTree(files)
    return build_site(load(tree), a_build(), Workshop(tree=tree, sink=MemorySink(), previous=previous))


@cache
def published(files: frozenset[tuple[str, str | bytes]]) -> Manifest | None:
    """The manifest of the site as it was: many tests leave the same one."""
    return built(dict(files)).written.manifest


def before(files: Mapping[str, str | bytes]) -> Manifest | None:
    """What a city had on its site."""
    return published(frozenset(files.items()))


def a_note(keys: str) -> str:
    return f"---\ntitle: It is kept elsewhere\n{keys}\n---\n"


def dropped(former, after):
    """The pages that a build misses, those within pages of others left aside."""
    return [each.where.path for each in built(after, before(former)).problems if each.code == "address-dropped"
            and not each.where.path.startswith("embed/")]


@pytest.mark.parametrize(("former", "after"), [
    (a_city(), a_city(**GONE)), (a_city(), a_city(**LOST)),
    (a_city(**{"datasets__trees__dataset.yaml": f"{TREES}formerly: [woods]\n"}), a_city(**GONE)),
    (a_city(), a_city(**{**GONE, "datasets__oaks__dataset.yaml": TREES, "datasets__oaks__trees.csv": CSV})),
    (a_city(**{"publishers__old.yaml": "title: Old\n"}), a_city()),
    (a_city(), a_city(**{"datasets__trees__dataset.yaml": f"{TREES}status: draft\n"})),
    ({**a_city(), **MEASURED}, UNMEASURED),
], ids=["a dataset", "a file", "a dataset with a former id", "a dataset with another id", "a publisher", "a draft", "measures"])
def test_what_a_comparison_accepts_can_be_built(former, after):
    notes = {path: text.replace(TITLE, "It is kept elsewhere").replace(REASON, "The county has it.")
             for path, text in notes_for(compared(former, after).refused, NOW.date())}

    assert dropped(former, after)
    assert (compared(former, {**after, **notes}).refused, dropped(former, {**after, **notes})) == ((), [])


@pytest.mark.parametrize("keys", [
    "kind: correction\nreason: So.\ndatasets: [trees]", "kind: withdrawal\ndatasets: [bikes]", "accepts: [dataset-removed]",
    "accepts: [file-removed]\ndatasets: [trees]", "kind: withdrawal\naccepts: [column-removed]\ndatasets: [trees]",
    "accepts: [measure-removed]\nmeasures: [trees]", "accepts: [measure-removed]\nmeasures: [on-time]\ndatasets: [trees]",
], ids=["of a correction", "of another dataset", "that names nothing", "of a file", "of something else", "of a measure",
        "of a measure and it"])
def test_another_note_keeps_the_page_of_a_dataset(keys):
    assert dropped(a_city(), a_city(**GONE, **{DAY.format("gone"): a_note(keys)})) == ["data/trees/index.html"]


def test_a_note_of_a_day_to_come_lets_nothing_go():
    note = {"changes__2026-07-01-gone.md": a_note("kind: withdrawal\ndatasets: [trees]")}

    assert dropped(a_city(), a_city(**GONE, **note)) == ["data/trees/index.html"]


@pytest.mark.parametrize("after", [a_city(**GONE), a_city(**LOST)], ids=["a dataset", "a file"])
def test_a_withdrawal_takes_the_files_of_a_dataset_along_now_and_later(after):
    withdrawn = {**after, DAY.format("gone").replace("__", "/"): a_note("kind: withdrawal\ndatasets: [trees]")}

    first = built(withdrawn, before(a_city()))
    second = built(withdrawn, first.written.manifest)

    assert (first.is_built, second.is_built) == (True, True)


def a_manifest(*paths: str) -> Manifest:
    return Manifest(entries={path: Entry(path=path, bytes=1, sha256="0") for path in paths})


@pytest.mark.parametrize(("keys", "gone"), [
    ("accepts: [page-removed]", {"/publishers/old/"}),
    ("accepts: [former-address-removed]", {"/publishers/old/", "/old/page/"}),
    ("accepts: [file-removed]\ndatasets: [trees]", {"/data/trees/trees.csv", "/embed/data/trees/map/"}),
    ("accepts: [dataset-removed]\ndatasets: [trees]",
     {"/data/trees/", "/data/trees/trees.csv", "/embed/data/trees/", "/embed/data/trees/map/"}),
], ids=["a page", "an old address", "a file", "a dataset"])
def test_only_the_addresses_that_are_meant_may_go(keys, gone):
    loaded = load(MemoryTree(a_city(**{DAY.format("gone"): a_note(keys)})))
    previous = a_manifest("index.html", "data/index.html", "data/trees/index.html", "data/trees/trees.csv",
                          "embed/data/trees/index.html", "embed/data/trees/map/index.html", "data/bikes/index.html",
                          "measures/on-time/index.html", "publishers/old/index.html", "old/page/index.html")

    assert let_go(loaded, NOW.date(), previous) == gone
