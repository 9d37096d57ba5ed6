"""What is done with files on a host by SFTP alone, many requests at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, TypeVar, cast

from cityfolio.files import PUBLIC_FILE, PUBLIC_FOLDER

if TYPE_CHECKING:
    from asyncssh import SFTPClient

S = TypeVar("S")
AT_ONCE = 64
CHUNK_BYTES = 1 << 20


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
    """The folders below a folder, each after the one it lies in, and the regular files with their sizes. Links are left out."""
    folders, found, level = list[str](), dict[str, int](), [""]
    below = list[str]()

    async def look(folder: str) -> None:
        async for entry in files.scandir(f"{root}/{folder}".rstrip("/")):
            name, mode = str(entry.filename), entry.attrs.permissions or 0
            path = f"{folder}/{name}".lstrip("/")
            if S_ISDIR(mode) and name not in (".", ".."):
                below.append(path)
            elif S_ISREG(mode):
                found[path] = entry.attrs.size or 0

    while level:
        await every(look, level)
        level = sorted(below)
        folders += level
        below.clear()
    return folders, found


async def write(files: SFTPClient, path: str, pieces: Iterable[bytes]) -> None:
    """Write a file under another name first, readable by everybody whatever the host's umask, then give it its own.

    Its mode and its first piece go out together: a host has to do what concerns one file in the order it was asked
    (draft-ietf-secsh-filexfer-02, 4.1). The name waits until all is confirmed.
    """
    import asyncssh

    aside, waiting = f"{path}.part", iter(pieces)
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


async def lay(files: SFTPClient, existing: str, path: str) -> None:
    """Give a file a second name, or copy it where the host cannot: on the host if it can do that, else by way of here."""
    if await _linked(files, existing, path):
        return
    if files.supports_remote_copy:
        await discard(files, path)       # it may be a second name itself, of a file that has to stay as it is
        await files.remote_copy(existing, path)
        await files.chmod(path, PUBLIC_FILE)
        return
    await write(files, path, [piece async for piece in pieces(files, existing)])


async def _linked(files: SFTPClient, existing: str, path: str) -> bool:
    """Whether a file got a second name, in the place of whatever had it: mostly nothing has, so that is looked at last."""
    import asyncssh

    try:
        await files.link(existing, path)
    except (asyncssh.SFTPOpUnsupported, asyncssh.SFTPPermissionDenied):
        return False
    except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
        if not await files.lexists(path):
            return False
        await discard(files, path)
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
    """Make folders below one, each after the one it lies in; those that are there are fine."""
    for depth in range(max((folder.count("/") for folder in folders), default=-1) + 1):
        await every(lambda folder: make_folder(files, f"{root}/{folder}"),
                    [folder for folder in folders if folder.count("/") == depth])


async def make_folder(files: SFTPClient, path: str) -> None:
    """Make a folder, open to everybody whatever the host's umask."""
    import asyncssh

    try:
        await files.mkdir(path)
    except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
        if not await files.isdir(path):
            raise
        return
    await files.chmod(path, PUBLIC_FOLDER)


async def remove_empty_folders(files: SFTPClient, root: str, folders: Sequence[str]) -> None:
    """Remove those folders below one that hold nothing; each after what lies in it."""
    import asyncssh

    for folder in sorted(folders, reverse=True):
        with suppress(asyncssh.SFTPFailure, asyncssh.SFTPDirNotEmpty, asyncssh.SFTPNoSuchFile):
            await files.rmdir(f"{root}/{folder}")


async def remove_folder(files: SFTPClient, path: str) -> None:
    """Remove a folder with everything in it; what is absent is fine."""
    if await files.lexists(path):
        await files.rmtree(path)


def folders_of(paths: Iterable[str]) -> list[str]:
    """Every folder that some paths lie in."""
    return sorted({path[:at] for path in paths for at, letter in enumerate(path) if letter == "/"})
