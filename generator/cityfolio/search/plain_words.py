"""Markdown as the words in it."""

from __future__ import annotations

import html
import re

# Bounded, since in a text of many "<" each would else look through the rest.
_ADDRESS = re.compile(r"\]\([^)\s]{0,2000}\)|https?://\S+|<[^>]{0,2000}>")


def plain(text: str) -> str:
    """Markdown as words, without the addresses and tags in it."""
    if "<" in text or "](" in text or "://" in text:
        text = _ADDRESS.sub(" ", text)
    return " ".join((html.unescape(text) if "&" in text else text).split())
