"""JSON Schema of the catalog's files, so that an editor completes and checks keys as they are typed.

Drawn from the same declarations as the loader (`model/keys.py`). The loader stays the judge: it also knows which dates exist
and which ids are taken. What the loader takes, the schema takes too, with an empty value for a key that is left for later.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from typing import Any

import yaml

from cityfolio.model import keys
from cityfolio.model.frequency import WORDS
from cityfolio.model.keys import Key, Kind, keys_of
from cityfolio.reference import FILES

Schema = dict[str, Any]  # Any: JSON

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# To an editor an unquoted 311 is a number and true a truth value; to Cityfolio every value is text until its key types it.
SCALAR = ["string", "number", "boolean"]
TAG = "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"     # of a language


def schema_names() -> dict[str, type]:
    """Every kind of file by the name of its schema: "dataset"."""
    return {_name(record).lower(): record for record in FILES}


def schema_text(schema: Schema) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def json_schema(record: type) -> Schema:
    """The JSON Schema (draft 2020-12) of one kind of file."""
    groups = _groups(record, {})
    whole: Schema = {"$schema": DIALECT, "title": _name(record), **_group_schema(record)}
    if groups:
        whole["$defs"] = {_name(group): _group_schema(group) for group in groups}
    return whole


def _name(record: type) -> str:
    return record.__name__.removesuffix("Record")


def _groups(record: type, found: dict[type, None]) -> dict[type, None]:
    for key in keys_of(record).values():
        kind = key.kind
        while isinstance(kind, keys.ListOf | keys.MapOf):
            kind = kind.kind
        if isinstance(kind, keys.Record) and kind.type not in found:
            found[kind.type] = None
            _groups(kind.type, found)
    return found


def _group_schema(record: type) -> Schema:
    described = keys_of(record)
    schema: Schema = {
        "description": " ".join((record.__doc__ or "").split()),
        "type": "object",
        "additionalProperties": False,
        "properties": {name: {"description": key.doc} | _examples(key) | _or_empty(key.kind)
                       for name, key in described.items()},
    }
    for name, default in _defaults(record).items():
        schema["properties"][name]["default"] = default
    needed = [name for name, key in described.items() if key.needed == "error"]
    return schema | ({"required": needed} if needed else {})


def _examples(key: Key) -> Schema:
    if not key.example:
        return {}
    holds_more = isinstance(key.kind, keys.ListOf | keys.MapOf | keys.Record | keys.Conditions)
    # The base loader makes texts, lists and groups of it and nothing else.
    return {"examples": [yaml.load(key.example, yaml.BaseLoader) if holds_more else key.example]}  # noqa: S506


def _defaults(record: type) -> dict[str, Any]:  # Any: text, truth value or list, as JSON has them
    plain = {each.name: each.default for each in fields(record) if each.default not in (MISSING, None, "", ())}
    return {name: list(value) if isinstance(value, tuple) else float(value) if isinstance(value, Decimal) else value
            for name, value in plain.items() if not is_dataclass(value)}   # the keys of a group have defaults of their own


def _or_empty(kind: Kind) -> Schema:
    return {"anyOf": [_value_schema(kind), {"type": "null"}]}


def _value_schema(kind: Kind) -> Schema:
    match kind:
        case keys.Text(most) | keys.Markdown(most) | keys.Phrase(_, most):
            one = {"type": SCALAR, "maxLength": most}
            return _in_languages(one) if isinstance(kind, keys.Prose | keys.Markdown) else one
        case keys.Url(schemes):
            return {"type": "string", "pattern": f"^({'|'.join(map(_any_case, schemes))}):"}
        case keys.Choice(values, further):
            listed: Schema = {"enum": list(values)}
            return {"anyOf": [listed, {"type": "string", "pattern": f"^{further}$"}]} if further else listed
        case keys.Integer(least):
            return {"type": ["integer", "string"], "minimum": least, "pattern": "^[0-9]+$"}
        case keys.Number(lowest, highest):
            return {"type": ["number", "string"], "minimum": lowest, "maximum": highest, "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
        case keys.DecimalNumber(below, above):
            return {"type": ["number", "string"], "pattern": r"^[+-]?[0-9]+(\.[0-9]+)?$"} | _given(minimum=below, maximum=above)
        case keys.ListOf(inner, least, most):
            one = _value_schema(inner)
            many: Schema = {"type": "array", "items": one} | _set(minItems=least, maxItems=most)
            # A single value stands for a list of one, but a list stands for itself.
            if isinstance(inner, keys.Prose):
                return _in_languages({"anyOf": [one, many]})
            return many if least > 1 or isinstance(inner, keys.ListOf) else {"anyOf": [one, many]}
        case keys.MapOf(inner, names, most):
            limits = _set(maxProperties=most, propertyNames={"maxLength": names.max_length} if names else None)
            return {"type": "object", "additionalProperties": _or_empty(inner)} | limits
        case keys.Record(group):
            return {"$ref": f"#/$defs/{_name(group)}"}
        case keys.Repeats():
            return {"anyOf": [{"enum": list(WORDS)}, {"type": "string"}]}
        case _:
            return _PLAIN[type(kind)]


def _in_languages(one: Schema) -> Schema:
    """A text, or one for each language."""
    several = {"type": "object", "propertyNames": {"pattern": TAG}, "additionalProperties": one, "minProperties": 1}
    return {"anyOf": [one, several]}


def _given(**limits: int | None) -> Schema:
    return {name: limit for name, limit in limits.items() if limit is not None}


def _set(**limits: int | Schema | None) -> Schema:
    return {name: limit for name, limit in limits.items() if limit}


def _any_case(word: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


# A condition of a question's `where`: as load/conditions.py reads it.
_CONDITION: Schema = {"anyOf": [
    {"type": SCALAR}, {"type": "array", "items": {"type": SCALAR}, "minItems": 1},
    *({"type": "object", "additionalProperties": False, "required": [least],
       "properties": {word: {"type": SCALAR} for word in words}}
      for least, words in (("from", ("from", "to")), ("to", ("from", "to")), ("contains", ("contains",)))),
    {"type": "object", "additionalProperties": False, "required": ["empty"],
     "properties": {"empty": {"enum": [True, False, "true", "false"]}}},
]}
_PLAIN: dict[type, Schema] = {
    keys.Conditions: {"type": "object", "additionalProperties": _CONDITION},
    keys.Day: {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"},
    keys.Moment: {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    keys.Email: {"type": "string", "pattern": "@"},
    keys.Boolean: {"enum": [True, False, "true", "false"]},
    keys.Color: {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"},
    keys.Pattern: {"type": "string"},
    keys.FilePath: {"type": "string"},
    keys.Language: {"type": "string"},
    keys.Reference: {"type": SCALAR},
    keys.PeriodName: {"type": ["string", "integer"], "pattern": r"^(FY)?\d{4}(-(Q[1-4]|W\d{2}|\d{2}(-\d{2})?))?$"},
    keys.Duration: {"type": "string", "pattern": "^[1-9][0-9]{0,3} ?(day|week|month|year)s?$"},
    keys.MonthDay: {"type": "string", "pattern": r"^\d{2}-\d{2}$"},
    keys.TimeZone: {"type": "string"},
    keys.Expression: {"type": "string"},
    keys.OldAddress: {"type": SCALAR},
}
