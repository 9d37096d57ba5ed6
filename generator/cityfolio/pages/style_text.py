"""Style sheets as text: what of them is comment and words, and what they say of the page itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

# An escape outside of texts is a part too: the class of a rule may be called \[\'\'\].
PARTS = re.compile(r"""/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\\.|/\*|["']""", re.DOTALL)
_PIECE = re.compile(r"([^{};]*)([{};]|\Z)")
_ROOT = re.compile(r"(?:html)?(?::root)*", re.IGNORECASE)
_ALWAYS = re.compile(r"@(?:layer|supports)\b", re.IGNORECASE)     # around rules that hold for every reader


def without_texts(text: str) -> str:
    """A style sheet with blanks for its comments, texts and escapes; every other character stays in its place."""
    return PARTS.sub(lambda match: _blank(match[0]) if len(match[0]) > 2 or match[0][0] == "\\" else match[0], text)


def root_values(text: str) -> Iterator[tuple[str, str]]:
    """What a style sheet sets for the page as a whole, by name and in its order, wherever and however it is shown."""
    around: list[str] = []
    for words, end in _PIECE.findall(without_texts(text)):
        if end == "{":
            around.append(words.strip())
            continue
        name, _, value = words.partition(":")
        if around and value and _is_root(around[-1]) and all(map(_ALWAYS.match, around[:-1])):
            yield name.strip(), value.strip()
        if end == "}" and around:
            around.pop()


def _blank(words: str) -> str:
    return re.sub(r"[^\n]", " ", words)


def _is_root(selectors: str) -> bool:
    return any(each.strip() and _ROOT.fullmatch(each.strip()) for each in selectors.split(","))
