"""Whole folders on disk: listed, removed, synced, swapped in one step, and kept to one build at a time.

Nothing here reads or writes a file's content; that is done in files.py.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from operator import attrgetter
from pathlib import Path
from stat import S_IMODE
from time import monotonic, sleep
from typing import TypeVar

from cityfolio.files import NO_LINK, PUBLIC_FOLDER, discard

T = TypeVar("T")
AT_FDCWD = -100
RENAME_EXCHANGE = 2
RETRY_SECONDS = 0.05
# Not `sys.platform` itself, so that types and tests cover the other systems' way too.
LINUX: bool = sys.platform == "linux"
HOLDS_COLONS: bool = sys.platform != "win32"   # in names; for Windows what stands behind one is a stream of a file
WINDOWS: bool = sys.platform == "win32"


def names_below(root: Path) -> Iterator[str]:
    """The path of everything below a folder that is not itself a folder, dot-files and links too. Links are not followed."""
    return _names_below(str(root), "")


def _names_below(folder: str, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as names:
        entries = sorted(names, key=attrgetter("name"))
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _names_below(entry.path, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name


def public_contents(root: Path) -> tuple[set[str], set[str]] | None:
    """The files and folders below a folder; None where there is none, or anything but files and folders open to everybody."""
    if root.is_symlink() or not root.is_dir():
        return None
    found: tuple[set[str], set[str]] = set(), set()
    return found if _gather(str(root), "", found) else None


def _gather(folder: str, prefix: str, found: tuple[set[str], set[str]]) -> bool:
    with os.scandir(folder) as names:
        entries = list(names)
    for entry in entries:
        path = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            found[1].add(path)
            is_public = S_IMODE(entry.stat(follow_symlinks=False).st_mode) == PUBLIC_FOLDER
            if not is_public or not _gather(entry.path, f"{path}/", found):
                return False
        elif entry.is_file(follow_symlinks=False):
            found[0].add(path)
        else:
            return False
    return True


def move_folder(folder: Path, to: Path, mode: int) -> None:
    """Give a folder another name, at which there is nothing, and say who may look into it."""
    os.chmod(folder, min(mode, 0o700))     # so that nobody sees it at its new name who may not
    os.rename(folder, to)
    os.chmod(to, mode)


@contextmanager
def scratch_folder(inside: Path | None = None) -> Iterator[Path]:
    """A folder for what is made on the way, gone when it is left: inside the one that is given, if that can be written to."""
    from tempfile import TemporaryDirectory  # only for who makes something: with all it imports it takes a while

    home = inside if inside is not None and _can_be_written(inside) else None
    with TemporaryDirectory(prefix="cityfolio-", dir=home, ignore_cleanup_errors=True) as path:
        yield Path(path)


def _can_be_written(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def remove_folder(path: Path) -> None:
    """Remove a folder and everything in it. A link is removed and not followed; what is absent is fine."""
    if path.is_symlink() or not path.is_dir():
        if os.path.lexists(path):
            os.unlink(path)
        return
    _remove(str(path))


def _remove(folder: str) -> None:
    with os.scandir(folder) as names:
        entries = list(names)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            _remove(entry.path)
        else:
            os.unlink(entry.path)
    os.rmdir(folder)


def sync_folder(path: Path) -> None:
    """Wait until everything written below a folder is on the disk."""
    if LINUX and _opened(path, lambda descriptor: _libc("syncfs", descriptor)):
        return
    for name in names_below(path):
        sync_entry(path / name)
    for folder, _, _ in os.walk(path):
        sync_entry(Path(folder))


def sync_entry(path: Path) -> None:
    """Wait until one file, or the list of names that a folder is, is on the disk."""
    # Windows cannot open a folder; its file systems keep names in a journal.
    if not WINDOWS or path.is_file():
        _opened(path, os.fsync)


def swap_folders(new: Path, current: Path, old: Path) -> Path | None:
    """Put the folder `new` in the place of `current`, and say where the former one is now: None when there was none.

    On Linux this is one step, which either happened or did not. Elsewhere, and on file systems that cannot exchange
    names, the former folder is first renamed to `old`; `restore_folder` mends what a crash between the two leaves.
    A folder that cannot be renamed at all, as one of a container image's lower layer, gets the new files one by one.
    """
    if not os.path.lexists(current):
        os.rename(new, current)
        return None
    try:
        return new if _exchange(new, current) else _swapped_in_two_steps(new, current, old)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    _replace_content(new, current)
    return new


def _swapped_in_two_steps(new: Path, current: Path, old: Path) -> Path:
    os.rename(current, old)
    try:
        os.rename(new, current)
    except OSError:
        os.rename(old, current)
        raise
    return old


def _replace_content(new: Path, current: Path) -> None:
    """Move every file over: what pages load, then pages, and only then remove what is no more.

    Each file is whole at every moment, the site is not; a file system that cannot rename folders allows no more. Raises
    OSError before anything has changed when the two folders are on different file systems.
    """
    names = sorted(names_below(new), key=lambda name: (name.endswith(".html"), name))
    for name in names:
        (current / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(new / name, current / name)
    for name in set(names_below(current)) - set(names):
        os.unlink(current / name)
    for folder, _, _ in os.walk(current, topdown=False):
        if not os.listdir(folder):
            os.rmdir(folder)


def restore_folder(current: Path, old: Path) -> None:
    """Undo a swap in two steps that a crash cut short: a folder that is absent is put back."""
    if os.path.lexists(old) and not os.path.lexists(current):
        os.rename(old, current)


def resolved(path: Path) -> Path:
    """A path without links. Raises OSError where they lead in a circle."""
    try:
        return path.resolve()
    except RuntimeError as error:   # what Python before 3.13 raises
        raise OSError(errno.ELOOP, "links lead in a circle") from error


def beside(folder: Path, what: str) -> Path:
    """The name beside an output folder under which a build keeps something of its own."""
    return folder.with_name(f".{folder.name}.cityfolio-{what}")


def lock_of(output: Path) -> Path:
    """The lock of an output folder: who holds it can be sure that no build changes the folder."""
    return beside(resolved(output), "lock")


def remove_left_lock(path: Path) -> None:
    """Remove a lock that whoever held it could not remove. One that is held stays."""
    if os.path.lexists(path):
        with suppress(OSError), locked(path, 0):
            pass


@contextmanager
def locked(path: Path, wait_seconds: float) -> Iterator[None]:
    """Hold a lock file, so that one process at a time does what is within. Raises TimeoutError when it stays taken.

    The lock ends with the process, however that ends. On Windows nothing is locked.
    """
    with ExitStack() as held:
        held.callback(_let_go, _lock(path, wait_seconds))
        held.callback(discard, path)
        yield


def _let_go(descriptor: int) -> None:
    # The lock is gone whatever the system says, and what it kept others from is done: no reason to call that a failure.
    with suppress(OSError):
        os.close(descriptor)


def _lock(path: Path, wait_seconds: float) -> int:
    give_up = monotonic() + wait_seconds
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | NO_LINK, 0o600)
        # The holder removes the file when it is done: a lock on a file that has lost its name keeps nobody out.
        if _is_free(descriptor) and _is_at(descriptor, path):
            return descriptor
        os.close(descriptor)
        if monotonic() >= give_up:
            raise TimeoutError(errno.EBUSY, "another build is writing there")
        sleep(RETRY_SECONDS)


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _is_free(descriptor: int) -> bool:
    if WINDOWS:
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _exchange(one: Path, other: Path) -> bool:
    return LINUX and _libc("renameat2", AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)


def _libc(name: str, *arguments: int | bytes) -> bool:
    """Call the C library. False: the system or its file system lacks the operation. Raises OSError when it fails."""
    import ctypes

    function = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if function is None:
        return False
    if function(*arguments) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number))


def _opened(path: Path, act: Callable[[int], T]) -> T:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return act(descriptor)
    finally:
        os.close(descriptor)


def themes_root() -> Path:
    """The folder of the themes that come along: beside the package's home in a checkout, inside the package when installed."""
    package = Path(__file__).resolve().parent
    checkout = package.parents[1] / "themes"
    return checkout if checkout.is_dir() else package / "themes"


def locale_root() -> Path:
    """The folder of the words of the interface in other languages."""
    return Path(__file__).resolve().parent / "locale"
