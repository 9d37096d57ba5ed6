"""Records of JSON: a list of objects, or an object a line (JSON Lines).

A file is gone through twice: for its columns, and for its rows. Neither time more than a few records are held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from cityfolio.frozen import Frozen
from cityfolio.tables.readers.json_beside import Beside
from cityfolio.tables.readers.json_columns import Columns, JsonColumn, Record, cells
from cityfolio.tables.readers.json_faults import Fault, Member
from cityfolio.tables.readers.json_parts import (
    LIST_OF_OBJECTS,
    START,
    items,
    members_of,
    objects,
    pass_over,
    refuse_rest,
    refuse_scalar,
    refused,
)
from cityfolio.tables.readers.json_stream import JsonText
from cityfolio.tables.table import LIMIT_COLUMNS, Place, Portion, Reading, Table, TableJob, Unreadable, in_portions

ONE_A_LINE = "Write each object on a line of its own, or declare `format: JSON` if the file is one list."


class Layout(Frozen, kw_only=True):
    """How records are found in a format, and how they make rows."""

    records: Callable[[JsonText], Iterator[Record]]
    columns: Callable[[Columns, TableJob], tuple[JsonColumn, ...]]
    member: Callable[[JsonText, str], Member | None]   # where a key's name and value stand in the record just read


def read_json(stream: BinaryIO, job: TableJob) -> Reading:
    """Open a file of JSON: a list of objects, or an object of which one member is such a list."""
    return reading_of(stream, job, Layout(records=_records, columns=_columns, member=_member))


def read_json_lines(stream: BinaryIO, job: TableJob) -> Reading:
    """Open a file with an object on each line."""
    return reading_of(stream, job, Layout(records=_lines, columns=_columns, member=_member))


class JsonSource(Frozen, kw_only=True):
    """A file of records, for tracing cells back to it. It is read again when it is asked."""

    stream: BinaryIO
    job: TableJob
    layout: Layout
    columns: tuple[JsonColumn, ...]

    def header(self) -> tuple[Place, ...]:
        """Where each name stands for the first time."""
        return tuple(column.place for column in self.columns)

    def cells(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Place]:
        """Where values stand, each given as record and column."""
        by_row: dict[int, list[int]] = {}
        for row, column in sorted(set(wanted)):
            by_row.setdefault(row, []).append(column)
        places: dict[tuple[int, int], Place] = {}
        text, last = JsonText(self.stream, self.job), max(by_row, default=-1)
        for row, _ in enumerate(self.layout.records(text)):
            places |= {(row, column): self._place(text, column) for column in by_row.get(row, ())}
            if row >= last:
                break
        return places

    def _place(self, text: JsonText, column: int) -> Place:
        member = self.layout.member(text, self.columns[column].key)
        # Where a record lacks the name, the record itself is what there is to see.
        return text.place(*member.value) if member else text.place(text.start)


def reading_of(stream: BinaryIO, job: TableJob, layout: Layout) -> Reading:
    """Go through a file for its columns, and open it for its rows."""
    found = Columns(job)
    try:
        text = JsonText(stream, job)
        for record in layout.records(text):
            _refuse_wide(record, text)
            found.add(record, lambda key: _name_place(text, layout, key))
        columns = layout.columns(found, job)
        if not columns:
            raise job.refusal(START, "table-shape", "the file holds no record with a name and a value, so it has no columns",
                              LIST_OF_OBJECTS)
    except Unreadable as refusal:
        return Reading(table=None, problems=refusal.problems)
    keys = [column.key for column in columns]
    table = Table(header=tuple(column.name for column in columns), kinds=tuple(column.kind for column in columns),
                  portions=_portions(stream, job, layout, keys),
                  source=JsonSource(stream=stream, job=job, layout=layout, columns=columns))
    return Reading(table=table)


def _refuse_wide(record: Record, text: JsonText) -> None:
    """Refuse a record with more names than a table may have columns, before each of them is looked for."""
    if len(record) > LIMIT_COLUMNS:
        raise text.job.refusal(text.place(text.start), "file-large", f"the record that begins here has {len(record):,} names, "
                               f"and a table can have {LIMIT_COLUMNS:,} columns",
                               "Turn columns into rows: one row for each thing and kind.")


def _portions(stream: BinaryIO, job: TableJob, layout: Layout, keys: list[str]) -> Iterator[Portion]:
    rows = (cells(record, keys) for record in layout.records(JsonText(stream, job)))
    yield from in_portions(rows, len(keys))


def _name_place(text: JsonText, layout: Layout, key: str) -> Place:
    member = layout.member(text, key)
    return text.place(*member.name) if member else text.place(text.start)


def _member(text: JsonText, key: str) -> Member | None:
    return text.members(text.start).get(key)


def _columns(found: Columns, _: TableJob) -> tuple[JsonColumn, ...]:
    return tuple(found.found)


def _records(text: JsonText) -> Iterator[Record]:
    opening = text.space()
    if opening == "[":
        text.at += 1
        yield from objects(text)
    elif opening == "{":
        yield from _of_one_member(text)
    else:
        raise refuse_scalar(text, opening)
    refuse_rest(text, "Write a single list; if each line is an object, declare `format: JSON Lines`.")


def _of_one_member(text: JsonText) -> Iterator[Record]:
    """The records of the only member that is a list of objects. What else there is describes the file, and is passed over."""
    beside = Beside(text)
    found = other = ""
    start = START
    for name in members_of(text):
        place = text.place(text.at)
        if text.space() != "[":
            _pass_member(name, text, beside)
            continue
        text.at += 1
        opening = text.space()
        if opening != "]" and (found or (other and opening == "{")):
            raise beside.which((found or other, name), place, are_objects=bool(found) and opening == "{")
        if opening != "{":
            other = name if opening != "]" else other
            pass_over(items(text))
            continue
        found, start = name, place
        for record in objects(text):
            if name == "features" and isinstance(record.get("attributes"), dict):
                raise beside.esri(place)
            beside.records += 1
            yield record
    if not found:
        raise text.job.refusal(START, "table-shape", "the file is one object, and none of its members is a list of objects",
                               LIST_OF_OBJECTS)
    beside.refuse_name(found, start)
    beside.refuse_fewer()


def _pass_member(name: str, text: JsonText, beside: Beside) -> None:
    value = text.value()
    if name == "type" and value == "FeatureCollection":
        raise text.job.refusal(START, "table-shape", "the file is GeoJSON", "Write `format: GeoJSON` in its entry.")
    beside.note(name, value)


def _lines(text: JsonText) -> Iterator[Record]:
    following, ends = text.space(), 0
    if not following:
        raise refuse_scalar(text, following)
    while following:
        if text.breaks > ends:
            raise text.refusal(Fault(text.at, text.at + 1, "a blank line stands above this line", "Remove it."))
        value = text.value()
        if not isinstance(value, dict):
            raise refused(text, "this line is not an object, so its values have no names", ONE_A_LINE)
        if text.text.find("\n", text.start, text.at) >= 0 or text.text.find("\r", text.start, text.at) >= 0:
            says = "the object that begins here goes on in the next line"
            raise text.refusal(Fault(text.start, text.start + 1, says, ONE_A_LINE))
        yield value
        following, ends = text.space(), 1
        if following and not text.breaks:
            raise text.refusal(Fault(text.at, text.at + 1, "something follows the object on its line", ONE_A_LINE))
