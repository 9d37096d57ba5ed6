"""A value of a YAML file as the text of one cell, and back: lists with commas or line by line, codes with a colon."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.migrate.harvest.merge import Maybe, alike
from cityfolio.migrate.yaml.text import Yaml
from cityfolio.model.keys import Kind, ListOf, MapOf, Markdown

MOST_CHARACTERS = 32_767          # of a cell, counted as UTF-16 does


def bare(text: str) -> str:
    """A text without what spreadsheets alter and nobody sees: kinds of line breaks, spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))


def cell_text(value: Maybe, kind: Kind) -> str:
    """The text that a cell shows for a value; "" for none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return "\n".join(f"{code}: {meaning}" if meaning else code for code, meaning in value.items())
    words = [each if isinstance(each, str) else str(each) for each in value]
    return ("\n" if any("," in word for word in words) else ", ").join(words)


def value_of(text: str, kind: Kind) -> Maybe:
    """The value that the text of a cell stands for; None where it is empty."""
    said = bare(text)
    if not said:
        return None
    if isinstance(kind, ListOf):
        words = said.split("\n") if "\n" in said else said.split(",")
        return [word.strip() for word in words if word.strip()]
    if isinstance(kind, MapOf):
        return _codes(said)
    return f"{said}\n" if "\n" in said and isinstance(kind, Markdown) else said


def _codes(text: str) -> dict[str, Yaml]:
    pairs = (line.partition(": ") for line in text.split("\n") if line.strip())
    return {code.strip().removesuffix(":") if not meaning else code.strip(): meaning.strip() for code, _, meaning in pairs}


def fits_cell(value: Maybe, kind: Kind) -> bool:
    """Whether a value can be changed in a cell: the cell holds all of it, and is read as the same again."""
    text = cell_text(value, kind)
    if isinstance(kind, ListOf) and isinstance(value, str):
        value = [value]     # a single value stands for a list of one
    return len(text.encode("utf-16-le")) // 2 <= MOST_CHARACTERS and alike(value_of(text, kind), value)
