"""What other tests find true of a few dozen examples, of thousands that are different at every run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from migrate import test_data_json as data_json, test_yaml_edit as edit, test_yaml_text as text
from tables.large import test_placing as placing

pytestmark = pytest.mark.torture

Holds = Callable[..., None]
ANY = st.data()
FILLED, DOCUMENTS, TEXTS = edit.FILLED, text.DOCUMENTS.filter(bool), st.lists(placing.NOT_EMPTY, max_size=3)
CAMPAIGNS: list[tuple[Holds, tuple[st.SearchStrategy, ...]]] = [
    (edit.test_the_changes_between_two_sets_of_values_make_one_of_the_other, (FILLED, FILLED)),
    (edit.test_what_stands_in_braces_and_brackets_is_changed_there, (FILLED, FILLED)),
    (edit.test_a_value_that_is_replaced_leaves_the_text_of_all_others_as_it_was, (DOCUMENTS, text.VALUES, ANY)),
    (edit.test_a_key_that_is_added_leaves_the_whole_text_as_it_was, (DOCUMENTS, text.KEYS, text.VALUES)),
    (edit.test_a_key_that_is_removed_takes_its_lines_and_no_others, (DOCUMENTS.filter(lambda each: len(each) > 1), ANY)),
    (text.test_what_is_written_is_what_the_portable_parser_reads, (text.DOCUMENTS,)),
    (text.test_what_is_written_is_what_the_fast_parser_reads, (text.DOCUMENTS,)),
    (text.test_what_is_written_is_what_the_catalog_loader_reads, (text.RECORDS,)),
    (data_json.test_whatever_is_put_into_a_dataset_it_comes_over_without_an_error, (data_json.CHANGES,)),
    (placing.test_texts_stand_where_they_stand_one_by_one, (placing.columns(),)),
    (placing.test_a_slice_is_placed_as_its_texts_are, (placing.columns(), TEXTS, TEXTS)),
]


def at_length(holds: Holds, *strategies: st.SearchStrategy) -> None:
    """Try what a test holds on thousands of examples."""
    campaign = given(*strategies)(holds.hypothesis.inner_test)  # type: ignore[attr-defined]
    settings(max_examples=3_000, derandomize=False, suppress_health_check=list(HealthCheck))(campaign)()


@pytest.mark.parametrize(("holds", "strategies"), CAMPAIGNS, ids=[holds.__name__ for holds, _ in CAMPAIGNS])
def test_it_holds_of_thousands_too(holds: Holds, strategies: tuple[st.SearchStrategy, ...]) -> None:
    at_length(holds, *strategies)


@pytest.mark.parametrize("kind", placing.QUICK)
def test_thousands_of_plain_texts_are_found_to_be_of_their_type(kind: str) -> None:
    def holds(data: st.DataObject) -> None:
        placing.test_what_is_written_plainly_is_found_to_be_of_that_type.hypothesis.inner_test(kind=kind, data=data)

    settings(max_examples=3_000, derandomize=False, suppress_health_check=list(HealthCheck))(given(ANY)(holds))()
