"""A catalog as it is at a commit, read without a checkout: small files at once, large ones when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from os import getpid
from pathlib import Path
from threading import get_ident
from typing import BinaryIO, Literal

from cityfolio import files
from cityfolio.files import Node
from cityfolio.revision import Entry, contents_of, entries_at, pieces_of

MOST_AT_ONCE_BYTES = 200_000
WRITTEN = (".yaml", ".md", ".yml", ".json")
KINDS: Mapping[str, Literal["file", "link", "other"]] = {"100644": "file", "100755": "file", "120000": "link"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitTree:
    """The folder at a commit. Names of contents are git's; a content that is large lies in `scratch` once it was read."""

    folder: Path
    commit: str
    entries: Mapping[str, Entry]
    contents: Mapping[str, bytes]       # by their names: what people write
    scratch: Path

    def __reduce__(self) -> tuple[Callable[..., CommitTree], tuple[Path, str, Mapping[str, Entry], Path]]:
        """What is sent to another process: not what was read at once, which it would be sent with every table."""
        return _without_contents, (self.folder, self.commit, self.entries, self.scratch)

    def nodes(self) -> tuple[Node, ...]:
        """Every name, and the folders that they imply. Names that start with a dot are left out."""
        folders = {path[:at] for path in self.entries for at, letter in enumerate(path) if letter == "/"}
        found = [Node(path=path, kind="folder") for path in folders]
        found += [Node(path=path, kind="file", bytes=each.bytes) if KINDS.get(each.mode) == "file" else
                  Node(path=path, kind=KINDS.get(each.mode, "other")) for path, each in self.entries.items()]
        return tuple(sorted(found, key=lambda node: node.path))

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        with self.open(path) as stream:
            return stream.read()

    def open(self, path: str) -> BinaryIO:
        """The file, opened for reading."""
        entry = self.entries.get(path)
        if entry is None:
            raise FileNotFoundError(f"{path} is not in {self.commit}")
        body = self.contents.get(entry.content)
        return BytesIO(body) if body is not None else files.open_file(self._laid(entry.content))

    def _laid(self, content: str) -> Path:
        # Named by its content, so that whoever finds it there, in whatever process, finds it whole.
        path = self.scratch / content
        if not path.exists():
            aside = path.with_suffix(f".{getpid()}.{get_ident()}.new")
            files.write_new(aside, pieces_of(self.folder, content))
            aside.replace(path)
        return path


def _without_contents(folder: Path, commit: str, entries: Mapping[str, Entry], scratch: Path) -> CommitTree:
    return CommitTree(folder=folder, commit=commit, entries=entries, contents={}, scratch=scratch)


def commit_tree(folder: Path, commit: str, scratch: Path) -> CommitTree:
    """The folder at a commit. What is large is written to the scratch folder when it is wanted."""
    entries = {each.path: each for each in entries_at(folder, commit)
               if not any(part.startswith(".") for part in each.path.split("/"))}
    at_once = [each.content for each in entries.values()
               if each.mode in KINDS and each.bytes <= MOST_AT_ONCE_BYTES and each.path.endswith(WRITTEN)]
    return CommitTree(folder=folder, commit=commit, entries=entries, contents=contents_of(folder, at_once), scratch=scratch)
