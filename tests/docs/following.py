"""Reads a tutorial as somebody who follows it: what to type, which files to make and change, and what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`([\w-]+(?:/[\w.-]+)+\.(?:yaml|csv|md))`")
CHANGE = re.compile(r"\bIn\s+`(?P<path>[^`]+)`,\s+change\s+`(?P<before>[^`]+)`\s+to\s+`(?P<after>[^`]+)`")
REMOVE = re.compile(r"\bRemove the line that begins with `(?P<start>[^`]+)`")


@dataclass(frozen=True)
class Run:
    """A line to type."""

    command: str


@dataclass(frozen=True)
class Says:
    """Lines that the command before is to say, among others."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Make:
    """A file to make."""

    path: str
    body: str


@dataclass(frozen=True)
class Settings:
    """Keys of a file to set."""

    path: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A text of a file to change."""

    path: str
    before: str
    after: str


@dataclass(frozen=True)
class Remove:
    """A line of a file to remove."""

    path: str
    start: str


@dataclass(frozen=True)
class Mend:
    """Take back what was changed."""


Step = Run | Says | Make | Settings | Change | Remove | Mend


class NotUnderstoodError(AssertionError):
    """A part of a tutorial that nobody could follow to the letter."""


def steps(text: str) -> Iterator[Step]:
    """The steps of a tutorial, in their order. Raises where a block of code is of no known kind."""
    at, path = 0, ""
    for block in FENCED.finditer(text):
        before = text[at:block.start()]
        yield from _told(before, path)
        path = ([path, *FILE.findall(before)])[-1]
        yield from _shown(block[1], block[2], before.strip(), path)
        at = block.end()
    yield from _told(text[at:], path)


def _told(prose: str, path: str) -> Iterator[Step]:
    found: list[tuple[int, Step]] = [(each.start(), Change(each["path"], each["before"], each["after"]))
                                     for each in CHANGE.finditer(prose)]
    found += [(each.start(), Remove(path, each["start"])) for each in REMOVE.finditer(prose)]
    found += [(each.start(), Mend()) for each in re.finditer(r"\bMend both", prose)]
    yield from (step for _, step in sorted(found, key=lambda each: each[0]))


def _shown(language: str, body: str, before: str, path: str) -> Iterator[Step]:
    if language == "sh":
        yield from (Run(line) for line in body.splitlines() if line)
    elif before.endswith("It says, among other things:"):
        yield Says(tuple(body.splitlines()))
    elif before.endswith("Change these lines, and add the one that is not there:"):
        yield Settings(path, tuple(body.splitlines()))
    elif FILE.findall(before):
        yield Make(path, body)
    else:
        raise NotUnderstoodError(f"what is to be done with this?\n{body}")
