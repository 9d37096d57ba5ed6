import re

import pytest

from cityfolio.folders import themes_root
from cityfolio.pages.assets import assets, joined
from pages.drawing import a_theme, draw_site, the_theme
from pages.factories import a_catalog, a_dataset, a_site


def style(theme=None, **settings):
    return draw_site(catalog=a_catalog(a_dataset(), site=a_site(**settings)), theme=theme).style()


def test_the_style_sheet_is_named_by_its_content():
    one, other = (assets(the_theme(), a_site(accent=accent)).style for accent in ("#0b4c92", "#7a1fa2"))

    assert re.fullmatch(r"/assets/site-[0-9a-f]{10}\.css", one)
    assert one != other


def test_layers_are_named_before_anything_else():
    assert style().startswith("@layer reset,tokens,base,layout,components,utilities,theme;")


def test_the_citys_styles_come_last_tokens_before_rules():
    city = {"theme/theme.css": "@layer theme{p{color:red}}", "theme/tokens.css": "@layer theme{:root{--page:60rem}}"}

    assert style(a_theme(city=city)).endswith("@layer theme{:root{--page:60rem}}@layer theme{p{color:red}}\n")


def test_a_childs_styles_come_after_its_parents():
    text = style(the_theme("plain"))

    assert text.index("--page: 72rem") < text.index("--page: 46rem")


def test_the_citys_accent_takes_the_place_of_the_themes():
    assert "--accent:#7a1fa2" in style(accent="#7A1FA2")


def test_the_readers_own_font_sends_none():
    site = draw_site(catalog=a_catalog(a_dataset(), font="system"))

    assert "woff2" not in site.style()
    assert not [url for url in site.urls() if url.endswith(".woff2")]


def test_the_icon_is_the_first_letter_on_the_citys_color():
    site = draw_site(catalog=a_catalog(a_dataset(), name="<ity data", accent="#7a1fa2"))
    [icon] = [output.body.decode() for output in site.outputs if output.media_type == "image/svg+xml"]

    assert 'fill="#7a1fa2"' in icon
    assert ">&lt;</text>" in icon
    assert site.page("/").one("link", rel="icon").address.startswith("assets/icon-")


def test_the_style_sheet_names_the_font_as_it_is_published(bundled):
    site = draw_site(a_dataset())
    named = set(re.findall(r'url\("([^"]+)"\)', site.style()))

    assert named == {url.rpartition("/")[2] for url in site.urls() if url.endswith(".woff2")}
    assert len(named) == 2


@pytest.fixture
def bundled():
    if "public-sans-latin.woff2" not in the_theme().bundle:
        pytest.skip("the theme's font is not bundled; `make site` does it")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a { color: red; }  /* why */\n\nb { }", "a{color: red;}b{}\n"),
        ('a::before { content: "/* kept */  {" }', 'a::before{content: "/* kept */  {"}\n'),
        ("a, b { margin: 0 1px }", "a,b{margin: 0 1px}\n"),
        ("a :is(b) { }", "a :is(b){}\n"),
        (r'a { content: "\" /* kept */" }', 'a{content: "\\" /* kept */"}\n'),
    ],
    ids=["comments", "strings", "lists", "descendants", "quotes in strings"],
)
def test_comments_and_needless_space_are_taken_out_of_styles(given, expected):
    assert joined([given]) == expected


def test_every_color_and_size_is_a_token():
    literals = {}
    for path in sorted((themes_root() / "civic/assets/css").glob("*.css")):
        text = re.sub(
            r"/\*.*?\*/|@media[^{]*|@container[^{]*|@supports[^{]*|@font-face\s*\{.*?\}",
            "",
            path.read_text("utf-8"),
            flags=re.DOTALL,
        )
        found = re.findall(r"#[0-9a-f]{3,8}\b|(?<![\w.-])(?:[2-9]\d{2,}|\d{4,})px|rgba?\(|hsl\(", text)
        literals[path.name] = [] if path.name in ("tokens.css", "print.css") else found

    assert {name: found for name, found in literals.items() if found} == {}


def test_nothing_is_important():
    assert "!important" not in style()


def test_the_styles_ask_nothing_of_another_host():
    assert not re.findall(r"url\(\s*[\"']?(?:https?:|//|data:)", style())
