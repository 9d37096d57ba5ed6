"""The sites in a folder on a host: which is seen, which are kept, how a new one is laid out and takes its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from stat import S_IMODE
from typing import TYPE_CHECKING

from cityfolio.files import sha256
from cityfolio.frozen import Frozen
from cityfolio.model.site import Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.target import Generation, Refused
from cityfolio.publish.deploying.targets import remote_files as remote
from cityfolio.publish.deploying.targets.folder_home import closed
from cityfolio.publish.deploying.targets.remote_copies import take_over
from cityfolio.publish.deploying.targets.ssh_connection import Absent, Connection, quoted
from cityfolio.publish.deploying.written_generations import Written, led_back_to, numbered, read_back, surplus, written_down
from cityfolio.publish.manifest import from_bytes

if TYPE_CHECKING:
    from asyncssh import SFTPClient

SHA256SUM = re.compile(r"([0-9a-f]{64})  \./(.+)")


class Home(Frozen):
    """The names in the folder."""

    root: str

    @property
    def above(self) -> tuple[str, ...]:
        """The folder, after those that it lies in."""
        return (*(self.root[:at] for at, letter in enumerate(self.root) if letter == "/" and at), self.root)

    @property
    def own(self) -> tuple[str, ...]:
        """The folders in it that a deploy makes."""
        return self.room, self.incoming, f"{self.room}/generations", f"{self.root}/releases"

    @property
    def current(self) -> str:
        """The link to the site that is seen."""
        return f"{self.root}/current"

    @property
    def room(self) -> str:
        """What is this program's own."""
        return f"{self.root}/.cityfolio"

    @property
    def lock(self) -> str:
        """The lock."""
        return f"{self.room}/lock"

    @property
    def incoming(self) -> str:
        """Files on their way, by digest."""
        return f"{self.room}/incoming"

    @property
    def tree(self) -> str:
        """Files on their way by rsync, by path."""
        return f"{self.room}/tree"

    @property
    def new(self) -> str:
        """The site that is being laid out."""
        return f"{self.room}/new"

    @property
    def switching(self) -> str:
        """The name of a site that has its place, while it is not seen yet."""
        return f"{self.room}/switching"

    def aside(self, digest: str) -> str:
        """A file on its way."""
        return f"{self.incoming}/{digest}"

    def site_of(self, name: str) -> str:
        """A site."""
        return f"{self.root}/releases/{name}"

    def memory_of(self, name: str) -> str:
        """What is known of a site."""
        return f"{self.room}/generations/{name}.json"


@dataclass(slots=True)
class Releases:
    """The sites in a folder, over a connection."""

    connection: Connection
    home: Home
    has_shell: bool = False      # commands meet the same files as SFTP does

    @property
    def files(self) -> SFTPClient:
        """The connection's files."""
        assert self.connection.files is not None
        return self.connection.files

    def says(self, command: str) -> str | None:
        """What a command prints; None where there are none, or where it fails."""
        return self.connection.says(command) if self.has_shell else None

    def digests_below(self, folder: str) -> Mapping[str, str] | None:
        """The digest of each file below a folder, as the host makes it; None where it cannot."""
        told = self.says(f"cd {quoted(folder)} && find . -type f -exec sha256sum {{}} +")
        found = map(SHA256SUM.fullmatch, told.splitlines()) if told is not None else None
        return {each[2]: each[1] for each in found if each} if found is not None else None

    def refuse_what_is_in_the_way(self) -> None:
        """Raise Refused where a folder is needed and something else is there, or a folder where the link is to be."""
        if taken := self.connection.do(self._no_folders()):
            raise Refused(f"{taken[0]} is there and is no folder, and a folder is needed there",
                          "Move it away, or name another folder in the address.")

        async def is_taken() -> bool:
            return await self.files.lexists(self.home.current) and not await self.files.islink(self.home.current)

        if self.connection.do(is_taken()):
            raise Refused(f"{self.home.current} is there and is no link, so it cannot be changed in one step",
                          "Move it away: a deploy makes a link of that name, which the web server then shows.")

    def manifest_in(self, site: str) -> Manifest | None:
        """The manifest of a site; None where there is none that is ours."""
        try:
            return from_bytes(self.connection.do(remote.read(self.files, f"{site}/{MANIFEST_PATH}")))
        except (Absent, ValueError):
            return None

    async def _no_folders(self) -> list[str]:
        found = list[str]()

        async def look(path: str) -> None:
            if await self.files.lexists(path) and not await self.files.isdir(path):
                found.append(path)

        await remote.every(look, [*self.home.above, *self.home.own])
        return sorted(found)

    async def prepare(self) -> None:
        """Make the folders that are needed, those open to everybody that a web server passes, and its own to nobody."""
        for path in self.home.above:
            if not await self.files.exists(path):
                await remote.make_folder(self.files, path)
        for folder in self.home.own:
            await remote.make_folder(self.files, folder)
        await self._close(self.home.room)

    async def settle(self) -> None:
        """Clear what a deploy left that ended between laying out a site and showing it."""
        name = (await self._read(self.home.switching)).decode()
        if name and name != await self.seen_name():
            await self._forget(name)
        if name:
            await remote.discard(self.files, self.home.switching)

    async def seen_name(self) -> str:
        """The name of the site that is seen; "" for none."""
        import asyncssh

        try:
            return str(await self.files.readlink(self.home.current)).rstrip("/").rpartition("/")[2]
        except asyncssh.SFTPNoSuchFile:
            return ""

    async def seen(self) -> Generation | None:
        """What is known of the site that is seen."""
        found = await self._seen()
        return found.generation if found else None

    async def _seen(self) -> Written | None:
        name = await self.seen_name()
        return read_back(await self._read(self.home.memory_of(name))) if name else None

    async def generations(self) -> tuple[Generation, ...]:
        """What is known of the other sites, the newest first."""
        return led_back_to(await self._others(), await self._seen())

    async def _others(self) -> tuple[Written, ...]:
        import asyncssh

        try:
            names = {str(name).removesuffix(".json") for name in await self.files.listdir(f"{self.home.room}/generations")}
            there = names.intersection(map(str, await self.files.listdir(f"{self.home.root}/releases")))
        except asyncssh.SFTPNoSuchFile:
            return ()
        found = [read_back(await self._read(self.home.memory_of(name))) for name in sorted(there, reverse=True)]
        seen = await self.seen_name()
        return tuple(each for each in found if each and each.generation.name != seen)

    async def lay_out(self, puts: Mapping[str, str], copies: Mapping[str, str], removed: AbstractSet[str]) -> None:
        """Make a new site of the one that is seen, of files on their way, and of files of former sites, each by path."""
        home = self.home
        await remote.remove_folder(self.files, home.new)
        if await self.seen_name():
            await self._start(removed, puts.keys() | copies.keys() | {MANIFEST_PATH})
        else:
            await remote.make_folder(self.files, home.new)
        await remote.make_folders(self.files, home.new, remote.folders_of([*puts, *copies]))
        await remote.every(lambda path: self._lay(copies[path], f"{home.new}/{path}"), copies)
        await remote.every(self._place, _by_file(puts).items())

    async def switch(self, generation: Generation) -> None:
        """Give the new site its place, and lead visitors to it."""
        home, name = self.home, generation.name
        if await self.files.lexists(home.site_of(name)):
            raise Refused(f"{name} is there already", "Deploy again in a second.")
        await remote.write(self.files, home.switching, [name.encode()])
        seen = await self._seen()
        written = numbered(generation, (*await self._others(), *filter(None, (seen,))))
        await remote.write(self.files, home.memory_of(name), [written_down(written)])
        await remote.replace(self.files, home.new, home.site_of(name))
        link = f"{home.root}/.current.new"
        await remote.discard(self.files, link)
        await self.files.symlink(f"releases/{name}", link)
        await remote.replace(self.files, link, home.current)
        await remote.discard(self.files, home.switching)

    async def prune(self, keep: int) -> None:
        """Remove sites that are not to be kept, close those that are to visitors, and remove what was on its way."""
        seen, others = await self._seen(), await self._others()
        gone = {each.generation.name for each in (surplus(others, seen, keep) if seen else ())}
        await self._forget(*sorted(gone))
        for each in others:
            if each.generation.name not in gone:
                await self._close(self.home.site_of(each.generation.name))
        if await self.files.exists(self.home.tree):
            await remote.remove_folder(self.files, self.home.tree)
        _, left = await remote.walk(self.files, self.home.incoming)
        await remote.every(lambda name: remote.discard(self.files, f"{self.home.incoming}/{name}"), left)

    async def _start(self, removed: AbstractSet[str], replaced: AbstractSet[str]) -> None:
        home = self.home
        copy = quoted("cp", "-al", "--", f"{home.current}/.", home.new)
        if self.has_shell and await self.connection.said(copy) is not None:
            await remote.leave_out(self.files, home.new, removed)
            return
        await remote.remove_folder(self.files, home.new)
        await take_over(self.files, home.current, home.new, removed | replaced, self._lay)

    async def write_manifest(self, manifest: bytes) -> None:
        """Give the new site its manifest. It is written in the room, where no link of somebody else can lie."""
        await remote.write(self.files, f"{self.home.room}/{MANIFEST_PATH}", [manifest])
        await remote.put_in_place(self.files, f"{self.home.room}/{MANIFEST_PATH}", f"{self.home.new}/{MANIFEST_PATH}")

    async def _place(self, file: tuple[str, list[str]]) -> None:
        existing, (path, *others) = file
        for other in others:
            await self._lay(existing, f"{self.home.new}/{other}")
        await remote.put_in_place(self.files, existing, f"{self.home.new}/{path}")

    async def _lay(self, existing: str, path: str) -> None:
        await remote.lay(self.files, existing, path, self.home.aside(f"{sha256(path.encode(errors='surrogateescape'))}.copy"))

    async def _forget(self, *names: str) -> None:
        folders = [self.home.site_of(name) for name in names]
        if folders and not (self.has_shell and await self.connection.said(quoted("rm", "-rf", "--", *folders)) is not None):
            for folder in folders:
                await remote.remove_folder(self.files, folder)
        for name in names:      # last: a site that is still there and that nothing is known of would stay for ever
            await remote.discard(self.files, self.home.memory_of(name))

    async def _close(self, folder: str) -> None:
        """Let nobody into a folder but its owner, and a group that may write there, where the host allows that."""
        import asyncssh

        mode = S_IMODE((await self.files.stat(folder)).permissions or 0)
        if mode != closed(mode):
            with suppress(asyncssh.SFTPPermissionDenied, asyncssh.SFTPFailure, asyncssh.SFTPOpUnsupported):
                await self.files.chmod(folder, closed(mode))

    async def _read(self, path: str) -> bytes:
        import asyncssh

        try:
            return await remote.read(self.files, path)
        except asyncssh.SFTPNoSuchFile:
            return b""


def _by_file(puts: Mapping[str, str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path, file in puts.items():
        found[file].append(path)
    return found
