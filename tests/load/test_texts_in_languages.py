"""A text may be written once for each language of the site; everything else reads the first of them."""

import pytest

from cities import SITE, TREES, a_city, loaded
from cityfolio.model.said import Said, foreign_language
from cityfolio.review.compare_records import compared

BOTH = f"{SITE}languages: [en, es]\n"


def trees(title, site=BOTH):
    """A city whose trees have this title."""
    return loaded(a_city(site__yaml=None, **{"site.yaml": site, "datasets/trees/dataset.yaml": TREES.replace(
        "title: Street trees", f"title: {title}")}))


def title_of(found):
    """The title of the trees."""
    return found.datasets["trees"].record.title


def test_a_text_in_two_languages_reads_as_the_one_in_the_first():
    title = title_of(trees("{es: Árboles, en: Trees}"))

    assert (title, title.language, dict(title.texts)) == ("Trees", "en", {"es": "Árboles", "en": "Trees"})


def test_a_plain_text_of_a_site_of_two_languages_is_in_the_first():
    assert title_of(trees("Trees")).language == "en"


def test_a_plain_text_of_a_site_of_one_language_is_a_plain_text():
    assert type(title_of(trees("Trees", SITE))) is str


def test_a_text_that_lacks_the_first_language_reads_as_it_is_and_says_so():
    assert foreign_language(title_of(trees("{es: Árboles}"))) == "es"


@pytest.mark.parametrize(("title", "code", "line"), [
    ("{en: Trees, fr: Arbres}", "language-not-of-site", 1), ("{en: Trees, english: Trees}", "language-invalid", 1),
    ("{name: Trees}", "value-kind", 1), ("{en: [Trees]}", "value-kind", 1),
])
def test_a_language_that_cannot_be_one_of_the_site_is_a_problem_at_its_place(title, code, line):
    assert [(each.code, each.where.line) for each in trees(title).problems] == [(code, line)]


def test_each_text_of_a_list_and_of_codes_may_be_in_languages():
    found = loaded(a_city(**{"site.yaml": BOTH, "datasets/trees/dataset.yaml": TREES.replace(
        "keywords: [shade, canopy]", "keywords: {en: [shade, canopy], es: [sombra]}").replace(
        "species: {title: What kind of tree it is}", "species: {title: Kind, values: {oak: {en: Oak, es: Roble}, elm: Elm}}")}))
    record = found.datasets["trees"].record

    assert [(str(each), each.language) for each in record.keywords] == [("shade", "en"), ("canopy", "en"), ("sombra", "es")]
    assert dict(record.columns["species"].values["oak"].texts) == {"en": "Oak", "es": "Roble"}
    assert found.problems == ()


def test_a_change_of_one_language_is_a_difference():
    before, after = (trees(f"{{en: Trees, es: {spanish}}}").datasets["trees"].record for spanish in ("Arboles", "Árboles"))

    assert [(each.key, each.before, each.after) for each in compared(before, after)] == [
        ("title", "en: Trees, es: Arboles", "en: Trees, es: Árboles")]


def test_a_text_in_languages_is_the_same_as_its_words_and_as_another_only_where_all_are():
    said = Said("Trees", "en", {"en": "Trees", "es": "Árboles"})

    assert said == "Trees"
    assert said != Said("Trees", "en")
    assert said == Said("Trees", "en", {"es": "Árboles", "en": "Trees"})
    assert hash(said) == hash("Trees")
