"""How much a deploy will ask of a host, reckoned before it is done: requests by what they cost, connections, pushes, files.

Hosts of objects bill by class. Class A is what writes or lists (PUT, COPY, LIST, the parts of a large file), class B what
reads (GET, HEAD), and a deletion is free: so the price lists of Amazon S3, Cloudflare R2 and Google Cloud Storage have it.
Azure calls them write and list operations, read operations, and others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from cityfolio.frozen import Frozen
from cityfolio.model.site import Entry
from cityfolio.publish.deploying.plan import NOTHING, Plan, Remote
from cityfolio.publish.deploying.stages import is_hashed

LARGE_BYTES, PART_BYTES = 32 << 20, 16 << 20      # from where on a file goes to a store in parts, and how large they are
PAGE = 1000                                       # names in one answer to a list, and in one deletion
RSYNC_FILES, RSYNC_BYTES = 20, 1 << 20            # more than that goes by rsync, over a connection of its own
OWN_FILES = 2                                     # beside the site: its manifest, and what the next deploy has to know


class Ahead(Frozen, kw_only=True):
    """A deploy that is about to be done."""

    scheme: str                       # of the target's address: "s3"
    kind: str                         # of target: "object_store"
    remote: Remote
    plan: Plan
    keep: int = 0
    is_former: bool = False           # a site that is brought back
    is_same: bool = False             # nothing is to be done

    @property
    def puts(self) -> tuple[Entry, ...]:
        """All that is put."""
        return tuple(entry for stage in self.plan.puts.values() for entry in stage)


def asked(ahead: Ahead) -> Mapping[str, int]:
    """What is asked of a host, by its name in the report; nothing of a folder or an archive on this machine."""
    reckoned = KINDS.get(ahead.kind, _nothing)(ahead)
    return {name: number for name, number in reckoned.items() if number}


def in_words(asks: Mapping[str, int]) -> str:
    """The same as part of a sentence; "" for nothing."""
    return ", ".join(f"{number:,} {WORDS[name][number != 1]}" for name, number in asks.items())


WORDS: Mapping[str, tuple[str, str]] = {
    "class_a": ("request that writes or lists (class A)", "requests that write or list (class A)"),
    "class_b": ("request that reads (class B)", "requests that read (class B)"),
    "free": ("deletion (free)", "deletions (free)"),
    "connections": ("connection", "connections"),
    "rsync_connections": ("more for rsync, if both ends have it", "more for rsync, if both ends have it"),
    "fetches": ("fetch", "fetches"),
    "pushes": ("push", "pushes"),
    "files_at_most": ("file at most that the host may lack", "files at most that the host may lack"),
}


def _nothing(ahead: Ahead) -> Mapping[str, int]:
    return {}


def _store(ahead: Ahead) -> Mapping[str, int]:
    remote, plan, was_left = ahead.remote, ahead.plan, ahead.remote.unfinished is not None
    # Taking the lock, and looking at the manifest and at the list of generations.
    writes, reads, free = 2 + was_left, 1 + was_left + bool(remote.leaving), 1
    if remote.digests is not None:
        writes += _pages(len(remote.digests))
        reads += len(remote.digests) if ahead.scheme != "s3" else 0       # those hosts do not list what tells contents apart
    if _brings_new_pages(ahead):
        writes += _pages(len((remote.manifest or NOTHING).entries))       # whether something else lies where they are to come
    if not ahead.is_same:
        # The manifest at the beginning and at the end; what only stays; what is kept, where that has to be known. Renewing the
        # lock, once in some seconds, is not reckoned: how long a deploy takes nobody knows beforehand.
        writes += 2 + (plan.leaving != (remote.leaving or {})) + (was_left or (ahead.is_former and bool(ahead.puts)))
        writes += sum(1 if ahead.is_former else _parts(entry) for entry in ahead.puts)
        writes += len(set(_kept(ahead))) if ahead.keep else 0
        # Contents that are kept are compared before they are brought back, and where a deploy was cut short.
        reads += len({entry.sha256 for entry in ahead.puts}) if ahead.is_former else 0
        reads += len(set(_kept(ahead))) if ahead.keep and was_left else 0
        free += sum(_pages(len(batch)) for batch in plan.removals)
    return {"class_a": writes, "class_b": reads, "free": free}


def _brings_new_pages(ahead: Ahead) -> bool:
    """Whether a file comes to a site where none of that path was, but for those whose names are their digests."""
    remote = ahead.remote
    known = {*remote.listed, *(remote.leaving or {})}
    return bool(remote.manifest) and any(entry.path not in known and not is_hashed(entry.path) for entry in ahead.puts)


def _kept(ahead: Ahead) -> Iterator[str]:
    """The digests of what is copied aside, because something takes its place or it goes."""
    former = (ahead.remote.manifest or NOTHING).entries
    for entry in ahead.puts:
        if entry.path in former and former[entry.path].sha256 != entry.sha256:
            yield former[entry.path].sha256
    yield from (former[path].sha256 for batch in ahead.plan.removals for path in batch if path in former)


def _parts(entry: Entry) -> int:
    return 1 if entry.bytes <= LARGE_BYTES else 2 + -(-entry.bytes // PART_BYTES)


def _pages(number: int) -> int:
    return max(1, -(-number // PAGE))


def _ssh(ahead: Ahead) -> Mapping[str, int]:
    is_much = len(ahead.puts) > RSYNC_FILES or _bytes(ahead.puts) > RSYNC_BYTES
    return {"connections": 1, "rsync_connections": int(is_much and not ahead.is_former)}


def _git(ahead: Ahead) -> Mapping[str, int]:
    return {"fetches": int(ahead.remote.manifest is not None), "pushes": int(not ahead.is_same)}


def _whole(ahead: Ahead) -> Mapping[str, int]:
    is_sent = not ahead.is_same and not ahead.is_former
    return {"files_at_most": len(ahead.puts) + OWN_FILES if is_sent else 0}


def _bytes(entries: Iterable[Entry]) -> int:
    return sum(entry.bytes for entry in entries)


KINDS: Mapping[str, Callable[[Ahead], Mapping[str, int]]] = {
    "object_store": _store, "sftp": _ssh, "git_branch": _git, "netlify": _whole, "cloudflare": _whole,
}
