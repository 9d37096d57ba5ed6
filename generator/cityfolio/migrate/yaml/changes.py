"""What differs between two sets of values of a YAML file, as the fewest changes that a person would make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from cityfolio.frozen import Frozen
from cityfolio.migrate.yaml.text import Yaml
from cityfolio.model.keys import Kind, ListOf, MapOf, Record, keys_of

Path = tuple[str | int, ...]
# By these an item of a list is known again when something else about it changed.
TELLING = ("path", "url", "title", "question", "missing")


class Change(Frozen, kw_only=True):
    """One change of a value that is reached by keys and places in lists."""

    path: Path
    value: Yaml | None            # None: what is there is removed
    behind: tuple[str, ...] | None = None   # keys that a new key stands after, where they are there; None: after all
    is_new_item: bool = False     # of a list, before the item that has this place now


def changes_between(before: Mapping[str, Yaml], after: Mapping[str, Yaml], record: type | None = None) -> tuple[Change, ...]:
    """The changes that make one group of values of the other. New keys go where the record's type documents them."""
    return tuple(_group((), before, after, Record(record) if record else None))


def at(values: Yaml, path: Path) -> Yaml:
    """The value that a path leads to. Raises LookupError where there is none."""
    for step in path:
        values = values[step]  # type: ignore[index]  # a place that does not fit raises LookupError or TypeError
    return values


def applied(values: Yaml, change: Change) -> Yaml:
    """Values with one change made. Those that are given stay as they are."""
    if not change.path:
        return change.value if change.value is not None else {}
    step, rest = change.path[0], change.path[1:]
    if isinstance(values, Mapping):
        if rest:
            return {**values, str(step): applied(values[str(step)], _below(change))}
        without = {key: value for key, value in values.items() if key != step or change.value is not None}
        return without | ({str(step): change.value} if change.value is not None else {})
    assert isinstance(step, int)
    assert not isinstance(values, str)
    items = list(values)
    if rest:
        items[step] = applied(items[step], _below(change))
    else:
        items[step : step + (0 if change.is_new_item else 1)] = [] if change.value is None else [change.value]
    return items


def _below(change: Change) -> Change:
    return Change(path=change.path[1:], value=change.value, behind=change.behind, is_new_item=change.is_new_item)


def _group(path: Path, before: Mapping[str, Yaml], after: Mapping[str, Yaml], kind: Kind | None) -> Iterator[Change]:
    order = [*keys_of(kind.type)] if isinstance(kind, Record) else [*after]
    for key, value in after.items():
        below = _kind_below(kind, key)
        if key not in before:
            behind = order[: order.index(key)] if key in order else order
            yield Change(path=(*path, key), value=value, behind=tuple(behind))
        else:
            yield from _value((*path, key), before[key], value, below)
    for key, value in before.items():
        if key not in after and value != "":      # a key without a value says nothing already
            yield Change(path=(*path, key), value=None)


def _kind_below(kind: Kind | None, key: str) -> Kind | None:
    if isinstance(kind, Record):
        declared = keys_of(kind.type).get(key)
        return declared.kind if declared else None
    return kind.kind if isinstance(kind, MapOf) else None


def _value(path: Path, before: Yaml, after: Yaml, kind: Kind | None) -> Iterator[Change]:
    if before == after or (isinstance(kind, ListOf) and not _is_list(before) and after == [before]):
        return     # a single value stands for a list of one
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _group(path, before, after, kind)
    elif _is_list(before) and _is_list(after) and before and after:
        yield from _list(path, list(before), list(after), kind.kind if isinstance(kind, ListOf) else None)
    else:
        yield Change(path=path, value=after)


def _is_list(value: Yaml) -> bool:
    return not isinstance(value, str | Mapping)


def _list(path: Path, before: Sequence[Yaml], after: Sequence[Yaml], kind: Kind | None) -> Iterator[Change]:
    """Changed items first, then those removed from the last on, then the new ones from the first on: so that places hold."""
    removed: list[int] = []
    added: list[int] = []
    matched = SequenceMatcher(None, [known_by(each) for each in before], [known_by(each) for each in after], autojunk=False)
    for _, start, end, new_start, new_end in matched.get_opcodes():
        both = min(end - start, new_end - new_start)
        for number in range(both):
            yield from _value((*path, start + number), before[start + number], after[new_start + number], kind)
        removed += range(start + both, end)
        added += range(new_start + both, new_end)
    yield from (Change(path=(*path, number), value=None) for number in reversed(removed))
    yield from (Change(path=(*path, number), value=after[number], is_new_item=True) for number in added)


def known_by(item: Yaml) -> str:
    """What tells an item of a list from the others: its address or name, or all of it."""
    if isinstance(item, Mapping):
        return next((f"{key}: {item[key]}" for key in TELLING if item.get(key)), str(item))
    return str(item)
