"""Requests, commitments and plans for tests of their pages, on 22 November 2025: say what matters, the rest is filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.practice import AskingRecord, CommitmentRecord, ReleaseRecord, RequestRecord, RuleRecord
from cityfolio.model.practised import Filed, Practice
from pages.factories import a_dataset, a_repository, an_id


def a_request(title: str = "Bike counts", **given: Any) -> Filed[RequestRecord]:
    """A request of 1 October 2025 that nobody has answered."""
    source = given.pop("source_path", f"requests/{an_id(title)}.yaml")
    return Filed(id=given.pop("id", an_id(title)), title=title, source_path=source,
                 record=RequestRecord(**{"title": title, "asked": date(2025, 10, 1), **given}))


def an_answer(title: str = "Tree heights", **given: Any) -> Filed[RequestRecord]:
    """A request that was answered after ten days."""
    return a_request(title, **{"state": "answered", "answered": date(2025, 10, 11), "answer": "They are **there**.", **given})


def a_commitment(title: str = "Publish the budget", **given: Any) -> Filed[CommitmentRecord]:
    """A promise of the year's first day that is due at its end."""
    return Filed(id=an_id(title), title=title, source_path=f"commitments/{an_id(title)}.yaml", record=CommitmentRecord(
        **{"title": title, "promised": date(2025, 1, 1), "due": date(2025, 12, 31), **given}))


def a_rule(title: str = "Open data policy", **given: Any) -> Filed[RuleRecord]:
    """A rule, or a meeting where `held` is given."""
    return Filed(id=an_id(title), title=title, source_path=f"policy/{an_id(title)}.md", body="Text.",
                 record=RuleRecord(title=title, kind="meeting" if given.get("held") else "policy", **given))


def a_plan(title: str = "Benches", on: date | None = date(2026, 3, 31), **given: Any) -> Dataset:
    """A planned dataset with the day on which it should be out; None for no plan at all."""
    release = ReleaseRecord(on=on, **given.pop("release", {})) if on else None
    return a_dataset(title, **{"status": "planned", "reason": "Being counted.", "updated": None, "release": release, **given})


def promised(catalog: Catalog, **known: Any) -> Catalog:
    """A catalog with what a city wrote of its practice; `days` is within how many it means to answer."""
    asking = AskingRecord(days=known.pop("days", None))
    site = replace(catalog.site, requests=asking, repository=catalog.site.repository or a_repository())
    return replace(catalog, site=site, practice=Practice(**{name: tuple(each) for name, each in known.items()}))
