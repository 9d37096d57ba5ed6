"""How Parquet stores a column, which is decided before a row is written, and by how all of its cells are written.

| the column's type | is stored as |
| --- | --- |
| `integer` | INT64 up to 18 characters; else a decimal of 38 or 76 digits; beyond that, text |
| `number` | a decimal of 18, 38 or 76 digits with as many places as the cell that has the most; beyond that, text |
| `year` | INT32 |
| `boolean`, `date`, `time` | BOOLEAN, DATE, TIME in microseconds |
| `datetime` without offsets | TIMESTAMP in microseconds, of the clock as written |
| `datetime`, all with one offset | TIMESTAMP in microseconds, of the moment; Arrow's readers see the offset again |
| `datetime` with several offsets, or with and without | text in ISO form, since a moment would forget its offset |
| `geometry` | WKB, as GeoParquet says |
| `string`, `any` | text |

Nothing is ever a binary float: `1e5` is 100000, and 0.1 is a tenth. Every cell counts, so the decision does not hang on the
order of the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from cityfolio.arrow_alone import pa
from cityfolio.frozen import replace
from cityfolio.model.records import ColumnType
from cityfolio.tables.exports.schema import ExportColumn, ExportTable, Form
from cityfolio.tables.table import Cell
from cityfolio.tables.types import NUMBER, parse

DIGITS_OF_INT64 = 18
DIGITS_OF_DECIMALS = (18, 38, 76)
LENGTHS_WITHOUT_OFFSET = {16, 19}            # of 2026-06-30T14:05 and 2026-06-30T14:05:00; with an offset none is as long
OFFSET = r"(?P<offset>(?:Z|[+-][0-9]{2}:?[0-9]{2})?)$"
NONE = pa.scalar(0, pa.int32())
ONE = pa.scalar(1, pa.int32())
NO_TEXT = pa.scalar(None, pa.string())

STORED: dict[ColumnType, pa.DataType] = {
    "year": pa.int32(), "boolean": pa.bool_(), "date": pa.date32(), "time": pa.time64("us"), "geometry": pa.binary(),
}


def stored_type(column: ExportColumn, form: Form) -> pa.DataType:
    """How a column is stored, all of whose cells have a form."""
    if column.type == "integer":
        return pa.int64() if form.digits <= DIGITS_OF_INT64 else _decimal(form)
    if column.type == "number":
        return _decimal(form)
    if column.type == "datetime":
        return _timestamp(form)
    return STORED.get(column.type, pa.string())


def form_of(texts: pa.StringArray, column: ExportColumn) -> Form:
    """The form of some cells of a column; those without a value are null."""
    look = LOOKS.get(column.type)
    return look(texts, column) if look and len(texts) > texts.null_count else Form()


def without_empty(texts: pa.StringArray, empty: Collection[Cell]) -> pa.StringArray:
    """The texts with null in place of what stands for "no value"."""
    words = [word for word in empty if word is not None]
    if not words or not len(texts):
        return texts
    # Nearly always the lengths tell that there is none, for a fraction of the price.
    sizes = lengths(texts)
    if not any(bool((sizes == size).any()) for size in {len(word.encode()) for word in words}):
        return texts
    meant = pc.is_in(texts, pa.array(sorted(words), pa.string()))
    return cast("pa.StringArray", pc.if_else(meant, NO_TEXT, texts))


def lengths(texts: pa.StringArray) -> npt.NDArray[Any]:   # Any: whole numbers of 32 or of 64 bits
    """How many bytes each text has; of a null whatever lies below it, which is nearly always none."""
    return np.diff(_ends(texts))


def _ends(texts: pa.StringArray) -> npt.NDArray[Any]:
    """Where the first text begins and each of them ends among their letters."""
    _, offsets, _ = texts.buffers()
    if offsets is None or not len(texts):
        return np.zeros(len(texts) + 1, dtype=np.int32)
    size = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    return np.frombuffer(memoryview(offsets), dtype=size)[texts.offset:texts.offset + len(texts) + 1]


def with_forms(table: ExportTable) -> tuple[ExportColumn, ...]:
    """The columns with the forms of all their cells, for which all rows are gone through where one is not known yet."""
    if all(column.form for column in table.columns):
        return table.columns
    forms = [Form()] * len(table.columns)
    for portion in table.anew():
        forms = [form if column.form else form.with_(form_of(without_empty(portion.array(number), table.empty), column))
                 for number, (form, column) in enumerate(zip(forms, table.columns, strict=True))]
    return tuple(replace(column, form=column.form or form) for column, form in zip(table.columns, forms, strict=True))


def distinct_texts(texts: pa.StringArray) -> list[str]:
    """Each text once. What Python has to look at, it looks at once."""
    return cast("list[str]", pc.unique(texts.drop_null()).to_pylist())


def has_sign(texts: pa.StringArray, signs: str) -> bool:
    """Whether a letter or mark stands anywhere in the texts."""
    _, _, letters = texts.buffers()
    if letters is None:
        return False
    # One after the other as they lie in memory: to look for a plain letter there costs a hundredth of a call of Arrow's.
    first, last = int((ends := _ends(texts))[0]), int(ends[-1])
    joined = letters.slice(first, last - first).to_pybytes()
    return any(sign.encode() in joined for sign in signs)


def _decimal(form: Form) -> pa.DataType:
    needed = form.digits + form.decimals
    most = next((most for most in DIGITS_OF_DECIMALS if needed <= most), None)
    if most is None:
        return pa.string()
    return pa.decimal256(most, form.decimals) if most > DIGITS_OF_DECIMALS[1] else pa.decimal128(most, form.decimals)


def _timestamp(form: Form) -> pa.DataType:
    if len(form.offsets) > 1:
        return pa.string()
    offset = next(iter(form.offsets), "")
    # Readers know this name better than an offset of nothing.
    return pa.timestamp("us", "UTC" if offset == "+00:00" else offset) if offset else pa.timestamp("us")


def _of_integers(texts: pa.StringArray, _: ExportColumn) -> Form:
    return Form(digits=_most(pc.binary_length(texts)))


def _of_numbers(texts: pa.StringArray, _: ExportColumn) -> Form:
    form = Form()
    if has_sign(texts, "eE"):
        has_power = pc.match_substring(texts, "e", ignore_case=True)
        for text in distinct_texts(texts.filter(has_power)):
            form = form.with_(_of_power(text))
        texts = texts.filter(pc.invert(has_power))
    lengths, points = pc.binary_length(texts), pc.find_substring(texts, ".")
    has_point = pc.greater_equal(points, NONE)
    decimals = pc.if_else(has_point, pc.subtract(pc.subtract(lengths, points), ONE), NONE)
    digits = pc.if_else(has_point, points, lengths)
    return form.with_(Form(digits=_most(digits), decimals=_most(decimals)))


def _of_power(text: str) -> Form:
    """The form of a number with an exponent, once it is written without."""
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is not a number")
    _, digits, power = Decimal(text).as_tuple()
    assert isinstance(power, int)   # it is a letter for infinities alone
    return Form(digits=max(0, len(digits) + power), decimals=max(0, -power))


def _of_moments(texts: pa.StringArray, column: ExportColumn) -> Form:
    if column.format:
        values = [parse(text, "datetime", column.format) for text in distinct_texts(texts)]
        return Form(offsets=frozenset(_offset(f"{value:%z}") for value in values))
    if set(pc.unique(pc.binary_length(texts.drop_null())).to_pylist()) <= LENGTHS_WITHOUT_OFFSET:
        return Form(offsets=frozenset(("",)))
    found = cast("pa.StringArray", pc.extract_regex(texts.drop_null(), OFFSET).field("offset"))
    return Form(offsets=frozenset(map(_offset, distinct_texts(found))))


def _offset(found: str) -> str:
    """An offset as `-04:00`. The letter Z and a minus before zeros say the same as +00:00."""
    if found in ("", "Z"):
        return "+00:00" if found else ""
    plain = found if ":" in found else f"{found[:3]}:{found[3:]}"
    return "+00:00" if plain == "-00:00" else plain


def _most(numbers: pa.Array[pa.Int32Scalar]) -> int:
    """The greatest number; -1 when there is none."""
    found = pc.max(numbers).as_py()
    return -1 if found is None else found


LOOKS: dict[ColumnType, Callable[[pa.StringArray, ExportColumn], Form]] = {
    "integer": _of_integers, "number": _of_numbers, "datetime": _of_moments,
}
