"""Charts that a department wrote: bars beside their names, or periods from left to right, and always the numbers themselves.

Bars of categories are rows of a table, so they are readable on a phone, on paper and without being seen. Periods are drawn
side by side over a table of their numbers. A period without rows is a gap. The axis of a chart begins at zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.answers import Answer, AnsweredChart, Asked, Group, Others
from cityfolio.model.catalog import Dataset, File
from cityfolio.model.questions import ChartKind
from cityfolio.pages.asking import explorer_link
from cityfolio.pages.conditions import code, column_of, measure_words, value_words
from cityfolio.pages.figures import even_decimals, figure, unit_beside
from cityfolio.pages.incomplete import incomplete_words, is_partial, measured_value, with_rows
from cityfolio.pages.markdown import told
from cityfolio.pages.period_chart import extremes_words, period_chart, period_words
from cityfolio.pages.questions import source_words, unit_of
from cityfolio.pages.shell import Site
from cityfolio.pages.words import Words

MOST_BARS = 24                # periods; more are a line
BAR = '<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" fill="currentColor" aria-hidden="true">'
_Shown = Callable[[str | None], Markup]
_Named = Callable[[Group | Others], Markup]


class Row(Frozen, kw_only=True):
    """A line of a chart's table."""

    name: Markup
    bar: Markup                   # "" where periods are drawn
    value: Markup


class ChartView(Frozen, kw_only=True):
    """A chart on a page."""

    title: str
    picture: Markup               # of periods; "" where the rows bear bars
    axis: tuple[Markup, ...]      # what stands below the picture, from left to right
    top: Markup                   # what the upper end of the picture stands for
    bottom: Markup                # what its lower end stands for, where that is below zero
    told: Markup                  # the least, the greatest and the last, in words
    heads: tuple[Markup, Markup]
    rows: tuple[Row, ...]
    incomplete: Markup            # which sums lack some; "" where none does
    source: Markup


def charts(dataset: Dataset, site: Site) -> tuple[ChartView, ...]:
    """The charts of a dataset that have something to show, in the department's order."""
    return tuple(_view(each, dataset, site) for each in dataset.answers.charts if each.answer.groups)


def kind_of(chart: AnsweredChart) -> ChartKind:
    """How a chart is drawn: as the department says, else a line for many periods."""
    asked = chart.answer.asked
    return chart.record.kind or ("line" if asked.per and len(chart.answer.groups) > MOST_BARS else "bar")


def _view(chart: AnsweredChart, dataset: Dataset, site: Site) -> ChartView:
    answer, words, file = chart.answer, site.words, dataset.files[chart.place]
    asked, kind = answer.asked, kind_of(chart)
    href = explorer_link(dataset, chart.place, asked, site, kind)
    unit = unit_of(chart.record.unit, asked, file)
    measured = Markup.escape(told(unit)) if unit and asked.of is None else measure_words(asked, words)
    drawn = period_chart(answer, kind, chart.record.title or "", words) if asked.per else None
    shown = _figures(chart, words)
    names = partial(_name, asked=asked, file=file, words=words)
    end = partial(_end, unit=unit, words=words)
    return ChartView(
        title=chart.record.title or "", picture=drawn.picture if drawn else Markup(""), axis=drawn.axis if drawn else (),
        top=end(drawn.top if drawn else ""), bottom=end(drawn.bottom if drawn else ""),
        told=extremes_words(answer, lambda each: shown(each.value), words) if drawn else Markup(""),
        heads=(_heading(asked.by or "", file), measured),
        rows=tuple(_periods(answer, names, shown, words) if asked.per else _bars(answer, names, shown, words)),
        incomplete=incomplete_words(answer, names, words), source=source_words(answer, file, href, words),
    )


def _end(text: str, unit: str, words: Words) -> Markup:
    """What an end of an axis stands for, with its unit."""
    value = figure(text, "max", None, words) if text else Markup("")
    return words.gettext("%(value)s %(unit)s", value=value, unit=unit_beside(value, unit)) if text and unit else value


def _heading(name: str, file: File) -> Markup:
    column = column_of(file, name)
    return Markup.escape(told(column.record.title)) if column and column.record.title else code(name)


def _figures(chart: AnsweredChart, words: Words) -> _Shown:
    """How the values of a chart are written: sums and means with as many decimals as each other."""
    answer, decimals = chart.answer, chart.record.decimals
    values = [*(group.value for group in answer.groups), *([answer.others.value] if answer.others else [])]
    even = even_decimals(values, answer.asked.measure) if decimals is None else decimals
    return lambda value: figure(value, answer.asked.measure, even, words)


def _name(group: Group | Others, asked: Asked, file: File, words: Words) -> Markup:
    if isinstance(group, Others):
        return words.ngettext("%(count)s other", "%(count)s others", group.groups)
    if asked.per:
        return period_words(group.key, words)
    return words.gettext("No value") if group.key is None else value_words(group.key, asked.by or "", file, words)


def _periods(answer: Answer, names: _Named, shown: _Shown, words: Words) -> Iterator[Row]:
    for group in answer.groups:
        value = shown(measured_value(group, answer.asked.measure)) if group.rows else words.gettext("No rows")
        yield Row(name=names(group), bar=Markup(""), value=with_rows(value, group, answer.asked.measure, words))


def _bars(answer: Answer, names: _Named, shown: _Shown, words: Words) -> Iterator[Row]:
    measure = answer.asked.measure
    values = [float(value) for group in answer.groups if (value := measured_value(group, measure)) is not None]
    low, high = min(0.0, *values) if values else 0.0, max(0.0, *values) if values else 0.0
    for group in answer.groups:
        value = measured_value(group, measure)
        yield Row(name=names(group), bar=_bar(value, low, high, is_open=is_partial(group, measure)),
                  value=with_rows(shown(value), group, measure, words))
    if others := answer.others:
        # Many values together are no value among others, so they have a number and no bar.
        value = measured_value(others, measure)
        yield Row(name=names(others), bar=Markup(""), value=with_rows(shown(value), others, measure, words))


def _bar(value: str | None, low: float, high: float, *, is_open: bool) -> Markup:
    """A bar from zero, on an axis that reaches from `low` to `high`; in outline where it is open."""
    if value is None or low == high:
        return Markup("")
    start, end = sorted((100 * (0 - low) / (high - low), 100 * (float(value) - low) / (high - low)))
    style = ' class="open"' if is_open else ""
    return Markup(f'{BAR}<path{style} d="M{_short(start)} 0h{_short(end - start)}v1h-{_short(end - start)}z"/></svg>')


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
