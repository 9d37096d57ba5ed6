"""Where the parts of a YAML text stand, as positions in it, so that one part can be changed and every other byte kept.

PyYAML's marks are used as they are but for one thing: it ends a block, and a text of several lines, where the next token
begins. The comments and blank lines before that token belong to nobody, so here a part ends with its own last character.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import yaml

from cityfolio.frozen import Frozen

Place: TypeAlias = "Word | List | Map"

BLANK_LINES = re.compile(r"(?:\r?\n[ \t]*)+\Z")
HEADER = re.compile(r"[|>][-+0-9]*")
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # Any: the C parser where PyYAML was built with it


class Word(Frozen, kw_only=True):
    """A piece of text, with what it says."""

    start: int
    end: int
    text: str
    is_block: bool                # written below its key, after | or >
    is_plain: bool                # without quotation marks


class List(Frozen, kw_only=True):
    """A list: in brackets, or an item a line."""

    start: int
    end: int
    items: tuple[Place, ...]
    in_flow: bool
    column: int                   # of the dashes


class Map(Frozen, kw_only=True):
    """A group of keys: in braces, or a key a line."""

    start: int
    end: int
    keys: tuple[Word, ...]
    values: tuple[Place, ...]
    in_flow: bool
    column: int                   # of the keys

    def find(self, name: str) -> int | None:
        """Which of the keys has this name."""
        return next((at for at, key in enumerate(self.keys) if key.text == name), None)


def places(text: str) -> Place | None:
    """The whole text; None where it holds nothing. Raises yaml.YAMLError where it is not YAML."""
    root = yaml.compose(text, Loader=_Loader)
    return None if root is None else _place(root, text)


def _place(node: Any, text: str) -> Place:  # Any: PyYAML's nodes have no types
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.MappingNode):
        keys = tuple(_word(key, text) for key, _ in node.value)
        values = tuple(_place(value, text) for _, value in node.value)
        in_flow = bool(node.flow_style)
        return Map(start=start, end=end if in_flow or not values else values[-1].end, keys=keys, values=values, in_flow=in_flow,
                   column=node.start_mark.column)
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_place(item, text) for item in node.value)
        in_flow = bool(node.flow_style)
        return List(start=start, end=end if in_flow or not items else items[-1].end, items=items, in_flow=in_flow,
                    column=node.start_mark.column)
    return _word(node, text)


def _word(node: Any, text: str) -> Word:  # Any: PyYAML's nodes
    start, end = node.start_mark.index, node.end_mark.index
    is_block = node.style in ("|", ">")
    if is_block:
        end = _end_of_block(text, start, end, node.value)
    return Word(start=start, end=end, text=node.value if isinstance(node.value, str) else "", is_block=is_block,
                is_plain=not node.style)


def _end_of_block(text: str, start: int, end: int, value: str) -> int:
    header = HEADER.match(text, start, end)
    written = text[start:end]
    if header and "+" in header[0]:
        return end - (2 if written.endswith("\r\n") else 1 if written.endswith("\n") else 0)
    body = value.rstrip("\n")
    if written.startswith("|") and body:
        # Each line of the text is a line of the block, also one of nothing but blanks.
        return min(end, _after_lines(text, start, body.count("\n") + 1))
    return start + len(BLANK_LINES.sub("", written))


def _after_lines(text: str, at: int, lines: int) -> int:
    """Where the last of so many lines below this one ends."""
    for _ in range(lines):
        at = text.find("\n", at) + 1
    return end_of_line(text, at)


def end_of_line(text: str, at: int) -> int:
    """Where the line ends that a position lies in: before its line break."""
    found = text.find("\n", at)
    if found == -1:
        return len(text)
    return found - 1 if found > at and text[found - 1] == "\r" else found


def start_of_line(text: str, at: int) -> int:
    """Where the line begins that a position lies in."""
    return text.rfind("\n", 0, at) + 1
