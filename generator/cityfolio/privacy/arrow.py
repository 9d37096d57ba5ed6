"""Arrow's arrays to NumPy's and back by their buffers: Arrow's own ways have pandas imported, which takes a quarter second."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from cityfolio.arrow_alone import pa

# Any, in all of these: arrays of whichever Arrow type.


def texts_of(values: Sequence[str | None]) -> pa.Array[Any]:
    """Texts and nulls as a large string array."""
    encoded = [b"" if value is None else value.encode("utf-8", "replace") for value in values]
    ends = np.fromiter(accumulate(map(len, encoded), initial=0), dtype=np.int64, count=len(encoded) + 1)
    there = np.packbits(np.fromiter((value is not None for value in values), dtype=bool, count=len(encoded)), bitorder="little")
    buffers: list[pa.Buffer | None] = [pa.py_buffer(there.tobytes()), pa.py_buffer(ends.data), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.large_string(), len(encoded), buffers)


def numbers_of(values: pa.Array[Any], nothing: int = -1) -> npt.NDArray[np.int64]:
    """Whole numbers of any width, with `nothing` for nulls."""
    found = _plain(values.cast(pa.int64()), np.dtype(np.int64)).copy()
    if values.null_count:
        found[~flags_of(pc.is_valid(values))] = nothing
    return found


def flags_of(values: pa.Array[Any]) -> npt.NDArray[np.bool_]:
    """True and false; a null is false."""
    found = _plain(values.cast(pa.uint8()), np.dtype(np.uint8)).astype(bool)
    return found & flags_of(pc.is_valid(values)) if values.null_count else found


def taken(values: pa.Array[Any], which: npt.NDArray[np.int64]) -> pa.Array[Any]:
    """Some of the values, by their places."""
    places = np.ascontiguousarray(which, dtype=np.int64)
    return values.take(pa.Array.from_buffers(pa.int64(), len(places), [None, pa.py_buffer(places.data)]))


def _plain(values: pa.Array[Any], kind: np.dtype[Any]) -> npt.NDArray[Any]:
    """The numbers themselves, whatever lies below a null."""
    body = values.buffers()[1]
    if body is None or not len(values):
        return np.zeros(len(values), dtype=kind)
    return np.frombuffer(memoryview(body), dtype=kind)[values.offset:values.offset + len(values)]
