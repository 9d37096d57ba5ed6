"""Figures are found where a guide asks for them, and nowhere else."""

from __future__ import annotations

import pytest

from cityfolio.load.figures_asked import figure_place, figures_asked
from cityfolio.model.practised import Body

ONE = "{{ rows trees }}"
LEFT_ALONE = {
    "between backticks": f"Write `{ONE}` so.",
    "between two backticks": f"Write ``{ONE} ` `` so.",
    "between backticks over two lines": f"Write `see\n{ONE}` so.",
    "between fences": f"```\n{ONE}\n```\n",
    "between fences with a language": f"Before\n\n~~~yaml\n\n{ONE}\n\n~~~\n",
    "indented by four spaces": f"Before\n\n    {ONE}\n",
    "indented by a tab": f"\t{ONE}\n",
    "indented, after a blank line": f"    first\n\n    {ONE}\n",
    "escaped": f"Write \\{ONE} so.",
    "braces with a line between": "{{ rows\ntrees }}",
    "one brace": "{ rows trees }",
}
ASKED = {
    "in a sentence": f"There are {ONE} trees.",
    "without spaces": "There are {{rows trees}} trees.",
    "in bold": f"There are **{ONE}** trees.",
    "in a heading": f"# {ONE} trees",
    "in a table": f"| what | how many |\n| --- | --- |\n| trees | {ONE} |\n",
    "in an item": f"- one\n- {ONE}\n",
    "in an item's second paragraph": f"- one\n\n    {ONE}\n",
    "indented within a paragraph": f"Trees:\n    {ONE}\n",
    "after a backtick that nothing closes": f"A ` and {ONE}",
    "after a fence that nothing closes": f"```\n{ONE}\n",
    "between two pieces of code": f"`a` {ONE} `b`",
    "with Windows tabs around": "{{\trows\ttrees\t}}",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_code_and_escaped_braces_ask_for_nothing(text: str) -> None:
    assert figures_asked(text) == ()


@pytest.mark.parametrize("text", ASKED.values(), ids=ASKED)
def test_everything_else_between_two_braces_asks_for_a_figure(text: str) -> None:
    assert [(each.what, each.names) for each in figures_asked(text)] == [("rows", ("trees",))]


def test_nothing_between_braces_is_a_figure_without_a_name() -> None:
    (figure,) = figures_asked("Here is {{ }}.")

    assert (figure.what, figure.names, figure.written) == ("", (), "{{ }}")


def test_the_place_of_a_figure_is_that_in_the_file() -> None:
    text = "One\n\nThere are {{ rows trees }} trees.\n"
    place = figure_place(Body(text, "guides/count.md", 5), figures_asked(text)[0])

    assert (place.line, place.column, place.width) == (7, 11, 16)
    assert place.excerpt == "There are {{ rows trees }} trees."


@pytest.mark.parametrize("line", ["~~~x\n", "`` ` ", "```\n``\n", "    {{ x }}\n\n", "{{ "], ids=repr)
def test_a_long_text_of_nothing_but_code_and_open_ends_asks_for_nothing(line: str) -> None:
    assert figures_asked(line * (200_000 // len(line))) == ()
