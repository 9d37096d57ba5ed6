"""The catalog while a source is brought in: what its files say, and what they will say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

import yaml

from cityfolio.files import Node, Tree
from cityfolio.frozen import Frozen
from cityfolio.load.yaml import read_yaml
from cityfolio.migrate.harvest.brought import Key
from cityfolio.migrate.harvest.merge import Values
from cityfolio.migrate.harvest.names import path_of
from cityfolio.migrate.yaml.edit import values_of


class StillTree(Frozen):
    """A tree that stays as it is while it is looked at: it is listed once."""

    tree: Tree
    listed: tuple[Node, ...]

    @classmethod
    def of(cls, tree: Tree) -> StillTree:
        """List a tree."""
        return cls(tree, tree.nodes())

    def nodes(self) -> tuple[Node, ...]:
        """Everything in it, in the order of the paths."""
        return self.listed

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        return self.tree.read(path)

    def open(self, path: str) -> BinaryIO:
        """The file, opened for reading."""
        return self.tree.open(path)


@dataclass(slots=True)
class Changing:
    """A catalog and the changes to it, none of them made yet."""

    catalog: Tree
    writes: dict[str, str | bytes] = field(default_factory=dict)
    removes: dict[str, None] = field(default_factory=dict)             # in their order
    files: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.files = frozenset(node.path for node in self.catalog.nodes() if node.kind == "file")

    def write(self, path: str, body: str | bytes) -> None:
        """Have a file written, behind those that are to be written already."""
        self.writes.pop(path, None)
        self.removes.pop(path, None)
        self.writes[path] = body

    def remove(self, path: str) -> None:
        """Have a file removed, where there is one."""
        self.writes.pop(path, None)
        if path in self.files:
            self.removes[path] = None

    def has(self, key: Key) -> bool:
        """Whether the catalog has a record."""
        return path_of(key) in self.files

    def text(self, key: Key) -> str | None:
        """The YAML of a record of the catalog, as it is or will be."""
        path = path_of(key)
        written = self.writes.get(path)
        if isinstance(written, str):
            return written
        try:
            return self.catalog.read(path).decode() if path in self.files else None
        except (OSError, UnicodeDecodeError):
            return None

    def record(self, key: Key) -> Values | None:
        """A record as the catalog has it; None where there is none, or none that can be read."""
        text = self.text(key)
        document, problems = read_yaml(path_of(key), (text or "").encode())
        if text is None or document is None or any(each.severity == "error" for each in problems):
            return None
        try:
            return values_of(text)
        except yaml.YAMLError:
            return None

    def sources(self) -> Iterator[str]:
        """The sources that site.yaml names."""
        named = values_of(self.catalog.read("site.yaml").decode()).get("sources")
        yield from named if isinstance(named, Mapping) else ()
