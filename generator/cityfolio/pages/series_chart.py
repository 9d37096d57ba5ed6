"""A measure through time as a picture: its values, its target, the way to it, its breaks; SVG in the color of the text.

Lines are stretched to the width of the page, within a picture that is not: so words and dots in it keep their size and form
on a telephone, too. What is in the picture stands in the table after it as well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, islice

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.measures.status import standing
from cityfolio.model.measured import Measure, Observation, Series, Standing
from cityfolio.model.performance import MeasureRecord, TargetRecord
from cityfolio.model.periods import first_day, last_day, period_of, periods_between
from cityfolio.pages.chart_scale import Scale, scale_of
from cityfolio.pages.measure_figures import PERCENT, Figures, Number, end_words, figures_of, in_period, period_words
from cityfolio.pages.words import Words

WIDTH, HEIGHT = 600, 160
MOST_BARS = 60               # more of them are a line
LEAST_AHEAD = 12             # periods up to a target that are drawn though nothing is known of them yet
NEAR_TOP = 0.12              # of the height: there a name stands below its line


class Key(Frozen, kw_only=True):
    """What a kind of line or mark in the picture means."""

    sample: Markup
    words: Markup


class SeriesChart(Frozen, kw_only=True):
    """A picture, and what stands around it."""

    picture: Markup
    top: Markup                  # what the ends of the axis stand for
    bottom: Markup
    axis: tuple[Markup, ...]     # periods below it
    keys: tuple[Key, ...]
    told: Markup                 # what a reader must know of the axis; "" when it begins at zero


class _Drawn(Frozen, kw_only=True):
    """Everything that one picture is made of, by the place of its period."""

    periods: tuple[str, ...]
    observations: tuple[Observation, ...]
    targets: tuple[TargetRecord | None, ...]
    expected: tuple[float | None, ...]
    breaks: tuple[int, ...]
    scale: Scale
    is_bars: bool

    def x(self, at: float) -> float:
        return WIDTH * at / max(1, len(self.periods))

    def y(self, value: Number) -> float:
        return HEIGHT * self.scale.share(float(value))


def series_chart(series: Series, measure: Measure, words: Words, *, small: bool = False,
                 scale: Scale | None = None) -> SeriesChart:
    """Draw a series of a measure. A `small` one has neither words nor the way; with a `scale` it can be held against others."""
    drawn = _of(series, measure, small=small, scale=scale)
    figures = figures_of(measure, words)
    label = _label(series, measure, figures)
    lines = Markup("").join(_lines(drawn, small=small))
    marks = Markup("").join(_marks(drawn, figures, small=small))
    picture = Markup('<svg class="timeline series{}" role="img" aria-label="{}">'
                     '<svg viewBox="0 0 {} {}" preserveAspectRatio="none">{}</svg>{}</svg>').format(
                         " series-small" if small else "", label, WIDTH, HEIGHT, lines, marks)
    return SeriesChart(picture=picture, top=_end(drawn.scale.high, figures), bottom=_end(drawn.scale.low, figures),
                       axis=_axis(drawn.periods, words), keys=() if small else tuple(_keys(drawn, measure, figures)),
                       told=_told(drawn.scale, figures))


def shared_scale(many: Iterable[Series], measure: Measure) -> Scale:
    """One axis for several series of a measure, so that they can be held against each other."""
    every = [each for series in many for each in series.observations]
    return _scale(every, _all_targets(measure), (), measure.record, is_bars=False)


def newest_of(series: Series, count: int) -> Series:
    """The last periods of a series."""
    return Series(by=series.by, group=series.group, title=series.title, observations=series.observations[-count:])


def _of(series: Series, measure: Measure, *, small: bool, scale: Scale | None) -> _Drawn:
    record, shown = measure.record, series.observations
    ahead = () if small else tuple(_ahead(measure, shown))
    periods = (*(each.period for each in shown), *ahead)
    course = _course(measure, periods)
    targets = tuple(each.target for each in course)
    expected = tuple(None if small or each.expected is None else float(each.expected) for each in course)
    is_bars = not small and _counts(record) and len(periods) <= MOST_BARS
    return _Drawn(
        periods=periods, observations=shown, targets=targets, expected=expected, is_bars=is_bars,
        breaks=tuple(_breaks(record, periods)),
        scale=scale or _scale(shown, targets, expected, record, is_bars=is_bars))


def _course(measure: Measure, periods: Iterable[str]) -> tuple[Standing, ...]:
    """The target in force and what is expected in each period, also in those that nothing is known of."""
    known = {each.period: each for each in measure.computed.standings}
    return tuple(known.get(each) or standing(measure.record, Observation(period=each, value=None)) for each in periods)


def _breaks(record: MeasureRecord, periods: Sequence[str]) -> Iterable[int]:
    """The places of the first periods that lie after a break, whatever periods the file names breaks by."""
    start = record.period.fiscal_year_start
    begins = [first_day(each, start) for each in periods]
    for each in record.breaks:
        at = bisect_left(begins, first_day(each.period or "", start))
        if 0 < at < len(periods):
            yield at


def _counts(record: MeasureRecord) -> bool:
    """Whether values are amounts, which bars are for."""
    return record.compute is not None and (record.compute.count or record.compute.sum) is not None


def _ahead(measure: Measure, shown: Sequence[Observation]) -> Iterable[str]:
    """The periods that are left until the target is due, unless they are many."""
    target, cut = measure.computed.standing.target, measure.record.period
    if target is None or not target.until or not shown:
        return ()
    until = period_of(last_day(target.until, cut.fiscal_year_start), cut.grain, cut.fiscal_year_start)
    most = max(LEAST_AHEAD, len(shown) // 2)
    rest = tuple(islice(periods_between(shown[-1].period, until, cut.fiscal_year_start), 1, most + 2))
    return rest if len(rest) <= most else ()


def _all_targets(measure: Measure) -> tuple[TargetRecord | None, ...]:
    return tuple({id(each.target): each.target for each in measure.computed.standings}.values())


def _scale(shown: Sequence[Observation], targets: Iterable[TargetRecord | None], expected: Iterable[float | None],
           record: MeasureRecord, *, is_bars: bool) -> Scale:
    values = [float(each.value) for each in shown if each.value is not None]
    wanted = [float(value) for each in targets if each for value in (each.value, each.low, each.high) if value is not None]
    way = [each for each in expected if each is not None]
    return scale_of([*values, *wanted, *way], from_zero=is_bars, is_share=record.unit == PERCENT)


def _lines(drawn: _Drawn, *, small: bool) -> Iterable[Markup]:
    """What is stretched to the width of the page."""
    middle = "" if small else f"M0 {HEIGHT // 2}h{WIDTH}"
    yield Markup(f'<path class="grid" d="M0 0h{WIDTH}{middle}M0 {HEIGHT}h{WIDTH}"/>')
    band = "".join(_stretch(drawn, at, until, "band") for at, until in _runs(drawn) if _is_range(drawn.targets[at]))
    if band:
        yield Markup('<path class="band" d="{}"/>').format(band)
    values = [float(each.value) if each.value is not None else None for each in drawn.observations]
    if drawn.is_bars:
        yield Markup('<path class="bars" d="{}"/>').format(_bars(drawn, values))
    way = _line(drawn, drawn.expected, breaks=())
    if way:
        yield Markup('<path class="way" d="{}"/>').format(way)
    ends = "".join(_stretch(drawn, at, until, "line") for at, until in _runs(drawn))
    if ends:
        yield Markup('<path class="target" d="{}"/>').format(ends)
    if drawn.breaks:
        cuts = "".join(f"M{_short(drawn.x(at))} 0v{HEIGHT}" for at in drawn.breaks)
        yield Markup('<path class="break" d="{}"/>').format(cuts)
    if not drawn.is_bars:
        yield Markup('<path class="line" d="{}"/>').format(_line(drawn, values, drawn.breaks))


def _runs(drawn: _Drawn) -> Iterable[tuple[int, int]]:
    """Stretches of periods in which one target is in force: the first place, and that after the last."""
    at = 0
    for target, run in groupby(drawn.targets):
        size = len(list(run))
        if target is not None:
            yield at, at + size
        at += size


def _is_range(target: TargetRecord | None) -> bool:
    return target is not None and target.value is None and target.low is not None and target.high is not None


def _stretch(drawn: _Drawn, at: int, until: int, kind: str) -> str:
    target, left, width = drawn.targets[at], _short(drawn.x(at)), _short(drawn.x(until - at))
    assert target is not None
    ends = [drawn.y(value) for value in (target.value, target.low, target.high) if value is not None]
    if kind == "band":
        return f"M{left} {_short(ends[0])}h{width}V{_short(ends[-1])}h-{width}z"
    return "".join(f"M{left} {_short(end)}h{width}" for end in ends)


def _bars(drawn: _Drawn, values: Sequence[float | None]) -> str:
    zero, wide = drawn.y(0), drawn.x(.8)
    return "".join(f"M{_short(drawn.x(at + .1))} {_short(zero)}V{_short(drawn.y(value))}h{_short(wide)}V{_short(zero)}z"
                   for at, value in enumerate(values) if value is not None)


def _line(drawn: _Drawn, values: Sequence[float | None], breaks: Sequence[int]) -> str:
    """A line through the middles of periods; where there is no value, and where counting changed, it is not drawn.

    A value alone is a dot: round ends make it of a line without length.
    """
    path, is_down = "", False
    for at, value in enumerate(values):
        if value is not None:
            goes_on = is_down and at not in breaks
            path += f"{'L' if goes_on else 'M'}{_short(drawn.x(at + .5))} {_short(drawn.y(value))}" + ("" if goes_on else "h0")
        is_down = value is not None
    return path


def _marks(drawn: _Drawn, figures: Figures, *, small: bool) -> Iterable[Markup]:
    """What keeps its size: dots, rings and words."""
    known = [(at, each) for at, each in enumerate(drawn.observations) if each.value is not None]
    for at, each in known:
        if each.former and each.value is not None:
            yield _dot("revised", at, drawn.y(each.value), drawn)
    for at, each in enumerate(drawn.observations):
        if each.is_suppressed:
            yield _dot("hidden-value", at, HEIGHT, drawn)
    if known and not drawn.is_bars:
        at, newest = known[-1]
        yield _dot("newest", at, drawn.y(newest.value or 0), drawn)
    target = drawn.targets[-1] if drawn.targets else None
    if target is not None and not small:
        value = target.high if target.value is None and target.high is not None else target.value or target.low or 0
        share = drawn.scale.share(float(value))
        yield Markup('<text x="100%" y="{}%" dy="{}" text-anchor="end">{}</text>').format(
            _short(100 * share), "1.2em" if share < NEAR_TOP else "-.4em",
            figures.words.gettext("Target: %(value)s", value=figures.target(target).striptags()))


def _dot(kind: str, at: int, height: float, drawn: _Drawn) -> Markup:
    return Markup('<circle class="{}" cx="{}%" cy="{}%" r="4"/>').format(
        kind, _short(100 * drawn.x(at + .5) / WIDTH), _short(100 * height / HEIGHT))


def _label(series: Series, measure: Measure, figures: Figures) -> Markup:
    """What the picture shows, for those who do not see it. The numbers are in the table."""
    words, shown = figures.words, [each for each in series.observations if each.value is not None]
    name = f"{measure.title}: {series.title or series.group}" if series.by else measure.title
    if not shown:
        return words.gettext("Chart of %(title)s. There is no value.", title=name)
    ends = [end_words(each.period, words).striptags() for each in (shown[0], shown[-1])]
    return words.gettext("Chart of %(title)s from %(start)s (%(first)s) to %(end)s (%(last)s)", title=name, start=ends[0],
                         end=ends[1], first=figures.value(shown[0].value).striptags(),
                         last=figures.value(shown[-1].value).striptags())


def _end(value: Number, figures: Figures) -> Markup:
    return figures.stated(value)


def _axis(periods: Sequence[str], words: Words) -> tuple[Markup, ...]:
    """The first period, the one in the middle, and the last."""
    ends = [periods[0], periods[len(periods) // 2], periods[-1]] if len(periods) > 4 else periods
    return tuple(period_words(each, words) for each in ends)


def _keys(drawn: _Drawn, measure: Measure, figures: Figures) -> Iterable[Key]:
    """What is drawn, named. A mark that does not occur is not named."""
    _ = figures.words.gettext
    yield Key(sample=_sample("bars" if drawn.is_bars else "line"), words=_("Value"))
    target = next((each for each in reversed(drawn.targets) if each), None)
    if target is not None and target.until:
        yield Key(sample=_sample("target"), words=_("Target: %(value)s by %(period)s", value=figures.target(target),
                                                    period=in_period(target.until, figures.words)))
    if any(each is not None for each in drawn.expected):
        yield Key(sample=_sample("way"), words=_("What is expected on the way to the target"))
    if drawn.breaks:
        yield Key(sample=_sample("break"), words=_("Counted in another way from here on"))
    if any(each.former for each in drawn.observations):
        yield Key(sample=_sample("revised"), words=_("Revised"))
    if any(each.is_suppressed for each in drawn.observations):
        yield Key(sample=_sample("hidden-value"), words=_("Not shown, since few rows stand behind it"))


def _sample(kind: str) -> Markup:
    shapes: Mapping[str, str] = {
        "bars": '<path class="bars" d="M8 0h8v12h-8z"/>', "break": '<path class="break" d="M12 0v12"/>',
        "revised": '<circle class="revised" cx="12" cy="6" r="4"/>',
        "hidden-value": '<circle class="hidden-value" cx="12" cy="6" r="4"/>',
    }
    line = f'<path class="{kind}" d="M0 6h24"/>'
    return Markup(f'<svg class="timeline series-key" width="24" height="12" aria-hidden="true">{shapes.get(kind, line)}</svg>')


def _told(scale: Scale, figures: Figures) -> Markup:
    if not scale.begins_elsewhere:
        return Markup("")
    return figures.words.gettext("The axis begins at %(value)s, not at zero.", value=_end(scale.low, figures))


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
