"""Files to copy without a column: JSON of any shape with numbers of any digits, maps, and Parquet of many types."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from cityfolio.files import MemoryTree
from cityfolio.model.records import ColumnRecord
from cityfolio.tables.copies import write_without
from cityfolio.tables.profile import profile_table
from cityfolio.tables.table import plain_name
from tables.making import SENSITIVE, a_job, in_bytes

MARK = "\ue000"                # around the digits of a number, so that it is never one of Python's
OWNER: Mapping[str, ColumnRecord] = {"owner": SENSITIVE}
SLIPS = ("owner", "Owner", " OWNER ", "own-er")


def copied(body: str | bytes, path: str, columns: Mapping[str, ColumnRecord] = OWNER, **entry: object) -> bytes:
    """The copy of a file without its sensitive columns."""
    job = a_job(path, columns, **entry)
    profile = profile_table(BytesIO(in_bytes(body)), job).profile
    assert profile is not None
    stream = BytesIO()
    write_without(MemoryTree({path: body}), job, profile, stream)
    return stream.getvalue()


# Any, here and below: a value of JSON may be of any kind.
def as_json(value: Any, indent: int | None = None) -> str:
    """JSON of a value in which numbers are marked texts."""
    return re.sub(r'"\\ue000([^\\"]*)\\ue000"', r"\1", json.dumps(value, indent=indent))


def exact(body: str | bytes) -> Any:
    """What JSON says: numbers as their digits, objects as pairs in their order."""
    return json.loads(body, parse_int=number, parse_float=number, object_pairs_hook=tuple)


def number(digits: str) -> str:
    """A number that keeps its digits."""
    return f"{MARK}{digits}{MARK}"


def is_no_owner(name: str) -> bool:
    """Whether a name is one that may be published, and that a column can have."""
    return bool(name.strip()) and plain_name(name) != "owner"


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters=MARK), max_size=8)
USUAL = st.sampled_from(("a", "b", "é", 'c"', "id", "type", "name", "bbox", "geometry", "properties"))
NAMES = st.one_of(USUAL, TEXTS).filter(is_no_owner)
NUMBERS = st.one_of(st.from_regex(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?", fullmatch=True),
                    st.sampled_from(("1.10", "-0", "0.0", "1E+5", "12345678901234567890"))).map(number)
PLAIN = st.one_of(st.none(), st.booleans(), TEXTS, NUMBERS)
VALUES = st.recursive(PLAIN, lambda inner: st.one_of(st.lists(inner, max_size=3),
                                                     st.dictionaries(NAMES, inner, max_size=3)), max_leaves=8)
RECORDS = st.dictionaries(NAMES, VALUES, max_size=4)
PLACES = st.lists(st.sampled_from(("-80.840", "35.22", "1e1", "-0")).map(number), min_size=2, max_size=3)
SHAPES = st.one_of(st.none(), PLACES.map(lambda place: {"type": "Point", "coordinates": place}),
                   PLACES.map(lambda place: {"coordinates": [place, place], "type": "LineString", "bbox": place * 2}))


@st.composite
def owned(draw: st.DrawFn, record: st.SearchStrategy[dict[str, Any]] = RECORDS) -> tuple[dict[str, Any], dict[str, Any]]:
    """A record with an owner somewhere among its names, or without, and the same record without."""
    rest = draw(record)
    items = list(rest.items())
    for slip in draw(st.lists(st.sampled_from(SLIPS), max_size=2, unique=True)):
        items.insert(draw(st.integers(0, len(items))), (slip, draw(VALUES)))
    return dict(items), rest


@st.composite
def features(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A feature of a person, and the same without: with an id, bounds and members of its own, or without, in any order."""
    whole, rest = draw(st.one_of(st.just((None, None)), owned()))
    own = draw(st.fixed_dictionaries({"type": st.just("Feature"), "geometry": SHAPES}, optional={
        "id": st.one_of(st.none(), TEXTS, NUMBERS), "bbox": PLACES, "seen": VALUES, "tippecanoe": VALUES}))
    order = draw(st.permutations([*own, "properties"]))
    return ({name: whole if name == "properties" else own[name] for name in order},
            {name: rest if name == "properties" else own[name] for name in order})


# Types that Parquet keeps, each with values of it.
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
TYPED: tuple[tuple[pa.DataType, st.SearchStrategy[Any]], ...] = (
    (pa.int8(), st.integers(-128, 127)), (pa.uint64(), st.integers(0, 2**64 - 1)), (pa.int64(), st.integers(-2**63, 2**63 - 1)),
    (pa.float32(), st.floats(width=32, allow_nan=False)), (pa.float64(), st.floats(allow_nan=False)),
    (pa.decimal128(12, 3), st.integers(-10**9, 10**9).map(lambda units: Decimal(units).scaleb(-3))),
    (pa.string(), TEXTS), (pa.large_string(), TEXTS), (pa.dictionary(pa.int32(), pa.string()), TEXTS),
    (pa.bool_(), st.booleans()),
    (pa.date32(), st.dates(date(1900, 1, 1))), (pa.time64("us"), st.times()), (pa.time32("ms"), st.just(time(14, 5))),
    (pa.timestamp("ms"), st.just(datetime(2026, 6, 30, 14, 5))),  # noqa: DTZ001
    (pa.timestamp("us", "America/New_York"), MOMENTS), (pa.timestamp("us", "UTC"), MOMENTS), (pa.null(), st.none()),
    (pa.list_(pa.int16()), st.lists(st.integers(-9, 9), max_size=3)),
    (pa.large_list(pa.string()), st.lists(TEXTS, max_size=2)),
    (pa.list_(pa.bool_(), 2), st.lists(st.booleans(), min_size=2, max_size=2)),
    (pa.struct({"a": pa.int8(), "b": pa.list_(pa.string())}),
     st.fixed_dictionaries({"a": st.integers(0, 9), "b": st.lists(TEXTS, max_size=2)})),
    (pa.map_(pa.string(), pa.int32()), st.dictionaries(st.sampled_from(("x", "y")), st.integers(0, 9)).map(
        lambda each: [*each.items()])),
)


@st.composite
def arrow_tables(draw: st.DrawFn) -> pa.Table:
    """A table of columns of any types, among them that of the owners."""
    names = draw(st.lists(TEXTS.filter(is_no_owner).filter(lambda name: "\0" not in name), min_size=1, max_size=4, unique=True))
    rows = draw(st.integers(0, 5))
    arrays, fields = [], []
    for name in draw(st.permutations([*names, draw(st.sampled_from(SLIPS))])):
        kind, values = draw(st.sampled_from(TYPED))
        cells = draw(st.lists(st.one_of(st.none(), values), min_size=rows, max_size=rows))
        arrays.append(pa.array(cells, kind))
        fields.append(pa.field(name, kind))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def in_parquet(table: pa.Table, **options: Any) -> bytes:
    """A table as Parquet."""
    body = BytesIO()
    pq.write_table(table, body, **options)
    return body.getvalue()
