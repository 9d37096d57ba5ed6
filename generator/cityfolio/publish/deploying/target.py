"""What every place for a published site can do, whatever it is, and what it says of itself.

A deploy asks a target for a session and works in stages: hashed assets, then data files, then pages, then feeds and the
manifest, and deletions last. A stage begins when every upload of the one before is confirmed. A target that can switch shows
nothing of it before `commit`; on the others each file is seen as soon as it is put, which the order makes harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from cityfolio.frozen import Frozen, field
from cityfolio.model.site import Manifest

Encoding = Literal["", "gzip", "br"]


class Refused(Exception):
    """The host did not do what was asked: `says` what, and `fix` how it could. Nothing that it says holds a secret."""

    def __init__(self, says: str, fix: str = "", *, is_passing: bool = False, after_seconds: float = 0) -> None:
        super().__init__(says)
        self.says = says
        self.fix = fix
        self.is_passing = is_passing      # it may do so in a moment: too many requests, a lost connection
        self.after_seconds = after_seconds      # how long the host asked to be left alone; 0 where it did not say


class Locked(Refused):
    """Another deploy is at work on the target."""


class Lacking(Refused):
    """A package that speaks to this kind of target is not installed."""


class Traits(Frozen, kw_only=True):
    """What kind of place it is."""

    switches: bool                        # all of a deploy is seen at once, or nothing
    keeps_headers: bool                   # each file has a content type and a Cache-Control of its own
    locks: bool                           # it can hold the lock that keeps two deploys apart
    lists: bool = True                    # it can be asked what it holds
    most_files: int | None = None         # that the host takes
    cost: str = ""                        # what the host bills: "put requests, a class A operation each"
    packs: tuple[str, ...] = ()           # the packed forms that lie beside files: "br", "gzip"


class Upload(Frozen, kw_only=True):
    """A file of the site on its way. `sha256` is that of the file itself, also where a compressed form of it is sent."""

    path: str                             # "data/trees/index.html"
    source: Path                          # where its bytes are on this machine
    bytes: int
    sha256: str
    content_type: str
    cache_control: str
    encoding: Encoding = ""               # of the bytes in `source`


class Held(Frozen, kw_only=True):
    """What a target says that it holds at a path."""

    bytes: int
    sha256: str = ""                      # "" where the host does not know it
    md5: str = ""                         # what some hosts know instead


class Generation(Frozen, kw_only=True):
    """A former state of the site that can be brought back."""

    name: str                             # sorts by time: "20261126T131500Z-1a2b3c4d"
    manifest_sha256: str
    revision: str = ""
    bytes: int = 0
    leaving: Mapping[str, str] = field(default_factory=dict)   # assets no page names any more -> since when they only stay
    leads_back: bool = True               # going back, without a name, may lead there: it was not deployed after what is seen


class Session(Protocol):
    """One deploy on a target. What is not committed leaves visitors with the site they had."""

    def manifest(self) -> Manifest | None:
        """The manifest of the site that visitors see; None where there is none. Raises Refused."""

    def held(self) -> Mapping[str, Held]:
        """Every file of the site by path, as the host lists it; of this program's own bookkeeping nothing. Raises Refused."""

    def put(self, upload: Upload) -> None:
        """Store one file, and return when the host has confirmed it. May be called from several threads. Raises Refused."""

    def put_back(self, path: str, sha256: str) -> bool:
        """Take a file of a former generation by its digest, without sending it; False where it is not there. Raises Refused."""

    def remove(self, paths: Sequence[str]) -> None:
        """Delete files, in as few requests as the host allows. Those that are gone already are no fault. Raises Refused."""

    def read(self, path: str) -> Iterable[bytes]:
        """The bytes of a file as visitors get them, decompressed, in pieces. Raises Refused; KeyError where it is absent."""

    def commit(self, manifest: bytes, generation: Generation) -> None:
        """Show what was put, where the target switches; and remember the generation. `manifest` is put here, last of all."""


@runtime_checkable
class Remembering(Protocol):
    """What a session can do beside, where the target remembers more than the manifest of the site that is seen."""

    requests: int                         # that were made so far

    def begin(self, manifest: bytes, generation: Generation) -> None:
        """Remember what is about to be put, before the first file is. Raises Refused."""

    def unfinished(self) -> Manifest | None:
        """What a deploy that never came to its end meant to put; an empty manifest where that is not known. Raises Refused."""

    def leaving(self) -> Mapping[str, str]:
        """Assets that stay for pages which are open somewhere, each with since when no page names it. Raises Refused."""

    def kept(self) -> AbstractSet[str]:
        """The digests of all files that `put_back` can take. Raises Refused."""


@runtime_checkable
class Sparing(Protocol):
    """A session that can tell what somebody else has put beside the site, at any time."""

    def strange(self, wanted: Mapping[str, str]) -> AbstractSet[str]:
        """The paths of files that no deploy has put there, and that would give way to those `wanted`: path -> digest.

        One that has the very content which is wanted is none of them. Raises Refused.
        """


@runtime_checkable
class Purging(Protocol):
    """A target that keeps former sites itself, and can take a file out of them."""

    def purge(self, path: str) -> int:
        """Remove every former state of a file, and say how many there were. What is seen now stays. Raises Refused."""


class Target(Protocol):
    """A place for a site."""

    name: str                             # as it is shown; never with a secret in it
    traits: Traits

    def session(self, owner: str, keep: int) -> AbstractContextManager[Session]:
        """Begin a deploy and hold the lock, where the target can. `owner` is told to others who ask.

        `keep` is how many generations stay to be brought back.

        Raises Refused: another deploy is at work (who, since when), or the host cannot be reached or does not allow it.
        """

    def generations(self) -> tuple[Generation, ...]:
        """Former states that can be brought back, the newest first. Raises Refused."""

    def manifest_of(self, generation: str) -> bytes:
        """The manifest of a generation. Raises Refused where it is not kept any more."""


class Done(Frozen, kw_only=True):
    """What a deploy did, or would do."""

    target: str
    uploaded: Mapping[str, int] = field(default_factory=dict)     # stage -> files
    bytes: int = 0
    put_back: int = 0
    removed: int = 0
    unchanged: int = 0
    requests: int = 0
    generation: str = ""
