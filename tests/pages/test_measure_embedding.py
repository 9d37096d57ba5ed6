"""A measure within pages of others: its answer and chart alone, with a way back to how the number is made."""

from __future__ import annotations

import json

from cityfolio.feeds.oembed import oembeds
from cityfolio.pages.measure_embedding import elsewhere, measure_embed, measure_oembed_twin
from cityfolio.pages.pages import site_of
from cityfolio.pages.shell import Site, drawn
from pages.drawing import the_theme
from pages.factories import a_build
from pages.measures import a_measure, a_measured_catalog
from pages.reader import page_at

URL = "/embed/measures/potholes-repaired-in-time/"


def the_site(**build: object) -> Site:
    """A site with measures."""
    return site_of(a_measured_catalog(), a_build(**build), the_theme())


def test_the_page_shows_answer_status_and_chart_and_leads_back():
    site = the_site()
    page = page_at([drawn(measure_embed(site.catalog.measures[0], site), site)], URL)

    assert page.main.heading(1) == "Potholes repaired in time"
    assert page.main.link("See how this number is made").address == "../../../measures/potholes-repaired-in-time/"
    assert "80% in October 2025." in page.main.text
    assert "Off track" in page.main.text
    assert len(page.main.all("table")) == 1
    assert (page.all("header"), page.all("footer")) == ([], [])


def test_search_engines_are_led_to_the_page_of_the_measure():
    page = measure_embed(a_measure("One"), the_site())

    assert (page.listed, page.canonical) == (False, "/measures/one/")


def test_the_page_of_a_measure_has_pictures_and_the_code_of_a_frame():
    shown = elsewhere(a_measure("Say \"hello\""), the_site())

    assert [each.href for each in shown.pictures] == ["chart.svg", "badge.svg"]
    assert 'title="Say &quot;hello&quot;"' in shown.frame


def test_without_the_sites_address_there_is_no_frame_and_no_oembed():
    site = the_site(base_url="")

    assert elsewhere(a_measure("One"), site).frame == ""
    assert measure_oembed_twin(a_measure("One"), site) == ()


def test_programs_that_know_oembed_get_the_frame_and_whose_it_is():
    made = {each.url: each.body for each in oembeds(a_measured_catalog(), a_build())}
    said = json.loads(made["/measures/potholes-repaired-in-time/oembed.json"])

    assert (said["type"], said["title"], said["author_name"]) == (
        "rich", "Potholes repaired in time", "Customer Service Center")
    assert f'src="https://data.example.gov{URL}"' in said["html"]
