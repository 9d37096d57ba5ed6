"""One address to a file on this machine: asked for by its version, followed where it leads, gone on with where it was cut."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urljoin

import orjson

from cityfolio.cache import Keep
from cityfolio.fetch.addresses import Wish, may_lead_on
from cityfolio.fetch.answers import AGAIN, LOOK, Answer, Failed, addresses_of, asked
from cityfolio.fetch.bodies import limited, unpacked
from cityfolio.files import discard, sha256, write_new
from cityfolio.frozen import Frozen, replace
from cityfolio.model.formats import format_of
from cityfolio.tables.fetched import FetchedFile
from cityfolio.tables.limits import Limits, how_to_raise

MOST_REDIRECTS = 10
MOST_TRIES = 3
REDIRECTS = (301, 302, 303, 307, 308)


class Version(Frozen, kw_only=True):
    """What tells one version of a file at an address from another."""

    etag: str = ""
    modified: str = ""
    length: str = ""

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Version:
        """As a server says it."""
        return cls(etag=headers.get("ETag", ""), modified=headers.get("Last-Modified", ""),
                   length=headers.get("Content-Length", ""))

    @property
    def is_exact(self) -> bool:
        """Whether two answers with the same one hold the same bytes."""
        return bool(self.etag) and not self.etag.startswith("W/")

    @property
    def is_known(self) -> bool:
        """Whether it says anything by which a change would be seen."""
        return self.is_exact or bool((self.modified or self.etag) and self.length)

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that ask for the file only if it has changed."""
        asked_for = {"If-None-Match": self.etag, "If-Modified-Since": "" if self.etag else self.modified}
        return {name: value for name, value in asked_for.items() if value}


class Kept(Frozen, kw_only=True):
    """What is remembered of a file that was fetched before."""

    sha256: str
    bytes: int
    version: Version


def download(wish: Wish, folder: Path, cache: Keep, limits: Limits) -> FetchedFile:
    """Bring a file into a folder: from its server, or from the cache when the server says that it has not changed."""
    target = folder / sha256(wish.url.encode())
    kept = kept_of(wish, cache)
    with _answer(wish, kept.version.conditions if kept else {}, limits) as (url, answer):
        version = Version.of(answer.headers)
        is_same = kept is not None and (answer.status == 304 or (version.is_known and version == kept.version))
        found = taken_from(cache, wish, kept, target) if kept and is_same else None
        if found:
            return found
        if answer.status == 200:
            return written(wish, target, cache, _body(wish, url, answer, limits), version)
    if not kept:
        raise Failed(f"the server answered {answer.status}", LOOK)
    # Nothing has changed, and what was kept is gone: so it is asked for as if for the first time.
    with _answer(wish, {}, limits) as (url, answer):
        if answer.status != 200:
            raise Failed(f"the server answered {answer.status}", LOOK)
        return written(wish, target, cache, _body(wish, url, answer, limits), Version.of(answer.headers))


def kept_of(wish: Wish, cache: Keep) -> Kept | None:
    """What is remembered of an address; None for one that was not fetched before."""
    body = cache.get(_key(wish, "version"))
    if body is None:
        return None
    read = orjson.loads(body)
    return Kept(sha256=read["sha256"], bytes=read["bytes"], version=Version(**read["version"]))


def _key(wish: Wish, what: str) -> str:
    return f"fetched 1 {what} {wish.url}"


def taken_from(cache: Keep, wish: Wish, kept: Kept, target: Path) -> FetchedFile | None:
    """Lay a file that was kept at its place for this build; None when it is no longer there."""
    if not cache.get_file(_key(wish, "file"), kept.sha256, target):
        return None
    return FetchedFile(url=wish.url, name=wish.name, path=target, bytes=kept.bytes, sha256=kept.sha256)


def written(wish: Wish, target: Path, cache: Keep, pieces: Iterator[bytes], version: Version) -> FetchedFile:
    """Write a file, and keep it if it can be told next time whether it has changed."""
    digest, size = hashlib.sha256(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield piece

    try:
        write_new(target, counted())
    except Failed:
        discard(target)
        raise
    found = FetchedFile(url=wish.url, name=wish.name, path=target, bytes=size, sha256=digest.hexdigest())
    if version.is_known:
        cache.put_file(_key(wish, "file"), target)
        cache.put(_key(wish, "version"), orjson.dumps(asdict(Kept(sha256=found.sha256, bytes=size, version=version))))
    return found


@contextmanager
def _answer(wish: Wish, headers: Mapping[str, str], limits: Limits) -> Iterator[tuple[str, Answer]]:
    """The answer at the end of all redirects, and the address that gave it."""
    url = wish.url
    for _ in range(MOST_REDIRECTS):
        with ExitStack() as held:
            answer = held.enter_context(asked(url, headers, limits.seconds))
            if answer.status not in REDIRECTS:
                yield url, answer
                return
            url = _next(wish.url, url, answer.headers.get("Location", ""))
    raise Failed(f"it redirects more than {MOST_REDIRECTS} times", LOOK)


def _next(written: str, current: str, location: str) -> str:
    try:
        target = urljoin(current, location)
        refused = may_lead_on(written, current, target, addresses_of)
    except ValueError:
        target, refused = "", f"it redirects to {location}, which is no web address"
    if refused:
        raise Failed(refused, "Write the address that it ends at, if that is the right one.")
    return target


def _body(wish: Wish, url: str, answer: Answer, limits: Limits) -> Iterator[bytes]:
    """The file in the answer, if it is one and not too large."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        raise Failed("the server answered with a web page, not with the file", LOOK)
    said = answer.headers.get("Content-Length", "")
    size = int(said) if said.isdecimal() else 0
    if size > limits.fetch_bytes:
        raise too_large(size, limits)
    encoding = answer.headers.get("Content-Encoding", "")
    pieces = _to_the_end(wish, url, answer, limits)
    is_gzip_file = wish.name.lower().endswith(".gz") or format_of(wish.name).name.endswith("(gzip)")
    return limited(unpacked(pieces, encoding, is_gzip_file=is_gzip_file), limits.fetch_bytes, too_large(0, limits))


def too_large(size: int, limits: Limits) -> Failed:
    """The refusal of a file that is over the limit, with its size where that is known."""
    says = f"the file has {size:,} bytes, and the limit is {limits.fetch_bytes:,}" if size else \
        f"the file has more than {limits.fetch_bytes:,} bytes, which is the limit"
    return Failed(says, how_to_raise("fetch_bytes", max(size, limits.fetch_bytes * 4)))


def _to_the_end(wish: Wish, url: str, answer: Answer, limits: Limits) -> Iterator[bytes]:
    """The pieces of an answer. Where it is cut, the rest is asked for, if the server can give the rest of the same."""
    version, taken = Version.of(answer.headers), 0
    for tries_left in reversed(range(MOST_TRIES)):
        with ExitStack() as held:
            if tries_left < MOST_TRIES - 1:
                rest = {"Range": f"bytes={taken}-", "If-Range": version.etag} if taken else {}
                _, answer = held.enter_context(_answer(replace(wish, url=url), rest, limits))
                if not _goes_on(answer, version, taken):
                    raise Failed("the connection was cut, and the server cannot go on where it was", AGAIN)
            try:
                for piece in answer.pieces:
                    taken += len(piece)
                    yield piece
                return
            except Failed as failed:
                if not (failed.is_cut and tries_left and version.is_exact):
                    raise


def _goes_on(answer: Answer, version: Version, taken: int) -> bool:
    if Version.of(answer.headers).etag != version.etag:
        return False
    says = answer.headers.get("Content-Range", "")
    return answer.status == 206 and says.startswith(f"bytes {taken}-") if taken else answer.status == 200
