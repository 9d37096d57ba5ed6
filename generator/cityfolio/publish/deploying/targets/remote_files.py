"""What is done with files on a host by SFTP alone, many requests at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from stat import S_IFDIR, S_IFLNK, S_IFMT, S_IFREG
from typing import TYPE_CHECKING, Literal, TypeVar, cast

from cityfolio.files import PUBLIC_FILE, PUBLIC_FOLDER

if TYPE_CHECKING:
    from asyncssh import SFTPClient

S = TypeVar("S")
AT_ONCE = 64
CHUNK_BYTES = 1 << 20
Kind = Literal["folder", "file", "link", "other", "nothing"]
KINDS: Mapping[int, Kind] = {S_IFDIR: "folder", S_IFREG: "file", S_IFLNK: "link"}


@dataclass(slots=True)
class Below:
    """What lies below a folder, by path. No link is followed."""

    folders: list[str] = field(default_factory=list)          # each after the one it lies in
    files: dict[str, int] = field(default_factory=dict)       # with their sizes
    links: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)             # what can be neither read nor made: pipes, sockets, devices


async def every(act: Callable[[S], Awaitable[None]], these: Iterable[S]) -> None:
    """Do something for each of many, some at a time. The first that fails ends it."""
    waiting = iter(found := list(these))

    async def worker() -> None:
        for each in waiting:
            await act(each)

    workers = [asyncio.create_task(worker()) for _ in range(min(AT_ONCE, len(found)))]
    try:
        await asyncio.gather(*workers)
    finally:
        for each in workers:
            each.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


async def walk(files: SFTPClient, root: str) -> tuple[list[str], dict[str, int]]:
    """The folders below a folder, each after the one it lies in, and the regular files with their sizes."""
    found = await survey(files, root)
    return found.folders, found.files


async def survey(files: SFTPClient, root: str) -> Below:
    """Everything below a folder."""
    found, level = Below(), [""]
    below = list[str]()

    async def look(folder: str) -> None:
        async for entry in files.scandir(f"{root}/{folder}".rstrip("/")):
            name, kind = str(entry.filename), _kind(entry.attrs.permissions)
            path = f"{folder}/{name}".lstrip("/")
            if name in (".", ".."):
                continue
            if kind == "folder":
                below.append(path)
            elif kind == "file":
                found.files[path] = entry.attrs.size or 0
            else:
                (found.links if kind == "link" else found.others).add(path)

    while level:
        await every(look, level)
        level = sorted(below)
        found.folders += level
        below.clear()
    return found


async def kind_at(files: SFTPClient, path: str) -> Kind:
    """What is at a path itself: a link there is not followed."""
    import asyncssh

    try:
        return _kind((await files.lstat(path)).permissions)
    except asyncssh.SFTPNoSuchFile:
        return "nothing"


async def real_folders(files: SFTPClient, root: str, folders: Iterable[str]) -> set[str]:
    """Those of some folders, and of those they lie in, that are there and are reached by no link; "" is the root."""
    found = {""}

    async def look(folder: str) -> None:
        if await kind_at(files, f"{root}/{folder}") == "folder":
            found.add(folder)

    for level in by_depth(folders):
        await every(look, [folder for folder in level if folder.rpartition("/")[0] in found])
    return found


async def write(files: SFTPClient, path: str, pieces: Iterable[bytes], aside: str = "") -> None:
    """Write a file under another name first, readable by everybody whatever the host's umask, then give it its own.

    Its mode and its first piece go out together: a host has to do what concerns one file in the order it was asked
    (draft-ietf-secsh-filexfer-02, 4.1). The name waits until all is confirmed. `aside` is the other name: where somebody else
    can have put a link, it has to lie elsewhere.
    """
    import asyncssh

    aside, waiting = aside or f"{path}.part", iter(pieces)
    async with files.open(aside, "wb") as stream:
        await asyncio.gather(stream.setstat(asyncssh.SFTPAttrs(permissions=PUBLIC_FILE)), stream.write(next(waiting, b"")))
        for piece in waiting:
            await stream.write(piece)
    await replace(files, aside, path)


async def replace(files: SFTPClient, path: str, new: str) -> None:
    """Give a file another name, in the place of whatever has it, in one step."""
    await files.posix_rename(path, new)


async def read(files: SFTPClient, path: str) -> bytes:
    """The bytes of a small file."""
    async with files.open(path, "rb") as stream:
        return await stream.read()


async def pieces(files: SFTPClient, path: str) -> AsyncIterator[bytes]:
    """The bytes of a file, in pieces."""
    async with files.open(path, "rb") as stream:
        while piece := await stream.read(CHUNK_BYTES):
            yield cast("bytes", piece)     # the file is opened in binary mode, which its type does not tell


async def put_in_place(files: SFTPClient, path: str, new: str) -> None:
    """Give a file another name, in the place of whatever has it, also of a folder."""
    import asyncssh

    try:
        await replace(files, path, new)
    except asyncssh.SFTPFailure:
        if await kind_at(files, new) != "folder":
            raise
        await remove_folder(files, new)
        await replace(files, path, new)


async def lay(files: SFTPClient, existing: str, path: str, aside: str) -> None:
    """Give a file a second name, or copy it where the host cannot: on the host if it can do that, else by way of here.

    `aside` is the name of a copy while it is on its way.
    """
    if await _linked(files, existing, path):
        return
    if files.supports_remote_copy:
        await discard(files, path)       # it may be a second name itself, of a file that has to stay as it is
        await files.remote_copy(existing, path)
        await files.chmod(path, PUBLIC_FILE)
        return
    await write(files, path, [piece async for piece in pieces(files, existing)], aside)


async def _linked(files: SFTPClient, existing: str, path: str) -> bool:
    """Whether a file got a second name, in the place of whatever had it: mostly nothing has, so that is looked at last."""
    import asyncssh

    try:
        await files.link(existing, path)
    except (asyncssh.SFTPOpUnsupported, asyncssh.SFTPPermissionDenied):
        return False
    except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
        there = await kind_at(files, path)
        if there == "nothing":
            return False
        await (remove_folder if there == "folder" else discard)(files, path)
        return await _linked(files, existing, path)
    return True


async def discard(files: SFTPClient, path: str) -> None:
    """Remove a file; what is absent is fine."""
    import asyncssh

    try:
        await files.remove(path)
    except asyncssh.SFTPNoSuchFile:
        return


async def make_folders(files: SFTPClient, root: str, folders: Sequence[str]) -> None:
    """Make folders below one, each after the one it lies in; those that are there are fine.

    Anything else of that name gives way, so that none of them is reached by a link.
    """
    for level in by_depth(folders):
        await every(lambda folder: _make_real_folder(files, f"{root}/{folder}"), level)


async def _make_real_folder(files: SFTPClient, path: str) -> None:
    import asyncssh

    try:
        await files.mkdir(path)
    except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
        there = await kind_at(files, path)
        if there == "folder":
            return
        if there == "nothing":
            raise
        await discard(files, path)
        await files.mkdir(path)
    await files.chmod(path, PUBLIC_FOLDER)


async def make_folder(files: SFTPClient, path: str) -> None:
    """Make a folder, open to everybody whatever the host's umask; a link to one does as well."""
    import asyncssh

    try:
        await files.mkdir(path)
    except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
        if not await files.isdir(path):
            raise
        return
    await files.chmod(path, PUBLIC_FOLDER)


async def leave_out(files: SFTPClient, root: str, paths: Iterable[str]) -> None:
    """Remove files below a folder, and the folders that are empty then.

    What is reached by a link, and what has become a folder, is somebody else's.
    """
    import asyncssh

    folders = folders_of(gone := list(paths))
    reached = await real_folders(files, root, folders)

    async def remove(path: str) -> None:
        try:
            await discard(files, f"{root}/{path}")
        except asyncssh.SFTPFailure:
            if await kind_at(files, f"{root}/{path}") != "folder":
                raise

    await every(remove, [path for path in gone if path.rpartition("/")[0] in reached])
    for folder in sorted(reached.intersection(folders), reverse=True):
        with suppress(asyncssh.SFTPFailure, asyncssh.SFTPDirNotEmpty, asyncssh.SFTPNoSuchFile):
            await files.rmdir(f"{root}/{folder}")


async def remove_folder(files: SFTPClient, path: str) -> None:
    """Remove a folder with everything in it, of a link the link alone; what is absent is fine."""
    there = await kind_at(files, path)
    if there == "folder":
        await files.rmtree(path)
    elif there != "nothing":
        await discard(files, path)


def folders_of(paths: Iterable[str]) -> list[str]:
    """Every folder that some paths lie in."""
    return sorted({path[:at] for path in paths for at, letter in enumerate(path) if letter == "/"})


def by_depth(paths: Iterable[str]) -> Iterator[list[str]]:
    """Some paths, those of each depth together, the least deep first."""
    found = sorted(set(paths))
    for depth in range(1 + max((path.count("/") for path in found), default=-1)):
        yield [path for path in found if path.count("/") == depth]


def shown(path: str) -> str:
    """A path as it can be printed, also where its bytes are no UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _kind(mode: int | None) -> Kind:
    return KINDS.get(S_IFMT(mode or 0), "other")
