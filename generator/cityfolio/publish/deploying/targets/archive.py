"""A site as one zip archive, to be handed to whoever runs the web server: the same site always makes the same bytes.

An archive holds the files that the manifest lists, the manifest, and nothing else: no asset of a former site stays in it. Its
members stand in the order of their paths, bear no moment and no owner. The new archive is written beside the former one and
takes its name in one step. There are no generations: who wants to keep an archive gives the next one another name.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from cityfolio import files, folders
from cityfolio.frozen import Frozen
from cityfolio.model.site import Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.local_paths import local_path
from cityfolio.publish.deploying.target import Generation, Held, Locked, Refused, Traits, Upload
from cityfolio.publish.manifest import from_bytes

SCHEME = "zip:"
TRAITS = Traits(switches=True, keeps_headers=False, locks=True, cost="nothing")
OLDEST = (1980, 1, 1, 0, 0, 0)     # the first moment that a zip can hold
UNIX = 3
PLAIN_FILE = 0o100644 << 16
# What is compressed already: to do it again costs time and gains nothing.
COMPRESSED = (".7z", ".avif", ".br", ".gif", ".gz", ".jpeg", ".jpg", ".kmz", ".mp4", ".parquet", ".pdf", ".pmtiles", ".png",
              ".webp", ".woff", ".woff2", ".xlsx", ".zip", ".zst")


def target(address: str, around: Around) -> ArchiveTarget:
    """The archive that `zip:FILE` names. Raises Refused where no file is named."""
    if len(address) == len(SCHEME) or address.endswith("/"):
        raise Refused("zip: is not followed by the name of a file", "Write zip:site.zip.")
    return ArchiveTarget(local_path(address, SCHEME), only_reads=around.only_reads)


class ArchiveTarget(Frozen):
    """A zip file on this machine."""

    path: Path
    only_reads: bool = False

    @property
    def name(self) -> str:
        """The address as it was given."""
        return f"{SCHEME}{self.path}"

    @property
    def traits(self) -> Traits:
        """It switches, and it locks."""
        return TRAITS

    @contextmanager
    def session(self, owner: str, keep: int) -> Iterator[ArchiveSession]:
        """Hold the lock and read what the archive has. The lock ends with the process, however that ends."""
        if not (self.path.parent.is_dir() and os.access(self.path.parent, os.W_OK)):
            raise Refused(f"{self.path.parent} is not a folder that can be written to", "Make the folder, or name another.")
        with ExitStack() as stack:
            if not self.only_reads:
                stack.enter_context(_locked(self.path))
            session = ArchiveSession(self.path)
            stack.callback(session.close)
            session.open()
            if session.members and session.manifest() is None:
                raise Refused(f"{self.path} is an archive that no deploy has made", "Remove it, or name another file.")
            yield session

    def generations(self) -> tuple[Generation, ...]:
        """None: an archive has no former states."""
        return ()

    def manifest_of(self, generation: str) -> bytes:
        """Refuse: an archive has no former states."""
        raise Refused(f"{self.name} keeps no former states", "Give each archive a name of its own to keep them.")


@dataclass(slots=True)
class ArchiveSession:
    """One writing of an archive. What is put is read at the commit, for members stand in order."""

    path: Path
    former: ZipFile | None = None
    members: Mapping[str, ZipInfo] = field(default_factory=dict)
    requests: int = 0
    puts: dict[str, Upload] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)     # path -> the member of the archive that has its content

    def open(self) -> None:
        """Open the archive, where there is one. Raises Refused."""
        if not os.path.lexists(self.path):
            return
        try:
            stream = files.open_file(self.path)
        except OSError as error:
            raise Refused(f"{self.path} cannot be read: {error.strerror or error}") from error
        try:
            self.former = ZipFile(stream)
        except BadZipFile as error:
            stream.close()
            raise Refused(f"{self.path} is not a zip archive", "Remove it, or name another file.") from error
        self.members = {member.filename: member for member in self.former.infolist()}

    def close(self) -> None:
        """Close the archive."""
        if self.former is not None:
            stream = self.former.fp
            self.former.close()
            if stream is not None:
                stream.close()
        self.former, self.members = None, {}

    def manifest(self) -> Manifest | None:
        """The manifest in the archive."""
        if MANIFEST_PATH not in self.members:
            return None
        try:
            return from_bytes(b"".join(self.read(MANIFEST_PATH)))
        except ValueError:
            return None

    def held(self) -> Mapping[str, Held]:
        """Every member, read."""
        return {path: Held(bytes=member.file_size, sha256=_digest(self.read(path))) for path, member in self.members.items()}

    def begin(self, manifest: bytes, generation: Generation) -> None:
        """Forget what was put before."""
        self.puts, self.copies = {}, {}

    def unfinished(self) -> Manifest | None:
        """Nothing: what was not committed is in no archive."""
        return None

    def leaving(self) -> Mapping[str, str]:
        """Nothing: no asset stays in an archive that its pages do not name."""
        return {}

    def kept(self) -> AbstractSet[str]:
        """The digests of the members."""
        return self._by_digest().keys()

    def put(self, upload: Upload) -> None:
        """Take a file into the next archive."""
        self.puts[upload.path] = upload

    def put_back(self, path: str, sha256: str) -> bool:
        """Let a path have the content of a member of the archive."""
        existing = self._by_digest().get(sha256)
        if existing is None:
            return False
        self.copies[path] = existing
        return True

    def remove(self, paths: Sequence[str]) -> None:
        """Nothing is to be done: the manifest tells what the next archive holds."""

    def read(self, path: str) -> Iterable[bytes]:
        """The bytes of a member; their checksum is looked at."""
        member = self.members[path]
        assert self.former is not None
        return _pieces(self.former, member)

    def commit(self, manifest: bytes, generation: Generation) -> None:
        """Write the archive and let it take the place of the former one."""
        aside = self.path.with_name(f".{self.path.name}.new")
        try:
            self._write(aside, manifest)
            folders.sync_entry(aside)
            aside.replace(self.path)
            folders.sync_entry(self.path.parent)
        except OSError as error:
            raise Refused(f"{self.path} could not be written: {error.strerror or error}") from error
        finally:
            files.discard(aside)
        self.close()
        self.open()
        self.puts, self.copies = {}, {}

    def _write(self, aside: Path, manifest: bytes) -> None:
        with ZipFile(aside, "w") as archive:
            for path in sorted({*from_bytes(manifest).entries, MANIFEST_PATH}):
                size, pieces = (len(manifest), iter((manifest,))) if path == MANIFEST_PATH else self._content(path)
                _add(archive, path, size, pieces)

    def _content(self, path: str) -> tuple[int, Iterable[bytes]]:
        if path in self.puts:
            return self.puts[path].bytes, _checked(self.puts[path])
        member = self.members.get(self.copies.get(path, path))
        if member is None:
            raise Refused(f"{path} is neither in the archive nor was it put there", "Remove the archive and deploy again.")
        return member.file_size, self.read(member.filename)

    def _by_digest(self) -> Mapping[str, str]:
        manifest = self.manifest()
        entries = manifest.entries.values() if manifest else ()
        return {entry.sha256: entry.path for entry in entries if entry.path in self.members}


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with ExitStack() as held:
        try:
            held.enter_context(folders.locked(path.with_name(f".{path.name}.lock"), 0.0))
        except TimeoutError:
            raise Locked(f"another deploy is writing {path}", "Wait until it has ended.") from None
        yield


def _add(archive: ZipFile, path: str, size: int, pieces: Iterable[bytes]) -> None:
    member = ZipInfo(path, OLDEST)
    member.create_system, member.external_attr, member.file_size = UNIX, PLAIN_FILE, size
    member.compress_type = ZIP_STORED if path.endswith(COMPRESSED) else ZIP_DEFLATED
    with archive.open(member, "w") as stream:
        for piece in pieces:
            stream.write(piece)


def _pieces(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(member) as body:
            while piece := body.read(files.CHUNK_BYTES):
                yield piece
    except (BadZipFile, OSError, zlib.error, EOFError) as error:
        raise Refused(f"the archive is damaged: {error}", "Remove it and deploy again.") from error


def _digest(pieces: Iterable[bytes]) -> str:
    digest = sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _checked(upload: Upload) -> Iterator[bytes]:
    digest = sha256()
    for piece in files.read_pieces(files.open_file(upload.source)):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != upload.sha256:
        raise Refused(f"{upload.path} changed since the site was built", "Build the site again.")
