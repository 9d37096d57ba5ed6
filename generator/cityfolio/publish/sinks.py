"""Where a site goes: a folder that is replaced in one step, or memory.

A sink gives out one draft at a time. What is put into a draft is seen by nobody until it is committed; a draft that is not
committed leaves no trace. What the system refuses becomes `Unwritable`, which carries the problem to report.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cityfolio import files, folders
from cityfolio.model.site import Entry, Manifest
from cityfolio.problems import Location, Problem
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.manifest import manifest_in, to_bytes

KEPT = ".gitignore"
# What file managers leave behind in every folder they show. They belong to nobody and are lost without a word.
DROPPINGS = {".DS_Store", "Thumbs.db", "desktop.ini"}
WAIT_SECONDS = 60.0
NAMED_AT_MOST = 3


class Unwritable(Exception):
    """The system or the state of the output folder does not allow it to be written."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.says)
        self.problem = problem


class Draft(Protocol):
    """A site that is being written."""

    @property
    def former(self) -> Manifest | None:
        """What the sink holds now."""

    @property
    def holds_colons(self) -> bool:
        """Whether the names of its folders may hold colons."""

    def put(self, entry: Entry, pieces: Iterable[bytes]) -> bool:
        """Write a file, and say whether it is unchanged: then `pieces` is not read."""

    def read(self, path: str) -> bytes:
        """The bytes of a file that was put."""

    def commit(self, manifest: Manifest) -> str:
        """Replace what the sink holds by the draft. The answer is "" or a note for the summary."""


class Sink(Protocol):
    """A place for a site."""

    def draft(self) -> AbstractContextManager[Draft]:
        """Start a site; it is thrown away at the end unless it was committed. Raises Unwritable."""


@dataclass(slots=True)
class MemorySink:
    """A site in memory, for tests."""

    site: dict[str, bytes] = field(default_factory=dict)
    manifest: Manifest | None = None

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """Start a site."""
        yield _MemoryDraft(self, {})


@dataclass(frozen=True, slots=True)
class _MemoryDraft:
    sink: MemorySink
    site: dict[str, bytes]

    @property
    def former(self) -> Manifest | None:
        return self.sink.manifest

    @property
    def holds_colons(self) -> bool:
        return True

    def put(self, entry: Entry, pieces: Iterable[bytes]) -> bool:
        known = self.sink.site.get(entry.path)
        is_unchanged = known is not None and files.sha256(known) == entry.sha256
        self.site[entry.path] = known if is_unchanged and known is not None else b"".join(pieces)
        return is_unchanged

    def read(self, path: str) -> bytes:
        return self.site[path]

    def commit(self, manifest: Manifest) -> str:
        self.site[MANIFEST_PATH] = to_bytes(manifest)
        self.sink.site, self.sink.manifest = self.site, manifest
        return ""


@dataclass(frozen=True, slots=True)
class FolderSink:
    """A folder on disk. `apart_from` are folders that it may neither lie in nor hold: the catalog, a theme.

    The site is built in a hidden folder beside, so the parent folder must be writable and on the same file system.
    """

    path: Path
    apart_from: tuple[Path, ...] = ()
    wait_seconds: float = WAIT_SECONDS
    survives_power_loss: bool = True      # False: not synced before the swap, for a site that is only looked at
    holds_colons: bool = folders.HOLDS_COLONS

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """Start a site: wait for other builds, clear what an interrupted one left, and refuse a folder that is not ours."""
        with _saying(self.path):
            place = _Place(_resolved(self.path))
        with ExitStack() as stack:
            with _saying(place.current):
                _refuse_inside(place.current, self.apart_from)
                place.current.parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(folders.locked(place.beside("lock"), self.wait_seconds))
                folders.restore_folder(place.current, place.old)
                folders.remove_folder(place.new)
                folders.remove_folder(place.old)
                draft = _FolderDraft(place, place.new, _former(place.current), self.survives_power_loss, self.holds_colons)
                files.make_folder(place.new)
            stack.callback(draft.discard)
            yield draft


def lock_of(output: Path) -> Path:
    """The lock of an output folder: who holds it can be sure that no build changes the folder."""
    return _Place(_resolved(output)).beside("lock")


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError as error:   # what Python before 3.13 raises for links that lead in a circle
        raise OSError(errno.ELOOP, "links lead in a circle") from error


@dataclass(frozen=True, slots=True)
class _Place:
    """The output folder and the names beside it that a build uses."""

    current: Path

    def beside(self, what: str) -> Path:
        return self.current.with_name(f".{self.current.name}.cityfolio-{what}")

    @property
    def new(self) -> Path:
        return self.beside("new")

    @property
    def old(self) -> Path:
        return self.beside("old")


@dataclass(slots=True)
class _FolderDraft:
    place: _Place
    new: Path                            # of the place, worked out once
    former: Manifest | None
    survives_power_loss: bool
    holds_colons: bool
    folders: set[str] = field(default_factory=lambda: {""})
    is_changed: bool = False

    def put(self, entry: Entry, pieces: Iterable[bytes]) -> bool:
        path, is_unchanged = self.new / entry.path, False
        with _saying(self.place.current, entry.path):
            self._make_folders(entry.path)
            if self._is_listed(entry):
                existing = self.place.current / entry.path
                is_unchanged = files.public_digest(existing) == entry.sha256
                if is_unchanged and files.link_file(existing, path):
                    return True
            self.is_changed = True
            files.write_new(path, pieces)
        return is_unchanged

    def read(self, path: str) -> bytes:
        with _saying(self.place.current, path):
            return files.read_bytes(self.new / path)

    def commit(self, manifest: Manifest) -> str:
        if not self.is_changed and manifest == self.former:
            return ""
        with _saying(self.place.current):
            files.write_new(self.new / MANIFEST_PATH, [to_bytes(manifest)])
            self._keep_ignore_file()
            if self.survives_power_loss:
                folders.sync_folder(self.new)
            old = folders.swap_folders(self.new, self.place.current, self.place.old)
        return _settled(self.place.current, old)

    def discard(self) -> None:
        _removed(self.new)   # what cannot be removed now is removed, or complained of, by the next build

    def _is_listed(self, entry: Entry) -> bool:
        return self.former is not None and self.former.entries.get(entry.path) == entry

    def _make_folders(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self.folders:
            self._make_folders(folder)
            files.make_folder(self.new / folder)
            self.folders.add(folder)

    def _keep_ignore_file(self) -> None:
        existing, path = self.place.current / KEPT, self.new / KEPT
        if existing.is_file() and not files.link_file(existing, path):
            files.write_new(path, [files.read_bytes(existing)])


def _settled(current: Path, old: Path | None) -> str:
    """Make the swap last and remove the former site. The new one is in place, so what fails here is only worth a note."""
    try:
        folders.sync_entry(current.parent)
    except OSError as error:
        return f"The site is in place, but {current.parent} could not be synced: {error.strerror}."
    reason = _removed(old) if old else ""
    return f"The former site could not be removed from {old}: {reason}. The next build tries again." if reason else ""


def _removed(folder: Path) -> str:
    try:
        folders.remove_folder(folder)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _former(current: Path) -> Manifest | None:
    if current.exists() and not current.is_dir():
        raise Unwritable(_foreign(current, "it is a file and not a folder"))
    if not current.exists():
        return None
    manifest = manifest_in(current)
    listed = manifest.entries if manifest else {}
    ours = {KEPT, MANIFEST_PATH} if manifest else {KEPT}
    strange = [name for name in folders.names_below(current) if name not in listed and name not in ours]
    strange = [name for name in strange if name.rpartition("/")[2] not in DROPPINGS]
    if strange:
        more = f" and {len(strange) - NAMED_AT_MOST} more" if len(strange) > NAMED_AT_MOST else ""
        raise Unwritable(_foreign(current, f"it holds {', '.join(strange[:NAMED_AT_MOST])}{more}, which no build wrote"))
    return manifest


def _foreign(current: Path, why: str) -> Problem:
    return Problem(
        code="output-foreign",
        where=Location(path=str(current), in_catalog=False),
        says=f"nothing was written, because a build replaces the whole folder: {why}",
        fix="Name a new or empty folder with --output, or move these files away if you want to keep them.",
    )


def _refuse_inside(output: Path, others: Iterable[Path]) -> None:
    for other in others:
        whole = other.resolve()
        if output.is_relative_to(whole) or whole.is_relative_to(output):
            raise Unwritable(
                Problem(
                    code="output-inside",
                    where=Location(path=str(output), in_catalog=False),
                    says=f"the output folder and {whole} lie one inside the other, and a build replaces the output folder",
                    fix="Name a folder beside it with --output.",
                )
            )


FIXES = {
    errno.ENOSPC: "Free some space on the disk: while a site is replaced, what changed is there twice.",
    errno.EDQUOT: "Free some space: the quota is used up.",
    errno.EACCES: "Check that you may write to the folder and to the folder it lies in.",
    errno.EPERM: "Check that you may write to the folder and to the folder it lies in.",
    errno.EROFS: "Name a folder on a disk that can be written to.",
    errno.EBUSY: "Wait for the other build; if the folder is a mount point, name a folder inside it.",
    errno.EXDEV: "If the folder is a mount point, name a folder inside it.",
}


@contextmanager
def _saying(folder: Path, path: str = "") -> Iterator[None]:
    """Turn a refusal by the system into a problem that names the folder, or the path in it, and the reason."""
    try:
        yield
    except OSError as error:
        raise Unwritable(
            Problem(
                code="output-unwritable",
                where=Location(path=str(folder / path), in_catalog=False),
                says=f"the site could not be written: {error.strerror or error}; what was there before is untouched",
                fix=FIXES.get(error.errno or 0, "Try again, or name another folder with --output."),
            )
        ) from error
