"""The names beside a folder that a web server shows: what is laid out, what is kept of former sites, what is known of each.

All of it lies in a hidden folder, `.NAME.cityfolio`, which nobody may enter but the one who deploys: where the folder above is
served too, a server that runs as another user can show none of it, and Apache does not where it runs as the same.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_IMODE, S_IRWXG, S_IRWXO, S_IRWXU, S_IWGRP

from cityfolio import files, folders
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.target import Generation
from cityfolio.publish.deploying.written_generations import Written, led_back_to, numbered, read_back, surplus, written_down

UNKNOWN_TIME = "00000000T000000Z"      # of a site that was there before anybody counted
NOBODY = b"Require all denied\n"       # to Apache, which reads it from .htaccess


@dataclass(frozen=True, slots=True)
class FolderHome:
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

    def settle(self) -> None:
        """Clear what an interrupted deploy left. A former site that had changed places already is kept as one."""
        known, coming = read_back(read(self.memory)), read_back(read(self.coming))
        for left in (self.new, self.old):
            if known and left.is_dir() and files.sha256(read(left / MANIFEST_PATH)) == known.generation.manifest_sha256:
                self.keep(left, known)
            folders.remove_folder(left)
        if coming and coming == self.remembered():
            files.replace_file(self.memory, written_down(coming))
        files.discard(self.coming)
        for half_written in (*self.beside.glob(".*.new"), *self.kept.glob(".*.new")):
            files.discard(half_written)

    def leave(self) -> None:
        """Clear what this deploy left; what the system refuses now is for the next one. A former site is never lost here."""
        with suppress(OSError):
            self.settle()

    def keep(self, site: Path, former: Written) -> None:
        """Keep a site as a former one."""
        place = self.site_of(former.generation.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        folders.remove_folder(place)
        files.replace_file(place.with_name(f"{place.name}.json"), written_down(former))
        site.rename(place)

    def prune(self, seen: Written, keep: int) -> None:
        """Remove former sites that are not to be kept."""
        for each in surplus(self.written(), seen, keep):
            place = self.site_of(each.generation.name)
            files.discard(place.with_name(f"{place.name}.json"))
            folders.remove_folder(place)
        if self.kept.is_dir() and not (self.kept / ".htaccess").exists():
            files.replace_file(self.kept / ".htaccess", NOBODY, sync=False)


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
