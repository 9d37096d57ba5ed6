"""The type of a column in the words of CSVW (Metadata Vocabulary for Tabular Data, 5.11.2 and 6.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.types import parse

Json = dict[str, object]
TYPES: Mapping[ColumnType, str] = {
    "string": "string", "integer": "integer", "number": "number", "boolean": "boolean", "date": "date",
    "datetime": "dateTime", "time": "time", "year": "gYear", "geometry": "string", "any": "string",
}
BOUNDED = ("integer", "number", "date")
BOOLEAN_FORMS = (("true", "false"), ("True", "False"), ("TRUE", "FALSE"), ("1", "0"))
MOST_ENUMERATED = 4_000           # characters of all codes together; more would be a pattern that no program likes
# Parts of strptime's formats as CSVW writes them. It knows no others, and those of days have to stand together in its order.
DAYS = ("%Y-%m-%d", "%Y%m%d", *(f"{first}{sign}{second}{sign}%Y" for sign in "-/." for first, second in
                                (("%d", "%m"), ("%m", "%d"))))
CLOCKS = {"%H:%M:%S": "HH:mm:ss", "%H:%M": "HH:mm", "%H%M%S": "HHmmss", "%H%M": "HHmm", "%T": "HH:mm:ss", "%R": "HH:mm"}
# One digit where a format may have one or two: texts of both are read then.
PARTS = {"%Y": "yyyy", "%m": "M", "%d": "d"}
UNSEPARATED = {"%Y%m%d": "yyyyMMdd", "%Y-%m-%d": "yyyy-MM-dd"}
TWO_DIGITS = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?|[0-9]{4,6}")
ISO_MOMENT = re.compile(r"[0-9-]{10}(?P<between>[T ])[0-9]{2}:[0-9]{2}(?P<seconds>:[0-9]{2})?(?:\.(?P<rest>[0-9]+))?"
                        r"(?P<zone>Z|[+-][0-9]{2}(?P<colon>:?)[0-9]{2})?")
ISO_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(?P<seconds>:[0-9]{2})?(?:\.(?P<rest>[0-9]+))?")
HAS_GROUP_NUMBER = re.compile(r"\\[1-9]|\(\?P")
SPECIAL = re.compile(r"[\\^$.|?*+()\[\]{}/]")


def datatype(kind: ColumnType, record: ColumnRecord, seen: Sequence[str]) -> Json:
    """The datatype of a column. `seen` are some of its values as they stand in the file, none of them empty.

    What CSVW has no words for, such as names of months, is a string there.
    """
    base, form = _written(kind, record, seen)
    known: Json = {"base": base, "format": form}
    if base == "string" and kind in ("string", "any"):
        known |= {"format": _pattern(record), "minLength": record.min_length, "maxLength": record.max_length}
    if kind in BOUNDED and not form and base != "string":
        known |= {"minimum": _bound(record.minimum, kind), "maximum": _bound(record.maximum, kind)}
    return {key: value for key, value in known.items() if value not in (None, "")}


def _written(kind: ColumnType, record: ColumnRecord, seen: Sequence[str]) -> tuple[str, str]:
    """The base type and how it is written; "" for the way that goes without saying."""
    base = TYPES[kind]
    if kind == "number" and record.type is None:
        return "decimal", ""          # found in the rows, so no number has an exponent, and no digit need be lost
    if kind == "boolean":
        return _boolean(seen)
    if kind not in ("date", "datetime", "time"):
        return base, ""
    if record.format and "%" in record.format:
        form = _declared(record.format, kind, seen)
        return (base, form) if form else ("string", "")
    if kind == "date":
        return base, ""
    moment = _moment(seen) if kind == "datetime" else _time(seen)
    return ("string", "") if moment is None else (base, moment)


def _boolean(seen: Sequence[str]) -> tuple[str, str]:
    words = set(seen)
    if words <= {"true", "false", "1", "0"}:
        return "boolean", ""
    form = next((pair for pair in BOOLEAN_FORMS if words <= set(pair)), None)
    return ("boolean", "|".join(form)) if form else ("string", "")


def _declared(written: str, kind: ColumnType, seen: Sequence[str]) -> str:
    """A format of strptime in the letters of UAX 35, as far as CSVW knows them; "" where it does not."""
    day, between, clock = written, "", ""
    if kind == "time":
        day, clock = "", written
    elif kind == "datetime":
        between = next((sign for sign in "T " if sign in written), "")
        day, _, clock = written.partition(between) if between else (written, "", "")
    if (day and day not in DAYS) or (kind != "date" and clock not in CLOCKS):
        return ""
    # strptime takes an hour of one digit, for which CSVW has no letter.
    if clock and not all(TWO_DIGITS.fullmatch(each.rpartition(between or " ")[2]) for each in seen):
        return ""
    return _day(day) + between + CLOCKS.get(clock, "")


def _day(written: str) -> str:
    return UNSEPARATED.get(written) or re.sub("%[Ymd]", lambda part: PARTS[part[0]], written)


def _moment(seen: Sequence[str]) -> str | None:
    """How dates with times are written, if all alike: "" for XML Schema's own way; None where CSVW cannot say it."""
    found = [match for each in seen if (match := ISO_MOMENT.fullmatch(each))]
    if len(found) < len(seen):
        return None
    ways = {(each["between"], bool(each["seconds"]), bool(each["zone"])) for each in found}
    if {between for between, _, _ in ways} <= {"T"} and all(seconds for _, seconds, _ in ways) and _has_colons(found):
        return ""
    if len(ways) > 1 or any(each["zone"] for each in found):
        return None
    between, seconds, _ = next(iter(ways))
    return f"yyyy-MM-dd{between}HH:mm" + (":ss" if seconds else "") + _fraction(found)


def _time(seen: Sequence[str]) -> str | None:
    found = [match for each in seen if (match := ISO_TIME.fullmatch(each))]
    ways = {bool(each["seconds"]) for each in found}
    if len(found) < len(seen) or len(ways) > 1:
        return None
    return "" if True in ways or not ways else "HH:mm"


def _has_colons(found: Sequence[re.Match[str]]) -> bool:
    return all(each["zone"] in (None, "Z") or each["colon"] for each in found)


def _fraction(found: Sequence[re.Match[str]]) -> str:
    digits = max((len(each["rest"] or "") for each in found), default=0)
    return f".{'S' * digits}" if digits else ""


def _pattern(record: ColumnRecord) -> str:
    """What every value has to look like. A list of codes, for which CSVW has no place of its own, is the choice of these."""
    if record.pattern:
        return "" if HAS_GROUP_NUMBER.search(record.pattern) else record.pattern
    codes = "|".join(SPECIAL.sub(r"\\\g<0>", code) for code in record.values)
    return codes if len(codes) <= MOST_ENUMERATED else ""


def _bound(limit: str | None, kind: ColumnType) -> str | None:
    value = None if limit is None else parse(limit, kind)
    return None if value is None else value.isoformat() if isinstance(value, date) else limit
