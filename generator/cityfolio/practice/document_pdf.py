"""What keeps people from reading a PDF: ISO 32000-1, 7.6 (protection), 12.5 to 14.9 (its catalog, tags and language)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import Any

from cityfolio.practice.documents import LANGUAGE, LOCKED, PASSWORD, PICTURES, SCANNED, TITLE, UNTAGGED

FOR_SCREEN_READERS = 1 << 9          # bit 10 of /P: text may be taken out for them
MOST_ELEMENTS = 50_000
LOOKED_AT = 3                        # pages; a scan is one from the first
XMP_TITLE = re.compile(rb"<dc:title[^>]*>(.{0,2000}?)</dc:title>", re.DOTALL)
XMP_BYTES = 1 << 20
TAG = re.compile(rb"<[^>]*>")


def pdf_faults(name: str, body: bytes) -> tuple[str, ...] | None:
    """The faults of a PDF; None for one that cannot be read, which need not be its fault."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)   # it tells of every small fault that it mends
    try:
        reader = PdfReader(BytesIO(body))
        locked = _locked(reader)
        if locked == [PASSWORD]:
            return (PASSWORD,)
        return (*locked, *_faults(reader))
    except DependencyError:
        # It is packed in a way that needs a further library; its protection is written outside of that.
        return tuple(locked) or None
    except Exception:  # noqa: BLE001 - a damaged file, of which the library raises whatever its parts do
        return None


def _locked(reader: Any) -> list[str]:   # Any: what a file holds need not be what it should
    if not reader.is_encrypted:
        return []
    permissions = int(reader.trailer["/Encrypt"].get_object().get("/P", -1))
    found = [] if permissions & FOR_SCREEN_READERS else [LOCKED]
    from pypdf.errors import DependencyError

    with suppress(DependencyError):
        return found if reader.decrypt("") else [PASSWORD]
    return found


def _faults(reader: Any) -> Iterator[str]:   # Any: what a file holds need not be what it should
    root = reader.trailer["/Root"].get_object()
    tags, marked = _got(root, "/StructTreeRoot"), _got(_got(root, "/MarkInfo"), "/Marked")
    # What stands there is a boolean of the library's own, which is always true to Python.
    if tags is None or not getattr(marked, "value", False):
        yield UNTAGGED
    elif any(map(_is_bare_figure, _elements(tags))):
        yield PICTURES
    if not str(_got(root, "/Lang") or "").strip("\x00 "):
        yield LANGUAGE
    if not _has_title(reader, root):
        yield TITLE
    pages = list(islice(reader.pages, LOOKED_AT))
    if pages and all(map(_is_picture, pages)):
        yield SCANNED


def _elements(tags: Any) -> Iterator[Any]:   # Any: what a file holds need not be what it should
    """The elements of the tree of tags, as many as there should be at most."""
    waiting, seen = [_got(tags, "/K")], 0
    while waiting and seen < MOST_ELEMENTS:
        each, seen = waiting.pop(), seen + 1
        if isinstance(each, list):
            waiting += (below.get_object() for below in each[:MOST_ELEMENTS] if hasattr(below, "get_object"))
        elif hasattr(each, "get"):
            yield each
            waiting.append(_got(each, "/K"))


def _is_bare_figure(element: Any) -> bool:   # Any: what a file holds need not be what it should
    if _got(element, "/S") != "/Figure":
        return False
    return not str(_got(element, "/Alt") or _got(element, "/ActualText") or "").strip("\x00\ufeff ")


def _has_title(reader: Any, root: Any) -> bool:   # Any: what a file holds need not be what it should
    about = _got(reader.trailer, "/Info")
    title = str(_got(about, "/Title") or "") if about is not None else ""
    if title.strip("\x00\ufeff "):
        return True
    metadata: Any = _got(root, "/Metadata")
    found = XMP_TITLE.search(metadata.get_data()[:XMP_BYTES]) if hasattr(metadata, "get_data") else None
    return found is not None and bool(TAG.sub(b"", found[1]).strip())


def _is_picture(page: Any) -> bool:   # Any: what a file holds need not be what it should
    """Whether a page shows pictures, and nothing that letters could be drawn with."""
    resources = _got(page, "/Resources") or {}
    if _got(resources, "/Font"):
        return False
    objects = _got(resources, "/XObject") or {}
    kinds = {str(_got(_got(objects, each), "/Subtype")) for each in objects}
    return kinds == {"/Image"}


def _got(group: Any, key: str) -> Any:   # Any: what a file holds need not be what it should
    """What stands at a key, itself and not where it is kept; None where there is nothing."""
    value: Any = group.get(key) if hasattr(group, "get") else None
    return value.get_object() if hasattr(value, "get_object") else value
