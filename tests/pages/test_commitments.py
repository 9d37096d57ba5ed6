"""The page of commitments: how each stands, what is overdue, and what shows it. Today is 22 November 2025."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cityfolio.model.practice import CommitmentRecord
from cityfolio.model.practised import Filed
from cityfolio.pages.promise_states import SHAPES, TONES, commitment_state
from pages.drawing import draw_site
from pages.factories import TODAY, a_catalog, a_dataset
from pages.promises import a_commitment, promised
from pages.reader import ReadPage


def page_of(*commitments: Filed[CommitmentRecord]) -> ReadPage:
    """The page of some commitments."""
    return draw_site(catalog=promised(a_catalog(a_dataset("Street trees", publisher="Parks")), commitments=commitments)).page(
        "/commitments/")


def test_a_site_without_commitments_has_no_page_of_them() -> None:
    assert "/commitments/" not in draw_site(a_dataset()).urls()


@pytest.mark.parametrize(("given", "state"), [
    ({}, "promised"), ({"due": date(2025, 11, 22)}, "promised"), ({"due": date(2025, 11, 21)}, "overdue"),
    ({"due": date(2025, 11, 21), "state": "under-way"}, "overdue"), ({"due": date(2025, 11, 21), "state": "kept"}, "kept"),
    ({"due": None}, "promised"),
], ids=["to come", "today", "yesterday", "under way", "kept", "no day"])
def test_what_is_not_settled_is_overdue_after_its_day(given: dict[str, Any], state: str) -> None:
    assert commitment_state(a_commitment(**given).record, TODAY) == state


def test_what_is_overdue_stands_first_and_says_by_how_much() -> None:
    page = page_of(a_commitment("One", state="kept", settled=date(2025, 2, 1)), a_commitment("Two", due=date(2025, 11, 1)))

    assert page.headings(2)[:2] == ["Overdue", "Kept"]
    assert "Overdue by 21 days" in page.section("Overdue").text
    assert "Kept on 1 February 2025" in page.section("Kept").text


def test_counts_lead_to_their_lists() -> None:
    page = page_of(a_commitment("One"), a_commitment("Two"), a_commitment("Three", state="broken", reason="No money."))

    assert {"Promised: 2": "#promised", "Broken: 1": "#broken"}.items() <= page.main.links().items()
    assert len(page.section("Promised").headings(3)) == 2
    assert "Why: No money." in page.section("Broken").text


def test_it_is_said_who_promised_what_when_and_where() -> None:
    section = page_of(a_commitment(owner="parks", where="https://example.gov/council")).section("Promised")

    assert "Promised on 1 January 2025 by Parks Due 31 December 2025" in section.text
    assert section.link("1 January 2025").address == "https://example.gov/council"
    assert section.link("Parks").address == "../publishers/parks/"


def test_what_was_kept_late_says_by_how_much() -> None:
    page = page_of(a_commitment("One", state="kept", settled=date(2026, 1, 2)),
                   a_commitment("Two", state="kept", settled=date(2025, 12, 31)))

    assert page.section("Kept").text.count("late") == 1
    assert "Kept on 2 January 2026, 2 days late" in page.section("Kept").text


@pytest.mark.parametrize(("evidence", "words", "address"), [
    ("/data/street-trees/?show=1&of=2#rows", "/data/street-trees/?show=1&of=2#rows", "../data/street-trees/?show=1&of=2#rows"),
    ("/data/street-trees/", "Street trees", "../data/street-trees/"), ("/about/", "/about/", "../about/"),
    ("https://example.gov/budget", "https://example.gov/budget", "https://example.gov/budget"),
    ("javascript:alert(1)", "javascript:alert(1)", "#"),
], ids=["what a page is asked", "a dataset", "a page", "elsewhere", "harm"])
def test_evidence_is_a_link(evidence: str, words: str, address: str) -> None:
    assert page_of(a_commitment(state="kept", evidence=evidence)).main.link(words).address == address


def test_states_of_unlike_tone_have_unlike_shapes() -> None:
    tones = {(SHAPES[state], TONES[state]) for state in SHAPES}

    assert len({shape for shape, _ in tones}) == len(tones)
