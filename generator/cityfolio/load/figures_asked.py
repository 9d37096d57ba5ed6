"""Figures that a guide asks for: `{{ rows street-trees }}` in its text stands for the number of rows, as the build finds it.

Found in the Markdown as it is written, so that a problem points to its place. Code is left alone, and so is `\\{{`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

from cityfolio.frozen import Frozen
from cityfolio.model.practised import Body
from cityfolio.problems import Location

_FIGURE = re.compile(r"(?<!\\)\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}")
_FENCE = re.compile(r"(~{3,}|`{3,})[^`\n]*")
_BETWEEN_TICKS = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_INDENTED = re.compile(r"(?: {4}|\t)")
_ITEM = re.compile(r" {0,3}(?:[*+-]|\d+\.)[ \t]")
LONGEST_BLOCK = 20_000     # characters: in a longer one backticks that nothing closes would take too long to look for


class FigureAsked(Frozen, kw_only=True):
    """One figure that a text asks for: what of what, and where in the text that stands."""

    what: str                 # "rows", "measure", ...; "" where nothing stands between the braces
    names: tuple[str, ...]
    written: str              # all of it, braces included
    start: int                # in the text
    end: int


def figures_asked(text: str) -> tuple[FigureAsked, ...]:
    """The figures of a Markdown text, in its order."""
    is_code, found = in_code(text), []
    for match in _FIGURE.finditer(text):
        if not is_code(match.start()):
            what, *names = match[1].split() or [""]
            found.append(FigureAsked(what=what, names=tuple(names), written=match[0], start=match.start(), end=match.end()))
    return tuple(found)


def figure_place(body: Body, figure: FigureAsked) -> Location:
    """Where a figure stands in the file that holds a text."""
    text = body.text
    begins = text.rfind("\n", 0, figure.start) + 1
    return Location(path=body.path, line=body.line + text.count("\n", 0, figure.start), column=figure.start - begins + 1,
                    width=len(figure.written), excerpt=text[begins:].partition("\n")[0])


def in_code(text: str) -> Callable[[int], bool]:
    """What tells whether a place of a Markdown text lies in code."""
    spans = sorted(_code_spans(text))
    starts, ends = [start for start, _ in spans], [*accumulate((end for _, end in spans), max)]

    def is_code(place: int) -> bool:
        before = bisect_right(starts, place)
        return before > 0 and place < ends[before - 1]

    return is_code


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where code stands: between fences, in blocks that are indented, and between backticks, as Python-Markdown reads them."""
    fenced = tuple(_fenced(text))
    yield from fenced
    # Between fences neither indents nor backticks mean anything.
    rest, at = "", 0
    for start, end in fenced:
        rest += text[at:start] + re.sub(r"[^\n]", "x", text[start:end])
        at = end
    is_below_item = False
    for block in _BLOCK.finditer(rest + text[at:]):
        # Below an item of a list, what is indented belongs to the item.
        if not _INDENTED.match(block[0]):
            is_below_item = bool(_ITEM.match(block[0]))
        elif not is_below_item:
            yield block.span()
        if len(block[0]) <= LONGEST_BLOCK:
            yield from ((block.start() + ticks.start(), block.start() + ticks.end())
                        for ticks in _BETWEEN_TICKS.finditer(block[0]))


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """From each line that opens a fence to the next one that is this fence alone, which closes it."""
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    alone: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        alone.setdefault(line.rstrip(" "), []).append(place)
    place = 0
    while place < len(lines):
        opened = _FENCE.fullmatch(lines[place])
        closing = alone.get(opened[1], []) if opened else []
        after = bisect_right(closing, place)
        if after < len(closing):
            yield starts[place], starts[closing[after]] + len(lines[closing[after]])
            place = closing[after]
        place += 1
