from dataclasses import replace

import pytest

from cityfolio.model.practised import Practice
from pages.assessments import a_past, an_answer, an_assessed_catalog, an_assessment
from pages.catalogs import a_full_catalog
from pages.drawing import draw_site
from pages.factories import a_catalog, a_dataset

PRACTICE = "/practice/"


@pytest.fixture(scope="module")
def page():
    return draw_site(catalog=an_assessed_catalog()).page(PRACTICE)


def overview(*answers, **given):
    return draw_site(catalog=an_assessed_catalog(an_assessment(*answers, **given))).page(PRACTICE)


def test_a_city_that_names_no_standard_has_no_page_of_practice():
    assert PRACTICE not in draw_site(catalog=a_full_catalog()).urls()


def test_it_is_called_a_self_assessment_before_anything_is_said(page):
    assert page.heading(1) == "Practice: a self-assessment"
    assert "as it answers for itself on 22 November 2025" in page.main.text
    assert "Nobody else has checked or certified these answers." in page.main.text


def test_each_standard_is_called_a_self_assessment_too(page):
    assert page.headings(2)[0] == "Data charter: self-assessment"
    assert page.link("Data charter").address == "charter/"


def test_it_tells_the_level_and_how_many_criteria_are_met_with_a_link_to_them(page):
    assert page.main.facts() == {"Level reached": "Starting", "Criteria met": "3 of 7"}
    assert page.link("3 of 7").address == "charter/#areas"


def test_areas_are_told_in_words_before_the_bar(page):
    assert page.table() == [["Area", "Criteria met", "Level of this area alone"], ["Data", "2 of 4", "Starting"],
                            ["People", "1 of 3", "Starting"]]
    assert page.link("People").address == "charter/#area-people"


def test_the_next_steps_are_links_to_their_criteria(page):
    assert "2 steps lead to the level “Building”:" in page.main.text
    assert page.link("Dictionaries").address == "charter/#criterion-dictionaries"


def test_it_counts_what_changed_since_the_last_assessment(page):
    assert "Since the assessment of 31 January 2025: 1 more met, 1 no longer met." in page.main.text
    assert page.link("What changed").address == "charter/#changes"


def test_without_an_earlier_assessment_it_says_so():
    page = overview(an_answer())

    assert "No earlier assessment has been written down." in page.main.text
    assert not [each for each in page.links() if each.startswith("What changed")]


@pytest.mark.parametrize(("given", "says"), [
    ({"next_level": None}, "There is no level above this one."),
    ({}, "No set of these criteria leads to the level “Building”."),
], ids=["highest", "no way"])
def test_without_steps_it_says_why(given, says):
    assert says in overview(an_answer(), **given).main.text


def test_a_standard_without_levels_is_told_by_its_areas_alone():
    page = overview(an_answer(), levels=(), past=(a_past(level=None),))

    assert page.main.facts() == {"Criteria met": "1 of 1"}
    assert "Next steps" not in page.headings(3)


def test_the_same_is_there_for_programs(page):
    assert "practice.json" in " ".join(each.address for each in page.all("link", rel="alternate"))
    assert page.link("Every answer to every standard").address == "practice.json"


def test_it_leads_to_what_can_be_seen_by_group_only_where_there_is_such_a_page():
    made = an_assessment(an_answer())
    bare = replace(a_catalog(a_dataset(files=())), practice=Practice(assessments=(made,)))

    assert "What can be seen by district or group" not in draw_site(catalog=bare).page(PRACTICE).links()
    assert "What can be seen by district or group" in draw_site(catalog=an_assessed_catalog(made)).page(PRACTICE).links()
