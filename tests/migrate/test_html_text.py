"""HTML becomes Markdown that a person would have written, and nothing that runs is left."""

import re

import pytest
from hypothesis import given, strategies as st

from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.html_text import as_markdown_text
from cityfolio.pages.markdown import rendered


def converted(text, **options):
    return as_markdown_text(text, Ledger(), "description", **options)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("a<br/>b<br><br>c", "a  \nb\n\nc"),
        ("<p>A <b>bold </b>word, <i>too</i></p>", "A **bold** word, *too*"),
        ("<ul><li>a<li>b</ul><ol><li>x<li>y</ol>", "- a\n- b\n1. x\n2. y"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n    - b\n- c"),
        ('<a href="https://a.gov/(x)">good</a>', "[good](https://a.gov/%28x%29)"),
        ('<a href="https://a.gov/">https://a.gov/</a>', "<https://a.gov/>"),
        ('<a href="mailto:d@a.gov">write</a>', "[write](mailto:d@a.gov)"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "A | B\n\n1 | 2"),
        ("<h2>Head</h2><p>2 * 3 _x_</p>", "### Head\n\n2 \\* 3 \\_x\\_"),
        ("<p># no heading</p><p>1. no list</p>", "\\# no heading\n\n1\\. no list"),
        ("<b>open<p>next", "**open**\n\nnext"),
        ("<p><b></b>q</p>", "q"),
        ("Trees &amp; shrubs", "Trees & shrubs"),
        ("<p>1 < 2 and <b>3</b> < 4</p>", "1 < 2 and **3** < 4"), ('<img src="x" alt="A map">', "A map"),
    ],
    ids=["paragraphs", "breaks", "emphasis", "lists", "lists in lists", "link", "bare link", "mail", "table", "heading",
         "signs", "unclosed", "empty", "entity", "less than",
         "picture"],
)
def test_markup_becomes_markdown(html, markdown):
    assert converted(html) == markdown


@pytest.mark.parametrize("text", ["3 < 5 and 7 > 2", "a <- b", "See *this* and [that](https://a.gov).", "<5 years"],
                         ids=["numbers", "arrow", "Markdown", "age"])
def test_text_that_is_no_html_stays_as_it_is(text):
    assert converted(text) == text


@pytest.mark.parametrize(
    "html",
    ["<script>alert(1)</script><p>x</p>", '<a href="javascript:alert(1)">x</a>', '<p onclick="alert(1)">x</p>',
     "<p>x &lt;img src=y onerror=alert(1)&gt;</p>", "<iframe src=https://evil.example>x</iframe><p>x</p>",
     "<b>x</b> [y](javascript:alert(1))", "<style>p{}</style><p>x</p>", "<p>x<svg onload=alert(1)>y</svg></p>"],
    ids=["script", "address", "handler", "escaped tag", "frame", "Markdown in it", "style", "drawing"],
)
def test_nothing_that_runs_is_left(html):
    page = str(rendered(converted(html)))

    assert re.search(r"<(script|iframe|svg|img|style)|href=.javascript|<[^>]*\son\w+=", page) is None


def test_what_was_dropped_is_written_down():
    ledger = Ledger()
    as_markdown_text('<p onclick="x()">a<script>b</script><img src=c></p>', ledger, "description")

    assert {each.why for each in ledger.entries if each.kind == "left-out"} == {
        "a script or style in a text", "an event handler in a text", "a picture in a text"}


@pytest.mark.parametrize("piece", ["<a ", "<!--", "</", "<b>", "<ul><li>", "<![CDATA[", '<a href="', "<script>", "&#x41;"],
                         ids=["tag", "comment", "end", "bold", "list", "data", "link", "script", "entity"])
def test_a_text_of_thousands_of_open_tags_is_read_to_its_end(piece):
    assert len(converted("<p>" + piece * 20_000)) < 400_000


@given(st.text(alphabet="<>/abpiul&;#\"'= \n*_[]()!-x", max_size=200))
def test_no_text_breaks_the_conversion(text):
    assert isinstance(converted(text, is_html=True), str)
