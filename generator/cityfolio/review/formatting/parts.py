"""A YAML file as groups and lists with everything that stands around their entries: comments and blank lines.

PyYAML keeps no comments. So where each value stands is taken from it (`places`), and what lies between is read here: whole
lines of comments lead the entry below them, or end the group they are indented with; one behind a value stays behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from cityfolio.frozen import Frozen
from cityfolio.migrate.yaml.places import List, Map, Place, Word, end_of_line, start_of_line

COMMENT = re.compile(r"(?:\A|(?<=[ \t\n]))#[^\n]*")
Node: TypeAlias = "Leaf | Branch"


class Leaf(Frozen, kw_only=True):
    """A piece of text."""

    word: Word
    written: str                 # as it stands in the file


@dataclass(slots=True, kw_only=True)
class Branch:
    """A group or a list."""

    is_list: bool
    in_flow: bool                            # in braces or brackets, with no comment inside
    column: int
    entries: list[Entry] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)   # comments below its last entry, "" for a blank line


@dataclass(slots=True, kw_only=True)
class Entry:
    """A key with its value, or an item of a list."""

    key: Leaf | None
    node: Node
    lead: list[str] = field(default_factory=list)   # comments above it, "" for a blank line
    tail: str = ""                                  # the comment behind it


class _Head(Frozen):
    """An entry that has a place of its own: where it begins, and where what stands on its own lines ends."""

    entry: Entry
    around: tuple[Branch, ...]
    start: int
    column: int
    end: int


def comments_of(text: str, root: Place | None) -> list[str]:
    """Every comment of a YAML text, in order, without the spaces at its end."""
    return [found for _, found in _comments(text, _words(root) if root else ())]


def parts(text: str, root: Map) -> Branch:
    """The whole file. `root` is what `places` gives for it."""
    words = sorted(_words(root), key=lambda word: word.start)
    reading = _Reading(text, list(_comments(text, words)))
    top = reading.branch(root)
    reading.attach(top, list(reading.heads(top, ())))
    return top


@dataclass(slots=True)
class _Reading:
    text: str
    comments: list[tuple[int, str]]
    at: dict[int, tuple[int, int, int]] = field(default_factory=dict)   # id of an entry -> start, column, end

    def branch(self, place: Map | List) -> Branch:
        is_flow = place.in_flow and not self._has_comments(place)
        found = Branch(is_list=isinstance(place, List), in_flow=is_flow, column=place.column)
        keys: Sequence[Word | None] = place.keys if isinstance(place, Map) else [None] * len(place.items)
        for key, value in zip(keys, place.values if isinstance(place, Map) else place.items, strict=True):
            node = self._leaf(value) if isinstance(value, Word) else self.branch(value)
            entry = Entry(key=self._leaf(key) if key else None, node=node)
            start = key.start if key else value.start if place.in_flow else self.text.rfind("-", 0, value.start)
            found.entries.append(entry)
            self.at[id(entry)] = (start, start - start_of_line(self.text, start), self._end(key, value, start))
        return found

    def heads(self, branch: Branch, around: tuple[Branch, ...]) -> Iterator[_Head]:
        """Every entry outside braces and brackets, in the order of the file."""
        for entry in branch.entries:
            yield _Head(entry, (*around, branch), *self.at[id(entry)])
            if isinstance(entry.node, Branch) and not entry.node.in_flow:
                yield from self.heads(entry.node, (*around, branch))

    def attach(self, top: Branch, heads: Sequence[_Head]) -> None:
        """Give every comment and every blank line to the entry or group it belongs to."""
        if not heads:
            top.foot += [line for _, line in _lines(self.text)]
            return
        heads[0].entry.lead += [line for _, line in _lines(self.text[: start_of_line(self.text, heads[0].start)])]
        for last, head in pairwise(heads):
            begin, end = self._next_line(last.end), start_of_line(self.text, head.start)
            self._between(last, head, list(_lines(self.text[begin:end])) if begin < end else [])
        self._feet(heads[-1], list(_lines(self.text[self._next_line(heads[-1].end):])))
        self._tails(heads)

    def _between(self, last: _Head, head: _Head, lines: list[tuple[int, str]]) -> None:
        if head.around[-1] is last.entry.node:
            above = last if last.entry.key is None else head    # the first key of an item stands on the line of its dash
            above.entry.lead += [found for _, found in lines]
            return
        if len(head.around) < len(last.around) or last.entry.node is not head.around[-1]:
            outer = next((at for at, (column, found) in enumerate(lines) if found and column <= head.column), len(lines))
            inner = max((at + 1 for at, (_, found) in enumerate(lines[:outer]) if found), default=0)
            self._feet(last, lines[:inner])
            lines = lines[inner:]
        head.entry.lead += [found for _, found in lines]

    def _feet(self, head: _Head, lines: Sequence[tuple[int, str]]) -> None:
        """Comments below the last entry of groups that end here: each to the innermost that is not indented further."""
        own = [head.entry.node] if isinstance(head.entry.node, Branch) and not head.entry.node.in_flow else []
        around = [*head.around, *own]
        group = around[-1]
        for column, found in lines:
            if found:
                group = next((each for each in reversed(around) if each.column <= column), around[0])
            group.foot.append(found)

    def _tails(self, heads: Sequence[_Head]) -> None:
        starts = [head.start for head in heads]
        for place, found in self.comments:
            if self.text[start_of_line(self.text, place) : place].strip():
                entry = heads[max(0, bisect_right(starts, place) - 1)].entry
                if entry.tail:
                    entry.lead.append(found)
                else:
                    entry.tail = found

    def _leaf(self, word: Word) -> Leaf:
        return Leaf(word=word, written=self.text[word.start : word.end])

    def _end(self, key: Word | None, value: Place, start: int) -> int:
        """Where what an entry has on its own lines ends: its value, or its key where the value lies below it."""
        if isinstance(value, Word) and value.start < value.end:
            return value.end
        if not isinstance(value, Word) and value.in_flow:
            return value.start + 1 if self._has_comments(value) else value.end
        return self.text.find(":", key.end) + 1 if key else start + 1

    def _has_comments(self, place: Map | List) -> bool:
        return bisect_right(self.comments, (place.start,)) < bisect_right(self.comments, (place.end,))

    def _next_line(self, at: int) -> int:
        return min(len(self.text), self.text.find("\n", at) + 1 or len(self.text))


def _words(place: Place) -> Iterator[Word]:
    if isinstance(place, Word):
        yield place
    elif isinstance(place, List):
        for item in place.items:
            yield from _words(item)
    else:
        for key, value in zip(place.keys, place.values, strict=True):
            yield key
            yield from _words(value)


def _comments(text: str, words: Iterable[Word]) -> Iterator[tuple[int, str]]:
    """Comments outside every word, with their places; of a block also the one behind its sign."""
    at = 0
    for word in words:
        yield from _found(text, at, word.start)
        if word.is_block:
            yield from _found(text, word.start, end_of_line(text, word.start))
        at = max(at, word.end)
    yield from _found(text, at, len(text))


def _found(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    return ((found.start(), found[0].rstrip()) for found in COMMENT.finditer(text, start, end))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is a comment or empty, with the column of its first character. Others, such as `---`, are left out."""
    lines = text.split("\n")
    for line in lines[:-1] if not lines[-1].strip() else lines:
        bare = line.strip()
        if not bare or bare.startswith("#"):
            yield len(line) - len(line.lstrip()), bare
