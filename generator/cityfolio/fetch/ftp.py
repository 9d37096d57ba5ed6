"""A file from an FTP server, through fsspec. The protocol has no versions, so size and time stand in for one."""

from __future__ import annotations

import ftplib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from cityfolio.cache import Keep
from cityfolio.fetch.addresses import Wish
from cityfolio.fetch.answers import AGAIN, LOOK, Failed
from cityfolio.fetch.bodies import limited
from cityfolio.fetch.download import Version, kept_of, taken_from, too_large, written
from cityfolio.files import sha256
from cityfolio.tables.fetched import FetchedFile
from cityfolio.tables.limits import Limits

BLOCK_BYTES = 8 << 20             # of each request for a part
PORT = 21


def download_ftp(wish: Wish, folder: Path, cache: Keep, limits: Limits) -> FetchedFile:
    """Bring a file into a folder: from its server, or from the cache when its size and time are as they were."""
    target = folder / sha256(wish.url.encode())
    path = unquote(urlsplit(wish.url).path)
    with _told(limits.seconds):
        system = _connected(wish.url, limits.seconds)
        about = system.info(path)
    version = Version(modified=str(about.get("modify") or ""), length=str(about.get("size") or ""))
    kept = kept_of(wish, cache)
    if kept and version.is_known and version == kept.version:
        found = taken_from(cache, wish, kept, target)
        if found:
            return found
    size = int(about.get("size") or 0)
    if size > limits.fetch_bytes:
        raise too_large(size, limits)
    pieces = limited(_pieces(system, path, limits.seconds), limits.fetch_bytes, too_large(0, limits))
    return written(wish, target, cache, pieces, version)


def _connected(url: str, seconds: int) -> Any:   # Any: fsspec has no types
    from fsspec.implementations.ftp import FTPFileSystem  # type: ignore[import-untyped]  # fsspec has no types

    parts = urlsplit(url)
    return FTPFileSystem(host=parts.hostname, port=parts.port or PORT, username=unquote(parts.username or ""),
                         password=unquote(parts.password or ""), timeout=seconds, skip_instance_cache=True)


def _pieces(system: Any, path: str, seconds: int) -> Iterator[bytes]:   # Any: fsspec has no types
    with _told(seconds), system.open(path, "rb", block_size=BLOCK_BYTES, cache_type="none") as stream:
        while piece := stream.read(BLOCK_BYTES):
            yield piece


@contextmanager
def _told(seconds: int) -> Iterator[None]:
    """What can go wrong on the way, in words."""
    try:
        yield
    except FileNotFoundError as error:
        raise Failed("the server has no such file", LOOK) from error
    except TimeoutError as error:
        raise Failed(f"the server said nothing for {seconds} seconds", AGAIN) from error
    except ftplib.all_errors as error:
        raise Failed(f"the server refused: {error}", LOOK) from error
