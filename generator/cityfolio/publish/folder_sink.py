"""A site in a folder on disk, which is replaced in one step: what is put into a draft lies in a hidden folder beside it.

What the system refuses becomes `Unwritable`, which carries the problem to report.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Set as AbstractSet
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cityfolio import files, folders
from cityfolio.cache import Keep, NoCache, keeps_nothing
from cityfolio.frozen import Frozen, field as member
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish import spare
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.left_files import KEPT, LeftFiles, Put, leave, left_in
from cityfolio.publish.manifest import manifest_and_digest_in, to_bytes
from cityfolio.publish.refusals import Unwritable, foreign, refuse_inside, saying, unwritable
from cityfolio.publish.sinks import Draft
from cityfolio.publish.spare import Lying, laid_aside, taken_up

# What file managers leave behind in every folder they show. They belong to nobody and are lost without a word.
DROPPINGS = {".DS_Store", "Thumbs.db", "desktop.ini"}
WAIT_SECONDS = 60.0
NAMED_AT_MOST = 3


class FolderSink(Frozen):
    """A folder on disk. `apart_from` are folders that it may neither lie in nor hold: the catalog, a theme.

    The site is built in a hidden folder beside, so the parent folder must be writable and on the same file system.
    """

    path: Path
    apart_from: tuple[Path, ...] = ()
    wait_seconds: float = WAIT_SECONDS
    survives_power_loss: bool = True      # False: not synced before the swap, for a site that is only looked at
    holds_colons: bool = folders.HOLDS_COLONS
    cache: Keep = member(default_factory=NoCache)     # where it is kept how the files were left

    @property
    def place(self) -> str:
        """Its whole path."""
        return os.path.abspath(self.path)

    @property
    def is_empty(self) -> bool:
        """Whether no site lies there."""
        return not (self.path / MANIFEST_PATH).is_file()

    def lies(self, path: str) -> Path | None:
        """Below the folder, as long as the draft is not committed."""
        return folders.resolved(self.path) / path

    def keeps_spare(self, manifest: Manifest) -> bool:
        """Whether a twin of such a site is kept aside for the next build."""
        return len(manifest.entries) >= spare.LARGE and not isinstance(self.cache, NoCache) and not folders.WINDOWS

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """Start a site: wait for other builds, clear what an interrupted one left, and refuse a folder that is not ours."""
        with saying(self.path):
            place = _Place(folders.resolved(self.path))
        with ExitStack() as stack:
            with saying(place.current):
                refuse_inside(place.current, self.apart_from)
                place.current.parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(folders.locked(folders.beside(place.current, "lock"), self.wait_seconds))
                folders.restore_folder(place.current, place.old)
                folders.remove_folder(place.new)
                folders.remove_folder(place.old)
                former, digest = _former(place.current)
                left = left_in(str(place.current), digest, self.cache) if former else LeftFiles()
                is_wanted = former is not None and bool(left.numbers) and self.keeps_spare(former)
                lying = taken_up(place.spare, place.new, is_wanted=is_wanted)
                untouched = left.untouched_in(str(place.new)) if lying else set[str]()
                draft = _FolderDraft(self, place, former, left, lying or Lying(), untouched)
                if lying is None:
                    files.make_folder(place.new)
            stack.callback(draft.leave)
            stack.callback(draft.discard)
            yield draft


class _Place(Frozen):
    """The output folder and the names beside it that a build uses."""

    current: Path

    @property
    def new(self) -> Path:
        return folders.beside(self.current, "new")

    @property
    def old(self) -> Path:
        return folders.beside(self.current, "old")

    @property
    def spare(self) -> Path:
        return folders.beside(self.current, "spare")


@dataclass(slots=True)
class _FolderDraft:
    sink: FolderSink
    place: _Place
    former: Manifest | None
    left: LeftFiles
    lying: Lying
    untouched: AbstractSet[str]          # of what lies there, the paths of the very files of the former site as they were left
    folders: set[str] = field(default_factory=lambda: {""})
    is_changed: bool = False
    put_files: Put = field(default_factory=Put)
    written: list[str] = field(default_factory=list)     # the paths of files that are not those of a former site
    manifest: bytes = b""                # of the site in its place, once the draft is
    keeps_looks: bool = True             # whether anybody will ask how the files were left
    current: str = ""                    # of the place, worked out once
    new: str = ""

    def __post_init__(self) -> None:
        self.current, self.new = str(self.place.current), str(self.place.new)
        self.put_files.left, self.keeps_looks = self.left, not keeps_nothing(self.sink.cache)

    @property
    def holds_colons(self) -> bool:
        return self.sink.holds_colons

    def put(self, entry: Entry, pieces: Iterable[bytes]) -> bool:
        try:
            return self._put(entry, pieces)
        except OSError as error:
            raise unwritable(self.place.current / entry.path, error) from error

    def _put(self, entry: Entry, pieces: Iterable[bytes]) -> bool:
        path, is_unchanged = f"{self.new}/{entry.path}", False
        self._make_folders(entry.path)
        if entry.path in self.untouched and entry.path in self.lying.files and self._is_listed(entry):
            self.lying.files.discard(entry.path)
            self.put_files.settle(entry.path)
            return True
        self.lying.clear(self.new, entry.path)
        if self._is_listed(entry) and (about := files.public_state(existing := f"{self.current}/{entry.path}")):
            is_unchanged = self.left.has(entry.path, about) or files.public_digest(existing) == entry.sha256
            if is_unchanged and files.link_file(existing, path):
                self.put_files.add(entry.path, about)
                return True
        self.is_changed = True
        if self.former:
            self.written.append(entry.path)
        about = files.write_new(path, pieces)
        if self.keeps_looks:
            self.put_files.add(entry.path, about)
        return is_unchanged

    def read(self, path: str) -> bytes:
        try:
            return files.read_bytes(f"{self.new}/{path}")
        except OSError as error:
            raise unwritable(self.place.current / path, error) from error

    def commit(self, manifest: Manifest) -> str:
        body = to_bytes(manifest)
        if not self.is_changed and manifest == self.former:
            self.manifest = body
            self._keep_aside(self.place.new, manifest)
            return ""
        new = self.place.new
        with saying(self.place.current):
            self.lying.clear_all(self.new)
            files.write_new(new / MANIFEST_PATH, [body])
            self._keep_ignore_file()
            if self.sink.survives_power_loss:
                folders.sync_folder(new)
            old = folders.swap_folders(new, self.place.current, self.place.old)
        self.manifest = body
        # Where folders cannot be renamed the former site was taken apart by now. What cannot be looked at is not kept.
        return _settled(self.place.current, old, lambda former: os.path.isfile(former / MANIFEST_PATH)
                        and self._keep_aside(former, manifest))

    def _keep_aside(self, folder: Path, manifest: Manifest) -> bool:
        """Keep a folder that was to be removed as a twin of the site in its place, and say whether that was done."""
        if self.former is None or not self.sink.keeps_spare(manifest):
            return False
        gone = [path for path in self.former.entries if path not in manifest.entries]
        return laid_aside(folder, self.place.current, self.place.spare, self.written, [*gone, MANIFEST_PATH])

    def discard(self) -> None:
        _removed(self.place.new)   # what cannot be removed now is removed, or complained of, by the next build

    def leave(self) -> None:
        """Keep how the files were left, when the site is in place and nothing is done to them any more."""
        if self.manifest and self.keeps_looks:
            leave(self.put_files, self.current, files.sha256(self.manifest), self.sink.cache)

    def _is_listed(self, entry: Entry) -> bool:
        listed = self.former.entries.get(entry.path) if self.former else None
        return listed is entry or listed == entry

    def _make_folders(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self.folders:
            self._make_folders(folder)
            if folder in self.lying.folders:
                self.lying.folders.discard(folder)
            else:
                self.lying.clear(self.new, folder)
                files.make_folder(f"{self.new}/{folder}")
            self.folders.add(folder)

    def _keep_ignore_file(self) -> None:
        existing, path = self.place.current / KEPT, self.place.new / KEPT
        if existing.is_file() and not files.link_file(existing, path):
            files.write_new(path, [files.read_bytes(existing)])


def _settled(current: Path, old: Path | None, is_kept: Callable[[Path], bool]) -> str:
    """Make the swap last and remove the former site, or keep it. The new one is in place, so a failure is only worth a note.

    Before the swap lasts nothing is done to the former site: after a loss of power it may be the one that is in place.
    """
    try:
        folders.sync_entry(current.parent)
    except OSError as error:
        return f"The site is in place, but {current.parent} could not be synced: {error.strerror}."
    reason = _removed(old) if old and not is_kept(old) else ""
    return f"The former site could not be removed from {old}: {reason}. The next build tries again." if reason else ""


def _removed(folder: Path) -> str:
    try:
        folders.remove_folder(folder)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _former(current: Path) -> tuple[Manifest | None, str]:
    """The manifest of the site in a folder, and its digest. Raises Unwritable where there is something else."""
    if current.exists() and not current.is_dir():
        raise Unwritable(foreign(current, "it is a file and not a folder"))
    if not current.exists():
        return None, ""
    manifest, digest = manifest_and_digest_in(current)
    listed = manifest.entries if manifest else {}
    ours = {KEPT, MANIFEST_PATH} if manifest else {KEPT}
    strange = [name for name in folders.names_below(current) if name not in listed and name not in ours]
    strange = [name for name in strange if name.rpartition("/")[2] not in DROPPINGS]
    if strange:
        more = f" and {len(strange) - NAMED_AT_MOST} more" if len(strange) > NAMED_AT_MOST else ""
        raise Unwritable(foreign(current, f"it holds {', '.join(strange[:NAMED_AT_MOST])}{more}, which no build wrote"))
    return manifest, digest
