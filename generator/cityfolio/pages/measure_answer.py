"""What a measure says, in sentences: where it stands, how it moves, where it is going, how much its target still allows."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from cityfolio.model.keys import Span
from cityfolio.model.measured import Forecast, Measure, Observation, ServiceLevel, Standing, Trend
from cityfolio.model.performance import Direction, Grain, MeasureType
from cityfolio.pages.measure_figures import Figures, figures_of, in_period, period_words, telling_apart, when_words
from cityfolio.pages.measure_formula import grain_words
from cityfolio.pages.standings import status_words
from cityfolio.pages.words import Words

LEAST_POINTS = 8              # of a trend


def answer_words(measure: Measure, words: Words) -> Markup:
    """The answer to "how are we doing", with the value first, as a sentence or two."""
    figures, standing = figures_of(measure, words), measure.computed.standing
    match standing.status:
        case "no-data":
            return _missing(measure, figures)
        case "suppressed":
            return words.gettext("The value for %(period)s is not shown, because so few rows stand behind it that it could "
                                 "tell of a person.", period=in_period(standing.period, words))
        case "stale":
            return _stale(measure, figures)
    if standing.value is not None and standing.expected is not None and standing.status != "achieved":
        figures = telling_apart(figures, standing.value, standing.expected)
    value = words.gettext("%(value)s %(when)s.", value=_strong(figures.value(standing.value)),
                          when=when_words(standing.period, words))
    return Markup(" ").join((value, _against(standing, figures)))


def _against(standing: Standing, figures: Figures) -> Markup:
    _, target = figures.words.gettext, standing.target
    if target is None or standing.status == "watch":
        return _("It is followed and has no target.")
    status = status_words(figures.words)[standing.status]
    places = {"target": figures.target(target), "until": in_period(target.until or "", figures.words),
              "status": status[:1].lower() + status[1:]}
    if target.value is None:
        return _("The city wants %(target)s: %(status)s.", **places)
    is_due = standing.expected is None or standing.expected == Fraction(target.value)
    if is_due or standing.status == "achieved":
        return _("The target is %(target)s by %(until)s: %(status)s.", **places)
    return _("The target is %(target)s by %(until)s, and %(expected)s was expected %(when)s: %(status)s.",
             expected=figures.value(standing.expected), when=when_words(standing.period, figures.words), **places)


def _missing(measure: Measure, figures: Figures) -> Markup:
    _, last = figures.words.gettext, newest_value(measure)
    if last is None:
        return _("There is no value yet.")
    return _("There is no value for %(period)s. The last one was %(value)s %(when)s.",
             period=in_period(measure.computed.standing.period, figures.words), value=_strong(figures.value(last.value)),
             when=when_words(last.period, figures.words))


def _stale(measure: Measure, figures: Figures) -> Markup:
    _, standing, within = figures.words.gettext, measure.computed.standing, measure.record.fresh_within
    value = _("The newest value is %(value)s %(when)s.", value=_strong(figures.value(standing.value)),
              when=when_words(standing.period, figures.words))
    if within is None:
        return value
    promise = _("That is older than the %(span)s that the city promised.", span=span_words(within, figures.words))
    return Markup(" ").join((value, promise))


def span_words(span: Span, words: Words) -> Markup:
    """A length of time: "45 days"."""
    match span.unit:
        case "day":
            return words.ngettext("%(count)s day", "%(count)s days", span.number)
        case "week":
            return words.ngettext("%(count)s week", "%(count)s weeks", span.number)
        case "month":
            return words.ngettext("%(count)s month", "%(count)s months", span.number)
        case "year":
            return words.ngettext("%(count)s year", "%(count)s years", span.number)


def newest_value(measure: Measure) -> Observation | None:
    """The newest observation that has a value."""
    return next((each for each in reversed(measure.computed.overall.observations) if each.value is not None), None)


def trend_words(measure: Measure, words: Words) -> Markup:
    """How a measure moves, as far as that can be told from chance."""
    trend, figures, _ = measure.computed.trend, figures_of(measure, words), words.gettext
    if trend.word == "too-short":
        return words.ngettext("%(count)s value is too few to tell a trend; it takes %(least)s.",
                              "%(count)s values are too few to tell a trend; it takes %(least)s.", trend.points,
                              least=LEAST_POINTS)
    since = in_period(trend.since, words)
    if trend.word == "no-clear-change":
        return _("No clear change since %(period)s: the values vary no more than chance would have it.", period=since)
    pace = _pace(trend, measure.record.period.grain, figures)
    named = trend_names(words)[trend.word]
    return _("%(trend)s since %(period)s: %(pace)s.", trend=named, period=since, pace=pace) if pace else _(
        "%(trend)s since %(period)s.", trend=named, period=since)


def trend_names(words: Words) -> dict[str, Markup]:
    """How a measure moves, in a word or two."""
    _ = words.gettext
    return {"improving": _("Improving"), "worsening": _("Worsening"), "rising": _("Rising"), "falling": _("Falling"),
            "no-clear-change": _("No clear change"), "too-short": _("Too few values")}


def _pace(trend: Trend, grain: Grain, figures: Figures) -> Markup:
    if not trend.slope:
        return Markup("")
    _, finer = figures.words.gettext, Figures(record=figures.record, decimals=figures.decimals + 1, words=figures.words)
    places = {"distance": finer.distance(trend.slope).striptags()}
    if trend.slope > 0:
        return {"day": _("up by about %(distance)s a day", **places), "week": _("up by about %(distance)s a week", **places),
                "month": _("up by about %(distance)s a month", **places),
                "quarter": _("up by about %(distance)s a quarter", **places)}.get(
                    grain, _("up by about %(distance)s a year", **places))
    return {"day": _("down by about %(distance)s a day", **places), "week": _("down by about %(distance)s a week", **places),
            "month": _("down by about %(distance)s a month", **places),
            "quarter": _("down by about %(distance)s a quarter", **places)}.get(
                grain, _("down by about %(distance)s a year", **places))


def forecast_words(measure: Measure, words: Words) -> Markup:
    """Where a measure would be when its target is due; "" where nothing can be said of that."""
    forecast, target = measure.computed.trend.forecast, measure.computed.standing.target
    if forecast is None:
        return Markup("")
    figures = figures_of(measure, words)
    places = {"value": figures.value(figures.possible(forecast.value)).striptags(),
              "period": in_period(forecast.period, words)}
    if measure.computed.trend.word == "no-clear-change":
        return words.gettext("If nothing changes, in four of five such cases it is between %(low)s and %(high)s by %(period)s.",
                             period=places["period"], **figures.between(forecast.low, forecast.high))
    spread = words.gettext("In four of five such cases it is between %(low)s and %(high)s.",
                           **figures.between(forecast.low, forecast.high))
    short = _short_of(forecast, target.value if target else None, measure.record.direction)
    if short is None:
        said = words.gettext("At this pace %(value)s by %(period)s.", **places)
    elif short > 0:
        said = words.gettext("At this pace %(value)s by %(period)s, %(distance)s short of the target.",
                             distance=figures.distance(short).striptags(), **places)
    else:
        said = words.gettext("At this pace %(value)s by %(period)s, which reaches the target.", **places)
    return Markup(" ").join((said, spread))


def _short_of(forecast: Forecast, target: object, direction: Direction | None) -> float | None:
    """How much is lacking to a target; None where there is none that could be missed."""
    if target is None or direction not in ("up", "down"):
        return None
    short = float(str(target)) - forecast.value
    return short if direction == "up" else -short


def usual_words(measure: Measure, words: Words) -> Markup:
    """Between which limits values usually lie, and which lie outside or in a run on one side; "" where no limits are known."""
    trend, figures = measure.computed.trend, figures_of(measure, words)
    if trend.lower is None or trend.upper is None:
        return Markup("")
    usual = words.gettext("Values usually lie between %(low)s and %(high)s.", **figures.between(trend.lower, trend.upper))
    if not trend.signals:
        return usual
    named = words.all_of([period_words(each, words) for each in trend.signals[-3:]])
    return Markup(" ").join((usual, words.gettext("Out of the usual, or long on one side of it: %(periods)s.", periods=named)))


def service_words(level: ServiceLevel | None, words: Words) -> Markup:
    """How many late cases the target still allows, and how fast they are being used; "" where that is not reckoned."""
    if level is None:
        return Markup("")
    elapsed = words.percent(level.elapsed.numerator, level.elapsed.denominator)
    so_far = words.ngettext("So far in %(period)s %(late)s of %(count)s case was late.",
                            "So far in %(period)s %(late)s of %(count)s cases were late.", level.rows,
                            period=in_period(level.period, words), late=words.number(level.late))
    allows = words.ngettext("The target allows %(count)s late among the %(rows)s that are usual.",
                            "The target allows %(count)s late among the %(rows)s that are usual.", level.allowed,
                            rows=words.number(level.expected_rows))
    if level.left < 0:
        rest = words.ngettext("That is %(count)s too many already, with %(elapsed)s of the time over.",
                              "That is %(count)s too many already, with %(elapsed)s of the time over.", -level.left,
                              elapsed=elapsed)
    else:
        rest = words.ngettext("%(count)s more may be late, with %(elapsed)s of the time over.",
                              "%(count)s more may be late, with %(elapsed)s of the time over.", level.left, elapsed=elapsed)
    return Markup(" ").join((so_far, allows, rest))


def direction_words(direction: Direction | None, words: Words) -> Markup:
    """What a city wants of a value."""
    _ = words.gettext
    return {"up": _("More is better"), "down": _("Less is better"), "range": _("Should stay in a range"),
            "watch": _("Watched")}.get(direction or "", Markup(""))


def type_words(kind: MeasureType | None, words: Words) -> Markup:
    """What kind of measure it is."""
    _ = words.gettext
    return {"input": _("Input: what the city puts in"), "output": _("Output: how much the city does"),
            "efficiency": _("Efficiency: what one of it costs"), "quality": _("Quality: how well the city does it"),
            "outcome": _("Outcome: what comes of it for residents")}.get(kind or "", Markup(""))


def type_names(words: Words) -> dict[str, Markup]:
    """The kinds of measures, in a word."""
    _ = words.gettext
    return {"input": _("Input"), "output": _("Output"), "efficiency": _("Efficiency"), "quality": _("Quality"),
            "outcome": _("Outcome")}


def frequency_words(grain: Grain, words: Words) -> Markup:
    """How values follow one another: "By months"."""
    return words.gettext("By %(periods)s", periods=grain_words(grain, words))


def _strong(text: Markup) -> Markup:
    return Markup("<b>{}</b>").format(text)
