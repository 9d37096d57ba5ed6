"""A theme that was loaded before is the one that a city gets, unless it brings something of its own."""

from __future__ import annotations

import pytest

from cities import a_build, a_city, loaded, with_files
from cityfolio import inspecting
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.folders import themes_root
from cityfolio.pages.templates import load_theme
from cityfolio.publish.sinks import MemorySink
from themes_once import loaded_once, themes_once

ROOTS = (themes_root(),)


def site(files):
    """The site of a city, by path."""
    sink = MemorySink()
    assert build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=sink)).is_built
    return sink.site


@pytest.fixture(autouse=True)
def loaded_each_time(monkeypatch):
    """Themes as they are loaded outside of tests, which share one (`conftest.py`)."""
    monkeypatch.setattr(inspecting, "load_theme", load_theme)


def test_a_site_is_the_same_where_its_theme_was_loaded_before():
    expected = site(a_city())
    with themes_once():
        sites = [site(a_city()), site(a_city())]

    assert sites == [expected, expected]


def test_afterwards_themes_are_loaded_as_ever():
    with themes_once():
        pass

    assert inspecting.load_theme is load_theme


def test_plain_cities_share_what_is_drawn_with_and_each_has_its_own_files():
    cities = [MemoryTree(a_city()), MemoryTree(a_city())]
    one, other = (loaded_once("civic", ROOTS, city)[0] for city in cities)

    assert one.environment is other.environment
    assert (one.city, other.city) == tuple(cities)


@pytest.mark.parametrize("path", ["theme/theme.css", "locale/es/LC_MESSAGES/cityfolio.po"])
def test_a_city_with_something_of_its_own_gets_a_theme_of_its_own(path):
    city = MemoryTree(with_files(a_city(), {path: ""}))
    one, other = (loaded_once("civic", ROOTS, city)[0] for _ in range(2))

    assert one.environment is not other.environment


def test_a_theme_that_is_not_there_is_told_each_time():
    found = [loaded_once("gone", ROOTS, MemoryTree(a_city())) for _ in range(2)]

    assert found[0] == found[1]
    assert (found[0][0], len(found[0][1])) == (None, 1)
