"""Values kept between runs, by key: what is read back is verified, and a cache that fails costs time, never a build.

An entry is one file. Its name is the digest of its key, and it opens with a digest of key and body, so that an entry which
was cut short, changed, or put under another's name is a miss. The digest is no signature: whoever may write the cache
folder may also forge an entry, so the folder belongs to the person who builds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cityfolio import files

LIMIT_BYTES = 512 << 20
BYTES_OF_DATASET = 64 << 10       # of which what is kept of one with a small table takes three quarters
MAGIC = b"cityfolio cache 1\n"
DIGEST_BYTES = 32
ENTRY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}")


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """Where profiles are kept between runs: a folder of the person who builds (XDG Base Directory 0.8); None without a home."""
    base = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA")
    home = environment.get("HOME")
    if not base and not home:
        return None
    return (Path(base) if base else Path(home or "") / ".cache") / "cityfolio"


def room_for(datasets: int) -> int:
    """How many bytes may be kept where a catalog has so many datasets: what its next build asks for is not to go before."""
    return max(LIMIT_BYTES, datasets * BYTES_OF_DATASET)


class Keep(Protocol):
    """What a stage needs of a cache: `Cache` and `NoCache` both are one."""

    def get(self, key: str) -> bytes | None:
        """The value kept under a key, None when there is none."""

    def put(self, key: str, body: bytes) -> str:
        """Keep a value; the answer is "" or, in words, why it could not be kept."""

    def get_file(self, key: str, sha256: str, target: Path) -> bool:
        """Lay the file kept under a key at a path where there is none, and say whether there was one with that digest."""

    def has_file(self, key: str) -> bool:
        """Whether there seems to be a file under a key. What it holds is known when it is laid somewhere."""

    def put_file(self, key: str, path: Path) -> str:
        """Keep a copy of a file; the answer is "" or, in words, why it could not be kept."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of values. Safe between processes and threads; at most about `limit_bytes` in size."""

    root: Path
    limit_bytes: int = LIMIT_BYTES

    def get(self, key: str) -> bytes | None:
        """The value kept under a key; None when there is none, or when what lies there is not what was put.

        A bad entry is removed. A use makes an entry young again, so that what is pruned is what nobody asks for.
        """
        path = self._path(key)
        try:
            entry = files.read_bytes(path)
        except OSError:
            return None   # a miss like any other: `put` will say what is wrong with the folder
        body = memoryview(entry)[len(MAGIC) + DIGEST_BYTES:]
        if entry[: len(MAGIC) + DIGEST_BYTES] != _header(key, body):
            files.discard(path)
            return None
        files.touch(path)
        return bytes(body)

    def put(self, key: str, body: bytes) -> str:
        """Keep a value. The answer is "" or why it could not be kept, in words for the build's summary."""
        path = self._path(key)
        try:
            if not path.parent.is_dir():
                self._prepare()
            before = files.size_of(path)
            files.replace_file(path, _header(key, body) + body, sync=False)
            if self._is_time_to_prune(path, len(body) - before):
                self.prune()
        except OSError as error:
            return self._says(error)
        return ""

    def _says(self, error: OSError) -> str:
        return f"Nothing could be kept in {self.root}: {error.strerror or error}. The next build will take longer."

    def get_file(self, key: str, sha256: str, target: Path) -> bool:
        """Lay the file kept under a key at a path where there is none, and say whether there was one with that digest."""
        path = self._path(key)
        try:
            if files.digest_of(path) != sha256:
                files.discard(path)
                return False
            files.touch(path)
            files.lay(path, target)
        except OSError:
            # It is not there, another process pruned it just now, or the disk is full: what it costs is time.
            files.discard(target)
            return False
        return True

    def has_file(self, key: str) -> bool:
        """Whether there seems to be a file under a key, which makes it young again as any use does."""
        path = self._path(key)
        return files.touch(path) or path.is_file()

    def put_file(self, key: str, path: Path) -> str:
        """Keep a copy of a file, of any size. It bears no digest of its own: whoever asks for it knows it."""
        kept = self._path(key)
        try:
            if not kept.parent.is_dir():
                self._prepare()
                kept.parent.mkdir(parents=True, exist_ok=True)
            files.discard(kept)
            with suppress(FileExistsError):   # another process has just kept the same
                files.lay(path, kept)
            if self._is_time_to_prune(kept, path.stat().st_size):
                self.prune()
        except OSError as error:
            return self._says(error)
        return ""

    def prune(self) -> None:
        """Remove the entries that were not used for longest until the rest fits the limit."""
        entries = sorted(files.files_below(self.root), key=lambda found: found.modified_ns, reverse=True)
        total = 0
        for entry in entries:
            total += entry.bytes
            # Only what bears the name of an entry: whatever else lies there is somebody's.
            if total > self.limit_bytes and ENTRY.fullmatch(entry.path):
                files.discard(self.root / entry.path)

    def _prepare(self) -> None:
        # The folder often lies in the catalog's repository, and nothing of it should be committed.
        if not (self.root / ".gitignore").exists():
            files.replace_file(self.root / ".gitignore", b"*\n", sync=False)

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return self.root / name[:2] / name[2:]

    def _is_time_to_prune(self, path: Path, more_bytes: int) -> bool:
        # Pruning lists the whole folder, so it is done for one value in 256, and more often for those that make it larger by
        # much: the digest in the name is the die, and the folder outgrows its limit by a sixteenth on average.
        chance = max(1 / 256, 16 * more_bytes / self.limit_bytes)
        return int(path.name[:8], 16) < chance * 16**8


@dataclass(frozen=True, slots=True)
class NoCache:
    """A cache that keeps nothing, for `--no-cache` and for tests."""

    def get(self, key: str) -> bytes | None:
        """Always None."""
        return None

    def put(self, key: str, body: bytes) -> str:
        """Keep nothing, and have nothing to say about it."""
        return ""

    def get_file(self, key: str, sha256: str, target: Path) -> bool:
        """Always False."""
        return False

    def has_file(self, key: str) -> bool:
        """Always False."""
        return False

    def put_file(self, key: str, path: Path) -> str:
        """Keep nothing, and have nothing to say about it."""
        return ""


@dataclass(slots=True)
class Telling:
    """A cache that remembers the first thing that went wrong with it, for the summary of the run."""

    keep: Keep
    note: str = ""

    def get(self, key: str) -> bytes | None:
        """The value kept under a key, None when there is none."""
        return self.keep.get(key)

    def put(self, key: str, body: bytes) -> str:
        """Keep a value, and remember if that could not be done."""
        said = self.keep.put(key, body)
        self.note = self.note or said
        return said

    def get_file(self, key: str, sha256: str, target: Path) -> bool:
        """Lay the file kept under a key at a path, and say whether there was one with that digest."""
        return self.keep.get_file(key, sha256, target)

    def has_file(self, key: str) -> bool:
        """Whether there seems to be a file under a key."""
        return self.keep.has_file(key)

    def put_file(self, key: str, path: Path) -> str:
        """Keep a copy of a file, and remember if that could not be done."""
        said = self.keep.put_file(key, path)
        self.note = self.note or said
        return said


def keeps_nothing(cache: Keep) -> bool:
    """Whether all that is put into a cache is gone, so that nothing needs to be prepared for it."""
    return isinstance(cache.keep if isinstance(cache, Telling) else cache, NoCache)


def _header(key: str, body: bytes | memoryview) -> bytes:
    # A key ends where the digest of it does, so that no part of it can pass for the body.
    digest = hashlib.sha256(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest())
    digest.update(body)
    return MAGIC + digest.digest()
