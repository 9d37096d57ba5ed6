"""Where something stands in a value of JSON, and what is wrong with it. Slow, and asked only for what a reader was told of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

MOST_DEPTH = 100
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}:,]|[^\s\[\]{}:,"]++', re.DOTALL)
HALF = re.compile("[\ud800-\udfff]")
# What Python's reader says, and what it would have said in words for a person. Versions differ in the rest of the words.
WORDS = {
    "Expecting ',' delimiter": ("a comma, or the end of the list or object, is missing before this",
                                "Put a comma between two values, or a backslash before a quotation mark inside a text."),
    "Expecting ':' delimiter": ("a colon is missing after a name", 'Write "name": value.'),
    "Expecting property name": ("a name in double quotation marks was expected here", 'Write "name": value.'),
    "Invalid control character": ("a line end or another control character stands inside a text",
                                  "Write a line end inside a text as \\n, a tab as \\t."),
    "Invalid \\": ("a backslash stands before something that it has no meaning with",
                   "Write a backslash inside a text as \\\\."),
    "Expecting value": ("a value was expected here",
                        'Write a number, a text in double quotation marks, true, false, null, a list or an object.'),
}
TRAILING = ("a comma stands before the end of a list or object", "Remove the comma.")
CLOSE = "Close it, or export the file again if it was cut short."


class Fault(NamedTuple):
    """What is wrong between two offsets of a text, and what would be right."""

    start: int
    end: int
    says: str
    fix: str
    discreet: str = ""            # says the same without what may be personal data, where `says` holds any


class Step(NamedTuple):
    """A part of a value: a name, a plain value, or where a list or an object opens or closes, with its depth."""

    kind: str
    start: int
    end: int
    depth: int


class Member(NamedTuple):
    """Where a name and its value stand."""

    name: tuple[int, int]
    value: tuple[int, int]


def broken(text: str, start: int, error: json.JSONDecodeError) -> Fault:
    """What made Python's reader give up on a value that begins at an offset."""
    at = error.pos
    before = text[:at].rstrip(" \t\r\n")
    if error.msg.startswith("Unterminated string"):
        return Fault(at, at + 1, "the text that opens here is never closed", CLOSE)
    if error.msg.startswith("Illegal trailing comma") or (before.endswith(",") and text[at : at + 1] in ("}", "]")):
        # Some versions of Python point at the comma, others at what follows it.
        end = at + len(text[at:]) - len(text[at:].lstrip(", \t\r\n"))
        return Fault(end, end + 1, *TRAILING)
    if not text[at:].strip(" \t\r\n"):
        return Fault(start, start + 1, "the file ends before the value that begins here is complete", CLOSE)
    says, fix = next((words for known, words in WORDS.items() if error.msg.startswith(known)), WORDS["Expecting value"])
    return Fault(at, at + 1, says, fix)


def first(text: str, start: int) -> Fault | None:
    """The first thing in a value that Python would read and JSON does not allow, or that few programs agree on."""
    names: list[set[str]] = []
    for step in steps(text, start):
        if step.kind == "close":
            names.pop()
            continue
        if step.kind == "open":
            if step.depth >= MOST_DEPTH:
                return Fault(step.start, step.end, f"more than {MOST_DEPTH} lists and objects stand in each other here",
                             "Make a table of it: a list of objects.")
            names.append(set())
            continue
        if (fault := _scalar_fault(text, step)) is not None:
            return fault
        if step.kind == "name":
            name = json.loads(text[step.start : step.end], strict=False)
            if name in names[-1]:
                return twice(step.start, step.end, name)
            names[-1].add(name)
    return None


def twice(start: int, end: int, name: str) -> Fault:
    """The fault of a name that an object has already."""
    return Fault(start, end, f"the name `{name[:80]}` stands twice in one object",
                 "Keep one of the two; programs do not agree which one counts.", "a name stands twice in one object")


def _scalar_fault(text: str, step: Step) -> Fault | None:
    token = text[step.start : step.end]
    if token in ("NaN", "Infinity", "-Infinity"):
        return Fault(step.start, step.end, f"{token} is not a value that JSON has", "Write null where there is no value.")
    if token.startswith('"') and "\\u" in token and HALF.search(json.loads(token, strict=False)):
        return Fault(step.start, step.end, "a text holds one half of a character that is written in two (\\uD800 to \\uDFFF)",
                     "Export the file again; the text was cut in the middle of a character.")
    return None


def members(text: str, start: int) -> dict[str, Member]:
    """Where each member of a sound object stands that begins at an offset."""
    found: dict[str, Member] = {}
    name = opened = (0, 0)
    for step in steps(text, start):
        if step.depth != 1:
            continue
        span = (step.start, step.end)
        if step.kind == "name":
            name = span
        elif step.kind == "open":
            opened = span
        else:
            value = span if step.kind == "value" else (opened[0], step.end)
            found[json.loads(text[name[0] : name[1]])] = Member(name, value)
    return found


def steps(text: str, start: int) -> Iterator[Step]:
    """The parts of a value that begins at an offset, as far as they make sense. An object's own members have the depth 1."""
    stack: list[str] = []
    name_next = False
    for match in TOKEN.finditer(text, start):
        part = match[0]
        if part in ("{", "["):
            yield Step("open", *match.span(), len(stack))
            stack.append(part)
            name_next = part == "{"
        elif part in ("}", "]"):
            if stack:
                stack.pop()
                yield Step("close", *match.span(), len(stack))
            name_next = False
        elif part == ",":
            name_next = stack[-1:] == ["{"]
        elif part != ":":
            yield Step("name" if name_next else "value", *match.span(), len(stack))
            name_next = False
        if not stack:
            return
