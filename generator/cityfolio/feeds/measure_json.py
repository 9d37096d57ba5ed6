"""`index.json` beside the page of a measure: how it is defined, its values, where it stands with each step of the arithmetic.

What a city wrote stands under the keys of its file. Numbers have all of their digits; a reader that wants them exactly reads
them as decimals. What is not known is absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cityfolio.feeds.addresses import address
from cityfolio.feeds.filled import filled
from cityfolio.feeds.index_entries import Json, linked
from cityfolio.feeds.observations import json_number, shown
from cityfolio.measures.arithmetic import Step, arithmetic
from cityfolio.model.catalog import Build
from cityfolio.model.keys import Span
from cityfolio.model.measured import Measure, Observation, Ref, Standing, Trend
from cityfolio.pages import routes
from cityfolio.pages.measure_rows import rows_file

# What the city wrote about how a measure is made and judged, by the keys of its file.
DEFINED = ("type", "unit", "decimals", "direction", "period", "compute", "readings", "baseline", "targets", "trajectory",
           "steps", "tolerance", "tolerance_absolute", "fresh_within", "breaks", "benchmarks", "revisions", "why", "actions",
           "reviews", "notes")


def measure_index(measure: Measure, feed: str, build: Build) -> Json:
    """One measure with everything that its page says, but for the groups, which are among its observations."""
    record, computed, page = measure.record, measure.computed, routes.measure_url(measure.id)
    known = {name: written(getattr(record, name)) for name in DEFINED}
    rows = rows_file(measure)
    return {"id": measure.id} | filled({
        "title": measure.title, "url": address(feed, page, build), "description": record.description,
        "goal": goal_link(measure.goal, feed, build) if measure.goal else {},
        "owner": _publisher(measure.owner, feed, build) if measure.owner else {},
        "dataset": _dataset(measure.dataset, feed, build) if measure.dataset else {},
    }) | filled(known) | filled({
        "standing": standing_json(computed.standing) | {"steps": [_step(each) for each in _steps(measure)]},
        "trend": _trend(computed.trend), "so_far": observation_json(computed.so_far) if computed.so_far else {},
        "service_level": _service_level(measure), "observations": _observations(measure),
        "groups": {name: [{"group": each.group} | filled({"title": each.title}) for each in series]
                   for name, series in computed.groups.items()},
        "data": filled({"is_recountable": computed.is_recountable, "sha256": computed.data_sha256,
                        "until": computed.data_until.isoformat() if computed.data_until else ""}),
        "links": _links(measure, feed, build, rows),
    })


def measure_entry(measure: Measure, feed: str, build: Build) -> Json:
    """A measure in a list of them."""
    record, standing, page = measure.record, measure.computed.standing, routes.measure_url(measure.id)
    return {"id": measure.id} | linked(feed, page, measure.title, build) | filled({
        "type": record.type, "unit": record.unit, "direction": record.direction,
        "owner": measure.owner.id if measure.owner else "", "goal": measure.goal.id if measure.goal else "",
    }) | standing_json(standing) | {"trend": measure.computed.trend.word}


def goal_link(goal: Ref, feed: str, build: Build) -> Json:
    """A goal as a link."""
    return {"id": goal.id} | linked(feed, routes.goal_url(goal.id), goal.title, build)


def standing_json(standing: Standing) -> Json:
    """Where a measure stands in a period. The period ends what `value` is of."""
    return {"status": standing.status} | filled({
        "period": standing.period, "value": json_number(standing.value), "expected": json_number(standing.expected),
        "scale": json_number(standing.scale), "gap": json_number(standing.gap),
        "target": written(standing.target) if standing.target else {},
    })


def observation_json(observation: Observation) -> Json:
    """A value of a period, as anybody may know it."""
    each = shown(observation)
    return {"period": each.period, "value": json_number(each.value)} | filled({
        "rows": each.rows, "good": each.good, "suppressed": each.is_suppressed or None, "closed": each.is_closed or None,
        "former": [filled({"value": json_number(former.value), "until": _text(former.revision.on), "by": former.revision.by,
                           "reason": former.revision.reason}) for former in each.former],
    })


# Any: a value of whatever kind a key of a file has, and JSON.
def written(value: Any) -> Any:
    """What a city wrote, as JSON: under the keys of its file, without what it left out."""
    if isinstance(value, Span):
        return f"{value.number} {value.unit}s" if value.number != 1 else f"1 {value.unit}"
    if is_dataclass(value) and not isinstance(value, type):
        return filled({each.name: written(getattr(value, each.name)) for each in fields(value)})
    if isinstance(value, Mapping):
        return {key: written(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [written(each) for each in value]
    return json_number(value) if isinstance(value, Decimal) else _text(value) if isinstance(value, date) else value


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _publisher(owner: Ref, feed: str, build: Build) -> Json:
    return {"id": owner.id} | linked(feed, routes.publisher_url(owner.id), owner.title, build)


def _dataset(dataset: Ref, feed: str, build: Build) -> Json:
    return {"id": dataset.id, "title": dataset.title, "url": address(feed, routes.dataset_url(dataset.id), build)}


def _steps(measure: Measure) -> tuple[Step, ...]:
    """The arithmetic of the standing; none where there is nothing to reckon with."""
    computed = measure.computed
    found = next((each for each in computed.overall.observations if each.period == computed.standing.period), None)
    return arithmetic(measure.record, found) if found and found.value is not None and not found.is_suppressed else ()


def _step(step: Step) -> Json:
    result = json_number(step.result) if isinstance(step.result, Fraction) else step.result
    return {"what": step.what} | filled({"formula": step.formula, "result": result}) | filled(
        {"numbers": {name: json_number(number) for name, number in step.numbers}})


def _trend(trend: Trend) -> Json:
    forecast = trend.forecast
    return {"word": trend.word, "points": trend.points} | filled({
        "since": trend.since, "slope": trend.slope, "p_value": trend.p_value, "center": trend.center, "lower": trend.lower,
        "upper": trend.upper, "signals": list(trend.signals),
        "forecast": {"period": forecast.period, "value": forecast.value, "low": forecast.low, "high": forecast.high}
        if forecast else {},
    })


def _service_level(measure: Measure) -> Json:
    level = measure.computed.service_level
    if level is None:
        return {}
    return {"period": level.period, "rows": level.rows, "late": level.late, "expected_rows": level.expected_rows,
            "allowed": level.allowed, "left": level.left, "elapsed": json_number(level.elapsed)}


def _observations(measure: Measure) -> list[Json]:
    stood = {each.period: each for each in measure.computed.standings}
    return [observation_json(each) | filled({"status": stood[each.period].status if each.period in stood else "",
                                             "expected": json_number(stood[each.period].expected) if each.period in stood
                                             else None})
            for each in measure.computed.overall.observations]


def _links(measure: Measure, feed: str, build: Build, rows: str) -> Json:
    page = routes.measure_url(measure.id)
    named = {"csv": routes.observations_url(page, "csv"), "json": routes.observations_url(page, "json"),
             "parquet": routes.observations_url(page, "parquet"), "chart": routes.measure_chart_url(measure.id),
             "badge": routes.measure_badge_url(measure.id), "embed": routes.measure_embed_url(measure.id), "rows": rows}
    return {name: address(feed, url, build) for name, url in named.items() if url}
