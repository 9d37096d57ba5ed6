"""The forms of answers about goals and measures, for OpenAPI. Keys may be added; none is taken away."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.feeds.schema_forms import ADDRESS, COUNT, DAY, IS, MARKDOWN, TEXT, Json, form, list_of, ref
from cityfolio.model.measured import STATUSES
from cityfolio.model.performance import DIRECTIONS, MEASURE_TYPES

NUMBER: Json = {"type": "number"}
VALUE: Json = {"type": ["number", "null"]}
TREND: Json = {"enum": ["improving", "worsening", "rising", "falling", "no-clear-change", "too-short"]}
MEASURED: Json = {"enum": list(STATUSES)}
COUNTS: Json = {"type": "object", "additionalProperties": COUNT, "description": "How many measures have each status."}
# What a city wrote stands under the keys of its file, which the reference of the catalog's files describes.
WRITTEN: Json = {"type": "object"}

_TARGET = form(until=TEXT, value=NUMBER, low=NUMBER, high=NUMBER, set_on=DAY, set_by=TEXT, reason=TEXT)
_STANDING = {"status": MEASURED, "period": TEXT, "value": NUMBER, "expected": NUMBER, "scale": NUMBER, "gap": NUMBER,
             "target": _TARGET}
_NAMED = {"title": TEXT, "url": ADDRESS}
_PLACE = form("id title url", id=TEXT, **_NAMED)
_ENTRY = {"id": TEXT, **_NAMED, "json": ADDRESS, "type": {"enum": list(MEASURE_TYPES)}, "unit": TEXT,
          "direction": {"enum": list(DIRECTIONS)}, "owner": TEXT, "goal": TEXT, **_STANDING, "trend": TREND}
_STEP = form("what", what=TEXT, formula=TEXT, result={}, numbers={"type": "object", "additionalProperties": NUMBER})
_OBSERVED = form("period value", period=TEXT, value=VALUE, rows=COUNT, good=COUNT, suppressed=IS, closed=IS, status=MEASURED,
                 expected=NUMBER, former=list_of(form(value=NUMBER, until=DAY, by=TEXT, reason=TEXT)))

GOAL_SCHEMAS: Mapping[str, Json] = {
    "MeasureEntry": form("id title url json status trend", **_ENTRY),
    "Goal": form(
        "id title url json counts measures", id=TEXT, **_NAMED, json=ADDRESS, priority=form("id title", id=TEXT, title=TEXT),
        owner=ref("Link"), description=MARKDOWN, why=MARKDOWN, plan=ADDRESS, topics=list_of(TEXT), next_report=DAY,
        actions=list_of(WRITTEN), reviews=list_of(WRITTEN), heard=list_of(WRITTEN), counts=COUNTS,
        headline={"anyOf": [ref("MeasureEntry"), {"type": "null"}]}, measures=list_of(ref("MeasureEntry"))),
    "Goals": form(
        "title url counts goals", **_NAMED, counts=COUNTS,
        goals=list_of(ref("Goal")),
        priorities=list_of(form("id title", id=TEXT, title=TEXT, description=MARKDOWN, plan=ADDRESS, goals=list_of(TEXT),
                                counts=COUNTS)),
        measures_without_goal=list_of(ref("MeasureEntry"))),
    "Brief": form(
        "title url day counts changes signals overdue follow_ups missing due", **_NAMED, day=DAY, last_review=DAY,
        counts=COUNTS, publisher=ref("Link"), briefs=list_of(ref("Link")),
        changes=list_of(form("measure before after", measure=ref("Link"), before=form("status", **_STANDING),
                             after=form("status", **_STANDING), review=DAY)),
        signals=list_of(form("measure periods", measure=ref("Link"), periods=list_of(TEXT))),
        overdue=list_of(form("of action", of=ref("Link"), owner=TEXT, action=WRITTEN)),
        follow_ups=list_of(form("of follow_up", of=ref("Link"), owner=TEXT, review=DAY, follow_up=WRITTEN)),
        missing=list_of(form("id title url json status", id=TEXT, **_NAMED, json=ADDRESS, status=MEASURED)),
        due=list_of(form("of day kind what", of=ref("Link"), day=DAY, kind={"enum": ["report", "action"]}, what=TEXT))),
    "Measures": form("title url counts measures", **_NAMED, counts=COUNTS, measures=list_of(ref("MeasureEntry"))),
    "Measure": form(
        "id title url standing trend", id=TEXT, **_NAMED, description=MARKDOWN, goal=ref("Link"), owner=ref("Link"),
        dataset=_PLACE, type={"enum": list(MEASURE_TYPES)}, unit=TEXT, decimals=COUNT, direction={"enum": list(DIRECTIONS)},
        period=WRITTEN, compute=WRITTEN, readings=list_of(WRITTEN), baseline=WRITTEN, targets=list_of(_TARGET), trajectory=TEXT,
        steps=list_of(WRITTEN), tolerance=NUMBER, tolerance_absolute=NUMBER, fresh_within=TEXT, breaks=list_of(WRITTEN),
        benchmarks=list_of(WRITTEN), revisions=list_of(WRITTEN), why=MARKDOWN, actions=list_of(WRITTEN),
        reviews=list_of(WRITTEN), notes={"type": "object", "additionalProperties": TEXT},
        standing=form("status steps", **_STANDING, steps=list_of(_STEP)),
        trend=form("word points", word=TREND, points=COUNT, since=TEXT, slope=NUMBER, p_value=NUMBER, center=NUMBER,
                   lower=NUMBER, upper=NUMBER, signals=list_of(TEXT),
                   forecast=form("period value low high", period=TEXT, value=NUMBER, low=NUMBER, high=NUMBER)),
        so_far=_OBSERVED, service_level=WRITTEN, observations=list_of(_OBSERVED),
        groups={"type": "object", "additionalProperties": list_of(form("group", group=TEXT, title=TEXT))},
        data=form("is_recountable", is_recountable=IS, sha256=TEXT, until=DAY),
        links=form("csv json parquet", csv=ADDRESS, json=ADDRESS, parquet=ADDRESS, chart=ADDRESS, badge=ADDRESS, embed=ADDRESS,
                   rows=ADDRESS)),
    "Observations": list_of(form(
        "measure title period first_day last_day suppressed", measure=TEXT, title=TEXT, unit=TEXT, period=TEXT, first_day=DAY,
        last_day=DAY, by=TEXT, group=TEXT, group_title=TEXT, value=NUMBER, rows=COUNT, good=COUNT, suppressed=IS,
        status=MEASURED, expected=NUMBER, target=NUMBER, target_low=NUMBER, target_high=NUMBER)),
    "MeasureChanges": form("title url changes", **_NAMED, changes=list_of(form(
        "kind day measure", kind={"enum": ["status", "revision", "target"]}, day=DAY, measure=ref("Link"),
        before=form("status", **_STANDING), after=form("status", **_STANDING), target=_TARGET, revision=WRITTEN))),
    "Calendar": form("id title holidays", id=TEXT, title=TEXT, holidays={"type": "object", "additionalProperties": TEXT}),
    "Statuses": form("title url statuses", **_NAMED, statuses=list_of(form(
        "status word meaning", status=MEASURED, word=TEXT, meaning=TEXT))),
}
