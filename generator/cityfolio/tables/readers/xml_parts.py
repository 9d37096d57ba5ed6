"""XML inside a package, read as it comes: elements go to handlers, and nothing is kept that they do not keep.

A document type is refused, and with it every entity that could grow or reach outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from cityfolio.tables.readers.package import MADE_TO_HARM, SAVE_AGAIN, refuse
from cityfolio.tables.table import TableJob

SEPARATOR = " "                # between the address of a namespace and a name, where no name has one
ENCODINGS = ("utf-8", "utf-16", "us-ascii", "ascii", "iso-8859-1")
LONGEST_TAG_BYTES = 1 << 20    # expat begins a tag anew with every piece until it is whole, so a longer one takes hours
OUT_OF_MEMORY = 1              # expat's XML_ERROR_NO_MEMORY
MOST_OPEN = 1_000              # elements one in the other


class Handlers(Protocol):
    """What is told of each element, by its namespace and name, and of the text between them."""

    texts: list[str]           # grows by every piece of text; the handlers take from it and clear it

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


class Depth:
    """Counts elements that lie one in the other, for handlers that pass them over: each takes memory until its end."""

    __slots__ = ("job", "open")

    def __init__(self, job: TableJob) -> None:
        self.job = job
        self.open = 0

    def enter(self) -> None:
        """An element begins."""
        self.open += 1
        if self.open > MOST_OPEN:
            refuse(self.job, "elements of its XML lie one in the other without end", MADE_TO_HARM)

    def leave(self) -> None:
        """An element ends."""
        self.open -= 1


def parsed(part: Iterable[bytes], name: str, handlers: Handlers, job: TableJob) -> Iterator[None]:
    """Parse a part piece by piece. Stops after each, so that what was gathered can be taken; raises Unreadable."""
    parser = _parser(handlers, job)
    fed = 0
    try:
        for piece in part:
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > LONGEST_TAG_BYTES:
                refuse(job, f"`{name}` inside the file holds a tag of more than {LONGEST_TAG_BYTES:,} bytes", MADE_TO_HARM)
            yield
        parser.Parse(b"", True)
        yield
    except ExpatError as error:
        if error.code == OUT_OF_MEMORY:
            raise MemoryError from error
        at = f"line {error.lineno:,}, column {error.offset + 1:,}"
        refuse(job, f"`{name}` inside the file is not valid XML ({at})", SAVE_AGAIN)


def parse(part: Iterable[bytes], name: str, handlers: Handlers, job: TableJob) -> None:
    """Parse a whole part. Raises Unreadable."""
    for _ in parsed(part, name, handlers, job):
        pass


def _parser(handlers: Handlers, job: TableJob) -> XMLParserType:
    parser = ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parser.CharacterDataHandler = handlers.texts.append

    def doctype(*_: object) -> None:
        refuse(job, "its XML declares a document type, by which a small file can grow without end", MADE_TO_HARM)

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        # Python would look for a codec of any name, and fail with an exception of its own.
        if encoding is not None and encoding.lower() not in ENCODINGS:
            refuse(job, f"its XML is in the encoding `{encoding[:40]}`, and only UTF-8 and UTF-16 are allowed", SAVE_AGAIN)

    parser.StartDoctypeDeclHandler = doctype
    parser.XmlDeclHandler = declaration
    return parser
