"""The value of an answer as a resident reads it: rounded to what is worth reading, with all of it in the markup."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation

from markupsafe import Markup

from cityfolio.model.questions import Measure
from cityfolio.pages.words import Words

WORTH_DIGITS = 3              # of a figure that was computed; one that stands in the data is shown as it stands
FEW_DECIMALS = 2
IN_THE_DATA: tuple[Measure, ...] = ("min", "max", "median")
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


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _rounded(number: Decimal, measure: Measure, decimals: int | None) -> Decimal:
    if decimals is None:
        exponent = number.as_tuple().exponent
        written = max(0, -exponent) if isinstance(exponent, int) else 0
        is_plain = measure in IN_THE_DATA and written <= FEW_DECIMALS
        decimals = written if is_plain else min(written, max(0, WORTH_DIGITS - 1 - number.adjusted()))
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN, EXACT)
