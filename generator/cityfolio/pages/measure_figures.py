"""Values of measures as residents read them: rounded where they are written and nowhere before, each with its unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from markupsafe import Markup

from cityfolio.frozen import Frozen, replace
from cityfolio.model.measured import Measure
from cityfolio.model.performance import MeasureRecord, TargetRecord
from cityfolio.model.periods import grain_of
from cityfolio.model.said import like
from cityfolio.pages.figures import even_decimals, unit_beside
from cityfolio.pages.markdown import told
from cityfolio.pages.period_chart import period_words as calendar_words
from cityfolio.pages.words import Words

PERCENT, DOLLARS = "percent", "dollars"
PERCENT_DECIMALS = 1
KEPT_DIGITS = 15             # of a value that decimals cannot write, such as a third
_WIDE = Context(prec=60)

Number = Fraction | Decimal | int | float


class Figures(Frozen, kw_only=True):
    """How the values of one measure are written: all with the same decimals."""

    record: MeasureRecord
    decimals: int
    words: Words

    @property
    def unit(self) -> str:
        """What the numbers count."""
        return self.record.unit or ""

    def value(self, value: Number | None) -> Markup:
        """A value with its unit."""
        return measure_value(value, self.decimals, self.unit, self.words)

    def number(self, value: Number | None) -> Markup:
        """A value as it stands in a table whose head names the unit."""
        return measure_value(value, self.decimals, PERCENT if self.unit == PERCENT else "", self.words)

    def distance(self, distance: Number) -> Markup:
        """How far two values are apart."""
        return distance_words(distance, self.decimals, self.unit, self.words)

    def possible(self, value: float) -> float:
        """A value that was reckoned from others, as far as that can be: no share over 100%, no count under 0."""
        compute = self.record.compute
        if compute is None or not (compute.count or _is_share(self.record) or (compute.rate and not compute.rate.of)):
            return value
        return max(min(value, (100 if self.unit == PERCENT else 1) if _is_share(self.record) else value), 0)

    def between(self, low: float, high: float) -> dict[str, str]:
        """Two reckoned values as the ends of a span, with the unit said once."""
        first, last = self.possible(low), self.possible(high)
        return {"low": (self.value(first) if self.unit == DOLLARS else self.number(first)).striptags(),
                "high": self.value(last).striptags()}

    def stated(self, value: Number | None) -> Markup:
        """A value that somebody wrote down, as it was written."""
        return stated(value, self.record, self.words)

    def target(self, target: TargetRecord) -> Markup:
        """What a target asks for."""
        return target_words(target, self.record, self.words)


def figures_of(measure: Measure, words: Words) -> Figures:
    """How the values of a measure are written."""
    return Figures(record=measure.record, decimals=decimals_of(measure), words=words)


def measure_value(value: Number | None, decimals: int, unit: str, words: Words) -> Markup:
    """A value with its unit: 71.2%, 3.4 days, $1,200. All of it is in the markup where something was rounded away."""
    if value is None:
        return words.gettext("No data")
    number = _exact(value)
    return _with_unit(_shown(number, decimals), unit, words, number)


def value_of(measure: Measure, value: Number | None, words: Words) -> Markup:
    """A value of a measure, with as many decimals as its other values."""
    return measure_value(value, decimals_of(measure), measure.record.unit or "", words)


def decimals_of(measure: Measure) -> int:
    """The decimals that all values of a measure are shown with: as its record says, as far as digits are worth keeping, else as
    few as tell them apart."""
    record, series = measure.record, measure.computed.overall
    if record.decimals is not None:
        return min(record.decimals, KEPT_DIGITS)
    return fitting_decimals([each.value for each in series.observations if each.value is not None], record.unit or "")


def fitting_decimals(values: Iterable[Fraction], unit: str) -> int:
    """The decimals that fit some values side by side: one for shares, none for whole numbers, else about three digits."""
    numbers = [_exact(value) for value in values]
    if all(number == number.to_integral_value() for number in numbers):
        return 0
    if unit == PERCENT:
        return PERCENT_DECIMALS
    return even_decimals([f"{number:f}" for number in numbers], "mean") or 0


def stated(value: Number | None, record: MeasureRecord, words: Words) -> Markup:
    """A value that somebody wrote down, such as a target, as it was written."""
    if value is None:
        return Markup("")
    number = _exact(value)
    return _with_unit(_trimmed(number), record.unit or "", words, number)


def target_words(target: TargetRecord, record: MeasureRecord, words: Words) -> Markup:
    """What a target asks for: "85%", "10 to 20 days"."""
    if target.value is not None:
        return stated(target.value, record, words)
    if target.low is not None and target.high is not None:
        return words.gettext("%(low)s to %(high)s", low=_trimmed(target.low), high=stated(target.high, record, words))
    return stated(target.low if target.low is not None else target.high, record, words)


def distance_words(distance: Number, decimals: int, unit: str, words: Words) -> Markup:
    """How far two values are apart: "3.1 points", "2 days". Shares differ by points, since percent of what would be asked."""
    size = abs(_exact(distance))
    if unit == PERCENT:
        shown = _shown(size, decimals)
        return words.gettext("%(number)s point", number=shown) if shown == "1" else words.gettext("%(number)s points",
                                                                                                    number=shown)
    return _with_unit(_shown(size, decimals), unit, words, size)


def unit_words(unit: str, words: Words) -> Markup:
    """A unit as the head of a column names it."""
    named = {PERCENT: words.gettext("Percent"), DOLLARS: words.gettext("Dollars")}
    return named.get(unit) or Markup.escape(told(like(unit[:1].upper() + unit[1:], unit)))


def exact_text(value: Number) -> str:
    """A value for programs: as few digits as write it, or as many as are worth keeping of one that no digits write."""
    return _trimmed(_exact(value)).replace(",", "")


def period_words(period: str, words: Words) -> Markup:
    """A period as a resident calls it: May 2026, Quarter 2 of 2026, Fiscal year 2026."""
    if period.startswith("FY"):
        return words.gettext("Fiscal year %(year)s", year=period[2:])
    return calendar_words(period, words)


def in_period(period: str, words: Words) -> Markup:
    """A period as it stands within a sentence: "the fiscal year 2026"."""
    if period.startswith("FY"):
        return words.gettext("the fiscal year %(year)s", year=period[2:])
    year, _, number = period.partition("-")
    if number.startswith("Q"):
        return words.gettext("quarter %(number)s of %(year)s", number=number[1:], year=year)
    if number.startswith("W"):
        monday = date.fromisocalendar(int(year), int(number[1:]), 1)
        return words.gettext("the week of %(day)s", day=words.day(monday))
    if grain_of(period) == "day":
        return words.pgettext("within a sentence", "%(day)s", day=period_words(period, words))
    return period_words(period, words)


def end_words(period: str, words: Words) -> Markup:
    """A period as a sentence names the end of a span: "from Quarter 2 of 2026"."""
    if period.startswith("FY"):
        return words.pgettext("within a sentence", "Fiscal year %(year)s", year=period[2:])
    year, _, number = period.partition("-")
    if number.startswith("Q"):
        return words.pgettext("within a sentence", "Quarter %(number)s of %(year)s", number=number[1:], year=year)
    if number.startswith("W"):
        monday = date.fromisocalendar(int(year), int(number[1:]), 1)
        return words.pgettext("within a sentence", "Week of %(day)s", day=words.day(monday))
    said = period_words(period, words)
    return words.pgettext("within a sentence", "%(day)s", day=said) if grain_of(period) == "day" else said


def when_words(period: str, words: Words) -> Markup:
    """When something was, as a sentence says it: "in June 2026", and of a day "on 30 June 2026"."""
    if grain_of(period) == "day":
        return words.gettext("on %(day)s", day=period_words(period, words))
    return words.gettext("in %(period)s", period=in_period(period, words))


def telling_apart(figures: Figures, first: Number, second: Number) -> Figures:
    """How two values are written so that a reader sees which is greater: with more decimals where rounding makes them one."""
    if first == second:
        return figures
    every = (replace(figures, decimals=decimals) for decimals in range(figures.decimals, KEPT_DIGITS + 1))
    return next((each for each in every if each.value(first).striptags() != each.value(second).striptags()), figures)


def _is_share(record: MeasureRecord) -> bool:
    """Whether it is a share of rows; with weights, which may be below 0, anything can come out."""
    return bool(record.compute and record.compute.ratio and record.compute.ratio.weight is None)


def _with_unit(shown: str, unit: str, words: Words, number: Decimal) -> Markup:
    if unit == PERCENT:
        text = words.gettext("%(number)s%%", number=shown)
    elif unit == DOLLARS:
        text = Markup.escape(f"-${shown[1:]}" if shown.startswith("-") else f"${shown}")
    elif unit:
        text = words.gettext("%(value)s %(unit)s", value=shown, unit=unit_beside(Markup.escape(shown), unit))
    else:
        text = Markup.escape(shown)
    whole = _trimmed(number)
    return text if whole == _trimmed(Decimal(shown.replace(",", ""))) else Markup('<data value="{}">{}</data>').format(
        whole.replace(",", ""), text)


def _exact(value: Number) -> Decimal:
    """A number with decimals: exactly where that can be, else to the digits worth keeping."""
    if isinstance(value, Fraction):
        exact = _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
        return exact if _is_decimal(value) else Context(prec=KEPT_DIGITS, rounding=ROUND_HALF_UP).plus(exact)
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def _is_decimal(value: Fraction) -> bool:
    """Whether decimals write a fraction in full: where its denominator has no factors but 2 and 5."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1


def _shown(number: Decimal, decimals: int) -> str:
    text = f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE):,f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text


def _trimmed(number: Decimal) -> str:
    text = f"{number:,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
