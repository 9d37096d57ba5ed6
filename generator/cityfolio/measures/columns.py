"""The columns that measures read, each of all rows as one array of whole numbers: a text is a number too, its place in a list.

Numbers stand at themselves times ten to the power of the column's decimals, days at their number since 0001-01-01, moments and
times of the day at their microsecond by the clock as written, as in `tables.scales`. Nothing is a binary float.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias, cast

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from cityfolio.arrow_alone import pa
from cityfolio.frozen import Frozen, field
from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.columns import settled
from cityfolio.tables.exports.forms import without_empty
from cityfolio.tables.exports.schema import ExportColumn
from cityfolio.tables.large.placing import Unplaceable, placed
from cityfolio.tables.scales import Positions, positions
from cityfolio.tables.table import Cell, Portion
from cityfolio.tables.types import found_type, parse

Ints: TypeAlias = NDArray[Any]    # of int64; of Python's own whole numbers where 64 bits are too few
Truths: TypeAlias = NDArray[np.bool_]
TEXTS: tuple[ColumnType, ...] = ("string", "any", "geometry")
NO_OFFSET = np.iinfo(np.int32).min
OFFSET = re.compile(r"([+-])([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
OFFSET_LENGTH = 6                 # of "-05:00"
MOST = 1 << 62                    # what is larger is kept as Python's whole numbers, so that a sum of two never overflows


class Held(Frozen, kw_only=True):
    """One column of all rows."""

    column: ExportColumn
    at: Ints                      # of a text its place in `texts`; meaningless where the value is missing
    missing: Truths
    decimals: int = 0
    texts: tuple[str, ...] = ()
    offsets: NDArray[np.int32] | None = None   # of moments: seconds east of UTC, or NO_OFFSET; None: no moment has one
    wrong: int = 0                # cells that are not of the type, which count as missing; none in a file that was checked

    @property
    def is_text(self) -> bool:
        """Whether its values are texts."""
        return self.column.type in TEXTS


class Columns(Frozen, kw_only=True):
    """The columns of a file by name, and how many rows it has."""

    rows: int
    by_name: Mapping[str, Held] = field(default_factory=dict)


class Wanted(Frozen, kw_only=True):
    """A column to be read. Without a type it is of the one that its cells agree on."""

    name: str
    number: int                   # its place in the file
    type: ColumnType | None
    record: ColumnRecord


def held(portions: Iterable[Portion], wanted: Sequence[Wanted], empty: frozenset[Cell]) -> Columns:
    """Read some columns of a table; what stands for "no value" is missing, and so is an empty text."""
    gathered = [_gather(each) for each in wanted]
    rows, without = 0, empty | {""}
    for portion in portions:
        rows += portion.rows
        for column in gathered:
            column.add(without_empty(portion.array(column.wanted.number), without))
    return Columns(rows=rows, by_name={each.wanted.name: each.held() for each in gathered})


def _gather(wanted: Wanted) -> _Texts | _Numbers:
    return _Texts(wanted) if wanted.type is None or wanted.type in TEXTS else _Numbers(wanted)


class _Texts:
    """A column of texts on its way: each text once, and which one each row has."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.codes: dict[str, int] = {}
        self.parts: list[NDArray[np.int32]] = []

    def add(self, texts: pa.StringArray) -> None:
        encoded = texts.dictionary_encode()
        different = cast("list[str]", encoded.dictionary.to_pylist())
        codes = self.codes
        number = np.fromiter((codes.setdefault(text, len(codes)) for text in different), np.int32, len(different))
        indices = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        self.parts.append(np.append(number, np.int32(-1))[indices])   # -1 is the last: no value

    def held(self) -> Held:
        codes = np.concatenate(self.parts) if self.parts else np.zeros(0, np.int32)
        kind = self.wanted.type or settled(found_type(self.codes), self.wanted.record)
        column = ExportColumn(name=self.wanted.name, type=kind, record=self.wanted.record)
        missing, texts = codes < 0, tuple(self.codes)
        if kind in TEXTS:
            return Held(column=column, at=np.maximum(codes, 0), missing=missing, texts=texts)
        gathered = _Numbers(Wanted(name=self.wanted.name, number=0, type=kind, record=self.wanted.record))
        gathered.add(pa.array(texts, pa.string()))
        of_texts = gathered.held()
        if not texts:
            return Held(column=column, at=np.zeros(len(codes), np.int64), missing=missing)
        wrong = int(np.count_nonzero(of_texts.missing[codes] & ~missing))
        return Held(column=column, at=of_texts.at[codes], missing=missing | of_texts.missing[codes], decimals=of_texts.decimals,
                    offsets=None if of_texts.offsets is None else of_texts.offsets[codes], wrong=wrong)


class _Part(Frozen):
    """The values of a portion, those that are missing left out."""

    at: Ints
    decimals: int = 0
    offsets: NDArray[np.int32] | None = None
    right: Truths | None = None


class _Numbers:
    """A column of any other type on its way."""

    def __init__(self, wanted: Wanted) -> None:
        assert wanted.type is not None
        self.wanted = wanted
        self.column = ExportColumn(name=wanted.name, type=wanted.type, record=wanted.record)
        self.parts: list[_Part] = []
        self.missing: list[Truths] = []
        self.wrong = 0

    def add(self, texts: pa.StringArray) -> None:
        missing = texts.is_null().to_numpy(zero_copy_only=False)
        filled = texts.drop_null() if texts.null_count else texts
        part = _placed(filled, self.column) if len(filled) else _Part(np.zeros(0, np.int64))
        if part.right is not None:
            missing = missing.copy()
            missing[np.flatnonzero(~missing)[~part.right]] = True
            self.wrong += int(np.count_nonzero(~part.right))
        self.parts.append(part)
        self.missing.append(missing)

    def held(self) -> Held:
        missing = np.concatenate(self.missing) if self.missing else np.zeros(0, np.bool_)
        decimals = max((part.decimals for part in self.parts), default=0)
        found = [_scaled(part.at, decimals - part.decimals) for part in self.parts]
        kind = np.object_ if any(each.dtype == np.object_ for each in found) else np.int64
        filled = np.concatenate(found) if found else np.zeros(0, np.int64)
        # What is missing stands at some value that occurs, so that no array made of it is larger for it.
        at = np.full(len(missing), filled[0] if len(filled) else 0, kind)
        at[~missing] = filled
        return Held(column=self.column, at=at, missing=missing, decimals=decimals, offsets=self.offsets(missing),
                    wrong=self.wrong)

    def offsets(self, missing: Truths) -> NDArray[np.int32] | None:
        if all(part.offsets is None for part in self.parts):
            return None
        offsets = np.full(len(missing), NO_OFFSET, np.int32)
        offsets[~missing] = np.concatenate([np.full(len(part.at), NO_OFFSET, np.int32) if part.offsets is None else part.offsets
                                            for part in self.parts])
        return offsets


def _scaled(at: Ints, decimals: int) -> Ints:
    """Places on a line with more decimals."""
    if not decimals or not len(at):
        return at
    unit = 10**decimals
    scaled: Ints = (at if fits(at, unit) else at.astype(np.object_)) * unit
    return scaled


def fits(at: Ints, unit: int = 1) -> bool:
    """Whether numbers times a unit still fit into 64 bits, with room for a sum of two."""
    if at.dtype == np.object_:
        return False
    # The unit has to fit too, even where there is nothing but zeros that it is multiplied with.
    most = max(abs(int(at.max())), abs(int(at.min())), 1) if len(at) else 1
    return most * abs(unit) < MOST


def _placed(texts: pa.StringArray, column: ExportColumn) -> _Part:
    if column.type == "datetime" and column.format is None:
        return _moments(texts) or _one_by_one(texts, column)
    try:
        found = placed(texts, column.type, column.format)
    except Unplaceable:
        return _one_by_one(texts, column)
    if found.suffix:
        return _one_by_one(texts, column)   # only a format of its own can have led to an offset here
    return _Part(found.at if fits(found.at) else found.at.astype(np.object_), found.decimals, right=found.right)


def _moments(texts: pa.StringArray) -> _Part | None:
    """Moments that all have no offset, or all one; None where they have to be looked at one by one."""
    ends = pc.utf8_slice_codeunits(texts, -OFFSET_LENGTH).dictionary_encode()
    offsets = [_seconds(text) for text in cast("list[str]", ends.dictionary.to_pylist())]
    if None not in offsets:
        seconds = np.array(offsets, np.int32)[ends.indices.to_numpy()]
        texts = pc.utf8_slice_codeunits(texts, 0, -OFFSET_LENGTH)
    try:
        found = placed(texts, "datetime", None)
    except Unplaceable:
        return None
    if found.right is not None or found.suffix not in ("", "Z"):
        return None
    if None not in offsets:
        return None if found.suffix else _Part(found.at, offsets=seconds)
    return _Part(found.at, offsets=np.zeros(len(found.at), np.int32) if found.suffix else None)


def _seconds(text: str) -> int | None:
    match = OFFSET.fullmatch(text)
    if match is None:
        return None
    seconds = int(match[2]) * 3_600 + int(match[3]) * 60
    return -seconds if match[1] == "-" else seconds


def _one_by_one(texts: pa.StringArray, column: ExportColumn) -> _Part:
    """Every different text read by Python, which knows all spellings and numbers of any size."""
    encoded = texts.dictionary_encode()
    different = cast("list[str]", encoded.dictionary.to_pylist())
    indices = encoded.indices.to_numpy()
    found = positions(different, column.type, column.format)
    assert found is not None   # only types with a scale come here
    places = found.clock
    right = np.fromiter((text in places for text in different), np.bool_, len(different))
    at = _whole([places.get(text, 0) for text in different])
    offsets = np.fromiter(_offsets(different, column, found), np.int32, len(different)) if column.type == "datetime" else None
    chosen = right[indices]
    return _Part(at[indices][chosen], found.scale.decimals, None if offsets is None else offsets[indices][chosen],
                 None if right.all() else chosen)


def _whole(numbers: list[int]) -> Ints:
    if all(-MOST < number < MOST for number in numbers):
        return np.array(numbers, np.int64)
    return np.array(numbers, np.object_)


def _offsets(texts: Sequence[str], column: ExportColumn, found: Positions) -> Iterator[int]:
    moments = found.moments
    for text in texts:
        value = moments.get(text) if moments is not None else _parsed(text, column)
        offset = value.utcoffset() if value is not None else None
        yield NO_OFFSET if offset is None else round(offset.total_seconds())


def _parsed(text: str, column: ExportColumn) -> datetime | None:
    value = parse(text, column.type, column.format)
    return value if isinstance(value, datetime) else None
