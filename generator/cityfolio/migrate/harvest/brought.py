"""What was last brought in from a source, kept in the catalog as a small file a record, so that the next time can be compared.

The files lie in `sources/SOURCE/ROOM/ID.json` and are changed together with the records, in the same commit: who reviews a
harvest sees what the source said before and what it says now.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cityfolio.files import Tree
from cityfolio.frozen import Frozen, field
from cityfolio.migrate.harvest.merge import alike
from cityfolio.migrate.yaml.text import Yaml
from cityfolio.problems import Location, Problem

FOLDER = "sources"
Key = tuple[str, str]             # the room of a record and its id: ("datasets", "trees")


class Base(Frozen, kw_only=True):
    """One record as it was last brought in, by the ids that the catalog has."""

    theirs: str                   # the id that the importer made for it
    values: Mapping[str, Yaml]
    files: Mapping[str, str] = field(default_factory=dict)   # data files brought along, with their digests
    is_gone: bool = False         # the source lists it no longer

    def says_as(self, other: Base) -> bool:
        """Whether both keep the same."""
        return (self.theirs, self.files, self.is_gone) == (other.theirs, other.files, other.is_gone) \
            and alike(self.values, other.values)


def base_path(source: str, key: Key) -> str:
    """Where the base of a record lies in the catalog."""
    return f"{FOLDER}/{source}/{key[0]}/{key[1]}.json"


def base_text(base: Base) -> str:
    """The base as its file holds it."""
    told: dict[str, object] = {"id": base.theirs}
    told |= {"gone": True} if base.is_gone else {}
    told |= {"files": dict(sorted(base.files.items()))} if base.files else {}
    return json.dumps({**told, "values": base.values}, ensure_ascii=False, indent=1) + "\n"


def read_bases(tree: Tree, source: str) -> tuple[dict[Key, Base], tuple[Problem, ...]]:
    """Every base of one source. A damaged file is named, and its record is compared as if it came in the first time."""
    found: dict[Key, Base] = {}
    problems: list[Problem] = []
    for key, path in _paths(tree, source):
        try:
            found[key] = _base(json.loads(tree.read(path)))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            problems.append(Problem(
                code="harvest-base", where=Location(path=path), says="what was brought in last time cannot be read here",
                fix="Take the file back from the repository, or delete it: then differences are shown as conflicts."))
    return found, tuple(problems)


def _paths(tree: Tree, source: str) -> Iterator[tuple[Key, str]]:
    for node in tree.nodes():
        parts = node.path.split("/")
        if node.kind == "file" and len(parts) == 4 and parts[:2] == [FOLDER, source] and parts[3].endswith(".json"):
            yield (parts[2], parts[3].removesuffix(".json")), node.path


def _base(given: Any) -> Base:  # Any: JSON; what does not fit raises and is reported
    return Base(theirs=_text(given["id"]), values={_text(key): _yaml(value) for key, value in given["values"].items()},
                files={_text(key): _text(value) for key, value in given.get("files", {}).items()},
                is_gone=given.get("gone") is True)


def _yaml(given: Any) -> Yaml:  # Any: JSON
    if isinstance(given, dict):
        return {key: _yaml(value) for key, value in given.items()}
    if isinstance(given, list):
        return [_yaml(item) for item in given]
    return _text(given)


def _text(given: Any) -> str:  # Any: JSON
    if not isinstance(given, str):
        raise TypeError
    return given
