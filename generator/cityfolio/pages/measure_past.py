"""What a measure's file says of the past: every target with who set it, revisions, breaks, benchmarks."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.measured import Measure, Observation
from cityfolio.model.performance import BenchmarkRecord, TargetRecord
from cityfolio.pages.measure_figures import Figures, period_words
from cityfolio.pages.routes import outward


class TargetRow(Frozen, kw_only=True):
    """One target that was set."""

    value: Markup
    until: Markup
    set_on: Markup
    set_by: str
    reason: str
    said: Markup         # whether it stands, was replaced, or its time is over


class RevisionRow(Frozen, kw_only=True):
    """A closed period that was changed."""

    period: Markup
    before: Markup
    after: Markup
    day: Markup
    by: str
    reason: str


class ReadingRow(Frozen, kw_only=True):
    """A value that was entered by hand."""

    period: Markup
    value: Markup
    by: str
    day: Markup
    evidence: str
    note: str


class BenchmarkRow(Frozen, kw_only=True):
    """What others reach."""

    title: str
    value: Markup
    period: Markup
    source: str


def target_rows(measure: Measure, figures: Figures) -> Iterator[TargetRow]:
    """Every target, the newest first."""
    for target in reversed(measure.record.targets):
        yield TargetRow(
            value=figures.target(target), until=figures.words.begun(period_words(target.until or "", figures.words)),
            set_on=figures.words.time(target.set_on) if target.set_on else Markup(""), set_by=target.set_by or "",
            reason=target.reason or "", said=_said(target, measure, figures))


def _said(target: TargetRecord, measure: Measure, figures: Figures) -> Markup:
    _ = figures.words.gettext
    if target is measure.computed.standing.target or target == measure.computed.standing.target:
        return _("In force")
    later = measure.record.targets[measure.record.targets.index(target) + 1:]
    if any(each.until == target.until for each in later):
        return _("Replaced")
    stood = {id(each.target): each for each in measure.computed.standings if each.target == target}
    return _("Its time is over") if stood else _("Set ahead")


def revision_rows(measure: Measure, figures: Figures) -> Iterator[RevisionRow]:
    """Closed periods that were changed, with both values, the newest change first."""
    found = [(former.revision.on, each, at) for each in measure.computed.overall.observations
             for at, former in enumerate(each.former)]
    for _, observation, at in sorted(found, key=lambda each: (each[0] is not None, each[0]), reverse=True):
        yield _revision(observation, at, figures)


def _revision(observation: Observation, at: int, figures: Figures) -> RevisionRow:
    former = observation.former[at]
    after = observation.former[at + 1].value if at + 1 < len(observation.former) else observation.value
    return RevisionRow(
        period=figures.words.begun(period_words(observation.period, figures.words)), before=figures.value(former.value),
        after=figures.value(after),
        day=figures.words.time(former.revision.on) if former.revision.on else Markup(""), by=former.revision.by or "",
        reason=former.revision.reason or "")


def reading_rows(measure: Measure, figures: Figures) -> Iterator[ReadingRow]:
    """Values that were entered by hand, the newest first."""
    for each in reversed(measure.record.readings):
        yield ReadingRow(
            period=figures.words.begun(period_words(each.period or "", figures.words)), value=figures.stated(each.value),
            by=each.entered_by or "",
            day=figures.words.time(each.entered_on) if each.entered_on else Markup(""),
            evidence=outward(each.evidence) if each.evidence else "", note=each.note or "")


def benchmark_rows(measure: Measure, figures: Figures) -> Iterator[BenchmarkRow]:
    """What others reach."""
    for each in measure.record.benchmarks:
        yield _benchmark(each, figures)


def _benchmark(record: BenchmarkRecord, figures: Figures) -> BenchmarkRow:
    return BenchmarkRow(title=record.title or "", value=figures.stated(record.value), source=outward(record.source),
                        period=figures.words.begun(period_words(record.period, figures.words)) if record.period else Markup(""))
