"""YAML as a city writes it: every scalar stays text, every value keeps its place, and what surprises people is refused.

PyYAML's own loaders turn `NO` into false, `01234` into 668 and `12:30:45` into 45045, keep the last of two equal keys
without a word, and follow aliases until memory ends. So values are built here from the parser's events: aliases, tags,
merge keys, repeated keys and second documents are problems, and size, depth and number of values are bounded before
anything is built from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml
from yaml.events import AliasEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from cityfolio.problems import Location, Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_VALUES = 50_000
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# What XML 1.0 (2.2) cannot carry could be in no feed, and no keyboard types it.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
CUT_BY_COMMENT = re.compile(r"[ \t]+#\S")
_Parser: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # Any: the C parser where PyYAML was built with it


class Scalar(NamedTuple):
    """One piece of text; None where nothing, `~` or `null` is written. Lines and columns count from 1."""

    text: str | None
    line: int
    column: int
    width: int


class Items(NamedTuple):
    """A list."""

    items: tuple[Value, ...]
    line: int
    column: int
    width: int = 1


class Group(NamedTuple):
    """A mapping from keys to values; `keys` holds where each key stands."""

    entries: dict[str, Value]
    keys: dict[str, Scalar]
    line: int
    column: int
    width: int = 1


Value = Scalar | Items | Group
START = Scalar(None, 1, 1, 1)


class Shrinkable:
    """What remembers its small form, once `load.kept` has made one."""

    __slots__ = ("small",)
    small: Document


@dataclass(frozen=True, slots=True)
class Document(Shrinkable):
    """One YAML file that was read: its values, and the text they stand in."""

    path: str
    root: Group
    lines: tuple[str, ...] = field(repr=False)

    def value(self, *keys: str | int) -> Value | None:
        """The value that these keys and places lead to."""
        found: Value | None = self.root
        for key in keys:
            found = _child(found, key) if found is not None else None
        return found

    def holds(self, *keys: str | int) -> bool:
        """Whether something is written there. A value that was refused is reported as what it is, not as missing too."""
        value = self.value(*keys)
        return value is not None and not (isinstance(value, Scalar) and not (value.text or "").strip())

    def at(self, *keys: str | int) -> Location:
        """Where a value stands; the nearest place above it when there is no such value."""
        found: Value = self.root
        for key in keys:
            below = _child(found, key)
            if below is None:
                break
            found = below
        return self.location(found)

    def at_key(self, *keys: str | int) -> Location:
        """Where the last of these keys stands."""
        found: Value = self.root
        for key in keys[:-1]:
            found = _child(found, key) or found
        if isinstance(found, Group) and keys[-1] in found.keys:
            return self.location(found.keys[str(keys[-1])])
        return self.at(*keys)

    def location(self, place: Value) -> Location:
        """The location of a value of this document."""
        return _location(self.path, self.lines, place)


def read_yaml(path: str, body: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read one file. No document comes back when nothing in it can be trusted; no input raises."""
    if len(body) > MAX_BYTES:
        says = f"the file has {len(body):,} bytes; metadata may have {MAX_BYTES:,}"
        return None, (
            Problem(
                code="yaml-size",
                where=Location(path=path),
                says=says,
                fix="Move long texts and tables into files of their own.",
            ),
        )
    text, problem = _decoded(path, body)
    if text is None:
        return None, (problem,) if problem else ()
    builder = _Builder(path, tuple(text.splitlines()))
    root = builder.build(text)
    document = Document(path, root, builder.lines) if root is not None else None
    return document, tuple(builder.problems)


def _decoded(path: str, body: bytes) -> tuple[str | None, Problem | None]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        body = error.object  # what is left without a byte order mark
        before = body[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        shown = body.decode(errors="replace").split("\n")[line - 1][:200].rstrip("\r")
        where = Location(path=path, line=line, column=column, excerpt=shown)
        return None, Problem(
            code="text-encoding",
            where=where,
            says=f"the byte 0x{body[error.start]:02x} is not UTF-8",
            fix="Save the file as UTF-8.",
        )
    found = FORBIDDEN.search(text)
    if found:
        before = text[: found.start()]
        where = Location(path=path, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))
        says = f"the control character U+{ord(found[0]):04X} cannot be in a text"
        return None, Problem(code="text-encoding", where=where, says=says, fix="Delete it.")
    return text, None


class _Refused(Exception):
    """Ends the reading of one file; the problem is already noted."""


class _Builder:
    """Builds values from one parser's events and notes what is wrong on the way."""

    def __init__(self, path: str, lines: tuple[str, ...]) -> None:
        self.path = path
        self.lines = lines
        self.problems: list[Problem] = []
        self.values = 0
        self.has_escapes = self.has_comments = True      # whether there may be any, anywhere in the file

    def build(self, text: str) -> Group | None:
        self.has_escapes, self.has_comments = "\\" in text, "#" in text
        parser = _Parser(text)
        try:
            return self.document(parser)
        except yaml.MarkedYAMLError as error:
            self.syntax(error)
        except yaml.reader.ReaderError as error:
            # The C parser tells the character by its number, the other by itself.
            letter = error.character if isinstance(error.character, int) else ord(str(error.character)[0])
            self.note("yaml-syntax", START, f"the character U+{letter:04X} cannot be in YAML")
        except _Refused:
            return None
        finally:
            parser.dispose()
        return None

    def document(self, parser: Any) -> Group | None:  # Any: PyYAML's parser has no type of its own
        parser.get_event()
        event = parser.get_event()
        if isinstance(event, yaml.StreamEndEvent):
            return Group({}, {}, 1, 1)
        root = self.value(parser, parser.get_event(), 0)
        parser.get_event()
        event = parser.get_event()
        if not isinstance(event, yaml.StreamEndEvent):
            self.note_at(
                "yaml-documents",
                event.start_mark,
                "a second document starts here",
                "Keep one document in a file, and delete the line ---.",
            )
        if isinstance(root, Scalar) and root.text is None:
            return Group({}, {}, 1, 1)
        if not isinstance(root, Group):
            self.note("value-kind", root, "the file should hold keys and values, such as `title: Trees`")
            return None
        return root

    def value(self, parser: Any, event: Any, depth: int) -> Value:  # Any: PyYAML's events
        self.values += 1
        mark, kind = event.start_mark, event.__class__
        line, column = mark.line + 1, mark.column + 1
        if kind is AliasEvent:
            self.note_at("yaml-alias", mark, f"the alias *{event.anchor} stands for a value elsewhere", "Write the value here.")
            return Scalar(None, line, column, 1)
        if event.anchor is not None or event.tag is not None or depth > MAX_DEPTH or self.values > MAX_VALUES:
            self.refuse_marks(event, depth)
        if kind is ScalarEvent:
            return self.scalar(event, line, column)
        if kind is SequenceStartEvent:
            items = []
            while (event := parser.get_event()).__class__ is not SequenceEndEvent:
                items.append(self.value(parser, event, depth + 1))
            return Items(tuple(items), line, column)
        return self.group(parser, depth + 1, Group({}, {}, line, column))

    def refuse_marks(self, event: Any, depth: int) -> None:  # Any: PyYAML's events
        mark = event.start_mark
        if event.anchor is not None:
            self.note_at("yaml-alias", mark, f"the anchor &{event.anchor} names a value for use elsewhere", "Delete it.")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.note_at("yaml-tag", mark, f"the tag {tag} gives a value a type", "Delete it; types come from the key.")
        if depth > MAX_DEPTH:
            self.note_at("yaml-depth", mark, f"groups and lists are nested more than {MAX_DEPTH} deep", "Make it flatter.")
            raise _Refused
        if self.values > MAX_VALUES:
            self.note_at("yaml-size", mark, f"the file holds more than {MAX_VALUES:,} values", "Divide it.")
            raise _Refused

    def group(self, parser: Any, depth: int, group: Group) -> Group:  # Any: PyYAML's parser
        while (event := parser.get_event()).__class__ is not MappingEndEvent:
            key = self.value(parser, event, depth)
            value = self.value(parser, parser.get_event(), depth)
            if not isinstance(key, Scalar) or key.text is None:
                self.note("value-kind", key, "a key should be a plain word")
            elif key.text == "<<" and self.line(key.line)[key.column - 1 :].startswith("<<"):
                self.note("yaml-merge", key, "the merge key << copies another group", "Write the keys here.")
            elif key.text in group.entries:
                first = group.keys[key.text].line
                self.note(
                    "yaml-duplicate-key", key, f'the key "{key.text}" stands on line {first} already', "Keep one of the two."
                )
            else:
                group.entries[key.text] = value
                group.keys[key.text] = key
        return group

    def scalar(self, event: Any, line: int, column: int) -> Scalar:  # Any: PyYAML's events
        text = event.value
        end = event.end_mark
        width = (end.column if end.line + 1 == line else len(self.line(line))) - column + 1
        if width < 1:
            width = 1
        if event.style:
            found = FORBIDDEN.search(text) if self.has_escapes else None
            if found:
                says = f"the control character U+{ord(found[0]):04X} cannot be in a text"
                self.note("text-encoding", Scalar(text, line, column, width), says, "Delete it.")
                text = FORBIDDEN.sub("", text)
            return Scalar(text, line, column, width)
        cut = CUT_BY_COMMENT.match(self.line(end.line + 1), end.column) if self.has_comments else None
        if cut and text:
            self.note(
                "yaml-comment",
                Scalar(None, end.line + 1, cut.end() - 1, 1),
                f'a # after a space begins a comment, so this value is only "{text}"',
                "Put the whole value in quotation marks, or a space after the #.",
            )
        return Scalar(None if text in NULLS else text, line, column, width)

    def line(self, number: int) -> str:
        return self.lines[number - 1] if number <= len(self.lines) else ""

    def syntax(self, error: yaml.MarkedYAMLError) -> None:
        if error.context == "while scanning a quoted scalar" and error.context_mark:
            # The parser stops where the file ends; the fault is where the text begins.
            self.note_at(
                "yaml-syntax",
                error.context_mark,
                "the quotation mark that opens this text is never closed",
                "Close it, or write each mark inside the text twice.",
            )
            return
        mark = error.problem_mark or error.context_mark
        place = Scalar(None, mark.line + 1, mark.column + 1, 1) if mark else START
        if "\t" in self.line(place.line)[: place.column]:
            self.note("yaml-syntax", place, "a tab cannot indent YAML", "Use spaces.")
            return
        says = str(error.problem or error.context or "this is not YAML")
        if "nesting depth" in says:
            # PyYAML from 6.0.4 has a limit too, and meets it before the first of so many brackets becomes an event.
            self.note("yaml-depth", place, f"groups and lists are nested more than {MAX_DEPTH} deep", "Make it flatter.")
            return
        self.note(
            "yaml-syntax",
            place,
            f"the parser stopped here: {says}",
            "Often a quotation mark is missing, a colon stands in an unquoted text, or a line is indented differently.",
        )

    def note_at(self, code: str, mark: Any, says: str, fix: str) -> None:  # Any: PyYAML's marks
        self.note(code, Scalar(None, mark.line + 1, mark.column + 1, 1), says, fix)

    def note(self, code: str, place: Value, says: str, fix: str = "") -> None:
        self.problems.append(Problem(code=code, where=_location(self.path, self.lines, place), says=says, fix=fix))


def _child(value: Value, key: str | int) -> Value | None:
    if isinstance(value, Group):
        return value.entries.get(str(key))
    if isinstance(value, Items) and isinstance(key, int) and key < len(value.items):
        return value.items[key]
    # A single value stands for a list of one.
    return value if key == 0 else None


def _location(path: str, lines: tuple[str, ...], place: Value) -> Location:
    excerpt = lines[place.line - 1][:200] if place.line <= len(lines) else None
    return Location(path=path, line=place.line, column=place.column, width=place.width, excerpt=excerpt)
