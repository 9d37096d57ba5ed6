"""A folder that a web server shows: each deploy is laid out beside it, and the two change places in one step.

What did not change is the same file under a second name. Former sites stay beside, whole, in a hidden folder that no server
shows: `.NAME.cityfolio`.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from threading import Lock

from cityfolio import files, folders
from cityfolio.frozen import Frozen
from cityfolio.model.site import Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.local_paths import local_path, resolved
from cityfolio.publish.deploying.packing import packed_beside
from cityfolio.publish.deploying.target import Generation, Held, Locked, Refused, Traits, Upload
from cityfolio.publish.deploying.targets.carried import (
    carry_again,
    carry_file,
    folders_below,
    folders_of,
    holds,
    in_the_way,
    take_over_rights,
)
from cityfolio.publish.deploying.targets.folder_home import FolderHome, read
from cityfolio.publish.deploying.targets.mounted import refuse_volumes
from cityfolio.publish.deploying.written_generations import numbered, written_down
from cityfolio.publish.manifest import from_bytes

SCHEME = "folder:"
TRAITS = Traits(switches=True, keeps_headers=False, locks=True, cost="nothing")
FULL = "Free some space on that disk, or keep fewer former sites (--keep), and deploy again."
BUILD_AGAIN = "Build that commit again, and deploy it."
NOTHING = files.sha256(b"")             # the digest of a manifest that is absent
FIX = "Check that you may write to the folder and to the folder it lies in."


def target(address: str, around: Around) -> FolderTarget:
    """The folder at a path."""
    return FolderTarget(resolved(local_path(address, SCHEME)), only_reads=around.only_reads)


class FolderTarget(Frozen):
    """A folder, and the hidden one beside it."""

    path: Path
    only_reads: bool = False

    @property
    def name(self) -> str:
        """The folder's path."""
        return str(self.path)

    @property
    def traits(self) -> Traits:
        """It switches, and it locks."""
        return TRAITS

    @contextmanager
    def session(self, owner: str, keep: int) -> Iterator[FolderSession]:
        """Begin a deploy. The lock ends with the process, however that ends."""
        home = FolderHome(self.path)
        with ExitStack() as stack, _saying(self.path):
            if self.path.exists() and not self.path.is_dir():
                raise Refused(f"{self.path} is not a folder", "Name the folder that the web server shows.")
            if not self.only_reads:
                refuse_volumes(home.current, home.beside)
                home.make_room()
                stack.enter_context(_locked(home))
                home.recover()
                stack.callback(home.leave)
            yield FolderSession(home, keep)

    def generations(self) -> tuple[Generation, ...]:
        """Former sites that lie beside, the newest first."""
        with _saying(self.path):
            return FolderHome(self.path).generations()

    def manifest_of(self, generation: str) -> bytes:
        """The manifest of a former site."""
        known = next((each for each in self.generations() if each.name == generation), None)
        if known is None:
            raise Refused(f"{generation} is not kept any more", "Name one that is: `--generations` lists them.")
        with _saying(self.path):
            body = read(FolderHome(self.path).site_of(generation) / MANIFEST_PATH)
        if files.sha256(body) != known.manifest_sha256:
            raise Refused(f"the manifest of {generation} is not as it was published", BUILD_AGAIN)
        return body

    def purge(self, path: str) -> int:
        """Remove a file from every former site, also from what an interrupted deploy left of one."""
        if PurePosixPath(path).as_posix() == MANIFEST_PATH:
            raise Refused(f"{MANIFEST_PATH} tells what a former site holds, so without it none can be brought back",
                          "Deploy with --keep 0, so that no former site is kept.")
        home = FolderHome(self.path)
        if not home.beside.is_dir():
            return 0
        with _saying(self.path), _locked(home):
            home.recover()
            return home.purge(path)


@dataclass(slots=True)
class FolderSession:
    """One deploy: what is put lies aside until the commit."""

    home: FolderHome
    keep: int
    requests: int = 0
    written: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)
    carried: set[str] = field(default_factory=set)
    found: Mapping[str, Path] | None = None    # digest -> a file of a former site

    def manifest(self) -> Manifest | None:
        """That of the folder."""
        with _saying(self.home.current):
            body = read(self.home.current / MANIFEST_PATH)
        try:
            return from_bytes(body)
        except ValueError:
            return None

    def held(self) -> Mapping[str, Held]:
        """Every file of the folder, read."""
        if not self.home.current.is_dir():
            return {}
        with _saying(self.home.current):
            found = files.files_below(self.home.current)
            return {each.path: Held(bytes=each.bytes, sha256=files.digest_of(self.home.current / each.path)) for each in found}

    def begin(self, manifest: bytes, generation: Generation) -> None:
        """Start the folder that is laid out aside."""
        with _saying(self.home.current):
            self.home.drop(self.home.new)
            files.make_folder(self.home.new)
            if self.home.current.is_dir():
                take_over_rights(self.home.current, self.home.new)
        self.written, self.removed, self.folders, self.carried = set(), set(), {""}, set()

    def unfinished(self) -> Manifest | None:
        """Nothing: what was not committed was seen by nobody."""
        return None

    def leaving(self) -> Mapping[str, str]:
        """What the last deploy left for a while."""
        with _saying(self.home.current):
            return self.home.seen().generation.leaving

    def strange(self, wanted: Mapping[str, str]) -> AbstractSet[str]:
        """What lies in the folder, in the way of files that are wanted, and is neither of the site nor of a deploy before."""
        if not self.home.current.is_dir():
            return frozenset()
        known = frozenset(self._known())
        with _saying(self.home.current):
            refuse_volumes(self.home.current)       # in a dry run nobody has asked yet
            there = {each for path in wanted if path not in known for each in in_the_way(self.home.current, path)}
            return {path for path in there - known if not holds(self.home.current / path, wanted.get(path, ""))}

    def kept(self) -> AbstractSet[str]:
        """The digests of the files of all former sites, each read: what was changed by hand since is not the same file."""
        return self._kept().keys()

    def put(self, upload: Upload) -> None:
        """Copy one file aside: no later change of the output folder can reach what is seen."""
        with _saying(self.home.current / upload.path):
            files.write_new(self._room_for(upload.path), files.read_pieces(files.open_file(upload.source)))

    def put_back(self, path: str, sha256: str) -> bool:
        """Give a file of a former site a second name."""
        existing = self._kept().get(sha256)
        if existing is None:
            return False
        with _saying(self.home.current / path):
            files.lay(existing, self._room_for(path))
        return True

    def remove(self, paths: Sequence[str]) -> None:
        """Leave files out of the site to come."""
        self.removed.update(paths)

    def read(self, path: str) -> Iterable[bytes]:
        """The bytes of a file of the folder."""
        try:
            return files.read_pieces(files.open_file(self.home.current / path))
        except FileNotFoundError:
            raise KeyError(path) from None
        except OSError as error:
            raise Refused(f"{path} could not be read: {error.strerror or error}") from error

    def commit(self, manifest: bytes, generation: Generation) -> None:
        """Lay what did not change beside what was put, sync, and let the two folders change places."""
        home = self.home
        with _saying(home.current):
            former = home.seen() if home.current.is_dir() else None
            if former:
                self._carry_over()
            files.write_new(home.new / MANIFEST_PATH, [manifest])
            folders.sync_folder(home.new)
            refuse_volumes(home.current)
            written = numbered(generation, (*home.written(), *filter(None, (former,))))
            if former:
                files.replace_file(home.memory, written_down(former))   # so that a crash right after the swap loses nothing
            files.replace_file(home.coming, written_down(written))
            known = frozenset(self._known())
            old = folders.swap_folders(home.new, home.current, home.old)
            if old and former:
                self._carry_late(old, known)
            folders.sync_entry(home.current.parent)
            if old and former and self.keep and _is_site(old, former.generation.manifest_sha256):
                home.keep(old, former)
            elif old:
                home.drop(old)
            files.replace_file(home.memory, written_down(written))
            files.discard(home.coming)
            home.prune(written, self.keep)

    def _known(self) -> AbstractSet[str]:
        """The paths of what deploys have put there."""
        manifest, leaving = self.manifest() or Manifest(), self.leaving()
        return {MANIFEST_PATH, *manifest.entries, *leaving, *packed_beside(manifest, leaving)}

    def _carry_over(self) -> None:
        current, there = self.home.current, frozenset(folders.names_below(self.home.current))
        for name in sorted(there):
            if self._goes_along(name) and carry_file(current / name, self._room_for(name)):
                self.carried.add(name)
        filled = folders_of(there)      # a deploy leaves no folder empty: what was so is somebody else's
        for folder in folders_below(current):
            if folder not in filled and not self._gives_way(folder):
                self._make_folders(f"{folder}/")

    def _carry_late(self, former: Path, known: AbstractSet[str]) -> None:
        """Carry over what somebody else has written into the former folder since the rest of it was."""
        current = self.home.current
        for name in sorted(folders.names_below(former)):
            if name not in known and name not in self.removed and (name in self.carried or self._goes_along(name)):
                carry_again(former, current, name, self.home.late)

    def _goes_along(self, name: str) -> bool:
        return name not in self.written and name not in self.removed and name != MANIFEST_PATH and not self._gives_way(name)

    def _gives_way(self, path: str) -> bool:
        """Whether the site to come has a folder where a file is, or a file where a folder is. It was asked whether it may."""
        return not self.written.isdisjoint({path, *folders_of({path})}) or path in self.folders

    def _kept(self) -> Mapping[str, Path]:
        if self.found is None:
            with _saying(self.home.current):
                self.found = self._looked_up()
        return self.found

    def _looked_up(self) -> Mapping[str, Path]:
        found: dict[str, Path] = {}
        for site in (*(self.home.site_of(each.name) for each in self.home.generations()), self.home.current):
            try:
                entries = from_bytes(read(site / MANIFEST_PATH)).entries
            except ValueError:
                continue
            for path, entry in entries.items():
                if entry.sha256 not in found and holds(site / path, entry.sha256):
                    found[entry.sha256] = site / path
        return found

    def _room_for(self, path: str) -> Path:
        with self.lock:
            self._make_folders(path)
            self.written.add(path)
        return self.home.new / path

    def _make_folders(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder in self.folders:
            return
        self._make_folders(folder)
        new, former = self.home.new / folder, self.home.current / folder
        files.make_folder(new)
        take_over_rights(former if _is_folder(former) else new.parent, new)
        self.folders.add(folder)


def _is_site(folder: Path, digest: str) -> bool:
    """Whether a folder holds the site with a manifest, and not what is left where its files had to be moved one by one."""
    return digest != NOTHING and files.sha256(read(folder / MANIFEST_PATH)) == digest


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


@contextmanager
def _locked(home: FolderHome) -> Iterator[None]:
    with ExitStack() as held:
        try:
            held.enter_context(folders.locked(home.lock, 0.0))
        except TimeoutError:
            raise Locked(f"another deploy is writing to {home.current}", "Wait until it has ended.") from None
        yield


@contextmanager
def _saying(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refused(f"{path} could not be written: {error.strerror or error}",
                      FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else FIX) from error
