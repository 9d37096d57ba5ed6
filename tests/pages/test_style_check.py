"""Mistakes in a city's own style sheets, which browsers would pass over in silence."""

from time import process_time

import pytest

from cityfolio.pages.style_check import style_faults

THEME = "@layer tokens{:root{--accent:#0b4c92;--radius:0}@property --share{syntax:'*'}} .bar{width:var(--length)}"
PATH = "theme/theme.css"


def faults(text, theme=THEME):
    return tuple(style_faults({PATH: text}, (theme,)))


@pytest.mark.parametrize(("text", "place", "says"), [
    ("@layer theme {\n  a { color: red;\n}\n", (1, 14), "this { is never closed"),
    ("a { color: red }\n}\n", (2, 1), "this } closes nothing"),
    ("a { color: red }\n/* our colors\n", (2, 1), "this comment has no end"),
    ("a::before { content: \"x }\n}", (1, 22), "this text has no end"),
    ("<style>\na {}\n</style>", (1, 1), "this is a tag of HTML"),
    ('@import url("https://fonts.example/a.css");', (1, 1), "it asks another host for https://fonts.example/a.css"),
    ('@import "more.css";', (1, 1), 'it asks for "more.css", which is not published'),
    ("a {\n  background: url(//evil.example/x.png) }", (2, 15), "it asks another host for //evil.example/x.png"),
    ("a { background: URL( 'bg.png' ) }", (1, 17), 'it asks for "bg.png", which is not published'),
    ("a { background: url(data:image/png;base64,AAAA) }", (1, 17), "it carries a picture within it, which the pages' policy"),
    ("a { src: url('data:font/woff2,x') }", (1, 10), "it carries a face within it"),
    ('a { background: url("a b.png") }', (1, 17), 'it asks for "a b.png"'),
    ("@import layer(x);", (1, 1), 'it asks for "layer(x)"'),
    ('a { background: image-set("https://a.example/x.png" 1x) }', (1, 17), "it asks another host for https://a.example/x.png"),
    ('a { background: -webkit-image-set(url(#a) 1x, "b.png" type("image/png") 2x) }', (1, 25), 'it asks for "b.png"'),
    ("a { color: red }\n  <p>x</p>", (2, 3), "this is a tag of HTML"),
], ids=["open", "closed twice", "comment", "text", "HTML", "import", "import of one's own", "another host", "a file",
        "data", "a face", "a name with a blank", "a layer alone", "a set of pictures", "several in a set", "HTML after a rule"])
def test_a_sheet_that_cannot_be_used_is_an_error_at_its_place(text, place, says):
    [problem] = faults(text)

    assert (problem.code, problem.severity, problem.where.path) == ("theme-style", "error", PATH)
    assert (problem.where.line, problem.where.column) == place
    assert says in problem.says
    assert problem.fix


@pytest.mark.parametrize(("text", "name", "fix"), [
    (":root { --acent: red }", "--acent", 'Did you mean "--accent"?'),
    ("a { color: var( --acent ) }", "--acent", 'Did you mean "--accent"?'),
    ("a { color: var(--xyzzy) }", "--xyzzy", "docs/reference/theme-tokens.md"),
])
def test_a_token_that_nobody_knows_is_a_warning_at_its_place(text, name, fix):
    [problem] = faults(text)

    assert (problem.code, problem.severity) == ("token-unknown", "warning")
    assert problem.where.excerpt[problem.where.column - 1:][:problem.where.width] == name
    assert fix in problem.fix


@pytest.mark.parametrize("text", [
    "", ":root { --accent: red; --radius: 0 }", ":root { --ours: red } a { color: var(--ours); width: var(--length) }",
    "a { color: var(--xyzzy, red); fill: url(#a) }", "/* } --acent: url(//x) */ a { content: \"} url(//x) '\" }",
    "@media (320px<width) {}", "a { width: attr(data-w type(<length>)) }",
    r".before\:content-\[\'\'\]::before { content: '' }", r".content-\{\{x\} {}",
    "@namespace svg url(http://www.w3.org/2000/svg);", "@supports (--css: variables) { a { color: red } }",
    "@container style( --mode: compact) { a { color: red } }", ".--acent:hover { color: red }",
    ":root { --brand-blue: blue; --sea: green }", "a { --share: 1 }",
    "a::before { content: '\\'' } @media (width < 600px) { a { color: red } }",
], ids=["nothing", "tokens", "one's own", "with another", "in comments and texts", "a range without blanks", "a kind of length",
        "escaped quotes", "escaped braces", "a vocabulary", "a question", "a container", "a class", "a palette", "registered",
        "escapes and ranges"])
def test_a_sound_sheet_has_no_problem(text):
    assert faults(text) == ()


def test_a_long_address_is_shortened():
    [problem] = faults(f"a {{ background: url(https://a.example/{'A' * 500}) }}")

    assert len(problem.says) < 120


def test_of_many_mistakes_the_first_are_told_and_the_others_counted():
    problems = faults("a{b:url(x)}" * 8000)

    assert len(problems) == 21
    assert problems[-1].fix == "7,979 more mistakes follow in this file."
    assert problems[0].where.column == 5
    assert {each.where.excerpt for each in problems} == {None}      # a line that is so long shows nobody where to look


def test_one_mistake_after_the_first_is_told_as_they_are():
    problems = faults("a{b:url(x)}" * 21)

    assert {each.fix for each in problems} == {problems[0].fix}


def test_mistakes_in_one_line_share_it():
    first, second = faults("a{b:url(x)}" * 2)

    assert first.where.excerpt is second.where.excerpt


@pytest.mark.parametrize("part", ["@namespace ", "image-set(", "url(", "a{content:\\'"])
def test_a_sheet_that_repeats_itself_is_read_at_once(part):
    started = process_time()
    faults(part * 40_000)

    assert process_time() - started < 2
