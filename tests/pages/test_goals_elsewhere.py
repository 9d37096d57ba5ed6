"""Goals on the pages of others: home, topics, publishers, datasets."""

import re
from dataclasses import replace

import pytest

from cityfolio.model.measured import Ref
from pages.catalogs import a_full_catalog
from pages.drawing import DrawnSite, a_theme, draw_site
from pages.factories import a_build, a_catalog
from pages.goals import a_goal_catalog, a_greek_goal_catalog
from pages.measures import a_goal, a_measure
from pages.reader import read
from pages.test_every_page import Brackets


@pytest.fixture(scope="module")
def drawn() -> DrawnSite:
    return draw_site(catalog=a_goal_catalog())


def test_home_shows_goals_with_value_status_and_target_and_leaves_out_those_without_a_measure(drawn):
    part = drawn.page("/").section("What the city set out to do")

    assert [each.text for each in part.one("ul", class_="goal-strip").all("li")] == [
        "Streets are smooth 80% Off track Potholes repaired in time, October 2025. Target: 85% by June 2026",
        "Nobody is hurt 80 deaths Near Deaths in traffic, October 2025. Target: 85 deaths by June 2026"]
    assert part.link("All goals").address == "goals/"


def test_home_shows_six_goals_at_most_the_first_of_each_priority_before_a_second():
    goals = tuple(a_goal(f"{name}{at}", a_measure(f"{name} {at}"), priority=Ref(id=name, title=name))
                  for name in ("a", "b", "c") for at in range(1, 5))

    part = draw_site(catalog=replace(a_catalog(), goals=goals)).page("/").section("What the city set out to do")

    assert part.headings(3) == ["a1", "b1", "c1", "a2", "b2", "c2"]


def test_a_site_without_goals_speaks_of_none():
    drawn = draw_site(catalog=a_full_catalog())

    assert [url for url in ("/", "/topics/streets/", "/publishers/public-works/", "/data/crimes/")
            if "goal" in drawn.page(url).source] == []


def test_a_topic_shows_the_goals_that_name_it_with_their_headline(drawn):
    assert drawn.page("/topics/streets/").section("Goals").text == (
        "Goals Streets are smooth Off track Potholes repaired in time: 80% October 2025 · Target: 85% by June 2026")


def test_a_publisher_shows_its_goals_and_its_measures_below_the_goals_of_others(drawn):
    works = drawn.page("/publishers/public-works/").section("Goals")
    service = drawn.page("/publishers/customer-service-center/").section("Goals")

    assert works.headings(3) == ["Streets are smooth", "Nobody is hurt"]
    assert "Deaths in traffic: 80 deaths" in works.text
    assert service.headings(3) == ["Streets are smooth", "Everybody can read"]
    assert "Calls for help: 14 calls" in service.text


def test_a_publisher_leads_to_its_brief(drawn):
    assert drawn.page("/publishers/public-works/").link("For the next review").address == "../../briefs/public-works/"


def test_a_dataset_names_the_goals_that_use_it_with_the_state_of_the_measures_that_do(drawn):
    part = drawn.page("/data/crimes/").section("Goals that use this data")

    assert part.text == (
        "Goals that use this data Nobody is hurt Near Deaths in traffic: 80 deaths October 2025 · "
        "Target: 85 deaths by June 2026")


def test_a_measure_without_a_goal_is_named_as_such(drawn):
    loose = a_measure("Loose", goal=None)
    catalog = replace(a_full_catalog(), measures=(loose,))

    assert draw_site(catalog=catalog).page("/data/service-requests-311/").section("Goals that use this data").headings(3) == [
        "Without a goal"]


def test_every_word_about_goals_can_be_translated():
    theme = a_theme(translations=Brackets())
    site = draw_site(catalog=a_greek_goal_catalog(), theme=theme, build=a_build(revision="", base_url=""))
    shown = [output for output in site.html() if output.kind in ("goals", "goal", "brief", "home", "topic", "publisher")]
    spoken = {text for output in shown for text in read(output).spoken()}

    assert {word for text in spoken for word in re.findall(".*[A-Za-z].*", _unbracketed(text))} == set()


def _unbracketed(text):
    """The text without its messages, innermost first, and without addresses and names of formats."""
    while (less := re.sub("⟦[^⟦⟧]*⟧", "", text)) != text:
        text = less
    return re.sub(r"https://\S+|HTML|CSV|JSON|Parquet", "", text)
