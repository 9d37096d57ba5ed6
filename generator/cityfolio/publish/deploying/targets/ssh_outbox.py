"""Small files on their way to a host by SFTP, many at a time: each waits for some answers of the host, and little for bytes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from functools import partial
from threading import BoundedSemaphore, Lock

from cityfolio import files
from cityfolio.publish.deploying.target import Upload
from cityfolio.publish.deploying.targets import remote_files as remote
from cityfolio.publish.deploying.targets.release_folders import Releases


@dataclass(slots=True)
class Outbox:
    """What has been sent and is not confirmed yet. May be asked from several threads."""

    under_way: set[Future[None]] = field(default_factory=set)
    failed: list[Future[None]] = field(default_factory=list)
    room: BoundedSemaphore = field(default_factory=partial(BoundedSemaphore, remote.AT_ONCE))
    counting: Lock = field(default_factory=Lock)

    def send(self, releases: Releases, upload: Upload, lost: Callable[[], object]) -> None:
        """Send a file, as soon as there is room. `lost` is called where it fails. Raises Refused where another has failed."""
        self.raise_failure(releases)
        self.room.acquire()
        try:
            write = remote.write(releases.files, releases.home.aside(upload.sha256), [files.read_bytes(upload.source)])
            sent = releases.connection.begun(write)
        except BaseException:
            self.room.release()
            lost()
            raise
        with self.counting:
            self.under_way.add(sent)
        sent.add_done_callback(partial(self._ended, lost))

    def wait(self, releases: Releases) -> None:
        """Return when all is confirmed. Raises Refused where something has failed."""
        wait(tuple(self.under_way))
        self.raise_failure(releases)

    def raise_failure(self, releases: Releases) -> None:
        """Raise Refused where something has failed that nobody was told of; who asks again sends it again."""
        with self.counting:
            failed, self.failed = self.failed, []
        for each in failed:
            releases.connection.ended(each)

    def _ended(self, lost: Callable[[], object], sent: Future[None]) -> None:
        with self.counting:
            self.under_way.discard(sent)
            if sent.cancelled() or sent.exception():
                lost()
                self.failed.append(sent)
        self.room.release()
