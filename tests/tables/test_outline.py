"""A profile holds nothing of a sensitive column but its name, and says where each other name stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.outline import published_columns
from cityfolio.tables.readers.lines import DelimitedText
from tables.large.test_measure import in_portions
from tables.making import SENSITIVE, a_job, all_that_is_kept, report

BODY = "species,owner,height\noak,Jane Doe,5\nelm,John Roe,6\n"
OWNER = {"owner": SENSITIVE}


def test_without_personal_data_every_column_is_published() -> None:
    assert published_columns(("a", "b"), a_job()) == (0, 1)


@pytest.mark.parametrize("name", ["owner", "Owner", " OWNER ", "own_er", "o-w-n-e-r", "ｏｗｎｅｒ", "Owner."])
def test_a_slip_in_the_name_of_a_sensitive_column_hides_it_too(name: str) -> None:
    assert published_columns(("species", name), a_job(columns=OWNER)) == (0,)


def test_a_name_that_holds_another_is_another() -> None:
    assert published_columns(("owner_type", "homeowner"), a_job(columns=OWNER)) == (0, 1)


def test_a_profile_names_what_is_left_out_and_says_no_more_of_it() -> None:
    profile = report(BODY, OWNER).profile

    assert profile is not None
    assert (profile.header, profile.left_out) == (("species", "height"), ("owner",))
    assert [column.name for column in profile.columns] == ["species", "height"]
    assert profile.first_rows == (("oak", "5"), ("elm", "6"))


def test_names_stand_where_they_stand_in_the_file() -> None:
    profile = report(BODY, OWNER).profile

    assert profile is not None
    assert profile.header_at == ((1, 1, 7), (1, 15, 6))
    assert profile.header_location("trees.csv", "height").excerpt is None


def test_the_line_of_names_is_kept_where_nothing_is_personal() -> None:
    profile = report(BODY).profile

    assert profile is not None
    assert profile.header_line == "species,owner,height"


def test_keys_and_repeated_rows_are_those_of_what_is_published() -> None:
    profile = report("species,owner\noak,Jane Doe\noak,John Roe\n", OWNER).profile

    assert profile is not None
    assert (profile.keys, profile.repeated_rows) == ((), 1)


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b"]), st.text(st.sampled_from("QXZ"), min_size=9, max_size=12)),
                min_size=1, max_size=30), st.sampled_from([0, 3, 20]))
def test_no_figure_of_a_file_of_any_size_holds_a_sensitive_value(rows: list[tuple[str, str]], counted: int) -> None:
    body = "".join(["species,owner\n", *(f"{species},{owner}\n" for species, owner in rows)]).encode()
    found = in_portions(body, OWNER, counted=counted)

    assert [owner for _, owner in rows if owner in all_that_is_kept(found).decode()] == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@given(names=st.lists(st.text("ab '.\u00e9", max_size=4), min_size=1, max_size=5))
def test_names_stand_where_they_would_if_they_had_to_be_looked_for(end: str, names: list[str]) -> None:
    line = ";".join(names)
    quoted = DelimitedText(f'{line};"x"{end}1', ";", 2)     # a mark makes the rules be gone through

    assert DelimitedText(f"{line};xyz{end}1", ";", 2).header() == tuple(
        replace(place, excerpt=f"{line};xyz") for place in quoted.header())
