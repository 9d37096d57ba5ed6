"""The forms of answers about rules, guides and uses, for OpenAPI. Keys may be added; none is taken away."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.feeds.schema_forms import ADDRESS, DAY, IS, MARKDOWN, TEXT, Json, form, list_of, ref
from cityfolio.model.practice import RULE_KINDS, USE_KINDS

_NAMED = {"title": TEXT, "url": ADDRESS}
_LINK = {"id": TEXT, **_NAMED, "json": ADDRESS}
_RULE = {**_LINK, "summary": TEXT, "kind": {"enum": list(RULE_KINDS)}, "owner": TEXT, "adopted": DAY, "by": TEXT, "code": TEXT,
         "link": ADDRESS, "reviewed": DAY, "review_by": DAY, "is_past_review": IS, "held": DAY,
         "state": {"enum": ["to-come", "minutes-due", "minutes", "no-minutes"], "description": "How far a meeting is."}}
_GUIDE = {**_LINK, "summary": TEXT, "topics": list_of(TEXT), "datasets": list_of(ref("Link")), "reviewed": DAY}

TEXT_SCHEMAS: Mapping[str, Json] = {
    "Rules": form("title url rules", **_NAMED, rules=list_of(form("id title url json kind", **_RULE))),
    "Rule": form("id title url json kind", **_RULE, text=MARKDOWN),
    "Guides": form("title url guides", **_NAMED, guides=list_of(form("id title url json", **_GUIDE))),
    "Guide": form("id title url json text figures", **_GUIDE, text=MARKDOWN, figures=list_of(form(
        "asked", asked=TEXT, says=TEXT, url=ADDRESS, missing=TEXT))),
    "Uses": form("title url uses", **_NAMED, uses=list_of(form(
        "id title url", id=TEXT, **_NAMED, kind={"enum": list(USE_KINDS)}, by=TEXT, date=DAY, link=ADDRESS,
        description=MARKDOWN, change=MARKDOWN, datasets=list_of(ref("Link"))))),
}
