"""One value of a catalog's file set by its path, and everything else in the file kept: what `cityfolio set` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import yaml

from cityfolio.frozen import Frozen
from cityfolio.load.fields import read_record
from cityfolio.load.file_kinds import FileKind, kind_of, path_of, rooms
from cityfolio.load.front_matter import read_front_matter
from cityfolio.load.values import Reading
from cityfolio.load.yaml import read_yaml
from cityfolio.migrate.yaml.changes import Change
from cityfolio.migrate.yaml.edit import edited, values_of
from cityfolio.migrate.yaml.text import Bare, Yaml
from cityfolio.model import keys
from cityfolio.model.keys import Kind, ListOf, MapOf, Record, keys_of
from cityfolio.problems import Problem, did_you_mean


class Target(Frozen, kw_only=True):
    """What a path such as `datasets/trees/columns/height/unit` names."""

    file: str                        # from the catalog's folder
    record: FileKind
    steps: tuple[str, ...]           # keys and places in lists


class Edit(Frozen, kw_only=True):
    """The file as it would be. With problems it is not to be written."""

    body: bytes
    problems: tuple[Problem, ...] = ()
    wrong: str = ""                  # what is wrong with the path


def target_of(path: str) -> Target | str:
    """The file and the keys that a path names, or what is wrong with it."""
    room, *rest = path.strip("/").split("/")
    alone = path_of(room, "")
    if alone is None:
        return f'there is no "{room}". {did_you_mean(room, rooms())}'
    is_alone = "/" not in alone
    if len(rest) < (1 if is_alone else 2) or not all(rest):
        return f"name a key as well, such as {room}/{'' if is_alone else 'ID/'}title"
    file = alone if is_alone else path_of(room, rest[0])
    kind = kind_of(file) if file else None
    if file is None or kind is None:
        return f'"{rest[0]}" cannot be a name in {room}'
    return Target(file=file, record=kind, steps=tuple(rest if is_alone else rest[1:]))


def with_value(target: Target, body: bytes, value: str | None) -> Edit:
    """The file with the value set, or removed where it is None. Raises nothing for what a city wrote."""
    before, rest = _parts(target, body)
    if before is None:
        return Edit(body=body, problems=_problems(target, body))
    try:
        text = edited(before, [_change(target, values_of(before), value)])
    except yaml.YAMLError:
        return Edit(body=body, problems=_problems(target, body))
    except LookupError as error:
        return Edit(body=body, wrong=str(error.args[0]))
    after = f"---\n{text.removeprefix(chr(10))}{rest}".encode() if target.record.is_text else text.encode()
    new = [each for each in _problems(target, after) if each.severity == "error"]
    known = {(each.code, each.says) for each in _problems(target, body)}
    return Edit(body=after, problems=tuple(each for each in new if (each.code, each.says) not in known))


def _parts(target: Target, body: bytes) -> tuple[str | None, str]:
    """The YAML of a file, and what stands below it in a Markdown file, with the line that ends the keys."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None, ""
    if not target.record.is_text:
        return text, ""
    if read_front_matter(target.file, body)[0] is None:
        return None, ""
    lines = text.removeprefix("\ufeff").split("\n")
    end = next(at for at, line in enumerate(lines) if at and line.rstrip() == "---")
    return "".join(f"{line}\n" for line in lines[1:end]), "\n".join(lines[end:])


def _problems(target: Target, body: bytes) -> tuple[Problem, ...]:
    keys_only: bytes | None = body
    found: tuple[Problem, ...] = ()
    if target.record.is_text:
        keys_only, _, _, found = read_front_matter(target.file, body)
    document, problems = read_yaml(target.file, keys_only) if keys_only is not None else (None, ())
    if document is None:
        return (*found, *problems)
    reading = Reading(document)
    read_record(target.record.record, document.root, reading)
    return (*found, *problems, *reading.problems)


def _change(target: Target, values: Mapping[str, Yaml], value: str | None) -> Change:
    """The change that a path asks for. Raises LookupError with a sentence where the path leads nowhere."""
    steps: list[str | int] = []
    kind: Kind = Record(target.record.record)
    here: Yaml | None = values
    missing: int | None = None           # from where on groups have to be made
    is_new = False
    for at_step, step in enumerate(target.steps):
        if isinstance(kind, ListOf) and (step == "-" or step.isdigit()):
            items = _items(here)
            number = len(items) if step == "-" else int(step)
            if number >= len(items) and (step != "-" or value is None):
                raise LookupError(f"{'/'.join(target.steps[:at_step])} has {len(items)} items; the first is 0")
            if not _is_list(here) or not items:
                # A single value stands for a list of one: it becomes the list it stands for.
                return _as_list(steps, items, number, value)
            is_new, kind, here = number == len(items), kind.kind, items[number] if number < len(items) else None
            steps.append(number)
            continue
        kind = _below(kind, step, target.steps[:at_step])
        missing = at_step if here is None and missing is None else missing
        here = here.get(step) if isinstance(here, Mapping) else None
        steps.append(step)
    if value is None and here is None:
        raise LookupError(f"{'/'.join(target.steps)} is not there")
    said = None if value is None else _written(kind, value)
    depth = missing if missing is not None else len(steps)
    for below in reversed(steps[depth:]):
        said = {str(below): said or ""}
    return Change(path=tuple(steps[:depth]), value=said, behind=_behind(target, steps[:depth]), is_new_item=is_new)


def _as_list(steps: Sequence[str | int], items: Sequence[Yaml], number: int, value: str | None) -> Change:
    whole: list[Yaml] = [*items]
    whole[number : number + 1] = [] if value is None else [value]
    return Change(path=tuple(steps), value=whole or None)


def _below(kind: Kind, step: str, above: Sequence[str]) -> Kind:
    if isinstance(kind, ListOf) and isinstance(kind.kind, Record):
        kind = kind.kind      # a single group stands for a list of one
    if isinstance(kind, MapOf):
        return kind.kind
    if isinstance(kind, Record):
        declared = keys_of(kind.type).get(step)
        if declared is None:
            raise LookupError(f'there is no key "{step}" in {"/".join(above) or "this file"}. '
                              f"{did_you_mean(step, keys_of(kind.type))}")
        return declared.kind
    raise LookupError(f"{'/'.join(above)} holds one value, and no keys")


def _written(kind: Kind, value: str) -> Yaml:
    if isinstance(kind, keys.Boolean | keys.Integer | keys.Number | keys.DecimalNumber):
        return Bare(value.strip()) if value.strip() and "\n" not in value else value
    if isinstance(kind, ListOf):
        return [each.strip() for each in value.split(",") if each.strip()] if not isinstance(kind.kind, Record) else value
    return value


def _behind(target: Target, steps: Sequence[str | int]) -> tuple[str, ...] | None:
    """The keys that stand before a new key by the order in which they are documented."""
    kind: Kind | None = Record(target.record.record)
    for step in steps[:-1]:
        kind = _kind_below(kind, step)
    if isinstance(kind, Record) and steps and steps[-1] in keys_of(kind.type):
        order = [*keys_of(kind.type)]
        return tuple(order[: order.index(str(steps[-1]))])
    return None


def _kind_below(kind: Kind | None, step: str | int) -> Kind | None:
    if isinstance(kind, Record):
        declared = keys_of(kind.type).get(str(step))
        return declared.kind if declared else None
    return kind.kind if isinstance(kind, ListOf | MapOf) else None


def _items(value: Yaml | None) -> list[Yaml]:
    """A list, or the list of one that a single value stands for."""
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str | Mapping) else [*value]


def _is_list(value: Yaml | None) -> bool:
    return value is not None and not isinstance(value, str | Mapping)

