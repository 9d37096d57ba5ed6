"""Attached documents are looked into once, whatever they hold."""

from __future__ import annotations

import pytest

from cityfolio.cache import Cache, NoCache
from cityfolio.files import MemoryTree
from cityfolio.practice import attached
from cityfolio.practice.attached import attached_faults
from pages.factories import a_dataset, a_file, a_profile

PLAN = "datasets/trees/plan.html"
PAGE = b"<!doctype html><html><head></head><body><p>A plan.</p></body></html>"


def a_plan(**given):
    return a_dataset("Trees", files=[a_file("plan.html", source_path=PLAN, format="HTML", **given)])


def test_what_a_document_lacks_is_told_by_its_path():
    assert attached_faults([a_plan()], MemoryTree({PLAN: PAGE}), NoCache()) == {
        PLAN: ("it has no title", "it does not say which language it is in")}


def test_a_table_is_no_document():
    assert attached_faults([a_plan(profile=a_profile())], MemoryTree({PLAN: PAGE}), NoCache()) == {}


def test_a_document_that_has_gone_is_left_to_those_who_look_for_files(tmp_path):
    class Gone(MemoryTree):
        def open(self, path):
            raise FileNotFoundError(path)

    assert attached_faults([a_plan()], Gone({}), NoCache()) == {}


def test_a_document_that_did_not_change_is_not_looked_into_again(tmp_path, monkeypatch: pytest.MonkeyPatch):
    cache, tree = Cache(tmp_path), MemoryTree({PLAN: PAGE})
    before = attached_faults([a_plan()], tree, cache)
    monkeypatch.setattr(attached, "document_faults", lambda name, body: pytest.fail("it was looked into"))

    assert attached_faults([a_plan()], tree, cache) == before
