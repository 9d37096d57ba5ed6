"""What somebody else has put into a site on a host, where the next deploy would put something of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Literal

from cityfolio.publish.deploying.targets import remote_files as remote
from cityfolio.publish.deploying.targets.carried import of_somebody_else

if TYPE_CHECKING:
    from asyncssh import SFTPClient

Kind = Literal["folder", "file", "other", "nothing"]


@dataclass(slots=True)
class Strangers:
    """What lies in a site, as far as it was looked at. Of a folder that is not there nothing more is asked."""

    files: SFTPClient
    site: str
    kinds: dict[str, Kind] = field(default_factory=lambda: {"": "folder"})

    async def among(self, wanted: Mapping[str, str], known: AbstractSet[str]) -> AbstractSet[str]:
        """What lies in the way of files that are wanted, path -> digest, and is none of those that are known.

        One that has the content which is wanted is none of them.
        """
        new = [path for path in wanted if path not in known]
        for level in _by_depth([*remote.folders_of(new), *new]):
            await remote.every(self._look, [path for path in level if self.kinds.get(path.rpartition("/")[0]) == "folder"])
        there = {path for path, kind in self.kinds.items() if kind in ("file", "other")}
        for folder in (path for path in new if self.kinds.get(path) == "folder"):
            _, found = await remote.walk(self.files, f"{self.site}/{folder}")
            there |= {f"{folder}/{path}" for path in found}
        strange = of_somebody_else(there, known)
        return {path for path in strange if not await self._holds(path, wanted.get(path, ""))}

    async def _look(self, path: str) -> None:
        import asyncssh

        try:
            mode = (await self.files.lstat(f"{self.site}/{path}")).permissions or 0
            self.kinds[path] = "folder" if S_ISDIR(mode) else "file" if S_ISREG(mode) else "other"
        except asyncssh.SFTPNoSuchFile:
            self.kinds[path] = "nothing"

    async def _holds(self, path: str, sha256: str) -> bool:
        if not sha256 or self.kinds.get(path) != "file":
            return False
        digest = hashlib.sha256()
        async for piece in remote.pieces(self.files, f"{self.site}/{path}"):
            digest.update(piece)
        return digest.hexdigest() == sha256


def _by_depth(paths: Sequence[str]) -> Iterator[list[str]]:
    for depth in range(1 + max((path.count("/") for path in paths), default=-1)):
        yield sorted({path for path in paths if path.count("/") == depth})
