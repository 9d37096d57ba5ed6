"""How status is decided: the rules, and examples that are worked by the very code that decides."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.measures.status import standing
from cityfolio.model.measured import STATUSES, Observation, Status
from cityfolio.model.performance import BaselineRecord, MeasureRecord, PeriodRecord, TargetRecord
from cityfolio.pages import routes
from cityfolio.pages.arithmetic_steps import StepView, number_text, steps
from cityfolio.pages.measures_list import ways_up
from cityfolio.pages.shell import Link, Page, Site, index_twin
from cityfolio.pages.standings import standing_mark, status_meanings
from cityfolio.pages.words import Words

# In the order in which they are asked; the first that holds is the status.
ASKED: tuple[Status, ...] = ("no-data", "stale", "suppressed", "watch", "achieved", "on-track", "near", "worse-than-baseline",
                             "off-track")
RANGED: tuple[Status, ...] = ("inside", "near", "outside")
assert set(ASKED) | set(RANGED) == set(STATUSES)

YEARLY = PeriodRecord(grain="year")
LESS_IS_BETTER = MeasureRecord(
    unit="days", direction="down", period=YEARLY, baseline=BaselineRecord(period="2020", value=Decimal("6.0")),
    targets=(TargetRecord(until="2028", value=Decimal("5.0")),))
FLAT = MeasureRecord(unit="percent", direction="up", period=YEARLY, targets=(TargetRecord(until="2030", value=Decimal(90)),))
RANGE = MeasureRecord(unit="days", direction="range", period=YEARLY,
                      targets=(TargetRecord(until="2030", low=Decimal(10), high=Decimal(20)),))
WORKED_VALUE = Fraction("5.3")


class StatusLine(Frozen, kw_only=True):
    """One status and what it says."""

    mark: Markup
    says: Markup


class Example(Frozen, kw_only=True):
    """One value and what comes of it."""

    value: str
    expected: str
    gap: str
    status: Markup


class Examples(Frozen, kw_only=True):
    """Some values of one measure in one year."""

    title: Markup
    lines: tuple[Example, ...]


class MethodView(Frozen, kw_only=True):
    """What `method.html` shows."""

    crumbs: tuple[Link, ...]
    asked: tuple[StatusLine, ...]
    ranged: tuple[StatusLine, ...]
    worked: tuple[StepView, ...]
    examples: tuple[Examples, ...]
    changes: Link


def method_page(site: Site) -> Page:
    """The page that says how status is decided."""
    _, page, words = site.words.gettext, routes.METHOD, site.words
    meanings = status_meanings(words)
    view = MethodView(
        crumbs=ways_up(page, site),
        asked=tuple(StatusLine(mark=standing_mark(each, words), says=meanings[each]) for each in ASKED),
        ranged=tuple(StatusLine(mark=standing_mark(each, words), says=_range_meaning(each, words)) for each in RANGED),
        worked=tuple(steps(LESS_IS_BETTER, _in_2026(WORKED_VALUE), words)), examples=tuple(_examples(words)),
        changes=Link(href=site.link(page, routes.MEASURE_CHANGES), text=_("What moved")))
    return Page(url=page, kind="method", template="method.html", title=_("How status is decided"), view=view,
                source="measures/", section=routes.GOALS, sheets=("measures",), twins=(index_twin(page, words),),
                description=_("The arithmetic behind the status of every measure, with worked examples."))


def _range_meaning(status: Status, words: Words) -> Markup:
    if status == "near":
        return words.gettext("The value lies outside the range, within the tolerance.")
    return status_meanings(words)[status]


def _examples(words: Words) -> Iterator[Examples]:
    _ = words.gettext
    yield _some(_("Less is better: from 6.0 days in 2020 to 5.0 days by 2028, tolerance 0.10, in 2026"), LESS_IS_BETTER,
                ("4.9", "5.2", "5.3", "5.8", "6.2"), words)
    yield _some(_("More is better: 90 percent, without a baseline, tolerance 0.10"), FLAT, ("91", "82", "80"), words)
    yield _some(_("A range from 10 to 20 days, tolerance 0.10"), RANGE, ("15", "21", "25"), words)


def _some(title: Markup, record: MeasureRecord, values: tuple[str, ...], words: Words) -> Examples:
    return Examples(title=title, lines=tuple(_example(record, each, words) for each in values))


def _example(record: MeasureRecord, value: str, words: Words) -> Example:
    found = standing(record, _in_2026(Fraction(value)))
    target = found.target
    wanted = words.gettext("%(low)s to %(high)s", low=target.low, high=target.high) if target and target.value is None else ""
    return Example(value=value, expected=number_text(found.expected) if found.expected is not None else wanted,
                   gap=number_text(found.gap) if found.gap is not None else "", status=standing_mark(found.status, words))


def _in_2026(value: Fraction) -> Observation:
    return Observation(period="2026", value=value)
