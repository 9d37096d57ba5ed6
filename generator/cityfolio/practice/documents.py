"""Whether an attached document can be read by everyone: what a machine can tell of it, and no more than that.

What is looked for is what PDF/UA (ISO 14289-1, 7.1, 7.2 and 7.16), WCAG 2.2 (1.1.1, 2.4.2 and 3.1.1) and the checkers of office
programs ask for and a program can see. That nothing is found does not mean that a document reads well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module

import orjson

from cityfolio.model.records import FileRecord
from cityfolio.tables.aside import Ended, aside
from cityfolio.tables.limits import Limits
from cityfolio.tables.table import TableJob

UNTAGGED = "it has no tags, by which screen readers find headings, lists and the order of reading"
LANGUAGE = "it does not say which language it is in"
TITLE = "it has no title"
PICTURES = "it has pictures without a description"
SCANNED = "its pages are pictures of text, which nothing can read aloud"
LOCKED = "its protection keeps screen readers out"
PASSWORD = "it opens only with a password"  # noqa: S105  words, and no password
SLIDES = "it has slides without a title"
FAULTS = (UNTAGGED, LANGUAGE, TITLE, PICTURES, SCANNED, LOCKED, PASSWORD, SLIDES)

# Each is looked at by a function of a module, which is imported in the process that does it.
LOOKS: Mapping[str, tuple[str, str]] = {
    "pdf": ("document_pdf", "pdf_faults"),
    **dict.fromkeys(("docx", "docm"), ("document_office", "word_faults")),
    **dict.fromkeys(("pptx", "pptm"), ("document_office", "slide_faults")),
    **dict.fromkeys(("xlsx", "xlsm"), ("document_office", "sheet_faults")),
    **dict.fromkeys(("odt", "odp", "ods"), ("document_office", "open_document_faults")),
    **dict.fromkeys(("html", "htm", "xhtml"), ("document_html", "html_faults")),
}
MOST_BYTES = 64 << 20
LIMITS = Limits(expanded_bytes=256 << 20, entries=5_000, memory_bytes=768 << 20, seconds=20)

Look = Callable[[str, bytes], "tuple[str, ...] | None"]


def document_faults(name: str, body: bytes) -> tuple[str, ...] | None:
    """What keeps people from reading a document, in words of `FAULTS`; None where nothing can be told of it.

    It is looked at in a process of its own, which may take 20 seconds and some hundred megabytes, whatever the file asks for.
    """
    look = LOOKS.get(name.rpartition(".")[2].lower())
    if look is None or len(body) > MOST_BYTES:
        return None
    job = TableJob(path=name, size_bytes=0, file=FileRecord(path=name), limits=LIMITS)
    try:
        faults = orjson.loads(aside(partial(_looked, look, name, body), job))
    except Ended:
        return None
    return None if faults is None else tuple(faults)


def _looked(look: tuple[str, str], name: str, body: bytes) -> bytes:
    """Look at a document; this is what the other process does."""
    faults: Look = getattr(import_module(f"cityfolio.practice.{look[0]}"), look[1])
    return orjson.dumps(faults(name, body))
