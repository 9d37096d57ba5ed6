"""What keeps people from reading an HTML document: WCAG 2.2, 1.1.1, 2.4.2 and 3.1.1."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cityfolio.practice.documents import LANGUAGE, PICTURES, TITLE

MOST_BYTES = 8 << 20
CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\b|\Z)", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<(html|img|title)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")


def html_faults(name: str, body: bytes) -> tuple[str, ...] | None:
    """The faults of an HTML file; None for one that is too long to be a document."""
    return tuple(_faults(_text(body))) if len(body) <= MOST_BYTES else None


def _text(body: bytes) -> str:
    declared = CHARSET.search(body[:1024])
    try:
        text = body.decode(declared[1].decode() if declared else "utf-8-sig", "replace")
    except LookupError:
        text = body.decode("utf-8", "replace")
    return HIDDEN.sub(" ", text)


def _faults(text: str) -> Iterator[str]:
    tags = [(match[1].lower(), match.end(), _attributes(match[2])) for match in TAG.finditer(text)]
    titles = [text[end : end + 500].partition("<")[0].strip() for name, end, _ in tags if name == "title"]
    if not any(titles[:1]):
        yield TITLE
    if not any(given.get("lang", given.get("xml:lang", "")).strip() for name, _, given in tags if name == "html"):
        yield LANGUAGE
    # An empty description says that the picture is there to please the eye.
    if any("alt" not in given and given.get("aria-hidden") != "true" and not given.get("aria-label")
           for name, _, given in tags if name == "img"):
        yield PICTURES


def _attributes(text: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(text):
        given.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
    return given
