"""What a result shows, in blocks of a few documents each, so that ten results cost little.

Blocks share files (see packs). In a larger index they do so as cells of one width: then a reader knows where each one lies
without a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import orjson

from cityfolio.frozen import Frozen, replace
from cityfolio.search.coding import deflated
from cityfolio.search.documents import Document
from cityfolio.search.kept_files import Deflate
from cityfolio.search.packs import cell

__all__ = ["BLOCK", "Cells", "record_blocks", "record_cells", "url_pattern"]

BLOCK = 4                   # documents
MOST_LISTED = 4_500         # blocks: a list of more would cost a first question more than cells do
CELLS_A_FILE = 32           # a host that gives no parts of files sends them all for one
LONGEST_TEXT = 180          # characters of the sentence that a result shows
CUTS = (80, 60, 40, 20, 0)     # in cells, as many characters as there is room for
MOST_FIT = 95               # percent of the blocks that need no further cut
LONGEST_NAME = 200          # characters of titles and names in cells, which all become as wide as one needs
_NO_LETTERS = re.compile(r"[^a-z0-9]+")


class Cells(Frozen, kw_only=True):
    """Blocks that share files: how wide the cell of each is, how many cells a file has, and the files."""

    width: int
    count: int
    files: Sequence[bytes]


def record_blocks(documents: Sequence[Document], longest: int = LONGEST_TEXT) -> Iterator[bytes]:
    """The documents' records, as JSON: arrays of id, title, text, about, detail, updated and, if it must be said, url."""
    for start in range(0, len(documents), BLOCK):
        yield orjson.dumps([_record(document, longest) for document in documents[start:start + BLOCK]])


def record_cells(documents: Sequence[Document], deflate: Deflate = deflated) -> Cells | None:
    """The records in cells, each compressed by itself, where a list of widths would be long; else None.

    A cell is as wide as nearly all blocks need. In the others sentences are cut further.
    """
    if len(documents) <= BLOCK * MOST_LISTED:
        return None
    starts = range(0, len(documents), BLOCK)
    blocks = [cell(deflate(block)) for at in starts for block in record_blocks(_named(documents, at), CUTS[0])]
    width = int(np.percentile([len(block) for block in blocks], MOST_FIT, method="higher"))
    for at, block in enumerate(blocks):
        if len(block) > width:
            blocks[at] = _cut(_named(documents, starts[at]), width, deflate)
    width = max(map(len, blocks))
    files = [b"".join(block.ljust(width, b"\0") for block in blocks[at:at + CELLS_A_FILE])
             for at in range(0, len(blocks), CELLS_A_FILE)]
    return Cells(width=width, count=CELLS_A_FILE, files=files)


def _named(documents: Sequence[Document], start: int) -> Sequence[Document]:
    """The documents of the block that begins there, with short names."""
    return list(map(_with_short_names, documents[start:start + BLOCK]))


def _cut(documents: Sequence[Document], width: int, deflate: Deflate) -> bytes:
    """A block with sentences short enough for a cell, or without any."""
    tried = [cell(deflate(block)) for longest in CUTS for block in record_blocks(documents, longest)]
    return next((block for block in tried if len(block) <= width), tried[-1])


def _with_short_names(document: Document) -> Document:
    return replace(document, title=shortened(document.title, LONGEST_NAME), about=shortened(document.about, LONGEST_NAME),
                   detail=shortened(document.detail, LONGEST_NAME))


def url_pattern(kind: str) -> str:
    """Where documents of a kind are, when their records do not say: "{}" stands for the id."""
    return {"dataset": "/data/{}/", "goal": "/goals/{}/", "measure": "/measures/{}/", "guide": "/guides/{}/",
            "rule": "/policy/{}/"}.get(kind, "")


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
