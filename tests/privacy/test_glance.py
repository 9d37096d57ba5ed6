"""Columns that are not searched, because a glance tells that no rule could find anything in them."""

from __future__ import annotations

from itertools import chain
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from cityfolio.model.records import ColumnRecord
from cityfolio.privacy.detect import personal_findings
from cityfolio.privacy.glance import may_hold
from cityfolio.privacy.seen import as_columns
from cityfolio.tables.columns import TypedColumn, typed_column
from cityfolio.tables.personal import Search, found_whole
from privacy.making_people import PERSONAL, TRAPS, note
from privacy.making_strangers import TABLES

MAKERS = (*(make for _, make in PERSONAL.values()), *TRAPS.values(), note,
          *(field.make for _, fields in TABLES for field in fields))
NAMES = sorted({*PERSONAL, *TRAPS, "remarks", "field_7", "count", "status", "name", "first", "lat", "longitude", "x", "geom",
                "street", "service", "no", "date", "zzyx", "", "tag", "vehicle", "license", "account", "notes", "mail", "Ñoño",
                *chain.from_iterable(field.names.split("|") for _, fields in TABLES for field in fields)})
ODD = ("n/a", "Unknown", "", " ", "Ann Lee", "a_1 b", "12 _abc", "DE89370400440532013000", "GB82 WEST 1234 5698 7654 32",
       "AB123456C", "1/Jan/99", "\u00b2 abc", "caf\u00e9 12", "\u0130zmir", "caller Ann Lee", "Mr. Smith", "DOB 03/14/1961",
       "ABC 123", "2024-05-01T10:22:33", "linkedin.com/in/ann", "a\nb", "+1", "7", "AB12345", "12345678Z", "no SSN given")
KINDS = st.sampled_from([*MAKERS, *(lambda chance, text=text: text for text in ODD)])
COLUMNS = st.tuples(st.sampled_from(NAMES), KINDS, KINDS, st.sampled_from([0.0, 0.0, 0.1, 0.5]))


def columns_of(asked: list[tuple[str, object, object, float]], rows: int, seed: int) -> list[TypedColumn]:
    """Columns whose cells are of one kind, and some of them of another."""
    chance = Random(seed)
    return [typed_column(name, [(other if chance.random() < share else make)(chance) for _ in range(rows)], ColumnRecord(),
                         frozenset(("", None))) for name, make, other, share in asked]


def search_of(columns: list[TypedColumn]) -> Search:
    header = tuple(column.name for column in columns)
    return Search(header=header, published=frozenset(header), empty=frozenset(("", None)), title="trees")


@settings(max_examples=400)
@given(st.lists(COLUMNS, min_size=1, max_size=5, unique_by=lambda each: each[0]), st.integers(1, 60), st.integers(0, 10**6))
def test_a_search_that_leaves_out_columns_at_a_glance_finds_the_same(asked, rows, seed):
    columns = columns_of(asked, rows, seed)

    found = found_whole(search_of(columns), columns)

    assert found == personal_findings(as_columns([each.name for each in columns],
                                                 [[text or None for text in each.texts] for each in columns]), title="trees")


@pytest.mark.parametrize(("name", "texts"), [
    ("trees", ("12", "907", "15.25")), ("planted_on", ("2024-05-01", "2024-06-30")), ("state", ("open", "closed", "Due soon")),
    ("ward", ("North Hill", "Old Mill", "Lake View")), ("remarks", ("crown is thin", "near the school, per plan")),
    ("species", ("Quercus ilex", "Encina de la ribera\u00f1a")),
], ids=["numbers", "days", "words", "places", "prose", "beyond ASCII"])
def test_a_column_of_what_most_tables_hold_is_not_searched(name: str, texts: tuple[str, ...]) -> None:
    assert not may_hold(name, texts)


@pytest.mark.parametrize(("name", "texts"), [
    ("contact", ("ann.lee@example.org",)), ("field_7", ("704-555-0123",)), ("dob", ("1980",)), ("remarks", ("caller Ann Lee",)),
    ("who", ("Ann Lee", "closed")), ("code", ("AB123456C",)),
], ids=["a sign", "many digits", "a name", "words", "names", "letters beside digits"])
def test_a_column_in_which_something_could_be_found_is_searched(name: str, texts: tuple[str, ...]) -> None:
    assert may_hold(name, texts)


def test_the_name_of_a_person_under_a_name_that_says_nothing_counts_beside_what_only_people_have() -> None:
    assert not may_hold("field_7", ("lee", "ann"))
    assert may_hold("field_7", ("lee", "ann"), among_people=True)
