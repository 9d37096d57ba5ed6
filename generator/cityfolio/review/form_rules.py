"""What a form needs to know of the catalog's files: every key with its kind, and the rules by which values are judged.

Drawn from the same declarations as the loader (`model/keys.py`), as one value that JSON can hold. The theme's
`assets/js/edit/rules.js` judges a text by it, code by code and word by word as loading and checking do; `review/form_known.py`
says what else it is told of a catalog.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from cityfolio.check.metadata import DATED, ORDERED, TEXTUAL
from cityfolio.codes import CODES
from cityfolio.load.fields import kind_of_file, who_requires
from cityfolio.load.licenses import BUILT_IN
from cityfolio.load.rooms import ALONE, FOLDERS, ROOMS, TEXTS
from cityfolio.model import keys
from cityfolio.model.formats import BY_ENDING
from cityfolio.model.frequency import WORDS
from cityfolio.model.keys import Kind, keys_of
from cityfolio.model.records import DatasetRecord
from cityfolio.model.standards import About, requirement
from cityfolio.tables.copies import can_be_copied
from cityfolio.tables.readers import is_table

Json = dict[str, Any]  # Any: JSON

# What standards require of a dataset, as rules of the form say it.
REQUIRED: tuple[tuple[About, str], ...] = (
    ("dataset", "publisher"), ("dataset", "description"), ("dataset", "contact"), ("dataset", "keywords"),
    ("dataset", "modified"), ("contact", "name"), ("contact", "email"),
)


def form_rules(records: Iterable[type] = (DatasetRecord,)) -> Json:
    """The keys of some kinds of file with all groups inside them, and the lists by which their values are judged."""
    groups: dict[type, Json] = {}
    for record in records:
        _describe(record, groups)
    names = {record.__name__ for record in groups}
    needs_zones = any(key["kind"]["is"] == "TimeZone" for group in groups.values() for key in group["keys"])
    return {
        "groups": {record.__name__: described for record, described in groups.items()},
        "files": {place: name for place, name in _files().items() if name in names},
        "codes": {code: each.severity for code, each in CODES.items()},
        "frequencies": dict(WORDS),
        "licenses": list(BUILT_IN),
        "formats": _formats(),
        "types": {"ordered": sorted(ORDERED), "textual": sorted(TEXTUAL), "dated": sorted(DATED)},
        "requires": {f"{about}.{fact}": requirement(about, fact) for about, fact in REQUIRED},
        "zones": sorted(available_timezones()) if needs_zones else [],
    }


def _files() -> dict[str, str]:
    """Which kind of file stands where: a path with `*` for the id, and the group that its keys are."""
    places = dict(ALONE)
    places |= {f"{room}/*/{name}": record for room, (name, record) in FOLDERS.items()}
    places |= {f"{room}/*.yaml": record for room, record in ROOMS.items()}
    places |= {f"{room}/*.md": record for room, record in TEXTS.items()}
    return {place: record.__name__ for place, record in places.items()}


def _formats() -> list[Json]:
    """Each format by its ending: its name, whether it can be read as a table, and whether columns can be left out of it."""
    return [{"ending": ending, "name": each.name, "is_table": is_table(each.name), "can_be_copied": can_be_copied(each.name)}
            for ending, each in BY_ENDING.items()]


def _describe(record: type, groups: dict[type, Json]) -> None:
    """Describe a group of keys, and every group that stands inside it."""
    if record in groups:
        return
    defaults = {each.name: _plain(each.default) for each in fields(record)}
    described: list[Json] = []
    groups[record] = {"called": kind_of_file(record), "doc": " ".join((record.__doc__ or "").split()), "keys": described}
    for name, key in keys_of(record).items():
        described.append({
            "name": name, "kind": kind_json(key.kind), "doc": key.doc, "example": key.example, "needed": key.needed,
            "code": key.code, "requires": who_requires(record, name), "default": defaults[name],
        })
        inner = key.kind
        while isinstance(inner, keys.ListOf | keys.MapOf):
            inner = inner.kind
        if isinstance(inner, keys.Record):
            _describe(inner.type, groups)


def kind_json(kind: Kind) -> Json:
    """A kind of value with its limits: {"is": "Text", "max_length": 200}. Lists and groups say what they hold."""
    told: Json = {"is": type(kind).__name__}
    for each in fields(kind):
        value = getattr(kind, each.name)
        if isinstance(value, type):
            told["group"] = value.__name__
        elif is_dataclass(value):
            told["of" if each.name == "kind" else each.name] = kind_json(value)  # type: ignore[arg-type]  # a kind
        else:
            told[each.name] = list(value) if isinstance(value, tuple) else value
    if isinstance(kind, keys.Number):
        told["limits"] = f"from {kind.least:g} to {kind.most:g}"
    return told


def _plain(default: Any) -> Any:  # Any: the default of a field, as JSON has it
    """The default of a key: a text, a number, true or false, a list. Groups have defaults of their own."""
    if default is MISSING or is_dataclass(default):
        return None
    if isinstance(default, tuple):
        return list(default)
    return str(default) if isinstance(default, Decimal) else default
