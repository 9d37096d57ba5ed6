"""Pictures that stand alone, in pages of others: their colors, light and dark, and how much room a line of words takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from cityfolio.frozen import Frozen

FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

# As in tokens.css, which a picture in another page cannot read: light, dark.
COLORS: Mapping[str, tuple[str, str]] = {
    "surface": ("#fefdfb", "#101419"), "sunken": ("#eeede7", "#0a0e12"), "raised": ("#f7f6f1", "#1a1e25"),
    "text": ("#1b222b", "#e4e8ed"), "muted": ("#515963", "#a6abb2"), "border": ("#cdd1d6", "#3b4047"),
    "accent": ("#0b4c92", "#8cc3fc"), "good": ("#1c5f31", "#83dc97"), "good-wash": ("#e3f6e6", "#172c1c"),
    "warn": ("#744b08", "#f7c56d"), "warn-wash": ("#fef0d4", "#34260c"), "bad": ("#9b1f1d", "#fb9890"),
    "bad-wash": ("#fdebe9", "#3b1c1a"), "muted-wash": ("#eeede7", "#0a0e12"),
}
# How wide letters are, in parts of the size of the type, for a grotesque of the usual width.
NARROW, WIDE = frozenset("iljtfrI.,:;'|!()[] "), frozenset("mwMW@%—")
WIDTHS = {"narrow": 0.34, "usual": 0.58, "capital": 0.68, "wide": 0.9, "square": 1.0}


class Rule(Frozen):
    """A rule of a picture's style sheet, whose colors are named."""

    selector: str
    colors: tuple[tuple[str, str], ...] = ()   # property, name of a color
    rest: str = ""


def style_sheet(rules: Sequence[Rule], fixed: str = "") -> Markup:
    """The style sheet of a picture: light, and dark where the reader's device is."""
    light = "".join(f"{rule.selector}{{{_colored(rule, 0)}{rule.rest}}}" for rule in rules)
    dark = "".join(f"{rule.selector}{{{_colored(rule, 1)}}}" for rule in rules if rule.colors)
    return Markup(f"<style>text{{font-family:{FONT}}}{fixed}{light}@media (prefers-color-scheme:dark){{{dark}}}</style>")


def width_of(text: str, size: float) -> float:
    """About how wide a line of words is. No font is measured: a picture is drawn with whatever its reader has."""
    return size * sum(WIDTHS[_kind(letter)] for letter in text)


def lines_of(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """Words in lines that fit a room; what does not fit the last ends in an ellipsis."""
    lines, line = list[str](), ""
    words = text.split()
    for at, word in enumerate(words):
        wider = f"{line} {word}".strip()
        if line and width_of(wider, size) > room:
            if len(lines) == most - 1:
                return (*lines, fitted(" ".join([line, *words[at:]]), size, room))
            lines.append(line)
            wider = word
        line = wider
    return (*lines, fitted(line, size, room)) if line else tuple(lines)


def fitted(text: str, size: float, room: float) -> str:
    """A line of words, cut where there is no room for all of it."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _colored(rule: Rule, scheme: int) -> str:
    return "".join(f"{name}:{COLORS[color][scheme]};" for name, color in rule.colors)


def _kind(letter: str) -> str:
    if letter in NARROW:
        return "narrow"
    if letter in WIDE:
        return "wide"
    if unicodedata.combining(letter):
        return "narrow"
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return "square"
    return "capital" if letter.isupper() else "usual"
