"""What JSON Schemas (2020-12) of this site's answers are made of."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]   # Any: JSON

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
DAY: Json = {"type": "string", "format": "date"}
ADDRESS: Json = {"type": "string", "format": "uri-reference"}
IS: Json = {"type": "boolean"}
MARKDOWN: Json = {"type": "string", "description": "Markdown."}
STATUS: Json = {"enum": ["published", "planned", "restricted", "retired"]}


def form(required: str = "", **properties: Json) -> Json:
    """An object whose required keys are named with spaces between."""
    return {"type": "object", "properties": properties} | ({"required": required.split()} if required else {})


def list_of(of: Json) -> Json:
    """An array of something."""
    return {"type": "array", "items": of}


def nullable(kind: str) -> Json:
    """A value of a type, or null."""
    return {"type": [kind, "null"]}


def ref(name: str) -> Json:
    """A form that is described by itself."""
    return {"$ref": f"#/components/schemas/{name}"}
