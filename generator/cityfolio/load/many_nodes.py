"""The names in the folder of a very large catalog, which are told in half the room that an object for each of them takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from struct import Struct
from typing import Literal

from cityfolio.files import LOOK, Node

KINDS: tuple[Literal["file", "folder", "link", "other"], ...] = ("file", "folder", "link", "other")
FACTS = Struct(f"<BQ?{LOOK.size}s")      # of a name: its kind, its bytes, whether it has a look, and that
NOTHING: tuple[dict[str, int], bytes] = {}, b""


class ManyNodes(Mapping[str, Node]):
    """Nodes by their paths, in the order of these: of each folder the names in it, and their facts in one piece."""

    __slots__ = ("_count", "_folders")

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        listed, alike = dict[str, dict[str, Node]](), dict[tuple[str, ...], dict[str, int]]()
        for path, node in nodes.items():
            folder, _, name = path.rpartition("/")
            listed.setdefault(folder, {})[name] = node
        # In most folders of a catalog lie files of the same names.
        self._folders = {folder: (alike.setdefault(tuple(below), {name: place for place, name in enumerate(below)}),
                                  b"".join(map(_packed, below.values()))) for folder, below in listed.items()}
        self._count = len(nodes)

    def __getitem__(self, path: str) -> Node:
        folder, _, name = path.rpartition("/")
        if not folder and name != path:      # it begins with a slash
            raise KeyError(path)
        names, facts = self._folders[folder]
        return _unpacked(path, facts, names[name])

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str) or path.startswith("/"):
            return False
        folder, _, name = path.rpartition("/")
        names, _ = self._folders.get(folder, NOTHING)
        return name in names

    def __iter__(self) -> Iterator[str]:
        below = self._folders.items()
        return iter(sorted(f"{folder}/{name}" if folder else name for folder, (names, _) in below for name in names))

    def __len__(self) -> int:
        return self._count


def _packed(node: Node) -> bytes:
    return FACTS.pack(KINDS.index(node.kind), node.bytes, bool(node.look), node.look)


def _unpacked(path: str, facts: bytes, place: int) -> Node:
    kind, size, has_look, look = FACTS.unpack_from(facts, place * FACTS.size)
    return Node(path=path, kind=KINDS[kind], bytes=size, look=look if has_look else b"")
