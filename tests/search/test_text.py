"""Text is cut into the same words whatever its case, accents and apostrophes, and words know their forms."""

import re
import unicodedata

import pytest
from hypothesis import given, strategies as st

from cityfolio.search.text import SHORTEST_INFLECTED, folded, forms_of, name_words, stem_of, stems_of, tokens

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Street trees, 2024", ["street", "trees", "2024"]),
        ("Árboles de São Paulo", ["arboles", "de", "sao", "paulo"]),
        ("The city's and O’Neill’s", ["the", "citys", "and", "oneills"]),
        ("dogs' 'quoted' '24", ["dogs", "quoted", "24"]),
        ("request_type/request-type", ["request", "type", "request", "type"]),
        ("ﬁre ½ m²", ["fire", "1", "2", "m2"]),
        ("STRASSE Straße", ["strasse", "straße"]),
        ("911, 3-1-1", ["911", "3", "1", "1"]),
        ("\0\t—…!?", []),
        ("", []),
    ],
    ids=["plain", "accents", "apostrophes inside", "apostrophes outside", "names", "compatibility", "sharp s", "numbers",
         "no words", "nothing"],
)
def test_a_text_is_cut_into_folded_words(text, words):
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("街路树", ["街路", "路树"]),
        ("木の葉", ["木の", "の葉"]),
        ("木", ["木"]),
        ("公園map地図", ["公園", "map", "地図"]),
        ("나무", ["\u1102\u1161", "\u1161\u1106", "\u1106\u116e"]),
        ("𠀀𠀁𠀂", ["𠀀𠀁", "𠀁𠀂"]),
    ],
    ids=["Chinese", "Japanese", "one letter", "between Latin letters", "Korean by its letters", "beyond the basic plane"],
)
def test_scripts_without_spaces_are_cut_into_pairs(text, words):
    assert tokens(text) == words


@pytest.mark.parametrize(("written", "usual"), [("ｶﾀｶﾅ", "カタカナ"), ("㍍", "メートル")], ids=["half-width", "squared"])
def test_compatible_letters_are_paired_like_the_usual_ones(written, usual):
    assert tokens(written) == tokens(usual)


@pytest.mark.parametrize("text", ["№ 5", "20 ℃", "𝐓𝐫𝐞𝐞𝐬", "℡"], ids=["numero", "degrees", "bold", "telephone"])
def test_what_is_made_of_a_compatible_letter_is_lower_case_too(text):
    assert folded(text) == folded(text).lower()


@given(TEXT)
def test_words_are_letters_and_digits_without_marks(text):
    assert all(word.isalnum() and unicodedata.normalize("NFKD", word) == word for word in tokens(text))


@given(TEXT, TEXT)
def test_the_words_of_two_texts_are_those_of_each(one, other):
    assert tokens(f"{one} {other}") == tokens(one) + tokens(other)


@given(st.text(st.characters(codec="ascii")))
def test_plain_letters_are_folded_as_others_are(text):
    assert tokens(f"{text} é") == [*tokens(text), "e"]


@pytest.mark.parametrize("text", ["café", "cafe\u0301", "CAFÉ", "Café"], ids=["composed", "decomposed", "capitals", "title"])
def test_a_word_is_the_same_however_its_accents_are_written(text):
    assert folded(text) == "cafe"


@pytest.mark.parametrize(
    ("name", "words"),
    [("request_type", "request type"), ("RequestType", "Request Type"), ("requestType", "request Type"),
     ("GISLayer", "GIS Layer"), ("zip5", "zip 5"), ("ward2020Id", "ward 2020 Id"), ("X", "X"), ("", "")],
    ids=str,
)
def test_the_name_of_a_column_is_read_as_words(name, words):
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "tree", "trees"), ("en", "cities", "city"), ("en-US", "parking", "parks"), ("EN", "inspections", "inspection"),
     ("es", "escuelas", "escuela"), ("es-MX", "calles", "calle"), ("de", "hauser", "haus"), ("fr", "ecoles", "ecole")],
    ids=str,
)
def test_forms_of_a_word_have_one_stem(language, one, other):
    assert stem_of(one, language) == stem_of(other, language)


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("people", "person"), ("children", "child"), ("women", "woman"), ("mice", "mouse"), ("buses", "bus"), ("leaves", "leaf")],
    ids=str,
)
def test_an_irregular_plural_has_the_stem_of_its_singular(plural, singular):
    assert stem_of(plural, "en") == stem_of(singular, "en")
    assert plural in forms_of(singular, "en")
    assert singular in forms_of(plural, "en")


def test_a_language_without_rules_leaves_words_as_they_are():
    assert stem_of("trees", "zz") == "trees"
    assert stem_of("街路", "en") == "街路"


@pytest.mark.parametrize(
    ("word", "forms"),
    [("tree", "trees"), ("trees", "tree"), ("city", "cities"), ("cities", "city"), ("survey", "surveys"),
     ("branch", "branches"), ("branches", "branch"), ("tax", "taxes"), ("bike", "bikes biking"),
     ("plan", "plans"), ("crash", "crashes crashing")],
    ids=str,
)
def test_english_words_are_asked_in_their_other_forms(word, forms):
    assert set(forms.split()) <= set(forms_of(word, "en"))


@pytest.mark.parametrize(
    ("word", "forms"), [("calle", "calles"), ("calles", "calle"), ("arbol", "arboles"), ("salud", "saludes")], ids=str,
)
def test_spanish_words_are_asked_in_their_other_number(word, forms):
    assert set(forms.split()) <= set(forms_of(word, "es"))


@pytest.mark.parametrize("word", ["311", "ab", "街路", "naïve", "zip5"], ids=str)
def test_what_is_no_plain_word_has_no_forms(word):
    assert forms_of(word, "en") == []


def test_a_language_without_endings_has_no_forms():
    assert forms_of("haus", "de") == []


@given(st.text("abcdefghilmnoprstuyxz", min_size=1, max_size=9), st.sampled_from(["en", "es"]))
def test_forms_share_the_stem_are_others_and_are_said_once(word, language):
    forms = forms_of(word, language)

    assert {stem_of(form, language) for form in forms} <= {stem_of(word, language)}
    assert word not in forms
    assert len(forms) == len(set(forms))
    assert len(word) >= SHORTEST_INFLECTED or not forms


@given(st.text(st.characters(codec="ascii")))
def test_a_text_of_ascii_alone_is_cut_as_any_other(text):
    assert tokens(text) == re.findall("[a-z0-9]+", folded(text))


@pytest.mark.parametrize("language", ["en", "es", "el", "vi"])
@given(st.lists(st.sampled_from(["trees", "children", "ciudades", "δέντρα", "街路", "gas"]) | TEXT, max_size=6))
def test_many_words_have_the_stems_of_each(language, words):
    assert stems_of(words, language) == [stem_of(word, language) for word in words]
