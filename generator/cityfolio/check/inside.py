"""Where in a value of a document a fault stands that was found in its text."""

from __future__ import annotations

from unicodedata import east_asian_width

from cityfolio.frozen import replace
from cityfolio.load.yaml import Document, Scalar
from cityfolio.measures.tokens import Fault
from cityfolio.problems import Location


def inside(document: Document, keys: tuple[str | int, ...], fault: Fault) -> Location:
    """The place of a fault within a value. Where the value is not written as it is read, as in a block, it is the value."""
    where, value = document.at(*keys), document.value(*keys)
    if not isinstance(value, Scalar) or where.excerpt is None or where.column is None or value.text is None:
        return where
    begins = where.excerpt.find(value.text, where.column - 1)
    is_wide = any(east_asian_width(letter) in "WF" for letter in value.text)
    return where if begins < 0 or is_wide else replace(where, column=begins + fault.at + 1, width=max(1, fault.width))
