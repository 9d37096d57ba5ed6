"""The forms of this site's own answers as JSON Schema (2020-12), for OpenAPI. Keys may be added; none is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]   # Any: JSON

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
DAY: Json = {"type": "string", "format": "date"}
ADDRESS: Json = {"type": "string", "format": "uri-reference"}
IS: Json = {"type": "boolean"}
MARKDOWN: Json = {"type": "string", "description": "Markdown."}
STATUS: Json = {"enum": ["published", "planned", "restricted", "retired"]}


def _object(required: str = "", **properties: Json) -> Json:
    """An object whose required keys are named with spaces between."""
    return {"type": "object", "properties": properties} | ({"required": required.split()} if required else {})


def _list(of: Json) -> Json:
    return {"type": "array", "items": of}


def _nullable(kind: str) -> Json:
    return {"type": [kind, "null"]}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


_LINK = {"id": TEXT, "title": TEXT, "url": ADDRESS, "json": ADDRESS}
_NAMED = {"title": TEXT, "url": ADDRESS}
_COUNTED = {**_LINK, "datasets": COUNT}

SCHEMAS: Mapping[str, Json] = {
    "Link": _object("title url json", **_LINK),
    "Contact": _object(name=TEXT, email=TEXT, phone=TEXT, url=ADDRESS),
    "Entry": _object("id title url status", id=TEXT, **_NAMED, status=STATUS, summary=TEXT, publisher=TEXT, topics=_list(TEXT),
                     updated=DAY, formats=_list(TEXT)),
    "Home": _object("title url counts", **_NAMED, tagline=TEXT, notice=TEXT, spatial=TEXT, languages=_list(TEXT),
                    contact=_ref("Contact"), description=MARKDOWN, repository=ADDRESS, revision=TEXT,
                    counts=_object("datasets listed files topics publishers", datasets=COUNT, listed=COUNT, files=COUNT,
                                   topics=COUNT, publishers=COUNT),
                    topics=_list(_object("id title url json datasets", **_COUNTED)), recent=_list(_ref("Entry"))),
    "List": _object("title url count datasets", **_NAMED, count=COUNT, datasets=_list(_ref("Entry")),
                    where={"type": "object", "additionalProperties": TEXT,
                           "description": "What the datasets share: topic, publisher, format or freshness."}),
    "Topics": _object("title url topics", **_NAMED, topics=_list(_object("id title url json datasets", **_COUNTED))),
    "Publishers": _object("title url publishers", **_NAMED,
                          publishers=_list(_object("id title url json datasets", **_COUNTED))),
    "Group": _object("id title url count datasets", id=TEXT, **_NAMED, description=MARKDOWN, website=ADDRESS,
                     contact=_ref("Contact"), parent=_ref("Link"), parts=_list(_ref("Link")), atom=ADDRESS, count=COUNT,
                     datasets=_list(_ref("Entry"))),
    "Dataset": _object(
        "id title url status language", id=TEXT, **_NAMED, identifier=TEXT, status=STATUS, reason=TEXT, summary=TEXT,
        description=MARKDOWN, publisher=_ref("Link"), contact=_ref("Contact"), topics=_list(_ref("Link")), keywords=_list(TEXT),
        license=_object("id title", id=TEXT, title=TEXT, url=ADDRESS, spdx=TEXT), rights=MARKDOWN, frequency=TEXT, issued=DAY,
        updated=DAY, due=DAY, temporal=_object(start=TEXT, end=TEXT), spatial=TEXT, language=TEXT, landing_page=ADDRESS,
        conforms_to=ADDRESS, each_row_is=TEXT, known_limits=MARKDOWN,
        files=_list(_object("id format", id=TEXT, title=TEXT, description=MARKDOWN, format=TEXT, media_type=TEXT, url=ADDRESS,
                            bytes=COUNT, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}, made_from=TEXT, is_sample=IS,
                            missing=TEXT)),
        tables=_list(_object("file title", file=TEXT, title=TEXT, url=ADDRESS, json=ADDRESS, rows=COUNT, is_sample=IS,
                             columns=_list(_object("name", name=TEXT, title=TEXT, description=MARKDOWN, type=TEXT, unit=TEXT)),
                             left_out=_list(TEXT))),
        questions=_list(_object("question value rows file", question=TEXT, value=_nullable("string"), rows=COUNT, file=TEXT,
                                unit=TEXT)),
        related=_list(_ref("Link")), notes={"type": "object", "additionalProperties": TEXT},
        links=_object(data_package=ADDRESS, croissant=ADDRESS, ckan=ADDRESS, record=ADDRESS, stac=ADDRESS, atom=ADDRESS)),
    "Addresses": _object("title url addresses", **_NAMED, addresses=_list(_object(
        "path title holds media_type", path=TEXT, title=TEXT, holds=TEXT, media_type=TEXT, follows=TEXT, example=ADDRESS))),
    "Catalog": _object("name datasets", name=TEXT, datasets=_list(_object(
        "id title url status files", id=TEXT, **_NAMED, status=STATUS, summary=_nullable("string"),
        publisher=_nullable("string"), topics=_list(TEXT), license=_nullable("string"), frequency=_nullable("string"),
        updated=_nullable("string"),
        files=_list(_object("id title format", id=TEXT, title=TEXT, format=TEXT, url=_nullable("string"),
                            bytes=_nullable("integer"), sha256=_nullable("string"), made_from=TEXT, is_sample=IS))))),
    "Table": _object(
        "title dataset rows columns downloads", title=TEXT, dataset=_object("id title url", id=TEXT, **_NAMED), language=TEXT,
        rows=COUNT, isSample=IS, file={"type": ["object", "null"], "required": ["url", "bytes", "footer", "sha256"]},
        sortedBy=TEXT, columns=_list(_object("name type", name=TEXT, type=TEXT, title=TEXT, description=TEXT, unit=TEXT)),
        downloads=_list(_object("name format url", name=TEXT, format=TEXT, bytes=_nullable("integer"), url=ADDRESS))),
    "Tables": _object("datasets", datasets=_list(_object("id title tables", id=TEXT, title=TEXT, tables=_list(
        _object("name title rows outline", name=TEXT, title=TEXT, rows=COUNT, outline=ADDRESS))))),
    "CkanAnswer": _object("help success", help=ADDRESS, success=IS, result={}, error={"type": "object"}),
}
