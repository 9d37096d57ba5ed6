"""The value of an answer as a resident reads it: rounded to what is worth reading, with all of it in the markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from markupsafe import Markup

from cityfolio.model.questions import Measure
from cityfolio.pages.markdown import told
from cityfolio.pages.words import Words

WORTH_DIGITS = 3              # of a figure that was computed; one that stands in the data is shown as it stands
FEW_DECIMALS = 2
COMPUTED: tuple[Measure, ...] = ("sum", "mean", "median")   # all others stand in the data
SINGLE = ("1", "-1")
LONGEST_SYMBOL = 3            # characters of a unit that is a sign or short for a word, as %, km or kWh are
EXACT = Context(prec=2_000)


def figure(value: str | None, measure: Measure, decimals: int | None, words: Words) -> Markup:
    """A number or a date in words, with the whole value where something was rounded away."""
    if value is None:
        return words.gettext("No data")
    number = _number(value)
    if number is None:
        return Markup('<time datetime="{}">{}</time>').format(value, words.moment(value))
    shown = _rounded(number, measure, decimals)
    text = f"{shown:,f}" if decimals is not None else _without_zeros(f"{shown:,f}")
    return Markup.escape(text) if shown == number else Markup('<data value="{}">{}</data>').format(value, text)


def even_decimals(values: Iterable[str | None], measure: Measure) -> int | None:
    """The decimals that computed values side by side all have; None where each value is shown with its own."""
    if measure not in COMPUTED:
        return None
    numbers = [number for value in values if value is not None and (number := _number(value)) is not None and number]
    return _worth(numbers, measure) if numbers else None


def _worth(numbers: Sequence[Decimal], measure: Measure) -> int:
    """The decimals that computed values, none of them 0, are worth together. The explorer's digits.js has the same rule.

    They are those that make three digits of the least value from 1 on, at most two; more where a small one would read as
    nothing. A median with few decimals stands in the data, or in the middle of two that do.
    """
    written = max(_written(number) for number in numbers)
    if measure == "median" and written <= FEW_DECIMALS:
        return written
    greatest, least = max(map(abs, numbers)), min(map(abs, numbers))
    whole = [max(0, WORTH_DIGITS - 1 - number.adjusted()) for number in numbers if abs(number) >= 1]
    worth = min(FEW_DECIMALS, max(whole)) if whole else WORTH_DIGITS - 1 - greatest.adjusted()
    return min(written, max(worth, -least.adjusted()))


def unit_beside(value: Markup, unit: str) -> str:
    """A unit as it stands after a number. It has one form, that of several: after a single one it is a name, in brackets."""
    is_name = value.striptags() in SINGLE and len(unit) > LONGEST_SYMBOL
    said = told(unit)
    return Markup("({})").format(said) if is_name else said


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _rounded(number: Decimal, measure: Measure, decimals: int | None) -> Decimal:
    if decimals is None:
        decimals = _worth([number], measure) if number and measure in COMPUTED else _written(number)
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, EXACT)


def _written(number: Decimal) -> int:
    """The decimals that a number is written with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
