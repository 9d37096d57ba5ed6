"""A folder on a host that is reached by SSH. A web server shows FOLDER/current there, a link to a site in FOLDER/releases.

    current -> releases/20261126T131500Z-1a2b3c4d      the web server's root; a deploy changes this link in one step
    releases/NAME/                                     a site, whole; what did not change is one file with several names
    .cityfolio/                                        the lock, what is known of each site, and what is on its way

Many files and large ones are sent by rsync where both ends have it, others by SFTP. Where the host allows commands, it lays out
the new site by one of them; else that too is done by SFTP, with a request for each file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from cityfolio import files
from cityfolio.frozen import Frozen
from cityfolio.model.site import Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.target import Generation, Held, Refused, Traits, Upload
from cityfolio.publish.deploying.targets import remote_files as remote, rsync
from cityfolio.publish.deploying.targets.release_folders import Home, Releases
from cityfolio.publish.deploying.targets.remote_copies import refuse_what_cannot_be_kept
from cityfolio.publish.deploying.targets.remote_strangers import Strangers
from cityfolio.publish.deploying.targets.ssh_connection import Absent, Connection, Place, place, quoted
from cityfolio.publish.deploying.targets.ssh_lock import RemoteLock, lock_body
from cityfolio.publish.deploying.targets.ssh_outbox import Outbox
from cityfolio.publish.deploying.targets.ssh_purge import purge
from cityfolio.publish.manifest import from_bytes

if TYPE_CHECKING:
    from asyncssh import SFTPClientFile

TRAITS = Traits(switches=True, keeps_headers=False, locks=True, cost="nothing")
SMALL_FILES, SMALL_BYTES = 20, 1 << 20      # up to so much is sent without rsync, which needs a connection of its own


def target(address: str, around: Around) -> SftpTarget:
    """The folder that sftp://USER@HOST/PATH means. Raises Refused."""
    return SftpTarget(place(address), around)


class SftpTarget(Frozen):
    """A folder on a host."""

    place: Place
    around: Around

    @property
    def name(self) -> str:
        """The address."""
        return self.place.name

    @property
    def traits(self) -> Traits:
        """It switches, and it locks."""
        return TRAITS

    @contextmanager
    def session(self, owner: str, keep: int) -> Iterator[SftpSession]:
        """Connect, take the lock, and clear what an interrupted deploy left."""
        with self._releases() as releases:
            connection, home = releases.connection, releases.home
            releases.refuse_what_is_in_the_way()
            if self.around.only_reads:
                yield SftpSession(releases, keep)
                return
            connection.do(releases.prepare())
            lock = RemoteLock(releases.files, home.lock, lock_body(owner, self.around.now()))
            connection.do(lock.take(breaks=self.around.breaks_lock))
            with ExitStack() as stack:
                stack.callback(_freed, connection, lock)
                # Commands that meet another lock, or none, do not meet the same files as SFTP does.
                told = connection.says(f"cat {quoted(home.lock)} && (command -v rsync || true)") or ""
                releases.has_shell = told.startswith(lock.body.decode())
                has_rsync = releases.has_shell and self.place.may_rsync and told != lock.body.decode()
                connection.do(releases.settle())
                yield SftpSession(releases, keep, lock, has_rsync=has_rsync and rsync.is_here())

    def generations(self) -> tuple[Generation, ...]:
        """The sites that are not seen, the newest first."""
        with self._releases() as releases:
            return releases.connection.do(releases.generations())

    def manifest_of(self, generation: str) -> bytes:
        """The manifest of a site that is not seen."""
        with self._releases() as releases:
            if generation in {each.name for each in releases.connection.do(releases.generations())}:
                site = releases.home.site_of(generation)
                return releases.connection.do(remote.read(releases.files, f"{site}/{MANIFEST_PATH}"))
        raise Refused(f"{generation} is not kept any more", "Name one that is: `--generations` lists them.")

    def purge(self, path: str) -> int:
        """Remove a file from every site that is not seen, while no deploy is at work."""
        with self.session("a purge", 0) as session:
            return purge(session.releases, path)

    @contextmanager
    def _releases(self) -> Iterator[Releases]:
        connection = Connection(self.place)
        try:
            connection.open()
            yield Releases(connection, Home(self.place.folder))
        finally:
            connection.close()


@dataclass(slots=True)
class SftpSession:
    """One deploy. What is put lies aside, by its digest or for rsync, until the commit makes a site of it."""

    releases: Releases
    keep: int
    lock: RemoteLock | None = None                               # None: nothing is written
    has_rsync: bool = False
    puts: dict[str, Upload] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)         # path -> a file of a former site
    removed: set[str] = field(default_factory=set)
    sent: dict[str, int] = field(default_factory=dict)           # digest -> size of what lies aside
    outbox: Outbox = field(default_factory=Outbox)
    counting: Lock = field(default_factory=Lock)
    found: Mapping[str, str] | None = None                       # digest -> a file of some site
    wanted: AbstractSet[str] = frozenset()                       # what is to be put
    no_folders: AbstractSet[str] = frozenset()                   # what stands there in the place of a folder

    @property
    def requests(self) -> int:
        """What the host was asked."""
        return self.releases.connection.requests

    def manifest(self) -> Manifest | None:
        """That of the site that is seen."""
        return self.releases.manifest_in(self.releases.home.current)

    def held(self) -> Mapping[str, Held]:
        """Every file of the site that is seen; with digests, where the host can be told to make them."""
        releases, current = self.releases, self.releases.home.current
        try:
            _, sizes = releases.connection.do(remote.walk(releases.files, current))
        except Absent:
            return {}
        digests = releases.digests_below(current) or {}
        return {path: Held(bytes=size, sha256=digests.get(path, "")) for path, size in sizes.items()}

    def begin(self, manifest: bytes, generation: Generation) -> None:
        """Look what an interrupted deploy has left that need not be sent again."""
        self._refuse_gaps(manifest)
        releases = self.releases
        self.puts, self.copies, self.removed = {}, {}, set()
        _, sizes = releases.connection.do(remote.walk(releases.files, releases.home.incoming))
        # A host that fell may have lost what it had confirmed; where it cannot be asked, the size has to do.
        digests = releases.digests_below(releases.home.incoming) if sizes else None
        self.sent = {name: size for name, size in sizes.items() if digests is None or digests.get(name) == name}

    def _refuse_gaps(self, manifest: bytes) -> None:
        """A folder in the place of a link would lack the files that did not change: they are not sent."""
        lacking = sorted(path for path in (from_bytes(manifest).entries if self.no_folders else ()) if path not in self.wanted
                         and not self.no_folders.isdisjoint(remote.folders_of([path])))
        if lacking:
            raise Refused(f"a folder takes the place of {min(self.no_folders)}, and {len(lacking):,} files that belong there "
                          f"would not be sent, among them {lacking[0]}", "Deploy with --doubt too, which sends all that lacks.")

    def unfinished(self) -> Manifest | None:
        """Nothing: what was not committed was seen by nobody."""
        return None

    def leaving(self) -> Mapping[str, str]:
        """What the last deploy left for a while."""
        last = self.releases.connection.do(self.releases.seen())
        return last.leaving if last else {}

    def strange(self, wanted: Mapping[str, str]) -> AbstractSet[str]:
        """What lies in the way of files that are wanted, and is neither of the site that is seen nor only stays."""
        releases, current, connection = self.releases, self.releases.home.current, self.releases.connection
        self.wanted, self.no_folders = wanted.keys(), frozenset()
        if not wanted or not connection.do(releases.seen_name()):
            return frozenset()
        if not self._has_commands():
            gone = {*wanted, *remote.folders_of(wanted)}
            connection.do(refuse_what_cannot_be_kept(releases.files, current, gone))
        manifest = self.manifest()
        known = {MANIFEST_PATH, *(manifest.entries if manifest else ()), *self.leaving()}
        strangers = Strangers(releases.files, current)
        found = connection.do(strangers.among(wanted, known))
        self.no_folders = strangers.no_folders(wanted)
        return set(map(remote.shown, found))

    def _has_commands(self) -> bool:
        # Who only reads has no lock to compare; a host that allows files alone answers a command too, but not as a shell does.
        return self.releases.has_shell if self.lock else (self.releases.connection.says("echo yes") or "").strip() == "yes"

    def kept(self) -> AbstractSet[str]:
        """The digests of the files of all sites there."""
        return self._kept().keys()

    def put(self, upload: Upload) -> None:
        """Send one file; where there is rsync, take it down, for that sends all of them at the commit.

        A small file is only on its way then: the commit, before which nothing is seen, waits until all are confirmed.
        """
        with self.counting:
            self.puts[upload.path] = upload
        if not self.has_rsync:
            self._send(upload)

    def _send(self, upload: Upload) -> None:
        with self.counting:
            if self.sent.get(upload.sha256) == upload.bytes:
                return
            self.sent[upload.sha256] = upload.bytes
        if upload.bytes <= remote.CHUNK_BYTES:
            self.outbox.send(self.releases, upload, partial(self.sent.pop, upload.sha256, None))
            return
        try:
            with files.open_file(upload.source) as stream:
                path, pieces = self.releases.home.aside(upload.sha256), files.read_pieces(stream)
                self.releases.connection.do(remote.write(self.releases.files, path, pieces))
        except BaseException:
            del self.sent[upload.sha256]
            raise

    def put_back(self, path: str, sha256: str) -> bool:
        """Let a path have a file of a former site."""
        existing = self._kept().get(sha256)
        if existing is None:
            return False
        self.copies[path] = existing
        return True

    def remove(self, paths: Sequence[str]) -> None:
        """Leave files out of the site to come."""
        self.removed.update(paths)

    def read(self, path: str) -> Iterable[bytes]:
        """The bytes of a file of the site that is seen."""
        try:
            stream = self.releases.connection.do(_opened(self.releases, f"{self.releases.home.current}/{path}"))
        except Absent:
            raise KeyError(path) from None
        return self._pieces(stream)

    def commit(self, manifest: bytes, generation: Generation) -> None:
        """Lay out the site, make sure that the lock is still one's own, and change the link."""
        releases, do = self.releases, self.releases.connection.do
        assert self.lock is not None
        aside = self._all_sent()
        do(releases.lay_out(aside, self.copies, self.removed - aside.keys() - self.copies.keys()))
        do(releases.write_manifest(manifest))
        releases.says(quoted("sync", "-f", releases.home.new))
        do(self.lock.check())
        do(releases.switch(generation))
        do(releases.prune(self.keep))
        self.puts, self.copies, self.removed, self.sent, self.found = {}, {}, set(), {}, None

    def _all_sent(self) -> Mapping[str, str]:
        """Where each file of the puts lies on the host."""
        home, puts = self.releases.home, self.puts
        if self.has_rsync and (len(puts) > SMALL_FILES or sum(upload.bytes for upload in puts.values()) > SMALL_BYTES):
            self._send_by_rsync()
            return {path: f"{home.tree}/{path}" for path in puts}
        for upload in puts.values() if self.has_rsync else ():
            self._send(upload)
        self.outbox.wait(self.releases)
        return {path: home.aside(upload.sha256) for path, upload in puts.items()}

    def _send_by_rsync(self) -> None:
        releases, home = self.releases, self.releases.home
        # What is reached by a link may get no second name in the site.
        former = "../../current" if releases.connection.do(releases.seen_name()) and not self.no_folders else ""
        rsync.send(self.puts.values(), self.releases.connection.place, home.tree, former)
        digests = releases.digests_below(home.tree)
        if digests is None:
            return      # rsync has compared a digest of its own for each file that it sent
        wrong = sorted(path for path, upload in self.puts.items() if digests.get(path) != upload.sha256)
        if wrong:
            raise Refused(f"{wrong[0]} did not arrive as it was when the site was built", "Build the site again.")

    def _pieces(self, stream: SFTPClientFile) -> Iterator[bytes]:
        do = self.releases.connection.do
        try:
            while piece := do(_piece(stream)):
                yield piece
        finally:
            do(stream.close())

    def _kept(self) -> Mapping[str, str]:
        if self.found is None:
            home = self.releases.home
            sites = [home.site_of(each.name) for each in self.releases.connection.do(self.releases.generations())]
            found: dict[str, str] = {}
            for site in (*sites, home.current):
                manifest = self.releases.manifest_in(site)
                # What was purged is listed still, and is not there.
                there = self.releases.connection.do(remote.walk(self.releases.files, site))[1] if manifest else {}
                found |= {entry.sha256: f"{site}/{path}" for path, entry in (manifest.entries.items() if manifest else ())
                          if path in there}
            self.found = found
        return self.found


def _freed(connection: Connection, lock: RemoteLock) -> None:
    try:
        connection.do(lock.free())
    except Refused:
        return      # a lock that is not touched ends by itself


async def _opened(releases: Releases, path: str) -> SFTPClientFile:
    return await releases.files.open(path, "rb")


async def _piece(stream: SFTPClientFile) -> bytes:
    return await stream.read(remote.CHUNK_BYTES)

