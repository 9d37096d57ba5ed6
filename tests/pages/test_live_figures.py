"""Figures in guides: each says what the catalog says, links to what it counts, and leaves code alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from cities import a_build
from cityfolio.model.catalog import Catalog
from cityfolio.pages.live_figures import figure_problems, guide_html, guide_markdown, live_figures
from cityfolio.pages.pages import site_of
from cityfolio.pages.shell import Site
from cityfolio.pages.words import Words
from pages.drawing import the_theme
from pages.factories import a_catalog, a_dataset, a_file
from pages.practice_texts import a_guide, the_catalog, with_texts

PAGE = "/guides/count-the-trees/"
SAID = {
    "{{ rows repairs }}": ("6", "/data/repairs/repairs/"),
    "{{ rows trees trees.csv }}": ("3", "/data/trees/trees/"),
    "{{ updated repairs }}": ("15 June 2026", "/data/repairs/"),
    "{{ answer repairs 1 }}": ("2.5 days", "/data/repairs/#shows"),
    "{{ measure on-time }}": ("50% in May 2026", "/measures/on-time/"),
    "{{ status on-time }}": ("off track", "/measures/on-time/"),
    "{{ count datasets }}": ("2", "/inventory/"),
    "{{ count published }}": ("2", "/inventory/status/published/"),
    "{{ count publishers }}": ("1", "/publishers/"),
    "{{ count topics }}": ("1", "/topics/"),
    "{{ count goals }}": ("1", "/goals/"),
    "{{ count measures }}": ("1", "/measures/"),
}


def a_site(catalog: Catalog | None = None) -> Site:
    """Everything that drawing needs."""
    return site_of(catalog or the_catalog(), a_build(), the_theme())


def html(text: str) -> str:
    """A guide of this text as HTML."""
    return str(guide_html(a_guide(body=text), PAGE, a_site()))


@pytest.mark.parametrize(("asked", "expected"), SAID.items(), ids=SAID)
def test_a_figure_says_what_the_catalog_says_and_where_that_is(asked: str, expected: tuple[str, str]) -> None:
    (found,) = live_figures(a_guide(body=asked), the_catalog(), Words())

    assert (found.said.striptags(), found.url) == expected


def test_a_figure_is_a_link_to_what_it_counts() -> None:
    assert html("There are **{{ rows trees }}** trees.") == (
        '<p>There are <strong><a href="../../data/trees/trees/">3</a></strong> trees.</p>')


def test_within_a_link_and_a_title_a_figure_is_its_words() -> None:
    assert html('[all {{ rows trees }}](https://example.gov "of {{ rows trees }}") of {{ rows trees }}') == (
        '<p><a href="https://example.gov" title="of 3" rel="noopener">all 3</a> of '
        '<a href="../../data/trees/trees/">3</a></p>')


@pytest.mark.parametrize("text", ["`{{ rows trees }}`", "```\n{{ rows trees }}\n```", "    {{ rows trees }}"])
def test_code_is_left_alone(text: str) -> None:
    assert "<code>{{ rows trees }}" in html(text)


def test_escaped_braces_are_shown_as_they_are_meant() -> None:
    assert html("Write \\{{ rows trees }} so.") == "<p>Write {{ rows trees }} so.</p>"


def test_links_to_paths_of_the_site_lead_there_from_the_page() -> None:
    assert '<a href="../../data/trees/" rel="noopener">trees</a>' in html("See [trees](/data/trees/).")


def test_no_figure_brings_markup_of_a_city_into_the_page() -> None:
    (question,) = the_catalog().datasets[0].answers.questions
    record = replace(question.record, unit="<b>days</b>")
    dataset = replace(the_catalog().datasets[0], record=replace(the_catalog().datasets[0].record, questions=(record,)),
                      answers=replace(the_catalog().datasets[0].answers, questions=(replace(question, record=record),)))
    site = a_site(replace(the_catalog(), datasets=(dataset,)))

    assert "2.5 &lt;b&gt;days&lt;/b&gt;" in guide_html(a_guide(body="{{ answer repairs 1 }}"), PAGE, site)


def test_programs_read_the_same_figures_as_words() -> None:
    guide = a_guide(body="{{ rows trees }} trees, `{{ rows trees }}`, {{ updated repairs }}")

    assert guide_markdown(guide, the_catalog(), Words()) == "3 trees, `{{ rows trees }}`, 15 June 2026"


EMPTY = {
    "rows of what is only planned": (a_dataset(status="planned"), "{{ rows example }}", "the dataset is not published"),
    "rows of a file that is no table": (a_dataset(files=[a_file()]), "{{ rows example }}", "no table with rows is published"),
    "a day that is not known": (a_dataset(updated=None), "{{ updated example }}", "the day of its last update is not known"),
}


@pytest.mark.parametrize(("dataset", "asked", "why"), EMPTY.values(), ids=EMPTY)
def test_a_figure_without_a_value_is_a_problem_at_its_place_and_said_on_the_page(dataset, asked, why) -> None:
    guide = a_guide(body=f"One\n\nThere are {asked}.")
    catalog = with_texts(a_catalog(replace(dataset, id="example")), guides=(guide,))
    (found,) = figure_problems(catalog)

    assert (found.code, found.where.line, found.where.column) == ("figure-empty", 6, 11)
    assert found.says == f"{asked} has no value: {why}"
    assert "There are (not known)." in guide_html(guide, PAGE, a_site(catalog))


def test_of_two_tables_one_must_be_named() -> None:
    trees = next(each for each in the_catalog().datasets if each.id == "trees")
    catalog = replace(the_catalog(), datasets=(replace(trees, files=(*trees.files, *trees.files)),))
    (found,) = live_figures(a_guide(body="{{ rows trees }}"), catalog, Words())

    assert found.why == "the dataset has 2 tables, and none is named"


def test_the_rows_of_a_sample_are_not_those_of_the_dataset() -> None:
    trees = next(each for each in the_catalog().datasets if each.id == "trees")
    (file,) = trees.files
    sample = replace(file, record=replace(file.record, path=None, sample="trees.csv"), url="https://example.gov/trees.csv")
    catalog = replace(the_catalog(), datasets=(replace(trees, files=(sample,)),))
    (found,) = live_figures(a_guide(body="{{ rows trees }}"), catalog, Words())

    assert found.why == "only a sample of the rows is published"


FIGURE = "{{ rows trees }}"
PARTS = st.sampled_from([
    f"Text {FIGURE} more", f"# Heading {FIGURE}", f"- item {FIGURE}\n- other", f"`{FIGURE}` and {FIGURE}",
    f"``` \n{FIGURE}\n```", f"~~~\n{FIGURE}\n\n{FIGURE}\n~~~", f"    {FIGURE}", f"\\{FIGURE}", f"> quoted {FIGURE}",
    f"[{FIGURE}](https://example.gov)", f"| a |\n| --- |\n| {FIGURE} |", f"a ` and {FIGURE}", "1. one\n2. two", "***",
])


@given(st.lists(PARTS, max_size=7))
def test_no_place_of_a_figure_is_left_in_a_page_whatever_stands_around_it(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    made = html(text)

    assert "\ue000" not in made
    assert made.count(">3</a>") + made.count(FIGURE) == text.count(FIGURE)
