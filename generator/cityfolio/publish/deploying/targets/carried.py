"""What somebody else keeps in a folder, taken over when another folder takes its place: files, links, rights, empty folders.

Never followed: links. Never lost: the bits of the mode, the group, and what else a file system knows of rights (access control
lists, labels), as far as the system lets the one who deploys set them.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Set as AbstractSet
from functools import partial
from pathlib import Path
from stat import S_IMODE, S_IRWXU, S_ISLNK, S_ISREG

from cityfolio import files
from cityfolio.publish.compression import ENDINGS
from cityfolio.publish.deploying.target import Refused

SUFFIXES = tuple(ENDINGS.values())
NOT_ALLOWED = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS, errno.ENODATA}


def take_over_rights(existing: Path, new: Path) -> None:
    """Give a new folder the owner, the group and the rights of one that is there, and its maker every right."""
    about, made = os.stat(existing), os.stat(new)
    changed = _own(new, about, made) | _take_over_attributes(existing, new)
    # Last, since a change of the group takes bits away. Without all rights of its own a deploy could not clear it later.
    mode = S_IMODE(about.st_mode) | S_IRWXU
    if changed or S_IMODE(made.st_mode) != mode:
        os.chmod(new, mode)


def carry_file(existing: Path, new: Path) -> bool:
    """Give a file or link a second name; where the system does not allow that, copy it with its mode and times.

    False where somebody else has removed it just now.
    """
    try:
        return files.link_file(existing, new) or _copy_file(existing, new)
    except FileNotFoundError:
        if os.path.lexists(existing) or not os.path.lexists(new.parent):
            raise
        return False


def _copy_file(existing: Path, new: Path) -> bool:
    about = existing.lstat()
    if existing.is_symlink():
        os.symlink(os.readlink(existing), new)
        return True
    if not S_ISREG(about.st_mode):
        raise Refused(f"{existing} is neither a file nor a link", "Move it out of the folder.")
    try:
        stream = files.open_file(existing)
    except PermissionError as error:
        raise Refused(f"{existing} belongs to somebody else and may not be read, so it would be lost",
                      "Let the one who deploys read it, or move it out of the folder.") from error
    files.write_new(new, files.read_pieces(stream))
    _own(new, about, new.stat())
    os.chmod(new, S_IMODE(about.st_mode))
    os.utime(new, ns=(about.st_atime_ns, about.st_mtime_ns))
    return True


def carry_again(former: Path, current: Path, path: str, aside: Path) -> None:
    """Carry a file or link over where the other folder does not have it as it is now, by way of a name aside."""
    existing, new = former / path, current / path
    if _is_same(existing, new):
        return
    for folder in sorted(folders_of({path})):
        if not (current / folder).is_dir():
            files.make_folder(current / folder)
            take_over_rights(former / folder, current / folder)
    files.discard(aside)
    if carry_file(existing, aside):
        os.replace(aside, new)


def _is_same(existing: Path, new: Path) -> bool:
    try:
        one, other = os.lstat(existing), os.lstat(new)
    except FileNotFoundError:
        return False
    if S_ISLNK(one.st_mode) and S_ISLNK(other.st_mode):
        return os.readlink(existing) == os.readlink(new)
    return os.path.samestat(one, other) or (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def folders_below(root: Path, prefix: str = "") -> Iterator[str]:
    """The path of every folder below one, each after the one that it lies in."""
    with os.scandir(root / prefix) as names:
        found = sorted(name.name for name in names if name.is_dir(follow_symlinks=False))
    for name in found:
        path = f"{prefix}/{name}" if prefix else name
        yield path
        yield from folders_below(root, path)


def folders_of(paths: AbstractSet[str]) -> AbstractSet[str]:
    """Every folder that some paths lie in."""
    return {path[:at] for path in paths for at, letter in enumerate(path) if letter == "/"}


def in_the_way(root: Path, path: str) -> tuple[str, ...]:
    """What would have to go for a file at a path: what is there, all that lies below it, or what is no folder above it."""
    for above in sorted(folders_of({path})):
        if _is_no_folder(root / above):
            return (above,)
    place = root / path
    if not os.path.lexists(place):
        return ()
    return (path,) if _is_no_folder(place) else tuple(_below(root, path))


def of_somebody_else(paths: Iterable[str], known: AbstractSet[str]) -> AbstractSet[str]:
    """Those of some paths that are not known, and are no packed forms of what is known either."""
    return {path for path in paths if known.isdisjoint((path, *map(path.removesuffix, SUFFIXES)))}


def holds(place: Path, digest: str) -> bool:
    """Whether a file has a content; a link, and what cannot be read, has none."""
    try:
        return files.digest_of(place) == digest
    except OSError:
        return False


def _below(root: Path, folder: str) -> Iterator[str]:
    for at, _, names in os.walk(root / folder):
        yield from (Path(at, name).relative_to(root).as_posix() for name in sorted(names))


def _is_no_folder(place: Path) -> bool:
    return place.is_symlink() or (os.path.lexists(place) and not place.is_dir())


def _own(new: Path, about: os.stat_result, made: os.stat_result) -> bool:
    """Give a file or folder an owner and a group, or at least the group, and say whether there was anything to change."""
    if (about.st_uid, about.st_gid) == (made.st_uid, made.st_gid):
        return False
    if not _allowed(lambda: os.chown(new, about.st_uid, about.st_gid)):
        _allowed(lambda: os.chown(new, -1, about.st_gid))
    return True


def _take_over_attributes(existing: Path, new: Path) -> bool:
    names: list[str] = []
    if hasattr(os, "listxattr"):
        _allowed(lambda: names.extend(os.listxattr(existing)))
    for name in names:
        _allowed(partial(_copy_attribute, existing, new, name))
    return bool(names)


def _copy_attribute(existing: Path, new: Path, name: str) -> None:
    os.setxattr(new, name, os.getxattr(existing, name))


def _allowed(act: Callable[[], object]) -> bool:
    try:
        act()
    except OSError as error:
        if error.errno not in NOT_ALLOWED:
            raise
        return False
    return True
