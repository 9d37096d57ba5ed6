"""`synonyms.yaml`: what a city may write, and what is said of the rest."""

from __future__ import annotations

import pytest

from cities import a_bench, a_build, a_city, loaded, places, problems
from cityfolio.files import MemoryTree
from cityfolio.link import link
from cityfolio.load.yaml import MAX_VALUES
from cityfolio.model.synonyms import MOST_GROUPS, MOST_WORDS, SynonymsRecord
from cityfolio.tables.published import read_tables

SOUND = "same:\n  - [trash, Solid  waste]\nleads_to:\n  pothole: [311, service request]\n  cops: police\nwithout: ward\n"


def read(text: str) -> SynonymsRecord:
    """The record of a file that could be read."""
    sourced = loaded(a_city(**{"synonyms.yaml": text})).synonyms
    assert sourced is not None
    return sourced.record


def test_synonyms_are_read_as_they_are_written_but_for_spaces() -> None:
    assert read(SOUND) == SynonymsRecord(
        same=(("trash", "Solid waste"),), leads_to={"pothole": ("311", "service request"), "cops": ("police",)},
        without=("ward",))


def test_sound_synonyms_have_no_problem() -> None:
    assert problems(a_city(**{"synonyms.yaml": SOUND})) == ()


@pytest.mark.parametrize("text", ["", "same:\nleads_to:\nwithout:\n", "same: []\nleads_to: {}\n"],
                         ids=["empty", "keys", "lists"])
def test_synonyms_that_are_left_for_later_are_none(text: str) -> None:
    found = problems(a_city(**{"synonyms.yaml": text}))

    assert (found, read(text)) == ((), SynonymsRecord())


def test_a_city_without_synonyms_has_none() -> None:
    assert loaded(a_city()).synonyms is None


def test_the_catalog_that_pages_are_drawn_from_holds_the_synonyms() -> None:
    files = a_city(**{"synonyms.yaml": SOUND})
    city = loaded(files)

    catalog = link(city, read_tables(city, a_bench(MemoryTree(files))), a_build())

    assert catalog.synonyms.without == ("ward",)


FAULTS = {
    "a list alone": ("- [trash, garbage]\n", ("value-kind", 1, 1)),
    "an unknown key": ("sames: [[a, b]]\n", ("key-unknown", 1, 1)),
    "text for groups": ("same: trash\n", ("list-length", 1, 7)),
    "a mapping for groups": ("same: {trash: garbage}\n", ("value-kind", 1, 7)),
    "a mapping for a group": ("same: [{trash: garbage}]\n", ("value-kind", 1, 8)),
    "a group of one": ("same:\n  - [trash, garbage]\n  - [pothole]\n", ("list-length", 3, 5)),
    "a group of none": ("same: [[]]\n", ("list-length", 1, 8)),
    "a list in a group": ("same: [[trash, garbage, [rubbish]]]\n", ("value-kind", 1, 25)),
    "a word twice": ("same: [[trash, garbage, Trash]]\n", ("word-repeated", 1, 25)),
    "a word to take out twice": ("without: [ward, ward]\n", ("word-repeated", 1, 17)),
    "an empty word": ('same: [[trash, garbage, ""]]\n', ("value-kind", 1, 25)),
    "a word that is nothing to YAML": ("same: [[trash, garbage, null]]\n", ("value-kind", 1, 25)),
    "a word without letters": ("same: [[trash, garbage, '&']]\n", ("value-kind", 1, 25)),
    "five words": ("same: [[trash, what we throw away daily]]\n", ("text-long", 1, 16)),
    "a word of 61 letters": (f"same: [[trash, {'x' * 61}]]\n", ("text-long", 1, 16)),
    "too many words in a group": (f"same: [[{', '.join(f'w{n}' for n in range(MOST_WORDS + 1))}]]\n", ("list-length", 1, 8)),
    "too many groups": ("same:\n" + "- [a, b]\n" * (MOST_GROUPS + 1), ("list-length", 2, 1)),
    "a list for what leads elsewhere": ("leads_to: [cops, police]\n", ("value-kind", 1, 11)),
    "a word that leads nowhere": ("leads_to:\n  cops: []\n", ("list-length", 2, 9)),
    "a word that leads to nothing": ("leads_to:\n  cops:\n", ("value-kind", 2, 8)),
    "a long phrase that leads elsewhere": ("leads_to: {a b c d e: police}\n", ("text-long", 1, 12)),
    "too many words that lead elsewhere": (
        "leads_to:\n" + "".join(f"  w{n}: x\n" for n in range(MOST_GROUPS + 1)), ("list-length", 2, 3)),
}


@pytest.mark.parametrize(("text", "place"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_problem_at_its_place(text: str, place: tuple[str, int, int]) -> None:
    found = problems(a_city(**{"synonyms.yaml": text}))

    assert places(found) == [place]


def test_a_list_of_words_for_groups_is_named_at_each_word() -> None:
    found = problems(a_city(**{"synonyms.yaml": "same: [trash, garbage]\n"}))

    assert places(found) == [("list-length", 1, 8), ("list-length", 1, 15)]


def test_an_unknown_key_is_answered_with_the_known_ones() -> None:
    [found] = problems(a_city(**{"synonyms.yaml": "leads_too: {cops: police}\n"}))

    assert (found.says, found.fix) == (
        '"leads_too" is not a key of synonyms.yaml', 'Did you mean "leads_to"? Known: languages, leads_to, same, without.')


def test_a_phrase_that_is_too_long_says_what_it_has_and_what_fits() -> None:
    [found] = problems(a_city(**{"synonyms.yaml": "without: [what we throw away daily]\n"}))

    assert found.says == '"without" holds a phrase of 5 words and 24 characters; 4 and 60 fit'


def test_the_other_ending_is_answered_with_the_right_one() -> None:
    [found] = problems(a_city(**{"synonyms.yml": SOUND}))

    assert (found.code, found.fix) == ("file-unexpected", "Rename it to synonyms.yaml.")


def test_what_one_group_may_hold_bounds_the_pairs_of_the_longest_file() -> None:
    assert MAX_VALUES // MOST_WORDS * MOST_WORDS ** 2 < 2_000_000
