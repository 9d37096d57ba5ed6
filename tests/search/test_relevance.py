"""The measures of a ranking: those of trec_eval, worked out by hand here."""

from math import log2

import pytest
from hypothesis import given, strategies as st

from relevance import (
    FaultyLineError,
    average_precision,
    ndcg,
    read_judgements,
    read_questions,
    recall,
    relevance,
    run_lines,
)


def test_gain_is_linear_and_its_discount_logarithmic():
    found = ndcg(["b", "x", "a"], {"a": 3, "b": 1, "c": 2}, 10)

    assert found == pytest.approx((1 + 3 / log2(4)) / (3 + 2 / log2(3) + 1 / log2(4)))


def test_only_the_first_ten_gain_anything():
    ranking = [*"bcdefghijk", "a"]

    assert ndcg(ranking, {"a": 1}, 10) == 0.0


def test_the_ideal_is_cut_where_the_ranking_is():
    ranking = [str(number) for number in range(10)]

    assert ndcg(ranking, {str(number): 1 for number in range(30)}, 10) == pytest.approx(1.0)


def test_a_document_that_was_judged_irrelevant_gains_nothing():
    assert ndcg(["a"], {"a": -1, "b": 1}, 10) == 0.0
    assert recall(["a"], {"a": 0}, 100) == 0.0


def test_precision_is_shared_by_all_relevant_documents():
    found = average_precision(["a", "x", "b"], {"a": 1, "b": 1, "c": 1, "x": 0}, 10)

    assert found == pytest.approx((1 / 1 + 2 / 3) / 3)


def test_recall_is_the_share_that_was_found():
    assert recall(["x", "a", "y"], {"a": 2, "b": 1}, 100) == 0.5


def test_a_question_that_finds_nothing_counts_and_one_without_judgements_does_not():
    found = relevance({"1": ["a"], "2": [], "3": ["a"]}, {"1": {"a": 1}, "2": {"a": 1}, "4": {"a": 1}})

    assert (found.questions, found.ndcg_at_10, found.map_at_10, found.recall_at_100) == (2, 0.5, 0.5, 0.5)


def test_a_collection_without_judgements_is_refused():
    with pytest.raises(FaultyLineError, match="no question has a judgement"):
        relevance({"1": ["a"]}, {"2": {"a": 1}})


@given(st.permutations("abcdefgh"), st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 4), min_size=1))
def test_every_measure_is_between_nothing_and_one(ranking, judged):
    measures = [ndcg(ranking, judged, 10), average_precision(ranking, judged, 10), recall(ranking, judged, 100)]

    assert [each for each in measures if not 0 < each <= 1.000001] == []


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 4), min_size=1))
def test_the_best_order_gains_all(judged):
    assert ndcg(sorted(judged, key=lambda each: -judged[each]), judged, 10) == pytest.approx(1.0)


@pytest.mark.parametrize("line", ["q1 0 doc 2", "q1\t0\tdoc\t2", " q1  Q0 doc  2.0 \r\n"], ids=["spaces", "tabs", "both ends"])
def test_judgements_may_be_divided_by_tabs_or_spaces(line):
    assert read_judgements([line, "\n"]) == {"q1": {"doc": 2}}


def test_an_id_may_hold_a_space_where_tabs_divide():
    assert read_judgements(["q1\t0\ta document\t1"]) == {"q1": {"a document": 1}}


@pytest.mark.parametrize("line", ["q1 0 doc", "q1 0 doc high", "q1 0 a doc 1"], ids=["three parts", "no number", "five parts"])
def test_a_line_that_is_no_judgement_is_named(line):
    with pytest.raises(FaultyLineError, match="line 2 is not"):
        read_judgements(["q1 0 doc 1", line])


def test_questions_may_be_divided_by_tabs_or_spaces():
    assert read_questions(["1\twhere is my bus\n", "\n", "2 potholes\n"]) == {"1": "where is my bus", "2": "potholes"}


def test_a_question_that_is_there_twice_is_named():
    with pytest.raises(FaultyLineError, match="line 2: question 1 is there twice"):
        read_questions(["1\ta", "1\tb"])


def test_a_run_keeps_its_order_when_scores_do_not_fall():
    lines = list(run_lines("q", [("a", 2.0), ("b", 2.0), ("c", 2.5)], "tag"))

    assert lines == ["q Q0 a 1 2.0000 tag\n", "q Q0 b 2 1.9999 tag\n", "q Q0 c 3 1.9998 tag\n"]
