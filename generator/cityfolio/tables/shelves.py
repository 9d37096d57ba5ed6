"""Small values that are kept of many files: a shelf of some dozens is one entry of the cache, and one edit touches one shelf.

Each value has a key, a digest of everything that it depends on, and a place, which stays when the value changes: the path of
the file that it is of. Neighbors by place stand on one shelf. What is on a shelf under another key is no answer, so a shelf
that another process or another catalog has just put there costs time and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from typing import Final

import orjson

from cityfolio.cache import Keep
from cityfolio.frozen import Frozen

FORM = "1"                        # raised with every change to how a shelf is written
WIDE = 32                         # places on a shelf, on average; at most 256
FEW = 8                           # values that are kept one by one: whoever asks for so few asks about one file
LARGE_BYTES = 1 << 16             # a value of so many stands alone, or an edit beside it would write it again
SIZE_BYTES = 8                    # of the number before the list of what stands on a shelf, and before what is compressed
CODEC: Final = "zstd"


class Item(Frozen):
    """Something that may be kept: where it belongs, and a digest of all that it depends on, "" for what is not to be kept."""

    place: str
    key: str


class Shelves(Frozen):
    """The shelves of one kind of values."""

    cache: Keep
    kind: str                     # "" for values that are kept one by one, since they are asked for without their neighbors
    wide: int = WIDE
    is_packed: bool = False       # whether they are kept compressed: what many alike values take less room by

    def found(self, items: Sequence[Item]) -> Iterator[tuple[int, bytes]]:
        """What is kept of some items, each with its number among them. They are all that there are of their places."""
        if self._are_few(items):
            yield from self._alone(items, range(len(items)))
            return
        for name, numbers in _shelves(items, self.wide):
            shelf = self._shelf(name)
            yield from ((at, body) for at in numbers if (body := shelf.get(items[at].key)))
            # What is not there may have been kept when few were asked for. Where no shelf is, nothing was.
            yield from self._alone(items, [at for at in numbers if not shelf.get(items[at].key)] if shelf else ())

    def keep(self, items: Sequence[Item], bodies: Mapping[int, bytes]) -> None:
        """Keep values that were missing, none of them empty, by the numbers of their items."""
        large = bodies if self._are_few(items) else {at: body for at, body in bodies.items() if len(body) > LARGE_BYTES}
        for at, body in large.items():
            self.cache.put(items[at].key, body)
        if self._are_few(items) or not bodies:
            return
        for name, numbers in _shelves(items, self.wide):
            if not bodies.keys().isdisjoint(numbers):
                new = {items[at].key: b"" if at in large else bodies[at] for at in numbers if at in bodies}
                self._put(name, [items[at].key for at in numbers], new)

    def _are_few(self, items: Sequence[Item]) -> bool:
        return len(items) < FEW or not self.kind

    def _alone(self, items: Sequence[Item], numbers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        return ((at, body) for at in numbers if items[at].key and (body := self.cache.get(items[at].key)))

    def _put(self, name: str, keys: Sequence[str], new: Mapping[str, bytes]) -> None:
        """Put a shelf: what is asked for now, and as much of what was asked for before, should somebody go back to it."""
        old = self._shelf(name)
        now = {key: body for key in keys if (body := new.get(key, old.get(key))) is not None}
        before = {key: old[key] for key in islice((key for key in old if key not in now), len(now))}
        body = _written(now | before)
        self.cache.put(self._name(name), _packed(body) if self.is_packed else body)

    def _shelf(self, name: str) -> dict[str, bytes]:
        """What stands on a shelf, by key: nothing for what stands alone."""
        body = self.cache.get(self._name(name))
        return _read(_unpacked(body) if self.is_packed else body) if body else {}

    def _name(self, name: str) -> str:
        return f"shelf {FORM}{' (packed)' if self.is_packed else ''} of {self.kind}: {name}"


def trimmed(body: bytes) -> bytes:
    """The same bytes in no more room than they need: JSON comes in the room that it was written in, four kilobytes at least."""
    return bytes(memoryview(body))


def _shelves(items: Sequence[Item], wide: int) -> Sequence[tuple[str, Sequence[int]]]:
    """The numbers of the items on each shelf, with its name."""
    return _places(tuple(item.place if item.key else None for item in items), wide)


@lru_cache(maxsize=2)     # many kinds of values are of the very same places
def _places(places: tuple[str | None, ...], wide: int) -> Sequence[tuple[str, Sequence[int]]]:
    """The numbers of the places on each shelf, with its name.

    A shelf begins with every place of which the digest says so, wherever places come and go beside it, and is called by it. So
    only such a place, which is one in `wide`, parts neighbors or brings them together when it comes or goes.
    """
    by_place: dict[str, list[int]] = {}
    for at, place in enumerate(places):
        if place is not None:
            by_place.setdefault(place, []).append(at)
    shelves: list[tuple[str, list[int]]] = []
    for place in sorted(by_place):
        if sha256(place.encode("utf-8", "surrogatepass")).digest()[0] % wide == 0:
            shelves.append((place, []))
        elif not shelves:
            shelves.append((f"{place.partition('/')[0]}/", []))
        shelves[-1][1].extend(by_place[place])
    return shelves


def _written(bodies: Mapping[str, bytes]) -> bytes:
    listed = orjson.dumps([[key, len(body)] for key, body in bodies.items()])
    return b"".join((len(listed).to_bytes(SIZE_BYTES, "little"), listed, *bodies.values()))


def _read(shelf: bytes) -> dict[str, bytes]:
    at = SIZE_BYTES + int.from_bytes(shelf[:SIZE_BYTES], "little")
    bodies = {}
    for key, size in orjson.loads(shelf[SIZE_BYTES:at]):
        bodies[key] = shelf[at:at + size]
        at += size
    return bodies


def _packed(shelf: bytes) -> bytes:
    from cityfolio.arrow_alone import pa  # here, since who reads but a few tables does without

    return len(shelf).to_bytes(SIZE_BYTES, "little") + pa.compress(shelf, codec=CODEC, asbytes=True)


def _unpacked(packed: bytes) -> bytes:
    from cityfolio.arrow_alone import pa

    size = int.from_bytes(packed[:SIZE_BYTES], "little")
    return pa.decompress(pa.py_buffer(packed).slice(SIZE_BYTES), size, codec=CODEC, asbytes=True)
