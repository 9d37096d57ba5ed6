"""Binary numbers that a spreadsheet wrote out in full, told by their number of digits."""

from __future__ import annotations

from decimal import Decimal

WRITTEN_OUT = (16, 17)        # significant digits; a person sees and types 15 at the most, and no double needs 18
LONGEST = 30
LARGE = 1e15                  # from here on a double has no decimals worth the name


def shortest(text: str) -> str:
    """The shortest text of a number that is plainly a double written out; any other text as it is.

    Both stand for the same double, so nothing is lost: 552872.06 for 552872.06000000006 (Steele and White 1990).
    """
    digits = text.lstrip("+-").partition("e")[0].partition("E")[0]
    if "." not in digits or len(digits.replace(".", "").strip("0")) not in WRITTEN_OUT or abs(float(text)) >= LARGE:
        return text
    short = format(Decimal(repr(float(text))), "f")
    return short if len(short) <= LONGEST else text
