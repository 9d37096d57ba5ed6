"""What texts of plugins have to be, which of them a reader is told, and how the page of a table is asked for rows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cityfolio.pages.asking import value_of

SOURCE = "en"
PAGES = "page"                   # the kind of pages that plugins add, among what the search finds
HALF = re.compile("[\ud800-\udfff]")


def is_text(value: object) -> bool:
    """Whether a value is a text that can be written: of whole characters, and not of halves of pairs."""
    return isinstance(value, str) and HALF.search(value) is None


def rows_with(column: str, *values: str) -> str:
    """The query that the page of a table is opened with to show the rows which have one of these values in a column."""
    return f"?where={value_of(column, 'is', *values)}"


def in_language(titles: Mapping[str, str], language: str) -> str:
    """A text in a language; where it is not there in that, in the one without its country, or in English."""
    return titles.get(language) or titles.get(language.partition("-")[0]) or titles[SOURCE]


def a_kind(value: object) -> str:
    """What a value is, for a sentence: "an int", "a list", "None"."""
    name = type(value).__name__
    return "None" if value is None else f"an {name}" if name[:1] in "aeiouAEIOU" else f"a {name}"
