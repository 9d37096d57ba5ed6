"""The Markdown that most texts are written in: paragraphs and plain lists, with emphasis, code and full links in them.

It means little that could be read in two ways, and becomes HTML here in a twentieth of the time that Python-Markdown and the
cleaner take. What is made is what they would make; every other text is theirs.
"""

from __future__ import annotations

import re

# Anything that Python-Markdown or the cleaner could take for more than words: in a line, and where one begins or ends. They are
# looked for one after the other, since the first is found at the speed of a set of characters.
_MARK = re.compile(r"[][`*_\\<>&#|~]")
_EDGE = re.compile(r"^[ =:+-]|^\d+[.)]| $", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{2,}")
_WORDS = r"[^][`*_\\<>&#|~\s](?:[^][`*_\\<>&#|~\n]*[^][`*_\\<>&#|~\s])?"
# Names of hosts that no reader of addresses could refuse, and what needs no escape in an attribute.
_ADDRESS = r"https?://(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.)+[a-z]{2,}(?:/[A-Za-z0-9/._~%?=#+:-]*)?"
_PHRASE = re.compile(
    rf"(?<![*`])(?:\*\*(?P<strong>{_WORDS})\*\*|\*(?P<em>{_WORDS})\*|`(?P<code>[A-Za-z0-9_.-]+)`)(?![*`])"
    rf"|(?<!!)\[(?P<text>{_WORDS})\]\((?P<address>{_ADDRESS})\)",
)
_BULLETS = ("- ", "* ")


def is_plain(text: str) -> bool:
    """Whether a text is words alone: in Markdown it means what it says, and in HTML it is written as it is."""
    words = text.replace("\n", "")
    return bool(words) and words.isprintable() and not _is_marked(text)


def _is_marked(text: str) -> bool:
    """Whether anything in a text may be more than words."""
    if _MARK.search(text):
        return True
    if "\n" in text:
        return bool(_EDGE.search(text))
    return text.endswith(" ") or bool(_EDGE.match(text))


def usual_html(text: str) -> str | None:
    """A text as HTML; None where it may hold anything that is not usual."""
    words = text.replace("\n", "")
    if not words or not words.isprintable():
        return None
    if words == text and not text.startswith(_BULLETS):    # one line, as of most columns
        line = _phrases(text)
        return line if line is None else f"<p>{line}</p>"
    made, was_list = list[str](), False
    for block in _BLANK_LINES.split(text.strip("\n")):
        is_list = block.startswith(_BULLETS)
        html = _list(block) if is_list else _phrases(block)
        if html is None or (is_list and was_list):     # one list may go on in the next
            return None
        made.append(html if is_list else f"<p>{html}</p>")
        was_list = is_list
    return "\n".join(made)


def _list(block: str) -> str | None:
    """A list that has a line for each item."""
    items = []
    for line in block.split("\n"):
        html = _phrases(line[2:]) if line.startswith(_BULLETS) else None
        if not html:
            return None
        items.append(f"<li>{html}</li>")
    return "\n".join(["<ul>", *items, "</ul>"])


def _phrases(text: str) -> str | None:
    """Words with what is marked in them."""
    if not _is_marked(text):
        return text
    return None if _is_marked(_PHRASE.sub("x", text)) else _PHRASE.sub(_as_html, text)


def _as_html(phrase: re.Match[str]) -> str:
    if phrase["address"]:
        return f'<a href="{phrase["address"]}" rel="noopener">{phrase["text"]}</a>'
    kind = phrase.lastgroup
    return f"<{kind}>{phrase[str(kind)]}</{kind}>"
