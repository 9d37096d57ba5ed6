"""Facets and orders are columns of numbers, one for each dataset."""

import pytest
from hypothesis import given, strategies as st

from cityfolio.search.facets import facet_column, facet_names, name_ranks, update_days
from search.making_documents import a_document, facets
from search.reading_index import Bytes

CHOSEN = st.lists(st.lists(st.sampled_from(["streets", "parks", "water", "police"]), unique=True, max_size=3), max_size=12)


def column(columns, count):
    """The header of a file, and its column."""
    reader = Bytes(b"".join(columns))
    header = reader.header()
    numbers = reader.column(count, header["width"])
    assert reader.is_at_end
    return header, numbers


def with_topics(chosen):
    """A dataset for each of some topics."""
    return [a_document(id=str(at), facets=facets(topic=topics)) for at, topics in enumerate(chosen)]


def test_facets_are_named_in_the_order_in_which_they_are_met():
    documents = [a_document(id="a", facets=facets(topic="parks")),
                 a_document(id="b", facets=facets(status="planned", topic="x"))]

    assert facet_names(documents) == ("topic", "status")
    assert facet_names([]) == ()


@given(CHOSEN)
def test_every_dataset_keeps_its_values(chosen):
    header, numbers = column(facet_column("topic", with_topics(chosen)), len(chosen))
    read = [[header["values"][value][0] for value in header["sets"][number]] for number in numbers]

    assert read == chosen


@given(CHOSEN)
def test_values_come_with_their_titles_the_most_common_first(chosen):
    header, _ = column(facet_column("topic", with_topics(chosen)), len(chosen))
    counts = [sum(value in topics for topics in chosen) for value, _ in header["values"]]

    assert counts == sorted(counts, reverse=True)
    assert 0 not in counts
    assert all(title == value.capitalize() for value, title in header["values"])


def test_values_as_common_as_one_another_are_in_the_order_of_their_ids():
    header, _ = column(facet_column("topic", with_topics([["water"], ["parks"]])), 2)

    assert [value for value, _ in header["values"]] == ["parks", "water"]


def test_a_dataset_that_lacks_a_facet_has_no_value_of_it():
    header, numbers = column(facet_column("topic", [a_document()]), 1)

    assert header["sets"][numbers[0]] == []


def test_many_combinations_take_two_bytes():
    header, numbers = column(facet_column("topic", with_topics([[f"topic-{at}"] for at in range(300)])), 300)

    assert header["width"] == 2
    assert sorted(numbers) == list(range(300))


@pytest.mark.parametrize(
    ("updated", "day"), [("1970-01-02", 1), ("2026-06-30T10:00:00Z", 20_634), ("", 0), ("1965-01-01", 0)],
    ids=["a date", "a moment", "not known", "before 1970"],
)
def test_updates_are_days_since_1970(updated, day):
    _, numbers = column(update_days([a_document(updated=updated)]), 1)

    assert numbers == [day]


def test_names_are_ranked_whatever_their_case():
    _, ranks = column(name_ranks([a_document("water"), a_document("Zoning"), a_document("Air")]), 3)

    assert ranks == [1, 2, 0]


def test_of_one_name_the_first_id_comes_first():
    _, ranks = column(name_ranks([a_document(id="b"), a_document(id="a")]), 2)

    assert ranks == [1, 0]


def test_nothing_has_no_ranks():
    assert column(name_ranks([]), 0) == ({"width": 1}, [])
