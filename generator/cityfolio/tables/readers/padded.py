"""Numbers that a spreadsheet shows with zeros before them: a ZIP code is stored as 2134, and everybody reads 02134.

Where the format of a cell consists of zeros alone, perhaps with hyphens and blanks between them, it is a code and no amount.
"""

from __future__ import annotations

import re

from cityfolio.frozen import Frozen
from cityfolio.tables.readers.sheets import CellKind

# Text in quotation marks, a character after \, a condition or color in brackets, and any other sign.
PART = re.compile(r'"(?P<text>[^"]*)"|\\(?P<letter>.)|\[(?P<aside>[^\]]*)\]|(?P<sign>.)', re.DOTALL)
ZEROS = re.compile(r"0[0 -]*0")
CODE = re.compile(r"[0-9][0-9 -]*[0-9]")
BETWEEN = frozenset("- ")
OTHER = "?"                   # stands for whatever keeps a format from being one of zeros alone


class Zeros(Frozen):
    """A format of zeros alone. Of several, the first that is long enough counts: a ZIP code may have four digits more."""

    templates: tuple[str, ...]

    def cell(self, value: str, kind: CellKind) -> tuple[str, CellKind]:
        """A stored number as it is shown; as it is stored where that is no whole number, or less than nothing."""
        if not (value.isascii() and value.isdigit()):
            return value, kind
        template = next((each for each in self.templates if each.count("0") >= len(value)), self.templates[-1])
        count = template.count("0")
        digits = value.zfill(count)
        rest = iter(digits[len(digits) - count:])
        return digits[: len(digits) - count] + "".join(next(rest) if sign == "0" else sign for sign in template), "string"


def zeros_of(code: str) -> Zeros | None:
    """The zeros of a number format; None for any other."""
    sections, has_condition = [""], False
    for part in PART.finditer(code):
        aside, sign = part["aside"], part["sign"]
        if aside is not None:
            has_condition |= aside[:1] in ("<", ">", "=")
        elif sign == ";":
            sections.append("")
        else:
            between = part["text"] if part["text"] is not None else part["letter"] if part["letter"] is not None else ""
            sections[-1] += (sign or between) if BETWEEN.issuperset(between) else OTHER
    # Without a condition, what follows is for numbers under zero, for zero, and for text.
    templates = tuple(sections if has_condition else sections[:1])
    return Zeros(templates) if all(map(ZEROS.fullmatch, templates)) else None


def shown_code(value: str, shown: str) -> str | None:
    """What a cell shows, where that is its whole number with zeros before it or hyphens in it; None where it is not."""
    if shown == value or not CODE.fullmatch(shown) or not (shown.startswith("0") or "-" in shown):
        return None
    digits = shown.replace("-", "").replace(" ", "")
    return shown if value.zfill(len(digits)) == digits else None
