"""Takes a file out of the former sites on a host that is reached by SSH, as for reasons of privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.publish.deploying.targets import remote_files as remote
from cityfolio.publish.deploying.targets.release_folders import Releases

if TYPE_CHECKING:
    from asyncssh import SFTPClient


def purge(releases: Releases, path: str) -> int:
    """Remove a file from every site that is not seen, where it is not what visitors see now, and say from how many.

    Only what the manifest of such a site lists is removed, nothing through a link, and what an interrupted deploy sent of it.
    A file with several names keeps the one in the site that is seen.
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
            removed += do(_was_removed(releases.files, home.site_of(generation.name), path))
    for digest in sorted(digests):
        do(_was_removed(releases.files, home.incoming, digest))
    for root in (home.tree, home.new) if digests else ():
        do(_was_removed(releases.files, root, path))
    return removed


async def _was_removed(files: SFTPClient, root: str, path: str) -> bool:
    """Remove a file below a folder, unless it is reached by a link: what lies there is somebody else's."""
    import asyncssh

    folder = path.rpartition("/")[0]
    if folder not in await remote.real_folders(files, root, remote.folders_of([path])):
        return False
    try:
        await files.remove(f"{root}/{path}")
    except asyncssh.SFTPNoSuchFile:
        return False
    return True
