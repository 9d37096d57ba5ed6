"""Rules about the review before a release: where there should be one, and whether it still holds."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.check.registry import rule
from cityfolio.load.columns_aside import has_any
from cityfolio.load.dictionary import dictionary
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.model.records import DatasetRecord
from cityfolio.problems import Location, Problem

GUARDED = ("confidential", "protected")


@rule("review-expired")
def reviews_hold(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """What was weighed before a release is weighed again when it should be. The day that it expires still counts."""
    for each in loaded.published:
        review = each.record.release_review
        if review and review.expires and review.expires < build.today:
            yield Problem(code="review-expired", where=each.document.at("release_review", "expires"),
                          says=f"the release was to be weighed again by {review.expires}",
                          fix="Weigh it again, and write the new `on:` and `expires:`.")


@rule("review-absent", of_each=True)
def risks_are_weighed(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A release of what could harm somebody was weighed, and it is told by whom."""
    for each in loaded.published:
        if each.record.release_review is None and not each.document.holds("release_review"):
            for key, says in _reasons(loaded, each.record)[:1]:
                yield Problem(code="review-absent", where=each.document.at_key(key), says=says,
                              fix="Write `release_review:` with the benefit, the risk, its level, the reviewer and the day.")


def _reasons(loaded: Loaded, record: DatasetRecord) -> list[tuple[str, str]]:
    """Why a release should have been weighed: the key, and what to say."""
    found = []
    if record.sensitivity in GUARDED:
        found.append(("sensitivity", f"the dataset is published and {record.sensitivity}, and it is not told who weighed that"))
    if record.anonymity:
        found.append(("anonymity", "the rows are about people, and it is not told who weighed their release"))
    if any(has_any(dictionary(loaded, record, file), "sensitive") for file in record.files):
        key = "columns" if record.columns else "files"
        found.append((key, "columns are left out because they are personal, and it is not told who weighed the rest"))
    return found


def dates_out_of_order(loaded: Loaded) -> Iterator[tuple[Location, str]]:
    """Reviews that expire before they were made: where, and what to say."""
    for each in loaded.datasets.values():
        review = each.record.release_review
        if review and review.on and review.expires and review.expires < review.on:
            yield each.document.at("release_review", "expires"), f"expires {review.expires} comes before on {review.on}"
