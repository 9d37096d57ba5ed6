"""`/openapi.json` (OpenAPI 3.1): every address that programs can rely on, with the form of what is there.

https://spec.openapis.org/oas/v3.1.1.html. The addresses are those of `pages.program_addresses`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import orjson

from cityfolio.feeds.openapi_schemas import SCHEMAS
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages.markdown import words_only
from cityfolio.pages.program_address import Part
from cityfolio.pages.program_addresses import ProgramAddress, program_addresses
from cityfolio.pages.routes import OPENAPI
from cityfolio.pages.words import Words

Json = dict[str, Any]   # Any: JSON

# Not that of the program which makes the site, but of these addresses: it grows when one is added.
VERSION = "1.1.0"
PARAMETERS: Mapping[str, str] = {
    "dataset": "The id of a dataset, as the list of data names it.",
    "table": "The name of a table's page within its dataset.",
    "file": "The name of a file within its dataset.",
    "topic": "The id of a topic.", "publisher": "The id of a publisher.", "value": "The id of a topic, publisher and so on.",
    "goal": "The id of a goal.", "measure": "The id of a measure, as the list of measures names it.",
    "calendar": "The id of a calendar of holidays.",
    "check": "The id of a check of health, as the page of health names it.",
    "standard": "The id of a standard.", "facts": "The name of a table of facts.",
    "rule": "The id of a rule or a meeting.", "guide": "The id of a guide.",
    "day": "The day from which on a version was published, such as 2026-06-15.",
    "number": "Which further page, from 2 on; of sitemaps from 1 on.",
}
TAGS: Mapping[Part, str] = {
    "catalog": "The whole catalog, as standards have it.", "tables": "The catalog's metadata as tables.",
    "dataset": "A dataset, as standards have it.", "rows": "Files and tables.", "pages": "What pages say.",
    "goals": "Goals and measures.", "news": "What is new.", "site": "The site itself.",
}


def openapi(catalog: Catalog, build: Build) -> Output:
    """The description of every address. It is in English, as the names that standards use are."""
    addresses = program_addresses(catalog, build, Words())
    names = Counter(_operation(each) for each in addresses)
    assert max(names.values()) == 1, names
    described = {
        "openapi": "3.1.0",
        "info": {"title": catalog.site.name, "version": VERSION, "description": "Files that programs can read. None takes a "
                 "query, none needs a key, and an address that was published keeps answering."},
        "servers": [{"url": build.base_url or "."}],
        "tags": [{"name": part, "description": says} for part, says in TAGS.items()],
        "paths": {each.path: {"get": _get(each)} for each in addresses},
        "components": {"schemas": SCHEMAS},
    }
    return Output(url=OPENAPI, body=orjson.dumps(described), media_type="application/json", kind="feed", source="openapi.json")


def _get(address: ProgramAddress) -> Json:
    parameters = [{"name": name, "in": "path", "required": True, "description": PARAMETERS[name], "schema": {"type": "string"}}
                  for name in re.findall(r"{(\w+)}", address.path)]
    content = {address.media_type: {"schema": _schema(address)}}
    said: Json = {
        "operationId": _operation(address), "summary": words_only(address.title), "description": _description(address),
        "tags": [address.part],
        "responses": {"200": {"description": words_only(address.holds), "content": content},
                      "404": {"description": "There is no such thing."}},
    }
    return said | ({"parameters": parameters} if parameters else {})


def _description(address: ProgramAddress) -> str:
    follows = words_only(address.follows)
    return words_only(address.holds) + (f" Standard: {follows}." if follows else "")


def _schema(address: ProgramAddress) -> Json:
    if address.schema:
        return {"$ref": f"#/components/schemas/{address.schema}"}
    # Of what follows a standard, the standard's own schema says more than could be said here.
    return {"type": "object"} if "json" in address.media_type else {}


def _operation(address: ProgramAddress) -> str:
    """A name for the operation, of the parts of its path: "/data/{dataset}/ckan.json" is "data_dataset_ckan_json"."""
    return re.sub(r"[^A-Za-z0-9]+", "_", address.path).strip("_") or "home"
