"""Mistakes in a city's own templates that are told before a page is drawn, each at its place."""

from time import process_time

import pytest

from cityfolio.files import MemoryTree
from cityfolio.folders import themes_root
from cityfolio.pages.markup_check import markup_faults
from cityfolio.pages.sandbox import MOST_STEPS, CitySandbox
from cityfolio.pages.templates import load_theme
from cityfolio.problems import Location
from pages.drawing import a_theme, draw_site
from pages.factories import a_dataset
from pages.test_themes import drawn_with

EXTENDS = '{% extends "civic/dataset.html" %}\n'
LOOP = "{% set n = namespace(x='ab', l=[1], i=9) %}{% for a in range(60) %}"
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
    (ASIDE + '<img{% if x %} class="a"{% endif %} src="//evil.example/x.png">' + END, (2, 59), "<img> asks another", "policy"),
    (ASIDE + '<img{{ x }} srcset="a.png 1x, //evil.example/x.png 2x">' + END, (2, 48), "another host for //evil", "policy"),
    (ASIDE + '<p/style="x">' + END, (2, 21), "<p> has the attribute style", "theme/theme.css"),
    (ASIDE + '<script type="application/javascript">x()</script>' + END, (2, 18), "<script> stands in the page", "policy"),
    (EXTENDS + "{% if view %}\n  <p>Ours</p>{% endif %}", (3, None), "what stands outside of its blocks is not shown", "block"),
    (ASIDE + f'<img src="//evil.example/{"A" * 500}">' + END, (2, 28), f"//evil.example/{'A' * 45}\N{HORIZONTAL ELLIPSIS}", ""),
], ids=["block", "template", "another theme", "part", "itself", "words outside", "a value outside", "style", "handler",
        "style sheet", "script", "picture", "sheet of others", "after a condition", "one of several", "a stroke for a blank",
        "a script of another name", "words under a condition", "a long address"])
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
    EXTENDS + "<!-- ours -->\n{% block aside %}<!-- <p style='x'> -->" + END + "<!-- {{ view.title }} -->",
    ASIDE + '<my-el only="x" once="y"></my-el><link rel="dns-prefetch" href="//a.example">' + END,
    ASIDE + '<script type="text/template"><p style="x"></p></script><p title="<p style=x>">' + END,
    ASIDE + "{% raw %}<p title='{{ style=1 }}'>{% endraw %}\n   {%- if x %} {% endif -%}\n <p>" + END,
    "<!doctype html>\n<p>Ours, whole</p>",
], ids=["a block in a block", "values and macros", "a link", "what leads and what is ours", "data", "a computed name",
        "comments", "attributes that begin as others do", "a template of a script", "words that Jinja leaves", "whole"])
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
    ('{{ "%(a)200000000s" % {"a": 1} }}', "too great a width"), ('{{ "%300000000d"|format(1) }}', "too great a width"),
    ('{{ "{:>200000000}".format(1) }}', "too great a width"), ("{{ 'a'.ljust(200000000) }}", "too great a width"),
    ("{{ 'a'|center(200000000) }}", "too great a width"), ("{{ 'a'|indent(200000000, true) }}", "is longer than"),
    (LOOP + "{% set n.x = n.x ~ n.x %}{% endfor %}", "is longer than 1,000,000"),
    (LOOP + "{% set n.x = n.x + n.x %}{% endfor %}", "is longer than 1,000,000"),
    (LOOP + "{% set n.l = n.l + n.l %}{% endfor %}", "is longer than 1,000,000"),
    (LOOP + "{% set _ = n.l.extend(n.l) %}{% endfor %}", "is longer than 1,000,000"),
    (LOOP + "{% set n.i = n.i * n.i %}{% endfor %}", "multiplies numbers"),
    ("{% set x = 'a' * 1000000 %}{{ x.replace('a', x) }}", "is longer than"),
    ("{% set x = 'a' * 1000000 %}{{ ([x] * 1000000)|join }}", "is longer than"),
    ("{% set x = 'a' * 1000000 %}{{ [x] * 1000000 }}", "is longer than"),
    ("{% set x = 'a' * 900000 %}{% for a in range(900) %}{% set y = x ~ a %}{% endfor %}", "more than 200,000,000 characters"),
    ("{% set l = range(90000)|list %}{% for a in l %}{% for b in l %}{% endfor %}{% endfor %}", "more than 1,000,000 steps"),
    ("{{ (1).to_bytes(200000000, 'big') }}", "is longer than"), ("{{ 1.5|round(99999999, 'ceil') }}", "1,000 digits"),
    ("{{ lipsum(n=20000) }}", "'lipsum' is undefined"), ("{{ 99 ** 99999 }}", "too large a number"),
    ("{{ '%1000000000d' % 1 }}", "too great a width"),
    ("{{ view.titel }}", "this DatasetView has no attribute 'titel'; did you mean 'title'?"),
    ("{{ view.xyzzy }}", "this DatasetView has no attribute 'xyzzy'"),
], ids=["ranges in ranges", "a range", "a text", "a list", "a width with a name", "a width in a filter",
        "a width in a format", "a method", "a filter", "lines moved in", "doubled", "added", "lists added", "a list in itself",
        "numbers", "replaced", "joined", "a list written", "texts together", "a list in a list", "bytes", "digits", "filler",
        "a power", "a width", "a slip in a name", "no such name"])
def test_a_template_that_would_not_end_or_asks_for_nothing_is_a_mistake_at_its_line(text, says):
    drawing, _ = drawn_with(a_theme(city={"theme/templates/dataset.html": f"{ASIDE}\n{text}{END}"}), a_dataset())
    [problem] = drawing.faults

    assert problem.where.line == 3
    assert says in problem.says


@pytest.mark.parametrize("text", [
    "{% set l = [1] %}{% for a in l %}{% set _ = l.append(1) %}{% endfor %}",
    "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(40) }}",
], ids=["a list that grows", "a macro in itself"])
@pytest.mark.parametrize("most", [20_000, pytest.param(MOST_STEPS, marks=pytest.mark.campaign)])
def test_a_template_that_goes_on_step_by_step_is_a_mistake_at_its_line(monkeypatch, most, text):
    monkeypatch.setattr("cityfolio.pages.sandbox.MOST_STEPS", most)
    drawing, _ = drawn_with(a_theme(city={"theme/templates/dataset.html": f"{ASIDE}\n{text}{END}"}), a_dataset())
    [problem] = drawing.faults

    assert problem.where.line == 3
    assert f"more than {most:,} steps" in problem.says


def test_ranges_are_counted_for_each_page_alone_and_small_sums_are_made():
    sums = "{{ 3 * 4 }} {{ 2 ** 9 }} {{ '%03d' % 7 }} {{ 'ab' * 2 }}"
    text = f"{ASIDE}<p>{{% for a in range(90000) %}}{{% endfor %}}{sums}</p>{END}"
    theme = a_theme(city={"theme/templates/dataset.html": text})
    site = draw_site(*(a_dataset(f"Trees {number}") for number in range(13)), theme=theme)

    assert "12 512 007 abab" in site.page("/data/trees-12/").main.text


def test_what_a_bounded_template_asks_for_is_as_jinja_has_it():
    text = ("{{ 5|center(3) }}|{{ [1, 2]|join(d='; ') }}|{{ 'abc'|replace('b', 2) }}|{{ [1, 2, 3]|batch(linecount=2)|list }}|"
            "{{ '{}-{:>3}'.format('<', 3) }}|{{ 'a'.ljust(2) ~ 1 }}|{{ 1.25|round(method='floor') }}|{{ [1] + [2] }}|"
            "{{ ['a', 'b']|map('upper')|join }}|{{ '* %03d' % 7 }}|{{ {'a': 1}|tojson }}|"
            "{% for a in [1, [2, [3]]] recursive %}{{ loop.index }}of{{ loop.length }}{% if a is iterable %}({{ loop(a) }})"
            "{% endif %} {% else %}none{% endfor %}")
    theme = a_theme(city={"theme/templates/dataset.html": f"{ASIDE}<p>{text}</p>{END}"})

    assert (" 5 |1; 2|a2c|[[1, 2], [3]]|<- 3|a 1|1.0|[1, 2]|AB|* 007|{\"a\": 1}|1of2 2of2(1of2 2of2(1of1 ) )"
            in draw_site(a_dataset(), theme=theme).page("/data/service-requests-311/").main.text)


def test_a_template_of_many_braces_is_read_at_once():
    environment = CitySandbox()
    text = "{% raw %}" + "{{" * 40_000 + "{% endraw %}<p style=x>"
    started = process_time()
    [(where, says)] = markup_faults(environment, text, Location(path="a.html"))

    assert (where.line, says) == (1, "<p> has the attribute style")
    assert process_time() - started < 2


@pytest.mark.parametrize("name", ["tokens.css", "templates/dataset.html"])
def test_a_byte_order_mark_is_no_part_of_a_text(name):
    text = {"tokens.css": ":root { --accent: red }", "templates/dataset.html": EXTENDS + "{% block aside %}x" + END}[name]
    theme, problems = load_theme("civic", (themes_root(),), MemoryTree({f"theme/{name}": b"\xef\xbb\xbf" + text.encode()}))

    assert [each for each in problems if each.code != "assets-unbundled"] == []
    assert not [each for each in theme.city_styles if each.startswith("\ufeff")]


def test_of_many_mistakes_of_a_template_the_first_are_told():
    problems = faults({"templates/dataset.html": ASIDE + "<p style=x>" * 500 + END})

    assert len(problems) == 21
    assert problems[-1].fix == "479 more mistakes follow in this file."
    assert {each.where.excerpt for each in problems} == {None}


def test_a_page_that_grows_without_end_is_a_mistake_of_the_template():
    text = "{% set x = 'a' * 1000000 %}{% for a in range(90) %}{{ x }}{% endfor %}"
    drawing, _ = drawn_with(a_theme(city={"theme/templates/dataset.html": f"{ASIDE}{text}{END}"}), a_dataset())
    [problem] = drawing.faults

    assert problem.where.path == "theme/templates/dataset.html"
    assert "is longer than 20,000,000" in problem.says
