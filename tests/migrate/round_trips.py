"""A catalog written in another form and read again: what came back, beside what the report says of it."""

from __future__ import annotations

from cityfolio.files import MemoryTree
from cityfolio.migrate.export.exported import WHOLE, records_of
from cityfolio.migrate.harvest.merge import alike

NOTED = "among the notes"


def laid_out(exported, catalog):
    """The exported files as a folder, with the data files that go along."""
    return MemoryTree({**exported.files, **{path: catalog.read(home) for path, home in exported.copies.items()}})


def returned(imported):
    """The records of an import."""
    return records_of(MemoryTree(imported.files)).values


def surprises(before, exported, after):
    """Each record that came back otherwise than the report says: its path, with what was expected and what came."""
    told = {}
    for each in exported.left:
        told.setdefault(each.path, []).append(each)
    for path, values in before.items():
        left = told.get(path, [])
        if any(each.key == WHOLE for each in left):
            continue
        keys = [steps(each.key) for each in left]
        moved = [("notes", label(key[0])) for key, each in zip(keys, left, strict=True) if NOTED in each.why]
        expected = without(values, keys)
        came = without(without(after.get(path, {}), moved), keys)
        if path == "site.yaml":     # the settings of a new site are its own
            came = {key: value for key, value in came.items() if key in expected}
        if not alike(expected, came):
            yield path, differing(expected, came)


def differing(one, other):
    """The keys of two groups that differ, with both values."""
    return {key: (one.get(key), other.get(key)) for key in {*one, *other} if not alike(one.get(key), other.get(key))}


def steps(key):
    """A key of the report as a path. The names of notes may hold a point."""
    return tuple(int(step) if step.isdigit() else step for step in key.split(".", 1 if key.startswith("notes") else -1))


def label(key):
    """The note that a key becomes."""
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]


def overstated(before, exported, after):
    """What the report says is lost or altered, and came back as it was."""
    for each in exported.left:
        if each.key == WHOLE or each.path not in before:
            continue
        key = steps(each.key)
        if alike(at(before[each.path], key), at(after.get(each.path, {}), key)):
            yield each


def at(values, path):
    """What a path leads to; None where there is nothing."""
    for step in path:
        if isinstance(values, dict):
            values = values.get(step)
        else:
            values = values[step] if isinstance(values, list) and isinstance(step, int) and step < len(values) else None
    return values


def without(values, paths):
    """Values without what the paths lead to."""
    for path in paths:
        values = _without(values, path)
    return values


def _without(values, path):
    if isinstance(values, dict) and path[0] in values:
        if len(path) == 1:
            return {key: value for key, value in values.items() if key != path[0]}
        return {**values, path[0]: _without(values[path[0]], path[1:])}
    if isinstance(values, list) and isinstance(path[0], int) and path[0] < len(values):
        return [_without(each, path[1:]) if number == path[0] else each for number, each in enumerate(values)]
    return values
