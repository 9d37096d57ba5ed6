"""Names of columns taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from cityfolio.privacy.header import Header, parts_of


@pytest.mark.parametrize(("name", "parts"), [
    ("OwnerLastName", ("owner", "last", "name")), ("ownername", ("owner", "name")), ("EMAILADDR", ("emailaddr",)),
    ("cust_tel_no", ("cust", "tel", "no")), ("dateofbirth", ("date", "of", "birth")), ("PARKNAME", ("park", "name")),
    ("Teléfono", ("telefono",)), ("telegraph", ("telegraph",)), ("template", ("template",)),
    ("x" * 500, ("x" * 500,)), ("", ()),
])
def test_joined_words_are_taken_apart_where_all_of_them_are_known(name: str, parts: tuple[str, ...]) -> None:
    assert parts_of(name) == parts


@pytest.mark.parametrize(("name", "who"), [
    ("business_owner_name", "owner"), ("owner_business_name", "business"), ("owner_street", "owner"), ("street_name", "street"),
    ("council_member", "council"), ("field_7", ""), ("days_open", ""),
])
def test_the_last_person_or_thing_is_the_one_that_is_meant(name: str, who: str) -> None:
    assert Header.of(name).who == who


@pytest.mark.parametrize(("name", "side"), [
    ("caller_phone", "private"), ("home_lat", "private"), ("office_phone", "public"), ("info_line", "public"), ("phone", ""),
    ("notes", ""),
])
def test_a_name_says_whose_affair_it_is(name: str, side: str) -> None:
    assert Header.of(name).side == side


@given(st.text(max_size=80))
def test_every_name_can_be_read(name: str) -> None:
    header = Header.of(name)

    assert header.side in ("private", "public", "")
    assert isinstance(header.is_plain, bool)
