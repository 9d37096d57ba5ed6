"""A measure by district as a map: each area in the tone of its value, with its number; the same numbers stand in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, Decimal

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.measured import Measure, Observation, Series
from cityfolio.model.outlines import Outline, Outlines
from cityfolio.pages import routes
from cityfolio.pages.chart_scale import Scale, scale_of
from cityfolio.pages.measure_figures import PERCENT, Figures, exact_text, figures_of, period_words
from cityfolio.pages.measure_made import columns_of
from cityfolio.pages.series_chart import Key
from cityfolio.pages.shell import Link, Site

MOST_WRITTEN = 20             # areas that have room for a number
NO_TONE = 0                   # of an area without a value
LONGEST_NAME = 14             # characters that have room within an area


class GroupMap(Frozen, kw_only=True):
    """A map, what its tones mean, and whose shapes they are."""

    title: Markup
    picture: Markup
    keys: tuple[Key, ...]
    source: Link


def group_map(column: str, series: Sequence[Series], measure: Measure, site: Site) -> GroupMap | None:
    """Draw the newest period of a measure by areas; None where no shapes of them are known."""
    record = columns_of(measure, site).get(column)
    target = record.foreign_key if record else None
    known = site.catalog.outlines.get((target.dataset or "", target.column or "")) if target else None
    overall = measure.computed.overall.observations
    if known is None or not overall or known.dataset not in site.datasets:
        return None
    words, period = site.words, overall[-1].period
    newest = {each.group: found for each in series if (found := _at(each, period)) is not None}
    names = {each.group: each.title or each.group for each in series}
    values = {group: each.value for group, each in newest.items() if each.value is not None}
    if not values.keys() & {area.value for area in known.areas}:
        return None
    figures = figures_of(measure, words)
    scale = scale_of(map(float, values.values()), is_share=figures.unit == PERCENT)
    shown = Markup("").join(_area(area, names.get(area.value, area.value), newest.get(area.value), scale, figures)
                            for area in known.areas)
    label = words.gettext("Map of %(title)s in %(period)s. The numbers are in the table.", title=measure.title,
                          period=period_words(period, words).striptags())
    page = routes.measure_url(measure.id)
    return GroupMap(
        title=words.begun(period_words(period, words)),
        keys=tuple(_keys(scale, figures, has_gaps=len(values) < len(known.areas))),
        picture=Markup('<svg class="tones areas" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>').format(
            known.width, known.height, label, shown, _numbers(known, names, newest, figures)),
        source=Link(href=site.link(page, routes.dataset_url(known.dataset)), text=site.datasets[known.dataset].title))


def tone_of(value: float, scale: Scale) -> int:
    """In which step of an axis a value lies: the first is 1. Between two steps it belongs to the upper one."""
    return min(_steps(scale), 1 + int((value - float(scale.low)) / float(scale.step)))


def _steps(scale: Scale) -> int:
    return max(1, int(((scale.high - scale.low) / scale.step).to_integral_value(ROUND_CEILING)))


def _at(series: Series, period: str) -> Observation | None:
    return next((each for each in reversed(series.observations) if each.period == period), None)


def _area(area: Outline, name: str, found: Observation | None, scale: Scale, figures: Figures) -> Markup:
    value = found.value if found else None
    tone = NO_TONE if value is None else tone_of(float(value), scale)
    said = figures.words.gettext("%(name)s: %(value)s", name=name, value=_written(found, figures).striptags())
    return Markup('<path data-tone="{}" d="{}"><title>{}</title></path>').format(tone, area.path, said)


def _written(found: Observation | None, figures: Figures) -> Markup:
    if found is not None and found.is_suppressed:
        return figures.words.gettext("Not shown")
    return figures.value(found.value if found else None)


def _numbers(known: Outlines, names: Mapping[str, str], newest: Mapping[str, Observation], figures: Figures) -> Markup:
    """The name of each area and its value in its middle, where there is room."""
    if len(known.areas) > MOST_WRITTEN:
        return Markup("")
    lines = [(area, _short(names.get(area.value, area.value)), newest.get(area.value)) for area in known.areas]
    text = Markup('<text x="{0}" y="{1}" text-anchor="middle">{2}<tspan x="{0}" dy="1.1em" class="value">{3}</tspan></text>')
    return Markup("").join(
        text.format(area.x, area.y, name, figures.number(found.value).striptags() if found and found.value is not None else "")
        for area, name, found in lines)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else ""


def _keys(scale: Scale, figures: Figures, *, has_gaps: bool) -> Iterator[Key]:
    for tone in range(1, _steps(scale) + 1):
        low, high = scale.low + (tone - 1) * scale.step, min(scale.high, scale.low + tone * scale.step)
        yield Key(sample=_sample(tone), words=_span(low, high, figures))
    if has_gaps:
        yield Key(sample=_sample(NO_TONE), words=figures.words.gettext("No data, or not shown"))


def _span(low: Decimal, high: Decimal, figures: Figures) -> Markup:
    return figures.words.gettext("%(low)s to %(high)s", low=figures.words.figure(exact_text(low)), high=figures.stated(high))


def _sample(tone: int) -> Markup:
    return Markup(f'<svg class="tones areas-key" width="24" height="16" aria-hidden="true"><path data-tone="{tone}" '
                  'd="M1 1h22v14h-22z"/></svg>')
