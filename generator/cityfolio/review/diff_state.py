"""One of the two states of a catalog that are compared, and which of its files have the same content in both."""

from __future__ import annotations

from hashlib import new as new_digest

from cityfolio.files import CHUNK_BYTES, Tree, sha256_of
from cityfolio.frozen import Frozen, field
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.review.diff_commit import CommitTree


class State(Frozen, kw_only=True):
    """A catalog at a commit or in a folder. Both states are told the same day, so that nothing is late in one of them alone."""

    name: str
    tree: Tree
    loaded: Loaded
    build: Build


class States(Frozen, kw_only=True):
    """Both states, and what is known of the contents of their files."""

    before: State
    after: State
    _same: dict[tuple[str, str], bool] = field(default_factory=dict)

    def is_same(self, path: str, other: str) -> bool:
        """Whether a file before and one after have the same bytes. No file is read that git or its size tells apart."""
        if (path, other) not in self._same:
            self._same[path, other] = self._compared(path, other)
        return self._same[path, other]

    def _compared(self, path: str, other: str) -> bool:
        one, two = self.before.loaded.nodes.get(path), self.after.loaded.nodes.get(other)
        if one is None or two is None or one.kind != "file" or two.kind != "file":
            return one == two
        if one.bytes != two.bytes:
            return False
        try:
            return _same_content((self.before.tree, path), (self.after.tree, other))
        except OSError:
            return False          # that it cannot be read is told by `check`

    def differing(self) -> frozenset[str]:
        """Every path whose file is in one of the states alone, or has other bytes."""
        paths = {path for state in (self.before, self.after)
                 for path, node in state.loaded.nodes.items() if node.kind == "file"}
        return frozenset(path for path in paths if not self.is_same(path, path))


def _same_content(one: tuple[Tree, str], two: tuple[Tree, str]) -> bool:
    names = [tree.entries[path].content if isinstance(tree, CommitTree) else "" for tree, path in (one, two)]
    if all(names):
        return names[0] == names[1]
    if any(names):
        tree, path = two if names[0] else one
        return _git_name(tree, path, len(max(names))) == max(names)
    digests = []
    for tree, path in (one, two):
        with tree.open(path) as stream:
            digests.append(sha256_of(stream))
    return digests[0] == digests[1]


def _git_name(tree: Tree, path: str, letters: int) -> str:
    """What git would call the content of a file: the digest of "blob", its size, and its bytes (gitformat-pack)."""
    with tree.open(path) as stream:
        size = stream.seek(0, 2)
        stream.seek(0)
        digest = new_digest("sha256" if letters > 40 else "sha1", b"blob %d\0" % size, usedforsecurity=False)
        while piece := stream.read(CHUNK_BYTES):
            digest.update(piece)
    return digest.hexdigest()
