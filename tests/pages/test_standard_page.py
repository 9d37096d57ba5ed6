from dataclasses import replace
from datetime import date

import pytest

from cityfolio.model.standard import AmongRecord
from cityfolio.practice.fact_columns import FACT_COLUMNS
from pages.assessments import LEVELS, a_check_answer, a_past, an_answer, an_assessed_catalog, an_assessment, an_attestation
from pages.drawing import draw_site
from pages.factories import a_repository

CHARTER = "/practice/charter/"


@pytest.fixture(scope="module")
def full():
    return draw_site(catalog=an_assessed_catalog(repository=a_repository()))


@pytest.fixture(scope="module")
def page(full):
    return full.page(CHARTER)


def drawn(*answers, **given):
    return draw_site(catalog=an_assessed_catalog(an_assessment(*answers, **given))).page(CHARTER)


def entry(page, criterion):
    return next(each for each in page.all("article") if each.get("aria-labelledby") == f"criterion-{criterion}")


def test_it_is_called_a_self_assessment_in_its_title_and_its_first_sentence(page):
    assert page.heading(1) == "Data charter: self-assessment"
    assert "The city answers for itself: 3 of 7 criteria are met." in page.main.text
    assert "Nobody else has checked or certified it." in page.main.text


def test_it_says_whose_standard_it_is_which_version_where_it_was_read_and_what_is_left_out(page):
    facts = page.main.one("dl", data_flow="row").facts()

    assert facts == {"Level reached": "Starting", "Criteria met": "3 of 7", "Standard of": "City council", "Version": "2026",
                     "Published at": "https://data.example.org/standards/of-the-city/charter",
                     "Read there on": "1 November 2025", "Answered on": "22 November 2025"}
    assert page.section("Not the whole standard").text.endswith("One part.")


def test_a_standard_of_others_at_no_safe_address_is_not_linked():
    page = drawn(an_answer(), record={"url": "javascript:alert(1)"})

    assert "Published at" not in page.main.facts()


@pytest.mark.parametrize(("criterion", "words"), [
    ("inventory", "Met, from the data"), ("board", "Met, by the city’s word"), ("dictionaries", "Not met"),
    ("licenses", "Waits for another criterion"),
])
def test_each_answer_is_told_in_words(page, criterion, words):
    assert words in entry(page, criterion).text


def test_the_evidence_is_the_question_its_answer_and_the_rows_behind_it(page):
    shown = entry(page, "dictionaries")

    assert "Of the datasets for which status is “published”, it must be so for at least 80% that has_dictionary is true." in (
        shown.text)
    assert "This does not hold 1 of 17, 6%" in shown.text
    assert "datasets where status == 'published': share of has_dictionary == true, at least 80%" in shown.text
    assert shown.link("Crimes").address == "../../data/crimes/"
    assert shown.link("These rows, each with its answers").address == "evidence/datasets.csv"
    assert shown.link("The facts that were asked").address == "../../inventory/inventory.csv"


def test_what_the_facts_in_a_question_mean_is_told_beside_it(page):
    assert entry(page, "inventory").one("dl").facts() == {
        name: FACT_COLUMNS["datasets"][name].says for name in ("status", "has_dictionary")}


def test_long_lists_are_folded_after_ten_with_the_number_of_the_others(page):
    shown = entry(page, "dictionaries")

    assert "Falling short: 16" in shown.text
    assert shown.all("summary")[0].text == "6 more"
    assert [len(each.all("li")) for each in shown.all("ul")] == [10, 6, 1]


def test_a_row_without_a_page_is_named_without_a_link(page):
    assert "gone-00" in entry(page, "dictionaries").text
    assert not [each for each in page.main.links() if each.startswith("gone-")]


def test_facts_about_the_site_lead_to_the_page_about_it(page):
    assert entry(page, "contact").link("Example City open data").address == "../../about/"


def test_an_attestation_says_who_said_what_when_until_when_and_where_it_can_be_seen(page):
    shown = entry(page, "board")

    assert "The board meets each quarter." in shown.text
    assert "Counts Said by Chief data officer on 1 April 2025. Counts until 1 April 2026." in shown.text
    assert shown.link("https://example.gov/minutes").address == "https://example.gov/minutes"
    assert shown.link("/about/").address == "../../about/"
    assert "/nowhere/" not in shown.links()
    assert shown.link("The file that says so").address.endswith("/blob/main/catalog/attestations/board.yaml")


def test_an_attestation_that_has_expired_says_so(page):
    assert "Has expired and does not count" in entry(page, "training").text


def test_an_attestation_of_a_day_to_come_does_not_count_yet():
    page = drawn(an_answer("board", "not-met", record={"attest": "Minutes."}, attestations=(
        an_attestation(False, on=date(2026, 1, 1), expires=date(2027, 1, 1)),)))

    assert "Does not count yet" in page.main.text


def test_it_says_whether_the_data_or_the_word_suffices(page):
    assert "The data or this suffices." in entry(page, "training").text


def test_it_says_when_a_word_is_needed_beside_the_data_and_nobody_gave_it():
    page = drawn(an_answer("board", "not-met", record={"attest": "Minutes."}, checks=(a_check_answer(),)))

    assert "Needed beside the data." in page.main.text
    assert "Nothing has been said yet." in page.main.text


def test_what_is_not_met_says_how_to_meet_it_and_what_is_met_what_it_asks(page):
    assert entry(page, "dictionaries").headings(5)[0] == "How to meet it"
    assert entry(page, "inventory").headings(5)[0] == "What it asks"


def test_parts_stand_behind_their_whole_with_how_many_are_needed(page):
    order = [each.get("aria-labelledby") for each in page.all("article")]

    assert order[-4:] == ["criterion-engagement", "criterion-survey", "criterion-meetings", "criterion-contact"]
    assert "1 of 3 are met; 2 are needed." in entry(page, "engagement").text
    assert entry(page, "survey").link("Engagement").address == "#criterion-engagement"


def test_a_circle_of_parts_is_told_once_each():
    one = an_answer("one", "not-met", record={"among": AmongRecord(least=1, criteria=("two",))})
    two = an_answer("two", "not-met", record={"among": AmongRecord(least=1, criteria=("one",))})

    assert len(drawn(one, two).all("article")) == 2


def test_the_next_steps_come_in_order_with_why_and_how_far_they_are(page):
    steps = page.section("Next steps: the shortest way to “Building”")

    assert "These 2 steps lead to the level “Building”. No smaller number of criteria does" in steps.text
    assert [each.text for each in steps.all("a") if each.text in ("Dictionaries", "Meetings")] == ["Dictionaries", "Meetings"]
    assert "So far: 1 of 17, 6%. It takes at least 80%." in steps.text
    assert "It has to be met before Licenses" in steps.text
    assert "It is a part of Engagement" in steps.text


def test_a_step_that_the_level_names_says_so():
    page = drawn(an_answer("inventory", "not-met"), next_steps=("inventory",))

    assert "“Building” asks for it by name" in page.section("Next steps: the shortest way to “Building”").text
    assert "One step leads to the level “Building”." in page.main.text


def test_a_step_that_its_area_lacks_says_how_many():
    others = [an_answer(f"n{at}", "not-met") for at in range(4)]

    assert "Data lacks 1 criterion for this level" in drawn(*others, next_steps=("n0",)).main.text


def test_a_step_that_is_one_more_in_all_says_so():
    answers = [an_answer("a"), an_answer("b", "not-met"), an_answer("c", "not-met"), an_answer("d", "not-met")]

    assert "More criteria have to be met in all" in drawn(*answers, next_steps=("b",)).main.text


@pytest.mark.parametrize(("given", "says"), [
    ({"next_level": None}, "There is no level above this one."),
    ({"next_steps": ()}, "No set of these criteria leads to the level “Building”."),
], ids=["highest", "no way"])
def test_without_steps_it_says_why(given, says):
    assert says in drawn(an_answer(), **given).main.text


def test_a_standard_without_levels_has_none_of_that():
    page = drawn(an_answer(), levels=())

    assert "Next steps" not in " ".join(page.headings(2))
    assert "Level reached" not in page.main.facts()
    assert page.table(0)[0] == ["Area", "Criteria met"]


def test_no_level_yet_is_told_in_words():
    assert drawn(an_answer(), level=None).main.facts()["Level reached"] == "None yet"


def test_each_level_says_what_it_asks_and_which_is_reached(page):
    levels = page.section("What each level asks")

    assert "Starting Reached A city that begins. At least 25% of all criteria, which is 2 of 7: 3 are met." in levels.text
    assert "Building Next" in levels.text
    assert "At least 50% of all criteria, which is 4 of 7: 3 are met." in levels.text


def test_a_level_says_in_which_areas_too_few_are_met():
    page = drawn(*[an_answer(f"n{at}", "not-met") for at in range(4)])

    assert "At least 25% of the criteria of each area. Too few are met in Data (0, where 1 are needed)." in page.main.text


def test_what_changed_is_told_criterion_by_criterion_with_the_day(page):
    changes = page.section("What changed since 31 January 2025")

    assert changes.headings(3)[:2] == ["Met now", "No longer met"]
    assert "Inventory: was Not met and is Met, from the data" in changes.text
    assert "Dictionaries: was Met, from the data and is Not met" in changes.text
    assert changes.table() == [["Day", "Level", "Criteria met"], ["31 January 2025", "Starting", "1 of 2"]]
    assert "On 31 January 2025: Not met" in entry(page, "inventory").text


def test_a_criterion_met_by_other_evidence_is_no_gain():
    page = drawn(an_answer(was="attested"), past=(a_past({"inventory": "attested"}),))

    assert page.section("What changed since 31 January 2025").headings(3)[0] == "Met by other evidence"


def test_when_nothing_changed_it_says_so():
    page = drawn(an_answer(was="met"), past=(a_past({"inventory": "met"}, level="gone"),))

    assert "No answer is another than it was." in page.main.text
    assert page.table(1)[1] == ["31 January 2025", "gone", "1 of 1"]


def test_without_an_earlier_assessment_nothing_is_said_of_changes():
    assert not [each for each in drawn(an_answer()).headings(2) if "changed" in each]


def test_its_criteria_can_be_edited_where_they_are_the_citys_own(page):
    assert page.link("Edit this standard").address.endswith("/standards/charter.yaml")


def test_the_criteria_that_come_along_cannot_be_edited():
    assert "Edit this standard" not in drawn(an_answer(), source_path="").links()


def test_every_level_and_area_is_reached_by_keyboard_from_its_table(page):
    assert page.table(0) == [["Area", "Criteria met", "Level of this area alone"], ["Data", "2 of 4", "Starting"],
                             ["People", "1 of 3", "Starting"]]
    assert page.link("People").address == "#area-people"


def test_facts_that_are_not_there_are_not_linked_to():
    catalog = an_assessed_catalog(an_assessment(an_answer(checks=(a_check_answer(),))))
    site = draw_site(catalog=replace(catalog, practice=replace(catalog.practice, facts={})))

    assert not [each for each in site.page(CHARTER).links() if "CSV" in each]


def test_the_levels_of_these_tests_are_told_apart():
    assert len({each.id for each in LEVELS}) == 3


def test_a_step_for_which_nothing_is_there_yet_says_none():
    nothing = a_check_answer((), (), holds=False)

    assert "So far: none. It takes at least 80%." in drawn(
        an_answer("a", "not-met", checks=(nothing,)), next_steps=("a",)).main.text


def test_a_step_for_which_the_data_or_the_citys_word_suffices_says_so():
    check = a_check_answer((), ("b",), holds=False)
    page = drawn(an_answer("a", "not-met", record={"attest": "Minutes.", "either": True}, checks=(check,)), next_steps=("a",))

    assert "Or this is shown: Minutes." in page.section("Next steps: the shortest way to “Building”").text


def test_a_step_of_the_citys_word_says_what_has_to_be_shown():
    page = drawn(an_answer("a", "not-met", record={"attest": "Minutes of two meetings."}), next_steps=("a",))

    assert "What has to be shown: Minutes of two meetings." in page.section("Next steps: the shortest way to “Building”").text
