"""The body of an answer as the file it stands for: unpacked where the server packed it, and no longer than is allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import chain

from cityfolio.fetch.answers import CHUNK_BYTES, Failed

GZIP_MARK = b"\x1f\x8b"
PACKED = ("gzip", "x-gzip", "deflate")
EITHER = 47                       # zlib's word for "gzip or zlib, whichever it is"
PEEKED_BYTES = 512


def unpacked(pieces: Iterator[bytes], encoding: str, *, is_gzip_file: bool) -> Iterator[bytes]:
    """The file itself. Some servers say that a .gz file is plain text which they packed: then it is left as it is."""
    word = encoding.strip().lower()
    if word in ("", "identity"):
        return pieces
    if word not in PACKED:
        raise Failed(f"the server sent it packed as {word}, which was not asked for", "Ask whoever keeps the file.")
    start = b""
    while len(start) < PEEKED_BYTES and (piece := next(pieces, b"")):
        start += piece
    whole = chain([start], pieces)
    if is_gzip_file and _peek(start) != GZIP_MARK:
        return whole
    return _inflated(whole)


def _peek(start: bytes) -> bytes:
    try:
        return zlib.decompressobj(EITHER).decompress(start, len(GZIP_MARK))
    except zlib.error:
        return b""


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packed = zlib.decompressobj(EITHER)
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if packed.eof:
                    packed = zlib.decompressobj(EITHER)   # packed in several parts, one behind the other
                yield packed.decompress(rest, CHUNK_BYTES)
                rest = packed.unused_data if packed.eof else packed.unconsumed_tail
        if not packed.eof:
            yield packed.flush()
    except zlib.error as error:
        raise Failed(f"what the server packed cannot be unpacked: {error}", "Ask whoever keeps the file.") from error
    if not packed.eof:
        raise Failed("the connection was cut before the whole file had come", "Try again later.")


def limited(pieces: Iterator[bytes], most: int, refusal: Failed) -> Iterator[bytes]:
    """The same pieces, as long as they are not too many."""
    taken = 0
    for piece in pieces:
        taken += len(piece)
        if taken > most:
            raise refusal
        yield piece
