"""What somebody else has put into a site on a host, where the next deploy would put something of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cityfolio.publish.deploying.targets import remote_files as remote
from cityfolio.publish.deploying.targets.carried import of_somebody_else

if TYPE_CHECKING:
    from asyncssh import SFTPClient


@dataclass(slots=True)
class Strangers:
    """What lies in a site, as far as it was looked at. Of a folder that is not there nothing more is asked."""

    files: SFTPClient
    site: str
    kinds: dict[str, remote.Kind] = field(default_factory=lambda: {"": "folder"})

    async def among(self, wanted: Mapping[str, str], known: AbstractSet[str]) -> AbstractSet[str]:
        """What lies in the way of files that are wanted, path -> digest, and is none of those that are known.

        One that has the content which is wanted is none of them. A link where a folder has to be is one of them, also where
        the files in that folder are known: what it leads to is no part of the site.
        """
        for level in remote.by_depth([*remote.folders_of(wanted), *wanted]):
            await remote.every(self._look, [path for path in level if self.kinds.get(path.rpartition("/")[0]) == "folder"])
        there = {path for path, kind in self.kinds.items() if kind not in ("folder", "nothing")}
        for folder in (path for path in wanted if self.kinds.get(path) == "folder"):
            below = await remote.survey(self.files, f"{self.site}/{folder}")
            there |= {f"{folder}/{path}" for path in (*below.files, *below.links, *below.others)} or {f"{folder}/"}
        strange = of_somebody_else(there, known)
        return {path for path in strange if not await self._holds(path, wanted.get(path, ""))}

    def no_folders(self, wanted: Mapping[str, str]) -> AbstractSet[str]:
        """What was found where files that are wanted need a folder, and is none."""
        return {path for path in remote.folders_of(wanted) if self.kinds.get(path, "nothing") not in ("folder", "nothing")}

    async def _look(self, path: str) -> None:
        self.kinds[path] = await remote.kind_at(self.files, f"{self.site}/{path}")

    async def _holds(self, path: str, sha256: str) -> bool:
        if not sha256 or self.kinds.get(path) != "file":
            return False
        digest = hashlib.sha256()
        async for piece in remote.pieces(self.files, f"{self.site}/{path}"):
            digest.update(piece)
        return digest.hexdigest() == sha256
