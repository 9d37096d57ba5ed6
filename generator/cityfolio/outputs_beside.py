"""Outputs that a copy of this process makes while this one writes others.

They come among the others as they are made, and are the same. What a copy does not bring is made by this process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

import orjson

from cityfolio.copies import SILENCE_SECONDS, Stream, streamed
from cityfolio.model.site import Output
from cityfolio.pages.drawn_ahead import LEAST
from cityfolio.pages.known_parts import KnownParts

PIECE_BYTES, PIECE_OUTPUTS = 1 << 18, 64      # after either a piece is sent
# Datasets. A copy that makes feeds looks at all of them, and what it looks at becomes its own: 20 kB each.
MOST = 5_000
OUTPUTS, PARTS = b"o", b"p"                   # what a piece begins with

Make = Callable[[], Iterator[Output]]         # of bytes, the same each time


def is_worth_a_copy(parts: KnownParts, unknown: int) -> bool:
    """Whether outputs are better made by a copy: nothing is known of them, nor of the pages of so many datasets."""
    return LEAST <= unknown <= MOST and parts.knows_nothing


def with_those_beside(outputs: Iterable[Output], make: Make, parts: KnownParts, *, is_worth: bool) -> Iterator[Output]:
    """Outputs, and those that are made meanwhile; after them where a copy is not worth it, or cannot be had.

    What is known of parts when all is made is told to `parts`, as if they had been made here.
    """
    stream = streamed(lambda: _pieces(make(), parts)) if is_worth else Stream(None)
    came = 0
    try:
        for output in outputs:
            yield output
            for other in _taken(stream, parts):
                came += 1
                yield other
        for other in _taken(stream, parts, SILENCE_SECONDS):
            came += 1
            yield other
    finally:
        stream.end()
    if not stream.is_whole:
        yield from islice(make(), came, None)


def _taken(stream: Stream, parts: KnownParts, seconds: float = 0) -> Iterator[Output]:
    for piece in stream.taken(seconds):
        if piece[:1] == PARTS:
            parts.learn(piece[1:])
        else:
            yield from unpacked(piece[1:])


def _pieces(outputs: Iterator[Output], parts: KnownParts) -> Iterator[bytes]:
    held, size = list[Output](), 0
    for output in outputs:
        assert isinstance(output.body, bytes)     # nothing is known yet of what is made beside
        held.append(output)
        size += len(output.body)
        if size >= PIECE_BYTES or len(held) == PIECE_OUTPUTS:
            yield OUTPUTS + packed(held)
            held, size = [], 0
    yield OUTPUTS + packed(held)
    yield PARTS + parts.told()


def packed(outputs: Sequence[Output]) -> bytes:
    """Outputs as they travel: a line of JSON with what each is, then their bytes."""
    heads = [[each.url, each.media_type, each.kind, each.source, str(each.updated or ""), len(each.body)] for each in outputs
             if isinstance(each.body, bytes)]
    return b"".join([orjson.dumps(heads), b"\n", *(each.body for each in outputs if isinstance(each.body, bytes))])


def unpacked(body: bytes) -> Iterator[Output]:
    """Outputs, as they were packed."""
    head, _, rest = body.partition(b"\n")
    at = 0
    for url, media_type, kind, source, updated, size in orjson.loads(head):
        yield Output(url=url, body=rest[at:at + size], media_type=media_type, kind=kind, source=source,
                     updated=date.fromisoformat(updated) if updated else None)
        at += size
