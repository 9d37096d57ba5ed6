"""A site on a host made into a new one by SFTP alone, where no command can do it: a request for each file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Set as AbstractSet
from stat import S_IMODE, S_IRWXU
from typing import TYPE_CHECKING

from cityfolio.publish.deploying.target import Refused
from cityfolio.publish.deploying.targets import remote_files as remote

if TYPE_CHECKING:
    from asyncssh import SFTPClient

Lay = Callable[[str, str], Awaitable[None]]


async def refuse_what_cannot_be_kept(files: SFTPClient, site: str, gone: AbstractSet[str]) -> None:
    """Raise Refused where a site holds what SFTP cannot make a second time, unless it is to go."""
    _refuse(await remote.survey(files, site), site, gone)


async def take_over(files: SFTPClient, current: str, new: str, gone: AbstractSet[str], lay: Lay) -> None:
    """Make a new site of one that is there, without what is gone: its files by `lay`, links as links, empty folders."""
    found = await remote.survey(files, current)
    _refuse(found, current, gone)
    await remote.make_folder(files, new)
    await files.chmod(new, S_IMODE((await files.stat(current)).permissions or 0) | S_IRWXU)
    kept, links = found.files.keys() - gone, found.links - gone
    # A deploy leaves no folder empty: what was so is somebody else's.
    empty = set(found.folders) - set(remote.folders_of([*found.files, *found.links])) - gone
    folders = remote.folders_of([*kept, *links, *(f"{folder}/" for folder in empty)])
    await remote.make_folders(files, new, folders)
    await remote.every(lambda path: lay(f"{current}/{path}", f"{new}/{path}"), kept)
    await remote.every(lambda path: _lead_the_same_way(files, f"{current}/{path}", f"{new}/{path}"), links)


async def _lead_the_same_way(files: SFTPClient, link: str, new: str) -> None:
    await files.symlink(str(await files.readlink(link)), new)


def _refuse(found: remote.Below, site: str, gone: AbstractSet[str]) -> None:
    if lost := sorted(found.others - gone):
        raise Refused(f"{remote.shown(f'{site}/{lost[0]}')} is neither a file nor a link, and would be lost: "
                      "a host that allows files alone cannot make it again", "Move it out of the site.")
