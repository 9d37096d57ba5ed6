"""Takes a file out of the former sites on a host that is reached by SSH, as for reasons of privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.publish.deploying.targets.release_folders import Releases

if TYPE_CHECKING:
    from asyncssh import SFTPClient


def purge(releases: Releases, path: str) -> int:
    """Remove a file from every site that is not seen, where it is not what visitors see now, and say from how many.

    Only what the manifest of such a site lists is removed, and what an interrupted deploy sent of it. A file with several names
    keeps the one in the site that is seen.
    """
    home, do = releases.home, releases.connection.do
    seen = releases.manifest_in(home.current)
    now = seen.entries[path].sha256 if seen and path in seen.entries else ""
    removed, digests = 0, set[str]()
    for generation in do(releases.generations()):
        manifest = releases.manifest_in(home.site_of(generation.name))
        entry = manifest.entries.get(path) if manifest else None
        if entry and entry.sha256 != now:
            digests.add(entry.sha256)
            removed += do(_was_removed(releases.files, f"{home.site_of(generation.name)}/{path}"))
    for left in (*map(home.aside, sorted(digests)), *((f"{home.tree}/{path}", f"{home.new}/{path}") if digests else ())):
        do(_was_removed(releases.files, left))
    return removed


async def _was_removed(files: SFTPClient, path: str) -> bool:
    import asyncssh

    try:
        await files.remove(path)
    except asyncssh.SFTPNoSuchFile:
        return False
    return True
