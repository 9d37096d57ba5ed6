"""The forms of this site's own answers as JSON Schema (2020-12), for OpenAPI. Keys may be added; none is taken away."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.feeds.openapi_changes import CHANGE_SCHEMAS
from cityfolio.feeds.openapi_goals import GOAL_SCHEMAS
from cityfolio.feeds.openapi_health import HEALTH_SCHEMAS
from cityfolio.feeds.openapi_practice import PRACTICE_SCHEMAS
from cityfolio.feeds.openapi_promises import PROMISE_SCHEMAS
from cityfolio.feeds.openapi_texts import TEXT_SCHEMAS
from cityfolio.feeds.schema_forms import ADDRESS, COUNT, DAY, IS, MARKDOWN, STATUS, TEXT, Json, form, list_of, nullable, ref

_LINK = {"id": TEXT, "title": TEXT, "url": ADDRESS, "json": ADDRESS}
_NAMED = {"title": TEXT, "url": ADDRESS}
_COUNTED = {**_LINK, "datasets": COUNT}

SCHEMAS: Mapping[str, Json] = {
    "Link": form("title url json", **_LINK),
    "Contact": form(name=TEXT, email=TEXT, phone=TEXT, url=ADDRESS),
    "Entry": form("id title url status", id=TEXT, **_NAMED, status=STATUS, summary=TEXT, publisher=TEXT, topics=list_of(TEXT),
                  updated=DAY, formats=list_of(TEXT)),
    "Home": form("title url counts", **_NAMED, tagline=TEXT, notice=TEXT, spatial=TEXT, languages=list_of(TEXT),
                 contact=ref("Contact"), description=MARKDOWN, repository=ADDRESS, revision=TEXT,
                 counts=form("datasets listed files topics publishers", datasets=COUNT, listed=COUNT, files=COUNT,
                             topics=COUNT, publishers=COUNT, goals=COUNT, measures=COUNT),
                 topics=list_of(form("id title url json datasets", **_COUNTED)), recent=list_of(ref("Entry"))),
    "List": form("title url count datasets", **_NAMED, count=COUNT, datasets=list_of(ref("Entry")),
                 where={"type": "object", "additionalProperties": TEXT,
                        "description": "What the datasets share: topic, publisher, format or freshness."}),
    "Topics": form("title url topics", **_NAMED, topics=list_of(form("id title url json datasets", **_COUNTED))),
    "Publishers": form("title url publishers", **_NAMED,
                       publishers=list_of(form("id title url json datasets", **_COUNTED))),
    "Group": form("id title url count datasets", id=TEXT, **_NAMED, description=MARKDOWN, website=ADDRESS,
                  contact=ref("Contact"), parent=ref("Link"), parts=list_of(ref("Link")), atom=ADDRESS, count=COUNT,
                  datasets=list_of(ref("Entry")), measures=list_of(ref("MeasureEntry")), guides=list_of(ref("Link"))),
    "Dataset": form(
        "id title url status language", id=TEXT, **_NAMED, identifier=TEXT, status=STATUS, reason=TEXT, summary=TEXT,
        description=MARKDOWN, publisher=ref("Link"), contact=ref("Contact"), topics=list_of(ref("Link")),
        keywords=list_of(TEXT), license=form("id title", id=TEXT, title=TEXT, url=ADDRESS, spdx=TEXT), rights=MARKDOWN,
        frequency=TEXT, issued=DAY, updated=DAY, due=DAY, temporal=form(start=TEXT, end=TEXT), spatial=TEXT, language=TEXT,
        landing_page=ADDRESS, conforms_to=ADDRESS, each_row_is=TEXT, known_limits=MARKDOWN,
        files=list_of(form("id format", id=TEXT, title=TEXT, description=MARKDOWN, format=TEXT, media_type=TEXT, url=ADDRESS,
                           bytes=COUNT, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}, made_from=TEXT, is_sample=IS,
                           missing=TEXT)),
        tables=list_of(form("file title", file=TEXT, title=TEXT, url=ADDRESS, json=ADDRESS, rows=COUNT, is_sample=IS,
                            columns=list_of(form("name", name=TEXT, title=TEXT, description=MARKDOWN, type=TEXT, unit=TEXT)),
                            left_out=list_of(TEXT))),
        questions=list_of(form("question value rows file", question=TEXT, value=nullable("string"), rows=COUNT, file=TEXT,
                               unit=TEXT)),
        related=list_of(ref("Link")), measures=list_of(ref("MeasureEntry")), health=ref("HealthFaults"),
        notes={"type": "object", "additionalProperties": TEXT},
        links=form(data_package=ADDRESS, croissant=ADDRESS, ckan=ADDRESS, record=ADDRESS, stac=ADDRESS, atom=ADDRESS)),
    "Plain": form("title url about links", **_NAMED, about=TEXT, contact=ref("Contact"), other_hosts=list_of(ADDRESS),
                  aims_for=ADDRESS, issues=ADDRESS, tested=form(
                      "version from to criteria", version=TEXT, **{"from": DAY, "to": DAY},
                      criteria=list_of(form("number level result", number=TEXT, level=TEXT, result=TEXT))),
                  links=list_of(form("title url", **_NAMED))),
    "Addresses": form("title url addresses", **_NAMED, addresses=list_of(form(
        "path title holds media_type", path=TEXT, title=TEXT, holds=TEXT, media_type=TEXT, follows=TEXT, example=ADDRESS))),
    "Catalog": form("name datasets", name=TEXT, measures=list_of(ref("MeasureEntry")), datasets=list_of(form(
        "id title url status files", id=TEXT, **_NAMED, status=STATUS, summary=nullable("string"),
        publisher=nullable("string"), topics=list_of(TEXT), license=nullable("string"), frequency=nullable("string"),
        updated=nullable("string"),
        files=list_of(form("id title format", id=TEXT, title=TEXT, format=TEXT, url=nullable("string"),
                           bytes=nullable("integer"), sha256=nullable("string"), made_from=TEXT, is_sample=IS))))),
    "Table": form(
        "title dataset rows columns downloads", title=TEXT, dataset=form("id title url", id=TEXT, **_NAMED), language=TEXT,
        rows=COUNT, isSample=IS, file={"type": ["object", "null"], "required": ["url", "bytes", "footer", "sha256"]},
        sortedBy=TEXT, columns=list_of(form("name type", name=TEXT, type=TEXT, title=TEXT, description=TEXT, unit=TEXT)),
        downloads=list_of(form("name format url", name=TEXT, format=TEXT, bytes=nullable("integer"), url=ADDRESS))),
    "Tables": form("datasets", datasets=list_of(form("id title tables", id=TEXT, title=TEXT, tables=list_of(
        form("name title rows outline", name=TEXT, title=TEXT, rows=COUNT, outline=ADDRESS))))),
    "CkanAnswer": form("help success", help=ADDRESS, success=IS, result={}, error={"type": "object"}),
    **GOAL_SCHEMAS,
    **PROMISE_SCHEMAS,
    **PRACTICE_SCHEMAS,
    **TEXT_SCHEMAS,
    **HEALTH_SCHEMAS,
    **CHANGE_SCHEMAS,
}
