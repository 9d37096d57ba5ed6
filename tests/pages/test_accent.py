import re

import pytest
from hypothesis import given, strategies as st

from cityfolio.folders import themes_root
from cityfolio.pages.accent import (
    DARK_CONTRAST,
    DARK_GROUNDS,
    LEAST_CONTRAST,
    LIGHT_GROUNDS,
    accent_problem,
    accent_style,
    contrast,
    dark_shades,
    light_grounds,
    light_shades,
    mix,
    readable,
)
from cityfolio.problems import Location

WHERE = Location(path="site.yaml", line=4, column=9)
COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#ffffff", "#000000", 21),
        ("#ffffff", "#ffffff", 1),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
    ids=["black on white", "white on white", "just under", "just over", "red"],
)
def test_contrast_is_that_of_wcag(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


def test_an_accent_that_can_be_read_is_no_problem():
    assert accent_problem("#0b4c92", WHERE) is None


def test_an_accent_that_cannot_be_read_is_refused_with_a_shade_that_can():
    problem = accent_problem("#66aaff", WHERE)

    assert problem is not None
    assert problem.code == "accent-contrast"
    assert problem.where == WHERE
    assert problem.says == 'accent "#66aaff" has a contrast of 2.21:1 against the page, and words need 4.5:1'
    assert problem.fix == f'"{readable("#66aaff")}" is the nearest darker shade that can be read.'


@given(COLORS)
def test_the_shade_that_is_offered_is_accepted(color):
    assert accent_problem(readable(color), WHERE) is None


@given(COLORS)
def test_every_shade_of_a_dark_page_can_be_read(color):
    shades = dark_shades(color)

    assert min(contrast(shade, ground) for shade in (shades.accent, shades.hover) for ground in DARK_GROUNDS) >= DARK_CONTRAST
    assert contrast(shades.accent, shades.on_accent) >= LEAST_CONTRAST
    assert contrast(shades.accent, shades.wash) >= LEAST_CONTRAST


@given(COLORS.map(readable))
def test_every_shade_of_a_light_page_can_be_read(color):
    shades = light_shades(color)

    assert min(contrast(shade, ground) for shade in (shades.accent, shades.hover) for ground in LIGHT_GROUNDS) >= LEAST_CONTRAST
    assert contrast(shades.accent, shades.on_accent) >= LEAST_CONTRAST
    assert contrast(shades.hover, shades.on_accent) >= LEAST_CONTRAST


def test_the_style_gives_light_values_first_and_pairs_where_they_are_known():
    style = accent_style("#7A1FA2")

    assert style.startswith("@layer theme{:root{--accent:#7a1fa2;")
    assert "--accent:light-dark(#7a1fa2,#" in style


def test_the_grounds_are_those_of_the_theme():
    tokens = (themes_root() / "civic/assets/css/tokens.css").read_text(encoding="utf-8")
    pairs = dict(re.findall(r"--(surface[\w-]*): light-dark\((#\w+, #\w+)\)", tokens))

    assert [f"{light}, {dark}" for light, dark in zip(LIGHT_GROUNDS, DARK_GROUNDS, strict=True)] == [
        pairs["surface"],
        pairs["surface-raised"],
    ]


@pytest.mark.parametrize(("share", "expected"), [(0, "#000000"), (1, "#ffffff"), (0.5, "#808080")])
def test_two_colors_are_mixed_by_channel(share, expected):
    assert mix("#000000", "#ffffff", share) == expected


def test_the_grounds_are_those_of_the_last_sheet_that_names_a_color():
    styles = (":root{--surface: #fefdfb; --surface-raised: #f7f6f1; --surface-sunken: #000000;}",
              ":root{--surface:light-dark( #dddddd, #101419);--surface-raised:var(--surface)}")

    assert light_grounds(styles) == ("#dddddd", "#f7f6f1")
    assert light_grounds(()) == LIGHT_GROUNDS


@pytest.mark.parametrize(("grounds", "codes"), [(LIGHT_GROUNDS, []), (("#eef4f4", "#dddddd"), ["accent-contrast"])],
                         ids=["of the theme that comes along", "of a darker one"])
def test_an_accent_is_held_against_the_grounds_of_its_own_theme(grounds, codes):
    problem = accent_problem("#6f6f6f", Location(path="site.yaml"), grounds)

    assert [each.code for each in (problem,) if each] == codes


def test_the_shade_that_is_named_passes_on_the_same_grounds():
    grounds = ("#eef4f4", "#dddddd")

    assert min(contrast(readable("#6f6f6f", grounds), each) for each in grounds) >= LEAST_CONTRAST


@pytest.mark.parametrize("dark", [
    ':root[data-scheme="dark"]{--surface:#101419;--surface-raised:#1a1e25}',
    "@media (prefers-color-scheme: dark){:root{--surface:#101419;--surface-raised:#1a1e25}}",
    "/* :root{--surface:#101419;--surface-raised:#1a1e25} */", ".card{--surface:#101419}",
    '.note::before{content:":root{--surface:#101419;}"}',
], ids=["of a scheme", "of a medium", "in a comment", "of a part", "in a text"])
def test_grounds_that_are_not_of_every_light_page_are_passed_over(dark):
    grounds = light_grounds((":root{--surface:#ffffff}", dark))

    assert grounds == ("#ffffff", LIGHT_GROUNDS[1])
    assert accent_problem("#0b4c92", WHERE, grounds) is None


@pytest.mark.parametrize(("value", "expected"), [
    ("#fff", "#ffffff"), ("#ABC", "#aabbcc"), ("white", "#ffffff"), ("light-dark( #eee, #000)", "#eeeeee"),
    ("#11223380", LIGHT_GROUNDS[0]), ("oklch(90% 0 0)", LIGHT_GROUNDS[0])])
def test_a_ground_is_read_in_each_way_that_the_documents_name(value, expected):
    assert light_grounds((f"@layer theme{{@supports (color:red){{html, :root {{--surface: {value}}}}}}}",))[0] == expected


def test_where_no_darker_shade_can_be_read_none_is_named():
    problem = accent_problem("#0b4c92", WHERE, ("#555555", "#ffffff"))

    assert problem is not None
    assert problem.fix == "No darker shade can be read there either. Make --surface and --surface-raised lighter."
