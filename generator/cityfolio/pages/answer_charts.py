"""Charts that a department wrote: bars beside their names, or periods from left to right, and always the numbers themselves.

Bars of categories are rows of a table, so they are readable on a phone, on paper and without being seen. Periods are drawn
side by side over a table of their numbers. A period without rows is a gap. The axis of a chart begins at zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from cityfolio.model.answers import AnsweredChart
from cityfolio.model.catalog import Dataset, File
from cityfolio.model.questions import ChartKind
from cityfolio.pages.asking import explorer_link
from cityfolio.pages.conditions import code, column_of, measure_words, value_words
from cityfolio.pages.figures import figure
from cityfolio.pages.period_chart import extremes_words, period_chart, period_words
from cityfolio.pages.questions import source_words, unit_of
from cityfolio.pages.shell import Site
from cityfolio.pages.words import Words

MOST_BARS = 24                # periods; more are a line
BAR = '<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" fill="currentColor" aria-hidden="true">'


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a chart's table."""

    name: Markup
    bar: Markup                   # "" where periods are drawn
    value: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """A chart on a page."""

    title: str
    picture: Markup               # of periods; "" where the rows bear bars
    axis: tuple[Markup, ...]      # what stands below the picture, from left to right
    top: Markup                   # what the upper end of the picture stands for
    told: Markup                  # the least, the greatest and the last, in words
    heads: tuple[Markup, Markup]
    rows: tuple[Row, ...]
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
    measured = Markup.escape(unit) if unit and asked.of is None else measure_words(asked, words)
    drawn = period_chart(answer.groups, kind, chart.record.title or "", words) if asked.per else None
    return ChartView(
        title=chart.record.title or "", picture=drawn.picture if drawn else Markup(""), axis=drawn.axis if drawn else (),
        top=_with_unit(figure(drawn.top, "max", None, words), unit, words) if drawn else Markup(""),
        told=extremes_words(answer.groups, lambda each: _figure(each.value, chart, words), words) if drawn else Markup(""),
        heads=(_heading(asked.by or "", file), measured),
        rows=tuple(_periods(chart, words) if asked.per else _bars(chart, file, words)),
        source=source_words(answer, file, href, words),
    )


def _with_unit(value: Markup, unit: str, words: Words) -> Markup:
    return words.gettext("%(value)s %(unit)s", value=value, unit=unit) if unit else value


def _heading(name: str, file: File) -> Markup:
    column = column_of(file, name)
    return Markup.escape(column.record.title) if column and column.record.title else code(name)


def _figure(value: str | None, chart: AnsweredChart, words: Words) -> Markup:
    return figure(value, chart.answer.asked.measure, chart.record.decimals, words)


def _periods(chart: AnsweredChart, words: Words) -> Iterator[Row]:
    for group in chart.answer.groups:
        value = _figure(group.value, chart, words) if group.rows else words.gettext("No rows")
        yield Row(name=period_words(group.key, words), bar=Markup(""), value=value)


def _bars(chart: AnsweredChart, file: File, words: Words) -> Iterator[Row]:
    answer, by = chart.answer, chart.answer.asked.by or ""
    shown = [(words.gettext("No value") if group.key is None else value_words(group.key, by, file, words), group.value)
             for group in answer.groups]
    values = [float(value) for _, value in shown if value is not None]
    low, high = min(0.0, *values) if values else 0.0, max(0.0, *values) if values else 0.0
    for name, value in shown:
        yield Row(name=name, bar=_bar(value, low, high), value=_figure(value, chart, words))
    if answer.others:
        # Many values together are no value among others, so they have a number and no bar.
        others = words.ngettext("%(count)s other", "%(count)s others", answer.others.groups)
        yield Row(name=others, bar=Markup(""), value=_figure(answer.others.value, chart, words))


def _bar(value: str | None, low: float, high: float) -> Markup:
    """A bar from zero, on an axis that reaches from `low` to `high`."""
    if value is None or low == high:
        return Markup("")
    start, end = sorted((100 * (0 - low) / (high - low), 100 * (float(value) - low) / (high - low)))
    return Markup(f'{BAR}<path d="M{_short(start)} 0h{_short(end - start)}v1h-{_short(end - start)}z"/></svg>')


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


