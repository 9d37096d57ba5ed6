"""Guides as they are met: the list, a guide, and where topics lead to them."""

from __future__ import annotations

from datetime import date

from cities import a_city, loaded
from cityfolio.link import link
from cityfolio.tables.published import Tables
from pages.drawing import draw_site
from pages.factories import a_catalog, a_dataset, a_topic
from pages.practice_texts import a_city_build, a_guide, the_catalog, with_texts


def page(url: str = "/guides/potholes/"):
    """A page of the city of texts."""
    return draw_site(catalog=the_catalog(), build=a_city_build()).page(url)


def test_a_guide_says_todays_numbers_in_its_sentences():
    assert ("The city keeps 6 repairs, the last of 15 June 2026. A repair takes 2.5 days. In time were 50% in May 2026: "
            "off track.") in page().main.text


def test_a_guide_leads_to_its_data_and_topics_and_to_its_file():
    found = page()

    assert found.section("Data this guide uses").links() == {
        "Pothole repairs": "../../data/repairs/", "Street trees": "../../data/trees/"}
    assert found.section("Topics").links() == {"Nature": "../../topics/nature/"}
    assert found.link("Edit this page").address == "https://github.com/city/data/edit/main/catalog/guides/potholes.md"


def test_a_guide_says_of_which_day_its_figures_are_and_when_it_was_reviewed():
    assert "Figures with a link are those of 30 June 2026; each leads to what it counts." in page().main.text
    assert "Last reviewed 2 May 2026" in page().main.text


def test_a_guide_without_figures_says_nothing_of_them():
    catalog = with_texts(a_catalog(), guides=(a_guide(),))

    assert "Figures with a link" not in draw_site(catalog=catalog).page("/guides/count-the-trees/").main.text


def test_headings_of_a_guide_stand_below_its_title():
    assert (page().headings(1), page().headings(2)[:1]) == (
        ["Find out how fast potholes are repaired"], ["Look at the numbers"])


def test_the_list_shows_each_guide_with_what_it_is_for():
    guides = (a_guide("Count the trees", summary="For gardeners.", reviewed=date(2025, 3, 1)),
              a_guide("Read the budget", body="Start with {{ count datasets }} dataset. Then more."))
    found = draw_site(catalog=with_texts(a_catalog(a_dataset()), guides=guides)).page("/guides/")

    assert [each.text for each in found.main.all("li")] == [
        "Count the trees Last reviewed 1 March 2025For gardeners.", "Read the budgetStart with 1 dataset."]


def test_a_topic_leads_to_its_guides():
    assert page("/topics/nature/").section("Guides").links() == {
        "Find out how fast potholes are repaired": "../../guides/potholes/"}


def test_a_topic_without_guides_says_nothing_of_them():
    catalog = with_texts(a_catalog(a_dataset(topics=[a_topic()])), guides=(a_guide(topics=("other",)),))

    assert "Guides" not in draw_site(catalog=catalog).page("/topics/streets/").headings(2)


def test_a_city_without_guides_has_no_page_of_them():
    assert "/guides/" not in draw_site(a_dataset()).urls()


def test_a_guide_and_a_rule_that_were_renamed_forward_from_their_old_addresses():
    files = a_city(**{"guides/count.md": "---\ntitle: Count\nformerly: number\n---\nText.\n",
                      "policy/open-data.md": "---\ntitle: Policy\nformerly: [data, /rules/]\n---\nText.\n"})
    forwards = link(loaded(files), Tables(), a_city_build()).forwards

    assert {(each.old, each.new) for each in forwards} == {
        ("/guides/number/", "/guides/count/"), ("/policy/data/", "/policy/open-data/"), ("/rules/", "/policy/open-data/")}
