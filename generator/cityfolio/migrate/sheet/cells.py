"""A value of a YAML file as the text of one cell, and back: lists with commas or line by line, codes with a colon."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cityfolio.migrate.harvest.merge import Maybe, alike
from cityfolio.migrate.yaml.text import Bare, Yaml
from cityfolio.model.keys import Boolean, Choice, Day, Integer, Kind, ListOf, MapOf, Markdown, Moment

MOST_CHARACTERS = 32_767          # of a cell, counted as UTF-16 does
YES, NO = frozenset({"yes", "true", "1", "x"}), frozenset({"", "no", "false", "0"})
# How spreadsheet programs write a day that they took for a moment, and a whole number that they took for any.
MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?")
WHOLE_NUMBER = re.compile(r"(\d+)\.0+")


def bare(text: str) -> str:
    """A text without what spreadsheets alter and nobody sees: kinds of line breaks, spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))


def meant(text: str, kind: Kind) -> str:
    """What a cell says in the catalog's own spelling, whatever type the spreadsheet program gave it."""
    said = bare(text)
    if isinstance(kind, Day | Moment) and (day := MIDNIGHT.fullmatch(said)):
        return day[1]
    if isinstance(kind, Moment | Integer) and (number := WHOLE_NUMBER.fullmatch(said)):
        return number[1]
    if isinstance(kind, Boolean):
        return "true" if said.lower() in YES else "false" if said and said.lower() in NO else said
    if isinstance(kind, Choice):
        return next((word for word in kind.values if word.lower() == said.lower()), said)
    return said


def cell_text(value: Maybe) -> str:
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
    if isinstance(kind, Boolean) and said in ("true", "false"):
        return Bare(said)
    return f"{said}\n" if "\n" in said and isinstance(kind, Markdown) else said


def _codes(text: str) -> dict[str, Yaml]:
    pairs = (line.partition(": ") for line in text.split("\n") if line.strip())
    return {code.strip().removesuffix(":") if not meaning else code.strip(): meaning.strip() for code, _, meaning in pairs}


def fits_cell(value: Maybe, kind: Kind) -> bool:
    """Whether a value can be changed in a cell: the cell holds all of it, and is read as the same again."""
    text = cell_text(value)
    if isinstance(kind, ListOf) and isinstance(value, str):
        value = [value]     # a single value stands for a list of one
    return len(text.encode("utf-16-le")) // 2 <= MOST_CHARACTERS and alike(value_of(text, kind), value)
