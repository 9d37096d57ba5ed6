"""A folder that a web server shows: each deploy is laid out beside it, and the two change places in one step.

What did not change is the same file under a second name. Former sites stay beside, whole, in a hidden folder that no server
shows: `.NAME.cityfolio`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from cityfolio import files, folders
from cityfolio.model.site import Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.target import Generation, Held, Locked, Refused, Traits, Upload
from cityfolio.publish.deploying.written_generations import read_back, written_down
from cityfolio.publish.manifest import from_bytes

TRAITS = Traits(switches=True, keeps_headers=False, locks=True, cost="nothing")
UNKNOWN_TIME = "00000000T000000Z"      # of a site that was there before anybody counted
FIX = "Check that you may write to the folder and to the folder it lies in."


def target(address: str, around: Around) -> FolderTarget:
    """The folder at a path."""
    path = Path(address.removeprefix("folder:"))
    try:
        return FolderTarget(path.resolve(), only_reads=around.only_reads)
    except (OSError, RuntimeError) as error:
        raise Refused(f"{path} is not a folder: {error}") from error


@dataclass(frozen=True, slots=True)
class FolderTarget:
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
        home = _Home(self.path)
        with ExitStack() as stack, _saying(self.path):
            if self.path.exists() and not self.path.is_dir():
                raise Refused(f"{self.path} is not a folder", "Name the folder that the web server shows.")
            if not self.only_reads:
                home.beside.mkdir(parents=True, exist_ok=True)
                stack.enter_context(_locked(home))
                folders.restore_folder(home.current, home.old)
                home.settle()
                stack.callback(home.leave)
            yield FolderSession(home, keep)

    def generations(self) -> tuple[Generation, ...]:
        """Former sites that lie beside, the newest first."""
        with _saying(self.path):
            return _Home(self.path).generations()

    def manifest_of(self, generation: str) -> bytes:
        """The manifest of a former site."""
        home = _Home(self.path)
        if generation not in {each.name for each in self.generations()}:
            raise Refused(f"{generation} is not kept any more", "Name one that is: `--generations` lists them.")
        with _saying(self.path):
            return files.read_bytes(home.site_of(generation) / MANIFEST_PATH)

    def purge(self, path: str) -> int:
        """Remove a file from every former site."""
        home = _Home(self.path)
        with _saying(self.path), _locked(home):
            found = [place for each in home.generations() if (place := home.site_of(each.name) / path).is_file()]
            return sum(files.discard(place) for place in found)


@dataclass(frozen=True, slots=True)
class _Home:
    """The names beside the folder."""

    current: Path

    @property
    def beside(self) -> Path:
        return self.current.with_name(f".{self.current.name}.cityfolio")

    @property
    def new(self) -> Path:
        return self.beside / "new"

    @property
    def old(self) -> Path:
        return self.beside / "old"

    @property
    def memory(self) -> Path:
        return self.beside / "current.json"

    def site_of(self, generation: str) -> Path:
        return self.beside / "generations" / generation

    def remembered(self) -> Generation:
        """What was remembered of the site that is seen; a name made of its manifest where it came otherwise."""
        body = _read(self.current / MANIFEST_PATH)
        digest = files.sha256(body)
        known = read_back(_read(self.memory))
        if known and known.manifest_sha256 == digest:
            return known
        return Generation(name=f"{UNKNOWN_TIME}-{digest[:8]}", manifest_sha256=digest, leaving=known.leaving if known else {})

    def generations(self) -> tuple[Generation, ...]:
        root = self.beside / "generations"
        names = sorted((path.name.removesuffix(".json") for path in root.glob("*.json")), reverse=True) if root.is_dir() else []
        found = (read_back(_read(root / f"{name}.json")) for name in names if self.site_of(name).is_dir())
        return tuple(each for each in found if each)

    def settle(self) -> None:
        """Clear what an interrupted deploy left. A former site that had changed places already is kept as one."""
        known = read_back(_read(self.memory))
        for left in (self.new, self.old):
            if known and left.is_dir() and files.sha256(_read(left / MANIFEST_PATH)) == known.manifest_sha256:
                self.keep(left, known)
            folders.remove_folder(left)
        for half_written in (*self.beside.glob(".*.new"), *self.beside.glob("generations/.*.new")):
            files.discard(half_written)

    def leave(self) -> None:
        """Clear what this deploy left; what the system refuses now is for the next one. A former site is never lost here."""
        with suppress(OSError):
            self.settle()

    def keep(self, site: Path, generation: Generation) -> None:
        place = self.site_of(generation.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        folders.remove_folder(place)
        files.replace_file(place.with_name(f"{generation.name}.json"), written_down(generation))
        site.rename(place)

    def prune(self, keep: int) -> None:
        for each in self.generations()[keep:]:
            files.discard(self.site_of(each.name).with_name(f"{each.name}.json"))
            folders.remove_folder(self.site_of(each.name))


@dataclass(slots=True)
class FolderSession:
    """One deploy: what is put lies aside until the commit."""

    home: _Home
    keep: int
    requests: int = 0
    written: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)
    found: Mapping[str, Path] | None = None    # digest -> a file of a former site

    def manifest(self) -> Manifest | None:
        """That of the folder."""
        with _saying(self.home.current):
            body = _read(self.home.current / MANIFEST_PATH)
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
            folders.remove_folder(self.home.new)
            files.make_folder(self.home.new)
        self.written, self.removed, self.folders = set(), set(), {""}

    def unfinished(self) -> Manifest | None:
        """Nothing: what was not committed was seen by nobody."""
        return None

    def leaving(self) -> Mapping[str, str]:
        """What the last deploy left for a while."""
        with _saying(self.home.current):
            return self.home.remembered().leaving

    def kept(self) -> AbstractSet[str]:
        """The digests of the files of all former sites."""
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
            former = home.remembered() if home.current.is_dir() else None
            for name in folders.names_below(home.current) if former else ():
                if name not in self.written and name not in self.removed and name != MANIFEST_PATH:
                    files.lay(home.current / name, self._room_for(name))
            files.write_new(home.new / MANIFEST_PATH, [manifest])
            folders.sync_folder(home.new)
            if former:
                files.replace_file(home.memory, written_down(former))   # so that a crash right after the swap loses nothing
            old = folders.swap_folders(home.new, home.current, home.old)
            folders.sync_entry(home.current.parent)
            if old and former and former.manifest_sha256 != files.sha256(b"") and self.keep:
                home.keep(old, former)
            elif old:
                folders.remove_folder(old)
            files.replace_file(home.memory, written_down(generation))
            home.prune(self.keep)

    def _kept(self) -> Mapping[str, Path]:
        if self.found is None:
            with _saying(self.home.current):
                self.found = self._looked_up()
        return self.found

    def _looked_up(self) -> Mapping[str, Path]:
        found: dict[str, Path] = {}
        for site in (*(self.home.site_of(each.name) for each in self.home.generations()), self.home.current):
            try:
                entries = from_bytes(_read(site / MANIFEST_PATH)).entries
            except ValueError:
                continue
            found |= {entry.sha256: site / path for path, entry in entries.items() if (site / path).is_file()}
        return found

    def _room_for(self, path: str) -> Path:
        with self.lock:
            self._make_folders(path)
            self.written.add(path)
        return self.home.new / path

    def _make_folders(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self.folders:
            self._make_folders(folder)
            files.make_folder(self.home.new / folder)
            self.folders.add(folder)


def _read(path: Path) -> bytes:
    # Only what is absent is nothing: a file that cannot be read just now must not make a former site look like none.
    try:
        return files.read_bytes(path)
    except (FileNotFoundError, NotADirectoryError):
        return b""


@contextmanager
def _locked(home: _Home) -> Iterator[None]:
    with ExitStack() as held:
        try:
            held.enter_context(folders.locked(home.beside / "lock", 0.0))
        except TimeoutError:
            raise Locked(f"another deploy is writing to {home.current}", "Wait until it has ended.") from None
        yield


@contextmanager
def _saying(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refused(f"{path} could not be written: {error.strerror or error}", FIX) from error
