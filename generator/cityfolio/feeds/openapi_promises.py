"""The forms of answers about the inventory, days, requests and commitments, for OpenAPI. Keys may be added; none goes."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.feeds.schema_forms import ADDRESS, COUNT, DAY, IS, MARKDOWN, STATUS, TEXT, Json, form, list_of, ref
from cityfolio.model.practice import ASKERS, COMMITMENT_STATES, REQUEST_STATES, SENSITIVITIES, WORTHS
from cityfolio.pages.calendar_days import KINDS
from cityfolio.practice.inventory import NEEDED

_NAMED = {"title": TEXT, "url": ADDRESS}
_COUNTS: Json = {"type": "object", "additionalProperties": COUNT}
_PLACES = list_of(form("id url", id=TEXT, url=ADDRESS))
_ROW = form("id title url status", id=TEXT, **_NAMED, status=STATUS, publisher=TEXT, system_of_record=TEXT,
            sensitivity={"enum": list(SENSITIVITIES)}, value={"enum": list(WORTHS)}, reason=TEXT,
            release=form(on=DAY, owner=TEXT, steps=MARKDOWN, earlier=list_of(DAY)), missing=list_of({"enum": list(NEEDED)}))

PROMISE_SCHEMAS: Mapping[str, Json] = {
    "Inventory": form(
        "title url counts complete publishers datasets", **_NAMED, counts=_COUNTS, complete=COUNT,
        publishers=form("listing of without", listing=COUNT, of=COUNT, without=list_of(ref("Link"))), datasets=list_of(_ROW)),
    "InventoryPart": form("title url where count datasets", **_NAMED, count=COUNT, datasets=list_of(_ROW),
                          where={"type": "object", "additionalProperties": TEXT}),
    "Days": form("title url days", **_NAMED, days=list_of(form(
        "day kind of title url", day=DAY, kind={"enum": list(KINDS)}, of=TEXT, **_NAMED, who=TEXT, is_overdue=IS))),
    "Requests": form("title url counts requests", **_NAMED, promised_days=COUNT, counts=_COUNTS, requests=list_of(form(
        "id title url state", id=TEXT, **_NAMED, asked=DAY, asker={"enum": list(ASKERS)}, owner=TEXT,
        state={"enum": list(REQUEST_STATES)}, answered=DAY, description=MARKDOWN, answer=MARKDOWN, reason=TEXT, link=ADDRESS,
        datasets=_PLACES, days=COUNT, is_waiting=IS, is_late=IS))),
    "Commitments": form("title url counts commitments", **_NAMED, counts=_COUNTS, commitments=list_of(form(
        "id title url state", id=TEXT, **_NAMED, state={"enum": [*COMMITMENT_STATES, "overdue"]}, owner=TEXT, promised=DAY,
        where=ADDRESS, due=DAY, settled=DAY, description=MARKDOWN, reason=TEXT, evidence=ADDRESS, datasets=_PLACES))),
}
