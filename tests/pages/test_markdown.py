import markdown
import nh3
import pytest
from hypothesis import assume, example, given, strategies as st
from markupsafe import escape

from cityfolio.pages.markdown import ATTRIBUTES, TAGS, excerpt, is_tame, paragraphs, rendered, words_only
from cityfolio.pages.usual_markdown import is_plain, usual_html

CONVERTER = markdown.Markdown(extensions=["tables", "sane_lists", "fenced_code"], output_format="html")
PIECES = (
    "word", "two words", " ", "  ", "\n", "\n\n", "\n\n\n", "7", "1.", "1)", "-", "+", "=", "--", "---", ":", ":-", "!", "(",
    ")", "{", "}", "'", '"', "/", "https://a.b", "a@b.c", "$", "%", "^", "?", ";", ".", ",", "…", "é", "e\u0301", "中",
    "\u0667.", "\U0001f600", "[TOC]", "wzxhzdk:0", "klzzwxh:0000", "#", "*", "_", "`", "|", "~", "[", "]", "<", ">", "&", "\\",
    "\t", "\r", "\x0b", "\x0c", "\x02", "\x03", "\u00a0", "\u2028", "\ufeff",
)
USUAL = (
    "word", "two words", "it's", "7", " ", ", ", ".", "\n", "\n\n", "\n\n", "- ", "* ", "\n- ", "\n\n* ", "1. ", "!", "*", "**",
    "`", "**word**", "*two words*", "`a_b`", "[word](https://example.gov/a_b?c=d#e)", "[two words](http://ex-am.pl)", "_", "[",
    "](", "[word](mailto:a@b.cd)", "[word](/data/)", "(https://a.bc)",
)
MARKED = st.lists(st.sampled_from(USUAL), max_size=12).map("".join)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text("ab1 .-+=:\n()!{}'\"", max_size=14)


def test_markdown_becomes_html():
    assert rendered("Some *words*.\n\n- one\n- two") == "<p>Some <em>words</em>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\n## B", ["<h3>A</h3>", "<h4>B</h4>"]),
        ("## A\n\n## B", ["<h3>A</h3>", "<h3>B</h3>"]),
        ("# A\n\n#### B", ["<h3>A</h3>", "<h4>B</h4>"]),
        ("### A\n\n# B", ["<h3>A</h3>", "<h3>B</h3>"]),
        ("# A\n## B\n### C\n#### D\n##### E\n###### F", ["<h6>D</h6>", "<h6>E</h6>", "<h6>F</h6>"]),
    ],
    ids=["below the page's", "the highest counts", "never two steps down", "the first may be deep", "never below six"],
)
def test_headings_take_the_levels_below_the_pages(text, expected):
    html = rendered(text)

    assert all(part in html for part in expected)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "<a href='java\nscript:alert(1)'>a</a>",
        "<p onclick='alert(1)'>a</p>",
        "<svg><script>alert(1)</script></svg>",
        "<iframe src='https://example.gov'></iframe>",
        "<style>p { color: red }</style>",
        "![a](javascript:alert(1))",
        "<form action='https://example.gov'><input></form>",
        "<p style='color: red' class='button' id='main'>a</p>",
        "<base href='https://example.gov'>",
        "<math><mtext></p><style><img src=x onerror=alert(1)></style>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    ],
)
def test_nothing_that_runs_or_restyles_is_left(text):
    html = rendered(text).lower()

    assert not [
        part
        for part in (
            "<script",
            "onerror=",
            'href="java',
            "onclick=",
            "<svg",
            "<iframe",
            "<style",
            "<img",
            "<form",
            "style=",
            "class=",
            "id=",
            "<base",
        )
        if part in html
    ]


@given(TEXTS.filter(is_plain))
@example("Sentence one.\n\nTwo - (it's) \"quoted\".\nA line\n")
def test_words_without_a_mark_come_out_as_all_of_markdown_would_have_them(text):
    assert rendered(text) == nh3.clean(CONVERTER.reset().convert(text), tags=TAGS)


@given((MARKED | TEXTS).filter(usual_html))
@example("A *b c* and **d**, `e_f` and [g h](https://example.gov/i_j?k=l#m).\n\n- n\n- **o:** p\n\nQ\n\n* r\n")
def test_usual_texts_come_out_as_all_of_markdown_would_have_them(text):
    html = nh3.clean(CONVERTER.reset().convert(text), tags=TAGS, attributes=ATTRIBUTES, link_rel="noopener")

    assert rendered(text) == html


@pytest.mark.parametrize("text", [
    "- a\n\n- b", "- a\nb", "- # a", "- - a", "a *b", "*a**b*", "**a***b*", "![a](https://b.cd)", "[a](b)",
    "[a](https://b.cd 'e')", "[*a*](https://b.cd)", "_a_", "`` a ``", "# a", "a & b", "> a", "1. a", "",
])
def test_a_text_that_could_be_read_in_two_ways_is_not_usual(text):
    assert usual_html(text) is None


@given(TEXTS)
def test_an_excerpt_of_words_without_a_mark_is_that_of_their_html(text):
    assume(is_plain(text))

    assert excerpt(text) == excerpt(f"<p>{text.strip()}</p>".replace("\n", " "))


@pytest.mark.parametrize("text", ["", "\n", " a", "a ", "a_b", "1. a", "- a", "a\n===", "a & b", "a\tb", "a\u00a0b", "[a]"])
def test_a_text_that_may_be_more_than_words_is_not_taken_for_them(text):
    assert not is_plain(text)


def test_a_link_of_the_text_keeps_its_address():
    assert 'href="https://example.gov/a"' in rendered("[a](https://example.gov/a)")


def test_a_relative_link_is_taken_away_since_the_text_is_shown_in_more_than_one_place():
    assert rendered('[a](../other/ "b")') == "<p>a</p>"


def test_a_link_with_odd_letters_in_its_title_is_left_whole():
    html = rendered('<a title="a > b" href="https://example.gov">a</a> <abbr title="Example">E</abbr>')

    assert 'href="https://example.gov"' in html
    assert '<abbr title="Example">E</abbr>' in html


def test_a_table_scrolls_in_a_region_of_its_own():
    html = rendered("| a | b |\n|---|---|\n| 1 | 2 |")

    assert html.startswith('<div class="scroller" tabindex="0"><table>')


@pytest.mark.parametrize(
    "text",
    [
        "<![" * 2_700,
        "[" * 8_000,
        "1. " * 2_700,
        "<a " * 2_700,
        "> " * 4_000,
        "a\n=\n" * 2_000,
        "x" * 60_001,
        "".join(" " * 4 * depth + "- a\n" for depth in range(800)),
        "[" * 400 + "a" * 20_000,
    ],
    ids=[
        "marked sections",
        "brackets",
        "lists in lists",
        "tags",
        "quotes",
        "headings",
        "length",
        "indented lists",
        "far brackets",
    ],
)
def test_text_that_would_take_too_long_is_shown_as_it_was_written(text):
    assert not is_tame(text)
    assert rendered(text).startswith('<p class="as-written">')


def test_text_shown_as_written_is_escaped_and_keeps_its_paragraphs():
    html = rendered("<script>\n\nb" + "[" * 501)

    assert html.startswith('<p class="as-written">&lt;script&gt;</p>\n<p class="as-written">b[[[')


def test_an_ordinary_long_text_is_tame():
    assert is_tame("A paragraph with a [link](https://example.gov) and some words.\n\n" * 200)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("First. Second.", "First."),
        ("**Bold** [link](https://example.gov) here! More.", "Bold link here!"),
        ("No end", "No end"),
        ("See e.g. this one. Then that.", "See e.g. this one."),
        ("The U.S. Census counts. More.", "The U.S. Census counts."),
        ("AT&T <b>x</b>. y", "AT&T x."),
        ("# Title\n\nWords.", "Words."),
        ("- One\n- Two", "One Two"),
        ("<p>One.</p><p>Two.</p>", "One."),
        ("", ""),
        ("<script>alert(1)</script>Words.", "Words."),
    ],
)
def test_an_excerpt_is_the_first_sentence_without_markup(text, expected):
    assert excerpt(text) == expected


def test_a_long_sentence_is_cut_between_words():
    cut = excerpt("word " * 60)

    assert len(cut) <= 160
    assert cut.endswith("word…")


def test_plain_text_keeps_its_paragraphs_and_nothing_else():
    assert paragraphs("One <b>\n\n\n\nTwo") == "<p>One &lt;b&gt;</p>\n<p>Two</p>"


def test_words_only_are_in_one_line():
    assert words_only("a\n  b & c") == "a b & c"


@given(st.text() | st.text("<>&;#'\"ab \n\t\u00a0"))
def test_the_words_of_a_text_are_those_that_stay_of_its_escaped_form(text):
    assert words_only(text) == " ".join(str(escape(text).striptags()).split())
