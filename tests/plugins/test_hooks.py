"""Each hook, called by a plugin of a few lines that lies in the catalog and was allowed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from cities import a_build, a_city, loaded
from cityfolio.build import Workshop, build_site
from cityfolio.cache import Cache
from cityfolio.files import MemoryTree
from cityfolio.plugins.found import plugins_of
from cityfolio.publish.sinks import MemorySink
from plugin_triggers import HEAD, a_plugin, built_with, found_with

HOME = '{% extends "civic/home.html" %}{% block lede %}<h1>{{ "trees and more"|shout }}</h1>{% endblock %}'


def page_of(sink: MemorySink, path: str) -> str:
    return sink.site[path].decode()


def test_amend_changes_what_every_page_says() -> None:
    sink = MemorySink()
    built_with(a_plugin("""
def amend(catalog, build):
    named = tuple(replace(each, title="Trees of the street") for each in catalog.datasets)
    return replace(catalog, datasets=named)
""", amend="amend"), sink=sink)

    assert all("Trees of the street" in page_of(sink, path)
               for path in ("data/trees/index.html", "publishers/parks/index.html", "topics/nature/index.html", "catalog.json"))


def test_a_rule_finds_a_mistake_at_its_line() -> None:
    found = found_with(a_plugin("""
def rule(loaded, build):
    for each in loaded.datasets.values():
        yield Finding(severity="error", where=each.document.at("title"), says="no")
""", rules="(rule,)"))

    assert [(each.code, each.where.path, each.where.line, each.says) for each in found] == [
        ("plugin-error", "datasets/trees/dataset.yaml", 1, "no (plugin transit)")]


def test_a_page_is_drawn_by_the_theme_and_listed_in_the_sitemap() -> None:
    sink = MemorySink()
    built_with(a_plugin("""
def pages(catalog, build):
    yield PluginPage(url="/transit/", title="Buses & trams", text="See [trees](/data/trees/).\\n\\n<script>alert(1)</script>")
""", pages="(pages,)"), sink=sink)
    page = page_of(sink, "transit/index.html")

    assert ("<h1>Buses &amp; trams</h1>" in page, '<a href="../data/trees/"' in page, "alert(1)" in page) == (True, True, False)
    assert "https://data.example.gov/transit/" in page_of(sink, "sitemap.xml")


def test_a_page_is_asked_for_in_each_language_of_the_site() -> None:
    sink = MemorySink()
    site = "name: Example City\nlicense: cc0-1.0\nlanguages: [en, es]\ncontact: {name: Data team, email: data@example.gov}\n"
    built_with(a_plugin("""
def pages(catalog, build):
    yield PluginPage(url="/transit/", title={"en": "Buses", "es": "Autobuses"}[build.languages[0]], text="Text.")
""", pages="(pages,)"), sink=sink, **{"site.yaml": site})

    assert "<h1>Buses</h1>" in page_of(sink, "transit/index.html")
    assert "<h1>Autobuses</h1>" in page_of(sink, "es/transit/index.html")


def test_a_feed_lies_at_its_address() -> None:
    sink = MemorySink()
    built_with(a_plugin("""
def feed(catalog, build):
    return [PluginFile(url="/transit/ids.txt", body=b"trees", media_type="text/plain")]
""", feeds="(feed,)"), sink=sink)

    assert page_of(sink, "transit/ids.txt") == "trees"


def test_a_filter_can_be_used_by_the_templates_of_the_city() -> None:
    sink = MemorySink()
    built_with(a_plugin("", filters='{"shout": lambda text: text.upper()}'), sink=sink,
               **{"theme/templates/home.html": HOME})

    assert "<h1>TREES AND MORE</h1>" in page_of(sink, "index.html")


@pytest.mark.parametrize(("adds", "hands"), [({"filters": '{"shout": str.upper}'}, 1), ({}, 3)], ids=["a filter", "none"])
def test_pages_are_drawn_by_this_process_alone_where_a_plugin_has_filters(
    adds: dict[str, str], hands: int, monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = list[object]()
    monkeypatch.setattr("cityfolio.pages.pages.drawn_ahead", lambda *given: asked.append(given[-1]) or iter(()))
    files = {**a_city(), "plugins/transit.py": a_plugin("", **adds)}
    build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=MemorySink(), allows_plugins=True, workers=3))

    assert asked == [hands]


def test_plugins_are_called_in_the_order_of_their_names() -> None:
    adds = """
def amend(catalog, build):
    return replace(catalog, site=replace(catalog.site, tagline=(catalog.site.tagline or "") + "{0}"))
plugin = Plugin(name="{0}", api=1, amend=amend)
"""
    files = {**a_city(), **{f"plugins/{name}.py": HEAD + adds.format(name) for name in ("z", "b", "a", "m")}}
    result = build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=MemorySink(), allows_plugins=True))

    assert (result.plugins, result.catalog and result.catalog.site.tagline) == (("a", "b", "m", "z"), "abmz")


def test_a_plugin_that_changed_is_not_answered_from_what_is_kept(tmp_path: Path) -> None:
    """The pages of datasets are known from the build before; a filter in them belongs to what they are known by."""
    template = '{% extends "civic/dataset.html" %}{% block lede %}<h1>{{ view.title|mark }}</h1>{% endblock %}'
    cache, sink = Cache(tmp_path), MemorySink()
    told = []
    for mark in "!?":
        files = {**a_city(), "theme/templates/dataset.html": template,
                 "plugins/transit.py": a_plugin("", filters=f'{{"mark": lambda text: text + "{mark}"}}')}
        workshop = Workshop(tree=MemoryTree(files), sink=sink, cache=cache, program="one", allows_plugins=True)
        build_site(loaded(files), a_build(), workshop)
        told += re.findall(r"<h1>(.*?)</h1>", page_of(sink, "data/trees/index.html"))

    assert told == ["Street trees!", "Street trees?"]


def test_without_plugins_what_is_kept_is_known_by_the_program_alone() -> None:
    plugins, _ = plugins_of(loaded(a_city()), MemoryTree(a_city()), allows_own=True)

    assert plugins.with_program("program") == "program"


@pytest.mark.parametrize("allows", [True, False])
def test_a_catalog_without_plugins_is_built_the_same_whatever_is_allowed(allows: bool) -> None:
    sinks = [MemorySink(), MemorySink()]
    for sink, allowed in zip(sinks, (allows, False), strict=True):
        workshop = Workshop(tree=MemoryTree(a_city()), sink=sink, allows_plugins=allowed)
        assert build_site(loaded(a_city()), replace(a_build()), workshop).plugins == ()

    assert sinks[0].site == sinks[1].site
