"""How a measure comes to its status in one period: each step of the arithmetic with its numbers, for a person."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.measures.status import standing
from cityfolio.model.measured import Measure, Observation
from cityfolio.model.performance import ComputeRecord, MeasureRecord, TargetRecord
from cityfolio.pages.arithmetic_steps import steps
from cityfolio.pages.measure_answer import forecast_words, span_words, trend_words
from cityfolio.pages.measure_figures import Figures, exact_text, figures_of
from cityfolio.pages.standings import status_words
from cityfolio.pages.words import Words

WORDS = Words()
LABEL_WIDTH = 40
Line = tuple[str, str]            # what it is, and what is said of it


def periods_of(measure: Measure) -> tuple[str, ...]:
    """The periods that can be explained, in order; the last may not be over."""
    computed = measure.computed
    return (*(each.period for each in computed.overall.observations), *([computed.so_far.period] if computed.so_far else []))


def explained(measure: Measure, period: str | None) -> str:
    """Each step in a line; of the period that the measure stands for, where none is named."""
    observation = _observation(measure, period or measure.computed.standing.period)
    head = f"{measure.title} ({measure.id})"
    if observation is None:
        return f"{head}\n\nThere is no value yet, so there is nothing to explain."
    lines = [*_origin(measure, observation), *_aim(measure, observation), *_steps(measure, observation)]
    if observation.period == measure.computed.standing.period:
        lines += _present(measure)
    body = "\n".join(f"{label:<{LABEL_WIDTH}}{said}".rstrip() for label, said in lines)
    return f"{head}, {observation.period}{_so_far(measure, observation)}\n\n{body}"


def _observation(measure: Measure, period: str) -> Observation | None:
    computed = measure.computed
    every = (*computed.overall.observations, *([computed.so_far] if computed.so_far else []))
    return next((each for each in every if each.period == period), None)


def _so_far(measure: Measure, observation: Observation) -> str:
    is_open = measure.computed.so_far is not None and observation.period == measure.computed.so_far.period
    return ", which is not complete" if is_open else ""


def _origin(measure: Measure, observation: Observation) -> Iterator[Line]:
    """Where a value comes from, and what is known of it."""
    compute, figures = measure.record.compute, figures_of(measure, WORDS)
    if compute is not None:
        yield from _counted(compute, observation)
    elif observation.reading is not None:
        reading = observation.reading
        yield "Entered by hand", f"by {reading.entered_by or 'somebody'} on {reading.entered_on or 'a day that is not told'}"
    if observation.is_closed:
        yield "Closed", f"in measures/{measure.id}/observations.csv"
    for former in observation.former:
        value = figures.value(former.value).striptags() if former.value is not None else "not shown"
        yield "Before it was revised", f"{value}, until {former.revision.on}: {former.revision.reason or ''}".rstrip(": ")


def _counted(compute: ComputeRecord, observation: Observation) -> Iterator[Line]:
    yield "Rows of", (compute.dataset or "") + (f", file {compute.file}" if compute.file else "")
    yield "Which", f"{compute.where or 'all'}, by {compute.date}"
    yield "Rows counted", "held back" if observation.is_suppressed else f"{observation.rows or 0:,}"
    if compute.ratio and observation.good is not None:
        yield "Good rows", f"{observation.good:,}, where {compute.ratio.good}"


def _aim(measure: Measure, observation: Observation) -> Iterator[Line]:
    """What a value is held against."""
    record, figures = measure.record, figures_of(measure, WORDS)
    if record.baseline and record.baseline.value is not None:
        yield "Baseline", f"{figures.stated(record.baseline.value).striptags()} in {record.baseline.period}"
    target = standing(record, observation).target
    if target is None:
        yield "Target", "none"
        return
    yield "Target in force", _target(target, figures)
    yield "Way to it", record.trajectory
    yield "Tolerance", _tolerance(record)


def _target(target: TargetRecord, figures: Figures) -> str:
    by = f" by {target.set_by}" if target.set_by else ""
    return f"{figures.target(target).striptags()} until {target.until}, set on {target.set_on}{by}"


def _tolerance(record: MeasureRecord) -> str:
    absolute = f", or {exact_text(record.tolerance_absolute)}" if record.tolerance_absolute is not None else ""
    return f"{exact_text(record.tolerance)} of the scale{absolute}"


def _steps(measure: Measure, observation: Observation) -> Iterator[Line]:
    """The arithmetic, in names and in numbers."""
    for step in steps(measure.record, observation, WORDS):
        formula, numbers = step.formula.striptags(), step.numbers.striptags()
        result = step.result.striptags()
        parts = dict.fromkeys(each for each in (formula, numbers, result) if each)
        said = f"{formula}: {numbers}? {result}" if _is_question(formula) else " = ".join(parts).replace("= ≈", "≈")
        yield step.what.striptags(), said


def _is_question(formula: str) -> bool:
    return any(sign in formula for sign in "<≤≥") or " = " in formula


def _present(measure: Measure) -> Iterator[Line]:
    """What is said of the measure now, beside its newest period."""
    computed = measure.computed
    if computed.standing.status == "stale" and measure.record.fresh_within is not None:
        within = span_words(measure.record.fresh_within, WORDS).striptags()
        yield "But", f"{status_words(WORDS)['stale']}: the period ended longer ago than {within}"
    said = (trend_words(measure, WORDS), forecast_words(measure, WORDS))
    yield "Trend", " ".join(each.striptags() for each in said if each)
