"""Tokens and styles: each token is documented and used, each name that is used exists, and no style knows left from right."""

import re
from pathlib import Path

import pytest

from cityfolio.folders import themes_root
from cityfolio.pages.accent import contrast
from cityfolio.theming.tokens import tokens, tokens_reference

REFERENCE = (Path(__file__).parents[2] / "docs/reference/theme-tokens.md").read_text(encoding="utf-8")
SHEETS = {path.name: re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
          for path in (themes_root() / "civic/assets/css").glob("*.css")}
TEMPLATES = "".join(path.read_text(encoding="utf-8") for path in (themes_root() / "civic/templates").rglob("*.html"))
SCRIPTS = "".join(path.read_text(encoding="utf-8") for path in (themes_root() / "civic/assets/js").rglob("*.js"))
BY_NAME = {token.name: token for token in tokens()}
PHYSICAL = re.compile(
    r"(?<![\w-])((?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)|left|right|float|clear|"
    r"border-(?:top|bottom)-(?:left|right)-radius)\s*:\s*([^;}]+)|text-align:\s*(?:left|right)\b")
GROUNDS = ("--surface", "--surface-raised", "--surface-sunken")
# Leaflet counts from the left in every language, as do pictures that are not mirrored.
FROM_THE_LEFT = {("map.css", "left: 0")}


def test_the_reference_names_every_token_and_no_other():
    assert set(re.findall(r"^\| `(--[\w-]+)` \|", REFERENCE, re.MULTILINE)) == set(BY_NAME)


def test_the_reference_is_what_is_drawn_from_the_style_sheet():
    assert tokens_reference() == REFERENCE


def test_every_custom_property_of_the_style_sheet_of_tokens_is_a_token():
    assert set(re.findall(r"^\s+(--[\w-]+):", SHEETS["tokens.css"], re.MULTILINE)) == set(BY_NAME)


def test_every_token_says_what_it_is_for():
    assert [token.name for token in BY_NAME.values() if not token.purpose] == []


def test_every_token_is_used():
    everything = "".join(SHEETS.values()) + TEMPLATES + SCRIPTS

    assert [name for name in BY_NAME if not re.search(rf"var\({name}\b", everything) and name not in SCRIPTS] == []


def test_every_name_that_styles_use_is_a_token_or_set_by_a_component():
    set_somewhere = set(re.findall(r"(--[\w-]+)\s*:", "".join(SHEETS.values()))) | set(re.findall(r"--[\w-]+", SCRIPTS))

    assert {name for sheet in SHEETS.values() for name in re.findall(r"var\((--[\w-]+)", sheet)} <= set_somewhere


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), [
    *((words, ground) for words in ("--text", "--text-muted") for ground in GROUNDS),
    ("--accent", "--surface"), ("--accent", "--surface-raised"), ("--accent", "--accent-wash"), ("--on-accent", "--accent"),
    ("--on-accent", "--accent-hover"), ("--good", "--good-wash"), ("--warn", "--warn-wash"), ("--bad", "--bad-wash"),
    ("--text", "--warn-wash"), ("--text", "--bad-wash"), ("--on-focus", "--focus"),
])
def test_words_can_be_read_on_the_grounds_they_stand_on(words, ground, scheme):
    assert contrast(getattr(BY_NAME[words], scheme), getattr(BY_NAME[ground], scheme)) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["--surface", "--surface-raised"])
def test_the_edges_of_controls_can_be_seen(ground, scheme):
    assert contrast(getattr(BY_NAME["--border-strong"], scheme), getattr(BY_NAME[ground], scheme)) >= 3


def test_no_style_knows_left_from_right():
    found = {(name, match[0].strip()) for name, sheet in SHEETS.items() for match in PHYSICAL.finditer(sheet)}

    assert found == FROM_THE_LEFT
