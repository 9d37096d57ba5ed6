"""Each file of a catalog upgraded, and held against today's loader: what could not be read afterwards is left as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import yaml

from cityfolio.files import Tree
from cityfolio.frozen import Frozen
from cityfolio.load.fields import read_record
from cityfolio.load.file_kinds import FileKind, kind_of
from cityfolio.load.front_matter import FENCE, read_front_matter
from cityfolio.load.values import Reading
from cityfolio.load.yaml import read_yaml
from cityfolio.problems import Problem
from cityfolio.review.upgrade.steps import STEPS, Known, Step, stepped


class Upgraded(Frozen, kw_only=True):
    """One file that an upgrade changes, or that it could not."""

    path: str
    before: bytes
    after: bytes
    said: tuple[str, ...] = ()            # what was done, a sentence a change
    problems: tuple[Problem, ...] = ()    # why the file stays as it is


def upgraded(tree: Tree, known: Known, steps: Sequence[Step] = STEPS) -> Iterator[Upgraded]:
    """The files of a catalog that change, or that cannot be read. Raises OSError where the folder cannot be."""
    for node in tree.nodes():
        kind = kind_of(node.path) if node.kind == "file" else None
        if kind is not None:
            found = upgraded_file(node.path, tree.read(node.path), kind, known, steps)
            if found.said or found.problems:
                yield found


def upgraded_file(path: str, body: bytes, kind: FileKind, known: Known, steps: Sequence[Step] = STEPS) -> Upgraded:
    """One file after all steps. It stays as it is where it cannot be read, or could not be read any more."""
    keys, head, rest, problems = _parts(path, body, kind)
    if keys is None:
        return Upgraded(path=path, before=body, after=body, problems=problems)
    try:
        made = stepped(keys.decode(), kind, known, steps)
    except (yaml.YAMLError, UnicodeDecodeError):
        return Upgraded(path=path, before=body, after=body, problems=_errors(path, body, kind))
    after = head + made.text.encode() + rest
    before = {(each.code, each.says) for each in _errors(path, body, kind)}
    new = tuple(each for each in _errors(path, after, kind) if (each.code, each.says) not in before)
    if new:
        return Upgraded(path=path, before=body, after=body, problems=new)
    return Upgraded(path=path, before=body, after=after, said=made.said)


def _parts(path: str, body: bytes, kind: FileKind) -> tuple[bytes | None, bytes, bytes, tuple[Problem, ...]]:
    """The YAML of a file, with what stands before it and behind it."""
    if not kind.is_text:
        return body, b"", b"", ()
    keys, _, _, problems = read_front_matter(path, body)
    if keys is None:
        return None, b"", b"", problems
    lines = body.split(b"\n")
    end = next(at for at, line in enumerate(lines) if at and line.rstrip() == FENCE)
    return b"".join(line + b"\n" for line in lines[1:end]), lines[0] + b"\n", b"\n".join(lines[end:]), ()


def _errors(path: str, body: bytes, kind: FileKind) -> tuple[Problem, ...]:
    keys: bytes | None = body
    found: tuple[Problem, ...] = ()
    if kind.is_text:
        keys, _, _, found = read_front_matter(path, body)
    document, problems = read_yaml(path, keys) if keys is not None else (None, ())
    found += problems
    if document is not None:
        reading = Reading(document)
        read_record(kind.record, document.root, reading)
        found += tuple(reading.problems)
    return tuple(each for each in found if each.severity == "error")
