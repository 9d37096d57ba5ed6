"""Parquet without some columns: the other columns with the types and values of the source, and no words about those left out.

What programs write about a file beside its columns, such as the list of columns that pandas keeps, is not copied: it may name
a column that is left out, or hold its values. What GeoParquet says of shapes that are kept is copied, since maps need it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

import pyarrow.parquet as pq

from cityfolio.arrow_alone import pa
from cityfolio.tables.exports.named import Hidden
from cityfolio.tables.exports.parquet import COMPRESSION
from cityfolio.tables.exports.schema import Unfit
from cityfolio.tables.readers.parquet import batches, opened
from cityfolio.tables.table import TableJob

# What a type needs in order to be itself; any other words about a column are left behind.
OF_TYPES = (b"PARQUET:field_id", b"ARROW:extension:name", b"ARROW:extension:metadata")
GEO = b"geo"
OF_SHAPES = ("encoding", "geometry_types", "crs", "orientation", "edges", "bbox", "epoch", "covering")


def write_parquet_copy(source: BinaryIO, job: TableJob, left_out: Collection[str], stream: BinaryIO) -> None:
    """Copy columns as they are. Raises Unfit where a sensitive name stands inside of another column, too."""
    file, hidden = opened(source, job), Hidden.of(job)
    schema = file.schema_arrow
    kept = [name for name in schema.names if name not in left_out]
    for name in kept:
        _refuse_fields(schema.field(name).type, hidden, f"column `{name[:80]}`")
    written = pa.schema([_bare(schema.field(name)) for name in kept], _about(schema, left_out))
    with pq.ParquetWriter(stream, written, compression=COMPRESSION, write_statistics=True, write_page_index=True) as writer:
        for batch in batches(file, job, kept) if kept else ():
            # Asked for a column `owner.name`, Arrow also reads the `name` in records of a column `owner`.
            columns = batch.select(kept)
            for name in kept:
                _refuse_keys(columns.column(name), hidden, f"column `{name[:80]}`")
            writer.write_batch(columns)


# Any, here and below: fields, types and arrays of whatever kind, of which pyarrow's own types say no more.
def _bare(field: Any) -> Any:
    """A field without words about it, and so are those inside of it."""
    kept = {key: value for key, value in (field.metadata or {}).items() if key in OF_TYPES}
    return pa.field(field.name, _bare_type(field.type), field.nullable, kept or None)


def _bare_type(kind: Any) -> Any:
    types = pa.types
    if types.is_struct(kind):
        return pa.struct([_bare(field) for field in _fields(kind)])
    if types.is_map(kind):
        return pa.map_(_bare(kind.key_field), _bare(kind.item_field), kind.keys_sorted)
    if types.is_list(kind):
        return pa.list_(_bare(kind.value_field))
    if types.is_large_list(kind):
        return pa.large_list(_bare(kind.value_field))
    return pa.list_(_bare(kind.value_field), kind.list_size) if types.is_fixed_size_list(kind) else kind


def _fields(kind: Any) -> Iterator[Any]:
    return (kind.field(number) for number in range(kind.num_fields)) if pa.types.is_nested(kind) else iter(())


def _refuse_fields(kind: Any, hidden: Hidden, where: str) -> None:
    """Refuse a record that has a hidden name in it. Lists and maps give names to their parts that mean nothing."""
    for field in _fields(kind):
        if pa.types.is_struct(kind):
            hidden.refuse(field.name, where)
        _refuse_fields(field.type, hidden, where)


def _refuse_keys(array: Any, hidden: Hidden, where: str) -> None:
    """Refuse a map that has a hidden name among its keys, which stand in the rows."""
    kind = array.type
    if pa.types.is_map(kind):
        for key in array.keys.unique().to_pylist() if pa.types.is_string(kind.key_type) else ():
            hidden.refuse(key, where)
        _refuse_keys(array.items, hidden, where)
    elif pa.types.is_struct(kind):
        for number in range(kind.num_fields):
            _refuse_keys(array.field(number), hidden, where)
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        _refuse_keys(array.values, hidden, where)


def _about(schema: pa.Schema, left_out: Collection[str]) -> dict[bytes | str, bytes | str]:
    """What GeoParquet says of the shapes that are kept. It was sound when the file was read."""
    said = (schema.metadata or {}).get(GEO)
    if said is None:
        return {}
    geo = json.loads(said)
    columns = {name: _shapes(about, left_out) for name, about in geo["columns"].items()
               if name in schema.names and name not in left_out}
    for name, about in geo["columns"].items():
        if name in left_out:
            _refuse_bounds(name, about, schema.names, left_out)
    if not columns:
        return {}
    primary = geo.get("primary_column")
    kept = {"version": geo.get("version", "1.1.0"), "primary_column": primary if primary in columns else next(iter(columns)),
            "columns": columns}
    return {GEO: json.dumps(kept, ensure_ascii=False).encode()}


def _shapes(about: Mapping[str, Any], left_out: Collection[str]) -> dict[str, Any]:
    """What the standard knows to say of shapes, but for the bounds of each where they are left out."""
    kept = {key: about[key] for key in OF_SHAPES if key in about}
    if _bounds(about) & set(left_out):
        del kept["covering"]
    return kept


def _bounds(about: Any) -> set[str]:
    """The columns that hold the bounds of each shape."""
    covering = about.get("covering") if isinstance(about, dict) else None
    paths = [path for each in covering.values() if isinstance(each, dict) for path in each.values()] \
        if isinstance(covering, dict) else []
    return {path[0] for path in paths if isinstance(path, list) and path and isinstance(path[0], str)}


def _refuse_bounds(name: str, about: Any, names: Collection[str], left_out: Collection[str]) -> None:
    """Refuse to publish the bounds of shapes that are not to be published."""
    for each in sorted(_bounds(about)):
        if each in names and each not in left_out:
            raise Unfit(f"column `{each[:80]}` holds the bounds of the shapes in `{name[:80]}`, which is sensitive",
                        f"Mark `{each[:80]}` as `sensitive` too.")
