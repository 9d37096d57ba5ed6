"""Words that residents use for one another: the lists that come along, and what they make of a text."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.synonyms import SynonymsRecord
from cityfolio.search.synonyms import (
    LANGUAGES,
    Synonyms,
    combined,
    folded_synonyms,
    read_shipped,
    said_by,
    shipped,
)
from cityfolio.search.text import stem_of, tokens

EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
WORD = st.sampled_from(["trash", "garbage", "solid waste", "Día", "dia", "311", "cop", "-"])
GROUP = st.lists(WORD, max_size=4).map(tuple)
RECORD = st.builds(SynonymsRecord, same=st.lists(GROUP, max_size=4).map(tuple),
                   leads_to=st.dictionaries(WORD, GROUP, max_size=4), without=st.lists(WORD, max_size=2).map(tuple))


def some(*groups: tuple[str, ...], **leads_to: tuple[str, ...]) -> Synonyms:
    """A list as it would have come along."""
    return folded_synonyms(SynonymsRecord(same=groups, leads_to=leads_to))


def said_otherwise(*groups: tuple[str, ...], **leads_to: tuple[str, ...]) -> dict[str, list[str]]:
    """What finds a text, with phrases as plain text."""
    return {" ".join(held): [" ".join(each) for each in said] for held, said in said_by(some(*groups, **leads_to)).items()}


def stems(language: str, phrase: tuple[str, ...]) -> tuple[str, ...]:
    """A phrase as the index compares it."""
    return tuple(stem_of(word, language) for word in phrase)


def test_each_word_of_a_group_finds_what_holds_another() -> None:
    assert said_by(some(("trash", "solid waste"))) == {("solid", "waste"): (("trash",),), ("trash",): (("solid", "waste"),)}


def test_a_word_that_leads_elsewhere_finds_what_holds_the_other_and_not_the_other_way_round() -> None:
    assert said_by(some(cops=("police",))) == {("police",): (("cops",),)}


def test_groups_that_share_a_word_are_not_chained() -> None:
    assert said_otherwise(("a", "b"), ("b", "c")) == {"a": ["b"], "b": ["a", "c"], "c": ["b"]}


def test_a_word_does_not_stand_for_itself() -> None:
    assert said_otherwise(("Día", "dia"), trash=("Trash", "garbage")) == {"garbage": ["trash"]}


def test_words_are_folded_as_texts_are() -> None:
    assert said_otherwise(("E-Bike", "Vélo électrique")) == {"e bike": ["velo electrique"], "velo electrique": ["e bike"]}


def test_a_city_adds_groups_and_words_that_lead_elsewhere() -> None:
    own = SynonymsRecord(same=(("uptown", "downtown"),), leads_to={"Cops": ("sheriff",)})

    both = combined(some(("trash", "garbage"), cops=("police",)), own)

    assert both == some(("trash", "garbage"), ("uptown", "downtown"), cops=("police", "sheriff"))


def test_a_city_takes_a_word_out_of_the_list_that_comes_along() -> None:
    ours = some(("ward", "council district"), ("trash", "garbage", "refuse"), ward=("hospital",), clinic=("ward", "doctor"))

    left = combined(ours, SynonymsRecord(without=("Ward", "refuse")))

    assert left == some(("trash", "garbage"), clinic=("doctor",))


def test_a_city_s_own_words_stay_though_it_takes_them_out_of_the_list_that_comes_along() -> None:
    own = SynonymsRecord(same=(("ward", "hospital wing"),), without=("ward",))

    assert combined(some(("ward", "council district")), own) == some(("ward", "hospital wing"))


@given(ours=RECORD, own=RECORD)
def test_whatever_is_written_each_phrase_has_words_and_others_that_find_it(ours: SynonymsRecord, own: SynonymsRecord) -> None:
    found = said_by(combined(folded_synonyms(ours), own))

    assert all(held and said and held not in said and all(said) for held, said in found.items())


@given(ours=RECORD, own=RECORD)
def test_the_order_in_which_groups_are_written_makes_no_difference(ours: SynonymsRecord, own: SynonymsRecord) -> None:
    turned = SynonymsRecord(same=tuple(group[::-1] for group in own.same[::-1]), without=own.without,
                            leads_to=dict(reversed(own.leads_to.items())))

    assert said_by(combined(folded_synonyms(ours), own)) == said_by(combined(folded_synonyms(ours), turned))


@pytest.mark.parametrize(("language", "like"), [("en-US", "en"), ("EN", "en"), ("es-MX", "es")])
def test_a_region_has_the_words_of_its_language(language: str, like: str) -> None:
    assert shipped(language) == shipped(like)


@pytest.mark.parametrize("language", ["cy", "", "../en"])
def test_a_language_without_a_list_has_no_words(language: str) -> None:
    assert shipped(language) == Synonyms()


def test_a_list_that_cannot_be_read_is_empty_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.files.read_bytes", lambda path: b"same: [")

    record, problems = read_shipped("en")

    assert (record, [problem.code for problem in problems]) == (SynonymsRecord(), ["yaml-syntax"])


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("service request", "pothole"), ("service request", "311"), ("solid waste", "garbage"), ("trash", "garbage"),
        ("police", "cop"), ("property sale", "home price"), ("emergency call", "911"), ("expenditure", "checkbook"),
    ],
)
def test_residents_find_what_the_city_calls_otherwise(held: str, said: str) -> None:
    assert tuple(tokens(said)) in said_by(shipped("en"))[tuple(tokens(held))]


@EVERY_LANGUAGE
def test_a_list_that_comes_along_is_one_a_city_could_write(language: str) -> None:
    assert read_shipped(language)[1] == ()


@EVERY_LANGUAGE
def test_what_comes_along_is_in_lower_case_and_of_three_words_at_most(language: str) -> None:
    record, _ = read_shipped(language)
    words = [word for group in (*record.same, *record.leads_to.values(), tuple(record.leads_to)) for word in group]

    assert [word for word in words if word != word.lower() or len(tokens(word)) > 3] == []


@EVERY_LANGUAGE
def test_no_two_words_of_a_group_that_comes_along_are_one_word_to_the_index(language: str) -> None:
    alike = [(one, two) for group in shipped(language).groups for one, two in combinations(group, 2)
             if stems(language, one) == stems(language, two)]

    assert alike == []


@EVERY_LANGUAGE
def test_no_group_that_comes_along_is_part_of_another(language: str) -> None:
    within = [one for one, two in permutations(shipped(language).groups, 2) if set(one) <= set(two)]

    assert within == []


@EVERY_LANGUAGE
def test_no_word_that_comes_along_leads_to_what_its_group_holds_anyway(language: str) -> None:
    ours = shipped(language)
    grouped = {pair for group in ours.groups for pair in permutations(group, 2)}

    assert [(said, held) for said, found in ours.leads_to.items() for held in found if (said, held) in grouped] == []
