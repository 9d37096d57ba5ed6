"""Targets of an indicator: the options of its automatic progress, and the target lines of its chart.

Open SDG's documentation says of both what stands for what is left out: the base is 2015, the target is for
2030, less is better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from cityfolio.frozen import Frozen
from cityfolio.migrate.open_sdg.source import Indicator, groups_of
from cityfolio.migrate.open_sdg.totals import Total
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.model.performance import Grain

OPTIONS, LINES, DRAWN, BREAKS = "progress_calculation_options", "graph_target_lines", "graph_annotations", "graph_series_breaks"
ALONE = {"target_value": "target", "target_year": "target_year", "base_year": "base_year", "direction": "direction"}
BASE_YEAR, TARGET_YEAR = 2015, 2030
ADOPTED = "2015-09-25"            # the 2030 Agenda (A/RES/70/1)
SET_BY = "Not told where it was brought over from"
REASON = "Brought over from Open SDG, which does not say when it was set; the day is that of the adoption of the 2030 Agenda."
SIGNS: Mapping[str, str] = {"positive": "up", "up": "up", "negative": "down", "down": "down"}
EXACT = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
MOST_DECIMALS = 12
Values = dict[str, Any]           # Any: text, lists and groups of it


class Aim(Frozen, kw_only=True):
    """A value that should be reached, as the source has it."""

    place: str                    # the key that says so
    value: Decimal
    year: int


@dataclass(slots=True)
class Told:
    """What the source says of one total."""

    aims: list[Aim] = field(default_factory=list)
    direction: str = ""
    base_year: int = 0            # 0: none is told, and none is meant


def targets_of(indicator: Indicator, total: Total, grain: Grain, ledger: Ledger) -> Values:
    """`direction`, `targets` and `baseline` of a measure, as far as the source tells them."""
    told = _told(indicator, total, ledger)
    if not told.aims:
        return {"direction": told.direction or "watch"}
    direction = told.direction or _direction(told.aims, total, ledger)
    if not direction:
        return {"direction": "watch"}
    made: Values = {"direction": direction, "targets": [_target(aim) for aim in sorted(told.aims, key=lambda aim: aim.year)]}
    ledger.note("doubtful", told.aims[0].place, "a target without the day on which it was set", "", ADOPTED)
    baseline = _baseline(told, total, grain)
    if baseline is not None and _is_on_the_way(baseline[1], told.aims, direction):
        made["baseline"] = {"period": baseline[0], "value": written(baseline[1])}
    elif baseline is not None:
        ledger.note("left-out", OPTIONS, "a baseline that is not worse than the target, so it is no way to it",
                    f"{written(baseline[1])} in {baseline[0]}")
    if "baseline" not in made and any(not aim.value for aim in told.aims):
        made["tolerance_absolute"] = "0"
    return made


def breaks_of(indicator: Indicator, total: Total, ledger: Ledger) -> list[dict[str, str]]:
    """Where the way of counting changed: lines that stand so many years behind the first one of the chart."""
    made: dict[str, str] = {}
    years = list(total.values)
    for option in groups_of(indicator.meta.get(BREAKS)):
        at = _number(option.get("value"))
        place = ceil(at) if at is not None else -1
        if _is_of(option, total) and 0 < place < len(years):
            made.setdefault(years[place], as_words(option.get("label_content")) or "Series break")
            ledger.note("doubtful", BREAKS, "a line at a place of the chart, read as the period behind it",
                        as_words(option.get("value")), years[place])
    return [{"period": period, "reason": reason[:1_000]} for period, reason in sorted(made.items())]


def decimals_of(indicator: Indicator, total: Total) -> str | None:
    """How many decimals are shown."""
    found = (as_words(each.get("decimals")) for each in groups_of(indicator.meta.get("precision")) if _is_of(each, total))
    return next((each for each in found if re.fullmatch(r"\d", each, re.ASCII)), None)


def titled(indicator: Indicator, total: Total) -> str:
    """The title that the old site gave the chart of a total, where several are told."""
    found = (as_words(each.get("title")) for each in groups_of(indicator.meta.get("graph_titles"))
             if _is_of(each, total) and (as_words(each.get("series")) or as_words(each.get("unit"))))
    return next((each for each in found if each), "")


def written(value: Fraction) -> str:
    """A number as a key holds it."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact.quantize(Decimal(1).scaleb(-MOST_DECIMALS), ROUND_HALF_EVEN):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _told(indicator: Indicator, total: Total, ledger: Ledger) -> Told:
    told = Told()
    for place, option in _options(indicator):
        if not _is_of(option, total) or not _is_total(option, total):
            continue
        given = as_words(option.get("direction")).lower()
        if not told.direction:
            told.direction = SIGNS.get(given, "down")
            if given not in SIGNS:
                ledger.note("doubtful", place, "no direction is told, and Open SDG then takes less for better", given, "down")
        told.base_year = told.base_year or _year(option.get("base_year")) or BASE_YEAR
        _aim(told, place, option.get("target"), _year(option.get("target_year")) or TARGET_YEAR, ledger)
    for key in (LINES, DRAWN):
        for option in groups_of(indicator.meta.get(key)):
            is_target = key == LINES or as_words(option.get("preset")) == "target_line"
            if is_target and _is_of(option, total):
                year = re.search(r"\b20\d\d\b", as_words(option.get("label_content")) or as_words(option.get("label")))
                _aim(told, key, option.get("value"), int(year[0]) if year else TARGET_YEAR, ledger)
    return told


def _aim(told: Told, place: str, given: Given, year: int, ledger: Ledger) -> None:
    value = _number(given)
    if value is None:
        if as_words(given):
            ledger.note("doubtful", place, "a target that is no number, so it is kept in words alone", as_words(given))
    elif (value, year) not in [(each.value, each.year) for each in told.aims]:
        told.aims.append(Aim(place=place, value=value, year=year))


def _options(indicator: Indicator) -> Iterator[tuple[str, Mapping[str, Given]]]:
    """The options of the automatic progress; those in groups too."""
    for option in groups_of(indicator.meta.get(OPTIONS)):
        inside = groups_of(option.get("group"))
        yield from ((OPTIONS, each) for each in inside or (option,))
    alone = {ours: indicator.meta[key] for key, ours in ALONE.items() if indicator.words(key)}
    if "target" in alone:
        yield "target_value", alone


def _is_of(option: Mapping[str, Given], total: Total) -> bool:
    """Whether an option is about the series and the unit of a total. One that names none is about all."""
    series, unit = as_words(option.get("series")), as_words(option.get("unit"))
    return (not series or _alike(series, (total.series,))) and (not unit or _alike(unit, total.units))


def _is_total(option: Mapping[str, Given], total: Total) -> bool:
    held = dict(total.conditions)
    return all(held.get(as_words(each.get("field"))) == as_words(each.get("value"))
               for each in groups_of(option.get("disaggregation")))


def _alike(given: str, names: tuple[str, ...]) -> bool:
    return given.strip().casefold() in {name.strip().casefold() for name in names}


def _direction(aims: list[Aim], total: Total, ledger: Ledger) -> str:
    """Where a target lies from the first value that is known."""
    first = next(iter(total.values.values()), None)
    sides = {Fraction(aim.value) > first for aim in aims if first is not None and Fraction(aim.value) != first}
    if len(sides) != 1:
        ledger.note("doubtful", aims[0].place, "targets on no one side of the first value, so the measure is only watched",
                    "; ".join(str(aim.value) for aim in aims))
        return ""
    made = "up" if sides.pop() else "down"
    ledger.note("doubtful", aims[0].place, "no direction is told, so it is that from the first value to the target", "", made)
    return made


def _target(aim: Aim) -> dict[str, str]:
    return {"until": f"{aim.year:04}", "value": f"{aim.value:f}", "set_on": ADOPTED, "set_by": SET_BY, "reason": REASON}


def _baseline(told: Told, total: Total, grain: Grain) -> tuple[str, Fraction] | None:
    """The value of the base year; where there is none, that of the first year behind it."""
    if not told.base_year:
        return None
    first = f"FY{told.base_year:04}" if grain == "fiscal-year" else f"{told.base_year:04}"
    return next(((period, value) for period, value in total.values.items() if period >= first), None)


def _is_on_the_way(value: Fraction, aims: list[Aim], direction: str) -> bool:
    return all((Fraction(aim.value) > value) if direction == "up" else (Fraction(aim.value) < value) for aim in aims)


def _number(given: Given) -> Decimal | None:
    text = as_words(given).replace(",", "")
    return Decimal(text) if EXACT.fullmatch(text) else None


def _year(given: Given) -> int:
    text = as_words(given)
    return int(text) if re.fullmatch(r"[12]\d{3}", text, re.ASCII) else 0
