"""What a build before found of files of the catalog, by how they look: a file that nothing has touched is not read again.

A file is the one that was looked into if it has the same number, size and times. One of them is when it was last changed in any
way (`st_ctime`), which no program can set back. Of a file that was changed a moment before the build nothing is kept: it may
change twice within a tick of the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cityfolio.cache import Keep, NoCache
from cityfolio.files import LOOK, Node
from cityfolio.frozen import Frozen, field as member

YOUNG_NS = 2_000_000_000       # the coarsest clock of a file system in use, FAT's, ticks every two seconds
SIZE_BYTES = 8


@dataclass(slots=True)
class Looked:
    """What is known of one kind of the files of a catalog. All values are equally long."""

    cache: Keep
    name: str
    nodes: Mapping[str, Node]
    old_ns: int                   # files that were changed since are not known
    before: Mapping[str, bytes]   # by path: how a file looks, and what was found of it
    now: dict[str, bytes] = field(default_factory=dict)

    def found(self, path: str) -> bytes | None:
        """What was found of a file, if it looks as it did."""
        kept, node = self.before.get(path), self.nodes.get(path)
        if kept is None or node is None or not node.look or not kept.startswith(node.look):
            return None
        self.now[path] = kept
        return kept[LOOK.size:]

    def note(self, path: str, value: bytes) -> None:
        """What is found of a file now."""
        look = self.nodes[path].look if path in self.nodes else b""
        if look and LOOK.unpack(look)[-1] < self.old_ns:
            self.now[path] = look + value

    def keep(self) -> None:
        """Keep what was found, and nothing of files that were not asked for."""
        if self.now != self.before:
            self.cache.put(self.name, _written(self.now))


class KnownLooks(Frozen):
    """What is known of a catalog's files."""

    cache: Keep = member(default_factory=NoCache)
    made_by: str = ""             # a digest of the program, and the catalog's folder; "" where nothing is to be known
    began_ns: int = 0             # when the build began, before the catalog was listed

    def of(self, what: str, nodes: Mapping[str, Node]) -> Looked:
        """What is known of the files that are listed, of one kind."""
        cache, name = self.cache if self.made_by else NoCache(), f"{what} of files by their looks, {self.made_by}"
        return Looked(cache, name, nodes, self.began_ns - YOUNG_NS, _read(cache.get(name) or b""))


def _written(known: Mapping[str, bytes]) -> bytes:
    paths = "\0".join(known).encode("utf-8", "surrogateescape")
    return b"".join((len(paths).to_bytes(SIZE_BYTES, "little"), paths, *known.values()))


def _read(body: bytes) -> dict[str, bytes]:
    start = SIZE_BYTES + int.from_bytes(body[:SIZE_BYTES], "little")
    paths = body[SIZE_BYTES:start].decode("utf-8", "surrogateescape").split("\0")
    wide = (len(body) - start) // len(paths)
    return {path: body[at:at + wide] for path, at in zip(paths, range(start, len(body), wide), strict=True)} if wide > 0 else {}
