"""JSON as other systems answer it: values as text, lists and groups, with what had to be mended to read it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field

import orjson

from cityfolio.frozen import Frozen
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.given import MAX_DEPTH, Given
from cityfolio.migrate.yaml.text import carried

MAX_BYTES = 500_000_000


class Unreadable(Frozen):
    """Why a text could not be read."""

    why: str


@dataclass(slots=True)
class _Lost:
    """What could not be kept of a document, each kind with how often."""

    deep: int = 0
    controls: int = 0
    not_numbers: list[str] = field(default_factory=list)


def read_json(content: bytes, ledger: Ledger) -> Given | Unreadable:
    """A JSON document (RFC 8259) as values, or why it is none. Byte order marks, NaN and bare control characters are mended."""
    if len(content) > MAX_BYTES:
        return Unreadable(f"it has more than {MAX_BYTES:,} bytes")
    lost = _Lost()
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError:
        found = _read_leniently(content, lost)
        if isinstance(found, Unreadable):
            return found
        ledger.note("mended", "(file)", "JSON that is not written by its rules read all the same")
        value = found
    made = _given(value, 0, lost)
    for count, why in ((lost.deep, f"values nested more than {MAX_DEPTH} deep left out"),
                       (lost.controls, "control characters removed"),
                       (len(lost.not_numbers), "NaN and infinite numbers left out")):
        if count:
            ledger.note("mended", "(file)" if count == 1 else f"(file), in {count:,} places", why)
    return made


def given_of(value: object) -> Given:
    """A JSON value as text, lists and groups; numbers as they are written, true and false as these words."""
    return value if isinstance(value, str) and value.isascii() and value.isprintable() else _given(value, 0, _Lost())


def unpacked(text: str) -> Given:
    """JSON that is kept in a text as a value; the text itself where it is none."""
    try:
        return given_of(json.loads(text))
    except (ValueError, RecursionError):
        return text


def _read_leniently(content: bytes, lost: _Lost) -> object | Unreadable:
    text = _decoded(content)

    def not_a_number(word: str) -> None:
        lost.not_numbers.append(word)

    try:
        return _loads(text, not_a_number)
    except RecursionError:
        return Unreadable("its values are nested too deeply")
    except ValueError as error:
        where = f", line {error.lineno} column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        says = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        return Unreadable(f"it is not JSON: {says}{where}")


def _loads(text: str, not_a_number: Callable[[str], None]) -> object:
    found: object = json.loads(text, strict=False, parse_constant=not_a_number)
    return found


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _given(value: object, depth: int, lost: _Lost) -> Given:
    if isinstance(value, str):
        text = carried(value)
        lost.controls += text != value
        return text
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        return _number(value, lost)
    if depth > MAX_DEPTH:
        lost.deep += 1
        return None
    if isinstance(value, dict):
        return {carried(str(key)): _given(each, depth + 1, lost) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_given(each, depth + 1, lost) for each in value]
    return carried(str(value))


def _number(value: float, lost: _Lost) -> str | None:
    if isinstance(value, float) and not math.isfinite(value):
        lost.not_numbers.append(str(value))
        return None
    try:
        return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)
    except ValueError:   # Python writes no whole number of more than 4,300 digits
        lost.not_numbers.append("a number of thousands of digits")
        return None
