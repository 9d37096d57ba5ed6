import pytest
from hypothesis import given, strategies as st

from cityfolio.pages.standard_rows import shared_most
from cityfolio.pages.standard_words import (
    check_words,
    columns_asked,
    percent_words,
    result_words,
    shortfall_words,
    stance_of,
    stance_words,
)
from cityfolio.pages.words import Words
from pages.assessments import a_check, a_check_answer, an_answer, an_attestation

WORDS = Words()
FAILED = a_check_answer((), ("crimes",))
OLD = an_attestation(False)


def recorded(**record):
    return {"record": record}


@pytest.mark.parametrize(("answer", "stance"), [
    (an_answer(), "data"),
    (an_answer(answer="attested"), "word"),
    (an_answer(answer="not-met", checks=(FAILED,), **recorded(checks=(a_check(),))), "not-met"),
    (an_answer(answer="not-met", waits_for=("a",), checks=(a_check_answer(),), **recorded(checks=(a_check(),))), "waits"),
    (an_answer(answer="not-met", waits_for=("a",), checks=(FAILED,), **recorded(checks=(a_check(),))), "not-met"),
    (an_answer(answer="not-met", waits_for=("a",), attestations=(OLD,), **recorded(attest="Minutes.")), "not-met"),
    (an_answer(answer="not-met", waits_for=("a",), attestations=(an_attestation(),), **recorded(attest="Minutes.")), "waits"),
    (an_answer(answer="not-met", waits_for=("a",), checks=(FAILED,), attestations=(an_attestation(),),
               **recorded(checks=(a_check(),), attest="Minutes.", either=True)), "waits"),
    (an_answer(answer="not-met", waits_for=("a",), checks=(FAILED,), attestations=(an_attestation(),),
               **recorded(checks=(a_check(),), attest="Minutes.")), "not-met"),
], ids=["rows", "word", "rows fail", "waits alone", "fails and waits", "word expired", "word waits", "either", "both needed"])
def test_a_criterion_stands_as_its_answer_says_and_waits_only_where_nothing_else_is_missing(answer, stance):
    assert stance_of(answer) == stance


def test_no_two_answers_share_their_words():
    assert len(set(stance_words(WORDS).values())) == 4


@pytest.mark.parametrize(("check", "says"), [
    (a_check(), ("Of the datasets for which <code>status</code> is “published”, it must be so for at least 80% that "
                "<code>has_dictionary</code> is true.")),
    (a_check(where=None, over=True), ("Of all datasets, it must be so for more than 80% that "
                                     "<code>has_dictionary</code> is true.")),
    (a_check(where=None, good=None, share=None, least=1_200), "Of all datasets, there must be at least 1,200."),
    (a_check(table="rules", where="kind == 'roles'", share=None, most=0, good=None),
     "Of the rules and meetings for which <code>kind</code> is “roles”, there must be none."),
    (a_check(where=None, share=0.125, least=3), ("Of all datasets, it must be so for at least 12.5% and at least 3 that "
                                                "<code>has_dictionary</code> is true.")),
    (a_check(where=None, share=1), "Of all datasets, it must be so for 100% that <code>has_dictionary</code> is true."),
    (a_check(where=None, good=None, share=None, least=5, different="topic"),
     "Of all datasets, the number of different values of <code>topic</code> must be at least 5."),
    (a_check(where=None, share=None, least=5, different="topic"),
     ("Of all datasets, take those for which <code>has_dictionary</code> is true: the number of different values of "
     "<code>topic</code> must be at least 5.")),
], ids=["share", "over", "least", "most", "both", "all", "different", "different of good"])
def test_a_check_is_told_in_a_sentence(check, says):
    assert check_words(check, WORDS) == says


@pytest.mark.parametrize(("answer", "says"), [
    (a_check_answer(("a", "b"), ("c",)), "2 of 3, 67%"),
    (a_check_answer(("a",), ("b",), check=a_check(share=None, least=1)), "1 of 2"),
    (a_check_answer(("a",), counted=1, check=a_check(different="topic", share=None, least=1)), "1 different value"),
    (a_check_answer((), ()), "There is none to be asked"),
    (a_check_answer(("a", "b", "c"), counted=3, check=a_check(good=None, share=None, least=4)), "3"),
    (a_check_answer((), (), check=a_check(good=None, share=None, least=4)), "There is none"),
], ids=["share", "count", "different", "nothing", "rows that are there", "rows that are not"])
def test_a_result_is_told_in_numbers(answer, says):
    assert result_words(answer, WORDS) == says


@pytest.mark.parametrize(("answer", "says"), [
    (a_check_answer(("a",), ("b", "c"), holds=True), "Falling short: 2"),
    (a_check_answer((), ("b",), check=a_check(share=None, least=1)), "Not counted: 1"),
    (a_check_answer(("a",), ("b",), holds=True, check=a_check(share=None, least=1)), ""),
    (a_check_answer(("a",), ("b",), check=a_check(share=None, most=0)), ""),
    (a_check_answer(("a",)), ""),
], ids=["share", "too few", "enough", "at most", "none"])
def test_rows_that_do_not_count_are_named_where_somebody_would_ask_for_them(answer, says):
    assert shortfall_words(answer, WORDS) == says


def test_the_columns_that_a_check_asks_are_each_named_once():
    check = a_check(where="status == 'published' and topics > 1", good="topics > 2", different="topic")

    assert columns_asked(check) == ("status", "topics", "topic")


@pytest.mark.parametrize(("share", "text"), [(0.8, "80%"), (1.0, "100%"), (0.125, "12.5%"), (0.07, "7%")])
def test_a_share_is_told_as_the_standard_has_it(share, text):
    assert percent_words(share, WORDS) == text


@given(st.lists(st.integers(0, 50), max_size=12), st.integers(0, 300))
def test_lists_that_share_room_never_take_more_of_it_and_leave_none_that_another_needs(lengths, together):
    most = shared_most(lengths, together)
    taken = sum(min(length, most) for length in lengths)

    assert taken <= together or sum(lengths) == 0
    assert taken == sum(lengths) or sum(min(length, most + 1) for length in lengths) > together
