"""The arithmetic of a status as a page shows it: each step with its formula, the numbers in it, and what comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.measures.arithmetic import Step, What, arithmetic
from cityfolio.model.measured import Observation
from cityfolio.model.performance import MeasureRecord
from cityfolio.pages.measure_figures import exact_text
from cityfolio.pages.standings import standing_mark
from cityfolio.pages.words import Words

NAME = re.compile(r"[a-z_]+")
SIGNS = str.maketrans({"*": "×", "/": "÷", "-": "−"})
WRITTEN_DECIMALS = 4          # of a number that does not end


class StepView(Frozen, kw_only=True):
    """One step."""

    what: Markup
    formula: Markup      # in names; "" where something is given
    numbers: Markup      # the same with the numbers in it
    result: Markup


def steps(record: MeasureRecord, observation: Observation, words: Words) -> Iterator[StepView]:
    """Each step from a value to its status."""
    for step in arithmetic(record, observation):
        yield StepView(
            what=_what(step.what, words), formula=Markup.escape(_signed(step.formula)),
            numbers=Markup.escape(_with_numbers(step)), result=_result(step, words))


def number_text(number: Fraction) -> str:
    """A number in full where few digits write it, else with a sign that it goes on."""
    text = exact_text(number)
    if len(text.partition(".")[2]) <= WRITTEN_DECIMALS:
        return text.replace("-", "−")
    return f"≈ {Decimal(text):.{WRITTEN_DECIMALS}f}".replace("-", "−")


def _with_numbers(step: Step) -> str:
    """The formula with each name replaced by its number; negative ones in parentheses."""
    numbers = dict(step.numbers)

    def number(match: re.Match[str]) -> str:
        found = numbers.get(match[0])
        if found is None:
            return match[0]
        text = number_text(found).removeprefix("≈ ")
        return f"({text})" if text.startswith("−") else text

    return NAME.sub(number, _signed(step.formula)) if step.formula else ""


def _signed(formula: str) -> str:
    """A formula with the signs of print."""
    return formula.replace(">=", "≥").replace("<=", "≤").replace("==", "=").translate(SIGNS)


def _result(step: Step, words: Words) -> Markup:
    if step.result is None:
        return words.gettext("None")
    if isinstance(step.result, bool):
        return words.gettext("Yes") if step.result else words.gettext("No")
    if isinstance(step.result, Fraction):
        return Markup.escape(number_text(step.result))
    return standing_mark(step.result, words)


def _what(what: What, words: Words) -> Markup:
    return _names(words)[what]


@lru_cache(maxsize=8)
def _names(words: Words) -> Mapping[What, Markup]:
    _ = words.gettext
    return MappingProxyType({
        "value": _("Value"), "expected": _("Expected by now"), "scale": _("Scale"), "ahead": _("Ahead of what is expected"),
        "gap": _("Gap, in parts of the scale"), "outside": _("Distance outside the range"),
        "achieved": _("Is the target reached?"), "on-track": _("Is it where it is expected, or better?"),
        "near": _("Is it within the tolerance?"), "worse-than-baseline": _("Is it worse than the baseline?"),
        "inside": _("Is it inside the range?"), "status": _("Status"),
    })
