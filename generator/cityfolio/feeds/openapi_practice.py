"""The forms of answers about standards, and about what can be seen by group, for OpenAPI. Keys may be added; none goes."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.feeds.schema_forms import ADDRESS, COUNT, DAY, IS, MARKDOWN, TEXT, Json, form, list_of, nullable, ref

_ANSWER: Json = {"enum": ["met", "not-met", "attested"]}
_NAMED = {"title": TEXT, "url": ADDRESS}
_IDS = list_of(TEXT)
# What a city or a standard wrote stands under the keys of its file, which the reference of the catalog's files describes.
_WRITTEN: Json = {"type": "object"}
_LEVEL = nullable("string")
_ASSESSED = {
    "id": TEXT, **_NAMED, "json": ADDRESS, "self_assessment": IS, "publisher": TEXT, "version": TEXT, "standard_url": ADDRESS,
    "read_on": DAY, "partial": TEXT, "day": DAY, "met": COUNT, "of": COUNT, "level": _LEVEL, "next_level": _LEVEL, "next": _IDS,
    "areas": list_of(form("id title met of", id=TEXT, title=TEXT, met=COUNT, of=COUNT, level=_LEVEL)),
    "changed": form("since better worse", since=DAY, better=_IDS, worse=_IDS, otherwise=_IDS, new=_IDS)}
_REQUIRED = "id title url json self_assessment met of level next areas"
_EVIDENCE = form(query=TEXT, check=_WRITTEN, holds=IS, counted=COUNT, of=COUNT, good=_IDS, short=_IDS, rows=ADDRESS,
                 facts=ADDRESS, attestation=_WRITTEN)
_SITE = {**_NAMED, "day": DAY, "self_assessment": IS}
_SEEN = {"id": TEXT, **_NAMED, "by_area": IS, "by_group": IS}

PRACTICE_SCHEMAS: Mapping[str, Json] = {
    "Assessed": form(_REQUIRED, **_ASSESSED),
    "Answered": form(
        f"{_REQUIRED} criteria levels evidence", **_ASSESSED, levels=list_of(_WRITTEN), evidence=ADDRESS,
        past=list_of(form("day met of", day=DAY, level=_LEVEL, met=COUNT, of=COUNT,
                          answers={"type": "object", "additionalProperties": _ANSWER})),
        criteria=list_of(form("id title url area answer evidence", id=TEXT, **_NAMED, area=TEXT, answer=_ANSWER, was=_ANSWER,
                              says=MARKDOWN, source=ADDRESS, attest=TEXT, among=_WRITTEN, after=_IDS, parts_met=_IDS,
                              waits_for=_IDS, evidence=list_of(_EVIDENCE)))),
    "Practice": form("title url standards", **_SITE, standards=list_of(ref("Assessed"))),
    "Answers": form("title url standards", **_SITE, standards=list_of(ref("Answered"))),
    "Evidence": form("title url standard pack tables", **_NAMED, standard=ADDRESS, pack=ADDRESS,
                     tables=list_of(form("table rows facts", table=TEXT, rows=ADDRESS, facts=ADDRESS))),
    "Equity": form(
        "title url measures datasets", **_NAMED,
        measures=list_of(form("id title url by_area by_group", **_SEEN, lacks=TEXT, could_be_by=_IDS, by=list_of(
            form("column kind groups held_back", column=TEXT, kind={"enum": ["area", "group"]}, groups=COUNT,
                 held_back=COUNT)))),
        datasets=list_of(form("id title url by_area by_group", **_SEEN, areas=_IDS, has_places=IS, groups=_IDS))),
}
