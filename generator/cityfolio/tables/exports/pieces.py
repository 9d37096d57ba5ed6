"""Bodies that are too large to be held: of very many datasets, a feed or a database comes to hundreds of megabytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

import orjson

from cityfolio.annex import Annex, Laid
from cityfolio.model.site import InPieces

__all__ = ["body_of", "json_with"]

LARGE_BYTES = 8 << 20         # from which on a body lies aside
PIECE_BYTES = 1 << 20         # at least, of the pieces in which it does
Json = dict[str, Any]         # Any: JSON


def body_of(parts: Iterable[bytes]) -> bytes | InPieces:
    """Parts as one body; a large one lies aside until it is written. No piece of it ends within a part."""
    held, size = list[bytes](), 0
    left = iter(parts)
    for part in left:
        held.append(part)
        size += len(part)
        if size > LARGE_BYTES:
            return _laid(held, left)
    return b"".join(held)


def _laid(held: list[bytes], left: Iterator[bytes]) -> InPieces:
    aside, digest, size, pieces = Annex(), sha256(), 0, list[Laid]()
    for piece in _gathered(held, left):
        digest.update(piece)
        size += len(piece)
        pieces.append(aside.laid(piece))
    return InPieces(bytes=size, sha256=digest.hexdigest(), read=lambda: (each.read() for each in pieces))


def _gathered(held: list[bytes], left: Iterator[bytes]) -> Iterator[bytes]:
    """What is held and what follows, in pieces that are neither small nor made of half a part."""
    size = sum(map(len, held))
    for part in left:
        if size >= PIECE_BYTES:
            yield b"".join(held)
            held, size = [], 0
        held.append(part)
        size += len(part)
    yield b"".join(held)


def json_with(whole: Json, name: str, parts: Iterable[bytes], more: bytes = b"{}") -> Iterator[bytes]:
    """An object, with a list under a name after its own members, of which each part is an item, then those of `more`."""
    head = orjson.dumps(whole)[:-1] + (b"," if whole else b"") + orjson.dumps(name) + b":["
    for part in parts:
        yield head + part
        head = b","
    yield (b"" if head == b"," else head) + b"]" + (b"," if more != b"{}" else b"") + more[1:]
