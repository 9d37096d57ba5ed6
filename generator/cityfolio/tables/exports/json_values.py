"""Cells as JSON: numbers with the digits that stand in the source, dates in ISO form, text exactly.

JSON allows fewer ways to write a number than the dictionary does. Only what it demands is changed: `.5` becomes `0.5`, `5.`
becomes `5`, a plus sign and leading zeros go. No digit is rounded, so programs that read numbers exactly get them exactly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from cityfolio.model.records import ColumnType
from cityfolio.tables.exports.schema import ExportColumn, Unfit
from cityfolio.tables.table import Cell
from cityfolio.tables.types import FORMATTED, parse

JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
WRITTEN_NUMBER = re.compile(r"([+-]?)0*([0-9]*)(?:\.([0-9]*))?((?:[eE][+-]?[0-9]+)?)")
# Outside of texts, JSON may be spread over lines; here a record is a line.
JSON_TOKENS = re.compile(r'("(?:[^"\\]|\\.)*")|\s+')
OFFSET_WITHOUT_COLON = re.compile(r"([+-][0-9]{2})([0-9]{2})$")

quoted: Callable[[str], str] = json.JSONEncoder(ensure_ascii=False).encode


def json_texts(column: ExportColumn, texts: Sequence[Cell], empty: Collection[Cell]) -> list[str]:
    """The cells of a column as pieces of JSON."""
    piece = ENCODERS.get(column.type) or (lambda text, _: quoted(text))
    return ["null" if text is None or text in empty else piece(text, column) for text in texts]


def json_number(text: str) -> str:
    """A number as JSON writes it, digit for digit."""
    if JSON_NUMBER.fullmatch(text):
        return text
    found = WRITTEN_NUMBER.fullmatch(text)
    if found is None or not (found[2] or found[3] or "0" in text):
        raise ValueError(f"{text!r} is not a number")
    sign, whole, decimals, power = found.groups()
    return f"{'-' if sign == '-' else ''}{whole or '0'}{'.' + decimals if decimals else ''}{power}"


class Digits(str):
    """A number as it is written. It is never one here: a double would change digits."""

    __slots__ = ()


def json_object(text: str) -> dict[str, Any]:
    """A shape as the object of GeoJSON that it has to be. Raises Unfit for any other text."""
    try:
        found = json.loads(text, parse_float=Digits, parse_int=Digits, parse_constant=_no_number)
    except (ValueError, RecursionError):   # the latter for thousands of brackets
        found = None
    if not isinstance(found, dict):
        raise Unfit("a cell of a column of shapes holds something else than an object of GeoJSON")
    return found


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is not in JSON")


def json_geometry(text: str) -> str:
    """A geometry object on one line, with its digits as they are. Raises Unfit for any other text."""
    json_object(text)
    return JSON_TOKENS.sub(r"\1", text) if any(map(str.isspace, text)) else text


def iso(text: str, kind: ColumnType, written: str | None) -> str:
    """A date or time in ISO form. What stands there in ISO form keeps its digits and its offset."""
    if written and kind in FORMATTED:
        value = parse(text, kind, written)
        if value is None:
            raise ValueError(f"{text!r} is not of the type {kind}")
        return value.isoformat()  # type: ignore[union-attr]  # the parsers of these types make dates and times
    return OFFSET_WITHOUT_COLON.sub(r"\1:\2", text.replace(" ", "T", 1)) if kind == "datetime" else text


def _boolean(text: str, _: ExportColumn) -> str:
    value = parse(text, "boolean")
    if value is None:
        raise ValueError(f"{text!r} is not true or false")
    return "true" if value else "false"


def _moment(text: str, column: ExportColumn) -> str:
    return quoted(iso(text, column.type, column.format))


def _number(text: str, _: ExportColumn) -> str:
    return json_number(text)


def _geometry(text: str, _: ExportColumn) -> str:
    return json_geometry(text)


ENCODERS: dict[ColumnType, Callable[[str, ExportColumn], str]] = {
    "integer": _number, "number": _number, "year": _number, "boolean": _boolean, "geometry": _geometry,
    "date": _moment, "datetime": _moment, "time": _moment,
}
