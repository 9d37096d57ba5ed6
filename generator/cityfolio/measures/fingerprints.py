"""Sums over the rows of a period that are kept when it is closed, and that tell later which row is not as it was.

Each row has a key k and a hash h of its cells, both numbers modulo the prime p = 2^61 - 1. The rows are put into 8 buckets by
their key, and of each bucket are kept: the sum of h, the sum of k*h, and the sum of h^2. When one row of a bucket changed from
h to h', the three sums changed by h'-h, k*(h'-h) and h'^2-h^2. So the second divided by the first is its key, and the third
divided by the first is h'+h, from which both follow. A row that came has h = 0, one that is gone h' = 0. When several rows of a
bucket changed, what comes out is a number that is no row's.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterator
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cityfolio.frozen import Frozen

PRIME = (1 << 61) - 1
BUCKETS = 8
SUMS = 3                          # of a bucket: of h, of k*h, of h^2
HALF_BITS = 31
HALF = np.uint64((1 << HALF_BITS) - 1)
WIDTH_BYTES = 8
Hashes: TypeAlias = NDArray[np.uint64]   # numbers modulo PRIME
Sums: TypeAlias = tuple[tuple[int, ...], ...]


class Rows(Frozen, kw_only=True):
    """The rows of some periods: to which period each belongs, its key, and the hash of its cells."""

    periods: NDArray[np.int64]    # numbers of periods
    keys: Hashes
    hashes: Hashes


class Moved(Frozen, kw_only=True):
    """One row that explains how the sums of a bucket changed."""

    key: int | None               # None: which row it was does not follow, as where rows were moved
    before: int                   # its hash then; 0: it was not there
    after: int                    # its hash now; 0: it is not there


def hash_of(text: str) -> int:
    """A text as a number."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=WIDTH_BYTES).digest(), "big") % PRIME


def times(left: Hashes, right: Hashes) -> Hashes:
    """Products modulo PRIME, in halves of 31 bits, so that 64 bits are always enough."""
    shift, low = np.uint64(HALF_BITS), HALF
    high_left, low_left, high_right, low_right = left >> shift, left & low, right >> shift, right & low
    middle = high_left * low_right + low_left * high_right
    # 2^62 is 2 modulo PRIME, and 2^61 is 1.
    whole = (high_left * high_right << np.uint64(1)) + (middle >> np.uint64(30)) \
        + ((middle & np.uint64((1 << 30) - 1)) << shift) + low_left * low_right
    return reduced(whole)


def reduced(numbers: Hashes) -> Hashes:
    """Numbers of up to 64 bits modulo PRIME."""
    prime = np.uint64(PRIME)
    once = (numbers & prime) + (numbers >> np.uint64(61))
    return np.where(once >= prime, once - prime, once)


def mixed(total: Hashes) -> Hashes:
    """Sums of the hashes of cells as hashes of rows: cubes, so that changes of two rows do not cancel each other out."""
    return times(times(total, total), total)


def summed(rows: Rows, count: int) -> list[Sums]:
    """The sums of each of so many periods."""
    codes = rows.periods * BUCKETS + (rows.keys % np.uint64(BUCKETS)).astype(np.int64)
    products = (rows.hashes, times(rows.keys, rows.hashes), times(rows.hashes, rows.hashes))
    by_sum = [_sums(codes, each, count * BUCKETS) for each in products]
    return [tuple(tuple(each[at] for each in by_sum) for at in range(period * BUCKETS, (period + 1) * BUCKETS))
            for period in range(count)]


def _sums(codes: NDArray[np.int64], numbers: Hashes, size: int) -> list[int]:
    """Exact sums modulo PRIME, in three parts of 21 bits: a double adds up 2^32 of them exactly."""
    parts = []
    for at in range(3):
        part = (numbers >> np.uint64(21 * at)) & np.uint64((1 << 21) - 1)
        parts.append(np.bincount(codes, weights=part.astype(np.float64), minlength=size))
    return [sum(int(part[at]) << (21 * number) for number, part in enumerate(parts)) % PRIME for at in range(size)]


def written(sums: Sums) -> str:
    """Sums as text."""
    return urlsafe_b64encode(b"".join(each.to_bytes(WIDTH_BYTES, "big") for bucket in sums for each in bucket)).decode()


def read(text: str) -> Sums | None:
    """Sums from text; None where it holds none."""
    try:
        body = urlsafe_b64decode(text)
    except (Error, ValueError):
        return None
    if len(body) != BUCKETS * SUMS * WIDTH_BYTES:
        return None
    numbers = [int.from_bytes(body[at:at + WIDTH_BYTES], "big") for at in range(0, len(body), WIDTH_BYTES)]
    return tuple(tuple(numbers[at:at + SUMS]) for at in range(0, len(numbers), SUMS))


def changed_buckets(then: Sums, now: Sums) -> Iterator[tuple[int, Moved | None]]:
    """Each bucket whose sums are not the same, with the row that explains it; None where no single row can."""
    for number, (before, after) in enumerate(zip(then, now, strict=True)):
        if before != after:
            yield number, moved(*((new - old) % PRIME for old, new in zip(before, after, strict=True)))


def moved_in_all(then: Sums, now: Sums) -> Moved | None:
    """The row that explains how all buckets together changed, whatever their keys are now: as where rows have no key but their
    place, and one was put between others."""
    first, _, third = (sum(new[at] - old[at] for old, new in zip(then, now, strict=True)) % PRIME for at in range(SUMS))
    found = moved(first, 0, third)
    return Moved(key=None, before=found.before, after=found.after) if found else None


def moved(first: int, second: int, third: int) -> Moved | None:
    """The one row that explains how three sums changed, if it is one."""
    if not first:
        return None
    inverse = pow(first, -1, PRIME)
    after = (third * inverse + first) * pow(2, -1, PRIME) % PRIME
    return Moved(key=second * inverse % PRIME, before=(after - first) % PRIME, after=after)

