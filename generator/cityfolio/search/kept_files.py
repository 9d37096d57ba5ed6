"""Files of an index as they are stored, kept from one build to the next: what holds the same is not compressed again."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

import numpy as np

from cityfolio.cache import Keep, keeps_nothing
from cityfolio.search.coding import deflated

__all__ = ["Deflate", "KeptFiles"]

RULES = "1"              # raised with every change to how a file is compressed
DIGEST_BYTES, SIZE_BYTES = 32, 4

Deflate = Callable[..., bytes]     # of the columns of a file


@dataclass     # without slots, so that what was kept is read when it is first asked for
class KeptFiles:
    """The files of an index in one language, each under a digest of what it holds."""

    cache: Keep
    language: str
    now: dict[bytes, bytes] = field(default_factory=dict)

    def deflated(self, *columns: bytes) -> bytes:
        """The columns as `deflated` stores them, from the build before where it had the same."""
        if keeps_nothing(self.cache):
            return deflated(*columns)
        digest = _digest(columns)
        stored = self._before.get(digest) or deflated(*columns)
        self.now[digest] = stored
        return stored

    def keep(self) -> None:
        """Keep all that was asked for, and nothing else."""
        if not keeps_nothing(self.cache) and self.now.keys() != self._before.keys():
            sizes = np.fromiter(map(len, self.now.values()), dtype="<u4", count=len(self.now))
            self.cache.put(self._name, b"".join((len(self.now).to_bytes(SIZE_BYTES, "little"), sizes.tobytes(), *self.now,
                                                 *self.now.values())))

    @cached_property
    def _before(self) -> dict[bytes, bytes]:
        body = self.cache.get(self._name)
        if not body:
            return {}
        count = int.from_bytes(body[:SIZE_BYTES], "little")
        sizes = np.frombuffer(body, dtype="<u4", count=count, offset=SIZE_BYTES)
        at = SIZE_BYTES * (count + 1)
        digests = (body[one:one + DIGEST_BYTES] for one in range(at, at + DIGEST_BYTES * count, DIGEST_BYTES))
        ends = (np.cumsum(sizes, dtype=np.int64) + at + DIGEST_BYTES * count).tolist()
        return {digest: body[end - size:end] for digest, end, size in zip(digests, ends, sizes.tolist(), strict=True)}

    @property
    def _name(self) -> str:
        # Another release of zlib may write other bytes.
        return f"deflated files {RULES} {zlib.ZLIB_RUNTIME_VERSION} of an index in {self.language}"


def _digest(columns: tuple[bytes, ...]) -> bytes:
    """What tells apart the columns of a file, and where one ends."""
    digest = sha256(b"".join(len(column).to_bytes(8, "little") for column in columns))
    for column in columns:
        digest.update(column)
    return digest.digest()
