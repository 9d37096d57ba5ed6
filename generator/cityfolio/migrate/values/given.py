"""Values as other people's YAML gives them: text, lists and groups, nothing typed, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from cityfolio.migrate.report import Ledger
from cityfolio.migrate.yaml.text import carried

Given: TypeAlias = "str | list[Given] | dict[str, Given] | None"

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
MAX_VALUES = 50_000               # aliases can stand for millions of values in a few lines
MAX_DEPTH = 50
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # Any: the C parser where PyYAML was built with it


class TooMuch(Exception):
    """The values are nested too deeply, or too many, to be somebody's metadata."""


@dataclass(slots=True)
class Values:
    """One YAML text as values. A repeated key keeps its last value, as Jekyll's parser does; `hidden` has the others.

    They are built from the parser's events, because its own composer follows nesting until the machine stops it.
    """

    ledger: Ledger
    hidden: list[tuple[str, dict[str, Given]]] = field(default_factory=list)   # place -> what its group held before
    anchors: dict[str, tuple[Given, int]] = field(default_factory=dict)        # name -> value, and how many values it is
    count: int = 0

    def read(self, text: str) -> Given:
        """The root value. Raises yaml.YAMLError where the text is not YAML, TooMuch where it is not metadata."""
        parser = _Loader(text)
        try:
            parser.get_event()
            if isinstance(parser.get_event(), yaml.StreamEndEvent):
                return None
            root = self.value(parser, parser.get_event(), "", 0)
            parser.get_event()
            parser.get_event()   # what stands behind the first document is looked at too, so that its faults are found
            return root
        finally:
            parser.dispose()

    def value(self, parser: Any, event: Any, place: str, depth: int) -> Given:  # Any: PyYAML's parser and events
        """One value with everything below it."""
        self.counted(1, depth)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        before = self.count
        if isinstance(event, yaml.ScalarEvent):
            value: Given = self.scalar(event, place)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self.items(parser, place, depth)
        else:
            value = self.group(parser, place, depth)
        if event.anchor:
            self.anchors[event.anchor] = value, self.count - before + 1
        return value

    def counted(self, values: int, depth: int) -> None:
        """Count values, those that an alias repeats as often as they are repeated."""
        self.count += values
        if self.count > MAX_VALUES or depth > MAX_DEPTH:
            raise TooMuch

    def alias(self, event: Any) -> Given:  # Any: PyYAML's events
        """The value that an alias stands for."""
        if event.anchor not in self.anchors:
            raise yaml.composer.ComposerError(None, None, f"the alias *{event.anchor} stands for nothing", event.start_mark)
        value, size = self.anchors[event.anchor]
        self.counted(size, 0)
        return value

    def scalar(self, event: Any, place: str) -> str | None:  # Any: PyYAML's events
        """The text of a scalar, as written; None where an unquoted word means nothing."""
        if not event.style and event.value in NULLS:
            return None
        text = carried(event.value)
        if text != event.value:
            self.ledger.note("mended", place, "control characters removed", event.value, text)
        return text

    def items(self, parser: Any, place: str, depth: int) -> list[Given]:  # Any: PyYAML's parser
        """A list; its items are counted from 1."""
        items: list[Given] = []
        while not isinstance(event := parser.get_event(), yaml.SequenceEndEvent):
            items.append(self.value(parser, event, f"{place}[{len(items) + 1}]", depth + 1))
        return items

    def group(self, parser: Any, place: str, depth: int) -> dict[str, Given]:  # Any: PyYAML's parser
        """A group of keys; those that a merge key brings stand behind its own."""
        found: dict[str, Given] = {}
        before: dict[str, Given] = {}
        merged: dict[str, Given] = {}
        while not isinstance(event := parser.get_event(), yaml.MappingEndEvent):
            is_word = isinstance(event, yaml.ScalarEvent)
            key = carried(event.value) if is_word else as_words(self.value(parser, event, "", depth + 1))
            value = self.value(parser, parser.get_event(), f"{place}.{key}".lstrip("."), depth + 1)
            if key == "<<" and isinstance(value, dict):
                merged |= value
                continue
            if key in found:
                before = self.repeated(key, found, before, place)
            found[key] = value
        if before:
            self.hidden.append((place, before))
        return {**merged, **found}

    def repeated(self, key: str, found: dict[str, Given], before: dict[str, Given], place: str) -> dict[str, Given]:
        """Put the value that a repeated key hides aside, with the others of the same run of keys."""
        if key in before:
            self.hidden.append((place, before))
            before = {}
        return {**before, key: found[key]}


def as_words(given: Given) -> str:
    """A value as one text, for a place that holds only text."""
    if given is None:
        return ""
    if isinstance(given, str):
        return given.strip()
    if isinstance(given, list):
        return ", ".join(words for each in given if (words := as_words(each)))
    return "; ".join(f"{key}: {words}" for key, each in given.items() if (words := as_words(each)))
