"""Mistakes in a city's own templates that are told before a page is drawn, each at its place."""

import pytest

from cityfolio.files import MemoryTree
from cityfolio.folders import themes_root
from cityfolio.pages.templates import load_theme
from pages.drawing import a_theme, draw_site
from pages.factories import a_dataset
from pages.test_themes import drawn_with

EXTENDS = '{% extends "civic/dataset.html" %}\n'
ASIDE = EXTENDS + "{% block aside %}"
END = "{% endblock %}"


def faults(templates, name="civic"):
    city = MemoryTree({f"theme/{path}": text for path, text in templates.items()})
    return [each for each in load_theme(name, (themes_root(),), city)[1] if each.code != "assets-unbundled"]


@pytest.mark.parametrize(("text", "place", "says", "fix"), [
    (EXTENDS + "{% block asid %}x" + END, (2, 10), 'no template that it extends has a block "asid"', '"aside"?'),
    ('{% extends "civic/datast.html" %}', (1, 13), 'there is no template "civic/datast.html"', '"civic/dataset.html"'),
    ('{% extends "plain/dataset.html" %}', (1, 13), 'there is no template "plain/dataset.html"', '"dataset.html"'),
    (EXTENDS + '{% from "parts/fact.html" import facts %}', (2, 10), 'no template "parts/fact.html"', '"parts/facts.html"'),
    ('{% extends "dataset.html" %}', (1, 13), 'it extends itself, by "dataset.html"', "civic/NAME.html"),
    (EXTENDS + "\n\n  <p>Ours</p>", (4, None), "what stands outside of its blocks is not shown", "Put it into a block"),
    (EXTENDS + "{{ view.title }}", (2, None), "what stands outside of its blocks is not shown", "Put it into a block"),
    (ASIDE + '\n<p class="{{ 1 }}" style="color: red">' + END, (3, 20), "<p> has the attribute style", "theme/theme.css"),
    (ASIDE + "<p onClick='x()'>" + END, (2, 21), "<p> has the attribute onclick", "policy forbids"),
    (ASIDE + "<style>p{}</style>" + END, (2, 18), "<style> stands in the page itself", "theme/theme.css"),
    (ASIDE + "<script>1</script>" + END, (2, 18), "<script> stands in the page itself", "policy forbids"),
    (ASIDE + '<img alt="" src="//evil.example/a.png">' + END, (2, 35), "<img> asks another host for //evil", "policy"),
    (ASIDE + '<link rel=stylesheet href="https://a.example/b.css">' + END, (2, 45), "asks another host for https://", "policy"),
], ids=["block", "template", "another theme", "part", "itself", "words outside", "a value outside", "style", "handler",
        "style sheet", "script", "picture", "sheet of others"])
def test_a_mistake_is_told_with_its_place_and_what_would_be_right(text, place, says, fix):
    [problem] = faults({"templates/dataset.html": text})

    assert (problem.code, problem.where.path) == ("theme-template", "theme/templates/dataset.html")
    assert (problem.where.line, problem.where.column) == place
    assert says in problem.says
    assert fix in problem.fix


@pytest.mark.parametrize("text", [
    EXTENDS + "{# <p style='x'> #}\n{% block aside %}{% block ours %}x" + END + END,
    EXTENDS + '{% set more = "<p>" %}{% macro line(x) %}{{ x }}{% endmacro %}{% block aside %}{{ line(1) }}' + END,
    ASIDE + '<a href="https://example.gov/" title="style = no, onclick = no">x</a>' + END,
    ASIDE + '<link rel="me" href="https://social.example/@city"><script src="{{ frame.scripts[0] }}"></script>' + END,
    ASIDE + '<script type="application/ld+json">{}</script>{% include "parts/gone.html" ignore missing %}' + END,
    '{% extends "base" ~ ".html" %}{% block main %}x' + END,
    "<!doctype html>\n<p>Ours, whole</p>",
], ids=["a block in a block", "values and macros", "a link", "what leads and what is ours", "data", "a computed name", "whole"])
def test_what_is_allowed_is_no_mistake(text):
    assert faults({"templates/dataset.html": text}) == []


def test_templates_that_extend_each_other_are_one_mistake():
    problems = faults({"templates/dataset.html": '{% extends "a.html" %}',
                       "templates/a.html": '{% extends "dataset.html" %}', "templates/home.html": '{% extends "a.html" %}'})

    assert [(each.where.path, "extends itself" in each.says) for each in problems] == [("theme/templates/a.html", True)]


def test_a_broken_template_that_another_extends_is_told_once_and_of_its_own_file():
    problems = faults({"templates/a.html": "{% if %}", "templates/dataset.html": '{% extends "a.html" %}{% block x %}' + END})

    assert [each.where.path for each in problems] == ["theme/templates/a.html"]


@pytest.mark.parametrize(("path", "fix"), [
    ("templates/datasets.html", 'Did you mean "templates/dataset.html"?'), ("dataset.html", '"templates/dataset.html"'),
    ("style.css", 'Did you mean "theme.css"?'), ("assets/css/ours.css", "theme.css, tokens.css")])
def test_a_file_that_nothing_uses_is_a_warning(path, fix):
    [problem] = faults({path: ""})

    assert (problem.code, problem.severity, problem.where.path) == ("theme-unused", "warning", f"theme/{path}")
    assert fix in problem.fix


@pytest.mark.parametrize("asks", [ASIDE + '{% include "ours.html" %}' + END, ASIDE + "{% include view.title %}" + END],
                         ids=["by name", "by a name that is computed"])
def test_a_template_that_another_asks_for_is_used(asks):
    assert faults({"templates/dataset.html": asks, "templates/ours.html": "<p>Ours</p>"}) == []


@pytest.mark.parametrize(("text", "says"), [
    ("{% for a in range(2000) %}{% for b in range(2000) %}{% endfor %}{% endfor %}", "more than 1,000,000 steps together"),
    ("{% for a in range(10000000) %}{% endfor %}", "Range too big"),
    ("{{ 'x' * 100000000 }}", "it repeats something"), ("{{ 100000000 * [1] }}", "it repeats something"),
    ("{{ 99 ** 99999 }}", "too large a number"), ("{{ '%1000000000d' % 1 }}", "too great a width"),
    ("{{ view.titel }}", "this DatasetView has no attribute 'titel'; did you mean 'title'?"),
    ("{{ view.xyzzy }}", "this DatasetView has no attribute 'xyzzy'"),
], ids=["ranges in ranges", "a range", "a text", "a list", "a power", "a width", "a slip in a name", "no such name"])
def test_a_template_that_would_not_end_or_asks_for_nothing_is_a_mistake_at_its_line(text, says):
    drawing, _ = drawn_with(a_theme(city={"theme/templates/dataset.html": f"{ASIDE}\n{text}{END}"}), a_dataset())
    [problem] = drawing.faults

    assert problem.where.line == 3
    assert says in problem.says


def test_ranges_are_counted_for_each_page_alone_and_small_sums_are_made():
    sums = "{{ 3 * 4 }} {{ 2 ** 9 }} {{ '%03d' % 7 }} {{ 'ab' * 2 }}"
    text = f"{ASIDE}<p>{{% for a in range(90000) %}}{{% endfor %}}{sums}</p>{END}"
    theme = a_theme(city={"theme/templates/dataset.html": text})
    site = draw_site(*(a_dataset(f"Trees {number}") for number in range(13)), theme=theme)

    assert "12 512 007 abab" in site.page("/data/trees-12/").main.text
