"""A column gives a finding for each kind that is in its cells, so that what is acknowledged hides nothing else."""

from __future__ import annotations

import pytest

from cityfolio.privacy.detect import personal_findings
from cityfolio.privacy.seen import as_columns

MAILS = tuple(f"maria.alvarez{at}@gmail.com" for at in range(40))
PHONES = tuple(f"704-{300 + 7 * at}-{1000 + 31 * at}" for at in range(40))
SSNS = tuple(f"{101 + 7 * at}-{11 + at}-{1000 + 31 * at}" for at in range(40))
CARD = "4111 1111 1111 1111"
IBAN = "DE89 3704 0044 0532 0130 00"


def found(name: str, *cells: str) -> list[tuple[str, int, int]]:
    """What is found in one column: the kind, the first row, and in how many cells."""
    return [(each.kind, each.row, each.count) for each in personal_findings(as_columns([name], [cells]))]


@pytest.mark.parametrize(("name", "cells", "expected"), [
    ("email", (*MAILS, SSNS[0]), [("email", 1, 40), ("national-id", 41, 1)]),
    ("email", (*MAILS[:10], *SSNS), [("national-id", 11, 40), ("free-text", 1, 10)]),
    ("caller_phone", (*PHONES, *SSNS[:10]), [("phone", 1, 50), ("national-id", 41, 10)]),
    ("contact", (*MAILS, *PHONES), [("email", 1, 40), ("free-text", 41, 40)]),
    ("home_address", ("4117 Oak St", "98 Milton Rd", f"12 Park Ave {CARD}"), [("address", 1, 3), ("payment-card", 3, 1)]),
    ("card_number", (CARD, "5555555555554444", SSNS[0]), [("payment-card", 1, 2), ("national-id", 3, 1)]),
], ids=["e-mail and a number", "numbers and e-mail", "telephones and numbers", "either", "address and card", "card and number"])
def test_each_kind_in_a_column_is_told(name: str, cells: tuple[str, ...], expected: list[tuple[str, int, int]]) -> None:
    assert found(name, *cells) == expected


def test_each_kind_in_texts_that_people_wrote_is_told_and_those_by_which_one_is_reached_together() -> None:
    texts = (f"SSN {SSNS[0]}", f"He paid by {CARD}.", "DOB 03/14/1961", "Ask 704-555-0123", "m.alvarez@gmail.com wrote")

    assert found("remarks", *texts, "Closed.") == [
        ("national-id", 1, 1), ("payment-card", 2, 1), ("birth-date", 3, 1), ("free-text", 4, 2)]


def test_a_telephone_that_lost_a_digit_is_no_other_number() -> None:
    assert found("caller_phone", *PHONES, "704-55-1234") == [("phone", 1, 41)]


def test_the_groups_of_a_bank_account_are_no_payment_card() -> None:
    assert found("iban", IBAN, "GB82 WEST 1234 5698 7654 32") == [("bank-account", 1, 2)]


def test_the_addresses_of_offices_stay_theirs_beside_a_number() -> None:
    assert found("office_email", *["parks@charlottenc.gov"] * 5, SSNS[0]) == [("national-id", 6, 1)]
