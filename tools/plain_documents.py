"""Documents of a test collection, a JSON object a line, as the search has them.

Known are `id`, `title`, `description`, `tags` (a list, or text with commas), `author` and `columns` (names, or objects with
`name`, `title` and `description`). Any but the id may be absent or null; what else an object holds is not read. A description's
first sentence becomes the one that a result shows, as it does of a dataset without a summary; the rest is the description.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from cityfolio.search.documents import Document
from cityfolio.search.kinds import plain
from cityfolio.search.text import name_words
from relevance import FaultyLineError

Plain = Mapping[str, object]          # an object as it stands in the file
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def read_documents(lines: Iterable[str]) -> Iterator[Document]:
    """Each line's document. Raises FaultyLineError for a line that is none, or has an id that was there before."""
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if line.strip():
            document = _document(_object(line, number), number)
            if document.id in seen:
                raise FaultyLineError(f"line {number}: document {document.id} is there twice")
            seen.add(document.id)
            yield document


def _object(line: str, number: int) -> Plain:
    try:
        given = json.loads(line)
    except ValueError as error:
        raise FaultyLineError(f"line {number} is not JSON: {error}") from None
    if not isinstance(given, dict) or given.get("id") in (None, ""):
        raise FaultyLineError(f"line {number} is not an object with an id")
    return given


def _document(given: Plain, number: int) -> Document:
    key = str(given["id"])
    first, *rest = _SENTENCE_END.split(plain(_text(given.get("description"))), maxsplit=1)
    columns = [text for column in _listed(given.get("columns"), number) for text in _column_texts(column)]
    fields = {"keywords": _tags(given.get("tags"), number), "description": rest, "columns": columns}
    return Document(
        id=key, kind="dataset", title=_text(given.get("title")) or key, url=f"/data/{key}/", text=first,
        about=", ".join(_text(name) for name in _listed(given.get("author"), number)),
        fields={name: tuple(text for text in texts if text) for name, texts in fields.items()},
    )


def _tags(value: object, number: int) -> list[str]:
    listed = value.split(",") if isinstance(value, str) else _listed(value, number)
    return [_text(tag).strip() for tag in listed]


def _column_texts(column: object) -> Iterator[str]:
    """A column's name, cut into words, its title and its description."""
    if isinstance(column, Mapping):
        yield name_words(_text(column.get("name")))
        yield _text(column.get("title"))
        yield _text(column.get("description"))
    else:
        yield name_words(_text(column))


def _listed(value: object, number: int) -> list[object]:
    """The items of a list; a single value is a list of one, and an absent one of none."""
    if isinstance(value, Mapping):
        raise FaultyLineError(f"line {number} has an object where a text or a list belongs")
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def _text(value: object) -> str:
    # Half a character, as `\ud800` in JSON, is no text that could be written anywhere.
    return "" if value is None else str(value).encode("utf-8", "replace").decode()
