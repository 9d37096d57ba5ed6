"""Rules about what should be reached: targets, the way to them, percents."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.catalog import Build
from cityfolio.model.performance import MeasureRecord, TargetRecord
from cityfolio.problems import Problem

IN_ALL = 100


@rule("target-incomplete")
def targets_have_what_their_direction_needs(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A target is a value where more or less is better, and two ends where a range is."""
    for each, place, target in _targets(loaded):
        direction = each.record.direction
        where = each.document.at("targets", place)
        if direction == "range" and (target.low is None or target.high is None or target.value is not None):
            yield Problem(code="target-incomplete", where=where, says="the target of a range has two ends",
                          fix="Write `low:` and `high:`, and no `value:`.")
        elif direction == "range" and target.low is not None and target.high is not None and target.low >= target.high:
            yield Problem(code="target-incomplete", where=each.document.at("targets", place, "low"),
                          says=f"the range ends at {target.high}, at or before its beginning at {target.low}",
                          fix="Exchange the two.")
        elif direction in ("up", "down") and (target.value is None or target.low is not None or target.high is not None):
            yield Problem(code="target-incomplete", where=where, says=f"the target of a measure with `direction: {direction}` "
                          "is one value", fix="Write `value:`, and neither `low:` nor `high:`.")
        elif direction == "watch":
            yield Problem(code="target-incomplete", where=where, says="a measure that is only watched has no target",
                          fix="Take it away, or say under `direction:` whether more is better or less.")


@rule("target-side")
def targets_lie_beyond_the_baseline(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """The way from the baseline to a target goes where the direction says."""
    for each, place, target in _targets(loaded):
        baseline = each.record.baseline
        if baseline is None or baseline.value is None or target.value is None:
            continue
        sign = {"up": 1, "down": -1}.get(each.record.direction or "", 0)
        if sign * (target.value - baseline.value) < 0:
            better = "more" if sign > 0 else "less"
            yield Problem(code="target-side", where=each.document.at("targets", place, "value"),
                          says=f"{better} is better, and the target {target.value} is worse than the baseline {baseline.value}",
                          fix="Look at `direction:`, at the baseline and at the unit of both.")


@rule("target-reason")
def changed_targets_have_reasons(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A target that takes the place of another for the same period says why."""
    for each in loaded.measures.values():
        seen: dict[str, TargetRecord] = {}
        for place, target in enumerate(each.record.targets):
            earlier = seen.get(target.until or "")
            if earlier is not None and target.reason is None:
                changed = f"the target for {target.until} was {_of(earlier)} and is now {_of(target)}"
                yield Problem(code="target-reason", where=each.document.at("targets", place),
                              says=f"{changed}, and nobody says why", fix="Add `reason:`.")
            if target.until:
                seen[target.until] = target


@rule("target-order")
def targets_are_added_at_the_end(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Targets are added, never put in between: each was set on the day of the one before it or later."""
    for each in loaded.measures.values():
        for place, (before, target) in enumerate(pairwise(each.record.targets), start=1):
            if before.set_on and target.set_on and target.set_on < before.set_on:
                yield Problem(code="target-order", where=each.document.at("targets", place, "set_on"),
                              says=f"this target was set on {target.set_on}, before the one above it",
                              fix="Put targets in the order in which they were set; the newest is last.")


@rule("percent-range")
def percents_lie_within_a_hundred(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """What is measured in percent of all rows is from 0 to 100, and so are its baseline, targets and steps."""
    for each in loaded.measures.values():
        for keys, value in _values(each) if _is_share(each.record) else ():
            if not 0 <= value <= IN_ALL:
                yield Problem(code="percent-range", where=each.document.at(*keys),
                              says=f"{value} percent of the rows is more than all or less than none",
                              fix="Write a number from 0 to 100.")


@rule("percent-share")
def percents_are_not_shares_of_one(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A percentage of 0.85 is most likely meant to be 85."""
    for each in loaded.measures.values():
        for keys, value in _values(each) if _is_share(each.record) else ():
            if 0 < value < 1:
                meant = f"{(value * IN_ALL).normalize():f}"
                yield Problem(code="percent-share", where=each.document.at(*keys),
                              says=f"{value} is less than 1 percent; as a share of all it is {meant} percent",
                              fix=f"Write {meant}, unless less than one in a hundred is what is meant.")


@rule("trajectory-steps")
def listed_ways_have_steps(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Steps are given where the way to the target is listed, and nowhere else."""
    for each in loaded.measures.values():
        record = each.record
        if record.trajectory == "listed" and not record.steps and each.document.value("steps") is None:
            yield Problem(code="trajectory-steps", where=each.document.at("trajectory"),
                          says="the way to the target is listed, and no step of it is", fix="Add `steps:`.")
        elif record.trajectory != "listed" and record.steps:
            yield Problem(code="trajectory-steps", where=each.document.at("steps"), fix="Write `trajectory: listed`.",
                          says=f"these steps have no effect, since `trajectory` is {record.trajectory}")


@rule("tolerance-scale")
def near_has_a_scale(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """How near a value is can be told where there is a way from baseline to target, or an absolute tolerance."""
    for each, place, target in _targets(loaded):
        record = each.record
        start = record.baseline.value if record.baseline else None
        if target.value is None or record.tolerance_absolute is not None or record.direction not in ("up", "down"):
            continue
        if (start is None and target.value == 0) or start == target.value:
            yield Problem(code="tolerance-scale", where=each.document.at("targets", place, "value"),
                          says=f"the target is {target.value}, so a share of the way to it is no distance, and nothing is near",
                          fix="Add `tolerance_absolute:` in the unit of the measure.")


def _targets(loaded: Loaded) -> Iterator[tuple[Sourced[MeasureRecord], int, TargetRecord]]:
    for each in loaded.measures.values():
        for place, target in enumerate(each.record.targets):
            yield each, place, target


def _is_share(record: MeasureRecord) -> bool:
    return record.unit == "percent" and record.compute is not None and record.compute.ratio is not None


def _values(measure: Sourced[MeasureRecord]) -> Iterator[tuple[tuple[str | int, ...], Decimal]]:
    record = measure.record
    if record.baseline and record.baseline.value is not None:
        yield ("baseline", "value"), record.baseline.value
    for place, target in enumerate(record.targets):
        for key in ("value", "low", "high"):
            value = getattr(target, key)
            if value is not None:
                yield ("targets", place, key), value
    for place, step in enumerate(record.steps):
        if step.value is not None:
            yield ("steps", place, "value"), step.value


def _of(target: TargetRecord) -> str:
    return f"{target.low} to {target.high}" if target.value is None else f"{target.value}"
