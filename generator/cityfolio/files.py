"""The one place where files are opened: the catalog as a tree, digests, and atomic replacement of a file."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from struct import Struct
from threading import get_ident
from typing import IO, BinaryIO, Literal, Protocol

CHUNK_BYTES = 1 << 20
PUBLIC_FILE = 0o644
PUBLIC_FOLDER = 0o755
CANNOT_LINK = {errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV, errno.ENOSYS}
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
LOOK = Struct("<4Q")          # the number of a file, its size, when its bytes were last changed, and when anything of it was
MOST = 2**64 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One name in a tree. `kind` is "link" for symbolic links, which are never followed."""

    path: str                     # relative to the tree's root, with "/" between parts
    kind: Literal["file", "folder", "link", "other"]
    # Of a file on disk: a LOOK, or nothing where the system does not tell when anything of it was last changed, as on Windows.
    look: bytes = field(default=b"", compare=False, repr=False)
    bytes: int = 0


class Tree(Protocol):
    """A folder that can be read: a real one, or one made of strings in a test."""

    def nodes(self) -> tuple[Node, ...]:
        """Everything in it, in the order of the paths; names that start with a dot are left out."""

    def read(self, path: str) -> bytes:
        """The bytes of one file. Raises OSError when they cannot be had."""

    def open(self, path: str) -> BinaryIO:
        """The file, opened for reading. Raises OSError when that cannot be done."""


@dataclass(frozen=True, slots=True)
class FolderTree:
    """A folder on disk."""

    root: Path

    def nodes(self) -> tuple[Node, ...]:
        """Everything below the root. A folder that cannot be listed is of the kind "other"."""
        return tuple(sorted(_walk(self.root, ""), key=lambda node: node.path))

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        return read_bytes(os.path.join(self.root, path))   # a Path would cost as much as a small file

    def open(self, path: str) -> BinaryIO:
        """The file, opened for reading."""
        return open(os.path.join(self.root, path), "rb")


@dataclass(frozen=True, slots=True)
class MemoryTree:
    """A tree made of text or bytes, for tests and for catalogs that are not on disk."""

    files: Mapping[str, str | bytes]

    def nodes(self) -> tuple[Node, ...]:
        """The files and the folders that their paths imply."""
        folders = {path[:at] for path in self.files for at, letter in enumerate(path) if letter == "/"}
        found = [Node(path=path, kind="folder") for path in folders]
        found += [Node(path=path, kind="file", bytes=len(self.read(path))) for path in self.files]
        return tuple(sorted(found, key=lambda node: node.path))

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        body = self.files[path]
        return body.encode() if isinstance(body, str) else body

    def open(self, path: str) -> BinaryIO:
        """The file, as a stream of bytes."""
        from io import BytesIO

        return BytesIO(self.read(path))


def nodes_below(tree: Tree, folder: str) -> tuple[Node, ...]:
    """Everything in one folder of a tree, in the order of the paths. Of a folder on disk the rest is not listed for it."""
    if not isinstance(tree, FolderTree):
        return tuple(node for node in tree.nodes() if node.path.startswith(f"{folder}/"))
    top = tree.root / folder
    if top.is_symlink() or not top.is_dir():
        return ()
    try:
        return tuple(sorted(_walk(tree.root, folder), key=lambda node: node.path))
    except PermissionError:
        return ()


MOST_NESTED = 50     # folders within folders; nobody keeps more on purpose, and Python's stack ends


def _walk(root: Path, prefix: str) -> Iterator[Node]:
    with os.scandir(f"{root}/{prefix}" if prefix else root) as names:    # a Path would cost as much as a small folder
        for name in names:
            if name.name.startswith("."):
                continue
            path = f"{prefix}/{name.name}" if prefix else name.name
            if name.is_symlink():
                yield Node(path=path, kind="link")
            elif name.is_dir():
                try:
                    below = list(_walk(root, path)) if path.count("/") < MOST_NESTED else None
                except PermissionError:
                    below = None
                if below is None:
                    yield Node(path=path, kind="other")
                    continue
                yield Node(path=path, kind="folder")
                yield from below
            elif name.is_file():
                about = name.stat()
                yield Node(path=path, kind="file", bytes=about.st_size, look=_look(about))
            else:
                yield Node(path=path, kind="other")


def _look(about: os.stat_result) -> bytes:
    if sys.platform == "win32":
        return b""
    return LOOK.pack(about.st_ino & MOST, about.st_size, about.st_mtime_ns & MOST, about.st_ctime_ns & MOST)


def sha256(body: bytes) -> str:
    """The digest of some bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def sha256_of(stream: BinaryIO, likely_bytes: int = CHUNK_BYTES) -> str:
    """The digest of a stream, read in pieces. Memory for a piece is taken before it is read, so say how small a file is."""
    digest, most = hashlib.sha256(), min(likely_bytes + 1, CHUNK_BYTES)
    while piece := stream.read(most):
        digest.update(piece)
    return digest.hexdigest()


def read_bytes(path: Path | str) -> bytes:
    """The bytes of a file outside any tree, such as a theme's."""
    with naming(path), open(path, "rb", buffering=0) as stream:
        return stream.read()


class naming:   # noqa: N801 - used as a function; as a generator it would cost more than what it is about
    """Say of which file it is that the system refuses something: it does so itself only where a file is opened."""

    __slots__ = ("path",)

    def __init__(self, path: Path | str) -> None:
        self.path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, OSError):
            error.filename = error.filename or str(self.path)


def read_member(archive: Path, name: str) -> bytes:
    """The bytes of one file in a ZIP archive outside any tree."""
    from zipfile import ZipFile

    with naming(archive), ZipFile(archive) as opened:
        return opened.read(name)


def replace_file(path: Path, body: bytes, *, sync: bool = True) -> None:
    """Write a file so that a reader meets either the old bytes or the new ones, also after a crash.

    With `sync` off a crash of the machine may leave an empty or half-written file: only for what is verified when read.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.{get_ident()}.new")
    try:
        with naming(path), aside.open("wb") as stream:
            stream.write(body)
            stream.flush()
            if sync:
                os.fsync(stream.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file on disk, as `files_below` lists it."""

    path: str                     # relative to the folder listed, with "/" between parts
    bytes: int
    modified_ns: int


def files_below(root: Path, *, hidden: bool = True) -> tuple[Found, ...]:
    """Every regular file below a folder, by path; `hidden` ones start with a dot or lie in what does. Links are not followed.

    What disappears while it is being listed is left out.
    """
    return tuple(sorted(_found(root, "", hidden=hidden), key=lambda found: found.path))


def _found(root: Path, prefix: str, *, hidden: bool) -> Iterator[Found]:
    try:
        names = list(os.scandir(root / prefix))
    except (FileNotFoundError, PermissionError):
        return
    for name in names:
        if name.name.startswith(".") and not hidden:
            continue
        path = f"{prefix}/{name.name}" if prefix else name.name
        if name.is_dir(follow_symlinks=False) and path.count("/") < MOST_NESTED:
            yield from _found(root, path, hidden=hidden)
        elif name.is_file(follow_symlinks=False):
            try:
                about = name.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            yield Found(path=path, bytes=about.st_size, modified_ns=about.st_mtime_ns)


@contextmanager
def folder_held(folder: str) -> Iterator[int]:
    """A folder to look from, as the system numbers it: it needs not be one that may be listed. Raises OSError."""
    held = os.open(folder, os.O_PATH if sys.platform == "linux" else os.O_RDONLY)
    try:
        yield held
    finally:
        os.close(held)


def discard(path: Path) -> bool:
    """Remove a file that is not needed, and say whether it is gone: nothing depends on it."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def touch(path: Path) -> bool:
    """Set a file's times to now, and say whether that was allowed: nothing depends on it."""
    try:
        os.utime(path)
    except OSError:
        return False
    return True


def write_new(path: Path | str, pieces: Iterable[bytes]) -> os.stat_result:
    """Write a file that does not exist yet, readable by everybody whatever the umask: a web server runs as someone else.

    The answer is how the file looked when it was written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK, PUBLIC_FILE)
    with naming(path):
        try:
            for piece in pieces:
                rest = memoryview(piece)
                while rest:
                    rest = rest[os.write(descriptor, rest):]
            about = os.fstat(descriptor)
            if not _is_public(about.st_mode):
                os.chmod(path, PUBLIC_FILE)
            return about
        finally:
            os.close(descriptor)


def make_folder(path: Path | str) -> None:
    """Make one folder that does not exist yet, open to everybody whatever the umask."""
    os.mkdir(path, PUBLIC_FOLDER)
    os.chmod(path, PUBLIC_FOLDER)


def link_file(existing: Path | str, path: Path | str) -> bool:
    """Give a file a second name, and say whether that worked: not every file system can."""
    try:
        os.link(existing, path, follow_symlinks=False)
    except OSError as error:
        if error.errno not in CANNOT_LINK:
            raise
        return False
    return True


def lay(existing: Path, path: Path) -> None:
    """Give a file a second name, or copy it where the file system cannot. There is nothing at the new name."""
    if not link_file(existing, path):
        with open_file(existing) as stream:
            write_new(path, read_pieces(stream))


def digest_of(path: Path, likely_bytes: int = CHUNK_BYTES) -> str:
    """The digest of a file outside any tree."""
    with naming(path), open_file(path) as stream:
        return sha256_of(stream, likely_bytes)


def public_state(path: Path | str) -> os.stat_result | None:
    """How a file looks as `write_new` would have left it; None when it is absent, a link or of another mode."""
    try:
        about = os.lstat(path)
    except OSError:
        return None   # whatever it is, it is not the file that was written, so it is written again
    return about if stat.S_ISREG(about.st_mode) and _is_public(about.st_mode) else None


def public_digest(path: Path | str) -> str | None:
    """The digest of a file as `write_new` would have left it; None when it is absent, a link, unreadable or of another mode."""
    try:
        descriptor = os.open(path, os.O_RDONLY | NO_LINK | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb", buffering=0) as stream:
            about = os.fstat(descriptor)
            return sha256_of(stream, about.st_size) if stat.S_ISREG(about.st_mode) and _is_public(about.st_mode) else None
    except OSError:
        return None   # as above


def _is_public(mode: int) -> bool:
    return sys.platform == "win32" or stat.S_IMODE(mode) == PUBLIC_FILE


def read_pieces(stream: BinaryIO) -> Iterator[bytes]:
    """A stream in pieces of at most a mebibyte; it is closed at its end."""
    with stream:
        while piece := stream.read(CHUNK_BYTES):
            yield piece


def open_file(path: Path) -> BinaryIO:
    """A file outside any tree, opened for reading. A link is refused."""
    return open(os.open(path, os.O_RDONLY | NO_LINK), "rb")


def size_of(path: Path) -> int:
    """How large a file is, in bytes; 0 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def nameless_file() -> int:
    """The descriptor of an empty file that has no name, to be written and read; it is gone when that is closed."""
    from tempfile import TemporaryFile  # only for who has much to lay aside: with all it imports it takes a while

    with TemporaryFile(prefix="cityfolio-", buffering=0) as file:
        return os.dup(file.fileno())


def is_plain(root: Path, path: str) -> bool:
    """Whether a path below a folder leads to a regular file without passing a link."""
    found = root / path
    return found.is_file() and found.resolve() == root.resolve() / path


def stamp(path: Path) -> tuple[int, int]:
    """What changes when a file is replaced by another: compare it to know whether to read the file again."""
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_ino, about.st_mtime_ns


def let_go_where_full(stream: IO[str]) -> None:
    """Throw away what a stream holds and cannot write: Python would try again at its end, and end with a code of its own."""
    try:
        stream.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
