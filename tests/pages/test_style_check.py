"""Mistakes in a city's own style sheets, which browsers would pass over in silence."""

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
    ("a { background: url(data:image/png;base64,AAAA) }", (1, 17), 'it asks for "data:image/png'),
], ids=["open", "closed twice", "comment", "text", "HTML", "import", "import of one's own", "another host", "a file", "data"])
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
    "a { --share: 1 }", "a::before { content: '\\'' } @media (width < 600px) { a { color: red } }",
], ids=["nothing", "tokens", "one's own", "with another", "in comments and texts", "registered", "escapes and ranges"])
def test_a_sound_sheet_has_no_problem(text):
    assert faults(text) == ()


def test_a_long_address_is_shortened():
    [problem] = faults(f"a {{ background: url(data:{'A' * 500}) }}")

    assert len(problem.says) < 120
