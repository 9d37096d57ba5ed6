"""How long a text or a list would become: asked before a template of a city's own makes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from itertools import islice

from jinja2.exceptions import SecurityError

LONGEST = 1_000_000          # characters or items that one step may make
MOST_DIGITS = 1_000          # of a number that is rounded
_NUMBER = re.compile(r"\d+")
_PERCENT = re.compile(r"%(?:\([^()]*\))?[-+ #0]*(\d+|\*)?(?:\.(\d+|\*))?")
_NESTED = re.compile(r"\{[^{}]*\{")
Length = Callable[..., int]


def size(value: object) -> int:
    """How long a value is in words, roughly and at least; no more of it is looked at than matters."""
    total, left = 0, [value]
    while left and total <= LONGEST:
        each = left.pop()
        if isinstance(each, str | bytes | bytearray):
            total += len(each)
        elif isinstance(each, Mapping):
            total += 1 + len(each)
            left += islice((part for pair in each.items() for part in pair), LONGEST)
        elif isinstance(each, list | tuple | set | frozenset):
            total += 1 + len(each)
            left += islice(each, LONGEST)
        else:
            total += each.bit_length() // 3 if isinstance(each, int) else 1
    return total


def of_percent(text: str, given: object) -> int:
    """The length of what `%` makes of a text."""
    values = tuple(given.values()) if isinstance(given, Mapping) else given if isinstance(given, tuple) else (given,)
    wide, count = 0, 0
    for match in _PERCENT.finditer(text):
        count += 1
        wide += sum(_largest(values) if part == "*" else _number(part) for part in match.groups() if part)
    if wide > LONGEST:
        raise SecurityError("a text is padded to too great a width")
    return len(text) + wide + count * max(map(size, values), default=0)


def of_format(text: str, *given: object, **named: object) -> int:
    """The length of what `format` makes of a text. A number in it may be a width."""
    values = (*given, *named.values())
    wide = sum(_number(each) for each in _NUMBER.findall(text)) if "{" in text else 0
    nested = text.count("{") * _largest(values) if _NESTED.search(text.replace("{{", "")) else 0
    if wide + nested > LONGEST:
        raise SecurityError("a text is padded to too great a width")
    return len(text) + wide + nested + text.count("{") * max(map(size, values), default=0)


def of_width(text: object, width: int = 80, *_: object) -> int:
    """The length of a text that is padded."""
    if width > LONGEST:
        raise SecurityError("a text is padded to too great a width")
    return max(size(text), width)


def of_join(text: Sized, parts: Iterable[object] = ()) -> int:
    """The length of parts with a text between them."""
    parts = parts if isinstance(parts, Sequence) else ()
    return size(parts) + len(parts) * len(text)


def of_replace(text: object, old: object, new: object, *_: object, **__: object) -> int:
    """The length of a text in which words are replaced."""
    words, sought = (each.decode("latin-1") if isinstance(each, bytes) else str(each) for each in (text, old))
    return len(words) + words.count(sought) * size(new)


def of_translate(text: str, table: Mapping[int, object]) -> int:
    """The length of a text in which letters are replaced."""
    return len(text) * max((size(each) for each in table.values()), default=1) if isinstance(table, Mapping) else 0


def of_tabs(text: str | bytes, tabsize: int = 8) -> int:
    """The length of a text whose tabs become blanks."""
    return len(text) + (text.count("\t") if isinstance(text, str) else text.count(b"\t")) * tabsize


def of_extend(items: Sized, more: object = ()) -> int:
    """How many items a list has after others are added."""
    return len(items) + (len(more) if isinstance(more, Sized) else 0)


def of_indent(text: str, width: int | str = 4, *_: object, **__: object) -> int:
    """The length of a text whose lines are moved in."""
    return len(text) + (text.count("\n") + 1) * (len(width) if isinstance(width, str) else width)


def of_wrap(text: str, width: int = 79, _: object = True, wrapstring: str | None = None, *__: object, **___: object) -> int:
    """The length of a text that is broken into lines."""
    return len(text) + (len(text) // max(width, 1) + text.count("\n")) * len(wrapstring or "\n")


def of_rows(_: object, *given: object, **named: object) -> int:
    """How many items a row has that is filled up, or how many rows there are."""
    count = next(iter((*given, *named.values())), 0)
    return count if isinstance(count, int) else 0


def of_round(_: object, precision: int = 0, *__: object, **___: object) -> int:
    """None: but a number of digits is a power of ten."""
    if precision > MOST_DIGITS:
        raise SecurityError(f"a number is rounded to more than {MOST_DIGITS:,} digits")
    return 0


def of_listed(parts: object, d: object = "", *_: object, **__: object) -> int:
    """The length of parts that the filter `join` puts together."""
    return size(parts) + (len(parts) if isinstance(parts, Sized) else 0) * size(d)


def of_indented(value: object, indent: object = None, *_: object) -> int:
    """The length of a value as JSON, of which each part may have its line."""
    return size(value) * (1 + (indent if isinstance(indent, int) else 0))


def of_value(value: object, *_: object, **__: object) -> int:
    """The length of a value in words."""
    return size(value)


# Of texts and lists, by the name of the method; of filters by theirs.
METHODS: Mapping[str, Length] = {
    "ljust": of_width, "rjust": of_width, "center": of_width, "zfill": of_width, "format": of_format, "format_map": of_format,
    "replace": of_replace, "join": of_join, "translate": of_translate, "expandtabs": of_tabs, "extend": of_extend}
FILTERS: Mapping[str, Length] = {
    "center": of_width, "format": lambda text, *given, **named: of_percent(str(text), named or given), "replace": of_replace,
    "indent": of_indent, "wordwrap": of_wrap, "batch": of_rows, "slice": of_rows, "round": of_round, "join": of_listed,
    "tojson": of_indented, "pprint": of_value, "string": of_value, "urlencode": of_value, "xmlattr": of_value}


def _number(digits: str) -> int:
    return int(digits) if len(digits) < 10 else LONGEST + 1


def _largest(values: Iterable[object]) -> int:
    return max((abs(each) for each in values if isinstance(each, int)), default=0)
