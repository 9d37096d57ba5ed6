"""The built site on this machine: read, compared with its manifest, and each file looked at once more before it is sent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cityfolio import files, folders
from cityfolio.frozen import Frozen
from cityfolio.model.site import Entry, Manifest
from cityfolio.problems import Location, Problem
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.target import Locked, Refused, Upload
from cityfolio.publish.folder_sink import WAIT_SECONDS
from cityfolio.publish.headers import cache_control, media_type
from cityfolio.publish.left_files import KEPT
from cityfolio.publish.manifest import from_bytes

NAMED_AT_MOST = 3


class Site(Frozen, kw_only=True):
    """A site that is to be seen: its manifest, and where its files lie; None for one that only the target still has."""

    manifest: Manifest
    body: bytes                       # of the manifest, as it was written
    folder: Path | None = None
    unlisted: tuple[str, ...] = ()    # files beside that no build wrote, and that go nowhere


def site_in(folder: Path) -> tuple[Site | None, tuple[Problem, ...]]:
    """The site in a folder, if it is what a build left there: nothing missing, nothing of another size.

    A build that finds an error writes nothing, so a folder with a manifest has passed every check.
    """
    try:
        body = files.read_bytes(folder / MANIFEST_PATH)
        manifest = from_bytes(body)
    except (OSError, ValueError):
        return None, (_unbuilt(folder, "there is no site in it, or none that a build has finished"),)
    found = {each.path: each.bytes for each in files.files_below(folder)}
    wrong = [path for path, entry in manifest.entries.items() if found.get(path) != entry.bytes]
    if wrong:
        return None, (_unbuilt(folder, f"it is not what the build left: {_named(sorted(wrong))}"),)
    unlisted = tuple(path for path in found if path not in manifest.entries and path not in (MANIFEST_PATH, KEPT))
    return Site(manifest=manifest, body=body, folder=folder, unlisted=unlisted), ()


@contextmanager
def undisturbed(folder: Path) -> Iterator[None]:
    """Keep builds from changing a folder. Raises Locked where one is at it, and does not end.

    A folder beside which nothing can be written is changed by no build either.
    """
    with ExitStack() as held:
        try:
            held.enter_context(folders.locked(folders.lock_of(folder), WAIT_SECONDS))
        except TimeoutError:
            raise Locked(f"a build, or another deploy, is at work on {folder}", "Wait until it has ended.") from None
        except OSError:
            held.close()
        yield


def former_site(manifest: bytes) -> Site:
    """A site that only the target still has. Raises Refused where its manifest cannot be read."""
    try:
        return Site(manifest=from_bytes(manifest), body=manifest)
    except ValueError as error:
        raise Refused(f"the manifest of that generation cannot be read: {error}", "Bring another one back.") from error


def uploads(site: Site, entries: tuple[Entry, ...]) -> Iterator[Upload]:
    """Files of the site on their way."""
    assert site.folder is not None
    root = os.fspath(site.folder)
    for entry in entries:
        yield Upload(path=entry.path, source=Path(root, entry.path), bytes=entry.bytes, sha256=entry.sha256,
                     content_type=media_type(entry.path), cache_control=cache_control(entry.path))


def refuse_changed(upload: Upload) -> None:
    """Look at a file once more, right before it is sent. Raises Refused where it is not what the manifest says."""
    try:
        is_right = files.digest_of(upload.source) == upload.sha256
    except OSError as error:
        raise Refused(f"{upload.source} could not be read: {error.strerror or error}", "Build the site again.") from error
    if not is_right:
        raise Refused(f"{upload.source} changed since the site was built", "Build the site again.")


def _named(paths: list[str]) -> str:
    more = f" and {len(paths) - NAMED_AT_MOST} more" if len(paths) > NAMED_AT_MOST else ""
    return f"{', '.join(paths[:NAMED_AT_MOST])}{more}"


def _unbuilt(folder: Path, why: str) -> Problem:
    return Problem(
        code="site-unbuilt",
        where=Location(path=str(folder), in_catalog=False),
        says=f"nothing was published from this folder: {why}",
        fix="Run `cityfolio build` until it says that the site is built, then deploy.",
    )
