"""The texts of the shipped standards in another language: none is missing, none is English, what is typed stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from cityfolio.files import files_below
from cityfolio.load.yaml import Document, Group, Items, Value
from cityfolio.model.said import Said
from cityfolio.model.standard import AreaRecord, CriterionRecord, LevelRecord, StandardRecord
from cityfolio.practice.shipped import FOLDER, read_texts, shipped, shipped_in, standards_of
from cityfolio.practice.spoken import spoken
from languages.spoken_cities import ENGLISH, NAMES
from practice.practised_cities import a_city_with, loaded

LANGUAGES = ("es",)
READ = {(language, standard.id): (standard, problems) for language in LANGUAGES for standard, problems in read_texts(language)}
EACH = pytest.mark.parametrize(("language", "name"), [(language, name) for language in LANGUAGES for name in shipped()])
# Keys of a file of texts: the texts, and what says whose they are.
KEYS = {"title", "publisher", "version", "partial", "description", "areas", "criteria", "levels", "id", "says", "attest"}
# What is called the same in every language.
SAME = {"GO FAIR", "Sunlight Foundation", "data.europa.eu", "U.S. City Open Data Census", "2017", "2024", "3", "Interoperable",
        "Portal"}
TYPED = re.compile(r"[`“]([^`”]+)[`”]")       # what has to be written as it stands: keys, folders, words that are looked for
NUMBER = re.compile(r"\d+")
OWN = ("title: {en: Our own, es: Lo nuestro}\nareas: {open: {title: {en: Openness, es: Apertura}}}\n"
       "criteria: {it: {title: {en: So, es: Así}, area: open, attest: Say so.}}\n")


def texts_of(standard: StandardRecord) -> dict[str, str]:
    """Every text of a standard by where it stands: "criteria.f1.title"."""
    groups = {"": standard, **{f"areas.{name}.": each for name, each in standard.areas.items()},
              **{f"criteria.{name}.": each for name, each in standard.criteria.items()},
              **{f"levels.{each.id}.": each for each in standard.levels}}
    return {f"{place}{key}": text for place, record in groups.items() for key, text in said_in(record)}


def said_in(record: StandardRecord | AreaRecord | CriterionRecord | LevelRecord) -> Iterator[tuple[str, Said]]:
    """The texts of one group of keys."""
    yield from ((key, text) for key in KEYS if isinstance(text := getattr(record, key, None), Said))


def told(language: str, name: str) -> dict[str, str]:
    """The texts of a shipped standard in another language."""
    return texts_of(READ[language, name][0].record)


def in_english(name: str) -> dict[str, str]:
    """The texts of a shipped standard as it was written."""
    return texts_of(shipped()[name].record)


def keys_in(value: Value) -> Iterator[str]:
    """The keys of a file that have a meaning of their own: all but ids."""
    for each in value.items if isinstance(value, Items) else ():
        yield from keys_in(each)
    for key, below in value.entries.items() if isinstance(value, Group) else ():
        yield key
        entries = below.entries.values() if key in ("areas", "criteria") and isinstance(below, Group) else (below,)
        for each in entries:
            yield from keys_in(each)


def keys_of(document: Document) -> set[str]:
    """The same of a whole file."""
    return set(keys_in(document.root))


def english_words(text: str) -> set[str]:
    """Words of a text that stand in English sentences alone, names and what is typed left out."""
    plain = NAMES.sub(" ", TYPED.sub(" ", text).lower())
    return set(re.findall(r"[^\W\d_]+", plain)) & ENGLISH


def test_every_language_has_a_file_for_every_standard() -> None:
    assert set(READ) == {(language, name) for language in LANGUAGES for name in shipped()}
    assert {found.path.partition("/")[0] for found in files_below(FOLDER) if "/" in found.path} == set(LANGUAGES)


@EACH
def test_nothing_is_wrong_with_the_keys_of_its_texts_and_they_hold_nothing_else(language: str, name: str) -> None:
    standard, problems = READ[language, name]

    assert problems == ()
    assert keys_of(standard.document) <= KEYS


@EACH
def test_its_texts_stand_at_the_same_ids_in_the_same_order(language: str, name: str) -> None:
    ours, record = shipped()[name].record, READ[language, name][0].record

    assert (list(record.areas), list(record.criteria)) == (list(ours.areas), list(ours.criteria))
    assert [each.id for each in record.levels] == [each.id for each in ours.levels]


@EACH
def test_every_text_has_one_and_no_other_has(language: str, name: str) -> None:
    assert set(told(language, name)) == set(in_english(name))


@EACH
def test_no_text_is_left_in_english(language: str, name: str) -> None:
    ours = in_english(name)
    same = {place for place, text in told(language, name).items() if text == ours[place] and text not in SAME}

    assert same == set()
    assert english_words("\n".join(told(language, name).values())) == set()


@EACH
def test_what_has_to_be_typed_is_the_same_in_each_language(language: str, name: str) -> None:
    theirs = told(language, name)
    lacking = {place: typed - set(TYPED.findall(theirs[place])) for place, text in in_english(name).items()
               if (typed := set(TYPED.findall(text)))}

    assert {place: each for place, each in lacking.items() if each} == {}


@EACH
def test_numbers_are_the_same_in_each_language(language: str, name: str) -> None:
    ours, theirs = ({place: sorted(NUMBER.findall(text)) for place, text in texts.items()}
                    for texts in (in_english(name), told(language, name)))

    assert theirs == ours


@pytest.mark.parametrize("name", shipped())
def test_the_spanish_says_once_that_it_is_a_translation_of_our_own(name: str) -> None:
    said = " ".join(" ".join(told("es", name).values()).split())

    assert said.count("La traducción al español es nuestra y no es oficial.") == 1
    assert " ".join(told("es", name)["description"].split()).count("Esta es una autoevaluación") == 1


@pytest.mark.parametrize("languages", [(), ("en",), ("en-US",), ("fr",)], ids=str)
def test_a_site_without_a_language_that_there_are_texts_in_has_the_very_same_standards(languages: tuple[str, ...]) -> None:
    assert shipped_in(languages) is shipped()


@pytest.mark.parametrize(("languages", "text", "texts"), [
    (("en", "es"), "Findable", {"en": "Findable", "es": "Localizable"}),
    (("es",), "Localizable", {"en": "Findable", "es": "Localizable"}),
    (("en-US", "es-MX"), "Findable", {"en-US": "Findable", "es-MX": "Localizable"}),
    (("fr", "es"), "Findable", {"en": "Findable", "es": "Localizable"}),
], ids=lambda given: "-".join(given) if isinstance(given, tuple) else "")
def test_a_text_is_in_the_first_language_and_known_in_each_by_the_name_that_the_site_gives_it(
        languages: tuple[str, ...], text: str, texts: dict[str, str]) -> None:
    title = shipped_in(languages)["fair"].record.areas["findable"].title

    assert isinstance(title, Said)
    assert (str(title), dict(title.texts)) == (text, texts)


def test_a_text_that_a_language_lacks_stays_in_english() -> None:
    made = spoken(shipped()["fair"].record, {"es": StandardRecord(title="Los principios")}, ("en", "es"))
    title, area, level = made.title, made.areas["findable"].title, made.levels[0].title

    assert [dict(each.texts) for each in (title, area, level) if isinstance(each, Said)] == [
        {"en": "The FAIR principles", "es": "Los principios"}, {"en": "Findable"}, {"en": "In part"}]


def test_what_is_asked_is_the_same_in_every_language() -> None:
    ours, theirs = (each["fair"].record for each in (shipped(), shipped_in(("es",))))

    assert [each.checks for each in theirs.criteria.values()] == [each.checks for each in ours.criteria.values()]
    assert [each.share for each in theirs.levels] == [each.share for each in ours.levels]


def test_a_citys_own_standard_of_the_same_id_takes_the_place_of_texts_in_every_language() -> None:
    site = a_city_with({})["site.yaml"]
    found = standards_of(loaded(a_city_with({"site.yaml": f"{site}languages: [en, es]\n", "standards/fair.yaml": OWN})))
    title, other = found["fair"].record.title, found["key-datasets"].record.title

    assert isinstance(title, Said)
    assert isinstance(other, Said)
    assert (dict(title.texts), other.texts["es"]) == ({"en": "Our own", "es": "Lo nuestro"},
                                                      "Conjuntos de datos clave de una ciudad")
