"""What a result shows, in shards of some documents each, so that ten results cost ten small files at most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import orjson

from cityfolio.search.coding import Columns
from cityfolio.search.documents import Document

__all__ = ["record_shards", "shard_size", "url_pattern"]

LONGEST_TEXT, SHORTER_TEXT = 180, 80       # characters of the sentence that a result shows; in a large index
LARGE = 50_000              # documents
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
FEWEST, MOST = 4, 64        # documents in a shard
MOST_SHARDS = 5_000         # a site is files on a host, and every one has its price there


def shard_size(documents: int) -> int:
    """How many documents share a file: few, so that little is fetched in vain, but no more files than a host likes."""
    return next(size for size in (4, 8, 12, 16, 20, 32, 48, MOST) if documents <= size * MOST_SHARDS or size == MOST)


def record_shards(documents: Sequence[Document], size: int) -> Iterator[Columns]:
    """The documents' records, as JSON: arrays of id, title, text, about, detail, updated and, if it must be said, url."""
    longest = SHORTER_TEXT if len(documents) > LARGE else LONGEST_TEXT
    for start in range(0, len(documents), size):
        yield (orjson.dumps([_record(document, longest) for document in documents[start:start + size]]),)


def url_pattern(kind: str) -> str:
    """Where documents of a kind are, when their records do not say: "{}" stands for the id."""
    return {"dataset": "/data/{}/"}.get(kind, "")


def _record(document: Document, longest: int) -> list[str | list[str]]:
    record: list[str | list[str]] = [_told_by_title(document), document.title, shortened(document.text, longest),
                                     document.about, document.detail, document.updated]
    if document.url == url_pattern(document.kind).format(document.id):
        while not record[-1]:
            record.pop()
        return record
    return [*record, document.url]


def shortened(text: str, longest: int) -> str:
    """A text cut at a space where it is too long to be shown."""
    if len(text) <= longest:
        return text
    return f"{text[:longest].rpartition(' ')[0] or text[:longest]}…"


def _told_by_title(document: Document) -> str | list[str]:
    """The id, or in a list what is left of it after the title's own letters, which most ids of datasets begin with."""
    slug = _NO_LETTERS.sub("-", document.title.lower()).strip("-")
    return [document.id[len(slug):]] if slug and document.id.startswith(slug) else document.id
