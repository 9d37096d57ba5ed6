"""The list of every file of a site, written into it as /manifest.json, and read back before the next build."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
)

import orjson

from cityfolio import files
from cityfolio.load.kept_changes import days_by_dataset
from cityfolio.model.history import ChangeDay
from cityfolio.model.site import Entry, Manifest
from cityfolio.problems import Location, Problem
from cityfolio.publish.addresses import MANIFEST_PATH, is_plain, path_of, url_of

LIVE = "live"                # in place of a location: the site at its own address
NOT_THERE = (404, 410)
LIMIT_BYTES = 512 << 20     # that of 100,000 datasets with everything beside them has half of it
CHANGES_JSON = "/data/changes.json"      # what changed of every dataset
TIMEOUT_SECONDS = 20.0
AT_ONCE = 1_000             # entries that are written together: of all of them at once it would take as much as of the rest
DIGEST = re.compile(r"[0-9a-f]{64}")


def to_bytes(manifest: Manifest) -> bytes:
    """The manifest as JSON, one file a line in the order of the paths, so that two builds can be compared by eye."""
    said: dict[str, str | dict[str, str]] = {"made_by": manifest.made_by, "base_url": manifest.base_url}
    said |= {"revision": manifest.revision, "committed": manifest.committed} if manifest.revision else {}
    if manifest.sent:
        said["sent"] = dict(sorted(manifest.sent.items()))
    head = orjson.dumps(said)[:-1]
    paths = sorted(manifest.entries)
    runs = (orjson.dumps([_listed(manifest.entries[path]) for path in paths[at:at + AT_ONCE]])[1:-1]
            for at in range(0, len(paths), AT_ONCE))
    # Within a text a quotation mark is written with a backslash before it, so these lines end where entries do.
    lines = (run.replace(b'},{"path":', b'},\n{"path":') for run in runs)
    return head + b',"files":[\n' + b",\n".join(lines) + b"\n]}\n"


def _listed(entry: Entry) -> dict[str, str | int | bool]:
    listed: dict[str, str | int | bool] = {"path": entry.path, "bytes": entry.bytes, "sha256": entry.sha256}
    return listed | {"made": True} if entry.is_made else listed


def from_bytes(body: bytes) -> Manifest:
    """Read a manifest, wherever it came from. Raises ValueError, which says why, for what is not one of ours."""
    said = orjson.loads(body)
    if not (isinstance(said, dict) and isinstance(said.get("files"), list)):
        raise ValueError("it is not a list of files")
    made_by, base_url = said.get("made_by"), said.get("base_url")
    if not (isinstance(made_by, str) and made_by.startswith("cityfolio") and isinstance(base_url, str)):
        raise ValueError("it was not made by cityfolio")
    entries = (_entry(item) for item in said["files"])
    revision, committed = (text if isinstance(text := said.get(name), str) else "" for name in ("revision", "committed"))
    return Manifest(entries={entry.path: entry for entry in entries}, made_by=made_by, base_url=base_url, revision=revision,
                    committed=committed, sent=_sent(said.get("sent")))


# The item is whatever JSON holds: what was said to a host is believed where it is text, and asked for anew where it is not.
def _sent(said: Any) -> Mapping[str, str]:
    return {str(kind): str(told) for kind, told in said.items()} if isinstance(said, dict) else {}


# The item is whatever JSON holds; the whole point of the function is to find out.
def _entry(item: Any) -> Entry:
    if not isinstance(item, dict):
        raise ValueError("an entry is not a group")
    path, size, digest = item.get("path"), item.get("bytes"), item.get("sha256")
    if not (isinstance(path, str) and isinstance(size, int) and isinstance(digest, str) and DIGEST.fullmatch(digest)):
        raise ValueError("an entry lacks its path, bytes or sha256")
    if not is_plain(path) and path_of(url_of(path)) != path:
        raise ValueError(f"the path {path!r} cannot be on a site")
    return Entry(path=path, bytes=size, sha256=digest, is_made=item.get("made") is True)


def manifest_in(folder: Path) -> Manifest | None:
    """The manifest of the site in a folder; None when it holds none that is ours."""
    return manifest_and_digest_in(folder)[0]


def manifest_and_digest_in(folder: Path) -> tuple[Manifest | None, str]:
    """The same, with the digest of its bytes."""
    try:
        return _told(body := _Body(files.read_bytes(folder / MANIFEST_PATH))), body.digest
    except (OSError, ValueError):
        return None, ""   # the folder is then treated as somebody else's


class _Body:
    """The bytes of a manifest, which are those of another if their digests are the same."""

    __slots__ = ("bytes", "digest")

    def __init__(self, body: bytes) -> None:
        self.bytes, self.digest = body, files.sha256(body)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Body) and other.digest == self.digest


@lru_cache(maxsize=1)
def _told(body: _Body) -> Manifest:
    """What a manifest says. A build asks twice for that of the former site, and it is long."""
    told, body.bytes = from_bytes(body.bytes), b""      # only the digest is asked for from now on
    return told


def previous_manifest(location: str | None, output: Path, base_url: str = "") -> tuple[Manifest | None, tuple[Problem, ...]]:
    """The manifest to compare addresses with: a file, a site's folder or an http address; by default the output folder's.

    `live` is that of the site at its own address. It may be absent, as the default may: before a site is published there is
    none. What else was named and cannot be had is a problem.
    """
    if not location:
        return manifest_in(output), ()
    if location == LIVE:
        return _live(base_url)
    try:
        return from_bytes(fetched(location) if "://" in location else _read(Path(location))), ()
    except (OSError, ValueError, HTTPException) as error:
        return None, (_unreadable(location, error),)


def _live(base_url: str) -> tuple[Manifest | None, tuple[Problem, ...]]:
    if not base_url:
        return None, (_unreadable(LIVE, ValueError("the site's own address is not known; give base_url in site.yaml")),)
    try:
        return from_bytes(fetched(f"{base_url}/")), ()
    except HTTPError as error:
        return (None, ()) if error.code in NOT_THERE else (None, (_unreadable(base_url, error),))
    except (OSError, ValueError, HTTPException) as error:
        return None, (_unreadable(base_url, error),)


def previous_changes(location: str | None, output: Path) -> dict[str, tuple[ChangeDay, ...]]:
    """What the former site told of changes, by dataset: nothing where it told none, or where it cannot be had."""
    try:
        if location and "://" in location:
            body = fetched(location.removesuffix(MANIFEST_PATH).removesuffix("/") + CHANGES_JSON)
        else:
            folder = Path(location) if location else output
            body = files.read_bytes((folder if folder.is_dir() else folder.parent) / CHANGES_JSON.lstrip("/"))
        return days_by_dataset(body)
    except (OSError, ValueError, HTTPException):
        return {}


def _read(path: Path) -> bytes:
    return files.read_bytes(path / MANIFEST_PATH if path.is_dir() else path)


def _unreadable(location: str, error: Exception) -> Problem:
    reason = f"the server answered {error.code}" if isinstance(error, HTTPError) else error
    return Problem(
        code="previous-unreadable",
        where=Location(path=location, in_catalog=False),
        says=f"the previous manifest could not be read: {reason}",
        fix="Name the manifest.json of the published site, or leave out --previous before the site is published at all.",
    )


class _SameScheme(HTTPRedirectHandler):
    """Redirects lead to http and https only, and never from the second to the first."""

    # The types of the arguments are those of the standard library, which leaves them open.
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Refuse to follow where the first address did not lead."""
        if urlsplit(newurl).scheme not in ("https", urlsplit(req.full_url).scheme):
            raise ValueError(f"it redirects to {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetched(location: str) -> bytes:
    """The bytes at an address of a site: its manifest where it ends in a slash. Raises OSError, ValueError or HTTPException."""
    if urlsplit(location).scheme not in ("http", "https"):
        raise ValueError("only http and https addresses are fetched")
    opener = OpenerDirector()
    for handler in (HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor, _SameScheme):
        opener.add_handler(handler())
    address = location + MANIFEST_PATH if location.endswith("/") else location
    with opener.open(address, timeout=TIMEOUT_SECONDS) as answer:
        body: bytes = answer.read(LIMIT_BYTES + 1)
    if len(body) > LIMIT_BYTES:
        raise ValueError(f"it is larger than {LIMIT_BYTES >> 20} MB")
    return body
