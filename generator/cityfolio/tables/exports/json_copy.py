"""JSON, JSON Lines and GeoJSON without some keys: everything else as it stands in the source, to the last digit.

A file is gone through once and written as it is read, so one of any length takes little memory. Spaces and the ways of writing
a letter are not kept; order, nesting, numbers, nulls, and keys that a record lacks are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from cityfolio.tables.exports.named import Hidden
from cityfolio.tables.readers.json_columns import compact
from cityfolio.tables.readers.json_parts import items, members_of, objects, refuse_rest
from cityfolio.tables.readers.json_stream import JsonText
from cityfolio.tables.table import TableJob

BESIDE = "what stands beside the records"
# Names that GeoJSON gives a meaning to, though a city may give them to columns as well.
OF_SHAPES = frozenset(("type", "coordinates", "geometries", "bbox"))
OF_SYSTEMS = frozenset(("type", "properties", "name"))
# Any, here and below: a value of JSON may be of any kind.
Kept = Callable[[dict[str, Any], int], Mapping[str, Any]]


def write_json_copy(source: BinaryIO, job: TableJob, stream: BinaryIO) -> None:
    """Copy a list of records, or an object that holds one. Raises Unfit where a sensitive name stands elsewhere, too."""
    text, hidden = JsonText(source, job), Hidden.of(job)
    if text.space() == "[":
        text.at += 1
        stream.writelines(_list(_records(objects(text), hidden)))
    else:
        stream.writelines(_object(_members(text, hidden)))
    refuse_rest(text, "Write a single list.")
    stream.write(b"\n")


def write_lines_copy(source: BinaryIO, job: TableJob, stream: BinaryIO) -> None:
    """Copy a file with a record on each line."""
    text, hidden = JsonText(source, job), Hidden.of(job)
    stream.writelines(record.encode() + b"\n" for record in _records(_lines(text), hidden))


def write_geojson_copy(source: BinaryIO, job: TableJob, stream: BinaryIO, *, hides_shapes: bool) -> None:
    """Copy a collection of features; without their shapes, and whatever bounds them, where these are sensitive."""
    text, hidden = JsonText(source, job), Hidden.of(job)
    if hides_shapes:
        hidden = hidden.and_("bbox")
    text.space()
    stream.writelines(_object(_collection(text, hidden, hides_shapes)))
    refuse_rest(text, "Write a single collection.")
    stream.write(b"\n")


def _members(text: JsonText, hidden: Hidden) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The members of an object that holds the records: these, and what describes them."""
    for name in members_of(text):
        hidden.refuse(name, BESIDE)
        yield name, _member(text, hidden)


def _member(text: JsonText, hidden: Hidden) -> Iterator[bytes]:
    if text.space() != "[":
        value = text.value()
        hidden.refuse_described(value, BESIDE)
        yield compact(value).encode()
        return
    text.at += 1
    are_records = text.space() == "{"
    yield from _list(_records(objects(text), hidden) if are_records else _described(items(text), hidden))


def _described(values: Iterable[Any], hidden: Hidden) -> Iterator[str]:
    for value in values:
        hidden.refuse_described([value], BESIDE)
        yield compact(value)


def _records(records: Iterable[dict[str, Any]], hidden: Hidden) -> Iterator[str]:
    for number, record in enumerate(records, start=1):
        kept = hidden.kept(record)
        _refuse_nested(kept, hidden, f"a value of record {number:,}")
        yield compact(kept)


def _refuse_nested(record: Mapping[str, Any], hidden: Hidden, where: str) -> None:
    for value in record.values():
        if isinstance(value, (dict, list)):
            hidden.refuse_in(value, where)


def _lines(text: JsonText) -> Iterator[dict[str, Any]]:
    while text.space():
        yield text.value()


def _collection(text: JsonText, hidden: Hidden, hides_shapes: bool) -> Iterator[tuple[str, Iterable[bytes]]]:
    for name in members_of(text):
        if name == "features":
            text.space()
            text.at += 1
            yield name, _list(_features(objects(text), hidden, hides_shapes))
            continue
        value = text.value()
        # Programs write the name of a layer under `name`, which is no column, whatever else is called so.
        if (name == "bbox" and hides_shapes) or (name == "name" and isinstance(value, str) and hidden.has(name)):
            continue
        _refuse_beside_features(name, value, hidden)
        yield name, (compact(value).encode(),)


def _refuse_beside_features(name: str, value: Any, hidden: Hidden) -> None:
    if name == "crs":
        hidden.refuse_in(value, BESIDE, OF_SYSTEMS)
    elif name not in ("type", "bbox"):
        hidden.refuse(name, BESIDE)
        hidden.refuse_described(value, BESIDE)


def _features(features: Iterable[dict[str, Any]], hidden: Hidden, hides_shapes: bool) -> Iterator[str]:
    for number, feature in enumerate(features, start=1):
        yield compact(dict(_feature(feature, hidden, hides_shapes, f"feature {number:,}")))


def _feature(feature: dict[str, Any], hidden: Hidden, hides_shapes: bool, where: str) -> Iterator[tuple[str, Any]]:
    for name, value in feature.items():
        if name == "properties":
            kept = value and hidden.kept(value)
            _refuse_nested(kept or {}, hidden, where)
            yield name, kept
        elif name == "geometry":
            hidden.refuse_in(None if hides_shapes else value, where, OF_SHAPES)
            yield name, None if hides_shapes else value
        elif name in ("type", "bbox"):
            if name == "type" or not hides_shapes:
                yield name, value
        elif name != "id":
            hidden.refuse(name, where)
            hidden.refuse_in(value, where)
            yield name, value
        elif not hidden.has(name):
            yield name, value


def _object(members: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """An object, a member a line. Each value is written before the next name is asked for, since both are read as they come."""
    before = b"{\n"
    for name, pieces in members:
        yield before + compact(name).encode() + b":"
        yield from pieces
        before = b",\n"
    yield b"\n}" if before == b",\n" else b"{}"


def _list(values: Iterable[str]) -> Iterator[bytes]:
    """A list, a value a line."""
    before = "[\n"
    for value in values:
        yield (before + value).encode()
        before = ",\n"
    yield b"\n]" if before == ",\n" else b"[]"
