"""The forms of answers about health, for OpenAPI. Keys may be added; none is taken away."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.feeds.schema_forms import ADDRESS, COUNT, DAY, TEXT, Json, form, list_of, nullable
from cityfolio.model.health import AREAS

_COUNTS = {"passed": COUNT, "of": COUNT, "unknown": COUNT}
_CHECK = {"id": TEXT, "area": {"enum": list(AREAS)}, "state": {"enum": ["passed", "failed", "unknown"]}, "count": COUNT,
          "of": COUNT, "path": TEXT, "line": nullable("integer")}
_DATASET = form("id passed of checks", id=TEXT, passed=COUNT, of=COUNT, checks=list_of(form("id area state", **_CHECK)))
_FAULTS = form("id passed of at_fault", id=TEXT, passed=COUNT, of=COUNT,
               at_fault=list_of(form("id area state", **_CHECK)))
_BY_NAME = {"type": "object", "additionalProperties": form("passed of unknown", **_COUNTS)}

HEALTH_SCHEMAS: Mapping[str, Json] = {
    "Health": form("datasets totals day", datasets=list_of(_DATASET), totals=_BY_NAME, day=DAY, links_checked=DAY),
    "HealthFaults": _FAULTS,
    "HealthOverview": form(
        "title url published day checks publishers problems past", title=TEXT, url=ADDRESS, published=COUNT, day=DAY,
        links_checked=DAY, problems={"type": "object", "additionalProperties": COUNT},
        checks=list_of(form("id title area url passed of unknown", id=TEXT, title=TEXT, area=TEXT, url=ADDRESS, **_COUNTS)),
        publishers=list_of(form("id datasets areas", id=nullable("string"), datasets=COUNT, areas=_BY_NAME)),
        past=list_of(form("day commit passed of", day=DAY, commit=TEXT, passed=COUNT, of=COUNT)),
        past_left_out=COUNT),
    "HealthCheck": form(
        "id title url asks area passed of unknown datasets", id=TEXT, title=TEXT, url=ADDRESS, asks=TEXT, area=TEXT, **_COUNTS,
        kinds=list_of(form("why datasets", why=TEXT, datasets=COUNT)),
        datasets=list_of(form("dataset title url state why", dataset=TEXT, title=TEXT, url=ADDRESS, why=TEXT,
                              **{key: value for key, value in _CHECK.items() if key not in ("id", "area")}))),
    "HealthPublisher": form("publisher url areas datasets", publisher=nullable("string"), url=ADDRESS, areas=_BY_NAME,
                            datasets=list_of(_FAULTS)),
}
