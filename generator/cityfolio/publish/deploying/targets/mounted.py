"""Volumes that are mounted inside a folder: what lies on them is somebody else's, and never goes where the folder goes.

A folder in which one is mounted can be renamed, and takes the volume along; removing it would empty the volume.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cityfolio import files, folders
from cityfolio.publish.deploying.target import Refused

# Linux lists every mount there, also one of a folder on the same device, which no number tells (proc_pid_mountinfo(5)).
MOUNTS = Path("/proc/self/mountinfo")
MOUNTED_AT = 4                                # the field with the path
GONE = -1                                     # the device of a folder that is there no more
OCTAL = re.compile(rb"\\([0-7]{3})")          # as blanks are written in it
FIX = ("Mount it outside of the folder, and put a link to it there, which stays. Where the folder itself is a volume, name one "
       "that lies on it.")


def volumes_in(folder: Path) -> tuple[Path, ...]:
    """Where volumes are mounted: at a folder, or at anything below it."""
    if folder.is_symlink() or not folder.is_dir():
        return ()
    found = {place for place in _mounted() if place == folder or folder in place.parents}
    return tuple(sorted(found | set(_on_other_devices(folder, _device(folder)))))


def refuse_volumes(*places: Path) -> None:
    """Raises Refused where a volume is mounted at one of some folders, or below it."""
    for place in places:
        if found := volumes_in(place):
            raise Refused(f"a volume is mounted at {found[0]}, and a deploy would move or remove what is on it", FIX)


def remove_folder(path: Path) -> None:
    """Remove a folder and all that is in it, or nothing: raises Refused where a volume is mounted in it."""
    refuse_volumes(path)
    folders.remove_folder(path)


def _mounted() -> Iterator[Path]:
    try:
        lines = files.read_bytes(MOUNTS).splitlines()
    except OSError:
        return      # of another system: the devices alone tell
    for line in lines:
        written = line.split(b" ")[MOUNTED_AT]
        yield Path(os.fsdecode(OCTAL.sub(lambda found: bytes((int(found[1], 8),)), written)))


def _on_other_devices(folder: Path, device: int) -> Iterator[Path]:
    with suppress(FileNotFoundError):
        with os.scandir(folder) as names:
            below = [Path(name.path) for name in names if name.is_dir(follow_symlinks=False)]
        for place in below:
            if _device(place) in (device, GONE):
                yield from _on_other_devices(place, device)
            elif device != GONE:
                yield place


def _device(folder: Path) -> int:
    """The device of a folder; of one that went meanwhile GONE: who has no lock yet may meet a deploy at work."""
    try:
        return os.lstat(folder).st_dev
    except FileNotFoundError:
        return GONE
