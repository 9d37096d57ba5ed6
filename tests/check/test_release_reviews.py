"""Rules about the review before a release."""

from __future__ import annotations

from cities import TREES, a_city, codes, places, problems

REVIEW = ("release_review: {{benefit: Shade., risk: None is left., level: low, reviewer: Privacy office, on: {on}, "
          "expires: {expires}}}\n")
HELD = REVIEW.format(on="2026-03-02", expires="2027-03-02")


def found(record: str) -> list[str]:
    return codes(problems(a_city(**{"datasets/trees/dataset.yaml": record})))


def test_a_public_dataset_needs_no_review() -> None:
    assert found(f"{TREES}sensitivity: public\n") == []


def test_a_dataset_that_is_guarded_is_weighed_before_it_is_published() -> None:
    assert found(f"{TREES}sensitivity: protected\n") == ["review-absent"]
    assert found(f"{TREES}sensitivity: confidential\n") == ["review-absent"]
    assert found(f"{TREES}sensitivity: protected\n{HELD}") == []


def test_one_that_is_not_published_is_not_weighed_yet() -> None:
    assert found(f"{TREES}sensitivity: protected\nstatus: restricted\nreason: It is about people.\n") == []


def test_sensitive_columns_and_promised_groups_ask_for_a_review() -> None:
    assert found(TREES.replace("unit: feet", "unit: feet, sensitive: true")) == ["review-absent"]
    assert found(f"{TREES}anonymity: [{{quasi_identifiers: [species], k: 2}}]\n") == ["review-absent"]


def test_a_review_is_made_before_it_expires_and_holds_until_then() -> None:
    record = a_city(**{"datasets/trees/dataset.yaml": TREES + REVIEW.format(on="2026-03-02", expires="2026-01-01")})

    assert places(problems(record)) == [("date-order", 13, 119), ("review-expired", 13, 119)]


def test_the_day_that_a_review_expires_still_counts() -> None:
    assert found(TREES + REVIEW.format(on="2026-03-02", expires="2026-06-30")) == []
    assert found(TREES + REVIEW.format(on="2026-03-02", expires="2026-06-29")) == ["review-expired"]


def test_a_review_that_is_yet_to_come_does_not_count_yet() -> None:
    assert found(TREES + REVIEW.format(on="2026-07-01", expires="2027-03-02")) == ["date-future"]
