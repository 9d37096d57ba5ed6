"""Parts of a feed kept by runs, which are datasets that follow one another in it, so that of most no part is looked at.

An entry of the cache has all parts of a run, one after another, and for each a digest of what it depends on. Where all of these
are as they were, the parts are had in one piece. Else those that are as they were are taken out, and the others are made. What
is said of a run's parts together may be kept too, for whoever asks for that and for no part.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import accumulate, pairwise
from typing import Final

from cityfolio.cache import Keep
from cityfolio.frozen import Frozen

__all__ = ["WIDE", "Kept", "KeptRuns", "Run"]

WIDE = 128                    # datasets in a run, on average; at most 256
FORM = "1"                    # raised with every change to how an entry is written
CODEC: Final = "zstd"
DIGEST_BYTES = 32
NUMBER, NUMBER_BYTES = "I", array("I").itemsize
UNKNOWN = bytes(DIGEST_BYTES)


class Run(Frozen):
    """Datasets that follow one another in a feed."""

    name: str                      # which stays when others come and go
    lines: Sequence[str]           # for each dataset all that its part depends on; "" where that cannot be told
    make: Callable[[int], bytes]   # the part of one, by its number among them


class KeptRuns(Frozen):
    """The runs of one feed."""

    cache: Keep
    feed: str

    def joined(self, run: Run) -> bytes:
        """The parts of a run, one after another."""
        entry = self._entry(run)
        return entry.body() if entry.key and entry.key == _key(run) else b"".join(self._made(run, entry))

    def parts(self, run: Run) -> Sequence[bytes]:
        """The parts of a run."""
        entry = self._entry(run)
        return entry.parts() if entry.key and entry.key == _key(run) else self._made(run, entry)

    def told(self, run: Run, tell: Callable[[Sequence[bytes]], bytes]) -> bytes:
        """What is told of the parts of a run together, for which they are not read where it was told before."""
        key, name = _key(run), f"{self._name(run)}, told"
        kept = self.cache.get(name) if key else None
        if kept and kept[:DIGEST_BYTES] == key:
            return kept[DIGEST_BYTES:]
        told = tell(self.parts(run))
        if key:
            self.cache.put(name, key + told)
        return told

    def _made(self, run: Run, entry: _Entry) -> Sequence[bytes]:
        digests = [sha256(line.encode()).digest() if line else UNKNOWN for line in run.lines]
        known = dict(zip(entry.digests(), entry.parts(), strict=True)) if entry.key else {}
        known.pop(UNKNOWN, None)
        parts = [known.get(digest) or run.make(at) for at, digest in enumerate(digests)]
        self.cache.put(self._name(run), _written(_key(run) or UNKNOWN, digests, parts))
        return parts

    def _entry(self, run: Run) -> _Entry:
        return _Entry(self.cache.get(self._name(run)) or b"")

    def _name(self, run: Run) -> str:
        return f"run {FORM} of {self.feed}: {run.name}"


class Kept(Frozen):
    """A run with what is kept of it; of no feed, if nothing is."""

    run: Run
    runs: KeptRuns | None

    def joined(self) -> bytes:
        """Its parts, one after another."""
        return self.runs.joined(self.run) if self.runs else b"".join(self.parts())

    def parts(self) -> Sequence[bytes]:
        """Its parts."""
        return self.runs.parts(self.run) if self.runs else [self.run.make(at) for at in range(len(self.run.lines))]

    def told(self, tell: Callable[[Sequence[bytes]], bytes]) -> bytes:
        """What is told of its parts together."""
        return self.runs.told(self.run, tell) if self.runs else tell(self.parts())


class _Entry(Frozen):
    """What is kept of a run: its key, how many parts it has, how long each is, their digests, and then they, compressed."""

    written: bytes       # b"" for nothing

    @property
    def key(self) -> bytes:
        return self.written[:DIGEST_BYTES]

    def digests(self) -> Sequence[bytes]:
        start, size = self._start, DIGEST_BYTES
        return [self.written[at:at + size] for at in range(start, start + size * len(self._sizes), size)]

    def body(self) -> bytes:
        from cityfolio.arrow_alone import pa  # here, since who keeps nothing does without

        sizes = self._sizes
        packed = pa.py_buffer(self.written).slice(self._start + DIGEST_BYTES * len(sizes))
        return pa.decompress(packed, sum(sizes), codec=CODEC, asbytes=True)

    def parts(self) -> Sequence[bytes]:
        body = self.body()
        return [body[one:two] for one, two in pairwise(accumulate(self._sizes, initial=0))]

    @property
    def _sizes(self) -> array[int]:
        sizes = array(NUMBER)
        sizes.frombytes(self.written[DIGEST_BYTES + NUMBER_BYTES:self._start])
        return sizes

    @property
    def _start(self) -> int:
        """Where the digests begin."""
        (count,) = array(NUMBER, self.written[DIGEST_BYTES:DIGEST_BYTES + NUMBER_BYTES])
        return DIGEST_BYTES + NUMBER_BYTES * (1 + count)


def _key(run: Run) -> bytes:
    """What the parts of a run all together depend on; b"" where that cannot be told of one of them."""
    return sha256("\n".join(run.lines).encode()).digest() if all(run.lines) else b""


def _written(key: bytes, digests: Sequence[bytes], parts: Sequence[bytes]) -> bytes:
    from cityfolio.arrow_alone import pa

    sizes = array(NUMBER, [len(parts), *map(len, parts)])
    return b"".join((key, sizes.tobytes(), *digests, pa.compress(b"".join(parts), codec=CODEC, asbytes=True)))
