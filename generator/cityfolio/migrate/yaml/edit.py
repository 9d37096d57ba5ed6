"""Changes to a YAML text that keep every other byte: comments, quotation marks, blank lines, the order of the rest.

A change is made where the value stands, written as `yaml_text` writes it, and then read again. Where that does not give what
was wanted, as in YAML that nobody writes by hand, the group around the value is written anew, and at last the file.
"""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from cityfolio.migrate.yaml.changes import Change, Path, applied, at
from cityfolio.migrate.yaml.places import List, Map, Place, Word, end_of_line, places, start_of_line
from cityfolio.migrate.yaml.splice import Splice
from cityfolio.migrate.yaml.text import LINE, PLAIN_WORDS, Bare, Yaml, entry_lines, value_lines, yaml_text

BYTE_ORDER_MARK = "\ufeff"


def edited(text: str, changes: Iterable[Change]) -> str:
    """The text with the changes made, one after the other. Raises yaml.YAMLError for a text that is not YAML."""
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    text = text.removeprefix(BYTE_ORDER_MARK)
    line_break = "\r\n" if "\r\n" in text.partition("\n")[0] + "\n" else "\n"
    for change in changes:
        text = _changed(text, change, line_break)
    return mark + text


def values_of(text: str) -> dict[str, Yaml]:
    """All values of a YAML text as texts, lists and groups. Raises yaml.YAMLError where it is not YAML."""
    root = places(text.removeprefix(BYTE_ORDER_MARK))
    found = _values(root) if root is not None else {}
    return found if isinstance(found, dict) else {}


def _values(place: Place) -> Yaml:
    if isinstance(place, Word):
        # Where the group around it is written anew, true stays true and does not become "true".
        return Bare(place.text) if place.is_plain and place.text.lower() in PLAIN_WORDS else place.text
    if isinstance(place, List):
        return [_values(item) for item in place.items]
    return {key.text: _values(value) for key, value in zip(place.keys, place.values, strict=True)}


def _changed(text: str, change: Change, line_break: str) -> str:
    wanted = applied(values_of(text), change)
    while True:
        if not change.path:
            assert isinstance(wanted, dict)
            return yaml_text(wanted).replace("\n", line_break)
        made = _attempt(text, change, line_break)
        if made is not None and _gives(made, wanted):
            return made
        around = change.path[:-1]
        change = Change(path=around, value=at(wanted, around))


def _gives(text: str, wanted: Yaml) -> bool:
    try:
        return values_of(text) == wanted
    except yaml.YAMLError:
        return False


def _attempt(text: str, change: Change, line_break: str) -> str | None:
    """The text with one change made in its place; None where this is no place for that."""
    root = places(text)
    if root is None or (isinstance(root, Word) and root.start == root.end):   # comments alone, perhaps below "---"
        return _appended(text, change, line_break) if len(change.path) == 1 and change.value is not None else None
    around = _around(root, change.path)
    if not around:
        return None
    splice = Splice(text, line_break, around)
    parent, step = around[-1], change.path[-1]
    spot = parent.find(str(step)) if isinstance(parent, Map) else step
    if not isinstance(spot, int) and change.value is None:
        return text
    made = splice.placed(spot, change)
    if made is None or not isinstance(parent, Map | List) or not parent.in_flow:
        return made
    outer = next(number for number, each in enumerate(around) if not isinstance(each, Word) and each.in_flow)
    return None if outer and _is_crowded(text, made, around[outer], change.value) else made


def _is_crowded(text: str, made: str, outer: Place, value: Yaml | None) -> bool:
    """Whether a group in braces has outgrown the line on which it stands, so that it is better written below its key."""
    if "\n" in text[outer.start : outer.end]:
        return False
    before = end_of_line(text, outer.start) - start_of_line(text, outer.start)
    after = end_of_line(made, outer.start) - start_of_line(made, outer.start)
    return (value is not None and len(value_lines(value, 0)) > 1) or before <= LINE < after


def _around(root: Place, path: Path) -> list[Place]:
    """The groups and lists that hold a value, from the root on; none where the path leads through what is not there."""
    found = [root]
    for step in path[:-1]:
        inner = found[-1]
        if isinstance(inner, Map):
            number = inner.find(str(step))
            if number is None:
                return []
            found.append(inner.values[number])
        elif isinstance(inner, List) and isinstance(step, int) and step < len(inner.items):
            found.append(inner.items[step])
        else:
            return []
    return found


def _appended(text: str, change: Change, line_break: str) -> str:
    assert change.value is not None
    lines = entry_lines(str(change.path[0]), change.value, 0)
    gap = "" if not text or text.endswith("\n") else line_break
    return f"{text}{gap}{line_break.join(lines)}{line_break}"
