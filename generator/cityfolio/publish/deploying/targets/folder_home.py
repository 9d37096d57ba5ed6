"""The names beside a folder that a web server shows: what is laid out, what is kept of former sites, what is known of each.

All of it lies in a hidden folder, `.NAME.cityfolio`, which nobody may enter but the one who deploys: where the folder above is
served too, a server that runs as another user can show none of it, and Apache does not where it runs as the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_IRWXG, S_IRWXO, S_IRWXU, S_IWGRP

from cityfolio import files, folders
from cityfolio.frozen import Frozen
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.target import Generation, Refused
from cityfolio.publish.deploying.targets.mounted import refuse_volumes, remove_folder
from cityfolio.publish.deploying.written_generations import Written, led_back_to, numbered, read_back, surplus, written_down

UNKNOWN_TIME = "00000000T000000Z"      # of a site that was there before anybody counted
NOBODY = b"Require all denied\n"       # to Apache, which reads it from .htaccess
NAMED = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")     # as generations are


class FolderHome(Frozen):
    """A folder, and the names beside it."""

    current: Path

    @property
    def beside(self) -> Path:
        """What is this program's own."""
        return self.current.with_name(f".{self.current.name}.cityfolio")

    @property
    def new(self) -> Path:
        """The site that is being laid out."""
        return self.beside / "new"

    @property
    def old(self) -> Path:
        """The former site on its way, where the two cannot change places in one step."""
        return self.beside / "old"

    @property
    def late(self) -> Path:
        """A file of somebody else on its way into the site that is seen."""
        return self.beside / "late"

    @property
    def gone(self) -> Path:
        """A site that is being removed: what lies here is one no more, however much of it is left."""
        return self.beside / "gone"

    @property
    def lock(self) -> Path:
        """The lock."""
        return self.beside / "lock"

    @property
    def memory(self) -> Path:
        """What is known of the site that is seen."""
        return self.beside / "current.json"

    @property
    def coming(self) -> Path:
        """What is known of the site that is about to be seen."""
        return self.beside / "coming.json"

    @property
    def kept(self) -> Path:
        """Former sites."""
        return self.beside / "generations"

    def site_of(self, generation: str) -> Path:
        """A former site."""
        return self.kept / generation

    def make_room(self) -> None:
        """Make the hidden folder, and close it to all but its owner, and a group that may write there."""
        self.beside.mkdir(S_IRWXU, parents=True, exist_ok=True)
        mode = S_IMODE(self.beside.stat().st_mode)
        if mode != closed(mode):
            with suppress(PermissionError):      # of another owner, who has it so
                self.beside.chmod(closed(mode))

    def remembered(self) -> Written | None:
        """What was written down of the site that is seen; None where nothing was, or the site came otherwise."""
        body = read(self.current / MANIFEST_PATH)
        digest = files.sha256(body)
        known = (read_back(read(path)) for path in (self.memory, self.coming)) if body else ()
        return next((each for each in known if each and each.generation.manifest_sha256 == digest), None)

    def seen(self) -> Written:
        """What is known of the site that is seen; with a name made of its manifest where it came otherwise."""
        if known := self.remembered():
            return known
        last, digest = read_back(read(self.memory)), files.sha256(read(self.current / MANIFEST_PATH))
        leaving = last.generation.leaving if last else {}
        return numbered(Generation(name=f"{UNKNOWN_TIME}-{digest[:8]}", manifest_sha256=digest, leaving=leaving),
                        (*self.written(), *filter(None, (last,))))

    def written(self) -> tuple[Written, ...]:
        """What was written down of each former site that is there."""
        if not self.kept.is_dir():
            return ()
        found = (read_back(read(path)) for path in sorted(self.kept.glob("*.json")) if path.with_suffix("").is_dir())
        return tuple(each for each in found if each)

    def generations(self) -> tuple[Generation, ...]:
        """The former sites, the newest first."""
        return led_back_to(self.written(), self.remembered())

    def recover(self) -> None:
        """Put back the folder where an interrupted deploy had moved it away, and clear what that deploy left."""
        folders.restore_folder(self.current, self.old)
        self.settle()

    def settle(self) -> None:
        """Clear what an interrupted deploy left. A former site that had changed places already is kept as one."""
        known, coming = read_back(read(self.memory)), read_back(read(self.coming))
        for left in (self.new, self.old):
            if known and left.is_dir() and files.sha256(read(left / MANIFEST_PATH)) == known.generation.manifest_sha256:
                self.keep(left, known)
            self.drop(left)
        if coming and coming == self.remembered():
            files.replace_file(self.memory, written_down(coming))
        files.discard(self.coming)
        for half_written in (*self.beside.glob(".*.new"), *self.kept.glob(".*.new")):
            files.discard(half_written)
        for unknown in tuple(self._unknown()):
            self.drop(unknown)
        remove_folder(self.gone)
        files.discard(self.late)

    def leave(self) -> None:
        """Clear what this deploy left; what the system refuses now is for the next one. A former site is never lost here."""
        with suppress(OSError, Refused):
            self.settle()

    def drop(self, site: Path) -> None:
        """Remove a site: in one step out of its place, so that no part of it is ever taken for the whole."""
        if not os.path.lexists(site):
            return
        refuse_volumes(site)
        remove_folder(self.gone)
        site.rename(self.gone)
        remove_folder(self.gone)

    def keep(self, site: Path, former: Written) -> None:
        """Keep a site as a former one."""
        place = self.site_of(former.generation.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        self.drop(place)
        files.replace_file(place.with_name(f"{place.name}.json"), written_down(former))
        site.rename(place)

    def prune(self, seen: Written, keep: int) -> None:
        """Remove former sites that are not to be kept."""
        for each in surplus(self.written(), seen, keep):
            place = self.site_of(each.generation.name)
            self.drop(place)
            files.discard(place.with_name(f"{place.name}.json"))
        if self.kept.is_dir() and not (self.kept / ".htaccess").exists():
            files.replace_file(self.kept / ".htaccess", NOBODY, sync=False)


    def purge(self, path: str) -> int:
        """Remove a file from every former site, and say how many had it. Raises OSError where one cannot be removed."""
        found = [site / path for site in self._sites() if files.is_plain(site, path)]
        for place in found:
            place.unlink()
        return len(found)

    def _sites(self) -> Iterator[Path]:
        """Every former site that is there, also one that nothing is known of."""
        found = sorted(self.kept.iterdir()) if self.kept.is_dir() else []
        return (each for each in found if each.is_dir() and not each.is_symlink())

    def _unknown(self) -> Iterator[Path]:
        """Former sites that no record names, and records of those that are not there: what an older version left."""
        yield from (each for each in self._sites()
                    if NAMED.fullmatch(each.name) and not each.with_name(f"{each.name}.json").exists())
        yield from (each for each in self.kept.glob("*.json") if not each.with_suffix("").is_dir())


def closed(mode: int) -> int:
    """The mode of a folder that nobody may enter but its owner, and a group that may write there."""
    return mode & ~S_IRWXO if mode & S_IWGRP else mode & ~(S_IRWXG | S_IRWXO)


def read(path: Path) -> bytes:
    """The bytes of a file; none where it is absent.

    A file that cannot be read just now raises OSError: it must not make a former site look like none.
    """
    try:
        return files.read_bytes(path)
    except (FileNotFoundError, NotADirectoryError):
        return b""
