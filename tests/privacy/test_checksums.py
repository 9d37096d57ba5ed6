"""Numbers with rules: what passes and what does not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, strategies as st

from cityfolio.privacy.checksums import (
    is_card,
    is_foreign_id,
    is_iban,
    is_itin,
    is_phone,
    is_routing_number,
    is_ssn,
    is_toll_free,
    passes_luhn,
)

DIGITS = st.text("0123456789", min_size=1, max_size=20)


@given(DIGITS)
def test_one_digit_of_ten_passes_after_a_number(number: str) -> None:
    assert sum(passes_luhn(number + digit) for digit in "0123456789") == 1


@given(DIGITS, st.integers(0, 19), st.integers(1, 9))
def test_no_single_wrong_digit_passes(number: str, place: int, more: int) -> None:
    whole = next(number + digit for digit in "0123456789" if passes_luhn(number + digit))
    at = place % len(whole)
    wrong = whole[:at] + str((int(whole[at]) + more) % 10) + whole[at + 1:]

    assert not passes_luhn(wrong)


@given(st.integers(0, 999), st.integers(0, 99), st.integers(0, 9999))
def test_a_social_security_number_keeps_the_rules_of_those_who_give_it(area: int, group: int, serial: int) -> None:
    given_out = area not in (0, 666) and area < 900 and group > 0 and serial > 0

    assert is_ssn(f"{area:03}-{group:02}-{serial:04}") is given_out
    assert is_ssn(f"{area:03}{group:02}{serial:04}") is given_out


@given(st.integers(10 ** 17, 10 ** 18 - 1), st.integers(1, 96))
def test_an_account_number_with_other_check_digits_is_none(account: int, off: int) -> None:
    check = 98 - int(f"{account}131400") % 97
    wrong = (check - 2 + off) % 97 + 2

    assert is_iban(f"DE{check:02}{account}")
    assert not is_iban(f"DE{wrong:02}{account}")


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_a_plus_and_seven_to_fifteen_digits_are_a_telephone(text: str) -> None:
    assert is_phone(text)


@given(st.integers(200, 999), st.integers(200, 999), st.integers(0, 9999))
def test_a_telephone_of_north_america_has_no_service_code_in_it(area: int, exchange: int, line: int) -> None:
    assume(len({*str(area), *str(exchange), *f"{line:04}"}) > 1)

    assert is_phone(f"{area}-{exchange}-{line:04}") is (area % 100 != 11 and exchange % 100 != 11)


@pytest.mark.parametrize("text", ["4111111111111111", "5555-5555-5555-4444", "3782 822463 10005", "2223003122003222"])
def test_a_card_is_known_by_its_beginning_and_digit(text: str) -> None:
    assert is_card(text)


@pytest.mark.parametrize("text", ["4111111111111112", "9111111111111111", "0000000000000000", "411111111111", "1718000000000"])
def test_other_numbers_are_no_cards(text: str) -> None:
    assert not is_card(text)


@pytest.mark.parametrize(("text", "is_one"), [("021000021", True), ("021000022", False), ("991000021", False)])
def test_a_bank_is_known_by_its_routing_number(text: str, is_one: bool) -> None:
    assert is_routing_number(text) is is_one


@pytest.mark.parametrize("text", ["AB123456C", "12345678Z", "X1234567L", "529.982.247-25", "GOMC800101HDFMRR09"])
def test_numbers_of_other_countries_are_known_by_their_form(text: str) -> None:
    assert is_foreign_id(text)


@pytest.mark.parametrize("text", ["QQ123456C", "12345678A", "529.982.247-26", "B12345678", "R-4", "111.111.111-11"])
def test_other_codes_are_nobodys_number(text: str) -> None:
    assert not is_foreign_id(text)


@pytest.mark.parametrize(("text", "is_one"), [("900-70-1234", True), ("900-49-1234", False), ("123-70-1234", False)])
def test_a_taxpayer_number_begins_with_nine(text: str, is_one: bool) -> None:
    assert is_itin(text) is is_one


@pytest.mark.parametrize(("text", "is_one"), [("(800) 555-0100", True), ("704-555-0100", False), ("311", False)])
def test_some_telephones_are_paid_for_by_the_office(text: str, is_one: bool) -> None:
    assert is_toll_free(text) is is_one
