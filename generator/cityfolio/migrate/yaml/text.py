"""YAML as a person would write it: keys in their documented order, long text as a block, quotes only where they help.

PyYAML's dumper was tried first. It gives up block text for a single trailing space, breaks lines inside quoted text, and
cannot set short lists on one line beside long ones; hence this small one. Every value is text, and comes back as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from cityfolio.model.keys import ListOf, MapOf, Record, keys_of

Yaml: TypeAlias = "str | Sequence[Yaml] | Mapping[str, Yaml]"

LINE = 100                        # characters in which a short list or group must fit to stand on one line
# What our loader refuses (XML 1.0, 2.2, cannot carry it either) and PyYAML's reader with it, even as an escape.
NOT_CARRIED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Line ends of YAML 1.1 other than the line feed, the byte order mark, and C1 controls: only escapes keep them.
ESCAPED = re.compile("[\r\x80-\x9f\u2028\u2029\ufeff]")
INDICATORS = tuple("-?:,[]{}#&*!|>'\"%@`=<")
# Words that other YAML readers take for something else than text.
PLAIN_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null", ".inf", "-.inf", ".nan"})
WORDS = PLAIN_WORDS | {"", "~", "..."}
IN_FLOW = re.compile(r"[,\[\]{}:?]")
NAMED_KEY = re.compile(r"[a-z_]+")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P"}


class Bare(str):
    """A word that stands as it is, such as `true` where a key holds true or false."""

    __slots__ = ()


def carried(text: str) -> str:
    """A text without the control characters that no YAML file of a catalog can hold."""
    return NOT_CARRIED.sub("", text)


def record_text(record: type, values: Mapping[str, Any]) -> str:  # Any: text, lists and groups of it, or None
    """One file of the catalog: the keys of its record type in their documented order, empty ones left out."""
    return yaml_text(in_order(record, values))


def in_order(record: type, values: Mapping[str, Any]) -> dict[str, Yaml]:  # Any: text, lists and groups of it, or None
    """The values of a record in the order in which its type documents them, also inside its lists and groups."""
    ordered: dict[str, Yaml] = {}
    for name, declared in keys_of(record).items():
        value = values.get(name)
        if value is None or value == "" or value == () or value == [] or value == {}:
            continue
        kind = declared.kind
        if isinstance(kind, Record):
            value = in_order(kind.type, value)
        elif isinstance(kind, ListOf) and isinstance(kind.kind, Record):
            value = [in_order(kind.kind.type, item) for item in value]
        elif isinstance(kind, MapOf) and isinstance(kind.kind, Record):
            value = {each: in_order(kind.kind.type, item) for each, item in value.items()}
        ordered[name] = value
    return ordered


def yaml_text(values: Mapping[str, Yaml]) -> str:
    """A whole YAML file."""
    return "".join(f"{line}\n" for line in _group(values, 0)) if values else "{}\n"


def entry_lines(key: str, value: Yaml, indent: int) -> list[str]:
    """The lines of one key and its value, as they stand in a group that is indented."""
    return list(_entry(f"{' ' * indent}{_key(key)}:", value, indent))


def value_lines(value: Yaml, indent: int) -> list[str]:
    """A value as it follows a key that is indented: what stands on the key's line, space and all, then the lines below it."""
    return list(_entry("", value, indent))


def item_lines(value: Yaml, indent: int) -> list[str]:
    """The lines of one item of a list whose dashes are indented."""
    return list(_item(value, indent))


def flow_text(value: Yaml) -> str:
    """A value as it stands inside brackets or braces, on one line whatever it holds."""
    if isinstance(value, str):
        return _flow(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(flow_entry(key, each) for key, each in value.items()) + "}"
    return "[" + ", ".join(map(flow_text, value)) + "]"


def flow_entry(key: str, value: Yaml) -> str:
    """A key and its value as they stand inside braces."""
    return f"{_key(key)}: {flow_text(value)}"


def _group(values: Mapping[str, Yaml], indent: int) -> Iterator[str]:
    for key, value in values.items():
        yield from _entry(f"{' ' * indent}{_key(key)}:", value, indent)


def _key(key: str) -> str:
    """A key. One that is long or spans lines is still a single quoted line, which YAML demands of a simple key."""
    return _one_line(key, IN_FLOW.search(key) is None)


def _entry(head: str, value: Yaml, indent: int) -> Iterator[str]:
    """What follows a key or a dash: on its line where it fits, else indented below it."""
    if isinstance(value, str):
        yield from _text(head, value, indent)
        return
    short = _in_line(value)
    if short is not None and (len(head) + 1 + len(short) <= LINE or not value):   # nothing could stand below an empty one
        yield f"{head} {short}"
    elif isinstance(value, Mapping):
        yield head
        yield from _group(value, indent + 2)
    else:
        yield head
        for item in value:
            yield from _item(item, indent + 2)


def _item(item: Yaml, indent: int) -> Iterator[str]:
    if isinstance(item, str):
        yield from _text(f"{' ' * indent}-", item, indent)
        return
    if not item:
        yield f"{' ' * indent}- {'{}' if isinstance(item, Mapping) else '[]'}"
        return
    if isinstance(item, Mapping):
        below = _group(item, indent + 2)
    else:
        below = (line for each in item for line in _item(each, indent + 2))
    first = next(below)
    yield f"{' ' * indent}- {first[indent + 2:]}"
    yield from below


def _in_line(value: Sequence[Yaml] | Mapping[str, Yaml]) -> str | None:
    """A list of words, or a group of known keys with a word each, on one line; None when it holds more than that."""
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    words = value.values() if isinstance(value, Mapping) else value
    if not all(isinstance(word, str) and "\n" not in word for word in words):
        return None
    if isinstance(value, Mapping):
        # Names given by a city, such as those of notes, read better one below the other.
        if not all(NAMED_KEY.fullmatch(key) for key in value):
            return None
        return "{" + ", ".join(f"{key}: {_word(word)}" for key, word in value.items()) + "}"
    return "[" + ", ".join(_word(word) for word in value) + "]"


def _word(value: Yaml) -> str:
    return _flow(value if isinstance(value, str) else str(value))


def _flow(text: str) -> str:
    return _one_line(text, IN_FLOW.search(text) is None)


def _text(head: str, text: str, indent: int) -> Iterator[str]:
    if "\n" not in text or ESCAPED.search(text) or not text.strip("\n"):
        yield f"{head} {_one_line(text, True)}"
        return
    lines = text.split("\n")
    ends = len(text) - len(text.rstrip("\n"))
    # Spaces at the very start would be taken for indentation, unless its width is said.
    width = "2" if re.match(r"[ \t\n]", text) else ""
    yield f"{head} |{width}{('-', '')[ends] if ends < 2 else '+'}"
    for line in lines[:-1] if ends else lines:
        yield f"{' ' * (indent + 2)}{line}" if line else ""


def _one_line(text: str, plain_allowed: bool) -> str:
    if isinstance(text, Bare):
        return str(text)
    if plain_allowed and _is_plain(text):
        return text
    if _needs_escapes(text):
        return '"' + "".join(_escape(letter) for letter in text) + '"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _is_plain(text: str) -> bool:
    return not (
        text.lower() in WORDS or text != text.strip() or text.startswith(INDICATORS) or text.endswith(":")
        or ": " in text or " #" in text or "\t" in text or text.startswith(("---", "...")) or _needs_escapes(text)
    )


def _needs_escapes(text: str) -> bool:
    return "\n" in text or "\t" in text or ESCAPED.search(text) is not None


def _escape(letter: str) -> str:
    if letter in ESCAPES:
        return ESCAPES[letter]
    return f"\\x{ord(letter):02X}" if "\x80" <= letter <= "\x9f" else "\\uFEFF" if letter == "\ufeff" else letter
