"""Periods drawn from left to right, as bars or as a line: SVG in the color of the text, in which nothing is written.

A picture is stretched to the width of the page, and letters would be with it; so words stand around it, as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.answers import Answer, Group
from cityfolio.model.questions import ChartKind
from cityfolio.pages.incomplete import extremes, is_partial
from cityfolio.pages.words import Words

WIDTH, HEIGHT = 600, 160
ROUND = tuple(map(Decimal, ("1", "1.2", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10")))
PARTS = re.compile(r"(?P<year>[0-9]{4})-(?P<kind>[QW])(?P<number>[0-9]{1,2})")
_Figure = Callable[[Group], Markup]


class PeriodChart(Frozen, kw_only=True):
    """A picture, and what stands around it."""

    picture: Markup
    axis: tuple[Markup, ...]
    top: str                      # a round number
    bottom: str                   # one below zero; "" where the axis begins at zero


def period_chart(answer: Answer, kind: ChartKind, label: str, words: Words) -> PeriodChart:
    """Draw periods in their order; those without a date have no place among them, and stand in the table alone.

    A sum of which some is missing is open: a bar in outline, a ring beside the line.
    """
    dated = [group for group in answer.groups if group.key is not None]
    values = [float(group.value) if group.value is not None and group.filled else None for group in dated]
    met = [value for value in values if value is not None]
    top = round_above(Decimal(repr(max(met, default=0.0))))
    bottom = -round_above(Decimal(repr(-min(met, default=0.0))))
    low = float(bottom)
    high = float(top) or (0.0 if low else 1.0)
    heights = [None if value is None else HEIGHT * (high - value) / (high - low) for value in values]
    zero = HEIGHT * high / (high - low)
    is_part = [is_partial(group, answer.asked.measure) for group in dated]
    whole = [None if part else height for height, part in zip(heights, is_part, strict=True)]
    open_ones = [height if part else None for height, part in zip(heights, is_part, strict=True)]
    shapes = _line_shapes(whole, open_ones) if kind == "line" else _bar_shapes(whole, open_ones, zero)
    picture = Markup('<svg class="periods" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">'
                     '<path class="grid" d="M0 0h{}M0 {}h{}M0 {}h{}"/>{}</svg>').format(
        WIDTH, HEIGHT, label, WIDTH, _short(zero / 2), WIDTH, _short(zero), WIDTH, Markup(shapes))
    ends = [dated[0], *([dated[len(dated) // 2]] if len(dated) > 4 else []), dated[-1]] if len(dated) > 1 else dated
    return PeriodChart(picture=picture, axis=tuple(period_words(each.key, words) for each in ends), top=f"{top:f}",
                       bottom=f"{bottom:f}" if bottom else "")


def round_above(value: Decimal) -> Decimal:
    """The least round number that is not under a value; 0 for what is not above 0."""
    if value <= 0:
        return Decimal(0)
    unit = Decimal(1).scaleb(value.adjusted())
    return next(step * unit for step in ROUND if step * unit >= value)


def _bar_shapes(whole: Sequence[float | None], open_ones: Sequence[float | None], zero: float) -> str:
    outlines = _bars(open_ones, zero)
    shape = f'<path fill="currentColor" d="{_bars(whole, zero)}"/>'
    return shape + (f'<path class="open" d="{outlines}"/>' if outlines else "")


def _line_shapes(whole: Sequence[float | None], open_ones: Sequence[float | None]) -> str:
    """A line, and rings: a small dot in the color of the page over a larger one, since circles would be stretched."""
    step = WIDTH / max(1, len(whole))
    spots = "".join(f"M{_short((at + .5) * step)} {_short(height)}h0"
                    for at, height in enumerate(open_ones) if height is not None)
    line = f'<path fill="none" stroke="currentColor" class="line" d="{_line(whole)}"/>'
    return line + (f'<path class="spots" d="{spots}"/><path class="spots-within" d="{spots}"/>' if spots else "")


def _bars(heights: Sequence[float | None], zero: float) -> str:
    step = WIDTH / max(1, len(heights))
    return "".join(f"M{_short(at * step + step * .1)} {_short(zero)}V{_short(height)}h{_short(step * .8)}V{_short(zero)}z"
                   for at, height in enumerate(heights) if height is not None)


def _line(heights: Sequence[float | None]) -> str:
    """A line through the middles of periods, broken where there is none. One alone is a dot: round ends make it of nothing."""
    step, path, is_down = WIDTH / max(1, len(heights)), "", False
    for at, height in enumerate(heights):
        if height is not None:
            path += f"{'L' if is_down else 'M'}{_short((at + .5) * step)} {_short(height)}"
            is_alone = not is_down and (at + 1 == len(heights) or heights[at + 1] is None)
            path += "h0" if is_alone else ""
        is_down = height is not None
    return path


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def period_words(key: str | None, words: Words) -> Markup:
    """A period as a resident calls it."""
    if key is None:
        return words.gettext("No date")
    part = PARTS.fullmatch(key)
    if part is None:
        return words.moment(key)
    year, number = int(part["year"]), int(part["number"])
    if part["kind"] == "Q":
        return words.gettext("Quarter %(number)s of %(year)s", number=number, year=year)
    return words.gettext("Week of %(day)s", day=words.day(date.fromisocalendar(year, number, 1)))


def extremes_words(answer: Answer, shown: _Figure, words: Words) -> Markup:
    """The greatest, the least and the last of some periods."""
    met = [group for group in answer.groups if group.key is not None and group.value is not None and group.filled]
    if len(met) < 2:
        return Markup("")
    most, least, is_all = extremes(met, answer.asked.measure)
    last = met[-1]
    if is_all and Decimal(most.value or "0") == Decimal(least.value or "0"):
        return words.gettext("The same throughout: %(value)s.", value=shown(most))
    return words.gettext(
        "Greatest: %(most)s (%(most_at)s). Least: %(least)s (%(least_at)s). Last: %(last)s (%(last_at)s).",
        most=shown(most), most_at=period_words(most.key, words), least=shown(least), least_at=period_words(least.key, words),
        last=shown(last), last_at=period_words(last.key, words))
