"""Columns of numbers that are kept from one build to the next, under a digest of what they were made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from cityfolio.cache import Keep, keeps_nothing
from cityfolio.search.occurrences import Ints, Numbers

__all__ = ["digest_of_words", "keep_columns", "kept_columns"]

DIGEST_BYTES = 32


def digest_of_words(*lists: Iterable[str]) -> bytes:
    """A digest of some lists of words, in which no line ends."""
    return sha256("\n\n".join("\n".join(each) for each in lists).encode("utf-8", "surrogatepass")).digest()


def kept_columns(cache: Keep, key: str, made_of: bytes) -> tuple[Any, list[Numbers]] | None:    # Any: what JSON can hold
    """What is kept under a key, a value and columns, if it was made of the same."""
    body = cache.get(key)
    if body is None or body[:DIGEST_BYTES] != made_of:
        return None
    end = body.index(b"\n", DIGEST_BYTES)
    head, sizes = orjson.loads(body[DIGEST_BYTES:end])
    at, columns = end + 1, []
    for size in sizes:
        columns.append(np.frombuffer(body, dtype="<i4", count=size, offset=at).astype(np.int64))
        at += 4 * size
    return head, columns


def keep_columns(cache: Keep, key: str, made_of: bytes, head: object, columns: Sequence[NDArray[np.int64] | Ints]) -> None:
    """Keep a value and columns of numbers below 2^31 in the place of what was kept under the key."""
    if keeps_nothing(cache):
        return
    heads = orjson.dumps([head, list(map(len, columns))])
    cache.put(key, b"".join((made_of, heads, b"\n", *(each.astype("<i4").tobytes() for each in columns))))
