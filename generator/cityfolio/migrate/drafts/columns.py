"""Columns of a table as another system describes them, as entries of our dictionaries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypedDict

from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.addresses import mended_url
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.json_values import given_of
from cityfolio.migrate.values.marks import without_marks
from cityfolio.migrate.values.texts import limit_of, markdown
from cityfolio.migrate.yaml.text import Bare
from cityfolio.model.records import COLUMN_TYPES, ColumnRecord

MOST_MEANINGS = 2_000
NAME_LENGTH = 200
# Types of Table Schema, Esri, Socrata, Opendatasoft, CKAN's datastore (PostgreSQL), XML Schema and Croissant.
TYPES: Mapping[str, str] = {each: each for each in COLUMN_TYPES} | {
    "text": "string", "str": "string", "uri": "string", "url": "string", "email": "string", "phone": "string", "html": "string",
    "photo": "string", "document": "string", "file": "string", "keyword": "string", "guid": "string", "globalid": "string",
    "esrifieldtypestring": "string", "esrifieldtypeguid": "string", "esrifieldtypeglobalid": "string",
    "esrifieldtypexml": "string", "yearmonth": "string", "duration": "string", "anyuri": "string", "varchar": "string",
    "character varying": "string",
    "int": "integer", "int4": "integer", "int8": "integer", "bigint": "integer", "smallint": "integer", "long": "integer",
    "oid": "integer", "row_identifier": "integer", "esrifieldtypeinteger": "integer", "esrifieldtypesmallinteger": "integer",
    "esrifieldtypebiginteger": "integer", "esrifieldtypeoid": "integer",
    "numeric": "number", "double": "number", "double precision": "number", "float": "number", "float8": "number",
    "decimal": "number", "money": "number", "percent": "number", "real": "number", "esrifieldtypedouble": "number",
    "esrifieldtypesingle": "number",
    "bool": "boolean", "checkbox": "boolean",
    "calendar_date": "datetime", "timestamp": "datetime", "fixed_timestamp": "datetime", "floating_timestamp": "datetime",
    "datetime": "datetime", "esrifieldtypedate": "datetime", "esrifieldtypetimestampoffset": "datetime",
    "esrifieldtypedateonly": "date", "esrifieldtypetimeonly": "time", "gyear": "year",
    "geopoint": "geometry", "geojson": "geometry", "geo_point_2d": "geometry", "geo_shape": "geometry", "point": "geometry",
    "multipoint": "geometry", "line": "geometry", "multiline": "geometry", "polygon": "geometry", "multipolygon": "geometry",
    "location": "geometry", "esrifieldtypegeometry": "geometry",
    "object": "any", "array": "any", "list": "any", "json": "any", "esrifieldtypeblob": "any", "esrifieldtyperaster": "any",
}


class ColumnGiven(TypedDict, total=False):
    """What may be said of a column beside its name."""

    title: Given
    description: Given
    type: Given
    unit: Given
    format: Given
    values: Mapping[str, str]     # code -> meaning
    required: bool | None
    unique: bool | None
    minimum: Given
    maximum: Given
    min_length: Given
    max_length: Given
    pattern: Given
    source: Given


def column_of(field: str, given: ColumnGiven, ledger: Ledger) -> dict[str, Any]:  # Any: text and groups of it
    """The keys of one column. What does not fit its key is put behind the description, so that it is not lost."""
    record: dict[str, Any] = {}   # Any: text and groups of it
    extra: list[str] = []
    for key in ("title", "unit", "format", "minimum", "maximum"):
        text = " ".join(without_marks(as_words(given_of(given.get(key))), ledger, f"{field}.{key}").split())
        if len(text) > limit_of(ColumnRecord, key):
            ledger.note("noted", f"{field}.{key}", "too long for its key, so put behind the description", text, "description")
            extra.append(text)
        elif text:
            record[key] = text
    _type(field, given, ledger, record, extra)
    for key, is_so in (("required", given.get("required")), ("unique", given.get("unique"))):
        if is_so:
            record[key] = Bare("true")
    for key in ("min_length", "max_length"):
        text = as_words(given_of(given.get(key)))
        if re.fullmatch(r"[0-9]{1,15}", text):
            record[key] = text
        elif text:
            ledger.note("left-out", f"{field}.{key}", "not a whole number", text)
    _pattern(field, as_words(given_of(given.get("pattern"))), ledger, record)
    if source := as_words(given_of(given.get("source"))):
        _source(field, source, ledger, record, extra)
    if meanings := given.get("values"):
        record["values"] = _meanings(field, meanings, ledger)
    _described(field, given, ledger, record, extra)
    return record


def _type(field: str, given: ColumnGiven, ledger: Ledger, record: dict[str, Any], extra: list[str]) -> None:  # Any: see above
    text = as_words(given_of(given.get("type")))
    found = TYPES.get(re.sub(r"^.*[:#/]", "", text).casefold())
    if found:
        record["type"] = found
    elif text:
        ledger.note("noted", f"{field}.type", "a type that is not known, so put behind the description", text, "description")
        extra.append(f"Type: {text}"[:300])


def _pattern(field: str, text: str, ledger: Ledger, record: dict[str, Any]) -> None:  # Any: see above
    if not text:
        return
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        ledger.note("left-out", f"{field}.pattern", "not a regular expression that can be used here", text)
    else:
        record["pattern"] = text


def _source(field: str, text: str, ledger: Ledger, record: dict[str, Any], extra: list[str]) -> None:  # Any: see above
    """The standard that a column follows, by its address; a name of one that is none goes behind the description."""
    url = mended_url(text).url if "://" in text and len(text) <= 8_000 else None
    if url is not None:
        record["source"] = url
    else:
        ledger.note("noted", f"{field}.source", "no address, so put behind the description", text, "description")
        extra.append(f"Follows: {text}"[:1_000])


def _meanings(field: str, given: Mapping[str, str], ledger: Ledger) -> dict[str, str]:
    limit = 400   # see ColumnRecord.values
    made = {}
    for code, meaning in list(given.items())[:MOST_MEANINGS]:
        words = " ".join(as_words(given_of(meaning)).split())
        if len(words) > limit:
            ledger.note("mended", f"{field}.values", "shortened to what its place holds", words)
            words = f"{words[:limit - 1]}…"
        made[as_words(given_of(code))] = words
    if len(given) > MOST_MEANINGS:
        ledger.note("left-out", f"{field}.values", f"more than {MOST_MEANINGS:,} codes, so none is demanded", f"{len(given):,}")
        return {}
    return made


def _described(field: str, given: ColumnGiven, ledger: Ledger, record: dict[str, Any], extra: list[str]) -> None:  # Any: above
    words = without_marks(as_words(given_of(given.get("description"))), ledger, f"{field}.description")
    text = "\n\n".join(each for each in (words, *extra) if each)
    limit = 10_000
    if len(text) > limit:
        ledger.note("left-out", f"{field}.description", "longer than the description of a column should be", text[limit:])
    if text and text != record.get("title"):
        record["description"] = markdown(text[:limit], ledger, f"{field}.description")
