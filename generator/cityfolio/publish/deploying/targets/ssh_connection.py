"""A connection to a host by SSH: files by SFTP, and commands where the host allows any.

What OpenSSH's own files say holds here too: ~/.ssh/config, known_hosts, keys, and the agent. A host whose key is not known is
refused; nobody is asked for a password. Whatever the library does runs in one thread of its own.
"""

from __future__ import annotations

import asyncio
import shlex
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from cityfolio.frozen import Frozen
from cityfolio.publish.deploying.target import Refused

if TYPE_CHECKING:
    from asyncssh import SFTPClient, SSHClientConnection

T = TypeVar("T")
CONNECT_SECONDS = 20
ALIVE_SECONDS = 15           # a host that has not answered for three times as long is taken for gone
SETTINGS = (Path("~/.ssh/config"), Path("/etc/ssh/ssh_config"))      # in this order: what is said first holds
EXAMPLE = "Write sftp://USER@HOST/PATH."
UNKNOWN_KEY = ("Ask whoever runs the host for the fingerprint of its key, compare it with what "
               "`ssh-keyscan HOST | ssh-keygen -lf -` tells, and add the key to known_hosts.")
FAILED = "Look whether its disk or a quota is full, and whether the user of the address may write everywhere in {}."
NO_KEY = "Let the host accept the public key of whoever deploys: one for this folder alone, in authorized_keys."


class Place(Frozen, kw_only=True):
    """A folder on a host, as an address names it."""

    host: str
    folder: str                    # relative to the home of the user where it begins with no "/"
    user: str = ""                 # "": as OpenSSH's files say
    port: int | None = None
    settings: str = ""             # a file in place of ~/.ssh/config
    may_rsync: bool = True

    @property
    def name(self) -> str:
        """The address, without what only concerns this machine."""
        port = f":{self.port}" if self.port else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        user = f"{self.user}@" if self.user else ""
        return f"sftp://{user}{host}{port}/{self.folder.lstrip('/') if self.folder.startswith('/') else f'~/{self.folder}'}"


def place(address: str) -> Place:
    """The folder that sftp://USER@HOST:PORT/PATH means; ~/ before the path is the user's home. Raises Refused."""
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    folder = unquote(parts.path).rstrip("/")
    if parts.password is not None:
        raise Refused("the address holds a password, which would be seen in logs and lists of processes",
                      "Leave it out, and use a key or the agent.")
    if not parts.hostname or not folder or ".." in folder.split("/") or folder.startswith(("/~/-", "/-")):
        raise Refused("sftp: is not followed by a host and a folder", EXAMPLE)
    if options.keys() - {"config", "rsync"} or options.get("rsync", "no") != "no":
        raise Refused("what stands behind ? in the address is not known here", "Write ?config=FILE or ?rsync=no, or nothing.")
    try:
        port = parts.port
    except ValueError:
        raise Refused("the port in the address is not a number", EXAMPLE) from None
    return Place(host=parts.hostname, folder=folder.removeprefix("/~/") if folder.startswith("/~/") else folder,
                 user=unquote(parts.username or ""), port=port, settings=options.get("config", ""),
                 may_rsync="rsync" not in options)


class Absent(Refused):
    """There is nothing at a path."""


@dataclass(slots=True)
class Connection:
    """A connection that is open between `open` and `close`."""

    place: Place
    requests: int = 0
    running: asyncio.AbstractEventLoop | None = None
    thread: threading.Thread | None = None
    ssh: SSHClientConnection | None = None
    files: SFTPClient | None = None

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """What runs in the thread."""
        assert self.running is not None
        return self.running

    def open(self) -> None:
        """Connect. Raises Refused."""
        try:
            import asyncssh  # noqa: F401
        except ImportError:
            raise Refused("sftp: needs an optional package, which is not installed",
                          "Install it: pip install 'cityfolio[deploy]'") from None
        self.running = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="ssh", daemon=True)
        self.thread.start()
        self.do(self._connect())

    def close(self) -> None:
        """Disconnect."""
        if self.thread is not None:
            asyncio.run_coroutine_threadsafe(self._disconnect(), self.loop).result()
            self.loop.call_soon_threadsafe(self.loop.stop)
            self.thread.join()
            self.loop.close()

    def do(self, act: Coroutine[Any, Any, T]) -> T:     # what a coroutine is sent and yields is its own business
        """Wait for something that is done over the connection. Raises Refused, and Absent for what is not there."""
        return self.ended(self.begun(act))

    def begun(self, act: Coroutine[Any, Any, T]) -> Future[T]:     # as above
        """Something that is done over the connection meanwhile."""
        self.requests += 1
        return asyncio.run_coroutine_threadsafe(act, self.loop)

    def ended(self, begun: Future[T]) -> T:
        """Wait for what was begun. Raises Refused, and Absent for what is not there."""
        import asyncssh

        try:
            return begun.result()
        except (asyncssh.Error, OSError) as error:
            raise self.refusal(error) from error

    def says(self, command: str) -> str | None:
        """What a command prints; None where it fails, or where the host allows no commands."""
        return self.do(self.said(command))

    def refusal(self, error: Exception) -> Refused:
        """What went wrong, and what can be done about it."""
        import asyncssh

        host = self.place.host
        match error:
            case asyncssh.HostKeyNotVerifiable():
                return Refused(f"the key of {host} is not in known_hosts, or is another one there", UNKNOWN_KEY)
            case asyncssh.SFTPNoSuchFile():
                return Absent(f"{host} lacks a file or folder that should be there", "Deploy again.")
            case asyncssh.PermissionDenied():
                return Refused(f"{host} accepts no key of those that are offered", NO_KEY)
            case asyncssh.SFTPPermissionDenied():
                return Refused(f"{host} does not allow it: {error.reason}", f"Let the user write to {self.place.folder}.")
            case asyncssh.SFTPNoConnection() | asyncssh.SFTPConnectionLost() | asyncssh.ConnectionLost():
                return Refused(f"the connection to {host} was lost", "Deploy again: what was sent is not sent again.")
            case asyncssh.SFTPFailure() if error.reason.strip() in ("", "Failure"):
                return Refused(f"{host} could not do what was asked, and does not say why", FAILED.format(self.place.folder))
            case asyncssh.Error():
                return Refused(f"{host} says: {error.reason}")
        why = getattr(error, "strerror", None) or error
        return Refused(f"{host} cannot be reached: {why}", "Check the address and the network.")

    async def _connect(self) -> None:
        import asyncssh

        place = self.place
        named = [Path(place.settings)] if place.settings else [path.expanduser() for path in SETTINGS]
        more: dict[str, Any] = {"username": place.user} if place.user else {}     # the library tells "not given" from None
        more |= {"port": place.port} if place.port else {}
        self.ssh = await asyncssh.connect(
            place.host, config=[path for path in named if place.settings or path.is_file()], connect_timeout=CONNECT_SECONDS,
            keepalive_interval=ALIVE_SECONDS, password_auth=False, kbdint_auth=False, **more)
        # A name that is no UTF-8 is somebody else's, and goes through as it is.
        self.files = await self.ssh.start_sftp_client(path_errors="surrogateescape")

    async def _disconnect(self) -> None:
        if self.files is not None:
            self.files.exit()
        if self.ssh is not None:
            self.ssh.close()
            await self.ssh.wait_closed()
        left = [each for each in asyncio.all_tasks() if each is not asyncio.current_task()]     # what nobody waits for any more
        for each in left:
            each.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def said(self, command: str) -> str | None:
        """What a command prints, to be awaited."""
        import asyncssh

        assert self.ssh is not None
        try:
            done = await self.ssh.run(command, stdin=asyncssh.DEVNULL, encoding="utf-8", errors="surrogateescape")
        except asyncssh.ChannelOpenError:
            return None
        return str(done.stdout) if done.exit_status == 0 else None


def quoted(*words: str) -> str:
    """Words as one command for a shell."""
    return shlex.join(words)
